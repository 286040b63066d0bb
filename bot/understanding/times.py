"""Chooses the moment or the stretch of days that an act is about."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from bot.understanding.intents import LOOKS_BACK
from bot.understanding.mentions import Mention, Sheet
from bot.understanding.moments import (
    Direction,
    Moment,
    PartialMoment,
    find_durations,
    find_moments,
    find_partial,
    find_periods,
    find_recurrences,
    find_time_of_day,
)
from bot.understanding.spans import Span

_TARGET: Final = re.compile(r"(?<!\w)(?:to|until|till|for|pe|la|pentru|in|spre)\s+")


def read_times(sheet: Sheet, intent: str, allowed: frozenset[str], *, now: datetime) -> PartialMoment | None:
    """Put moment, period, hour of day, rhythm and length on the sheet; give a rescheduling's own half of a moment."""
    if "recurrence" in allowed:
        for rhythm in find_recurrences(sheet.left)[:1]:
            sheet.take(Mention("recurrence", rhythm.value, rhythm.start, rhythm.end, "date grammar"), rhythm.pieces)
    if "time_of_day" in allowed:
        for hour in find_time_of_day(sheet.left)[:1]:
            sheet.take(Mention("time_of_day", hour.value, hour.start, hour.end, "date grammar"), hour.pieces)
    partial = None
    direction = Direction.PAST if intent in LOOKS_BACK else Direction.FUTURE
    periods = find_periods(sheet.left, now=now, direction=direction)
    moments = find_moments(sheet.left, now=now, direction=direction)
    if intent == "reschedule_activity":
        moments, partial = _new_moment(sheet, moments, now=now)
    moment = moments[0] if moments else None
    period = next((span for span in periods if moment is None or not span.overlaps(moment)), None)
    if moment is not None and "time" in allowed:
        sheet.take(Mention("time", moment.value.as_json(), moment.start, moment.end, "date grammar"), moment.pieces)
    elif period is not None and "period" in allowed:
        sheet.take(Mention("period", period.value.as_json(), period.start, period.end, "date grammar"), period.pieces)
    for other in (*moments, *periods):
        sheet.blank(other.pieces)
    for length in find_durations(sheet.left):
        if "duration" in allowed and sheet.first("duration") is None:
            sheet.take(Mention("duration", length.value, length.start, length.end, "date grammar"), length.pieces)
        else:
            sheet.blank(length.pieces)
    return partial


def _new_moment(
    sheet: Sheet, moments: list[Span[Moment]], *, now: datetime
) -> tuple[list[Span[Moment]], PartialMoment | None]:
    """The moment to move to: what stands after the last "to", not the old day that names the activity."""
    for match in reversed(list(_TARGET.finditer(sheet.folded))):
        lead = " " * match.start()
        tail = lead + sheet.left[match.start() :]
        found = find_moments(tail, now=now)
        if not found:
            found = find_moments(" " * match.end() + sheet.left[match.end() :], now=now)
        if found:
            last = found[-1]
            return [last, *moments], find_partial(sheet.left[last.start : last.end], now=now)
    return moments, None
