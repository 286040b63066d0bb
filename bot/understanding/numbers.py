"""Reads what is written in figures, in the order that keeps a phone from being a price and a year from being a sum."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from bot.understanding.acts import JsonValue
from bot.understanding.folding import fold
from bot.understanding.mentions import Mention, Sheet
from bot.understanding.quantities import (
    find_amount_bounds,
    find_amounts,
    find_emails,
    find_mileages,
    find_order_numbers,
    find_percents,
    find_phones,
    find_quantities,
    find_vat,
    find_years,
)
from bot.understanding.quantities.values import Amount
from bot.understanding.spans import Span

_CURRENCY: Final = re.compile(r"eur|euro|lei|ron|usd|dolari|dollars|gbp|pounds|€|\$|£")
_NUMBERED: Final = re.compile(
    r"(?<!\w)(?:order|comanda|comenzii|comenzile)\s+(?:no\.?|nr\.?|number|numarul)?\s*#?(\d{3,})(?!\w)"
)
_CANCELLED: Final = re.compile(r"^(?:please )?(?:cancel|anuleaza|anuleaz)(?:-[lo])? (?:pe )?#?(\d{3,6})$")
LEAST_RUN: Final = 25_000
SURELY_RUN: Final = 50_000
"""No old car is worth so much, and hardly one has run so little."""
_ASKED: Final = re.compile(
    r"(?<!\w)(?:wants?|asks?|asking|for|hopes? for|expects?|price[ds]?|value[ds]?|worth|at|gets?|offered|pay|vrea(?: pe (?:ea|el))?|cere|ar vrea|pret\w*|"
    r"valo\w+|la|sper\w+|ofer\w+|dam)\W*(?:about |around |vreo |cam |pe (?:ea|el) )?$"
)
_NO_COUNTS: Final = frozenset({"noua", "un", "o", "una", "one", "a", "an"})
"""Articles, and "nouă", which is "new" before it is nine."""
_ONE: Final = re.compile(r"(?:^|\s)(?:an?|one|un|o)\s+(?:\w+\s+){0,2}$")


def read_contacts(sheet: Sheet, allowed: frozenset[str], *, region: str) -> None:
    """E-mail addresses and phone numbers; taken first, since nothing else looks like them."""
    _take_first(sheet, "email", find_emails(sheet.left), allowed)
    _take_first(sheet, "phone", find_phones(sheet.left, region=region), allowed)


def read_counts(sheet: Sheet, allowed: frozenset[str]) -> None:
    """How many cars; before the hours are read, since "10 Dusters and 5 Sanderos" says none."""
    if "quantity" in allowed:
        _read_counts(sheet)


def read_order_and_year(sheet: Sheet, allowed: frozenset[str]) -> None:
    """What a calendar could take for its own: "order 998 from Ana", "a Passat of 2015"."""
    if "order_number" in allowed:
        numbers = find_order_numbers(sheet.left)
        _take_first(sheet, "order_number", numbers, allowed)
        if not numbers and (match := _NUMBERED.search(fold(sheet.left)) or _CANCELLED.search(fold(sheet.left))):
            sheet.take(Mention("order_number", match.group(1), match.start(1), match.end(1), "number grammar"))
    if "mileage" in allowed:
        _take_first(sheet, "mileage", find_mileages(sheet.left), allowed)
    if "year" in allowed:
        years = [span for span in find_years(sheet.text) if sheet.left[span.start : span.end].strip()]
        _take_first(sheet, "year", years, allowed)


def read_sums(sheet: Sheet, allowed: frozenset[str], *, currency: str) -> None:
    """Sums that name their currency and bounds, before the hours are read: "at 22 000 euro" is no evening."""
    if allowed & {"min_amount", "max_amount"}:
        _read_bounds(sheet, allowed, currency=currency)
    for amount in find_amounts(sheet.left, default_currency=currency):
        if _CURRENCY.search(fold(amount.text)) is None:
            continue
        if "amount" in allowed and sheet.first("amount") is None:
            sheet.take(
                Mention("amount", amount.value.as_json(), amount.start, amount.end, "number grammar"), amount.pieces
            )
        elif not allowed & {"min_amount", "max_amount"}:
            sheet.blank(amount.pieces)


def read_numbers(sheet: Sheet, intent: str, allowed: frozenset[str], *, currency: str) -> None:
    """Percent, VAT and a sum without its currency, each from what the one before left."""
    _take_first(sheet, "percent", find_percents(sheet.left), allowed)
    if "vat" in allowed:
        _take_first(sheet, "vat", find_vat(sheet.left), allowed)
    if "amount" in allowed and sheet.first("amount") is None:
        amounts = find_amounts(sheet.left, default_currency=currency)
        if intent == "add_trade_in":
            amounts = _prices(sheet, amounts)
        if amounts:
            amount = amounts[0]
            sheet.take(
                Mention("amount", amount.value.as_json(), amount.start, amount.end, "number grammar"), amount.pieces
            )


def _prices(sheet: Sheet, amounts: Sequence[Span[Amount]]) -> list[Span[Amount]]:
    """Which bare numbers of an old car are its price: "2017 Golf 120k" tells what it has run, "30k" alone neither."""
    prices = []
    for amount in amounts:
        value = amount.value.value
        if value < LEAST_RUN or _ASKED.search(sheet.folded[: amount.start]):
            prices.append(amount)
        elif value >= SURELY_RUN and sheet.first("mileage") is None:
            sheet.take(Mention("mileage", int(value), amount.start, amount.end, "number grammar"), amount.pieces)
        elif sheet.first("mileage") is not None:
            prices.append(amount)
    return prices


def _read_bounds(sheet: Sheet, allowed: frozenset[str], *, currency: str) -> None:
    for bounds in find_amount_bounds(sheet.left, default_currency=currency)[:1]:
        for name, amount in (("min_amount", bounds.value.minimum), ("max_amount", bounds.value.maximum)):
            if amount is not None and name in allowed:
                sheet.mentions.append(Mention(name, amount.as_json(), bounds.start, bounds.end, "number grammar"))
        sheet.blank(bounds.pieces)


def _take_first(sheet: Sheet, entity: str, spans: Sequence[Span[Any]], allowed: frozenset[str]) -> None:
    for place, span in enumerate(spans):
        if place == 0 and entity in allowed:
            sheet.take(Mention(entity, span.value, span.start, span.end, "number grammar"), span.pieces)
        else:
            sheet.blank(span.pieces)


def _read_counts(sheet: Sheet) -> None:
    """Counts of the cars named: one whole number, or one for each of several cars; a car without one leaves all out."""
    cars = sheet.of("model")
    counts = [
        count
        for count in find_quantities(sheet.text)
        if sheet.left[count.start : count.end].strip() and fold(count.text).strip() not in _NO_COUNTS
    ]
    if not counts:
        return
    if len(cars) < 2:
        count = counts[0]
        sheet.take(Mention("quantity", count.value, count.start, count.end, "number grammar"), count.pieces)
        return
    values: list[JsonValue] = []
    begin = 0
    for car in cars:
        before = next((count for count in counts if begin <= count.start < car.start), None)
        if before is not None:
            values.append(before.value)
        elif _ONE.search(sheet.folded[begin : car.start]):
            values.append(1)
        else:
            return
        begin = car.end
    sheet.take(
        Mention("quantity", values, counts[0].start, counts[-1].end, "number grammar"),
        [(count.start, count.end) for count in counts],
    )
