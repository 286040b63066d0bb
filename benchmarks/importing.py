"""An import of 10,000 rows beside people who write: rows a second, and what it costs their turns, in one run."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from typing import Any

import sqlalchemy as sa

from actions.documents.pool import DocumentPool
from actions.runner import Runner
from benchmarks.chat import FIRST_PERSON, Timed, databases, opened, receive, threads, workers
from benchmarks.table import Figure, percentile, show
from bot.telegram.wake import Wake
from domain.customers import add_customer
from presales.stack import HANDLERS
from storage.database import Database
from storage.engine import read_only
from storage.tables import queues
from tests.customer_files import csv_file, faulty, xlsx_file

ROWS, PROMISED_SECONDS = 10_000, 60
PEOPLE = 16
EVERY = 0.1  # seconds between two messages
ALONE = 100  # messages without an import beside them
MESSAGES = ("called Ion Popescu, no answer", "agenda", "agenda this week")
FAULTY = len(faulty(ROWS))
IMPORTER = FIRST_PERSON + PEOPLE  # writes nothing


def run(*, train: bool) -> None:  # noqa: ARG001  every benchmark takes the same options
    """Each database with each form of file, and before it the same messages without an import."""
    with databases() as urls:
        for name, url in urls.items():
            with opened(url, PEOPLE + 1) as database:
                with database.command_unit("benchmark") as unit:
                    for agent in unit.team.all():
                        add_customer(unit, agent, name="Ion Popescu")
                title = f"Import of {ROWS:,} rows on {name}, 8% of them faulty, a message every {EVERY * 1000:.0f} ms"
                show(title, asyncio.run(_Beside(database).figures()))


class _Beside:
    """Bot and action server in one process, as `presales run` has them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._threads = threads(database)
        self._wake = Wake()
        self._sent = 0
        self._pool = DocumentPool()

    async def figures(self) -> list[Figure]:
        """What was measured."""
        timed = workers(self._database, sharing=self._threads, wake=self._wake)
        runner = Runner(
            self._database.jobs,
            HANDLERS,
            done=self._wake.set,
            run_blocking=self._threads,
            compute=self._pool.run,
        )
        working = [asyncio.create_task(timed.run()), asyncio.create_task(runner.run())]
        try:
            await self._write(timed, count=20)  # warms caches and connections
            return [figure async for figure in self._measured(timed)]
        finally:
            for task in working:
                task.cancel()
            await asyncio.wait(working)
            self._pool.close()

    async def _measured(self, timed: Timed) -> AsyncIterator[Figure]:
        alone = await self._write(timed, count=ALONE)
        before = percentile(alone, 0.95) * 1000
        yield Figure("without an import: message to answer, p50", percentile(alone, 0.5) * 1000, "ms")
        yield Figure("without an import: message to answer, p95", before, "ms")
        files = {
            "CSV": ("clients.csv", csv_file(ROWS), ROWS - FAULTY),
            "XLSX": ("clients.xlsx", xlsx_file(ROWS, first=ROWS), ROWS - FAULTY // 2),  # a cell too many is none there
        }
        for form, file in files.items():
            importing = asyncio.create_task(self._import(*file))
            beside = await self._write(timed, until=importing)
            seconds = await importing
            yield Figure(
                f"{form}: rows", ROWS / seconds, "rows/s", f"{seconds:.1f} s (promised ≤ {PROMISED_SECONDS} s)"
            )
            yield Figure(f"{form}: message to answer meanwhile, p50", percentile(beside, 0.5) * 1000, "ms")
            after = percentile(beside, 0.95) * 1000
            yield Figure(f"{form}: message to answer meanwhile, p95", after, "ms", f"{after / before:.1f}× without")

    async def _write(self, timed: Timed, *, count: int = 0, until: asyncio.Task[float] | None = None) -> list[float]:
        """Messages at a steady pace, by turns from everybody; the seconds from sending each to the end of its turn."""
        waiting: dict[int, float] = {}
        taken = []
        sent = 0
        while (sent < count) if until is None else not until.done():
            person = FIRST_PERSON + self._sent % PEOPLE
            waiting[person] = time.perf_counter()
            message = [(person, MESSAGES[self._sent % len(MESSAGES)])]
            self._sent += 1
            sent += 1
            await self._threads(receive, self._database, message, first_id=self._sent)
            self._wake.set()
            await asyncio.sleep(max(0.0, waiting[person] + EVERY - time.perf_counter()))
            taken += _done(waiting, timed)
        while waiting:
            await asyncio.sleep(0.01)
            taken += _done(waiting, timed)
        return taken

    async def _import(self, name: str, data: bytes, good: int) -> float:
        """From the file's arrival to its result, the press between them made at once."""
        started = time.perf_counter()
        file = {"name": name, "media_type": "text/plain", "data": data}
        shown = await self._job(lambda unit: {"file_id": unit.add_file(**file), "region": "RO"})
        kept = {key: shown[key] for key in ("files", "name", "heading_row")}
        told = await self._job(lambda _: {"stage": "take", "language": "en", **kept})
        assert told["taken"] == good
        return time.perf_counter() - started

    async def _job(self, payload: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
        """Ask for a job, and give its result."""
        key = f"benchmark:{time.perf_counter_ns()}"

        def ask() -> None:
            with self._database.command_unit("benchmark") as unit:
                unit.actor_id = next(agent.id for agent in unit.team.all() if agent.telegram_user_id == IMPORTER)
                unit.add_job(kind="import_customers", key=key, payload=payload(unit))

        await self._threads(ask)
        while not (told := await asyncio.to_thread(self._result, key)):  # noqa: ASYNC110  it is the database that tells
            await asyncio.sleep(0.05)
        return told

    def _result(self, key: str) -> dict[str, Any]:
        """What the job has told, looked up beside everybody else."""
        job = sa.select(queues.jobs.c.id).where(queues.jobs.c.key == key, queues.jobs.c.state == "done")
        with read_only(self._database.engine).connect() as connection:
            job_id = connection.scalar(job)
            result = sa.select(queues.inbox.c.payload).where(queues.inbox.c.key == f"result:{job_id}")
            return {} if job_id is None else connection.scalar(result) or {}


def _done(waiting: dict[int, float], timed: Timed) -> list[float]:
    ended = [person for person, begun in waiting.items() if timed.ended.get(person, 0.0) > begun]
    return [timed.ended[person] - waiting.pop(person) for person in ended]
