"""Cuts a message where a new act may begin; a pure function of the text, so it runs before the model is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

from bot.understanding.folding import fold
from bot.understanding.lexicon import read_toml
from bot.understanding.vehicles import find_models

MAX_CLAUSES: Final = 6
"""More starts than this in one message are a text; the last clause takes the rest."""

SHORTEST_REASON: Final = 3
SHORTEST_LEAD: Final = 8
"""Characters that an act needs before another may follow it without a separator."""
LOOK_BEHIND: Final = 24
WISH_REACH: Final = 20
_TAKES: Final = re.compile(r"(?:please |te rog )?(?:take|grab|ia|iei|preia|luati)(?:-[lo]|-i)?\s")
_GIVES: Final = re.compile(
    r"(?:give|hand|pass|assign|transfer) (?:it|them|him|her) (?:over )?to\s|(?:da|treci|trece|preda|transfera|muta)-(?:[loi]|le)\s"
)
_SEPARATOR: Final = re.compile(
    r"(?P<strong>\s*\n+\s*|\s*;\s*|(?<!\b[a-z])(?<!\bdl)(?<!\bdr)(?<!\bing)(?<!\bprof)(?<!\bmr)(?<!\bdna)(?<!\bmrs)(?<!\bms)(?<!\bstr)(?<!\bnr)[.!?]+\s+"
    r"|[\s,]+(?:and then|then|after that|and also|si apoi|apoi|si dupa aceea|si dupa aia|dupa aia|and afterwards|and after that|dupa aceea|dupa care|pe urma)[\s,]+)"
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
    run_on: bool = False
    """Nothing parts it from the clause before: it stands alone only where that is sure."""


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
    if _pattern("courtesy_alone").fullmatch(folded, first, last):
        return start, end
    return (first, last) if first < last else (start, end)


def clauses(text: str) -> list[Clause]:
    """The message's clauses, each from one start of an act to the next."""
    folded = fold(text)
    start, end = body(text)
    found = [Clause(start, end)]
    for match in sorted([*_SEPARATOR.finditer(folded, start, end), *_run_ons(folded, start, end)], key=re.Match.start):
        begin = match.end()
        last = found[-1]
        if begin >= end or match.start() <= last.start or len(found) >= MAX_CLAUSES:
            continue
        connector = _pattern("connector").match(folded, begin, end)
        begin = connector.end() if connector else begin
        strong = bool(match.groupdict().get("strong"))
        run_on = match.re is not _SEPARATOR
        if run_on and not _may_run_on(folded[last.start : match.start()]):
            continue
        if not strong and _takes_and_gives(folded, last.start, match.start(), begin):
            continue
        if not strong and _pattern("lone_verb").fullmatch(folded, last.start, match.start()):
            continue
        if match.groupdict().get("colon") and len(folded[last.start : match.start()].split()) < SHORTEST_REASON:
            continue  # "note:", "urgent:", "call with Acme:" open what follows
        if not (strong or run_on or _starts_act(folded, begin, end)) or _open_ended(folded, last.start, match):
            continue
        first, stop = _trimmed(folded, last.start, match.start())
        found[-1] = replace(last, start=first, end=stop)
        found.append(Clause(begin, end, strong, bool(match.groupdict().get("colon")), run_on))
    return found


def _takes_and_gives(folded: str, start: int, stop: int, begin: int) -> bool:
    """Whether "take Ene from Radu" goes on with "and give him to Ana": one hand-over."""
    return _TAKES.match(folded, start, stop) is not None and _GIVES.match(folded, begin) is not None


def _may_run_on(lead: str) -> bool:
    """Whether what stands before says enough to be an act, and asks no question that goes on."""
    return len(lead.split()) > 1 and len(lead) >= SHORTEST_LEAD and not _pattern("run_on_not_in").match(lead)


def _run_ons(folded: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The spaces before verbs that begin a new act in a message dictated without punctuation."""
    for space in re.compile(r"\s+").finditer(folded, start, end):
        before = folded[max(start, space.start() - LOOK_BEHIND) : space.start()]
        begins = _pattern("run_on").match(folded, space.end(), end) or _wishes(folded, space.end(), end)
        if before[-1:] in ",;.!?:+&-" or not begins:
            continue
        if not _pattern("run_on_not_after").search(before):
            yield space


def candidates(text: str) -> list[str]:
    """Every text that the model is asked about: each run of neighbouring clauses, and the message without courtesies."""
    parts = clauses(text)
    runs = {text[parts[i].start : parts[j].end] for i in range(len(parts)) for j in range(i, len(parts))}
    return sorted(run for run in runs if run)


def _starts_act(folded: str, begin: int, end: int) -> bool:
    return (
        _wishes(folded, begin, end)
        or _pattern("run_on").match(folded, begin, end) is not None
        or _pattern("acts").match(folded, begin, end) is not None
        or _pattern("nouns").match(folded, begin, end) is not None
    )


def _wishes(folded: str, begin: int, end: int) -> bool:
    """Whether a wish for a car begins here: "wants the Duster", "vrea 6 Logan"."""
    wish = _pattern("wish").match(folded, begin, end)
    return wish is not None and bool(
        find_models(folded[wish.end() : min(end, wish.end() + WISH_REACH)], about_cars=True)
    )


def _open_ended(folded: str, start: int, separator: re.Match[str]) -> bool:
    """Whether "remind me to call Ana and send …" goes on: a plain "and" does not end a reminder's list of things to do."""
    return (separator.re is not _SEPARATOR or separator.group("word") is not None) and _pattern("open_ended").search(
        folded, start, separator.start()
    ) is not None


def _trimmed(folded: str, start: int, end: int) -> tuple[int, int]:
    while start < end and folded[start] in " \n\r,;.!-":
        start += 1
    while end > start and folded[end - 1] in " \n\r,;!-":
        end -= 1
    return start, end
