"""Chooses the moment or the stretch of days that an act is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.understanding.folding import fold
from bot.understanding.intents import LOOKS_AHEAD, LOOKS_BACK
from bot.understanding.mentions import Mention, Sheet, overlapping
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

_UNMARKED_POSSESSIVE: Final = re.compile(
    r"(?<!every )(?<!on )\b((?:to|yester)day|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day)s(?= \w)",
    re.IGNORECASE,
)
_NOW: Final = re.compile(r"(?:right |just )?now|acum|chiar acum|in acest moment|momentan")
NEEDS_NOW: Final = frozenset({"schedule_activity", "reschedule_activity", "log_activity", "inform"})
"""Elsewhere "now" only says that something is new: "she is in negotiation now"."""
_CLOSES: Final = re.compile(
    r"(?<!\w)(?:clos\w*|sign\w*|deadline|expected|estimat\w*|decision|decid\w*|by|end of|until|inchi[ds]\w*|inchei\w*|semn\w*|termen\w*|finaliz\w*|deciz\w*|pana|sfarsit\w*|push|amana)(?!\w)"
)
_OF_TIME: Final = frozenset({"time", "period", "duration", "time_of_day", "recurrence"})
_TOLD: Final = re.compile(
    r"(?<!\w)(?:said|says|told|asked|promised|wants? to|will|going to|until|zis|spus|promis|rugat|cerut|o sa|urmeaza|vrea sa|pana)(?!\w)|\w'll(?!\w)"
)
_COMMA: Final = re.compile(r"[,;:](?!\d)|(?<!mr)(?<!mrs)(?<!ms)(?<!dr)(?<!dl)(?<!dna)(?<!ing)[.!?]\s", re.IGNORECASE)
_TARGET: Final = re.compile(r"(?<!\w)(?:to|until|till|for|pe|la|pentru|in|spre)\s+")


def read_times(
    sheet: Sheet, intent: str, allowed: frozenset[str], *, names: Sequence[tuple[int, int]] = (), now: datetime
) -> PartialMoment | None:
    """Put moment or period, hour of day, rhythm and length on the sheet.

    Gives the half of the moment that was said, of a plan or a move: an hour alone lets an earlier day stand.
    """
    if not allowed & _OF_TIME:
        return None
    _read_rhythm(sheet, allowed)
    report = sheet.first("report")
    looks_back = intent in LOOKS_BACK and not (report is not None and report.value in LOOKS_AHEAD)
    direction = Direction.PAST if looks_back else Direction.FUTURE
    left = _UNMARKED_POSSESSIVE.sub(lambda match: f"{match.group(1)} ", sheet.left)
    left = re.sub(r",(?=\s*(?:at |la |ora )?\d{1,2}:\d{2}(?!\d))", " ", left)  # "thursday, 15:30" is one moment
    left = _without_names(left, names, now=now)
    left = re.sub(r"\bpt(?=\s)", "pe", left)  # "pt" is "pentru"; the same two letters long
    periods = find_periods(left, now=now, direction=direction)
    moments = find_moments(left, now=now, direction=direction)
    moment = _own_moment(sheet, intent, moments, now=now)
    partial = None
    if moment is not None and intent in {"schedule_activity", "reschedule_activity"}:
        partial = find_partial(" ".join(left[start:end] for start, end in moment.pieces), now=now)
    period = next((span for span in periods if moment is None or not overlapping(span.pieces, moment.pieces)), None)
    if moment is not None and "time" in allowed:
        sheet.take(Mention("time", moment.value.as_json(), moment.start, moment.end, "date grammar"), moment.pieces)
    elif period is not None and "period" in allowed:
        sheet.take(Mention("period", period.value.as_json(), period.start, period.end, "date grammar"), period.pieces)
    for pieces in (*(span.pieces for span in moments), *(span.pieces for span in periods)):
        sheet.blank(pieces)
    _read_length(sheet, allowed)
    return partial


def _without_names(left: str, names: Sequence[tuple[int, int]], *, now: datetime) -> str:
    """The text without names that open with a day or month: "Marți Ion", "Friday Motors SRL"."""
    for start, end in names:
        words = left[start:end].split()
        if len(words) > 1 and all(word[:1].isupper() for word in words) and find_moments(words[0], now=now):
            left = left[:start] + " " * (end - start) + left[end:]
    return left


def _read_rhythm(sheet: Sheet, allowed: frozenset[str]) -> None:
    if "recurrence" in allowed:
        for rhythm in find_recurrences(sheet.left)[:1]:
            sheet.take(Mention("recurrence", rhythm.value, rhythm.start, rhythm.end, "date grammar"), rhythm.pieces)
    if "time_of_day" in allowed:
        for hour in find_time_of_day(sheet.left)[:1]:
            sheet.take(Mention("time_of_day", hour.value, hour.start, hour.end, "date grammar"), hour.pieces)


def _read_length(sheet: Sheet, allowed: frozenset[str]) -> None:
    for length in find_durations(sheet.left):
        if "duration" in allowed and sheet.first("duration") is None:
            sheet.take(Mention("duration", length.value, length.start, length.end, "date grammar"), length.pieces)
        else:
            sheet.blank(length.pieces)


def _own_moment(sheet: Sheet, intent: str, moments: list[Span[Moment]], *, now: datetime) -> Span[Moment] | None:
    """Which of the moments is the act's; none where that is unsure."""
    if intent not in NEEDS_NOW:
        moments = [span for span in moments if not _NOW.fullmatch(fold(span.text).strip())]
    if intent == "reschedule_activity":
        return _new_moment(sheet, moments, now=now)
    if intent in {"create_opportunity", "update_opportunity"} and not _CLOSES.search(fold(sheet.text)):
        return None  # a day that is said of no closing is none of the opportunity's
    if intent == "log_activity":
        moments = [span for span in moments if _tells_when(sheet, span) and span.value.day <= now.date()]
    if intent == "schedule_activity" and len({str(span.value.value) for span in moments}) > 1:
        return None  # two moments and one plan: asked, not guessed
    return moments[0] if moments else None


