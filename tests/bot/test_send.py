"""The sender with a Telegram that fails: nothing is lost while it is away, and no message holds a chat back for ever."""

import asyncio
from typing import Any

import httpx
import pytest
import sqlalchemy as sa
from telegram.error import BadRequest, NetworkError, TelegramError

from bot.ports import SendKind
from bot.telegram.send import Sender
from bot.telegram.wake import Wake
from storage.database import Database
from storage.errors import StorageError
from storage.tables import queues as q
from tests.factories import make_message
from tests.fakes import FakeClock


class FailingTelegram:
    """Raises what the test says, then delivers."""

    def __init__(self, *failures: Exception) -> None:
        self.failures = list(failures)
        self.delivered: list[str] = []

    async def call(self, method: str, payload: dict[str, Any]) -> Any:  # noqa: ARG002  as the bot
        """Fail as long as there are failures."""
        if self.failures:
            raise self.failures.pop(0)
        self.delivered.append(payload["text"])
        return {"message_id": len(self.delivered)}


def no_network() -> NetworkError:
    """What PTB raises where no connection can be made."""
    error = NetworkError("httpx.ConnectError")
    error.__cause__ = httpx.ConnectError("no route")
    return error


async def _at_once(function: Any, *args: Any, **kwargs: Any) -> Any:
    return function(*args, **kwargs)


def _send(database: Database, *texts: str) -> None:
    with database.command_unit("send") as unit:
        for text in texts:
            unit.send(make_message(payload={"text": text, "parse_mode": "HTML"}))


def _deliver_all(database: Database, telegram: FailingTelegram, clock: FakeClock, *, rounds: int) -> None:
    sender = Sender(telegram, database.outbox, _at_once, Wake())  # type: ignore[arg-type]
    with asyncio.Runner() as runner:
        for _ in range(rounds):
            for outgoing in database.outbox.claim(skip_chats=(), limit=10):
                runner.run(sender._one(outgoing))
            clock.advance(seconds=61)


def _states(database: Database) -> list[str]:
    with database.engine.connect() as connection:
        return [state.value for state in connection.scalars(sa.select(q.outbox.c.state).order_by(q.outbox.c.id))]


@pytest.fixture(autouse=True)
def no_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limits are tested apart, and would make these tests wait."""

    async def at_once(*_: Any) -> None:
        return None

    monkeypatch.setattr("bot.telegram.limit.Limits.wait", at_once)
    monkeypatch.setattr("bot.telegram.send.SETTLE_SECONDS", 0.0)


def test_a_long_outage_of_the_network_loses_nothing(database: Database, clock: FakeClock) -> None:
    """However often no connection could be made, the answers go out when it is back."""
    _send(database, "first", "second")
    telegram = FailingTelegram(*(no_network() for _ in range(100)))
    _deliver_all(database, telegram, clock, rounds=102)
    assert telegram.delivered == ["first", "second"]


def test_errors_of_telegrams_own_end_after_an_hour(database: Database, clock: FakeClock) -> None:
    """A message at which Telegram always fails is given up in the end, and the chat's next one goes out."""
    _send(database, "poisoned", "next")
    telegram = FailingTelegram(*(NetworkError("Bad Gateway") for _ in range(61)))
    _deliver_all(database, telegram, clock, rounds=62)
    assert telegram.delivered == ["next"]
    assert _states(database) == ["failed", "sent"]


def test_a_message_that_cannot_be_sent_at_all_does_not_block_its_chat(database: Database, clock: FakeClock) -> None:
    """An error of our own in one message fails that message; what follows in the chat is sent without a restart."""
    _send(database, "broken", "next")
    telegram = FailingTelegram(ValueError("a defect"))
    _deliver_all(database, telegram, clock, rounds=2)
    assert telegram.delivered == ["next"]
    assert _states(database) == ["failed", "sent"]


def test_an_answer_that_telegram_refuses_is_told_in_bare_words(database: Database, clock: FakeClock) -> None:
    """A 400 for its HTML or buttons costs these, and neither the answer nor what follows; a second one ends it."""
    _send(database, "<b>saved</b> &amp; done", "next")
    telegram = FailingTelegram(BadRequest("Button_url_invalid"))
    _deliver_all(database, telegram, clock, rounds=3)
    assert telegram.delivered == ["saved & done", "next"]
    _send(database, "<b>again</b>", "after")
    telegram = FailingTelegram(BadRequest("Chat not found"), BadRequest("Chat not found"))
    _deliver_all(database, telegram, clock, rounds=3)
    assert telegram.delivered == ["after"]


def test_an_answer_that_nobody_can_read_is_uncertain(database: Database, clock: FakeClock) -> None:
    """Where Telegram's answer is no JSON the message is tried again, and the chat is not blocked."""
    _send(database, "first")
    telegram = FailingTelegram(TelegramError("Invalid server response"))
    _deliver_all(database, telegram, clock, rounds=2)
    assert telegram.delivered == ["first"]


def test_a_database_that_fails_for_a_moment_doubles_nothing(
    database: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mark that a message is sent is written again where the database refused it once."""
    _send(database, "first", "second")
    mark, failures = database.outbox.sent, [StorageError("locked")]

    def once_locked(*args: Any, **kwargs: Any) -> None:
        if failures:
            raise failures.pop()
        mark(*args, **kwargs)

    monkeypatch.setattr(database.outbox, "sent", once_locked)
    telegram = FailingTelegram()
    _deliver_all(database, telegram, clock, rounds=3)
    assert telegram.delivered == ["first", "second"]


def test_what_is_on_its_way_is_settled_before_the_end(database: Database) -> None:
    """A stop while a message is being sent waits for it, so that the next start does not send it again."""

    class SlowTelegram(FailingTelegram):
        async def call(self, method: str, payload: dict[str, Any]) -> Any:
            await asyncio.sleep(0.2)
            return await super().call(method, payload)

    _send(database, "first")
    telegram = SlowTelegram()
    sender = Sender(telegram, database.outbox, _at_once, Wake())  # type: ignore[arg-type]

    async def stopped_early() -> None:
        running = asyncio.create_task(sender.run())
        await asyncio.sleep(0.05)
        running.cancel()
        await asyncio.wait({running})

    with asyncio.Runner() as runner:
        runner.run(stopped_early())
    assert telegram.delivered == ["first"]
    assert _states(database) == ["sent"]


@pytest.mark.parametrize("kind", [SendKind.DOCUMENT, SendKind.PHOTO])
def test_a_file_that_may_have_arrived_is_not_sent_twice(database: Database, clock: FakeClock, kind: SendKind) -> None:
    """What a killed sender left half sent is given up, where it is a document or a picture; the chat goes on."""
    with database.command_unit("send") as unit:
        file_id = unit.add_file(name="offer.pdf", media_type="application/pdf", data=b"%PDF-1.4")
        unit.send(make_message(kind=kind, payload={}, file_id=file_id))
    _send(database, "after")
    assert len(database.outbox.claim(skip_chats=(), limit=1)) == 1
    database.outbox.recover()
    telegram = FailingTelegram()
    _deliver_all(database, telegram, clock, rounds=2)
    assert telegram.delivered == ["after"]
    assert _states(database) == ["failed", "sent"]
