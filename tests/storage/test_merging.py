"""Merging two customers: nothing is lost, one undo parts them again, and what others may not touch stays as it is."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from domain.agenda import Kind
from domain.customers import (
    Consent,
    ContactPerson,
    Customer,
    Email,
    Phone,
    Purpose,
    Source,
    Vehicle,
    add_note,
    find_by_name,
)
from domain.errors import ConflictError, NotAllowedError, NotFoundError
from domain.merging import Conflict, merge, merge_candidates
from domain.money import Money
from domain.opportunities import Stage
from domain.portfolio import request_customer
from domain.team import Agent, Role
from storage.database import Database
from storage.repositories.customers import PARTS
from storage.tables import business, metadata
from tests.factories import NOW, keep, keep_agent, make_activity, make_customer, make_note, make_opportunity
from tests.storage.history import everything, rows, turn_of, undo

EARLIER = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


def wording(conflicts: object) -> str:
    """A note that tests can read."""
    return "; ".join(f"{one.field}={one.value}" for one in conflicts if isinstance(one, Conflict))  # type: ignore[attr-defined]


def two(database: Database, ana: Agent) -> tuple[Customer, Customer]:
    """A customer and the same one again, with all that can belong to either."""
    one = make_customer(
        name="Ion Popescu", owner_id=ana.id, phones=("+40722123456",), emails=("ion@x.ro",), town="Cluj"
    )
    other = make_customer(
        name="Popescu Ioan",
        owner_id=ana.id,
        phones=("+40722123456", "+40733000111"),
        emails=("ion@x.ro", "ioan@y.ro"),
        town="Turda",
        source=Source.WEBSITE,
        created_at=EARLIER,
        interest="Duster",
    )
    vehicle = {"model": "Logan", "created_at": NOW, "year": 2015, "price": Money(400_000, "EUR")}
    consent = {"purpose": Purpose.MARKETING, "given": True, "at": NOW, "wording": "yes"}
    one.vehicles, other.vehicles = [Vehicle(**vehicle)], [Vehicle(**vehicle), Vehicle("Sandero", NOW)]
    one.consents = [Consent(**consent)]
    other.consents = [Consent(**consent), Consent(Purpose.CONTACT, given=True, at=NOW, wording="call me")]
    one.contacts = [ContactPerson("Dana Marin")]
    other.contacts = [ContactPerson("Dana Marin", "buyer", "+40744000222"), ContactPerson("Radu Iliescu")]
    keep(database, one, other)
    for customer in (one, other):
        deal = make_opportunity(customer_id=customer.id, owner_id=ana.id, net=20_000)
        keep(database, deal, make_activity(agent_id=ana.id, customer_id=customer.id, kind=Kind.CALL))
        keep(database, make_note(customer_id=customer.id, author_id=ana.id, text=f"note of {customer.name}"))
    return one, other


def test_everything_is_kept(database: Database) -> None:
    """Phones, e-mails, contacts, consents, vehicles, notes, activities and deals; doubles once; contradictions as a note."""
    ana = keep_agent(database)
    one, other = two(database, ana)

    with turn_of(database, ana) as unit:
        done = merge(unit, ana, keep_id=one.id, gone_id=other.id, wording=wording)

    assert [row["id"] for row in rows(database, business.customers)] == [one.id]
    assert [row["e164"] for row in rows(database, business.customer_phones)] == ["+40722123456", "+40733000111"]
    assert [row["address"] for row in rows(database, business.customer_emails)] == ["ion@x.ro", "ioan@y.ro"]
    contacts = [(row["name"], row["role"], row["phone"]) for row in rows(database, business.contact_persons)]
    assert contacts == [("Dana Marin", "buyer", "+40744000222"), ("Radu Iliescu", None, None)]
    assert len(rows(database, business.consents)) == 2
    assert [row["model"] for row in rows(database, business.vehicles)] == ["Logan", "Sandero"]
    texts = [row["text"] for row in rows(database, business.notes)]
    assert texts[:2] == ["note of Ion Popescu", "note of Popescu Ioan"]
    assert set(texts[2].split("; ")) == {"name=Popescu Ioan", "town=Turda", "created=2026-01-05"}
    for table in (business.activities, business.opportunities, business.notes, business.customer_phones):
        assert {row["customer_id"] for row in rows(database, table)} == {one.id}
    kept = rows(database, business.customers)[0]
    assert (kept["source"], kept["interest"], kept["town"]) == (Source.WEBSITE, "Duster", "Cluj")
    assert (done.name, done.activities, done.deals) == ("Popescu Ioan", 1, 1)


def test_one_undo_parts_them(database: Database) -> None:
    """Rows, numbers and the words of names are as before, and each is found under the own name again."""
    ana = keep_agent(database)
    one, other = two(database, ana)
    before = everything(database)

    with turn_of(database, ana) as unit:
        merge(unit, ana, keep_id=one.id, gone_id=other.id, wording=wording)
        turn = unit.turn_id or 0
    with turn_of(database, ana) as unit:
        assert find_by_name(unit, ana, "Ioan").exact == ()
        assert [found.id for found in find_by_name(unit, ana, "Radu Iliescu").exact] == [one.id]
    undo(database, ana, turn)

    after = everything(database)
    for table in after.values():
        for row in table:
            row.pop("version", None)
    for table in before.values():
        for row in table:
            row.pop("version", None)
    assert after == before
    with turn_of(database, ana) as unit:
        assert [found.id for found in find_by_name(unit, ana, "Ioan").exact] == [other.id]
        assert [found.id for found in find_by_name(unit, ana, "Radu Iliescu").exact] == [other.id]


def test_an_undo_after_a_later_change_is_refused(database: Database) -> None:
    """A deal that came along was moved on since: nothing is parted, and it is said why."""
    ana = keep_agent(database)
    one, other = two(database, ana)
    with turn_of(database, ana) as unit:
        merge(unit, ana, keep_id=one.id, gone_id=other.id, wording=wording)
        turn = unit.turn_id or 0
    with turn_of(database, ana) as unit:
        unit.opportunities.of_customer(one.id)[0].stage = Stage.OFFER
    before = everything(database)

    with pytest.raises(ConflictError, match="undo_changed"):
        undo(database, ana, turn)

    assert everything(database) == before


def test_what_is_added_afterwards_stays_through_the_undo(database: Database) -> None:
    """A note written after the merge is on the one that stays, and hinders nothing."""
    ana = keep_agent(database)
    one, other = two(database, ana)
    with turn_of(database, ana) as unit:
        merge(unit, ana, keep_id=one.id, gone_id=other.id, wording=wording)
        turn = unit.turn_id or 0
    with turn_of(database, ana) as unit:
        add_note(unit, ana, customer_id=one.id, text="later")

    undo(database, ana, turn)

    assert {row["id"] for row in rows(database, business.customers)} == {one.id, other.id}
    assert [row["customer_id"] for row in rows(database, business.notes) if row["text"] == "later"] == [one.id]


def test_only_what_one_may_change_is_merged(database: Database) -> None:
    """Another agent's customer is not there; the company's may be read and not merged; nobody merges one with itself."""
    ana, mihai = keep_agent(database), keep_agent(database, name="Mihai Radu", telegram_user_id=8)
    mine, foreign = make_customer(owner_id=ana.id), make_customer(owner_id=mihai.id)
    company = make_customer()
    keep(database, mine, foreign, company)
    before = everything(database)

    for keep_id, gone_id, error in (
        (mine.id, foreign.id, NotFoundError),
        (foreign.id, mine.id, NotFoundError),
        (mine.id, 999, NotFoundError),
        (mine.id, company.id, NotAllowedError),
        (mine.id, mine.id, ConflictError),
    ):
        with pytest.raises(error), turn_of(database, ana) as unit:
            merge(unit, ana, keep_id=keep_id, gone_id=gone_id, wording=wording)

    assert everything(database) == before


def test_the_director_merges_between_portfolios(database: Database) -> None:
    """Open work goes to whose customer stays, what is closed stays with who closed it, and requests come along."""
    ana, mihai = keep_agent(database), keep_agent(database, name="Mihai Radu", telegram_user_id=8)
    elena = keep_agent(database, name="Elena Stan", telegram_user_id=9, role=Role.DIRECTOR)
    one, other = make_customer(owner_id=ana.id), make_customer(owner_id=mihai.id)
    keep(database, one, other)
    open_deal = make_opportunity(customer_id=other.id, owner_id=mihai.id)
    lost = make_opportunity(customer_id=other.id, owner_id=mihai.id, stage=Stage.LOST)
    planned = make_activity(agent_id=mihai.id, customer_id=other.id)
    keep(database, open_deal, lost, planned)
    with turn_of(database, elena) as unit:
        request_customer(unit, elena, customer_id=other.id)

    with turn_of(database, elena) as unit:
        done = merge(unit, elena, keep_id=one.id, gone_id=other.id, wording=wording)

    assert done.former_owner_id == mihai.id
    assert [row["owner_id"] for row in rows(database, business.opportunities)] == [ana.id, mihai.id]
    assert [row["agent_id"] for row in rows(database, business.activities)] == [ana.id]
    assert [row["customer_id"] for row in rows(database, business.client_requests)] == [one.id]


def test_candidates(database: Database) -> None:
    """By phone, by e-mail and by a like name; never another agent's, and not the customer itself."""
    ana, mihai = keep_agent(database), keep_agent(database, name="Mihai Radu", telegram_user_id=8)
    one = make_customer(name="Ion Popescu", owner_id=ana.id, phones=("+40722123456",), emails=("ion@x.ro",))
    by_phone = make_customer(name="A", owner_id=ana.id, phones=("+40722123456",))
    by_email = make_customer(name="B", owner_id=ana.id, emails=("ion@x.ro",))
    by_name = make_customer(name="Ion Popesku", owner_id=ana.id)
    no_match = make_customer(name="Dan Stoica", owner_id=ana.id)
    foreign = make_customer(name="Ion Popescu", owner_id=mihai.id, phones=("+40722123456",))
    keep(database, one, by_phone, by_email, by_name, no_match, foreign)

    with turn_of(database, ana) as unit:
        found = merge_candidates(unit, ana, customer_id=one.id)

    assert [customer.id for customer in found] == [by_phone.id, by_email.id, by_name.id]


