"""`presales report NAME`: any report for whoever runs the machine, who sees what a director sees."""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import typer

from actions.documents.report_words import ReportWords
from actions.report_json import report_json
from actions.report_text import report_text
from domain.customers import Source, find_by_name
from domain.errors import DomainError
from domain.names import words
from domain.opportunities import Stage
from domain.portfolio import directors
from domain.ports import Owners, UnitOfWork
from domain.reports.make import CONTACTS_TOLD, KINDS, contacts_in, make_report
from domain.reports.request import ReportRequest
from domain.reports.subscriptions import disclose
from domain.reports.table import Report
from domain.team import Agent, Role
from presales.report_documents import document_of, file_name
from presales.settings import Settings
from storage.database import Database
from texts.catalog import Texts

REFUSED, WRONG_ARGUMENT = 1, 2
ALL = Owners(None, everybody=True)


@dataclass(frozen=True, slots=True)
class ReportArguments:
    """What the command line says, as typed."""

    name: str
    form: str = "text"
    agent: str | None = None
    first: date | None = None
    last: date | None = None
    client: str | None = None
    group_by: str | None = None
    source: str | None = None
    stage: str | None = None
    company: bool = False
    fields: Sequence[str] = ()
    language: str = "en"
    out: Path | None = None


class _WrongArgumentError(Exception):
    """The line that tells it."""


def run_report(database: Database, settings: Settings, asked: ReportArguments) -> int:
    """Make the report and print or write it; returns the exit status."""
    try:
        with database.look() as unit:
            reader = Agent(
                name=settings.dealer_name,
                role=Role.DIRECTOR,
                language=asked.language,
                timezone=settings.timezone,
                created_at=unit.now,
            )
            report = make_report(unit, reader, _request(unit, reader, asked))
        _note_contacts(database, report)
        _give(report, settings, asked)
    except _WrongArgumentError as error:
        return _refused(str(error), WRONG_ARGUMENT)
    except DomainError as error:
        return _refused(str(Texts("en").t(f"error.{error.code}", **error.values).striptags()), REFUSED)
    except OSError as error:
        return _refused(f"{asked.out} cannot be written: {error.strerror or type(error).__name__}", WRONG_ARGUMENT)
    return 0


def _request(unit: UnitOfWork, reader: Agent, asked: ReportArguments) -> ReportRequest:
    if asked.name not in KINDS:
        raise _WrongArgumentError(f"there is no report {asked.name!r}; there are {', '.join(KINDS)}")
    if KINDS[asked.name].needs_client and not asked.client:
        raise _WrongArgumentError(f"{asked.name} needs --client NAME")
    return ReportRequest(
        name=asked.name,
        agent_id=_agent(unit, asked.agent) if asked.agent else None,
        customer_ids=(_customer(unit, reader, asked.client),) if asked.client else (),
        first=asked.first,
        last=asked.last,
        group_by=asked.group_by,
        source=Source(_one_of(asked.source, "source", Source)) if asked.source else None,
        stage=Stage(_one_of(asked.stage, "stage", Stage)) if asked.stage else None,
        company=asked.company,
        fields=tuple(asked.fields),
    )


def _agent(unit: UnitOfWork, name: str) -> int:
    everybody = unit.team.all()
    wanted = words(name)
    whole = [agent for agent in everybody if words(agent.name) == wanted]
    found = whole or [agent for agent in everybody if wanted and set(wanted) <= set(words(agent.name))]
    if len(found) != 1:
        problem = "is the name of several agents" if found else "is no agent's name"
        whom = ", ".join(agent.name for agent in found or everybody)
        raise _WrongArgumentError(f"{name!r} {problem}: {whom or 'nobody has joined yet'}")
    return found[0].id


def _customer(unit: UnitOfWork, reader: Agent, name: str) -> int:
    matches = find_by_name(unit, reader, name, owners=ALL)
    found = matches.exact
    whole = [customer for customer in found if words(customer.name) == words(name)]
    if len(whole or found) != 1:
        problem = "is the name of several clients" if found else "is no client's name"
        whom = ", ".join(one.name for one in (found or matches.near)[:10])
        raise _WrongArgumentError(f"{name!r} {problem}{': ' + whom if whom else ''}")
    return (whole or found)[0].id


def _one_of(value: str, what: str, choices: type[Source] | type[Stage]) -> str:
    if value not in {one.value for one in choices}:
        raise _WrongArgumentError(f"there is no {what} {value!r}; there are {', '.join(choices)}")
    return value


def _note_contacts(database: Database, report: Report) -> None:
    """Many customers' contacts in one document are noted, and the directors hear of it, here too."""
    contacts = contacts_in(report)
    if contacts <= CONTACTS_TOLD:
        return
    with database.command_unit("report") as unit:
        disclose(unit, None, report=report.name, customers=contacts)
        told = {"kind": "contacts_told", "agent": None, "report": report.name, "count": contacts}
        for director in directors(unit):
            if director.telegram_user_id is not None:
                unit.notify(person=director.telegram_user_id, payload=told)


def _give(report: Report, settings: Settings, asked: ReportArguments) -> None:
    """To a file, or to standard output; a document is never poured over a terminal."""
    if asked.form in {"json", "text"}:
        made = (
            json.dumps(report_json(report), ensure_ascii=False, indent=2)
            if asked.form == "json"
            else report_text(report, asked.language)
        )
        if asked.out is None:
            typer.echo(made)
            return
        asked.out.write_text(made + "\n", encoding="utf-8")
        return
    document = document_of(report, asked.form, settings.dealer, asked.language)
    if asked.out is None and not sys.stdout.isatty():
        sys.stdout.buffer.write(document)
        return
    target = asked.out or Path(file_name(ReportWords(asked.language).title(report), report, asked.form))
    target.write_bytes(document)
    typer.echo(str(target))


def _refused(line: str, status: int) -> int:
    typer.echo(f"presales: {line}", err=True)
    return status
