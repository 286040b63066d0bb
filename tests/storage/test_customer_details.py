"""What is kept of a customer beside numbers: names, contact persons, consent, cars, visits; and like names in a town."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from domain.customer_details import (
    ContactDetails,
    add_contact,
    change_contact,
    consent_on,
    record_consent,
    remove_contact,
    rename,
    set_kind,
    set_location,
    set_source,
    set_tax_id,
    set_town,
)
from domain.customers import CustomerFilter, CustomerKind, Purpose, Relationship, Source, find_by_name
from domain.duplicates import like_in_town
from domain.errors import DomainError, ForeignCustomerError, InvalidValueError, NotAllowedError, NotFoundError
from domain.money import Money
from domain.ports import Owners, UnitOfWork
from domain.reach import Way, add_reach, make_first, remove_reach
from domain.relationships import set_relationship
from domain.team import Agent
from domain.vehicles import VehicleDetails, add_vehicle, change_vehicle, remove_vehicle
from domain.visits import record_visit
from storage.database import Database
from storage.tables import business
from tests.factories import NOW, keep, keep_agent, make_customer
from tests.fakes import FakeClock
from tests.storage.history import add_customer, everything, rows, turn_of, undo

Change = Callable[[UnitOfWork, Agent, int], object]
CHANGES: dict[str, Change] = {
    "rename": lambda uow, actor, id_: rename(uow, actor, customer_id=id_, name="Ion Vasile"),
    "kind": lambda uow, actor, id_: set_kind(uow, actor, customer_id=id_, kind=CustomerKind.COMPANY),
    "tax_id": lambda uow, actor, id_: set_tax_id(uow, actor, customer_id=id_, tax_id="RO14399840"),
    "town": lambda uow, actor, id_: set_town(uow, actor, customer_id=id_, town="Iași"),
    "location": lambda uow, actor, id_: set_location(uow, actor, customer_id=id_, location="Showroom Nord"),
    "source": lambda uow, actor, id_: set_source(uow, actor, customer_id=id_, source=Source.REFERRAL),
    "contact": lambda uow, actor, id_: add_contact(uow, actor, customer_id=id_, details=ContactDetails("Dan Rus")),
    "consent": lambda uow, actor, id_: record_consent(
        uow, actor, customer_id=id_, purpose=Purpose.MARKETING, given=True, wording="Yes, offers."
    ),
    "vehicle": lambda uow, actor, id_: add_vehicle(uow, actor, customer_id=id_, details=VehicleDetails("Golf")),
    "phone": lambda uow, actor, id_: add_reach(uow, actor, customer_id=id_, way=Way.PHONE, typed="0722000009"),
    "first": lambda uow, actor, id_: make_first(uow, actor, customer_id=id_, way=Way.PHONE, value="+40722000002"),
    "remove": lambda uow, actor, id_: remove_reach(uow, actor, customer_id=id_, way=Way.PHONE, value="+40722000001"),
    "relationship": lambda uow, actor, id_: set_relationship(
        uow, actor, customer_id=id_, relationship=Relationship.LOST
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_every_change_is_the_owners_and_can_be_undone(database: Database, change: Change) -> None:
    """Another agent finds no such customer, the company's may only be read, and undo leaves nothing behind."""
    ana, mihai = keep_agent(database), keep_agent(database, name="Mihai Radu", telegram_user_id=8)
    phones = ("+40722000001", "+40722000002")
    _, customer = add_customer(database, ana, phones=phones)
    company = make_customer(name="Acme SRL")
    keep(database, company)
    before = everything(database)
    with turn_of(database, mihai) as unit:
        with pytest.raises(NotFoundError):
            change(unit, mihai, customer.id)
        with pytest.raises(NotAllowedError):
            change(unit, mihai, company.id)
    with turn_of(database, ana) as unit:
        change(unit, ana, customer.id)
    assert everything(database) != before
    undo(database, ana, unit.turn_id or 0)
    after = everything(database)
    for one in (*before["customers"], *after["customers"]):
        one.pop("version")
    assert after == before


def test_a_new_name_is_found_and_the_old_is_not(database: Database) -> None:
    """Whoever is renamed answers to the new name; an empty one is refused."""
    agent = keep_agent(database)
    _, customer = add_customer(database, agent)
    with turn_of(database, agent) as unit:
        rename(unit, agent, customer_id=customer.id, name="  Ion   Vasile ")
        assert find_by_name(unit, agent, "vasile").only is not None
        assert find_by_name(unit, agent, "popescu").only is None
        with pytest.raises(InvalidValueError):
            rename(unit, agent, customer_id=customer.id, name=" \u200b ")


