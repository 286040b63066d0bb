"""Audit and undo: each turn's changes are kept, and can be taken back as long as nobody built on them."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa

from domain.agenda import Kind, Status
from domain.customers import Customer, Phone, find_by_name
from domain.errors import ConflictError
from domain.ports import Owners
from domain.team import Agent
from storage.database import Database
from storage.tables import business, history, queues
from storage.turns import Turn
from tests.factories import keep, keep_agent, make_activity, make_closure, make_customer, make_message, make_note


@contextmanager
def _turn(database: Database, agent: Agent) -> Iterator[Turn]:
    with database.command_unit("test") as unit:
        unit.actor_id = agent.id
        yield unit


def _add_customer(database: Database, agent: Agent, **values: Any) -> tuple[int, Customer]:
    customer = make_customer(**{"owner_id": agent.id} | values)
    with _turn(database, agent) as unit:
        unit.customers.add(customer)
    return unit.turn_id or 0, customer


def _change(database: Database, agent: Agent, customer_id: int, **values: Any) -> int:
    with _turn(database, agent) as unit:
        customer = unit.customers.get(customer_id)
        for name, value in values.items():
            setattr(customer, name, value)
    return unit.turn_id or 0


def _undo(database: Database, agent: Agent, turn: int) -> int:
    with _turn(database, agent) as unit:
        unit.undo(turn)
    return unit.turn_id or 0


def _rows(database: Database, table: sa.Table) -> list[dict[str, Any]]:
    with database.engine.connect() as connection:
        keys = list(table.primary_key.columns)
        return [dict(row) for row in connection.execute(sa.select(table).order_by(*keys)).mappings()]


def _everything(database: Database) -> dict[str, Any]:
    return {table.name: _rows(database, table) for table in (*business.AUDITED, business.customer_words)}


def test_images_of_insert_update_and_delete(database: Database) -> None:
    """The audit has who changed which row in which turn, and the row before and after, with steps numbered."""
    agent = keep_agent(database)
    added, customer = _add_customer(database, agent, phones=("+40722000001",))
    with _turn(database, agent) as unit:
        kept = unit.customers.get(customer.id)
        assert kept is not None
        kept.interest = "Duster"
        kept.phones.clear()
    changed = unit.turn_id
    rows = [row for row in _rows(database, history.audit) if row["turn_id"] in {added, changed}]
    told = [(row["turn_id"], row["step"], row["agent_id"], row["table_name"]) for row in rows]
    assert told == [
        (added, 1, agent.id, "customers"),
        (added, 2, agent.id, "customer_phones"),
        (changed, 1, agent.id, "customers"),
        (changed, 2, agent.id, "customer_phones"),
    ]
    assert [(row["before"] is None, row["after"] is None) for row in rows] == [
        (True, False),
        (True, False),
        (False, False),
        (False, True),
    ]
    assert rows[0]["after"]["created_at"] == "2026-02-11T09:00:00+00:00"
    assert (rows[2]["before"]["interest"], rows[2]["after"]["interest"]) == (None, "Duster")
    assert (rows[2]["before"]["version"], rows[2]["after"]["version"]) == (1, 2)
    assert rows[3]["before"] == {"id": 1, "customer_id": customer.id, "e164": "+40722000001"}


def test_unchanged_entities_leave_no_trace(database: Database) -> None:
    """Reading, and setting the value that is already there, is no change."""
    agent = keep_agent(database)
    _, customer = _add_customer(database, agent)
    before = _rows(database, history.audit)
    _change(database, agent, customer.id, interest=None, name="Ion Popescu")
    assert _rows(database, history.audit) == before


def test_undo_of_an_insert_removes_all_of_it(database: Database) -> None:
    """A customer added with phones and e-mails is gone with them and with its words, and ids do not come back."""
    agent = keep_agent(database)
    before = _everything(database)
    turn, customer = _add_customer(database, agent, phones=("+40722000001",), emails=("ion@example.com",))
    _undo(database, agent, turn)
    assert _everything(database) == before
    _, other = _add_customer(database, agent)
    assert other.id > customer.id


def test_undo_of_an_update_sets_back(database: Database) -> None:
    """A changed row has its old values again, under a new version, and is found by its old name."""
    agent = keep_agent(database)
    _, customer = _add_customer(database, agent)
    turn = _change(database, agent, customer.id, name="Vasile Rusu", interest="Logan")
    _undo(database, agent, turn)
    (row,) = _rows(database, business.customers)
    assert (row["name"], row["sort_name"], row["interest"], row["version"]) == ("Ion Popescu", "ion popescu", None, 3)
    with _turn(database, agent) as unit:
        assert find_by_name(unit, agent, "popescu").only is not None
        assert find_by_name(unit, agent, "rusu").only is None


def test_undo_of_a_delete_brings_back(database: Database) -> None:
    """A removed phone is there again under its own id."""
    agent = keep_agent(database)
    _, customer = _add_customer(database, agent, phones=("+40722000001", "+40722000002"))
    phones = _rows(database, business.customer_phones)
    with _turn(database, agent) as unit:
        kept = unit.customers.get(customer.id)
        assert kept is not None
        kept.phones.pop(0)
    _undo(database, agent, unit.turn_id or 0)
    assert _rows(database, business.customer_phones) == phones


def test_undo_covers_several_tables_and_flushes(database: Database) -> None:
    """A turn that added, changed and removed rows, some of them twice, is taken back as a whole."""
    agent = keep_agent(database)
    _, customer = _add_customer(database, agent, phones=("+40722000001",))
    activity = make_activity(agent_id=agent.id, customer_id=customer.id)
    keep(database, activity)
    before = _everything(database)
    with _turn(database, agent) as unit:
        kept, planned = unit.customers.get(customer.id), unit.activities.get(activity.id)
        assert kept is not None
        assert planned is not None
        planned.status = Status.DONE
        unit.flush()
        planned.note = "wants the Duster"
        kept.phones = [Phone("+40722000009")]
        unit.activities.add(make_activity(agent_id=agent.id, customer_id=customer.id, kind=Kind.MEETING))
        unit.customers.add_note(make_note(customer_id=customer.id, author_id=agent.id))
        unit.calendar.add_closure(make_closure())
    _undo(database, agent, unit.turn_id or 0)
    after = _everything(database)
    assert after["activities"][0].pop("version") > before["activities"][0].pop("version")
    assert after == before


def test_changed_since_refuses_and_changes_nothing(database: Database) -> None:
    """Where one of the turn's rows was changed since, nothing of the turn is taken back."""
    agent = keep_agent(database)
    _, first = _add_customer(database, agent)
    _, second = _add_customer(database, agent, name="Maria Rusu")
    with _turn(database, agent) as unit:
        for customer_id in (first.id, second.id):
            customer = unit.customers.get(customer_id)
            assert customer is not None
            customer.interest = "Duster"
    _change(database, agent, second.id, interest="Logan")
    before = _everything(database)
    with pytest.raises(ConflictError) as refused:
        _undo(database, agent, unit.turn_id or 0)
    assert (refused.value.code, refused.value.values) == ("undo_changed", {"what": "customers"})
    assert _everything(database) == before


