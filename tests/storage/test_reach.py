"""Phones and e-mails: which comes first, what is kept, and whose they may not be."""

import threading

import pytest

from domain.customers import add_customer
from domain.errors import DuplicateCustomerError, ForeignCustomerError, InvalidValueError, NotFoundError
from domain.reach import MOST, Way, add_reach, make_first, remove_reach, values_of
from storage.database import Database
from storage.tables import business
from tests.factories import keep_agent
from tests.storage.history import add_customer as keep_customer
from tests.storage.history import everything, rows, turn_of, undo

FIRST, SECOND, THIRD = "+40722000001", "+40722000002", "+40722000003"


def phones(database: Database, customer_id: int) -> list[str]:
    """The customer's numbers as another turn reads them."""
    with database.command_unit("look") as unit:
        customer = unit.customers.get(customer_id)
        assert customer is not None
        return values_of(customer, Way.PHONE)


def test_a_new_number_comes_first_and_the_old_is_kept(database: Database) -> None:
    """What is brought last is what answers show, the others stay in their order; undo sets all of it back."""
    agent = keep_agent(database)
    _, customer = keep_customer(database, agent, phones=(FIRST, SECOND))
    before = everything(database)
    with turn_of(database, agent) as unit:
        add_reach(unit, agent, customer_id=customer.id, way=Way.PHONE, typed="0722 000 003")
    assert phones(database, customer.id) == [THIRD, FIRST, SECOND]
    undo(database, agent, unit.turn_id or 0)
    assert everything(database) == before


def test_a_number_replaces_one_where_that_is_said(database: Database) -> None:
    """The replaced one is gone, the other stays."""
    agent = keep_agent(database)
    _, customer = keep_customer(database, agent, phones=(FIRST, SECOND))
    with turn_of(database, agent) as unit:
        add_reach(unit, agent, customer_id=customer.id, way=Way.PHONE, typed=THIRD, replacing=FIRST)
    assert phones(database, customer.id) == [THIRD, SECOND]
    with turn_of(database, agent) as unit, pytest.raises(NotFoundError):
        add_reach(unit, agent, customer_id=customer.id, way=Way.PHONE, typed=FIRST, replacing=FIRST)


def test_one_made_first_and_one_removed(database: Database) -> None:
    """A known number brought again comes first too, and stands there once."""
    agent = keep_agent(database)
    _, customer = keep_customer(database, agent, phones=(FIRST, SECOND))
    with turn_of(database, agent) as unit:
        make_first(unit, agent, customer_id=customer.id, way=Way.PHONE, value=SECOND)
    assert phones(database, customer.id) == [SECOND, FIRST]
    with turn_of(database, agent) as unit:
        add_reach(unit, agent, customer_id=customer.id, way=Way.PHONE, typed="0722000001")
    assert phones(database, customer.id) == [FIRST, SECOND]
    with turn_of(database, agent) as unit:
        remove_reach(unit, agent, customer_id=customer.id, way=Way.PHONE, value=FIRST)
    assert phones(database, customer.id) == [SECOND]
    with turn_of(database, agent) as unit, pytest.raises(NotFoundError):
        remove_reach(unit, agent, customer_id=customer.id, way=Way.PHONE, value=FIRST)


def test_addresses_alike(database: Database) -> None:
    """An address is kept in lower case and first; what is none is refused with what was typed."""
    agent = keep_agent(database)
    _, customer = keep_customer(database, agent, emails=("old@example.com",))
    with turn_of(database, agent) as unit:
        add_reach(unit, agent, customer_id=customer.id, way=Way.EMAIL, typed=" Ion@Example.com ")
    assert [row["address"] for row in rows(database, business.customer_emails)] == [
        "old@example.com",
        "ion@example.com",
    ]
    with turn_of(database, agent) as unit:
        kept = unit.customers.get(customer.id)
        assert kept is not None
        assert values_of(kept, Way.EMAIL) == ["ion@example.com", "old@example.com"]
        for wrong in ("ion@", "ion at example.com", "a@b", "@example.com"):
            with pytest.raises(InvalidValueError) as refused:
                add_reach(unit, agent, customer_id=customer.id, way=Way.EMAIL, typed=wrong)
            assert refused.value.code == "email_invalid"


