"""Corrections, and undo over whole histories."""

import random
from typing import Any

import pytest

from domain.agenda import Status
from domain.customers import Phone
from domain.errors import ConflictError
from domain.ports import Owners
from domain.team import Agent
from storage.database import Database
from storage.tables import business
from storage.turns import Turn
from tests.factories import keep, keep_agent, make_activity, make_customer, make_note
from tests.storage.history import add_customer, change, everything, rows, turn_of, undo


def test_corrected_turn_gives_way_and_can_be_undone(database: Database) -> None:
    """A correction takes the turn before back and writes anew; undoing it shows what was before the correction."""
    agent = keep_agent(database)
    _, customer = add_customer(database, agent)
    wrong = change(database, agent, customer.id, interest="Logan")
    with turn_of(database, agent) as unit:
        unit.undo(wrong, correction=True)
        kept = unit.customers.get(customer.id)
        assert kept is not None
        kept.interest = "Duster"
    corrected = unit.turn_id or 0
    assert rows(database, business.customers)[0]["interest"] == "Duster"
    with pytest.raises(ConflictError, match="undo_done"):
        undo(database, agent, wrong)
    with turn_of(database, agent) as unit:
        assert unit.last_undoable(agent.id) == corrected
        unit.undo(corrected)
    assert rows(database, business.customers)[0]["interest"] == "Logan"
    with turn_of(database, agent) as unit:
        assert unit.last_undoable(agent.id) == wrong
        unit.undo(wrong)
    assert rows(database, business.customers)[0]["interest"] is None


def test_corrected_insert_is_one_row(database: Database) -> None:
    """Where the corrected turn had added a row, the correction's row stands in its place, and each can come back."""
    agent = keep_agent(database)
    wrong, _ = add_customer(database, agent, name="Ion Popesco")
    with turn_of(database, agent) as unit:
        unit.undo(wrong, correction=True)
        unit.customers.add(make_customer(owner_id=agent.id))
    assert [row["name"] for row in rows(database, business.customers)] == ["Ion Popescu"]
    undo(database, agent, unit.turn_id or 0)
    assert [row["name"] for row in rows(database, business.customers)] == ["Ion Popesco"]


def test_a_second_correction_does_not_bring_back_the_first_mistake(database: Database) -> None:
    """Corrected twice, a row that was added and a value that was set are there once, as corrected last; undo goes one step."""
    agent = keep_agent(database)
    _, customer = add_customer(database, agent)
    with turn_of(database, agent) as unit:
        unit.customers.add(make_customer(owner_id=agent.id, name="Wrong 1"))
        kept = unit.customers.get(customer.id)
        assert kept is not None
        kept.interest = "Wrong 1"
    last = unit.turn_id or 0
    for name in ("Wrong 2", "Right"):
        with turn_of(database, agent) as unit:
            unit.undo(last, correction=True)
            unit.customers.add(make_customer(owner_id=agent.id, name=name))
            kept = unit.customers.get(customer.id)
            assert kept is not None
            assert kept.interest is None
            kept.interest = name
        last = unit.turn_id or 0
        assert [row["interest"] for row in rows(database, business.customers)] == [name, None]
        assert rows(database, business.customers)[1]["name"] == name
    undo(database, agent, last)
    assert [(row["name"], row["interest"]) for row in rows(database, business.customers)][1:] == [("Wrong 2", None)]
    with turn_of(database, agent) as unit:
        unit.undo(unit.last_undoable(agent.id) or 0)
    assert rows(database, business.customers)[1]["name"] == "Wrong 1"


def test_older_turn_stays_after_a_correction(database: Database) -> None:
    """What a correction has written is a change, so an older turn on the same row is not taken back over it."""
    agent = keep_agent(database)
    _, customer = add_customer(database, agent)
    older = change(database, agent, customer.id, town="Iași")
    wrong = change(database, agent, customer.id, interest="Logan")
    with turn_of(database, agent) as unit:
        unit.undo(wrong, correction=True)
        kept = unit.customers.get(customer.id)
        assert kept is not None
        kept.interest = "Duster"
    with pytest.raises(ConflictError, match="undo_changed"):
        undo(database, agent, older)


@pytest.mark.parametrize("seed", range(5))
def test_any_history_can_be_taken_back_to_its_beginning(database: Database, seed: int) -> None:
    """After turns that add, change and remove at random, undoing them all leaves what was there at first."""
    rnd = random.Random(seed)  # noqa: S311  a repeatable choice
    agent = keep_agent(database)
    keep(database, *(make_customer(owner_id=agent.id, phones=("+40722000001", "+40722000002")) for _ in range(2)))
    first = _without_versions(everything(database))
    turns = 0
    for _ in range(15):
        with turn_of(database, agent) as unit:
            for _ in range(rnd.randint(1, 3)):
                _do_anything(unit, agent, rnd)
                if rnd.random() < 0.5:
                    unit.flush()
            turns += unit.wrote()
    assert turns > 5
    assert _without_versions(everything(database)) != first
    for _ in range(turns):
        with turn_of(database, agent) as unit:
            unit.undo(unit.last_undoable(agent.id) or 0)
    assert _without_versions(everything(database)) == first


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
