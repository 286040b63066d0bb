"""Reads what replaces a value just given ("no, make it 11") and what repeats the last act with another ("and for Maria")."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.dialogue.guards import leading_slash, looks_pasted
from bot.understanding.folding import fold
from bot.understanding.keywords import read_keywords
from bot.understanding.lexicon import lexicon
from bot.understanding.mentions import Mention, Sheet
from bot.understanding.moments import find_durations, find_partial
from bot.understanding.names import clean_name, first_names, looks_like_surname
from bot.understanding.quantities import find_amounts, find_emails, find_percents, find_phones
from bot.understanding.vehicles import find_models

_OPENING: Final = re.compile(
    r"^(?:(?:not [\w-]+(?=,)|nu [\w-]+(?=, )|no|nope|nu|nu nu|wait|stai|sorry|scuze|pardon|oops|ba nu|actually|de fapt|defapt|correction|corectie|i meant?|i mean|am vrut sa zic|voiam sa zic|"
    r"adica|rather|mai bine|mai degraba|instead|make (?:it|that)|change (?:it|that) to|fa-l|fa-o|pune-l|pune-o|schimba in)(?:[\s,.:;!-]+|$))+"
    r"(?:(?:not [\w]+,? (?:but )?|nu [\w]+,? (?:ci |e )))?"
    r"(?:(?:make|change|set|put|do) (?:it|that|this)(?: to)?\s|(?:it(?:'s| is| was)|that(?:'s| is)|e|este|era|sa fie|fie|fa-l|fa-o|pune-l|pune-o|pune|hai)\s+)?"
    r"(?:(?:not |nu )?[\w-]+,? (?:ci|but)\s|(?:ci|but)\s)?(?:(?:with|for|to|at|on|cu|pentru|la|pe|pt)\s+)?"
)
_REPEAT: Final = re.compile(
    r"^(?:and|also|same|the same|and the same|si|la fel|la fel si|tot asa|acelasi lucru|plus)\s+(?:also |tot |si )?(?:for|with|pentru|cu|pt|la fel pentru)\s+"
)
_NAME_LEAD: Final = re.compile(r"^(?:for|with|cu|pentru|pe|pt|la)\s+")
_SPARE: Final = re.compile(
    r"a|and|at|atunci|de|e|este|eur|euro|for|in|instead|is|it|la|not|nu|o|on|ora|pe|pentru|please|rog|si|te|the|then"
)


def read_correction(
    text: str, *, now: datetime, timezone: str = "Europe/Bucharest", default_currency: str = "EUR", region: str = "RO"
) -> dict[str, Any] | None:
    """The entities that the text replaces, or nothing where it corrects nothing.

    Values have the contract's shapes, save `time`: a PartialMoment, whose `onto` keeps the hour or the day not named.
    """
    if leading_slash(text) or looks_pasted(text):
        return None
    opening = _OPENING.match(fold(text))
    if opening is None or opening.end() == len(text.rstrip()):
        return None
    return _replaced(text[opening.end() :].strip(), _local(now, timezone), default_currency, region)


def read_ellipsis(
    text: str, *, now: datetime, timezone: str = "Europe/Bucharest", default_currency: str = "EUR", region: str = "RO"
) -> dict[str, Any] | None:
    """The entities of "and for Maria at 12"; nothing where the text names nobody."""
    if leading_slash(text) or looks_pasted(text):
        return None
    opening = _REPEAT.match(fold(text))
    if opening is None:
        return None
    found = _replaced(text[opening.end() :].strip(), _local(now, timezone), default_currency, region)
    return found if found and "client" in found else None


def _replaced(said: str, now: datetime, currency: str, region: str) -> dict[str, Any] | None:
    """All that the short text says, and nothing where a word of it stays unexplained."""
    keywords = read_keywords(said)
    if not said or (keywords is not None and keywords.sure and keywords.intent != "inform"):
        return None
    sheet = Sheet(said)
    for span in find_emails(sheet.left)[:1]:
        sheet.take(Mention("email", span.value, span.start, span.end, "rule"), span.pieces)
    for span in find_phones(sheet.left, region=region)[:1]:
        sheet.take(Mention("phone", span.value, span.start, span.end, "rule"), span.pieces)
    for car in find_models(sheet.left)[:1]:
        sheet.take(Mention("model", car.value, car.start, car.end, "rule"))
    values: dict[str, Any] = {mention.entity: mention.value for mention in sheet.mentions}
    sure_sum = (
        re.search(r"\d\s?(?:k|mii|euro|eur|lei|ron|usd|€|\$)(?!\w)|\d{4,}|\d[.,]\d{3}(?!\d)", sheet.folded) is not None
    )
    amounts = find_amounts(sheet.left, default_currency=currency) if sure_sum else []
    for amount in amounts[:1]:
        values["amount"] = amount.value.as_json()
        sheet.blank(amount.pieces)
    for percent in find_percents(sheet.left)[:1]:
        values["percent"] = percent.value
        sheet.blank(percent.pieces)
    for length in find_durations(sheet.left)[:1]:
        values["duration"] = length.value
        sheet.blank(length.pieces)
    _replace_time(said, sheet, now, values)
    for name in ("kind", "importance"):
        for found in lexicon(name).find(sheet.folded)[:1]:
            values[name] = found.value
            sheet.blank([(found.start, found.end)])
    if not _replace_name(sheet, values):
        return None
    return values or None


def _replace_time(said: str, sheet: Sheet, now: datetime, values: dict[str, Any]) -> None:
    """Only the hour or only the day, as far as it is said; its words are those a name cannot be."""
    left = sheet.left.strip()
    if not left:
        return
    bare_hour = re.fullmatch(r"\d{1,2}(?:[:.]\d{2})?", left)
    partial = find_partial(f"at {left}" if bare_hour else sheet.left, now=now)
    if partial.empty:
        return
    values["time"] = partial
    if bare_hour:
        sheet.blank([(0, len(said))])
        return
    for start, end in _time_words(sheet.left, now):
        sheet.blank([(start, end)])


def _time_words(left: str, now: datetime) -> list[tuple[int, int]]:
    """Which words carry the moment: those without which less of it, or nothing, is read."""
    words = [(match.start(), match.end()) for match in re.finditer(r"\S+", left)]
    whole = find_partial(left, now=now)
    return [
        (start, end)
        for start, end in words
        if find_partial(left[:start] + " " * (end - start) + left[end:], now=now) != whole
    ]


def _replace_name(sheet: Sheet, values: dict[str, Any]) -> bool:
    """Take what is left as a name; False where it is something else, so that nothing is guessed."""
    left = " ".join(word for word in sheet.left.split())
    lead = _NAME_LEAD.match(fold(left))
    left = left[lead.end() :] if lead else left
    words = [word for word in re.findall(r"[\w'’.&-]+", left) if not _SPARE.fullmatch(fold(word).strip("."))]
    if not words:
        return True
    name = clean_name(" ".join(words))
    if not name or len(words) > 3 or re.search(r"\d", name) or not _is_surely_name(name):
        return False
    if re.fullmatch(r"[\w .'’&-]+", name) is None:
        return False
    values["client"] = name
    return True


def _is_surely_name(name: str) -> bool:
    """Written with a capital, or known as a name however it is written."""
    word = fold(name).split()[0]
    return name[:1].isupper() or word in first_names() or looks_like_surname(word)


def _local(now: datetime, timezone: str) -> datetime:
    return now.astimezone(ZoneInfo(timezone)).replace(tzinfo=None) if now.tzinfo else now
