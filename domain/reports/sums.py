"""Sums of report rows, a row for each currency: amounts of two currencies have no sum."""

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from domain.money import Money
from domain.reports.table import Column, ColumnType, Row, Value

K = TypeVar("K", bound=Hashable)
Finish = Callable[[dict[str, Value]], None]


def by_currency(found: Iterable[tuple[K, str, Sequence[int]]]) -> dict[tuple[K, str], list[int]]:
    """Figures added up by key and currency; deals without a value count beside the key's first currency, if it has one."""
    added: dict[tuple[K, str], list[int]] = {}
    for key, currency, figures in found:
        so_far = added.setdefault((key, currency), [0] * len(figures))
        for place, figure in enumerate(figures):
            so_far[place] += figure
    known: dict[K, str] = {}
    for key, currency in sorted(added, key=lambda one: one[1]):
        if currency:
            known.setdefault(key, currency)
    merged: dict[tuple[K, str], list[int]] = {}
    for (key, currency), figures in added.items():
        place_of = (key, currency or known.get(key, ""))
        merged[place_of] = [a + b for a, b in zip(merged.get(place_of, [0] * len(figures)), figures, strict=True)]
    return merged


def total_rows(
    columns: Sequence[Column], rows: Iterable[Row], summed: Collection[str], finish: Finish | None = None
) -> tuple[Row, ...]:
    """The sums of the columns with these codes; `finish` puts in what is computed from sums, such as a share.

    Rows without an amount are added to the currency that most rows have.
    """
    codes = [column.code for column in columns]
    listed = list(rows)
    of_row = [_currency(row) for row in listed]
    counted = Counter(currency for currency in of_row if currency)
    usual = min(counted, key=lambda one: (-counted[one], one)) if counted else ""
    sums: dict[str, dict[str, int]] = {}
    for row, currency in zip(listed, of_row, strict=True):
        so_far = sums.setdefault(currency or usual, dict.fromkeys(summed, 0))
        for code, value in zip(codes, row, strict=True):
            if code in so_far and isinstance(value, int | Money):
                so_far[code] += value.minor if isinstance(value, Money) else value
    return tuple(
        _total(columns, sums[currency], currency, finish)
        for currency in sorted(sums, key=lambda one: (one != usual, one))
    )


def percent(part: int, whole: int) -> int | None:
    """In whole percentage points, rounded half up; None of nothing."""
    return (200 * part + whole) // (2 * whole) if whole else None


def money(minor: int, currency: str) -> Money | None:
    """An amount; None where no deal has a value."""
    return Money(minor, currency) if currency else None


def weighted(minor_times_100: int, currency: str) -> Money | None:
    """An amount from the sum of values times probabilities."""
    return money((minor_times_100 + 50) // 100, currency)


def _total(columns: Sequence[Column], sums: Mapping[str, int], currency: str, finish: Finish | None) -> Row:
    values: dict[str, Value] = {}
    for column in columns:
        if column.code in sums:
            total = sums[column.code]
            values[column.code] = money(total, currency) if column.type is ColumnType.MONEY else total
    if finish:
        finish(values)
    return tuple(values.get(column.code) for column in columns)


def _currency(row: Row) -> str:
    return next((value.currency for value in row if isinstance(value, Money)), "")
