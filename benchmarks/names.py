"""A turn that names a customer, in a small dealership and in a large one: the same turn should cost about the same."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from benchmarks.chat import FIRST_PERSON, Timed, databases, opened, receive, work, workers
from benchmarks.table import Figure, percentile, show
from domain.names import display_order, words
from storage.database import Database
from storage.tables import business as b

AGENTS, SMALL, LARGE, ACTIVITIES_EACH = 20, 100, 100_000, 3
ROUNDS = 40
BATCH = 5_000
PROMISED = 1.3
FIRST_NAMES = ("Ion", "Maria", "Andrei", "Elena", "Mihai", "Ioana", "Radu", "Ana", "Vlad", "Irina")
SYLLABLES = ("ba", "ce", "di", "fo", "gu", "ha", "li", "ma", "ne", "pu", "ra", "so", "ti", "va", "ze")
ENDINGS = ("escu", "eanu", "aru", "oiu", "iciu")
# The agent asked has about AGENTS times less: portfolios grow with the house.
TURNS = {"one customer bears the name": 0, "nobody does, near ones are looked for": 1}


def run(*, train: bool) -> None:  # noqa: ARG001  every benchmark takes the same options
    """Each database twice, small and large, asked by turns in one run."""
    title = f"Names: a turn with {SMALL:,} and with {LARGE:,} customers ({LARGE * ACTIVITIES_EACH:,} activities)"
    with databases() as small, databases() as large:
        for name in small:
            with opened(small[name], AGENTS) as little, opened(large[name], AGENTS) as much:
                _fill(little, SMALL)
                _fill(much, LARGE)
                show(f"{title}, {name}", _figures(little, much))


def _figures(little: Database, much: Database) -> Iterator[Figure]:
    for what, (before, after) in asyncio.run(_measure(little, much)).items():
        small, large = percentile(before, 0.5) * 1000, percentile(after, 0.5) * 1000
        yield Figure(f"{what}: few, p50", small, "ms")
        yield Figure(f"{what}: many, p50", large, "ms", f"{large / small:.2f}× (promised ≤ {PROMISED}×)")
        yield Figure(f"{what}: many, p95", percentile(after, 0.95) * 1000, "ms")


async def _measure(little: Database, much: Database) -> dict[str, tuple[list[float], list[float]]]:
    found: dict[str, tuple[list[float], list[float]]] = {what: ([], []) for what in TURNS}
    asked = [(little, workers(little)), (much, workers(much))]
    for number in range(ROUNDS + 5):
        for kind, what in enumerate(TURNS):
            for side, (database, timed) in enumerate(asked):
                taken = await _turn(database, timed, number=2 * number + kind, unknown=bool(kind))
                if number >= 5:  # the first ones warm caches and connections
                    found[what][side].append(taken)
    return found


async def _turn(database: Database, timed: Timed, *, number: int, unknown: bool) -> float:
    """One message, from the inbox to the outbox; an unknown name's question is closed again."""
    name = "Ion Xaverianu" if unknown else _name(0)
    receive(database, [(FIRST_PERSON, f"called {name}, no answer")], first_id=10 * number + 1)
    await work(timed, 1)
    taken = timed.seconds[-1]
    receive(database, [(FIRST_PERSON, "cancel" if unknown else "undo")], first_id=10 * number + 2)
    await work(timed, 1)
    return taken


def _name(number: int) -> str:
    """The name of customer `number`: a surname of its own, as far as 100,000 go."""
    surname = "".join(SYLLABLES[number // len(SYLLABLES) ** place % len(SYLLABLES)] for place in range(4))
    return f"{FIRST_NAMES[number % len(FIRST_NAMES)]} {surname.capitalize()}{ENDINGS[number // 50_625 % len(ENDINGS)]}"


def _fill(database: Database, customers: int) -> None:
    """Rows by plain SQL: use cases would take an hour. The first customer is the first agent's."""
    with database.engine.begin() as connection:
        owners = list(connection.scalars(sa.select(b.agents.c.id).order_by(b.agents.c.telegram_user_id)))
        for first in range(0, customers, BATCH):
            numbers = range(first, min(first + BATCH, customers))
            _insert(connection, numbers, owners)
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")


def _insert(connection: sa.Connection, numbers: range, owners: list[int]) -> None:
    now = datetime.now(UTC)
    rows: dict[sa.Table, list[dict[str, Any]]] = {
        b.customers: [], b.customer_phones: [], b.customer_words: [], b.activities: [],
    }  # fmt: skip
    for number in numbers:
        key, name, owner = number + 1, _name(number), owners[number % len(owners)]
        rows[b.customers].append({
            "id": key, "version": 1, "name": name, "sort_name": display_order(name), "kind": "person",
            "owner_id": owner, "created_at": now,
        })  # fmt: skip
        rows[b.customer_phones].append({"customer_id": key, "e164": f"+407{number:08d}", "position": 0})
        rows[b.customer_words] += [{"customer_id": key, "word": word, "owner_id": owner} for word in set(words(name))]
        for one in range(ACTIVITIES_EACH):
            day = (now - timedelta(days=(number + 97 * one) % 700 + 1)).date()
            rows[b.activities].append({
                "version": 1, "agent_id": owner, "customer_id": key, "kind": "call", "title": "",
                "importance": "normal", "status": "done", "day": day, "starts_at": now, "minutes": 15,
                "outcome": "reached", "created_at": now, "done_at": now,
            })  # fmt: skip
    for table, values in rows.items():
        connection.execute(sa.insert(table), values)
