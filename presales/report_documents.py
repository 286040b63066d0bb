"""A report from the database to the finished document, in whichever process: the chat's are made in the niced one."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from actions.documents.report_chart import report_pictures
from actions.documents.report_pdf import report_pdf
from actions.documents.report_words import ReportWords
from actions.documents.report_xlsx import report_xlsx
from actions.report import MadeReport
from actions.report_text import report_summary
from domain.dealer import Dealer
from domain.errors import DomainError, NotAllowedError
from domain.ports import Defaults
from domain.reports.make import contacts_in, make_report
from domain.reports.request import ReportRequest
from domain.reports.table import Report
from presales.clocks import FixedClock
from presales.wiring import LegalHolidays
from storage.database import Database

LETTERS = 40  # of a file's name


@dataclass(frozen=True, slots=True)
class ReportMaker:
    """Makes the documents of jobs; it is sent to the process that does."""

    database_url: str
    defaults: Defaults
    dealer: Dealer

    def __call__(self, ask: dict[str, Any]) -> MadeReport:
        """The document in the form asked for, its charts and a few lines; a refusal of the domain's is an answer too."""
        database = _database(self.database_url, self.defaults, ask["now"])
        try:
            with database.look() as unit:
                actor = unit.team.get(ask["actor"])
                if actor is None:
                    raise NotAllowedError
                report = make_report(unit, actor, ReportRequest.of_json(ask["request"]))
        except DomainError as error:
            return MadeReport(refusal=(error.code, {name: str(value) for name, value in error.values.items()}))
        finally:
            database.close()
        language = ask["language"]
        document = document_of(report, ask["format"], self.dealer, language)
        title = ReportWords(language).title(report)
        return MadeReport(
            title=title,
            lines=tuple(report_summary(report, language)),
            document=document,
            file_name=file_name(title, report, ask["format"]),
            pictures=report_pictures(report, language),
            contacts=contacts_in(report),
            is_empty=report.is_empty,
        )


def document_of(report: Report, form: str, dealer: Dealer, language: str) -> bytes:
    """As PDF or as workbook."""
    return report_pdf(report, dealer, language) if form == "pdf" else report_xlsx(report, language)


def file_name(title: str, report: Report, form: str) -> str:
    """As "inactive-clients-2026-11-24.pdf"."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LETTERS]
    return f"{words}-{report.made_at:%Y-%m-%d}.{form}"


def _database(url: str, defaults: Defaults, now: str) -> Database:
    return Database(
        url, clock=FixedClock(datetime.fromisoformat(now)), defaults=defaults, holidays=LegalHolidays(defaults.region)
    )