def _tells_when(sheet: Sheet, span: Span[Moment]) -> bool:
    """Whether a log's moment is its own: in its first clause, or alone between commas; "…, ping him thursday" is not."""
    if _TOLD.search(fold(sheet.left[: span.start])):
        return False  # "he said he signs on friday" is of the day to come
    cut = _COMMA.search(sheet.left)
    if cut is None or span.start < cut.start():
        return True
    begin = max((match.end() for match in _COMMA.finditer(sheet.left, 0, span.start)), default=0)
    following = _COMMA.search(sheet.left, span.end)
    clause = sheet.left[begin : span.start] + sheet.left[span.end : following.start() if following else len(sheet.left)]
    return len(re.findall(r"[^\W\d_]{3,}", clause)) <= 1


def _new_moment(sheet: Sheet, moments: list[Span[Moment]], *, now: datetime) -> Span[Moment] | None:
    """The moment to move to: of several the one after "to"; where old and new day do not agree, what follows it."""
    if len(moments) > 1:
        led = [span for span in moments if _follows_target(sheet, span)]
        return led[-1] if led else moments[-1]
    if moments:
        return moments[0]
    for match in _TARGET.finditer(sheet.folded):
        found = find_moments(" " * match.start() + sheet.left[match.start() :], now=now)
        if found:
            return found[0]
    return None


def _follows_target(sheet: Sheet, span: Span[Moment]) -> bool:
    """Whether "to" stands right before the moment, or opens it."""
    return (
        re.search(_TARGET.pattern + "$", sheet.folded[: span.start]) is not None
        or _TARGET.match(sheet.folded, span.start) is not None
    )
