"""What the domain needs from outside, as Protocols: storage implements them, tests may, and only `presales/` wires them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from domain.agenda import Activity
    from domain.calendar import Absence, Closure
    from domain.catalog import Catalog
    from domain.configurations import SavedConfiguration
    from domain.customers import Customer, CustomerFilter, Note, Visit
    from domain.erasure import Traces
    from domain.events import Event
    from domain.offers import Offer
    from domain.opportunities import Opportunity, StageChange
    from domain.orders import MirroredOrder, Order
    from domain.pipeline import DealFilter, Grouping, GroupSum, MonthSum, Neglect, StageSum
    from domain.reports.subscriptions import Disclosure, Subscription
    from domain.requests import ClientRequest
    from domain.stock import StockCar
    from domain.team import Agent, Invitation, JoinAttempts


EVERY = 1_000_000_000  # as a limit: all there are


class Clock(Protocol):
    """The time; the sandbox shifts it."""

    def now(self) -> datetime:
        """This instant, aware, UTC."""
        ...


class Holidays(Protocol):
    """Legal holidays of the dealer's country."""

    def is_holiday(self, day: date) -> bool:
        """Whether `day` is a legal holiday."""
        ...


@dataclass(frozen=True, slots=True)
class Defaults:
    """What the dealer chose for everybody: IANA zone, language code, ISO currency, ISO country for phone numbers.

    A deal that nobody touches is marked after `idle_days`; texts of messages are kept for `retention_days`. An agent may
    give `discount_limit` basis points off; an offer is good for `offer_days`.
    """

    timezone: str = "Europe/Bucharest"
    language: str = "en"
    currency: str = "EUR"
    region: str = "RO"
    idle_days: int = 14
    retention_days: int = 30
    discount_limit: int = 500
    offer_days: int = 14


class TeamRepository(Protocol):
    """Agents, invitations and join attempts."""

    def add(self, agent: Agent) -> None: ...
    def get(self, agent_id: int) -> Agent | None: ...
    def by_telegram(self, telegram_user_id: int) -> Agent | None: ...
    def all(self) -> Sequence[Agent]:
        """Everybody, by name."""
        ...

    def hold_directors(self) -> Sequence[Agent]:
        """Every director as the database has them now; nobody else may change one until the transaction's end."""
        ...

    def last_active(self) -> Mapping[int, datetime]:
        """When each agent last wrote or pressed something, by the agent's id; who never did is not in it."""
        ...

    def add_invitation(self, invitation: Invitation) -> None: ...
    def invitation(self, code_hash: str) -> Invitation | None: ...
    def join_attempts(self, telegram_user_id: int) -> JoinAttempts:
        """The row of this account, made when there is none."""
        ...


class OfCustomer(Protocol):
    """Whatever names a customer: a merge lets it name another."""

    customer_id: int | None


class CustomerRepository(Protocol):
    """Customers; what an agent may see is decided in `domain.permissions` and passed as `owners`."""

    def add(self, customer: Customer) -> None: ...
    def get(self, customer_id: int) -> Customer | None: ...

    def several(self, ids: Sequence[int]) -> Sequence[Customer]:
        """Those of these ids, in one look: while they are held, `get` reads none of them again."""
        ...

    def hold_reach(self, values: Sequence[str]) -> None:
        """Until the transaction's end nobody else may look whether these numbers (E.164) and addresses are known."""
        ...

    def reached(self, values: Sequence[str]) -> Collection[str]:
        """Which of these numbers (E.164) and addresses somebody has, among hundreds in one look."""
        ...

    def named(self, names: Sequence[str], owners: Owners) -> Collection[str]:
        """Which of these names (`domain.names.display_order`) somebody bears, among hundreds in one look."""
        ...

    def by_phone(self, e164: str) -> Sequence[Customer]: ...
    def by_email(self, email: str) -> Sequence[Customer]: ...
    def with_words(
        self, words: Sequence[frozenset[str]], owners: Owners, *, limit: int | None = None
    ) -> Sequence[Customer]:
        """Customers whose folded name has, for each set, a word of that set; by folded name, the newest `limit` of them."""
        ...

    def words_like(self, prefix: str, owners: Owners, *, limit: int) -> Sequence[str]:
        """Distinct folded name words that begin with `prefix`, for near matches."""
        ...

    def page(
        self, owners: Owners, *, offset: int, limit: int, among: CustomerFilter | None = None
    ) -> Sequence[Customer]:
        """By folded name."""
        ...

    def count(self, owners: Owners, *, among: CustomerFilter | None = None) -> int: ...
    def remove(self, customer: Customer) -> None:
        """Delete the row; whatever belongs to it must have been moved or dropped before."""
        ...

    def add_visit(self, visit: Visit) -> None: ...
    def add_request(self, request: ClientRequest) -> None: ...
    def request(self, request_id: int) -> ClientRequest | None: ...
    def open_requests(self, customer_id: int) -> Sequence[ClientRequest]:
        """Those not decided yet, oldest first."""
        ...

    def waiting_requests(self) -> Sequence[ClientRequest]:
        """Of all customers, those not decided yet, oldest first."""
        ...

    def requests(self, customer_id: int) -> Sequence[ClientRequest]:
        """All, oldest first."""
        ...

    def referring(self, customer_id: int) -> Sequence[OfCustomer]:
        """All that names the customer and is no part of it: notes, requests, activities, deals, and what follows from these."""
        ...

    def add_note(self, note: Note) -> None: ...
    def notes(self, customer_id: int, *, limit: int) -> Sequence[Note]:
        """Newest first."""
        ...


