"""The forecast in words, and as what a chart shows: weighted by month against what was won, per currency, net."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from babel.dates import format_date

from bot.cards.deals import rounded
from bot.dialogue.turn import Turn
from domain.money import Money
from domain.pipeline import MonthSum
from texts.catalog import Html

Json = dict[str, Any]


def forecast_text(turn: Turn, months: Sequence[MonthSum], first: date, last: date, *, whose: Html) -> Html:
    """A block for each currency: its months, what has no day to come, and what both add up to."""
    lines: list[str] = [turn.t("forecast.heading", whose=whose, period=_span(turn, first, last))]
    for currency in dict.fromkeys(one.currency for one in months):
        of_it = [one for one in months if one.currency == currency]
        lines.append("" if len({one.currency for one in months}) == 1 else f"\n{currency}")
        lines += [_line(turn, one) for one in of_it]
        dated = [one for one in of_it if one.month is not None]
        weighted = sum(one.weighted.minor for one in dated)
        won = sum(one.won.minor for one in dated)
        sold = sum(one.sold.minor for one in dated)
        if not weighted + won:
            continue
        lines.append(
            turn.t(
                "forecast.total",
                expected=rounded(turn, Money(weighted + won, currency)),
                won=rounded(turn, Money(won, currency)),
                weighted=rounded(turn, Money(weighted, currency)),
            )
        )
        if won > sold:
            lines.append(turn.t("forecast.not_ordered", amount=rounded(turn, Money(won - sold, currency))))
    return Html("\n".join(lines))


def agents_text(turn: Turn, found: Sequence[tuple[str, Sequence[MonthSum]]]) -> Html:
    """One line an agent: expected, of that won."""
    lines = []
    for name, months in found:
        dated = [one for one in months if one.month is not None]
        for currency in dict.fromkeys(one.currency for one in dated):
            won = sum(one.won.minor for one in dated if one.currency == currency)
            weighted = sum(one.weighted.minor for one in dated if one.currency == currency)
            lines.append(
                turn.t(
                    "forecast.agent",
                    agent=name,
                    expected=rounded(turn, Money(weighted + won, currency)),
                    won=rounded(turn, Money(won, currency)),
                )
            )
    return Html("\n").join(lines)


def chart_of(turn: Turn, months: Sequence[MonthSum], first: date, last: date, *, whose: Html) -> Json:
    """What the picture shows, in the reader's words: for the action server, which knows no language."""
    named = _months(first, last)
    panels = []
    for currency in dict.fromkeys(one.currency for one in months):
        by_month = {one.month: one for one in months if one.currency == currency}
        weighted, won = [], []
        for month in named:
            one = by_month.get(month)
            weighted.append(_point(turn, one.weighted if one else None))
            won.append(_point(turn, one.won if one else None))
        panels.append({"currency": currency, "weighted": weighted, "won": won})
    return {
        "title": turn.t("forecast.chart_title", whose=whose, period=_span(turn, first, last)).striptags(),
        "weighted": turn.t("forecast.weighted").striptags(),
        "won": turn.t("forecast.won").striptags(),
        "empty": turn.t("forecast.none").striptags(),
        "months": [_month(turn, month) for month in named],
        "panels": panels,
        "note": turn.t("forecast.note").striptags(),
    }


def _line(turn: Turn, one: MonthSum) -> Html:
    if one.month is None:
        return turn.t("forecast.undated", weighted=rounded(turn, one.weighted))
    if not one.won.minor:
        return turn.t("forecast.month", month=_month(turn, one.month), weighted=rounded(turn, one.weighted))
    key = "forecast.month_both" if one.weighted.minor else "forecast.month_won"
    return turn.t(key, month=_month(turn, one.month), weighted=rounded(turn, one.weighted), won=rounded(turn, one.won))


def _point(turn: Turn, money: Money | None) -> list[Any]:
    """A value and how it is written above its column: in thousands, for a column is narrow."""
    if money is None or not money.minor:
        return [0, ""]
    return [float(money.value), turn.formats.number(round(money.value / 1000, 1).normalize() + 0) + "k"]


def _span(turn: Turn, first: date, last: date) -> str:
    if (first.year, first.month) == (last.year, last.month):
        return _month(turn, first)
    return f"{_month(turn, first)} – {_month(turn, last)}"


def _month(turn: Turn, month: date) -> str:
    return format_date(month, "LLL y", locale=turn.formats.language)


def _months(first: date, last: date) -> list[date]:
    months = []
    month = first.replace(day=1)
    while month <= last:
        months.append(month)
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return months