def test_changed_and_changed_back_is_changed(database: Database) -> None:
    """A row that somebody changed and set back by hand has another version, so the older turn stays."""
    agent = keep_agent(database)
    _, customer = _add_customer(database, agent)
    turn = _change(database, agent, customer.id, interest="Duster")
    _change(database, agent, customer.id, interest="Logan")
    _change(database, agent, customer.id, interest="Duster")
    with pytest.raises(ConflictError, match="undo_changed"):
        _undo(database, agent, turn)


def test_insert_with_later_rows_on_it_stays(database: Database) -> None:
    """A customer on whom a later turn noted something cannot be taken back, and the refusal says what is in the way."""
    agent = keep_agent(database)
    turn, customer = _add_customer(database, agent)
    with _turn(database, agent) as unit:
        unit.customers.add_note(make_note(customer_id=customer.id, author_id=agent.id))
    before = _everything(database)
    with pytest.raises(ConflictError) as refused:
        _undo(database, agent, turn)
    assert refused.value.values == {"what": "notes"}
    assert _everything(database) == before
    _undo(database, agent, unit.turn_id or 0)
    _undo(database, agent, turn)
    assert _rows(database, business.customers) == []


def test_undo_twice_is_refused(database: Database) -> None:
    """A turn that was taken back cannot be taken back again."""
    agent = keep_agent(database)
    turn, _ = _add_customer(database, agent)
    _undo(database, agent, turn)
    with pytest.raises(ConflictError, match="undo_done"):
        _undo(database, agent, turn)


def test_undo_of_a_turn_without_changes_is_refused(database: Database) -> None:
    """There is nothing to take back of a turn that changed nothing."""
    agent = keep_agent(database)
    with pytest.raises(ConflictError, match="undo_nothing"):
        _undo(database, agent, 999)


