"""What a phrase says of one day, before it is known against which day it is read."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Protocol

from bot.understanding.moments.arithmetic import Setting, add_days, make_date, monday_of, move, shifted
from bot.understanding.moments.values import Direction, Period


class DayExpression(Protocol):
    """A phrase that names one day."""

    def resolve(self, setting: Setting, clock: time | None) -> date | None:
        """Give the day, or nothing where it cannot be told."""


class StretchExpression(Protocol):
    """A phrase that names several days."""

    def resolve(self, setting: Setting) -> Period | None:
        """Give the first and last day, or nothing where they cannot be told."""


@dataclass(frozen=True, slots=True)
class Shift:
    """So many units from today: "tomorrow", "in 3 weeks", "2 months ago"."""

    unit: str
    by: int
    # "In 3 months" looks ahead in a plan; in a report it may mean the last three.
    ahead_only: bool = False

    def resolve(self, setting: Setting, clock: time | None) -> date | None:  # noqa: ARG002
        """Count from today."""
        if self.ahead_only and setting.past:
            return None
        return move(setting.today, self.unit, self.by)


@dataclass(frozen=True, slots=True)
class Weekday:
    """A weekday; `week` is the calendar week it is said to lie in (0 this one), none for the nearest one."""

    number: int
    week: int | None = None

    def resolve(self, setting: Setting, clock: time | None) -> date | None:
        """Take today only when its hour still lies in the direction of the talk."""
        if self.week is None:
            ahead = (
                setting.today.weekday() - self.number if setting.past else self.number - setting.today.weekday()
            ) % 7
            if ahead == 0 and not setting.lies_ahead(setting.today, clock):
                ahead = 7
            return add_days(setting.today, -ahead if setting.past else ahead)
        day = add_days(monday_of(setting.today), 7 * self.week + self.number)
        if day is None:
            return None
        if self.week == 0:
            return self._of_this_week(setting, day, clock)
        if self.week == -1 and (setting.today - day).days > 7:
            # "Last Monday" said on a Thursday: three days ago to some, ten to others.
            return None
        return day

    def _of_this_week(self, setting: Setting, day: date, clock: time | None) -> date | None:
        if day == setting.today:
            return day if clock is None or setting.lies_ahead(day, clock) else None
        return day if (day < setting.today) == setting.past else None


@dataclass(frozen=True, slots=True)
class WeekdayOfWeek:
    """A weekday of a week that is itself named: "friday next week"."""

    number: int
    week: int

    def resolve(self, setting: Setting, clock: time | None) -> date | None:  # noqa: ARG002
        """Count from this week's Monday."""
        return add_days(monday_of(setting.today), 7 * self.week + self.number)


@dataclass(frozen=True, slots=True)
class NextOrComing:
    """A weekday said in a way that means the nearest one to some and next week's to others: it needs both to agree."""

    number: int

    def resolve(self, setting: Setting, clock: time | None) -> date | None:
        """Give the day on which both readings agree."""
        nearest = Weekday(self.number).resolve(setting, clock)
        return nearest if nearest == WeekdayOfWeek(self.number, 1).resolve(setting, clock) else None


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day of a month; what was not said is the nearest in the direction of the talk."""

    day: int
    month: int | None = None
    year: int | None = None
    month_shift: int | None = None
    year_shift: int | None = None

    def resolve(self, setting: Setting, clock: time | None) -> date | None:
        """Give the date; today's own is sure only with its year or an hour that fits."""
        today = setting.today
        if self.month_shift is not None:
            month = shifted("month", today, self.month_shift)
            return make_date(month.first.year, month.first.month, self.day) if month else None
        if self.month is None:
            return self._of_nearest_month(setting, clock)
        if self.year is not None or self.year_shift is not None:
            return make_date(self.year or today.year + (self.year_shift or 0), self.month, self.day)
        if (self.month, self.day) == (today.month, today.day):
            return today if setting.lies_ahead(today, clock) else None
        gone = (self.month, self.day) < (today.month, today.day)
        years = (0 if gone else -1) if setting.past else (1 if gone else 0)
        return make_date(today.year + years, self.month, self.day)

    def _of_nearest_month(self, setting: Setting, clock: time | None) -> date | None:
        today = setting.today
        if self.day == today.day:
            return today if setting.lies_ahead(today, clock) else None
        gone = self.day < today.day
        months = (0 if gone else -1) if setting.past else (1 if gone else 0)
        month = shifted("month", today, months)
        return make_date(month.first.year, month.first.month, self.day) if month else None


@dataclass(frozen=True, slots=True)
class EdgeOf:
    """The first or last day of a stretch: "end of the month"; `weekday` picks the first or last one of its kind."""

    stretch: StretchExpression
    last: bool = True
    weekday: int | None = None
    nth: int = 1

    def resolve(self, setting: Setting, clock: time | None) -> date | None:  # noqa: ARG002
        """Give the day at the edge of the stretch."""
        period = self.stretch.resolve(setting)
        if period is None:
            return None
        if self.weekday is None:
            return period.last if self.last else period.first
        if self.last:
            return period.last - timedelta(days=(period.last.weekday() - self.weekday) % 7)
        day = period.first + timedelta(days=(self.weekday - period.first.weekday()) % 7 + 7 * (self.nth - 1))
        return day if day <= period.last else None


@dataclass(frozen=True, slots=True)
class From:
    """So many units from another day: "a week from friday"; `plain` weekdays are not sure on their own day."""

    base: DayExpression
    unit: str
    by: int

    def resolve(self, setting: Setting, clock: time | None) -> date | None:  # noqa: ARG002
        """Count from the day named."""
        if isinstance(self.base, Weekday) and self.base.number == setting.today.weekday():
            return None
        ahead = Setting(now=setting.now, direction=Direction.FUTURE, zone=setting.zone)
        day = self.base.resolve(ahead, None)
        return move(day, self.unit, self.by) if day else None


@dataclass(frozen=True, slots=True)
class Unsure:
    """A day that was meant and cannot be told: "early March", "friday or monday"."""

    def resolve(self, setting: Setting, clock: time | None) -> date | None:  # noqa: ARG002
        """Give nothing."""
        return None
