"""Dates, hours, periods and durations as people type them, in English and Romanian; what is unsure gives no value."""

from datetime import datetime

from bot.understanding.moments.values import Direction, Moment, PartialMoment, Period
from bot.understanding.spans import Span

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


def find_moments(text: str, *, now: datetime, direction: Direction = Direction.FUTURE) -> list[Span[Moment]]:
    return []


def find_periods(text: str, *, now: datetime, direction: Direction = Direction.FUTURE) -> list[Span[Period]]:
    return []


def find_partial(text: str, *, now: datetime) -> PartialMoment:
    return PartialMoment()


def find_time_of_day(text: str) -> list[Span[str]]:
    return []


def find_durations(text: str) -> list[Span[int]]:
    return []


def find_recurrences(text: str) -> list[Span[str]]:
    return []
