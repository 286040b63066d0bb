"""Undo: a turn can be taken back as long as nobody built on it."""

import pytest

from domain.agenda import Kind, Status
from domain.customers import Phone, find_by_name
from domain.errors import ConflictError
from storage.database import Database
from storage.tables import business
from tests.factories import keep, keep_agent, make_activity, make_closure, make_note
from tests.storage.history import add_customer, change, everything, rows, turn_of, undo


def test_undo_of_an_insert_removes_all_of_it(database: Database) -> None:
    """A customer added with phones and e-mails is gone with them and with its words, and ids do not come back."""
    agent = keep_agent(database)
    before = everything(database)
    turn, customer = add_customer(database, agent, phones=("+40722000001",), emails=("ion@example.com",))
    undo(database, agent, turn)
    assert everything(database) == before
    _, other = add_customer(database, agent)
    assert other.id > customer.id


def test_undo_of_an_update_sets_back(database: Database) -> None:
    """A changed row has its old values again, under a new version, and is found by its old name."""
    agent = keep_agent(database)
    _, customer = add_customer(database, agent)
    turn = change(database, agent, customer.id, name="Vasile Rusu", interest="Logan")
    undo(database, agent, turn)
    (row,) = rows(database, business.customers)
    assert (row["name"], row["sort_name"], row["interest"], row["version"]) == ("Ion Popescu", "ion popescu", None, 3)
    with turn_of(database, agent) as unit:
        assert find_by_name(unit, agent, "popescu").only is not None
        assert find_by_name(unit, agent, "rusu").only is None


def test_undo_of_a_delete_brings_back(database: Database) -> None:
    """A removed phone is there again under its own id."""
    agent = keep_agent(database)
    _, customer = add_customer(database, agent, phones=("+40722000001", "+40722000002"))
    phones = rows(database, business.customer_phones)
    with turn_of(database, agent) as unit:
        kept = unit.customers.get(customer.id)
        assert kept is not None
        kept.phones.pop(0)
    undo(database, agent, unit.turn_id or 0)
    assert rows(database, business.customer_phones) == phones


def test_undo_covers_several_tables_and_flushes(database: Database) -> None:
    """A turn that added, changed and removed rows, some of them twice, is taken back as a whole."""
    agent = keep_agent(database)
    _, customer = add_customer(database, agent, phones=("+40722000001",))
    activity = make_activity(agent_id=agent.id, customer_id=customer.id)
    keep(database, activity)
    before = everything(database)
    with turn_of(database, agent) as unit:
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
    undo(database, agent, unit.turn_id or 0)
    after = everything(database)
    assert after["activities"][0].pop("version") > before["activities"][0].pop("version")
    assert after == before


def test_changed_since_refuses_and_changes_nothing(database: Database) -> None:
    """Where one of the turn's rows was changed since, nothing of the turn is taken back."""
    agent = keep_agent(database)
    _, first = add_customer(database, agent)
    _, second = add_customer(database, agent, name="Maria Rusu")
    with turn_of(database, agent) as unit:
        for customer_id in (first.id, second.id):
            customer = unit.customers.get(customer_id)
            assert customer is not None
            customer.interest = "Duster"
    change(database, agent, second.id, interest="Logan")
    before = everything(database)
    with pytest.raises(ConflictError) as refused:
        undo(database, agent, unit.turn_id or 0)
    assert (refused.value.code, refused.value.values) == ("undo_changed", {"what": "customers"})
    assert everything(database) == before


def test_changed_and_changed_back_is_changed(database: Database) -> None:
    """A row that somebody changed and set back by hand has another version, so the older turn stays."""
    agent = keep_agent(database)
    _, customer = add_customer(database, agent)
    turn = change(database, agent, customer.id, interest="Duster")
    change(database, agent, customer.id, interest="Logan")
    change(database, agent, customer.id, interest="Duster")
    with pytest.raises(ConflictError, match="undo_changed"):
        undo(database, agent, turn)


def test_insert_with_later_rows_on_it_stays(database: Database) -> None:
    """A customer on whom a later turn noted something cannot be taken back, and the refusal says what is in the way."""
    agent = keep_agent(database)
    turn, customer = add_customer(database, agent)
    with turn_of(database, agent) as unit:
        unit.customers.add_note(make_note(customer_id=customer.id, author_id=agent.id))
    before = everything(database)
    with pytest.raises(ConflictError) as refused:
        undo(database, agent, turn)
    assert refused.value.values == {"what": "notes"}
    assert everything(database) == before
    undo(database, agent, unit.turn_id or 0)
    undo(database, agent, turn)
    assert rows(database, business.customers) == []


def test_undo_twice_is_refused(database: Database) -> None:
    """A turn that was taken back cannot be taken back again."""
    agent = keep_agent(database)
    turn, _ = add_customer(database, agent)
    undo(database, agent, turn)
    with pytest.raises(ConflictError, match="undo_done"):
        undo(database, agent, turn)


def test_undo_of_a_turn_without_changes_is_refused(database: Database) -> None:
    """There is nothing to take back of a turn that changed nothing."""
    agent = keep_agent(database)
    with pytest.raises(ConflictError, match="undo_nothing"):
        undo(database, agent, 999)


def test_redo_and_undo_again(database: Database) -> None:
    """The undo of an undo brings the change back, and then it can be undone anew."""
    agent = keep_agent(database)
    turn, customer = add_customer(database, agent, phones=("+40722000001",))
    added = everything(database)
    undone = undo(database, agent, turn)
    undo(database, agent, undone)
    assert everything(database) == added
    with turn_of(database, agent) as unit:
        assert unit.last_undoable(agent.id) == turn
    undo(database, agent, turn)
    with turn_of(database, agent) as unit:
        assert unit.customers.get(customer.id) is None


def test_undo_goes_back_turn_by_turn(database: Database) -> None:
    """Undoing again and again takes back the agent's turns from the last to the first, though on the same row."""
    agent = keep_agent(database)
    turns = [add_customer(database, agent)[0]]
    turns += [change(database, agent, 1, interest=interest) for interest in ("Logan", "Duster", "Spring")]
    undone = []
    for _ in turns:
        with turn_of(database, agent) as unit:
            last = unit.last_undoable(agent.id)
            assert last is not None
            unit.undo(last)
            undone.append(last)
    assert undone == turns[::-1]
    assert rows(database, business.customers) == []
    with turn_of(database, agent) as unit:
        assert unit.last_undoable(agent.id) is None


def test_last_undoable_is_the_agents_own(database: Database) -> None:
    """Another agent's later turn is not offered."""
    ana, mihai = keep_agent(database), keep_agent(database, name="Mihai Dobre", telegram_user_id=8, chat_id=8)
    turn, _ = add_customer(database, ana)
    other, _ = add_customer(database, mihai, name="Maria Rusu")
    with turn_of(database, ana) as unit:
        assert (unit.last_undoable(ana.id), unit.last_undoable(mihai.id)) == (turn, other)


def test_entities_show_what_the_undo_restored(database: Database) -> None:
    """An entity that the turn had loaded before the undo shows the restored values after it."""
    agent = keep_agent(database)
    _, customer = add_customer(database, agent)
    turn = change(database, agent, customer.id, interest="Duster")
    with turn_of(database, agent) as unit:
        kept = unit.customers.get(customer.id)
        assert kept is not None
        assert kept.interest == "Duster"
        unit.undo(turn)
        assert kept.interest is None
        kept.interest = "Logan"
    assert rows(database, business.customers)[0]["interest"] == "Logan"
