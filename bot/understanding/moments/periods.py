"""What a phrase says of several days, before it is known against which day it is read."""

from dataclasses import dataclass
from datetime import date, timedelta

from bot.understanding.moments.arithmetic import Setting, add_days, make_date, monday_of, month_of, move, shifted, whole
from bot.understanding.moments.expressions import CalendarDay, DayExpression, Weekday
from bot.understanding.moments.values import Direction, Period


@dataclass(frozen=True, slots=True)
class Calendar:
    """This, last or next week, month, quarter or year."""

    unit: str
    shift: int

    def resolve(self, setting: Setting) -> Period | None:
        """Give the calendar unit."""
        return shifted(self.unit, setting.today, self.shift)


@dataclass(frozen=True, slots=True)
class Weekend:
    """A Saturday and Sunday; `week` as for a weekday."""

    week: int | None = None

    def resolve(self, setting: Setting) -> Period | None:
        """Give both days; a weekend that is running counts as the nearest when looking ahead."""
        week = self.week
        if week is None:
            if setting.past and setting.today.weekday() >= 5:
                return None
            week = -1 if setting.past else 0
        saturday = add_days(monday_of(setting.today), 7 * week + 5)
        return Period(saturday, saturday + timedelta(days=1)) if saturday else None


@dataclass(frozen=True, slots=True)
class Rolling:
    """The last or next so many units, to or from today."""

    unit: str
    by: int

    def resolve(self, setting: Setting) -> Period | None:
        """Run from the same day so long ago (or the month's last) to today, or ahead likewise."""
        other = move(setting.today, self.unit, self.by)
        if other is None or self.by == 0:
            return None
        return Period(min(other, setting.today), max(other, setting.today))


@dataclass(frozen=True, slots=True)
class Months:
    """One named month or a run of months within a year: October, the third quarter, the year itself."""

    month: int
    count: int = 1
    year: int | None = None
    year_shift: int | None = None

    def resolve(self, setting: Setting) -> Period | None:
        """Take the running one, else the nearest in the direction of the talk."""
        year = setting.today.year
        if self.year is not None or self.year_shift is not None:
            return month_of(self.year or year + (self.year_shift or 0), self.month, self.count)
        this = month_of(year, self.month, self.count)
        if this is None:
            return None
        if setting.past and this.first > setting.today:
            return month_of(year - 1, self.month, self.count)
        if not setting.past and this.last < setting.today:
            return month_of(year + 1, self.month, self.count)
        return this


@dataclass(frozen=True, slots=True)
class AgreedMonth:
    """Such as "next March", "last October": sure only where the nearest one is also that of next or last year."""

    month: int
    shift: int

    def resolve(self, setting: Setting) -> Period | None:
        """Give the month on which both readings agree."""
        month = setting.today.month
        agreed = self.month < month if self.shift > 0 else self.month > month
        return month_of(setting.today.year + self.shift, self.month) if agreed and self.shift else None


@dataclass(frozen=True, slots=True)
class WeekOf:
    """The week around a day: "the week of 30 november"."""

    day: DayExpression

    def resolve(self, setting: Setting) -> Period | None:
        """Give Monday to Sunday."""
        day = self.day.resolve(setting, None)
        return whole("week", day) if day else None


NamedStretch = Calendar | Weekend | Months | AgreedMonth


@dataclass(frozen=True, slots=True)
class Since:
    """From a day to today; from the first day of a stretch: "since monday", "since October", "year to date"."""

    start: DayExpression | NamedStretch

    def resolve(self, setting: Setting) -> Period | None:
        """Look back for the start, whatever the direction of the talk."""
        first = start_of(self.start, setting)
        return Period(first, setting.today) if first and first <= setting.today else None


def start_of(start: DayExpression | NamedStretch, setting: Setting) -> date | None:
    """Give the first day of what was named, looking back from today."""
    back = Setting(now=setting.now, direction=Direction.PAST, zone=setting.zone)
    if isinstance(start, NamedStretch):
        period = start.resolve(back)
        return period.first if period else None
    return start.resolve(back, None)


@dataclass(frozen=True, slots=True)
class Between:
    """From one day to another, both included; what the first leaves out is taken from the second ("1-15 november")."""

    first: DayExpression
    last: DayExpression

    def resolve(self, setting: Setting) -> Period | None:
        """Give a stretch in the right order, ahead or behind as the talk runs."""
        first, last = self.first, self.last
        if isinstance(first, Weekday) and isinstance(last, Weekday) and first.week is None and last.week is None:
            return self._weekdays(setting, first.number, last.number)
        if isinstance(first, CalendarDay) and isinstance(last, CalendarDay):
            return self._dates(setting, first, last)
        start, end = first.resolve(setting, None), last.resolve(setting, None)
        if start is None or end is None or not 0 <= (end - start).days <= 1100:
            return None
        return Period(start, end)

    @staticmethod
    def _weekdays(setting: Setting, first: int, last: int) -> Period | None:
        length = (last - first) % 7
        if length == 0 or (setting.today.weekday() - first) % 7 <= length:
            # Today lies inside: this run or the next one, nobody can tell.
            return None
        start = Weekday(first).resolve(setting, None)
        return Period(start, start + timedelta(days=length)) if start else None

    @staticmethod
    def _dates(setting: Setting, first: CalendarDay, last: CalendarDay) -> Period | None:
        today = setting.today
        if first.month is None and first.month_shift is None:
            if last.month is None and last.month_shift is None:
                month = today.month if last.day >= today.day or setting.past else today.month % 12 + 1
                year = today.year + (month < today.month)
                start, end = make_date(year, month, first.day), make_date(year, month, last.day)
                return Period(start, end) if start and end and start < end else None
            first = CalendarDay(first.day, last.month, last.year, last.month_shift, last.year_shift)
        anchored = last.year is not None or last.year_shift is not None or last.month_shift is not None
        if anchored:
            end = last.resolve(setting, None)
        elif last.month is not None:
            # A running stretch counts for both directions, so plans are held by its end and logs by its start.
            end = make_date(today.year, last.month, last.day)
            if end and not setting.past and end < today:
                end = make_date(today.year + 1, last.month, last.day)
            begin = make_date(today.year, first.month or last.month, first.day)
            if end and setting.past and begin and begin > today and begin <= end:
                end = make_date(today.year - 1, last.month, last.day)
        else:
            return None
        if end is None:
            return None
        if first.year is not None or first.year_shift is not None or first.month_shift is not None:
            start = first.resolve(setting, None)
        else:
            start = make_date(end.year, first.month or end.month, first.day)
            if start and start > end:
                start = make_date(end.year - 1, first.month or end.month, first.day)
        return Period(start, end) if start and start < end and (end - start).days <= 1100 else None


@dataclass(frozen=True, slots=True)
class MonthRun:
    """From one named month to another: "october to december", "din octombrie până în decembrie"."""

    first: int
    last: int
    year: int | None = None

    def resolve(self, setting: Setting) -> Period | None:
        """Take the running one, else the nearest in the direction of the talk."""
        count = (self.last - self.first) % 12 + 1
        if self.year is not None:
            return month_of(self.year, self.first, count) if self.first <= self.last else None
        if self.first > self.last and setting.past and setting.today.month <= self.last:
            return month_of(setting.today.year - 1, self.first, count)
        return Months(self.first, count).resolve(setting)