def test_redo_and_undo_again(database: Database) -> None:
    """The undo of an undo brings the change back, and then it can be undone anew."""
    agent = keep_agent(database)
    turn, customer = _add_customer(database, agent, phones=("+40722000001",))
    added = _everything(database)
    undone = _undo(database, agent, turn)
    _undo(database, agent, undone)
    assert _everything(database) == added
    with _turn(database, agent) as unit:
        assert unit.last_undoable(agent.id) == turn
    _undo(database, agent, turn)
    with _turn(database, agent) as unit:
        assert unit.customers.get(customer.id) is None


def test_undo_goes_back_turn_by_turn(database: Database) -> None:
    """Undoing again and again takes back the agent's turns from the last to the first, though on the same row."""
    agent = keep_agent(database)
    turns = [_add_customer(database, agent)[0]]
    turns += [_change(database, agent, 1, interest=interest) for interest in ("Logan", "Duster", "Spring")]
    undone = []
    for _ in turns:
        with _turn(database, agent) as unit:
            last = unit.last_undoable(agent.id)
            assert last is not None
            unit.undo(last)
            undone.append(last)
    assert undone == turns[::-1]
    assert _rows(database, business.customers) == []
    with _turn(database, agent) as unit:
        assert unit.last_undoable(agent.id) is None


def test_last_undoable_is_the_agents_own(database: Database) -> None:
    """Another agent's later turn is not offered."""
    ana, mihai = keep_agent(database), keep_agent(database, name="Mihai Dobre", telegram_user_id=8, chat_id=8)
    turn, _ = _add_customer(database, ana)
    other, _ = _add_customer(database, mihai, name="Maria Rusu")
    with _turn(database, ana) as unit:
        assert (unit.last_undoable(ana.id), unit.last_undoable(mihai.id)) == (turn, other)


def test_entities_show_what_the_undo_restored(database: Database) -> None:
    """An entity that the turn had loaded before the undo shows the restored values after it."""
    agent = keep_agent(database)
    _, customer = _add_customer(database, agent)
    turn = _change(database, agent, customer.id, interest="Duster")
    with _turn(database, agent) as unit:
        kept = unit.customers.get(customer.id)
        assert kept is not None
        assert kept.interest == "Duster"
        unit.undo(turn)
        assert kept.interest is None
        kept.interest = "Logan"
    assert _rows(database, business.customers)[0]["interest"] == "Logan"


def test_wrote_tells_of_changes(database: Database) -> None:
    """A turn knows whether it has changed anything that can be undone."""
    agent = keep_agent(database)
    with _turn(database, agent) as unit:
        assert not unit.wrote()
        unit.customers.add(make_customer(owner_id=agent.id))
        assert unit.wrote()


def test_failed_turn_leaves_no_audit(database: Database) -> None:
    """What was rolled back was never changed, so the audit knows nothing of it."""
    agent = keep_agent(database)
    before = _rows(database, history.audit)
    with pytest.raises(ZeroDivisionError), _turn(database, agent) as unit:  # noqa: PT012  it must come from within
        unit.customers.add(make_customer())
        unit.flush()
        raise ZeroDivisionError
    assert _rows(database, history.audit) == before


def test_corrected_turn_gives_way_and_can_be_undone(database: Database) -> None:
    """A correction takes the turn before back and writes anew; undoing it shows what was before the correction."""
    agent = keep_agent(database)
    _, customer = _add_customer(database, agent)
    wrong = _change(database, agent, customer.id, interest="Logan")
    with _turn(database, agent) as unit:
        unit.undo(wrong, correction=True)
        kept = unit.customers.get(customer.id)
        assert kept is not None
        kept.interest = "Duster"
    corrected = unit.turn_id or 0
    assert _rows(database, business.customers)[0]["interest"] == "Duster"
    with pytest.raises(ConflictError, match="undo_done"):
        _undo(database, agent, wrong)
    with _turn(database, agent) as unit:
        assert unit.last_undoable(agent.id) == corrected
        unit.undo(corrected)
    assert _rows(database, business.customers)[0]["interest"] == "Logan"
    with _turn(database, agent) as unit:
        assert unit.last_undoable(agent.id) == wrong
        unit.undo(wrong)
    assert _rows(database, business.customers)[0]["interest"] is None


def test_corrected_insert_is_one_row(database: Database) -> None:
    """Where the corrected turn had added a row, the correction's row stands in its place, and each can come back."""
    agent = keep_agent(database)
    wrong, _ = _add_customer(database, agent, name="Ion Popesco")
    with _turn(database, agent) as unit:
        unit.undo(wrong, correction=True)
        unit.customers.add(make_customer(owner_id=agent.id))
    assert [row["name"] for row in _rows(database, business.customers)] == ["Ion Popescu"]
    _undo(database, agent, unit.turn_id or 0)
    assert [row["name"] for row in _rows(database, business.customers)] == ["Ion Popesco"]


