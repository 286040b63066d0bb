"""The forecast: open deals weighted by how likely they are, month by month, against what was won."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from domain.money import Money
from domain.pipeline import MonthSum
from domain.ports import Owners
from domain.reports.kind import AGENT, ReportKind, month_end
from domain.reports.request import Asked
from domain.reports.sums import total_rows
from domain.reports.table import (
    Block,
    Chart,
    ChartKind,
    ChartSeries,
    Column,
    ColumnType,
    Fact,
    Row,
    Section,
    Table,
    Value,
)

MONTH = Column("month", ColumnType.MONTH)
COLUMNS = (
    MONTH,
    Column("deals", ColumnType.INT),
    Column("weighted", ColumnType.MONEY),
    Column("won", ColumnType.MONEY),
    Column("of_it_ordered", ColumnType.MONEY),
    Column("expected", ColumnType.MONEY),
)
SUMMED = frozenset({"deals", "weighted", "won", "of_it_ordered", "expected"})


class Forecast(ReportKind):
    """`forecast`."""

    name: ClassVar[str] = "forecast"
    takes: ClassVar[frozenset[str]] = frozenset({"agent", "period"})
    longest: ClassVar[int] = 740

    def period(self, today: date) -> tuple[date, date]:
        """This month and the two after it."""
        first = today.replace(day=1)
        months = today.month + 1
        return first, month_end(date(today.year + months // 12, months % 12 + 1, 1))

    def blocks(self, asked: Asked) -> Sequence[Block]:
        """All together by month; of all agents, each one's sums too. Deals whose day is past or unknown have no month."""
        whole = _months(asked, asked.scope.owners)
        dated = [one for one in whole if one.month is not None]
        undated = [one for one in whole if one.month is None]
        tables = [_table(dated, "months"), *([_table(undated, "undated")] if undated else [])]
        if not asked.of_all:
            return (*_charts(whole), *tables)
        columns = (AGENT, *COLUMNS[1:])
        each: list[Row] = []
        for agent in asked.unit.team.all():
            months = [one for one in _months(asked, Owners(agent.id)) if one.month is not None]
            of_agent = total_rows(COLUMNS, [_row(one) for one in months], SUMMED)
            each += [(agent.name, *row[1:]) for row in of_agent]
        sections = (Section(rows=tuple(each)),) if each else ()
        by_agent = Table(columns, sections, total_rows(columns, each, SUMMED), code="each_agent")
        return (*_charts(whole), tables[0], by_agent, *tables[1:])


def _months(asked: Asked, owners: Owners) -> Sequence[MonthSum]:
    return asked.unit.opportunities.months(
        owners, first=asked.first, last=asked.last, today=asked.today, zone=asked.actor.zone
    )


def _table(found: Sequence[MonthSum], code: str) -> Table:
    """By month; what has none is a line a currency."""
    columns = COLUMNS if code == "months" else COLUMNS[1:3]
    rows = tuple(_row(one) if code == "months" else (one.count, one.weighted) for one in found)
    totals = total_rows(columns, rows, SUMMED) if code == "months" else ()
    return Table(columns, (Section(rows=rows),) if rows else (), totals, code=code)


def _row(one: MonthSum) -> Row:
    return (one.month, one.count, one.weighted, one.won, one.sold, one.weighted + one.won)


def _charts(found: Sequence[MonthSum]) -> list[Chart]:
    charts = []
    for currency in sorted({one.currency for one in found}):
        months = {one.month: one for one in found if one.currency == currency and one.month is not None}
        if not months:
            continue
        values: dict[str, tuple[Money, ...]] = {
            "weighted": tuple(one.weighted for one in months.values()),
            "won": tuple(one.won for one in months.values()),
        }
        categories: tuple[Value, ...] = tuple(months)
        series = tuple(
            ChartSeries(Fact(Column("value", ColumnType.WORD, words="column"), code), amounts)
            for code, amounts in values.items()
        )
        charts.append(Chart("forecast_months", ChartKind.GROUPED, ColumnType.MONEY, MONTH, categories, series))
    return charts