@dataclass(frozen=True, slots=True)
class Owners:
    """Whose customers: `agent_id` with or without the company portfolio (owner NULL), or everybody's."""

    agent_id: int | None
    company: bool = False
    everybody: bool = False


class ActivityRepository(Protocol):
    """Activities by agent and time."""

    def add(self, activity: Activity) -> None: ...
    def get(self, activity_id: int) -> Activity | None: ...
    def of_days(self, agent_id: int, first: date, last: date) -> Sequence[Activity]:
        """Planned and finished ones whose local day lies in the range (both included), in the day's order."""
        ...

    def planned(self, agent_id: int, *, customer_id: int | None = None) -> Sequence[Activity]:
        """Still to do, earliest first."""
        ...

    def planned_before(self, agent_id: int, day: date, *, limit: int) -> Sequence[Activity]:
        """Planned ones whose local day is before or on `day`, oldest first."""
        ...

    def overlapping(self, agent_id: int, start: datetime, end: datetime) -> Sequence[Activity]:
        """Planned ones with an hour that share time with [start, end), UTC."""
        ...

    def of_customer(self, customer_id: int, *, limit: int) -> Sequence[Activity]:
        """Newest first."""
        ...

    def last_done(self, customer_id: int, *, contact_only: bool) -> Activity | None:
        """The latest done one; `contact_only` leaves out attempts (no answer, no-show)."""
        ...

    def starting_between(self, start: datetime, end: datetime) -> Sequence[Activity]:
        """Planned ones of every agent that start in [start, end), UTC."""
        ...


@dataclass(frozen=True, slots=True)
class Edit:
    """One value of a deal as somebody changed it; `name` and values as the deal itself has them."""

    agent_id: int | None
    at: datetime
    name: str
    before: object
    after: object


class OpportunityRepository(Protocol):
    """Opportunities and their stage changes; sums are made in the database."""

    def add(self, opportunity: Opportunity) -> None: ...
    def get(self, opportunity_id: int) -> Opportunity | None: ...
    def of_customer(self, customer_id: int) -> Sequence[Opportunity]:
        """All of a customer's, open ones first, then the newest."""
        ...

    def page(self, wanted: DealFilter, *, offset: int, limit: int) -> Sequence[Opportunity]:
        """The furthest stage first, then the earliest closing date."""
        ...

    def stage_sums(self, wanted: DealFilter) -> Sequence[StageSum]:
        """By stage and currency, in the order of stages; deals without a value under currency ""."""
        ...

    def months(self, owners: Owners, *, first: date, last: date, today: date, zone: ZoneInfo) -> Sequence[MonthSum]:
        """By month and currency; open deals whose closing date is past or missing under None."""
        ...

    def group_sums(self, wanted: DealFilter, *, by: Grouping) -> Sequence[GroupSum]:
        """By customer or agent and currency; the largest sum first."""
        ...

    def neglected(
        self,
        *,
        now: datetime,
        untouched_since: datetime,
        limit: int,
        owner_id: int | None = None,
        among: Sequence[int] | None = None,
    ) -> list[Neglect]:
        """Open deals (of one owner, or of those ids) with nothing planned with the customer, or untouched since."""
        ...

    def add_change(self, change: StageChange) -> None: ...
    def changes(self, opportunity_id: int) -> Sequence[StageChange]:
        """Oldest first."""
        ...

    def edits(
        self, opportunity_id: int, *, since: datetime | None = None, version: int | None = None
    ) -> Sequence[Edit]:
        """Who changed which value of the deal since then, or since that version of it, oldest first; undone ones too."""
        ...


class ConfigurationRepository(Protocol):
    """Agents' working papers."""

    def add(self, paper: SavedConfiguration) -> None: ...
    def get(self, paper_id: int) -> SavedConfiguration | None: ...
    def named(self, agent_id: int, *, limit: int) -> Sequence[SavedConfiguration]:
        """Those saved under a name, newest first."""
        ...


