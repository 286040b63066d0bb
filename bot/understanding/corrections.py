"""Reads what replaces a value just given ("no, make it 11") and what repeats the last act with another ("and for Maria")."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
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
from bot.understanding.quantities import (
    find_amounts,
    find_emails,
    find_mileages,
    find_percents,
    find_phones,
    find_quantities,
    find_vat,
)
from bot.understanding.spans import Span
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
_MEANT: Final = re.compile(
    r"[\s,;.-]+(?:i meant|i mean|that is|rather|instead|actually|sorry|not [^,]*\d[^,]*|am vrut sa (?:zic|spun|scriu)|voiam sa (?:zic|spun|scriu)|vroiam sa zic|adica|de fapt|scuze|nu [^,]*\d[^,]*|in loc de [^,]+)[\s.!]*$"
)
"""What stands behind the value meant: "stage offer I meant", "23k not 22k"."""
_STAGE: Final = re.compile(r"(?<!\w)(?:stage|etapa|stadiul?|faza)(?!\w)")
_LISTED_LEAD: Final = re.compile(
    r"(?<!\w)(?:stage|etapa|stadiul?|faza|source|sursa|reason|motivul?|from|de pe|din|prin|through|the|of|de|as|ca|because|pentru ca|was|era|a fost|cutie|gearbox|box)(?!\w)"
)
_SHARE: Final = re.compile(r"\d{1,3}(?:[.,]\d+)?\s?(?:%|percent|la suta|procente)\W*")
_UNIT: Final = re.compile(r"(?<=\d)\s?(?:k|de mii|mii|thousand|euro|eur|lei|%|percent|la suta)(?!\w)")
_COUNTED: Final = re.compile(r"(?<!\w)(?:cars?|pieces|pcs|units?|buc|bucat\w*|masini|exemplare)(?!\w)")
_SURE_SUM: Final = re.compile(
    r"\d\s?(?:k|de mii|mii|grand|thousand|euro|eur|lei|ron|usd|€|\$)(?!\w)|\d{4,}|\d[.,]\d{3}(?!\d)"
)
_HOLDS: Final = ("stage", "source", "loss_reason", "transmission", "fuel", "outcome")
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
    start = opening.end() if opening is not None else 0
    if start == len(text.rstrip()):
        return None
    told_last = _MEANT.search(fold(text), start)
    if opening is None and told_last is None:
        return None
    said = text[start : told_last.start() if told_last and told_last.start() > start else len(text)].strip()
    unit = _UNIT.search(told_last.group()) if told_last else None
    if unit is not None and said.isdigit():
        said += unit.group()  # "23, not 22 thousand"
    return _replaced(said, _local(now, timezone), default_currency, region)


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
    share = _SHARE.fullmatch(fold(said)) is not None  # by itself it would be a discount
    if not said or (keywords is not None and keywords.sure and keywords.intent != "inform" and not share):
        return None
    sheet = Sheet(said)
    for span in find_emails(sheet.left)[:1]:
        sheet.take(Mention("email", span.value, span.start, span.end, "rule"), span.pieces)
    for span in find_phones(sheet.left, region=region)[:1]:
        sheet.take(Mention("phone", span.value, span.start, span.end, "rule"), span.pieces)
    for car in find_models(sheet.left, about_cars=True)[:1]:
        sheet.take(Mention("model", car.value, car.start, car.end, "rule"))
    values: dict[str, Any] = {mention.entity: mention.value for mention in sheet.mentions}
    _replace_numbers(sheet, values, currency)
    _replace_time(said, sheet, now, values)
    for name in ("kind", "importance"):
        for found in lexicon(name).find(sheet.folded)[:1]:
            values[name] = found.value
            sheet.blank([(found.start, found.end)])
    _replace_listed(said, sheet, values)
    if not _replace_name(sheet, values):
        return None
    return values or None


def _replace_numbers(sheet: Sheet, values: dict[str, Any], currency: str) -> None:
    """Sums that are surely money, shares, what a car has run, VAT, how many cars, how long."""
    sums = find_amounts(sheet.left, default_currency=currency) if _SURE_SUM.search(sheet.folded) else []
    for amount in sums[:1]:
        values["amount"] = amount.value.as_json()
        sheet.blank(amount.pieces)
    readers: tuple[tuple[str, Callable[[str], Sequence[Span[Any]]]], ...] = (
        ("percent", find_percents),
        ("mileage", find_mileages),
        ("vat", find_vat),
        ("quantity", find_quantities if _COUNTED.search(sheet.folded) else lambda _: ()),
        ("duration", find_durations),
    )
    for name, find in readers:
        for span in find(sheet.left)[:1]:
            values[name] = span.value
            sheet.blank(span.pieces)
    if "quantity" in values:
        sheet.blank([match.span() for match in _COUNTED.finditer(sheet.folded)])


def _replace_listed(said: str, sheet: Sheet, values: dict[str, Any]) -> None:
    """A stage, a source, a reason or a gearbox, where one word tells which of them it is."""
    if values.keys() - {"kind"}:
        return
    stage = _STAGE.search(fold(said))
    names = ("stage",) if stage else _HOLDS[1:] + (() if "kind" in values else _HOLDS[:1])
    for name in names:
        found = lexicon(name).find(fold(said))
        if not found or len({place.value for place in found}) > 1:
            continue
        if stage:
            values.pop("kind", None)
        values[name] = found[0].value
        sheet.blank([(place.start, place.end) for place in found])
        sheet.blank([match.span() for match in _LISTED_LEAD.finditer(sheet.folded)])
        return


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
