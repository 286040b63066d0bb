"""The agenda: what an agent will do, has done and has missed, with importance, outcome and clashes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from domain import permissions
from domain.errors import ConflictError, InvalidValueError
from domain.events import TestDriveDone
from domain.ports import UnitOfWork
from domain.team import Agent

TITLE_LENGTH = 300
NOTE_LENGTH = 4000
OVERDUE_LIMIT = 50


class Kind(StrEnum):
    """What an activity is; the first three need somebody's time, so reports call them events (`EVENT_KINDS`)."""

    CALL = "call"
    MEETING = "meeting"
    TEST_DRIVE = "test_drive"
    EMAIL = "email"
    MESSAGE = "message"
    TASK = "task"
    EVENT = "event"


EVENT_KINDS = frozenset({Kind.MEETING, Kind.TEST_DRIVE, Kind.EVENT})
REMINDED_KINDS = EVENT_KINDS  # these get a reminder ahead; a to-do with an hour is pushed when it falls due
DEFAULT_MINUTES = {Kind.CALL: 15, Kind.TEST_DRIVE: 45, Kind.MEETING: 60, Kind.EVENT: 60}
OTHER_MINUTES = 15


class Importance(StrEnum):
    """Red, amber, green."""

    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"


class Status(StrEnum):
    """Where an activity stands."""

    PLANNED = "planned"
    DONE = "done"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"


class Outcome(StrEnum):
    """How it went; without an answer it was an attempt and no contact."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    CALL_BACK = "call_back"
    NO_SHOW = "no_show"


@dataclass(eq=False)
class Activity:
    """One entry of an agenda: with an hour (`starts_at`, UTC) or for a day alone; `day` is the agent's local day."""

    agent_id: int
    kind: Kind
    day: date
    created_at: datetime
    customer_id: int | None = None
    title: str = ""
    importance: Importance = Importance.NORMAL
    status: Status = Status.PLANNED
    starts_at: datetime | None = None
    minutes: int = OTHER_MINUTES
    outcome: Outcome | None = None
    note: str | None = None
    done_at: datetime | None = None
    id: int = field(default=0, kw_only=True)
    version: int = field(default=1, kw_only=True)

    @property
    def ends_at(self) -> datetime | None:
        """The end (UTC) of an activity with an hour."""
        return self.starts_at + timedelta(minutes=self.minutes) if self.starts_at else None


@dataclass(frozen=True, slots=True)
class When:
    """A moment or a day as the agent meant it: naive local `hour` on `day`, or the day alone."""

    day: date
    hour: datetime | None = None

    @classmethod
    def of(cls, value: date | datetime) -> "When":
        """From a naive local datetime (a moment) or a date (a day)."""
        return cls(value.date(), value) if isinstance(value, datetime) else cls(value)

    def instant(self, agent: Agent) -> datetime | None:
        """The moment in UTC; raises InvalidValueError for an hour that the clock change skips."""
        if self.hour is None:
            return None
        local = self.hour.replace(tzinfo=agent.zone)
        instant = local.astimezone(UTC)
        if instant.astimezone(agent.zone).replace(tzinfo=None) != self.hour:
            raise InvalidValueError("hour_skipped", hour=self.hour.strftime("%H:%M"))
        return instant


def schedule(
    uow: UnitOfWork,
    actor: Agent,
    *,
    kind: Kind,
    when: When,
    customer_id: int | None = None,
    title: str = "",
    importance: Importance = Importance.NORMAL,
    minutes: int | None = None,
    note: str | None = None,
) -> Activity:
    """Plan an activity in the actor's agenda; raises InvalidValueError where its time has passed."""
    permissions.require_active(actor)
    if customer_id is not None:
        permissions.customer_to_change(uow, actor, customer_id)
    starts_at = when.instant(actor)
    _refuse_past(uow, actor, when, starts_at)
    activity = Activity(
        agent_id=actor.id,
        customer_id=customer_id,
        kind=kind,
        title=title.strip()[:TITLE_LENGTH],
        day=when.day,
        starts_at=starts_at,
        minutes=minutes or DEFAULT_MINUTES.get(kind, OTHER_MINUTES),
        importance=importance,
        note=_note(note),
        created_at=uow.now,
    )
    uow.activities.add(activity)
    uow.flush()
    return activity


def log(
    uow: UnitOfWork,
    actor: Agent,
    *,
    kind: Kind,
    customer_id: int | None,
    when: When | None = None,
    outcome: Outcome | None = None,
    note: str | None = None,
    title: str = "",
    minutes: int | None = None,
    importance: Importance = Importance.NORMAL,
) -> Activity:
    """Keep what has happened, now or at `when`; raises InvalidValueError for a time still to come."""
    permissions.require_active(actor)
    if customer_id is not None:
        permissions.customer_to_change(uow, actor, customer_id)
    today = actor.local(uow.now).date()
    happened = when or When(today)
    starts_at = happened.instant(actor) if when else uow.now
    if happened.day > today or (starts_at and starts_at > uow.now + timedelta(minutes=1)):
        raise InvalidValueError("log_future")
    activity = Activity(
        agent_id=actor.id,
        customer_id=customer_id,
        kind=kind,
        title=title.strip()[:TITLE_LENGTH],
        day=happened.day,
        starts_at=starts_at,
        minutes=minutes or DEFAULT_MINUTES.get(kind, OTHER_MINUTES),
        importance=importance,
        created_at=uow.now,
    )
    _finish(uow, activity, outcome=outcome, note=note)
    if starts_at:
        activity.done_at = starts_at
    uow.activities.add(activity)
    uow.flush()
    _tell_driven(uow, activity)
    return activity


