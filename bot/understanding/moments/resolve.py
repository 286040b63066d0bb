"""Turns composed phrases into moments: the hour that was meant, then the day it falls on."""

from datetime import UTC, date, datetime, time, timedelta

from bot.understanding.moments.arithmetic import Setting
from bot.understanding.moments.clusters import Cluster
from bot.understanding.moments.expressions import DayExpression, Weekday, WeekdayOfWeek
from bot.understanding.moments.readings import Clock
from bot.understanding.moments.values import Moment
from bot.understanding.moments.words import AFTERNOON, EVENING, MORNING, NIGHT, NOON, PART_HOURS, PART_OVER


def hour_meant(clock: Clock | None, part: str | None, *, day_named: bool) -> time | None:
    """Give the hour; none where the part of the day contradicts it or nothing decides."""
    if clock is None:
        # Night alone names no hour; it only tells which nine o'clock.
        return PART_HOURS.get(part) if part else None
    if part:
        return _within_part(clock, part)
    readings = clock.readings()
    if len(readings) == 2:
        # Eight o'clock: both ends of the working day.
        return readings[0] if day_named else None
    return readings[0] if readings else None


_PART_BOUNDS = {MORNING: (0, 11), NOON: (11, 14), AFTERNOON: (12, 19), EVENING: (16, 23), NIGHT: (18, 23)}


def _within_part(clock: Clock, part: str) -> time | None:
    first, last = _PART_BOUNDS[part]
    hours = (clock.hour,) if clock.sure or clock.hour > 12 else (clock.hour % 12, clock.hour % 12 + 12)
    fitting = [hour for hour in hours if first <= hour <= last]
    if part == MORNING and clock.hour == 12:
        return None
    return time(fitting[0], clock.minute) if len(fitting) == 1 else None


def moment_of(cluster: Cluster, setting: Setting) -> Moment | None:
    """Give the moment of a cluster, or nothing."""
    if cluster.unsure or cluster.recurrence:
        return None
    if cluster.instant is not None:
        return Moment(_minutes_on(setting, cluster.instant))
    if not cluster.days:
        return _without_day(cluster, setting)
    if not cluster.timed:
        day = day_of(cluster.days, setting, None)
        return Moment(day) if day else None
    if (
        cluster.clock
        and cluster.clock.bare
        and not cluster.part
        and _may_be_date(cluster.clock.hour, cluster.days, setting)
    ):
        return None
    hour = hour_meant(cluster.clock, cluster.part, day_named=True)
    day = day_of(cluster.days, setting, hour) if hour else None
    if hour is None or day is None:
        return None
    if cluster.parted and day < setting.today and not setting.past:
        return None
    if day == setting.today and not setting.lies_ahead(day, hour):
        # "This morning" of a plan when it is noon, "today at 8" in the afternoon: something else was meant.
        open_hour = cluster.clock is None or (not setting.past and not cluster.clock.sure and not cluster.part)
        if open_hour:
            return None
    return _existing(datetime.combine(day, hour), setting)


def _may_be_date(number: int, days: list[DayExpression], setting: Setting) -> bool:
    """Tell whether "friday 4" may be the coming Friday's own date, and not four o'clock."""
    nearest = [day.resolve(setting, time(number)) for day in days if isinstance(day, Weekday) and number <= 23]
    return any(day is not None and day.day == number for day in nearest)


def day_of(days: list[DayExpression], setting: Setting, clock: time | None) -> date | None:
    """Give the day that all expressions agree on; a weekday beside a date only confirms it."""
    firm = [day for day in days if not isinstance(day, Weekday | WeekdayOfWeek)]
    confirming = [day.number for day in days if isinstance(day, Weekday | WeekdayOfWeek)]
    if not firm:
        resolved = {day.resolve(setting, clock) for day in days}
        return resolved.pop() if len(resolved) == 1 else None
    resolved = {day.resolve(setting, clock) for day in firm}
    day = resolved.pop() if len(resolved) == 1 else None
    return day if day and all(day.weekday() == number for number in confirming) else None


def _without_day(cluster: Cluster, setting: Setting) -> Moment | None:
    hour = hour_meant(cluster.clock, cluster.part, day_named=False)
    if hour is None:
        return None
    today = setting.today
    if setting.lies_ahead(today, hour):
        return _existing(datetime.combine(today, hour), setting)
    if cluster.clock is None and not setting.past and setting.now.time() < PART_OVER[cluster.part or NOON]:
        # The part is running: later today or tomorrow, nobody can tell.
        return None
    if cluster.clock is None and setting.past:
        return None
    return _existing(datetime.combine(today + timedelta(days=-1 if setting.past else 1), hour), setting)


def _minutes_on(setting: Setting, minutes: int) -> datetime:
    now = setting.now.replace(second=0, microsecond=0)
    if setting.zone is None:
        return now + timedelta(minutes=minutes)
    # Two hours are two hours through a change of the clocks too.
    there = now.replace(tzinfo=setting.zone, fold=setting.now.fold).astimezone(UTC) + timedelta(minutes=minutes)
    return there.astimezone(setting.zone).replace(tzinfo=None)


def _existing(moment: datetime, setting: Setting) -> Moment | None:
    """Refuse an hour that the spring's change of the clocks leaves out."""
    if setting.zone is not None:
        back = moment.replace(tzinfo=setting.zone).astimezone(UTC).astimezone(setting.zone).replace(tzinfo=None)
        if back != moment:
            return None
    return Moment(moment)
