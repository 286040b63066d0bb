"""The unit of work: one transaction with the repositories, and everything that a turn or a job adds to it."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from domain.erasure import Traces
from domain.errors import StaleError
from domain.events import Event
from domain.ports import (
    ActivityRepository,
    CalendarRepository,
    Clock,
    ConfigurationRepository,
    CustomerRepository,
    Defaults,
    Holidays,
    OfferRepository,
    OpportunityRepository,
    OrderRepository,
    Shelf,
    SubscriptionRepository,
    TeamRepository,
)
from storage import undo
from storage.changes import open_journal
from storage.erasure import PersonTraces
from storage.repositories import (
    Activities,
    Calendar,
    Configurations,
    Customers,
    Offers,
    Opportunities,
    Orders,
    Subscriptions,
    Team,
)
from storage.shelf import KeptShelf, Reader
from storage.tables import history, queues

__all__ = ["Outside", "Unit", "transaction"]


@dataclass(frozen=True, slots=True)
class Outside:
    """What every unit needs that is not in the database."""

    clock: Clock
    defaults: Defaults
    holidays: Holidays
    reader: Reader | None = None


class Unit:
    """`domain.ports.UnitOfWork` over one session; what owns the transaction commits."""

    def __init__(self, session: Session, outside: Outside, *, turn_id: int | None = None) -> None:
        self.now: datetime = outside.clock.now()
        self.defaults = outside.defaults
        self.holidays = outside.holidays
        self.team: TeamRepository = Team(session)
        self.customers: CustomerRepository = Customers(session)
        self.activities: ActivityRepository = Activities(session)
        self.opportunities: OpportunityRepository = Opportunities(session)
        self.configurations: ConfigurationRepository = Configurations(session)
        self.offers: OfferRepository = Offers(session)
        self.orders: OrderRepository = Orders(session)
        self.shelf: Shelf = KeptShelf(session, outside.reader, self.now)
        self.events: list[Event] = []
        self.calendar: CalendarRepository = Calendar(session)
        self.subscriptions: SubscriptionRepository = Subscriptions(session)
        self.turn_id = turn_id  # the inbox entry under which changes are kept; without one none may be made
        self.actor_id: int | None = None
        self.traces: Traces = PersonTraces(session, self)
        self._session = session
        self._journal = open_journal(session, self)

    def flush(self) -> None:
        """Give new entities their ids; raises StaleError where another turn was first."""
        try:
            self._session.flush()
        except StaleDataError as error:
            raise StaleError from error

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """A part that is done whole or not at all: leaving with an exception takes back what it wrote and emitted."""
        emitted = len(self.events)
        try:
            with self._session.begin_nested():
                yield
        except BaseException:
            del self.events[emitted:]
            raise

    def undo(self, turn: int, *, correction: bool = False) -> None:
        """Restore every row that the turn changed; raises ConflictError, changing nothing, if one was changed since.

        A `correction` writes the values anew in the same turn, so that turn can itself be undone.
        """
        self.flush()
        undo.undo(self._session, self._journal, turn, correction=correction)

    def last_undoable(self, agent_id: int) -> int | None:
        """The agent's latest turn with changes that were not undone."""
        self.flush()
        return undo.last_undoable(self._session, agent_id)

    def wrote(self) -> bool:
        """Whether this turn has changed anything that can be undone."""
        self.flush()
        written = sa.select(history.audit.c.id).where(history.audit.c.turn_id == self.turn_id).limit(1)
        return self._session.scalar(written) is not None

    def add_file(self, *, name: str, media_type: str, data: bytes) -> int:
        """Keep a file as a row and return its id."""
        values = {
            "name": name,
            "media_type": media_type,
            "sha256": hashlib.sha256(data).hexdigest(),
            "data": data,
            "created_at": self.now,
        }
        return inserted_id(self._session, queues.files, values)


def inserted_id(session: Session, table: sa.Table, values: dict[str, object]) -> int:
    """Insert a row and return its id."""
    return int(session.execute(sa.insert(table).values(values).returning(table.c.id)).scalar_one())


@contextmanager
def transaction(sessions: Callable[[], Session]) -> Iterator[Session]:
    """A session that is committed when left without an exception, and rolled back with one."""
    session = sessions()
    try:
        yield session
        session.commit()
    except StaleDataError as error:
        raise StaleError from error
    finally:
        session.close()
