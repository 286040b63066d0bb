"""Another agent's customer is to nobody else but the director: every use case is walked with every role.

For whoever may not know of a customer, the answer about it must be the answer about one that does not exist. A new use
case fails here until it is listed, with what it would be called with.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import time
from typing import Any

import pytest
import sqlalchemy as sa

import domain
from domain.agenda import Importance, Kind, Outcome, When
from domain.customer_details import ContactDetails
from domain.customers import Consent, ContactPerson, CustomerKind, Purpose, Relationship, Source, Vehicle
from domain.errors import DomainError, NotAllowedError, NotFoundError
from domain.export import as_json
from domain.importing.candidates import CandidateCustomer
from domain.opportunities import Changes, LossReason, Stage
from domain.pipeline import DealFilter, Grouping
from domain.ports import Owners
from domain.reach import Way
from domain.reports.request import ReportRequest
from domain.reports.subscriptions import Recurrence
from domain.sales import OrderKind
from domain.team import Agent, AgentStatus, Role
from domain.vehicles import VehicleDetails
from storage.database import Database
from storage.tables import metadata
from storage.types import Choice, UtcDateTime
from tests.factories import NOW, TODAY, keep, keep_agent, make_activity, make_customer, make_note, make_opportunity
from tests.storage.history import turn_of

PHONE, EMAIL = "+40722123456", "victor.zamfirescu@example.ro"
NO_PHONE, NO_EMAIL = "+40722999888", "nobody.at.all@example.ro"
SECRETS = ("Zamfirescu", "722123456", EMAIL, "Secretmodel", "hush")
NONE = 987_654  # an id that nothing has


@dataclass(frozen=True, slots=True)
class Target:
    """What a use case is pointed at: the foreign customer with all that is theirs, or nothing that exists."""

    customer: int = NONE
    contact: int = NONE
    vehicle: int = NONE
    activity: int = NONE
    deal: int = NONE
    request: int = NONE
    offer: int = NONE
    order: int = NONE
    paper: int = NONE
    subscription: int = NONE
    absence: int = NONE
    closure: int = NONE
    agent: int = NONE
    own: int = 0  # a customer of whoever calls
    name: str = "Nimeni Altcineva"
    phone: str = NO_PHONE
    email: str = NO_EMAIL


PLANTED = ("client_requests", "offers", "orders", "configurations", "report_subscriptions", "absences", "closures")
Case = Callable[[Target], dict[str, Any]]
CHANGES = Changes(model="Duster")


def by(name: str, field: str | None = None, /, **more: Any) -> Case:
    """Called with one id of the target's and fixed values."""
    return lambda target: {name: getattr(target, field or name.removesuffix("_id")), **more}


def customer(**more: Any) -> Case:
    """Called with the customer."""
    return by("customer_id", **more)


def deal(**more: Any) -> Case:
    """Called with the deal."""
    return by("opportunity_id", "deal", **more)


