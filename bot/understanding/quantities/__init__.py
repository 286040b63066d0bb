"""Sums, shares, counts, phones and other numbers as people type them, in English and Romanian."""

from bot.understanding.quantities.counts import (
    find_mileages,
    find_percents,
    find_quantities,
    find_years,
)
from bot.understanding.quantities.money import find_amount_bounds, find_amounts
from bot.understanding.quantities.orders import find_order_numbers
from bot.understanding.quantities.phones import find_emails, find_personal_codes, find_phones
from bot.understanding.quantities.values import Amount, AmountBounds
from bot.understanding.quantities.vat import find_vat

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
