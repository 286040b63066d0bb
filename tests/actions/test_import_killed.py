"""A server that is killed in the middle of an import, and whoever goes on: no half row, and none twice."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from domain.ports import Defaults
from presales.clocks import SystemClock
from storage.database import Database
from storage.engine import read_only
from storage.tables import business as b
from tests.customer_files import csv_file, faulty
from tests.e2e.bot_process import ROOT, environment
from tests.factories import keep, keep_agent, make_agent
from tests.fakes import FakeClock, FakeHolidays
from tests.import_jobs import step

ROWS, STRUCK_AT = 1_500, 300
WRONG = faulty(ROWS)
GOOD = [number for number in range(ROWS) if number + 2 not in WRONG]
PATIENCE = 60.0

Kept = tuple[str, str, str, str | None]


def kept(engine: sa.Engine) -> list[Kept]:
    """Each customer with phone, address and note; a half row has some of them missing, a double stands twice."""
    c, p, e, n = b.customers.c, b.customer_phones.c, b.customer_emails.c, b.notes.c
    query = (
        sa.select(c.town, p.e164, e.address, n.text)
        .select_from(b.customers)
        .outerjoin(b.customer_phones, p.customer_id == c.id)
        .outerjoin(b.customer_emails, e.customer_id == c.id)
        .outerjoin(b.notes, n.customer_id == c.id)
        .order_by(p.e164)
    )
    with engine.connect() as connection:
        return [(town, phone, email, note) for town, phone, email, note in connection.execute(query)]


def expected(count: int) -> list[Kept]:
    """The first good rows of the file, whole."""
    first_names = ("ion", "maria", "andrei", "ștefania", "mihai", "ioana", "radu", "ana", "vlad", "irina")
    towns = ("Brașov", "Cluj-Napoca", "Iași", "Sibiu", "Arad")
    return [
        (
            towns[number % 5],
            f"+40722{number // 1000:03}{number % 1000:03}",
            f"{first_names[number % 10]}.{number}@example.com",
            f"client {number}" if number % 4 == 0 else None,
        )
        for number in GOOD[:count]
    ]


def strike(process: subprocess.Popen[bytes], engine: sa.Engine) -> None:
    """Kill the process without a warning once it is in the middle."""
    counted = sa.select(sa.func.count()).select_from(b.customers)
    wait_until(lambda: count(engine, counted) >= STRUCK_AT)
    process.kill()
    process.wait()


def count(engine: sa.Engine, query: sa.Select[tuple[int]]) -> int:
    """A number from the database, without waiting for whoever writes."""
    with read_only(engine).connect() as connection:
        return connection.scalar(query) or 0


def started(*arguments: str, **settings: Any) -> subprocess.Popen[bytes]:
    """A Python program of ours."""
    return subprocess.Popen([sys.executable, "-m", *arguments], cwd=ROOT, **settings)  # noqa: S603  our own


def wait_until(is_so: Callable[[], bool]) -> None:
    """Until it is so."""
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < deadline, "nothing came"
        time.sleep(0.002)


def test_another_server_goes_on(database: Database, database_url: str, clock: FakeClock) -> None:
    """Killed in the middle of a step; when its lease has ended another server takes the rest, and tells the whole."""
    agent = keep_agent(database)
    with database.command_unit("send") as unit:
        unit.actor_id = agent.id
        file_id = unit.add_file(name="c.csv", media_type="text/csv", data=csv_file(ROWS))
        unit.add_job(kind="import_customers", key="import:1", payload={"file_id": file_id, "region": "RO"})
    assert step(database)
    (entry,) = database.turns.waiting(skip=(), limit=2)
    with database.turns.turn(entry.id) as turn:
        assert turn is not None
        turn.actor_id = agent.id
        preview = {name: entry.payload[name] for name in ("files", "name", "heading_row")}
        turn.add_job(kind="import_customers", key="import:2", payload={"stage": "take", "language": "en", **preview})

    strike(started("tests.import_worker", database_url), database.engine)
    half = kept(database.engine)
    clock.advance(seconds=61)
    while step(database):
        pass

    assert STRUCK_AT <= len(half) < len(GOOD)
    assert half == expected(len(half))
    assert kept(database.engine) == expected(len(GOOD))
    (entry,) = database.turns.waiting(skip=(), limit=2)
    assert (entry.payload["taken"], entry.payload["refused"]) == (len(GOOD), len(WRONG))


def test_the_command_is_started_again(tmp_path: Path) -> None:
    """The command line is killed in the middle, and run again: it takes the rest, and finds what it had taken."""
    database = Database(
        f"sqlite:///{tmp_path / 'presales.db'}", clock=SystemClock(), defaults=Defaults(), holidays=FakeHolidays()
    )
    database.migrate()
    keep(database, make_agent(name="Ana Ionescu"))
    file = tmp_path / "clients.csv"
    file.write_bytes(csv_file(ROWS))
    command = ("presales.main", "import", "customers", str(file), "--agent", "Ana")
    settings = environment(tmp_path)

    strike(started(*command, env=settings, stdout=subprocess.DEVNULL), database.engine)
    half = kept(database.engine)
    again, _ = started(*command, env=settings, stdout=subprocess.PIPE).communicate()

    assert STRUCK_AT <= len(half) < len(GOOD)
    assert half == expected(len(half))
    assert kept(database.engine) == expected(len(GOOD))
    told = again.decode().splitlines()
    taken = len(GOOD) - len(half)
    assert f"Added: {taken}, already known: {len(half)}, refused: {len(WRONG)}." in told[-2]
    assert [int(line.split(".")[0]) for line in told if ": refused: " in line] == sorted(WRONG)
    database.close()
