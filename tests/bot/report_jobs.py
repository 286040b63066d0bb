"""The action server's work on reports, done by hand: the same maker that the document process runs."""

from types import SimpleNamespace
from typing import cast

from actions.ports import Desk
from actions.report import report_job
from actions.runner import TwoPart
from domain.dealer import Dealer
from domain.ports import Defaults
from presales.report_documents import ReportMaker
from tests.bot.chat_driver import ChatDriver


def make_reports(driver: ChatDriver, *, settle: bool = True) -> int:
    """Make every report that was asked for, and let the chat tell; returns how many."""
    url = driver.database.engine.url.render_as_string(hide_password=False).replace("postgresql+psycopg", "postgresql")
    job_kind: TwoPart = report_job(ReportMaker(url, Defaults(), Dealer("Auto Est")))
    made = 0
    while job := driver.database.jobs.claim(("report",), lease_seconds=60):
        prepared = job_kind.prepare(cast("Desk", SimpleNamespace(compute=lambda make, ask: make(ask))), job)
        with driver.database.jobs.run(job) as unit:
            assert unit is not None
            job_kind.handle(unit, job, prepared)
        made += 1
    if settle:
        driver.settle()
    return made
