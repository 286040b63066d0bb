"""What the date grammar hands out: moments, periods, and the halves of a moment that a correction replaces."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import Enum


class Direction(Enum):
    """Which way a day without a year or week points: ahead for plans, back for logs and reports."""

    FUTURE = "future"
    PAST = "past"


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in the agent's local time: a minute (naive `datetime`) or a whole day (`date`)."""

    value: datetime | date

    @property
    def grain(self) -> str:
        """Say how exact the moment is: "minute" or "day"."""
        return "minute" if isinstance(self.value, datetime) else "day"

    @property
    def day(self) -> date:
        """Give the calendar day."""
        return self.value.date() if isinstance(self.value, datetime) else self.value

    def as_json(self) -> dict[str, str]:
        """Give the form that `presales understand` prints."""
        if isinstance(self.value, datetime):
            return {"value": self.value.isoformat(timespec="minutes"), "grain": "minute"}
        return {"value": self.value.isoformat(), "grain": "day"}


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of whole days, both ends included."""

    first: date
    last: date

    def as_json(self) -> dict[str, str]:
        """Give the form that `presales understand` prints."""
        return {"from": self.first.isoformat(), "to": self.last.isoformat()}


@dataclass(frozen=True, slots=True)
class PartialMoment:
    """What a short answer or correction says of a moment: its day, its hour, or both.

    `hour_minute` is the hour as it is meant beside a named day. `needs_day` tells that it means nothing without one:
    "at 8" alone may be the morning or the evening.
    """

    day: date | None = None
    hour_minute: time | None = None
    needs_day: bool = False

    @property
    def empty(self) -> bool:
        """Tell whether nothing was understood."""
        return self.day is None and self.hour_minute is None

    def onto(self, earlier: Moment) -> Moment:
        """Replace in an earlier moment only what was said: "no, make it 11" keeps the day, "no, thursday" the hour."""
        day = self.day or earlier.day
        if self.hour_minute is not None:
            return Moment(datetime.combine(day, self.hour_minute))
        if isinstance(earlier.value, datetime):
            return Moment(datetime.combine(day, earlier.value.time()))
        return Moment(day)