class OfferRepository(Protocol):
    """Offers and their versions."""

    def add(self, offer: Offer) -> None: ...
    def get(self, offer_id: int) -> Offer | None: ...
    def versions(self, number: int) -> Sequence[Offer]:
        """All versions of an offer, oldest first."""
        ...

    def latest(
        self,
        owners: Owners,
        *,
        customer_id: int | None = None,
        opportunity_id: int | None = None,
        first: datetime | None = None,
        last: datetime | None = None,
        limit: int,
    ) -> Sequence[Offer]:
        """The last version of each offer made in [first, last), newest first."""
        ...

    def waiting(self) -> Sequence[Offer]:
        """Those that wait for the director, oldest first."""
        ...


class OrderRepository(Protocol):
    """Orders launched from here, and the mirror of all that Sales has."""

    def add(self, order: Order) -> None: ...
    def get(self, order_id: int) -> Order | None: ...
    def by_reference(self, reference: str) -> Order | None: ...
    def by_number(self, number: str) -> Order | None: ...
    def of_opportunity(self, opportunity_id: int) -> Sequence[Order]:
        """Newest first."""
        ...

    def page(
        self,
        owners: Owners,
        *,
        customer_id: int | None = None,
        open_only: bool = False,
        unnumbered: bool = False,
        first: datetime | None = None,
        last: datetime | None = None,
        offset: int,
        limit: int,
    ) -> Sequence[Order]:
        """Made in [first, last), newest first; `unnumbered` are those that Sales does not have."""
        ...

    def unreserved(self, agent_id: int, *, since: datetime, until: datetime) -> Sequence[Order]:
        """Drafts of an agent whose reservation ended in (since, until]."""
        ...

    def mirror(self, order: MirroredOrder) -> None:
        """Keep what Sales says, unless something newer is known."""
        ...

    def mirrored(
        self,
        *,
        number: str | None = None,
        first: datetime | None = None,
        last: datetime | None = None,
        offset: int,
        limit: int,
    ) -> Sequence[MirroredOrder]:
        """All orders that Sales has, made in [first, last), newest first."""
        ...


@dataclass(frozen=True, slots=True)
class Showroom:
    """The Catalog as it was last read; `checked_at` is when it was last known to be still so."""

    catalog: Catalog
    stock: tuple[StockCar, ...]
    checked_at: datetime


class Shelf(Protocol):
    """Where the last good answers of the Catalog are kept."""

    def showroom(self) -> Showroom | None:
        """What may be offered; None until the Catalog was read once."""
        ...

    def version(self, name: str) -> str | None:
        """The version (ETag, or a cursor) of what is kept under a name."""
        ...

    def keep(self, name: str, *, version: str, body: object) -> None: ...
    def confirm(self, name: str) -> None:
        """It has not changed since."""
        ...


class CalendarRepository(Protocol):
    """Closures of the dealership and absences of agents."""

    def closures(self, first: date, last: date) -> Sequence[Closure]: ...
    def absences(self, agent_id: int, first: date, last: date) -> Sequence[Absence]: ...
    def add_closure(self, closure: Closure) -> None: ...
    def add_absence(self, absence: Absence) -> None: ...
    def closure(self, closure_id: int) -> Closure | None: ...
    def absence(self, absence_id: int) -> Absence | None: ...
    def remove(self, kept: Closure | Absence) -> None: ...


class SubscriptionRepository(Protocol):
    """Reports that come by themselves."""

    def add(self, subscription: Subscription) -> None: ...
    def get(self, subscription_id: int) -> Subscription | None: ...
    def of_agent(self, agent_id: int) -> Sequence[Subscription]:
        """Oldest first."""
        ...

    def remove(self, subscription: Subscription) -> None: ...
    def add_disclosure(self, disclosure: Disclosure) -> None: ...


class UnitOfWork(Protocol):
    """One transaction: everything that a use case reads and writes; nobody but its owner commits."""

    now: datetime
    defaults: Defaults
    holidays: Holidays
    team: TeamRepository
    customers: CustomerRepository
    activities: ActivityRepository
    opportunities: OpportunityRepository
    configurations: ConfigurationRepository
    offers: OfferRepository
    orders: OrderRepository
    shelf: Shelf
    events: list[Event]  # emitted by use cases, drained by `domain.reactions`
    calendar: CalendarRepository
    subscriptions: SubscriptionRepository
    traces: Traces

    def flush(self) -> None:
        """Give new entities their ids."""
        ...

    def savepoint(self) -> AbstractContextManager[object]:
        """A part that is done whole or not at all: leaving with an exception takes back what it wrote, and no more."""
        ...

    def undo(self, turn: int, *, correction: bool = False) -> None:
        """Restore every row that the turn changed; raises ConflictError, changing nothing, if one was changed since.

        A `correction` writes the values anew in the same turn, so that turn can itself be undone.
        """
        ...

    def last_undoable(self, agent_id: int) -> int | None:
        """The agent's latest turn with changes that were not undone."""
        ...
