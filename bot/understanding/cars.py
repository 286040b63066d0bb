"""Settles what a sentence says of a car: lists first, then the model's spans for what no list can hold."""

from __future__ import annotations

import re
from typing import Final

from bot.understanding.acts import JsonValue
from bot.understanding.client import NluParse
from bot.understanding.folding import fold
from bot.understanding.lexicon import lexicon
from bot.understanding.mentions import Mention, Sheet
from bot.understanding.vehicles import clean_detail, clean_model, find_colours, find_engines, find_models

LEAST_CONFIDENCE: Final = 0.5
_DETAILS: Final = ("upholstery", "option", "colour", "engine")
_ABOUT_CARS: Final = frozenset(
    {
        "create_offer",
        "update_offer",
        "order_new_car",
        "order_fleet",
        "order_stock",
        "search_stock",
        "add_trade_in",
        "create_opportunity",
    }
)
"""Only here a car that no list knows is taken from the model; elsewhere it would be a verb's particle."""
_REPLACED: Final = re.compile(
    r"(?<!\w)(?:instead of|rather than|and not|in place of|not|in loc de|in locul|in loc|nu|decat|si nu|not in|no longer|nu mai vrea)\s+(?:an? |the |un |o |his |her )?$"
)
"""What stands before the car that is wanted no more: "a Jogger instead of the Duster"."""
_LIST_JOINT: Final = re.compile(r"\s*,\s*(?:and |si |with |cu )?|\s+(?:and|si|plus|&|\+)\s+")


def read_models(sheet: Sheet, intent: str, allowed: frozenset[str], parse: NluParse | None) -> None:
    """Cars and engines; blanked even where the intent carries none, so that "Peugeot 308" is no number."""
    names = names_of(parse)
    may_be_unlisted = intent in _ABOUT_CARS
    for span in find_models(sheet.left, about_cars=may_be_unlisted):
        if any(
            start <= span.start and span.end <= end and (start, end) != (span.start, span.end) for start, end in names
        ):
            continue
        if "model" in allowed and not _REPLACED.search(sheet.folded[: span.start]):
            sheet.take(Mention("model", span.value, span.start, span.end, "list"))
        else:
            sheet.blank([(span.start, span.end)])
    if "engine" in allowed:
        for span in find_engines(sheet.left):
            sheet.take(Mention("engine", span.value, span.start, span.end, "list"))
    if "model" in allowed and not sheet.of("model"):
        for entity in parse.entities if parse else ():
            value = clean_model(sheet.left[entity.start : entity.end])
            if entity.entity != "model" or entity.confidence < LEAST_CONFIDENCE or not may_be_unlisted:
                continue
            if re.match(r"[^\W\d_]*[A-Z]|.*\d", value) and re.search(r"[^\W\d_]{2}", value):
                sheet.take(Mention("model", value, entity.start, entity.end, "model"))


def names_of(parse: NluParse | None) -> list[tuple[int, int]]:
    """Where the model saw a client."""
    return [
        (entity.start, entity.end)
        for entity in (parse.entities if parse else ())
        if entity.entity == "client" and entity.confidence > LEAST_CONFIDENCE
    ]


def read_details(sheet: Sheet, allowed: frozenset[str], parse: NluParse | None) -> None:
    """Upholstery and options by the model, colours by list, gearbox and fuel by list: one value, or several."""
    for name in ("transmission", "fuel"):
        if name in allowed:
            for found in lexicon(name).find(sheet.folded)[:1]:
                sheet.take(Mention(name, found.value, found.start, found.end, "list"))
    for entity in sorted(parse.entities if parse else (), key=lambda e: e.start):
        if entity.entity not in _DETAILS[:2] or entity.entity not in allowed or entity.confidence < LEAST_CONFIDENCE:
            continue
        for start, end in _listed(sheet, entity.start, entity.end):
            value = clean_detail(sheet.text[start:end])
            if len(value) > 1:
                sheet.take(Mention(entity.entity, value, start, end, "model"))
    if "colour" in allowed:
        for span in find_colours(sheet.left):
            if any(start < span.end and span.start < end for start, end in names_of(parse)):
                continue  # Negru, Albu and White are surnames
            sheet.take(Mention("colour", clean_detail(span.value), span.start, span.end, "list"))
        if not sheet.of("colour"):
            _take_marked(sheet, "colour", parse)
    if "engine" in allowed and not sheet.of("engine"):
        _take_marked(sheet, "engine", parse)


def _take_marked(sheet: Sheet, name: str, parse: NluParse | None) -> None:
    for entity in parse.entities if parse else ():
        value = clean_detail(sheet.left[entity.start : entity.end])
        if entity.entity == name and entity.confidence >= LEAST_CONFIDENCE and re.search(r"[^\W_]{3}", fold(value)):
            sheet.take(Mention(name, value, entity.start, entity.end, "model"))


def _listed(sheet: Sheet, start: int, end: int) -> list[tuple[int, int]]:
    """The parts of a span that names several things, without what another reader took."""
    parts = []
    begin = start
    for joint in _LIST_JOINT.finditer(sheet.folded[start:end]):
        parts.append((begin, start + joint.start()))
        begin = start + joint.end()
    parts.append((begin, end))
    trimmed = []
    for first, last in parts:
        kept = sheet.left[first:last]
        lead = len(kept) - len(kept.lstrip())
        if kept.strip():
            trimmed.append((first + lead, first + lead + len(kept.strip())))
    return trimmed


def joined(values: list[Mention]) -> JsonValue:
    """One value as it is, several as a list without repeats."""
    unique = list(dict.fromkeys(str(mention.value) for mention in values))
    return unique[0] if len(unique) == 1 else unique
