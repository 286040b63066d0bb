"""Cuts a message where a new act may begin; a pure function of the text, so it runs before the model is asked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from bot.understanding.folding import fold
from bot.understanding.lexicon import read_toml

MAX_CLAUSES: Final = 6
"""More starts than this in one message are a text; the last clause takes the rest."""

SHORTEST_REASON: Final = 3
_SEPARATOR: Final = re.compile(
    r"(?P<strong>\s*\n+\s*|\s*;\s*|(?<!\b[a-z])(?<!\bdl)(?<!\bmr)(?<!\bdna)(?<!\bmrs)(?<!\bms)(?<!\bstr)(?<!\bnr)[.!?]+\s+"
    r"|[\s,]+(?:and then|then|after that|and also|si apoi|apoi|dupa aceea|dupa care|pe urma)[\s,]+)"
    r"|(?P<bare>(?<!\bto)(?<!\bsa)(?<!'ll)(?<!\bwill)(?<!\bde)(?<!\band)(?<!\bsi)\s+"
    r"(?=(?:revin|follow[ -]?up|remind me|aminteste-mi|adu-mi aminte)(?!\w)))"
    r"|(?P<colon>:\s+(?:(?:so|please|te rog)\s+)?)"
    r"|(?P<comma>\s*,\s*(?:(?:and|si|iar|but|dar|also|plus)\s+)?)"
    r"|(?P<word>\s+(?:and|si|iar|but|dar|also|plus|so|asa ca|deci|&|\+)\s+|\s+[-]\s+|\s*\+\s+(?=[a-z]))"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of the message that may be an act; `strong` tells that a full stop or "then" stands before it."""

    start: int
    end: int
    strong: bool = False
    after_colon: bool = False


@cache
def _cues() -> dict[str, Any]:
    return read_toml("cues")


@cache
def _pattern(name: str) -> re.Pattern[str]:
    source = _cues()[name]
    return re.compile(source if isinstance(source, str) else "|".join(f"(?:{item})" for item in source))


def body(text: str) -> tuple[int, int]:
    """Where the request stands once greetings and thanks around it are left out; all of it where nothing else is said."""
    folded = fold(text)
    start, end = _trimmed(folded, 0, len(folded))
    first, last = start, end
    while (match := _pattern("courtesy_before").match(folded, first, last)) and match.end() > first:
        first = match.end()
    while (found := _pattern("courtesy_after").search(folded, first, last)) and found.start() > first:
        last = found.start()
    first, last = _trimmed(folded, first, last)
    return (first, last) if first < last else (start, end)


def clauses(text: str) -> list[Clause]:
    """The message's clauses, each from one start of an act to the next."""
    folded = fold(text)
    start, end = body(text)
    found = [Clause(start, end)]
    for match in _SEPARATOR.finditer(folded, start, end):
        begin = match.end()
        last = found[-1]
        if begin >= end or match.start() <= last.start or len(found) >= MAX_CLAUSES:
            continue
        connector = _pattern("connector").match(folded, begin, end)
        begin = connector.end() if connector else begin
        strong = match.group("strong") is not None
        if match.group("colon") and len(folded[last.start : match.start()].split()) < SHORTEST_REASON:
            continue  # "note:", "urgent:", "call with Acme:" open what follows
        if not (strong or _starts_act(folded, begin, end)) or _open_ended(folded, last.start, match):
            continue
        first, stop = _trimmed(folded, last.start, match.start())
        found[-1] = Clause(first, stop, last.strong, last.after_colon)
        found.append(Clause(begin, end, strong, match.group("colon") is not None))
    return found


def candidates(text: str) -> list[str]:
    """Every text that the model is asked about: each run of neighbouring clauses, and the message without courtesies."""
    parts = clauses(text)
    runs = {text[parts[i].start : parts[j].end] for i in range(len(parts)) for j in range(i, len(parts))}
    return sorted(run for run in runs if run)


def _starts_act(folded: str, begin: int, end: int) -> bool:
    return (
        _pattern("acts").match(folded, begin, end) is not None
        or _pattern("nouns").match(folded, begin, end) is not None
    )


def _open_ended(folded: str, start: int, separator: re.Match[str]) -> bool:
    """Whether "remind me to call Ana and send …" goes on: a plain "and" does not end a reminder's list of things to do."""
    return (
        separator.group("word") is not None
        and _pattern("open_ended").search(folded, start, separator.start()) is not None
    )


def _trimmed(folded: str, start: int, end: int) -> tuple[int, int]:
    while start < end and folded[start] in " \n\r,;.!-":
        start += 1
    while end > start and folded[end - 1] in " \n\r,;!-":
        end -= 1
    return start, end
