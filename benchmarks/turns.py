"""Turns a second with 16 people at once: a call logged, then the agenda looked at; understanding and sending left out."""

import asyncio
from collections.abc import Iterator

from benchmarks.chat import FIRST_PERSON, databases, opened, receive, work, workers
from benchmarks.table import Figure, percentile, show
from domain.customers import add_customer
from storage.database import Database

PEOPLE, ROUNDS = 16, 3
MESSAGES = ("called Ion Popescu, no answer", "agenda", "called Maria Dumitrescu, reached", "agenda this week")


def run(*, train: bool) -> None:  # noqa: ARG001  every benchmark takes the same options
    """Both databases in one run, in turns: a round on one, then a round on the other."""
    show(f"Turns: {PEOPLE} people at once, from the inbox to the outbox, without NLU and sender", _figures())


def _figures() -> Iterator[Figure]:
    with databases() as urls, opened(urls["SQLite"], PEOPLE) as first, opened(urls["PostgreSQL"], PEOPLE) as second:
        measured = {"SQLite": first, "PostgreSQL": second}
        for database in measured.values():
            _customers(database)
        all_of_them = asyncio.run(_measure(measured))
        turns = ROUNDS * PEOPLE * len(MESSAGES)
        whole = {name: sum(rounds) for name, (_, rounds) in all_of_them.items()}
        for name, (seconds, _) in all_of_them.items():
            assert len(seconds) == turns
            beside = f"{whole['SQLite'] / whole[name]:.2f}× SQLite" if name != "SQLite" else ""
            yield Figure(f"{name}: turns", turns / whole[name], "turns/s", beside)
            yield Figure(f"{name}: one turn, p50", percentile(seconds, 0.5) * 1000, "ms")
            yield Figure(f"{name}: one turn, p95", percentile(seconds, 0.95) * 1000, "ms")


def _customers(database: Database) -> None:
    with database.command_unit("benchmark") as unit:
        for agent in unit.team.all():
            add_customer(unit, agent, name="Ion Popescu")
            add_customer(unit, agent, name="Maria Dumitrescu")


async def _measure(databases: dict[str, Database]) -> dict[str, tuple[list[float], list[float]]]:
    """The seconds of every turn and of every round, the databases taking rounds by turns."""
    working = {name: workers(database) for name, database in databases.items()}
    rounds: dict[str, list[float]] = {name: [] for name in databases}
    messages = [(person, text) for text in MESSAGES for person in range(FIRST_PERSON, FIRST_PERSON + PEOPLE)]
    for number in range(ROUNDS + 1):
        for name, timed in working.items():
            receive(databases[name], messages, first_id=1 + number * len(messages))
            taken = await work(timed, len(messages))
            if number:  # the first round warms caches and connections
                rounds[name].append(taken)
            else:
                timed.seconds.clear()
    return {name: (timed.seconds, rounds[name]) for name, timed in working.items()}
