"""Sums, shares, counts, phones and other numbers as people type them, in English and Romanian."""

from bot.understanding.quantities.values import Amount, AmountBounds
from bot.understanding.spans import Span

__all__ = [
    "Amount",
    "AmountBounds",
    "find_amount_bounds",
    "find_amounts",
    "find_emails",
    "find_mileages",
    "find_order_numbers",
    "find_percents",
    "find_personal_codes",
    "find_phones",
    "find_quantities",
    "find_vat",
    "find_years",
]


def find_amounts(text: str, *, default_currency: str = "EUR") -> list[Span[Amount]]:
    return []


def find_amount_bounds(text: str, *, default_currency: str = "EUR") -> list[Span[AmountBounds]]:
    return []


def find_percents(text: str) -> list[Span[str]]:
    return []


def find_phones(text: str, *, region: str = "RO") -> list[Span[str]]:
    return []


def find_emails(text: str) -> list[Span[str]]:
    return []


def find_quantities(text: str) -> list[Span[int]]:
    return []


def find_order_numbers(text: str) -> list[Span[str]]:
    return []


def find_years(text: str) -> list[Span[int]]:
    return []


def find_mileages(text: str) -> list[Span[int]]:
    return []


def find_vat(text: str) -> list[Span[str]]:
    return []


def find_personal_codes(text: str) -> list[Span[str]]:
    return []
