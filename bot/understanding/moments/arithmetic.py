"""Calendar arithmetic that the resolution of days and periods shares."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from bot.understanding.moments.values import Direction, Period


@dataclass(frozen=True, slots=True)
class Setting:
    """What a phrase is read against: the agent's local minute (naive), the zone where known, and the direction."""

    now: datetime
    direction: Direction
    zone: tzinfo | None = None

    @property
    def today(self) -> date:
        """Give the agent's day."""
        return self.now.date()

    @property
    def past(self) -> bool:
        """Tell whether days point back, as in logs and reports."""
        return self.direction is Direction.PAST

    def lies_ahead(self, day: date, clock: time | None) -> bool:
        """Tell whether an hour of a day fits the direction: still to come for plans, gone by for logs."""
        if clock is None:
            return False
        moment = datetime.combine(day, clock)
        return moment <= self.now if self.past else moment > self.now


def make_date(year: int, month: int, day: int) -> date | None:
    """Give the date, or nothing where the calendar has none or it is out of any use."""
    if not (1990 <= year <= 2099 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return date(year, month, day)


def add_days(day: date, days: int) -> date | None:
    """Give the day so many days on, within the years of use."""
    if abs(days) > 40_000:
        return None
    return make_date(*(day + timedelta(days=days)).timetuple()[:3])


def add_months(day: date, months: int) -> date | None:
    """Give the same day so many months on, or that month's last."""
    if abs(months) > 1_300:
        return None
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1990 <= year <= 2099:
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def monday_of(day: date) -> date:
    """Give the Monday that begins the day's week."""
    return day - timedelta(days=day.weekday())


def month_of(year: int, month: int, months: int = 1) -> Period | None:
    """Give `months` whole months from the first of one."""
    first = make_date(year, month, 1)
    after = add_months(first, months) if first else None
    return Period(first, after - timedelta(days=1)) if first and after else None


def whole(unit: str, day: date) -> Period | None:
    """Give the calendar week, month, quarter or year that a day lies in."""
    if unit == "week":
        return Period(monday_of(day), monday_of(day) + timedelta(days=6))
    if unit == "month":
        return month_of(day.year, day.month)
    if unit == "quarter":
        return month_of(day.year, (day.month - 1) // 3 * 3 + 1, 3)
    return month_of(day.year, 1, 12)


def shifted(unit: str, day: date, shift: int) -> Period | None:
    """Give the calendar unit that lies `shift` units from the day's own."""
    moved = add_days(day, 7 * shift) if unit == "week" else None
    if unit != "week":
        own = whole(unit, day)
        moved = add_months(own.first, shift * {"month": 1, "quarter": 3, "year": 12}[unit]) if own else None
    return whole(unit, moved) if moved else None


def move(day: date, unit: str, by: int) -> date | None:
    """Give the day so many days, weeks, months, quarters or years on."""
    if unit == "day":
        return add_days(day, by)
    if unit == "week":
        return add_days(day, 7 * by)
    return add_months(day, by * {"month": 1, "quarter": 3, "year": 12}[unit])