def test_a_tax_number_makes_a_company(database: Database) -> None:
    """The number is kept in digits, and its bearer cannot be made a person while it has one."""
    agent = keep_agent(database)
    _, customer = add_customer(database, agent)
    with turn_of(database, agent) as unit:
        kept = set_tax_id(unit, agent, customer_id=customer.id, tax_id="RO 14399840")
        assert (kept.tax_id, kept.kind) == ("14399840", CustomerKind.COMPANY)
        with pytest.raises(InvalidValueError):
            set_kind(unit, agent, customer_id=customer.id, kind=CustomerKind.PERSON)
        set_tax_id(unit, agent, customer_id=customer.id, tax_id=None)
        set_kind(unit, agent, customer_id=customer.id, kind=CustomerKind.PERSON)


def test_a_contact_person_is_added_changed_and_removed(database: Database) -> None:
    """The number leads to the company, the name too, and both go with the person."""
    agent = keep_agent(database)
    _, company = add_customer(database, agent, name="Acme SRL")
    with turn_of(database, agent) as unit:
        details = ContactDetails(name="Dan Rus", role="fleet manager", phone="0722 000 001", email="Dan@Acme.ro")
        contact = add_contact(unit, agent, customer_id=company.id, details=details)
        assert (contact.phone, contact.email) == ("+40722000001", "dan@acme.ro")
        change_contact(unit, agent, customer_id=company.id, contact_id=contact.id, details=ContactDetails(role="boss"))
    with turn_of(database, agent) as unit:
        (kept,) = unit.customers.get(company.id).contacts  # type: ignore[union-attr]
        assert (kept.name, kept.role, kept.phone) == ("Dan Rus", "boss", "+40722000001")
        assert [one.id for one in unit.customers.by_phone("+40722000001")] == [company.id]
        assert find_by_name(unit, agent, "rus").only is not None
        assert remove_contact(unit, agent, customer_id=company.id, contact_id=kept.id) == "Dan Rus"
    with turn_of(database, agent) as unit:
        assert find_by_name(unit, agent, "rus").only is None
        with pytest.raises(NotFoundError):
            remove_contact(unit, agent, customer_id=company.id, contact_id=contact.id)


def test_a_contact_persons_number_may_not_be_anothers_customer(database: Database) -> None:
    """A contact person is no way around the owner of a number."""
    ana, mihai = keep_agent(database), keep_agent(database, name="Mihai Radu", telegram_user_id=8)
    add_customer(database, mihai, phones=("+40722000001",))
    _, company = add_customer(database, ana, name="Acme SRL")
    with turn_of(database, ana) as unit, pytest.raises(ForeignCustomerError):
        add_contact(unit, ana, customer_id=company.id, details=ContactDetails("Dan Rus", phone="+40722000001"))
    assert rows(database, business.contact_persons) == []


def test_the_latest_word_on_a_consent_holds(database: Database, clock: FakeClock) -> None:
    """Given and taken back are both kept with their day and words; each purpose for itself."""
    agent = keep_agent(database)
    _, customer = add_customer(database, agent)
    for purpose, given in ((Purpose.CONTACT, True), (Purpose.MARKETING, True), (Purpose.MARKETING, False)):
        clock.advance(days=1)
        with turn_of(database, agent) as unit:
            record_consent(unit, agent, customer_id=customer.id, purpose=purpose, given=given, wording="As read out.")
    with turn_of(database, agent) as unit:
        kept = unit.customers.get(customer.id)
        assert kept is not None
        marketing, contact = consent_on(kept, Purpose.MARKETING), consent_on(kept, Purpose.CONTACT)
        assert marketing is not None
        assert contact is not None
        assert (marketing.given, contact.given, contact.wording) == (False, True, "As read out.")
        assert len(kept.consents) == 3


@pytest.mark.parametrize(
    ("details", "code"),
    [
        (VehicleDetails(), "vehicle_model"),
        (VehicleDetails("Golf", year=1949), "vehicle_year"),
        (VehicleDetails("Golf", year=2028), "vehicle_year"),
        (VehicleDetails("Golf", mileage=-1), "vehicle_mileage"),
        (VehicleDetails("Golf", mileage=2_000_001), "vehicle_mileage"),
        (VehicleDetails("Golf", price=Money(0, "EUR")), "vehicle_price"),
        (VehicleDetails("Golf", price=Money(1_000_000_001, "EUR")), "vehicle_price"),
    ],
)
def test_figures_that_cannot_be_right_are_refused(database: Database, details: VehicleDetails, code: str) -> None:
    """A car without a model, from the future, or run too far is refused by name, and nothing is kept."""
    agent = keep_agent(database)
    _, customer = add_customer(database, agent)
    with turn_of(database, agent) as unit, pytest.raises(DomainError) as refused:
        add_vehicle(unit, agent, customer_id=customer.id, details=details)
    assert refused.value.code == code
    assert rows(database, business.vehicles) == []