USE_CASES: dict[str, Case] = {
    "agenda.agenda_of": lambda _: {"first": TODAY, "last": TODAY},
    "agenda.cancel": by("activity_id"),
    "agenda.complete": by("activity_id"),
    "agenda.log": customer(kind=Kind.CALL),
    "agenda.overdue": lambda _: {},
    "agenda.reschedule": by("activity_id", when=When(TODAY)),
    "agenda.schedule": customer(kind=Kind.CALL, when=When(TODAY)),
    "agenda.set_importance": by("activity_id", importance=Importance.HIGH),
    "agenda.set_outcome": by("activity_id", outcome=Outcome.REACHED),
    "configurations.change_configuration": by("paper_id", configuration=None),
    "configurations.keep_configuration": lambda target: {
        "configuration": None,
        "customer_id": target.customer,
        "opportunity_id": target.deal,
    },
    "configurations.name_configuration": by("paper_id", name="x"),
    "configurations.own_configuration": by("paper_id"),
    "customer_details.add_contact": customer(details=ContactDetails(name="X")),
    "customer_details.change_contact": lambda target: {
        "customer_id": target.customer,
        "contact_id": target.contact,
        "details": ContactDetails(name="X"),
    },
    "customer_details.record_consent": customer(purpose=Purpose.CONTACT, given=True, wording="x"),
    "customer_details.remove_contact": lambda target: {"customer_id": target.customer, "contact_id": target.contact},
    "customer_details.rename": customer(name="X"),
    "customer_details.set_kind": customer(kind=CustomerKind.COMPANY),
    "customer_details.set_location": customer(location="x"),
    "customer_details.set_source": customer(source=Source.EVENT),
    "customer_details.set_tax_id": customer(tax_id="14399840"),
    "customer_details.set_town": customer(town="x"),
    "customers.add_customer": lambda target: {"name": target.name, "phones": [target.phone], "emails": [target.email]},
    "customers.add_note": customer(text="x"),
    "customers.find_by_name": by("typed", "name"),
    "customers.set_interest": customer(interest="x"),
    "duplicates.refuse_known": lambda target: {"phones": [target.phone], "emails": [target.email]},
    "erasure.erase_step": lambda target: {"progress": {"customer": target.customer, "swept": True}, "name": "x"},
    "erasure.erasure_outlook": customer(),
    "export.export_customer": customer(),
    "importing.deals.import_deals": lambda _: {"book": None, "candidates": ()},
    "importing.taking.import_customers": lambda target: {
        "candidates": [CandidateCustomer(1, name=target.name, phones=(target.phone,), emails=(target.email,))]
    },
    "merging.merge": lambda target: {"keep_id": target.own, "gone_id": target.customer, "wording": lambda _: "x"},
    "merging.merge_candidates": customer(),
    "offers.create_offer": deal(terms=None, language="en"),
    "offers.decide": by("offer_id", approved=True),
    "offers.handed_over": by("offer_id"),
    "offers.offer_to_change": by("offer_id"),
    "offers.offer_to_see": by("offer_id"),
    "offers.update_offer": by("offer_id", terms=None),
    "opportunities.create_opportunity": customer(),
    "opportunities.like_deals": customer(model="Secretmodel"),
    "opportunities.lose": deal(reason=LossReason.PRICE),
    "opportunities.move_stage": deal(stage=Stage.OFFER),
    "opportunities.open_deals": customer(),
    "opportunities.probability_by_stage": deal(),
    "opportunities.reopen": deal(),
    "opportunities.sold": deal(),
    "opportunities.stages_of": deal(),
    "opportunities.touch": deal(),
    "opportunities.unsold": deal(),
    "opportunities.update_opportunity": deal(changes=CHANGES),
    "opportunities.win": deal(),
    "orders.cancel_draft": by("order_id"),
    "orders.draft_again": by("order_id", terms=None),
    "orders.draft_order": deal(terms=None, kind=OrderKind.NEW_CAR),
    "orders.launch": by("order_id"),
    "orders.order_to_cancel": by("order_id"),
    "orders.order_to_reassign": lambda target: {"order_id": target.order, "agent_id": target.agent},
    "orders.order_to_see": by("order_id"),
    "orders.reprice": by("order_id", terms=None),
    "orders.set_details": by("order_id", note="x"),
    "permissions.activity_to_change": by("activity_id"),
    "permissions.customer_to_change": customer(),
    "permissions.customer_to_see": customer(),
    "permissions.opportunity_to_change": deal(),
    "permissions.opportunity_to_see": deal(),
    "permissions.require_decider": lambda target: {"asked_at": NOW, "asker_id": target.agent},
    "pipeline.deals": lambda target: {"wanted": DealFilter(Owners(target.agent)), "offset": 0, "limit": 9},
    "pipeline.forecast": lambda target: {"owners": Owners(target.agent), "first": TODAY, "last": TODAY},
    "pipeline.grouped": lambda target: {"wanted": DealFilter(Owners(target.agent)), "by": next(iter(Grouping))},
    "pipeline.neglected": lambda _: {"limit": 9},
    "pipeline.pipeline": lambda target: {"wanted": DealFilter(Owners(target.agent))},
    "portfolio.assign_customer": customer(agent_id=None),
    "portfolio.assign_some": by("from_agent_id", "agent", agent_id=None, limit=9),
    "portfolio.count_of": by("agent_id"),
    "portfolio.decide": by("request_id", granted=True),
    "portfolio.request_customer": customer(),
    "reach.add_reach": customer(way=Way.PHONE, typed="0733 000 111"),
    "reach.make_first": customer(way=Way.PHONE, value=PHONE),
    "reach.remove_reach": customer(way=Way.PHONE, value=PHONE),
    "reactions.react": lambda _: {},
    "relationships.set_relationship": customer(relationship=Relationship.ACTIVE),
    "reports.make.checked": lambda target: {"request": ReportRequest("client_sheet", customer_ids=(target.customer,))},
    "reports.make.make_report": lambda target: {
        "request": ReportRequest("client_sheet", customer_ids=(target.customer,))
    },
    "reports.subscriptions.end": by("subscription_id"),
    "reports.subscriptions.pause": by("subscription_id", paused=True),
    "reports.subscriptions.subscribe": lambda target: {
        "request": ReportRequest("client_sheet", customer_ids=(target.customer,)),
        "recurrence": Recurrence.DAILY,
        "at": time(8),
    },
    "reports.subscriptions.subscriptions_of": lambda _: {},
    "staff.absences_of": by("agent_id"),
    "staff.add_absence": by("agent_id", first=TODAY, last=TODAY),
    "staff.close_house": lambda _: {"first": TODAY, "last": TODAY},
    "staff.closures_ahead": lambda _: {},
    "staff.end_absence": by("absence_id"),
    "staff.invite_agent": lambda _: {"name": "X", "role": Role.AGENT},
    "staff.name_deputy": by("agent_id", deputy=True),
    "staff.open_house": by("closure_id"),
    "staff.reactivate": by("agent_id"),
    "staff.suspend": by("agent_id"),
    "staff.team_load": lambda _: {},
    "team.set_preference": lambda _: {"language": "ro"},
    "vehicles.add_vehicle": customer(details=VehicleDetails(model="x")),
    "vehicles.change_vehicle": lambda target: {
        "customer_id": target.customer,
        "vehicle_id": target.vehicle,
        "details": VehicleDetails(model="x"),
    },
    "vehicles.remove_vehicle": lambda target: {"customer_id": target.customer, "vehicle_id": target.vehicle},
    "visits.record_visit": lambda _: {"interest": "x"},
}

