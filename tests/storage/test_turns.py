"""The inbox: received once, answered once, in order per person."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from domain.messages import EntryKind
from storage.database import Database
from storage.tables import queues as q
from tests.factories import keep_agent, make_customer, make_message, make_received
from tests.fakes import FakeClock


def _waiting_ids(database: Database, **options: object) -> list[int]:
    return [entry.id for entry in database.turns.waiting(**{"skip": (), "limit": 10} | options)]


def _count(database: Database, table: sa.Table) -> int:
    with database.engine.connect() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def _together(work: Callable[[], object], times: int) -> list[object]:
    barrier = threading.Barrier(times)

    def start() -> object:
        barrier.wait()
        return work()

    with ThreadPoolExecutor(times) as pool:
        return [future.result() for future in [pool.submit(start) for _ in range(times)]]


def test_second_delivery_is_skipped(database: Database) -> None:
    """An update that was received before, or twice in one batch, becomes one entry."""
    assert database.turns.receive([make_received(1), make_received(1), make_received(2)]) == 2
    assert database.turns.receive([make_received(2), make_received(3)]) == 1
    assert _count(database, q.inbox) == 3


def test_ten_deliveries_at_once_are_one(database: Database) -> None:
    """Ten threads that receive the same update insert it once."""
    new = _together(lambda: database.turns.receive([make_received(1)]), 10)
    assert sum(new) == 1


def test_ten_workers_run_a_turn_once(database: Database) -> None:
    """Of ten workers that take the same entry at once, one has the turn and one effect stays."""
    keep_agent(database)
    database.turns.receive([make_received(1)])
    (entry_id,) = _waiting_ids(database)

    def work() -> bool:
        with database.turns.turn(entry_id) as unit:
            if unit is None:
                return False
            unit.customers.add(make_customer())
            unit.send(make_message())
            return True

    assert sorted(_together(work, 10)) == [False] * 9 + [True]
    assert _count(database, q.outbox) == 1
    assert _waiting_ids(database) == []


def test_exception_rolls_everything_back(database: Database) -> None:
    """A turn that fails leaves no business, no message, no conversation and no job, and its entry still waits."""
    database.turns.receive([make_received(1)])
    (entry_id,) = _waiting_ids(database)
    with pytest.raises(ZeroDivisionError), database.turns.turn(entry_id) as unit:  # noqa: PT012  it must come from within
        assert unit is not None
        unit.customers.add(make_customer())
        unit.flush()
        unit.send(make_message())
        unit.save_conversation({"open": "question"})
        unit.add_job(kind="report", key="report:1", payload={})
        raise ZeroDivisionError
    assert [_count(database, table) for table in (q.outbox, q.conversations, q.jobs)] == [0, 0, 0]
    with database.turns.turn(entry_id) as unit:
        assert unit is not None
        assert unit.customers.get(1) is None


def test_oldest_of_each_person_waits(database: Database) -> None:
    """Only the oldest entry of each person is shown, oldest first, without those to skip and within the limit."""
    database.turns.receive([make_received(n, person=person) for n, person in enumerate([7, 7, 8, 9, 8], start=1)])
    assert _waiting_ids(database) == [1, 3, 4]
    assert _waiting_ids(database, skip={7, 9}) == [3]
    assert _waiting_ids(database, limit=2) == [1, 3]


def test_later_entry_of_a_person_cannot_run_first(database: Database) -> None:
    """A worker that asks for a person's second entry while the first is unfinished gets nothing."""
    database.turns.receive([make_received(1), make_received(2)])
    with database.turns.turn(2) as unit:
        assert unit is None
    with database.turns.turn(1) as unit:
        assert unit is not None
    with database.turns.turn(2) as unit:
        assert unit is not None


def test_two_entries_of_a_person_never_run_side_by_side(database: Database) -> None:
    """While one entry of a person runs, another worker gets neither it nor the person's next one."""
    if database.engine.dialect.name == "sqlite":
        pytest.skip("SQLite has one writer: a second one waits for the first")
    database.turns.receive([make_received(1), make_received(2), make_received(3, person=8)])
    with database.turns.turn(1) as first:
        assert first is not None
        for entry_id in (1, 2):
            with database.turns.turn(entry_id) as unit:
                assert unit is None
        with database.turns.turn(3) as other_person:
            assert other_person is not None