def test_the_numbers_of_a_merge_are_found(database: Database) -> None:
    """A phone that came along leads to the one that stays."""
    ana = keep_agent(database)
    one, other = make_customer(owner_id=ana.id), make_customer(owner_id=ana.id)
    other.phones, other.emails = [Phone("+40733000111")], [Email("a@b.ro")]
    keep(database, one, other)
    with turn_of(database, ana) as unit:
        merge(unit, ana, keep_id=one.id, gone_id=other.id, wording=wording)
    with turn_of(database, ana) as unit:
        assert [found.id for found in unit.customers.by_phone("+40733000111")] == [one.id]
        assert [found.id for found in unit.customers.by_email("a@b.ro")] == [one.id]


def test_every_table_that_names_a_customer_is_merged(database: Database) -> None:
    """A table that refers to customers is a part of theirs, their words, or an entity that the merge lets name the other."""
    naming = {
        table
        for table in metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table is business.customers
    }
    mappers = list(sa.inspect(Customer).registry.mappers)
    moved = {mapper.local_table for mapper in mappers if hasattr(mapper.class_, "customer_id")}

    assert naming - moved == {business.customer_words}
    assert {mapper.local_table for mapper in mappers if mapper.class_ in PARTS} < naming
    assert moved - set(business.AUDITED) <= {business.configurations}  # a working paper: an undo leaves it where it is
    with database.command_unit("look") as unit:  # every one of them can be asked for
        assert list(unit.customers.referring(1)) == []
