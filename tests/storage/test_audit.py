"""The audit: who changed what in which turn, and nothing of what did not happen."""

import pytest
import sqlalchemy as sa

from storage.database import Database
from storage.tables import business, history, queues
from storage.turns import Turn
from tests.factories import keep_agent, make_customer, make_message, make_note
from tests.storage.history import add_customer, change, rows, turn_of, undo


def test_images_of_insert_update_and_delete(database: Database) -> None:
    """The audit has who changed which row in which turn, and the row before and after, with steps numbered."""
    agent = keep_agent(database)
    added, customer = add_customer(database, agent, phones=("+40722000001",))
    with turn_of(database, agent) as unit:
        kept = unit.customers.get(customer.id)
        assert kept is not None
        kept.interest = "Duster"
        kept.phones.clear()
    changed = unit.turn_id
    kept_rows = [row for row in rows(database, history.audit) if row["turn_id"] in {added, changed}]
    told = [(row["turn_id"], row["step"], row["agent_id"], row["table_name"]) for row in kept_rows]
    assert told == [
        (added, 1, agent.id, "customers"),
        (added, 2, agent.id, "customer_phones"),
        (changed, 1, agent.id, "customers"),
        (changed, 2, agent.id, "customer_phones"),
    ]
    assert [(row["before"] is None, row["after"] is None) for row in kept_rows] == [
        (True, False),
        (True, False),
        (False, False),
        (False, True),
    ]
    assert kept_rows[0]["after"]["created_at"] == "2026-02-11T09:00:00+00:00"
    assert (kept_rows[2]["before"]["interest"], kept_rows[2]["after"]["interest"]) == (None, "Duster")
    assert (kept_rows[2]["before"]["version"], kept_rows[2]["after"]["version"]) == (1, 2)
    assert kept_rows[3]["before"] == {"id": 1, "customer_id": customer.id, "e164": "+40722000001", "position": 0}


def test_unchanged_entities_leave_no_trace(database: Database) -> None:
    """Reading, and setting the value that is already there, is no change."""
    agent = keep_agent(database)
    _, customer = add_customer(database, agent)
    before = rows(database, history.audit)
    change(database, agent, customer.id, interest=None, name="Ion Popescu")
    assert rows(database, history.audit) == before


def test_wrote_tells_of_changes(database: Database) -> None:
    """A turn knows whether it has changed anything that can be undone."""
    agent = keep_agent(database)
    with turn_of(database, agent) as unit:
        assert not unit.wrote()
        unit.customers.add(make_customer(owner_id=agent.id))
        assert unit.wrote()


def test_failed_turn_leaves_no_audit(database: Database) -> None:
    """What was rolled back was never changed, so the audit knows nothing of it."""
    agent = keep_agent(database)
    before = rows(database, history.audit)
    with pytest.raises(ZeroDivisionError), turn_of(database, agent) as unit:  # noqa: PT012  it must come from within
        unit.customers.add(make_customer())
        unit.flush()
        raise ZeroDivisionError
    assert rows(database, history.audit) == before


def test_failed_part_leaves_no_trace(database: Database) -> None:
    """A part that fails within a savepoint takes back its rows, images and messages; the rest of the turn stays."""
    agent = keep_agent(database)
    _, customer = add_customer(database, agent)

    def part(unit: Turn) -> None:
        with unit.savepoint():
            kept = unit.customers.get(customer.id)
            assert kept is not None
            kept.interest = "Logan"
            unit.customers.add(make_customer(name="Maria Rusu"))
            unit.send(make_message("lost"))
            unit.customers.add_note(make_note(customer_id=999, author_id=agent.id))  # there is no such customer
            unit.flush()

    with turn_of(database, agent) as unit:
        unit.send(make_message("kept"))
        with pytest.raises(sa.exc.IntegrityError):
            part(unit)
        assert not unit.wrote()
        with unit.savepoint():
            unit.customers.add(make_customer(name="Vasile Dan"))
    assert [row["name"] for row in rows(database, business.customers)] == ["Ion Popescu", "Vasile Dan"]
    mine = [row for row in rows(database, history.audit) if row["turn_id"] == unit.turn_id]
    assert [row["after"]["name"] for row in mine] == ["Vasile Dan"]
    assert [row["payload"]["text"] for row in rows(database, queues.outbox)] == ["kept"]
    undo(database, agent, unit.turn_id or 0)
