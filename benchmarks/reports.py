"""Each report as JSON and as PDF, with one and four times the data on both databases; turns while 300 pages are made."""

import asyncio
import json
import re
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from actions.documents.pool import DocumentPool
from actions.documents.report_pdf import report_pdf
from actions.report_json import report_json
from benchmarks.chat import databases, receive, work, workers
from benchmarks.table import Figure, percentile, show
from domain.dealer import Dealer
from domain.ports import Defaults
from domain.reports.make import KINDS, make_report
from domain.reports.request import ReportRequest
from domain.reports.table import Table
from presales.clocks import FixedClock, SystemClock
from presales.report_documents import ReportMaker
from presales.wiring import LegalHolidays
from storage.database import Database
from tests.reports.data import NOW, dealership

AGENTS, CUSTOMERS, ACTIVITIES, DEALS = 20, 10_000, 100_000, 20_000
ROUNDS = 5  # after one that warms caches and connections
DIRECTOR, CHATTING = 1, 1002  # whose report it is, and the first of those who write meanwhile
PEOPLE, MESSAGES = 8, ("agenda", "agenda this week", "called Nobody, no answer")
PAGES = 300
DEALER = Dealer("Auto Est")


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds of one report, and the rows that it shows."""

    as_json: float
    as_pdf: float
    rows: int


def run(*, train: bool) -> None:  # noqa: ARG001  every benchmark takes the same options
    """First how long each takes, then what it costs the others."""
    show(f"Reports: {CUSTOMERS:,} customers, {ACTIVITIES:,} activities, {DEALS:,} deals; for all agents", _reports())
    show(f"Turns of {PEOPLE} people while a report of {PAGES} pages is made (SQLite)", _meanwhile())


def _reports() -> Iterator[Figure]:
    small, large = _measured(4), _measured(1)
    for name in KINDS:
        sqlite, other = large["SQLite"][name], large["PostgreSQL"][name]
        growth = f"{sqlite.as_json / small['SQLite'][name].as_json:.1f}× for {sqlite.rows / max(1, small['SQLite'][name].rows):.1f}× rows"
        yield Figure(f"{name}: JSON, SQLite", sqlite.as_json * 1000, "ms", f"{growth} and 4× data")
        yield Figure(f"{name}: JSON, PostgreSQL", other.as_json * 1000, "ms", _beside(other.as_json, sqlite.as_json))
        yield Figure(f"{name}: PDF, SQLite", sqlite.as_pdf * 1000, "ms", f"{sqlite.rows} rows")
        yield Figure(f"{name}: PDF, PostgreSQL", other.as_pdf * 1000, "ms", _beside(other.as_pdf, sqlite.as_pdf))


def _beside(other: float, sqlite: float) -> str:
    return f"{other / sqlite:.2f}× SQLite"


def _measured(part: int) -> dict[str, dict[str, Taken]]:
    """Medians with a part of the data."""
    made = dealership(agents=AGENTS, customers=CUSTOMERS // part, activities=ACTIVITIES // part, deals=DEALS // part)
    found = {}
    with databases() as urls:
        for place, url in urls.items():
            database = Database(url, clock=FixedClock(NOW), defaults=Defaults(), holidays=LegalHolidays("RO"))
            database.migrate()
            made.keep(database.engine)
            if place == "PostgreSQL":
                with database.engine.begin() as connection:
                    connection.execute(sa.text("ANALYZE"))  # what its autovacuum does within a minute
            found[place] = {name: _one(database, name) for name in KINDS}
            database.close()
    return found


def _one(database: Database, name: str) -> Taken:
    request = ReportRequest(name, customer_ids=(5,) if name == "client_sheet" else ())
    as_json, as_pdf, rows = [], [], 0
    for _ in range(ROUNDS + 1):
        started = time.perf_counter()
        with database.look() as unit:
            actor = unit.team.get(DIRECTOR)
            if actor is None:
                raise LookupError(DIRECTOR)
            report = make_report(unit, actor, request)
        json.dumps(report_json(report))
        as_json.append(time.perf_counter() - started)
        report_pdf(report, DEALER, "en")
        as_pdf.append(time.perf_counter() - started)
        tables = (block for block in report.blocks if isinstance(block, Table))
        rows = sum(1 for table in tables for section in table.sections for _row in section.every_row())
    return Taken(statistics.median(as_json[1:]), statistics.median(as_pdf[1:]), rows)


def _meanwhile() -> Iterator[Figure]:
    with databases() as urls:
        url = urls["SQLite"]
        database = Database(url, clock=SystemClock(), defaults=Defaults(), holidays=LegalHolidays("RO"))
        database.migrate()
        dealership(agents=AGENTS, customers=CUSTOMERS, activities=ACTIVITIES, deals=DEALS).keep(database.engine)
        pool = DocumentPool()
        maker = ReportMaker(url, Defaults(), DEALER)
        ask = {"now": NOW.isoformat(), "actor": DIRECTOR, "format": "pdf", "language": "en"}
        request = ReportRequest("activity_history", first=date(2025, 10, 21), last=date(2026, 2, 1))
        try:
            pool.run(maker, {**ask, "request": ReportRequest("forecast").as_json()})  # the process is there
            alone, during, seconds, pages = asyncio.run(
                _turns(database, lambda: pool.run(maker, {**ask, "request": request.as_json()}).document)
            )
        finally:
            pool.close()
            database.close()
    before, while_made = percentile(alone, 0.95) * 1000, percentile(during, 0.95) * 1000
    yield Figure("the report", seconds, "s", f"{pages} pages, {len(during)} turns meanwhile")
    yield Figure("one turn alone, p95", before, "ms", f"{len(alone)} turns")
    yield Figure("one turn while it is made, p95", while_made, "ms", f"{while_made / before:.2f}× alone; at most 2×")


async def _turns(database: Database, make: Callable[[], bytes]) -> tuple[list[float], list[float], float, int]:
    """Seconds of turns without and with the report, how long the report took, and its pages."""
    timed = workers(database)
    update = 1

    async def some() -> None:
        nonlocal update
        messages = [(CHATTING + person, text) for text in MESSAGES for person in range(PEOPLE)]
        receive(database, messages, first_id=update)
        update += len(messages)
        await work(timed, len(messages))

    await some()
    timed.seconds.clear()
    started = time.perf_counter()
    making = asyncio.create_task(asyncio.to_thread(make))
    seconds = 0.0
    while not making.done():
        await some()
        seconds = time.perf_counter() - started
    during = list(timed.seconds)
    timed.seconds.clear()
    while len(timed.seconds) < len(during):
        await some()
    return list(timed.seconds), during, seconds, len(re.findall(rb"/Type\s*/Page\b", making.result()))