# The number or address of a customer that is known already: whose it is, and that it is there, is told by design.
OWNER_IS_TOLD = {"customers.add_customer", "duplicates.refuse_known", "importing.taking.import_customers"}
# Whoever asks for a customer has been told of the owner before; that there is one is all that the answer says.
EXISTENCE_IS_TOLD = {"portfolio.request_customer"}
# Helpers of use cases: they get a row that was already permitted, a value alone, or decide nothing.
NO_USE_CASES = {
    "importing.filling.complete",
    "offers.needs_approval",
    "permissions.may_decide",
}
# Suspended people change only what is theirs alone, which no chat lets them come to.
OPEN_TO_SUSPENDED = {"reactions.react", "customers.find_by_name", "duplicates.refuse_known"}


def found_use_cases() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every public function of the domain that takes a unit of work and an actor."""
    for module_info in pkgutil.walk_packages(domain.__path__, "domain."):
        module = importlib.import_module(module_info.name)
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ != module_info.name or name.startswith("_"):
                continue
            parameters = inspect.signature(function).parameters
            if "actor" in parameters and {"uow", "unit"} & set(parameters):
                yield f"{module_info.name.removeprefix('domain.')}.{name}", function


FOUND = dict(found_use_cases())


def test_every_use_case_is_listed() -> None:
    """A use case that is new, or gone, shows here first."""
    assert set(FOUND) - NO_USE_CASES == set(USE_CASES)


@pytest.fixture
def people(sqlite_database: Database) -> dict[str, Agent]:
    """Who works here; the customer is Mihai's."""
    return {
        "other": keep_agent(sqlite_database, name="Ana Ionescu"),
        "owner": keep_agent(sqlite_database, name="Mihai Radu", telegram_user_id=8),
        "director": keep_agent(sqlite_database, name="Elena Stan", telegram_user_id=9, role=Role.DIRECTOR),
        "suspended": keep_agent(sqlite_database, name="Sorin Dan", telegram_user_id=10, status=AgentStatus.SUSPENDED),
    }


@pytest.fixture
def foreign(sqlite_database: Database, people: dict[str, Agent]) -> Target:
    """A customer of Mihai's."""
    return foreign_customer(sqlite_database, people["owner"])


def foreign_customer(database: Database, owner: Agent) -> Target:
    """A customer of the owner's with everything that can belong to one."""
    one = make_customer(name="Victor Zamfirescu", owner_id=owner.id, phones=(PHONE,), emails=(EMAIL,), town="hush")
    one.contacts, one.vehicles = [ContactPerson("Dana Zamfirescu")], [Vehicle("Secretmodel", NOW)]
    one.consents = [Consent(Purpose.CONTACT, given=True, at=NOW, wording="hush")]
    keep(database, one)
    activity = make_activity(agent_id=owner.id, customer_id=one.id, title="hush")
    deal_ = make_opportunity(customer_id=one.id, owner_id=owner.id, net=1, model="Secretmodel")
    keep(database, activity, deal_, make_note(customer_id=one.id, author_id=owner.id, text="hush"))
    ids = {"customers": one.id, "opportunities": deal_.id, "agents": owner.id}
    rest = {name: planted(database, name, ids) for name in PLANTED}
    return Target(
        customer=one.id,
        contact=one.contacts[0].id,
        vehicle=one.vehicles[0].id,
        activity=activity.id,
        deal=deal_.id,
        request=rest["client_requests"],
        offer=rest["offers"],
        order=rest["orders"],
        paper=rest["configurations"],
        subscription=rest["report_subscriptions"],
        absence=rest["absences"],
        closure=rest["closures"],
        agent=owner.id,
        name=one.name,
        phone=PHONE,
        email=EMAIL,
    )