def complete(
    uow: UnitOfWork, actor: Agent, *, activity_id: int, outcome: Outcome | None = None, note: str | None = None
) -> Activity:
    """Mark a planned activity as done, with how it went; raises ConflictError where it is no longer planned."""
    activity = _planned(uow, actor, activity_id)
    _finish(uow, activity, outcome=outcome, note=note)
    _tell_driven(uow, activity)
    return activity


def set_outcome(
    uow: UnitOfWork, actor: Agent, *, activity_id: int, outcome: Outcome, note: str | None = None
) -> Activity:
    """Say afterwards how a finished activity went."""
    activity = permissions.activity_to_change(uow, actor, activity_id)
    if activity.status not in {Status.DONE, Status.NO_SHOW}:
        raise ConflictError("activity_not_done")
    done_at = activity.done_at
    _finish(uow, activity, outcome=outcome, note=note or activity.note)
    activity.done_at = done_at
    return activity


def reschedule(uow: UnitOfWork, actor: Agent, *, activity_id: int, when: When) -> Activity:
    """Move a planned activity; one with an hour that is moved to a day alone keeps its hour."""
    activity = _planned(uow, actor, activity_id)
    owner = _owner(uow, activity)
    if when.hour is None and activity.starts_at:
        local = owner.local(activity.starts_at)
        when = When.of(datetime.combine(when.day, local.time()))
    starts_at = when.instant(owner)
    _refuse_past(uow, owner, when, starts_at)
    activity.day, activity.starts_at = when.day, starts_at
    return activity


def set_importance(uow: UnitOfWork, actor: Agent, *, activity_id: int, importance: Importance) -> Activity:
    """Colour a planned activity."""
    activity = _planned(uow, actor, activity_id)
    activity.importance = importance
    return activity


def cancel(uow: UnitOfWork, actor: Agent, *, activity_id: int) -> Activity:
    """Take a planned activity off the agenda; it stays in the history."""
    activity = _planned(uow, actor, activity_id)
    activity.status = Status.CANCELLED
    return activity


def clashes(uow: UnitOfWork, activity: Activity) -> Sequence[Activity]:
    """Other planned activities of the same agent that share time with this one."""
    if activity.starts_at is None or activity.ends_at is None:
        return ()
    sharing = uow.activities.overlapping(activity.agent_id, activity.starts_at, activity.ends_at)
    return [other for other in sharing if other is not activity]


def agenda_of(uow: UnitOfWork, actor: Agent, first: date, last: date) -> Sequence[Activity]:
    """The actor's planned activities of the local days (both included), in order."""
    permissions.require_active(actor)
    return [item for item in uow.activities.of_days(actor.id, first, last) if item.status is Status.PLANNED]


def is_overdue(activity: Activity, agent: Agent, now: datetime) -> bool:
    """Planned and past: with an hour when it has ended, for a day alone when that day is over."""
    if activity.status is not Status.PLANNED:
        return False
    if activity.ends_at:
        return activity.ends_at <= now
    return activity.day < agent.local(now).date()


def overdue(uow: UnitOfWork, actor: Agent) -> Sequence[Activity]:
    """What the actor has missed, oldest first (at most 50)."""
    permissions.require_active(actor)
    today = actor.local(uow.now).date()
    candidates = uow.activities.planned_before(actor.id, today, limit=OVERDUE_LIMIT)
    return [item for item in candidates if is_overdue(item, actor, uow.now)]


def _planned(uow: UnitOfWork, actor: Agent, activity_id: int) -> Activity:
    activity = permissions.activity_to_change(uow, actor, activity_id)
    if activity.status is not Status.PLANNED:
        raise ConflictError("activity_not_planned", status=activity.status.value)
    return activity


def _owner(uow: UnitOfWork, activity: Activity) -> Agent:
    owner = uow.team.get(activity.agent_id)
    if owner is None:  # the foreign key forbids it
        raise LookupError(activity.agent_id)
    return owner


def _finish(uow: UnitOfWork, activity: Activity, *, outcome: Outcome | None, note: str | None) -> None:
    activity.status = Status.NO_SHOW if outcome is Outcome.NO_SHOW else Status.DONE
    activity.outcome = outcome
    activity.note = _note(note) or activity.note
    activity.done_at = uow.now


def _tell_driven(uow: UnitOfWork, activity: Activity) -> None:
    if activity.kind is Kind.TEST_DRIVE and activity.status is Status.DONE and activity.customer_id is not None:
        uow.events.append(TestDriveDone(activity.customer_id, activity.id))


def _note(text: str | None) -> str | None:
    if text is None:
        return None
    clean = text.strip()
    if len(clean) > NOTE_LENGTH:
        raise InvalidValueError("note_long", limit=NOTE_LENGTH)
    return clean or None


def _refuse_past(uow: UnitOfWork, agent: Agent, when: When, starts_at: datetime | None) -> None:
    now = uow.now
    if when.day < agent.local(now).date() or (starts_at and starts_at < now - timedelta(minutes=1)):
        raise InvalidValueError("time_past")