def test_there_is_an_end_to_numbers(database: Database) -> None:
    """One more than can be shown is refused, and may still replace."""
    agent = keep_agent(database)
    many = tuple(f"+4072200010{number}" for number in range(MOST))
    _, customer = keep_customer(database, agent, phones=many)
    with turn_of(database, agent) as unit, pytest.raises(InvalidValueError):
        add_reach(unit, agent, customer_id=customer.id, way=Way.PHONE, typed=THIRD)
    with turn_of(database, agent) as unit:
        add_reach(unit, agent, customer_id=customer.id, way=Way.PHONE, typed=THIRD, replacing=many[0])
    assert len(phones(database, customer.id)) == MOST


def test_a_number_of_ones_own_is_shared_for_a_reason_alone(database: Database) -> None:
    """The own customer is told; with a reason both have it, and the reason is a note."""
    agent = keep_agent(database)
    _, husband = keep_customer(database, agent, phones=(FIRST,))
    _, wife = keep_customer(database, agent, name="Maria Popescu")
    with turn_of(database, agent) as unit:
        with pytest.raises(DuplicateCustomerError) as refused:
            add_reach(unit, agent, customer_id=wife.id, way=Way.PHONE, typed=FIRST)
        assert (refused.value.customer_id, refused.value.own) == (husband.id, True)
        add_reach(unit, agent, customer_id=wife.id, way=Way.PHONE, typed=FIRST, anyway="family phone")
    assert phones(database, wife.id) == [FIRST]
    assert [(row["customer_id"], row["text"]) for row in rows(database, business.notes)] == [(wife.id, "family phone")]


def test_a_number_of_anothers_is_never_shared(database: Database) -> None:
    """Whatever the reason, another agent's number stays there, and the owner alone is told."""
    ana, mihai = keep_agent(database), keep_agent(database, name="Mihai Radu", telegram_user_id=8)
    _, foreign = keep_customer(database, mihai, phones=(FIRST,))
    _, own = keep_customer(database, ana, name="Maria Popescu")
    with turn_of(database, ana) as unit:
        with pytest.raises(ForeignCustomerError) as refused:
            add_reach(unit, ana, customer_id=own.id, way=Way.PHONE, typed=FIRST, anyway="family phone")
        assert (refused.value.values, refused.value.customer_id) == ({"owner": "Mihai Radu"}, foreign.id)
        with pytest.raises(ForeignCustomerError):
            add_customer(unit, ana, name="Ion", phones=[FIRST], anyway="family phone")
    assert phones(database, own.id) == []


def test_two_turns_at_once_make_one_customer(database: Database) -> None:
    """Two agents bring one number in the same moment: one has it, the other is told whose it is."""
    agents = [keep_agent(database, name=name, telegram_user_id=id_) for name, id_ in (("Ana", 7), ("Mihai", 8))]
    started = threading.Barrier(2)
    told: list[str] = []

    def bring(agent_index: int) -> None:
        agent = agents[agent_index]
        try:
            started.wait(10)
            with turn_of(database, agent) as unit:
                add_customer(unit, agent, name=f"Client of {agent.name}", phones=[FIRST])
        except ForeignCustomerError as refused:
            told.append(str(refused.values["owner"]))

    threads = [threading.Thread(target=bring, args=(index,)) for index in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    (kept,) = rows(database, business.customers)
    assert told == [next(agent.name for agent in agents if agent.id == kept["owner_id"])]


def test_a_turn_waits_for_the_one_that_holds_the_number(database: Database) -> None:
    """The second turn looks only after the first has committed, so it sees what the first kept (PostgreSQL; SQLite has one writer)."""
    ana = keep_agent(database)
    done = threading.Event()
    seen: list[type[Exception]] = []

    def second() -> None:
        try:
            with turn_of(database, ana) as unit:
                add_customer(unit, ana, name="Second", phones=[FIRST])
        except DuplicateCustomerError as refused:
            seen.append(type(refused))
        done.set()

    with turn_of(database, ana) as unit:
        add_customer(unit, ana, name="First", phones=[FIRST])
        thread = threading.Thread(target=second)
        thread.start()
        done.wait(0.3)  # long enough for it to come to the number; were it let through, it would keep a second
    thread.join(30)
    assert seen == [DuplicateCustomerError]
    assert [row["name"] for row in rows(database, business.customers)] == ["First"]
