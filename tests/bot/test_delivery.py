"""What Telegram delivers again, at once or broken: one effect, one answer, and nobody waits."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from bot.telegram.receive import received
from domain.errors import StaleError
from storage.tables import queues
from tests.bot.chat_driver import BOT_ID, ChatDriver, Person, words
from tests.bot.scripted import ScriptedUnderstander, act

NOTE = act("add_note", client="Popescu", note="only once")


def scripted(driver: ChatDriver, text: str) -> None:
    """Let the text mean a note."""
    assert isinstance(driver.understander, ScriptedUnderstander)
    driver.understander.script[text] = [NOTE]


def test_ten_deliveries_one_after_another(driver: ChatDriver, ana: Person) -> None:
    """The same update ten times is one note and one answer."""
    ana.client("Ion Popescu")
    scripted(driver, "note")
    update = ana.raw_text("note")
    assert sum(driver.receive(update) for _ in range(5)) == 1
    driver.settle()
    assert sum(driver.receive(update, update) for _ in range(3)) == 0
    driver.settle()
    assert len(driver.notes) == 1
    assert len(ana.shown) == 1


def test_ten_deliveries_at_once(driver: ChatDriver, ana: Person) -> None:
    """Received by ten threads at once, and worked by ten at once, it is one note and one answer."""
    ana.client("Ion Popescu")
    scripted(driver, "note")
    update = ana.raw_text("note")
    together = Barrier(10)

    def receive(_: int) -> int:
        together.wait(10)
        return driver.database.turns.receive([received(BOT_ID, update)])

    def work(_: int) -> bool:
        with asyncio.Runner() as runner:
            prepared = runner.run(driver.prepare(entry))
        together.wait(10)
        with driver.database.turns.turn(entry.id) as unit:
            if unit is None:
                return False
            driver.chat.handle(unit, prepared)
            return True

    with ThreadPoolExecutor(10) as threads:
        assert sum(threads.map(receive, range(10))) == 1
        [entry] = driver.database.turns.waiting(skip=(), limit=50)
        assert sum(threads.map(work, range(10))) == 1
    driver.send()
    assert len(driver.notes) == 1
    assert len(ana.shown) == 1


def test_the_same_id_with_another_text_is_another_update(driver: ChatDriver, ana: Person) -> None:
    """Update ids restart after a quiet week: a new message under an old id is not lost."""
    ana.say("/overdue")
    again = ana.raw_text("/agenda") | {"update_id": 1}
    ana.update(**again)
    assert len(ana.shown) == 2


BROKEN: tuple[dict[str, Any], ...] = (
    {},
    {"message": None},
    {"message": "text"},
    {"message": {}},
    {"message": {"message_id": 1, "date": 1, "chat": {"id": 7, "type": "private"}, "from": {"id": 7}}},
    {"message": {"from": {"id": 7}, "chat": {"id": 7}}},
    {"callback_query": {"from": {"id": 7}}},
    {"callback_query": {"id": "1", "from": {"id": 7, "is_bot": False, "first_name": "A"}, "chat_instance": "1"}},
    {"unknown": {"from": {"id": 7}}},
    {"edited_message": {"text": "\x00\ud800"}},
    {"message": {"from": {"id": 2**90}, "text": "x" * 100_000}},
)


@pytest.mark.parametrize("broken", BROKEN)
def test_an_unreadable_update_delays_nobody(driver: ChatDriver, ana: Person, broken: dict[str, Any]) -> None:
    """Whatever came before it, the next message of the same person is answered at once."""
    driver.receive({"update_id": driver.next_update_id(), **broken})
    before = driver.business()
    assert words("overdue.none") in ana.say("/overdue")
    assert driver.business() == before
    assert all(row["state"] != "pending" for row in driver.rows(queues.inbox))


def test_a_turn_that_fails_is_tried_again_and_then_apologised_for(
    driver: ChatDriver, ana: Person, mihai: Person, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A defect in one person's turn is kept, tried five times and told; others go on meanwhile, and so does he."""

    def broken(*_: Any) -> None:
        raise RuntimeError("a defect")

    monkeypatch.setitem(driver.chat._commands, "agenda", broken)
    driver.receive(ana.raw_text("/agenda"), mihai.raw_text("/overdue"), ana.raw_text("/overdue"))
    for _ in range(8):
        driver.work_once()
        driver.send()
        clock.advance(minutes=2)
    assert [one.text for one in mihai.shown] == ["Nu ai restanțe."]
    assert [one.text for one in ana.shown] == [
        words("failure.apology"),
        words("overdue.none"),
    ]


def test_a_turn_that_met_anothers_change_runs_again(
    driver: ChatDriver, ana: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two turns on one row at once: the second is done anew, and the person hears of nothing."""
    met = []
    overdue = driver.chat._commands["overdue"]

    def once_stale(turn: Any) -> None:
        if not met:
            met.append(1)
            raise StaleError
        overdue(turn)

    monkeypatch.setitem(driver.chat._commands, "overdue", once_stale)
    assert ana.say("/overdue") == words("overdue.none")