def planted(database: Database, name: str, ids: dict[str, int]) -> int:
    """A row of the foreign customer's in a table; its id."""
    table = metadata.tables[name]
    values = {}
    for column in table.columns:
        if column.foreign_keys:
            values[column.name] = ids.get(next(iter(column.foreign_keys)).column.table.name)
        elif not column.nullable and not column.primary_key:
            values[column.name] = _plain(column)
    with database.engine.begin() as connection:
        added: int = connection.execute(sa.insert(table).values(values).returning(table.c.id)).scalar_one()
    return added


def _plain(column: sa.Column[Any]) -> Any:
    kind = column.type
    if isinstance(kind, Choice):
        return next(iter(kind.choices))
    for types, value in (
        (sa.Boolean, False),
        (sa.Integer, 1),
        (UtcDateTime, NOW),
        (sa.Date, TODAY),
        (sa.Time, time(8)),
        (sa.JSON, {}),
        (sa.String, "x"),
    ):
        if isinstance(kind, types):
            return value
    return "hush"


def outcome(database: Database, actor: Agent, name: str, target: Target) -> tuple[Any, ...]:
    """What the use case answers, and what it leaves in the rows of others; everything is rolled back."""
    parameters = inspect.signature(FOUND[name]).parameters
    unit_name = "uow" if "uow" in parameters else "unit"
    opened = turn_of(database, actor) if unit_name == "uow" else database.look()
    answer: tuple[Any, ...] = ()
    with suppress(_RollBackError), opened as unit:
        try:
            result = FOUND[name](**{unit_name: unit, "actor": actor}, **USE_CASES[name](target))
            if inspect.isgenerator(result):
                result = list(result)
            unit.flush()
            answer = ("returned", as_json(result))
        except DomainError as error:
            answer = ("refused", type(error), error.code, as_json(error.values))
        except Exception as error:  # noqa: BLE001  a value that only somebody permitted comes to use
            answer = ("failed", type(error))
        raise _RollBackError
    return answer


class _RollBackError(Exception):
    """Ends a walk without keeping what it did."""


def own_customer(database: Database, actor: Agent) -> int:
    """A customer of the caller's own."""
    mine = make_customer(name="Own One", owner_id=actor.id)
    keep(database, mine)
    return mine.id


@pytest.mark.parametrize("name", sorted(USE_CASES))
@pytest.mark.parametrize("role", ["other", "suspended"])
def test_another_agents_customer_is_not_there(
    sqlite_database: Database, people: dict[str, Agent], foreign: Target, name: str, role: str
) -> None:
    """Every answer about it is the one about a customer that does not exist, and tells nothing of it."""
    actor = people[role]
    own = own_customer(sqlite_database, actor)
    about_it = outcome(sqlite_database, actor, name, replace(foreign, own=own))
    about_nothing = outcome(sqlite_database, actor, name, Target(own=own))

    assert about_it[0] != "failed"
    told = str(about_it).replace(foreign.name, "").replace(PHONE, "").replace(EMAIL, "")
    assert [secret for secret in SECRETS if secret in told] == []
    if role == "suspended" and name not in OPEN_TO_SUSPENDED:
        assert about_it[1] is NotAllowedError
    if name not in OWNER_IS_TOLD | EXISTENCE_IS_TOLD or about_it[1] is NotAllowedError:
        assert about_it == about_nothing


@pytest.mark.parametrize("name", sorted(USE_CASES))
def test_who_may_gets_through(sqlite_database: Database, people: dict[str, Agent], foreign: Target, name: str) -> None:
    """So the refusals above are of the right, and not of a slip in the call: the owner or the director is not refused."""
    refused = {NotFoundError, NotAllowedError}
    answers = []
    for role in ("owner", "director"):
        own = own_customer(sqlite_database, people[role])
        answers.append(outcome(sqlite_database, people[role], name, replace(foreign, own=own)))

    assert [answer for answer in answers if answer[0] != "refused" or answer[1] not in refused] != []
