"""What the rest of the software asks: the moments, periods, hours, lengths and rhythms of a message."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import TypeVar

from bot.understanding.moments.arithmetic import Setting
from bot.understanding.moments.clusters import Cluster, compose
from bot.understanding.moments.readings import Clock, Kind, Reading
from bot.understanding.moments.resolve import day_of, hour_meant, moment_of
from bot.understanding.moments.scan import scan
from bot.understanding.moments.tokens import Line
from bot.understanding.moments.typos import nearly_a_day
from bot.understanding.moments.values import Direction, Moment, Period
from bot.understanding.moments.wordlist import wordset
from bot.understanding.spans import Span

T = TypeVar("T")

# Belongs to the phrase after it, and to nothing else once that is taken out.
_LEADING = wordset("on pe by until till pana")


def _setting(now: datetime, direction: Direction) -> Setting:
    return Setting(now=now.replace(tzinfo=None), direction=direction, zone=now.tzinfo)


def _span(line: Line, readings: Iterable[Reading], value: T) -> Span[T]:
    pieces = []
    for reading in sorted(readings, key=lambda reading: reading.first):
        first = reading.first - 1 if line.word(reading.first - 1) in _LEADING else reading.first
        pieces.append(line.place(first, reading.last))
    start, end = pieces[0][0], max(piece[1] for piece in pieces)
    return Span(start, end, value, line.text[start:end], tuple(pieces))


def find_moments(text: str, *, now: datetime, direction: Direction = Direction.FUTURE) -> list[Span[Moment]]:
    """Give the days and minutes that a message names, in its order, local to the agent.

    `now` is the agent's local time, naive, or aware in the agent's zone; then lengths run through changes of the clocks.
    What is vague, impossible or contradictory gives no value.
    """
    setting = _setting(now, direction)
    composed = compose(text)
    dated = {id(cluster): _day(cluster, setting) for cluster in composed.clusters if cluster.days}
    spans = []
    for cluster in composed.clusters:
        if not cluster.days and cluster.timed and _beside_a_mistyped_day(composed.line, cluster.readings):
            continue
        if not cluster.days and cluster.instant is None and _leans_on_another(cluster, dated.values(), setting):
            continue
        moment = moment_of(cluster, setting)
        if moment is not None:
            spans.append(_span(composed.line, cluster.readings, moment))
    return sorted(spans, key=lambda span: span.start)


def _day(cluster: Cluster, setting: Setting) -> datetime | None:
    hour = hour_meant(cluster.clock, cluster.part, day_named=True)
    day = day_of(cluster.days, setting, hour)
    return datetime.combine(day, time()) if day else None


def _beside_a_mistyped_day(line: Line, readings: Iterable[Reading]) -> bool:
    """Tell whether a word right before or after may be a day that was typed too badly: then the rest says too little."""
    return any(
        line.word(i).isalpha() and not line.capital(i) and nearly_a_day(line.word(i))
        for reading in readings
        for i in (reading.first - 1, reading.last)
    )


def _leans_on_another(cluster: Cluster, days: Iterable[datetime | None], setting: Setting) -> bool:
    """Tell whether an hour may belong to a later day that another act of the message names."""
    return cluster.timed and any(day is None or day.date() > setting.today for day in days)


def find_periods(text: str, *, now: datetime, direction: Direction = Direction.FUTURE) -> list[Span[Period]]:
    """Give the stretches of several days that a message names, in its order, both days included."""
    setting = _setting(now, direction)
    composed = compose(text)
    spans = []
    for reading in composed.stretches:
        if reading.stretch is None or (reading.kind is Kind.DURATION and not setting.past):
            continue
        period = reading.stretch.resolve(setting)
        if _beside_a_mistyped_day(composed.line, [reading]):
            continue
        if period is not None:
            spans.append(_span(composed.line, [reading], period))
    return spans


def find_time_of_day(text: str) -> list[Span[str]]:
    """Give the hours that a preference names ("07:30"); without am or pm the morning is meant, from six on."""
    line, readings = scan(text)
    spans = []
    for place, reading in enumerate(readings):
        if reading.kind not in {Kind.CLOCK, Kind.PART} and not (reading.kind is Kind.DAY and reading.part):
            continue
        beside = [other for other in readings[max(0, place - 1) : place + 2] if other.part and other is not reading]
        clocked = [other for other in readings[max(0, place - 1) : place + 2] if other.clock and other is not reading]
        if reading.clock is None and clocked:
            continue
        hour = _preferred(reading.clock, beside[0].part if beside else reading.part)
        if hour is not None:
            spans.append(_span(line, [reading], f"{hour:%H:%M}"))
    return spans


def _preferred(clock: Clock | None, part: str | None) -> time | None:
    if clock is None or part is not None:
        return hour_meant(clock, part, day_named=True)
    if clock.sure or clock.hour >= 6:
        return time(clock.hour, clock.minute)
    return None


def find_durations(text: str) -> list[Span[int]]:
    """Give the lengths of time that a message names, in minutes; "from 10 to 11" is one too."""
    line, readings = scan(text)
    spans = []
    for reading in readings:
        if reading.kind is Kind.DURATION and reading.minutes:
            spans.append(_span(line, [reading], reading.minutes))
        elif reading.clock and reading.until:
            minutes = _between(reading.clock, reading.until)
            if minutes:
                spans.append(_span(line, [reading], minutes))
    return spans


def _between(clock: Clock, until: Clock) -> int | None:
    minutes = until.hour * 60 + until.minute - clock.hour * 60 - clock.minute
    if minutes < 0 and not until.sure and until.hour <= 12:
        minutes += 720
    return minutes if 0 < minutes <= 720 else None


def find_recurrences(text: str) -> list[Span[str]]:
    """Give the rhythms that the software keeps: "daily", "monthly", or a weekday's English name."""
    line, readings = scan(text)
    return [_span(line, [reading], reading.recurrence) for reading in readings if reading.recurrence]
