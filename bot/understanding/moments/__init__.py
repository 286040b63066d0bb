"""Dates, hours, periods and durations as people type them, in English and Romanian; what is unsure gives no value."""

from bot.understanding.moments.finders import (
    find_durations,
    find_moments,
    find_periods,
    find_recurrences,
    find_time_of_day,
)
from bot.understanding.moments.partial import find_partial
from bot.understanding.moments.values import Direction, Moment, PartialMoment, Period

__all__ = [
    "Direction",
    "Moment",
    "PartialMoment",
    "Period",
    "find_durations",
    "find_moments",
    "find_partial",
    "find_periods",
    "find_recurrences",
    "find_time_of_day",
]
