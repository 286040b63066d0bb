"""Old texts go, keys and what waits stay."""

from datetime import timedelta
from typing import Any

import pytest

from actions.retention import Retention
from domain.messages import SendKind
from storage.database import Database
from storage.tables import queues as q
from tests.factories import NOW, keep_agent, make_card, make_message, make_received
from tests.fakes import FakeClock
from tests.storage.history import rows

STATE = {"forms": [{"values": {}}], "last": {"text": "x"}, "focus": 4, "next_form": 9, "told": {"1": "x"}}


@pytest.fixture
def talk(database: Database) -> int:
    """A message that was answered with a card and a file; its entry."""
    agent = keep_agent(database)
    database.turns.receive([make_received(1, payload={"text": "call Popescu"})])
    (entry,) = database.turns.waiting(skip=(), limit=9)
    with database.turns.turn(entry.id) as unit:
        assert unit
        card = make_card(agent_id=agent.id, actions=[{"do": "x", "args": {"name": "Popescu"}}])
        unit.add_card(card)
        unit.send(make_message("Popescu", card_id=card.id))
        file_id = unit.add_file(name="a.txt", media_type="text/plain", data=b"Popescu")
        unit.send(make_message("a file", kind=SendKind.DOCUMENT, file_id=file_id))
        unit.add_job(kind="import", key="import:1", payload={"file_id": file_id})
        unit.save_conversation(STATE)
    return entry.id


def send_all(database: Database) -> None:
    """Telegram takes everything."""
    while claimed := database.outbox.claim(skip_chats=(), limit=9):
        for outgoing in claimed:
            database.outbox.sent(outgoing.id, message_id=outgoing.id)


def do_job(database: Database) -> None:
    """The job is done."""
    job = database.jobs.claim(["import"], lease_seconds=60)
    assert job
    with database.jobs.run(job):
        pass


def drop_all(database: Database) -> int:
    """Every step that there is."""
    dropped = 0
    while step := database.retention.drop():
        dropped += step
    return dropped


def of(database: Database, name: str) -> dict[str, Any]:
    """The first row of a queue."""
    return rows(database, getattr(q, name))[0]


def test_the_texts_go_after_thirty_days(database: Database, clock: FakeClock, talk: int) -> None:
    """Inbox, outbox, job, card, conversation and file; a second run finds nothing."""
    send_all(database)
    do_job(database)
    clock.set(NOW + timedelta(days=31, hours=23))

    assert drop_all(database) > 0

    assert {
        str(row["payload"]) for name in ("inbox", "outbox", "jobs") for row in rows(database, getattr(q, name))
    } == {"{}"}
    assert of(database, "cards")["actions"] == []
    assert of(database, "conversations")["state"] == STATE | {"forms": [], "last": None, "told": {}}
    assert rows(database, q.files) == []
    assert drop_all(database) == 0


def test_nothing_before(database: Database, clock: FakeClock, talk: int) -> None:
    """Up to the thirtieth day all of it stays."""
    send_all(database)
    do_job(database)
    clock.set(NOW + timedelta(days=30) - timedelta(seconds=1))
    assert drop_all(database) == 0


def test_what_waits_stays(database: Database, clock: FakeClock, talk: int) -> None:
    """A message that was never answered, an answer that was never sent, a job that was never done, and its file."""
    database.turns.receive([make_received(2, payload={"text": "hello"})])
    clock.advance(days=300)
    drop_all(database)

    (entry,) = database.turns.waiting(skip=(), limit=9)
    assert entry.payload == {"text": "hello"}
    assert [row["payload"] for row in rows(database, q.outbox)] == [{"text": "Popescu"}, {"text": "a file"}]
    job = database.jobs.claim(["import"], lease_seconds=60)
    assert job
    with database.jobs.run(job) as run:
        assert run
        assert run.file(job.payload["file_id"]) == ("a.txt", b"Popescu")


def test_nothing_is_done_twice_afterwards(database: Database, clock: FakeClock, talk: int) -> None:
    """The keys stay: an update that comes once more is known, and so is a job."""
    send_all(database)
    do_job(database)
    clock.advance(days=40)
    drop_all(database)

    assert database.turns.receive([make_received(1)]) == 0
    with database.command_unit("again") as unit:
        unit.add_job(kind="import", key="import:1", payload={})
    assert database.jobs.claim(["import"], lease_seconds=60) is None


def test_who_still_talks_keeps_the_conversation(database: Database, clock: FakeClock, talk: int) -> None:
    """Only the conversation of somebody silent is emptied."""
    clock.advance(days=40)
    database.turns.receive([make_received(2)])
    drop_all(database)
    assert of(database, "conversations")["state"] == STATE


def test_once_a_day(database: Database, clock: FakeClock, talk: int) -> None:
    """A tick goes on where the last one ended, and once the day's are done looks no more until the next."""
    send_all(database)
    do_job(database)
    clock.advance(days=40)
    daily = Retention(database.retention)
    assert daily.tick() > 0
    assert daily.tick() == 0
    database.turns.receive([make_received(2, payload={"text": "x"})])
    (entry,) = database.turns.waiting(skip=(), limit=9)
    with database.turns.turn(entry.id):
        pass
    clock.advance(days=31)
    assert daily.tick() == 1


def test_a_failure_waits_for_the_next_tick(caplog: pytest.LogCaptureFixture) -> None:
    """It is logged by its type alone, and tried again."""

    class Broken:
        def day(self) -> Any:
            return NOW.date()

        def drop(self) -> int:
            raise RuntimeError("Popescu")

    daily = Retention(Broken())
    assert daily.tick() == 0
    assert "RuntimeError" in caplog.text
    assert "Popescu" not in caplog.text