def test_postponed_entry_holds_its_person_back(database: Database, clock: FakeClock) -> None:
    """A person whose oldest entry is postponed is not shown before its time, and then with the attempt counted."""
    database.turns.receive([make_received(1), make_received(2), make_received(3, person=8)])
    database.turns.postpone(1, seconds=30, error="TimeoutError")
    assert _waiting_ids(database) == [3]
    with database.turns.turn(1) as unit:
        assert unit is None
    clock.advance(seconds=30)
    oldest = database.turns.waiting(skip=(), limit=1)[0]
    assert (oldest.id, oldest.attempts) == (1, 1)


def test_conversation_goes_on_in_the_next_turn(database: Database) -> None:
    """What a turn keeps of the conversation is there in the person's next turn, and not in another's."""
    database.turns.receive([make_received(1), make_received(2), make_received(3, person=8)])
    states = []
    for entry_id in (1, 2, 3):
        with database.turns.turn(entry_id) as unit:
            assert unit is not None
            states.append(unit.conversation())
            unit.save_conversation({"turns": [*states]})
    assert states == [{}, {"turns": [{}]}, {}]


def test_scrubbed_payload_is_gone(database: Database) -> None:
    """An entry whose content must not be kept is empty after its turn."""
    database.turns.receive([make_received(1)])
    with database.turns.turn(1) as unit:
        assert unit is not None
        unit.scrub()
    with database.engine.connect() as connection:
        assert connection.scalar(sa.select(q.inbox.c.payload)) == {}


def test_unreadable_entry_delays_nobody(database: Database) -> None:
    """An entry that cannot be read is marked so, and the person's next one waits."""
    database.turns.receive([make_received(1), make_received(2)])
    with database.turns.turn(1) as unit:
        assert unit is not None
        unit.mark_unreadable()
    assert _waiting_ids(database) == [2]
    with database.engine.connect() as connection:
        state = connection.scalar(sa.select(q.inbox.c.state).where(q.inbox.c.id == 1))
    assert state == "unreadable"


def test_command_has_a_turn_of_its_own(database: Database) -> None:
    """A command line's turn can write and send, and never waits in the inbox."""
    with database.command_unit("import") as unit:
        unit.send(make_message())
        assert (unit.entry.kind, unit.entry.payload) == (EntryKind.COMMAND, {"name": "import"})
    assert _waiting_ids(database) == []
    assert _count(database, q.outbox) == 1


@pytest.mark.parametrize(
    "text", ["\x00", "a\x00b", "\ud800", "\udfff x", "'; DROP TABLE inbox; --", '"\\', "😀", "\u202e"]
)
def test_any_update_can_be_received(database: Database, text: str) -> None:
    """An update comes back exactly as it was received, whatever characters it holds."""
    payload = {"message": {"text": text, text: [text]}}
    database.turns.receive([make_received(1, payload=payload)])
    assert database.turns.waiting(skip=(), limit=1)[0].payload == payload


def test_waiting_uses_the_partial_indexes(sqlite_database: Database) -> None:
    """A look at what waits reads the indexes of pending rows alone, so a million done rows cost nothing."""
    statements: list[str] = []
    engine = sqlite_database.engine
    sa.event.listen(engine, "before_cursor_execute", lambda *event: statements.append(event[2]))
    sqlite_database.turns.waiting(skip={1}, limit=5)
    query = next(statement for statement in statements if statement.startswith("SELECT"))
    with engine.connect() as connection:
        parameters = tuple([1] * query.count("?"))
        plan = " ".join(row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", parameters))
    assert "ix_inbox_pending_person" in plan
    assert "SCAN inbox USING INDEX ix_inbox_pending" in plan or "SEARCH inbox USING INDEX ix_inbox_pending" in plan


def test_ten_thousand_entries_are_worked_off(sqlite_database: Database) -> None:
    """Ten thousand entries of a hundred people are all shown in the end, each person's in order."""
    sqlite_database.turns.receive([make_received(n, person=n % 100) for n in range(10_000)])
    with sqlite_database.engine.begin() as connection:
        connection.execute(sa.update(q.inbox).where(q.inbox.c.id <= 9_900).values(state="done"))
    assert _waiting_ids(sqlite_database, limit=200) == list(range(9_901, 10_001))