def test_older_turn_stays_after_a_correction(database: Database) -> None:
    """What a correction has written is a change, so an older turn on the same row is not taken back over it."""
    agent = keep_agent(database)
    _, customer = _add_customer(database, agent)
    older = _change(database, agent, customer.id, town="Iași")
    wrong = _change(database, agent, customer.id, interest="Logan")
    with _turn(database, agent) as unit:
        unit.undo(wrong, correction=True)
        kept = unit.customers.get(customer.id)
        assert kept is not None
        kept.interest = "Duster"
    with pytest.raises(ConflictError, match="undo_changed"):
        _undo(database, agent, older)


def test_failed_part_leaves_no_trace(database: Database) -> None:
    """A part that fails within a savepoint takes back its rows, images and messages; the rest of the turn stays."""
    agent = keep_agent(database)
    _, customer = _add_customer(database, agent)

    def part(unit: Turn) -> None:
        with unit.savepoint():
            kept = unit.customers.get(customer.id)
            assert kept is not None
            kept.interest = "Logan"
            unit.customers.add(make_customer(name="Maria Rusu"))
            unit.send(make_message("lost"))
            unit.customers.add_note(make_note(customer_id=999, author_id=agent.id))  # there is no such customer
            unit.flush()

    with _turn(database, agent) as unit:
        unit.send(make_message("kept"))
        with pytest.raises(sa.exc.IntegrityError):
            part(unit)
        assert not unit.wrote()
        with unit.savepoint():
            unit.customers.add(make_customer(name="Vasile Dan"))
    assert [row["name"] for row in _rows(database, business.customers)] == ["Ion Popescu", "Vasile Dan"]
    mine = [row for row in _rows(database, history.audit) if row["turn_id"] == unit.turn_id]
    assert [row["after"]["name"] for row in mine] == ["Vasile Dan"]
    assert [row["payload"]["text"] for row in _rows(database, queues.outbox)] == ["kept"]
    _undo(database, agent, unit.turn_id or 0)


@pytest.mark.parametrize("seed", range(5))
def test_any_history_can_be_taken_back_to_its_beginning(database: Database, seed: int) -> None:
    """After turns that add, change and remove at random, undoing them all leaves what was there at first."""
    rnd = random.Random(seed)  # noqa: S311  a repeatable choice
    agent = keep_agent(database)
    keep(database, *(make_customer(owner_id=agent.id, phones=("+40722000001", "+40722000002")) for _ in range(2)))
    first = _without_versions(_everything(database))
    turns = 0
    for _ in range(15):
        with _turn(database, agent) as unit:
            for _ in range(rnd.randint(1, 3)):
                _do_anything(unit, agent, rnd)
                if rnd.random() < 0.5:
                    unit.flush()
            turns += unit.wrote()
    assert turns > 5
    assert _without_versions(_everything(database)) != first
    for _ in range(turns):
        with _turn(database, agent) as unit:
            unit.undo(unit.last_undoable(agent.id) or 0)
    assert _without_versions(_everything(database)) == first


def _do_anything(unit: Turn, agent: Agent, rnd: random.Random) -> None:
    everybody = unit.customers.page(Owners(None, everybody=True), offset=0, limit=100)
    customer = rnd.choice(everybody)
    match rnd.randrange(6):
        case 0:
            unit.customers.add(make_customer(owner_id=agent.id, name=rnd.choice(["Ana", "Dan"]), emails=("a@b.ro",)))
        case 1:
            customer.name = rnd.choice(["Ion Popescu", "Maria Rusu", "Vasile Dan"])
        case 2:
            customer.phones = [Phone(f"+4072200000{rnd.randrange(9)}"), *customer.phones[1:]]
        case 3:
            unit.customers.add_note(make_note(customer_id=customer.id, author_id=agent.id))
        case 4:
            unit.activities.add(make_activity(agent_id=agent.id, customer_id=customer.id))
        case _:
            for activity in unit.activities.planned(agent.id):
                activity.status = rnd.choice([Status.DONE, Status.CANCELLED])


def _without_versions(rows: dict[str, Any]) -> dict[str, Any]:
    return {
        name: [{column: value for column, value in row.items() if column != "version"} for row in table]
        for name, table in rows.items()
    }
