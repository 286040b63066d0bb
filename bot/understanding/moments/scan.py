"""Walks over a message once and cuts it into the phrases that the grammar knows."""

from functools import lru_cache

from bot.understanding.moments import (
    blocks,
    clocks,
    dayparts,
    days,
    durations,
    edges,
    offsets,
    ranges,
    recurrences,
    stretches,
    vague,
)
from bot.understanding.moments.expressions import Weekday
from bot.understanding.moments.readings import Found, Kind, Reading, Rule
from bot.understanding.moments.tokens import Line, read

# Where two rules cover the same words the earlier one is right: what is no time comes first, periods before single days.
_RULES: tuple[Rule, ...] = (
    blocks.refused,
    blocks.figures,
    blocks.deadline,
    blocks.street,
    blocks.company,
    recurrences.recurrence,
    vague.vague,
    vague.part_of,
    durations.instant,
    ranges.between,
    ranges.since,
    stretches.rolling,
    edges.nth_weekday,
    edges.edge,
    edges.week_of,
    offsets.any_day,
    stretches.calendar,
    stretches.bare_year,
    clocks.opened_range,
    clocks.prefixed,
    clocks.standing,
    clocks.before_day,
    dayparts.part,
    stretches.inactive_for,
    durations.duration,
)
_AFTER_THESE = frozenset((Kind.DAY, Kind.PART))


@lru_cache(maxsize=64)
def scan(text: str) -> tuple[Line, tuple[Reading, ...]]:
    """Give the tokens of a message and its phrases in order; they never overlap."""
    line = read(text)
    readings: list[Reading] = []
    i = 0
    while i < len(line):
        found = _best(line, i, readings)
        if found is None:
            i += 1
            continue
        end, reading = found
        end = min(max(end, i + 1), len(line))
        readings.append(reading.placed(i, end))
        i = end
    return line, tuple(readings)


def _best(line: Line, i: int, before: list[Reading]) -> Found:
    best: Found = None
    for rule in _RULES:
        found = rule(line, i)
        if found and (best is None or found[0] > best[0]):
            best = found
    if best is None and before and before[-1].kind in _AFTER_THESE:
        gap = line.tokens[before[-1].last : i]
        if all(token.word in {",", "-"} for token in gap):
            dated = days.date_after_weekday(line, i) if isinstance(before[-1].day, Weekday) else None
            return dated or clocks.bare(line, i)
    return best