def test_a_car_is_kept_changed_and_removed(database: Database) -> None:
    """Next year's model is possible; what a change does not bring stays."""
    agent = keep_agent(database)
    _, customer = add_customer(database, agent)
    with turn_of(database, agent) as unit:
        details = VehicleDetails("VW Golf", year=2027, mileage=0, price=Money(800_000, "EUR"))
        car = add_vehicle(unit, agent, customer_id=customer.id, details=details)
        change_vehicle(
            unit, agent, customer_id=customer.id, vehicle_id=car.id, details=VehicleDetails(mileage=12), trade_in=False
        )
    (row,) = rows(database, business.vehicles)
    assert (row["model"], row["year"], row["mileage"], row["price_minor"], row["trade_in"]) == (
        "VW Golf",
        2027,
        12,
        800_000,
        False,
    )
    with turn_of(database, agent) as unit:
        assert remove_vehicle(unit, agent, customer_id=customer.id, vehicle_id=row["id"]) == "VW Golf"
    assert rows(database, business.vehicles) == []


def test_a_visit_is_counted_and_can_be_undone(database: Database) -> None:
    """A walk-in without a name is a row with the agent, the moment and what was looked at."""
    agent = keep_agent(database)
    with turn_of(database, agent) as unit:
        record_visit(unit, agent, interest=" Duster ", note="")
    (row,) = rows(database, business.visits)
    assert (row["agent_id"], row["at"], row["interest"], row["note"]) == (agent.id, NOW, "Duster", None)
    undo(database, agent, unit.turn_id or 0)
    assert rows(database, business.visits) == []


@pytest.mark.parametrize(
    ("name", "town", "like"),
    [
        ("Ion Popescu", "Iași", True),
        ("popescu ion", "iasi", True),
        ("Ioan Popesco", "IASI", True),
        ("Ion Vasile Popescu", "Iași", True),
        ("Ion Popescu", "Cluj", False),
        ("Ion Popescu", "", False),
        ("Dan Popescu", "Iași", False),
        ("Popescu", "Iași", False),
        ("Ion Zamfir", "Iași", False),
    ],
)
def test_like_names_in_a_town(database: Database, name: str, town: str, like: bool) -> None:
    """Each word alike and the same town: one letter wrong and a name in between do not hide it, one word proves nothing."""
    agent = keep_agent(database)
    _, customer = add_customer(database, agent, town="Iași")
    with turn_of(database, agent) as unit:
        found = like_in_town(unit, name=name, town=town)
    assert [one.id for one in found] == ([customer.id] if like else [])


def test_like_companies_in_a_town(database: Database) -> None:
    """A legal form is no part of the likeness."""
    agent = keep_agent(database)
    _, customer = add_customer(database, agent, name="Acme SRL", town="Iași")
    with turn_of(database, agent) as unit:
        assert [one.id for one in like_in_town(unit, name="Acme", town="Iași")] == [customer.id]
        assert like_in_town(unit, name="Beta SRL", town="Iași") == []


def test_a_list_by_source_and_days(database: Database) -> None:
    """A list holds those of one source, added from a moment on and before another; its count is the same."""
    agent = keep_agent(database)
    for day, source in enumerate((Source.WEBSITE, Source.WEBSITE, Source.REFERRAL)):
        add_customer(database, agent, name=f"Client {day}", source=source, created_at=NOW + timedelta(days=day))
    cases = {
        CustomerFilter(source=Source.WEBSITE): ["Client 0", "Client 1"],
        CustomerFilter(since=NOW + timedelta(days=1)): ["Client 1", "Client 2"],
        CustomerFilter(source=Source.WEBSITE, before=NOW + timedelta(days=1)): ["Client 0"],
        CustomerFilter(): ["Client 0", "Client 1", "Client 2"],
    }
    with turn_of(database, agent) as unit:
        for among, names in cases.items():
            page = unit.customers.page(Owners(agent.id), offset=0, limit=10, among=among)
            assert [one.name for one in page] == names
            assert unit.customers.count(Owners(agent.id), among=among) == len(names)
