"""A report's codes and values as one language writes them, the same for every kind of document."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from actions.documents.charts.bars import most_bars
from actions.documents.charts.data import ChartData, Point, Series
from actions.documents.text import clean
from actions.documents.wording import Wording
from domain.money import Money
from domain.reports.table import UNKNOWN, Block, Chart, ChartKind, Column, ColumnType, Entry, Fact, Report, Value

MOST_CATEGORIES = 60  # of upright bars and lines


class ReportWords(Wording):
    """What has been written once is remembered: a table says the same days and stages again and again."""

    def __init__(self, language: str) -> None:
        super().__init__(language)
        self._written: dict[tuple[Column, Value], str] = {}
        self._writers: dict[ColumnType, tuple[type | tuple[type, ...], Callable[[Any], str]]] = {
            ColumnType.TEXT: (str, str),
            ColumnType.WORD: (str, str),
            ColumnType.IMPORTANCE: (str, self._importance),
            ColumnType.MONEY: (Money, self.formats.amount),
            ColumnType.MOMENT: (datetime, self.formats.stamp),
            ColumnType.DATE: (date, self.formats.date_short),
            ColumnType.MONTH: (date, self.formats.month),
            ColumnType.INT: (int, self.formats.number),
            ColumnType.PERCENT: ((int, Decimal), self.formats.percent),
            ColumnType.ENTRIES: (tuple, lambda entries: "\n".join(map(self.entry, entries))),
        }

    def title(self, report: Report) -> str:
        """Of the whole report."""
        return self.t(f"report.{report.name}")

    def block(self, block: Block) -> str:
        """A block's heading, empty where it has none."""
        return self.t(f"block.{block.code}") if block.code else ""

    def heading(self, column: Column) -> str:
        """Of a column or of a fact."""
        if isinstance(column.title, date):
            return self.formats.day_head(column.title)
        return column.title or self.t(f"column.{column.code}")

    def fact(self, fact: Fact) -> str:
        """As "Agent: Ana"."""
        return self.t("document.fact", label=self.heading(fact.column), value=self.value(fact.column, fact.value))

    def made(self, report: Report) -> str:
        """When, and for whom."""
        return self.t("document.report.made", moment=self.formats.stamp(report.made_at), name=report.made_for)

    def value(self, column: Column, value: Value) -> str:
        """As it is read; empty where there is none."""
        key = (column, value)
        if key not in self._written:
            self._written[key] = self._write(column, value)
        return self._written[key]

    def chart(self, chart: Chart) -> ChartData:
        """With as many of its categories as can be read, the first ones, and a note of how many are left out."""
        most = most_bars(len(chart.series)) if chart.kind is ChartKind.HORIZONTAL else MOST_CATEGORIES
        left_out = len(chart.categories) - most
        return ChartData(
            kind=chart.kind,
            title=self.block(chart),
            categories=tuple(self.value(chart.category, value) for value in chart.categories[:most]),
            series=tuple(
                Series(self.value(series.name.column, series.name.value), self._points(chart, series.values[:most]))
                for series in chart.series
            ),
            empty=self.t("document.report.empty"),
            note=self.n("document.chart_more", left_out) if left_out > 0 else "",
        )

    def _points(self, chart: Chart, values: Sequence[int | Decimal | Money | None]) -> tuple[Point, ...]:
        measure = Column(chart.code, chart.measure)
        return tuple(
            Point(_number(value), self.formats.money(value.minor, value.currency))  # short: cents only where there are
            if isinstance(value, Money)
            else Point(_number(value), self.value(measure, value))
            for value in values
        )

    def _write(self, column: Column, value: Value) -> str:
        if value is None:
            return ""
        expected, write = self._writers[column.type]
        if not isinstance(value, expected):
            raise TypeError(f"a column of type {column.type} ({column.code}) cannot hold {type(value).__name__}")
        if column.type is not ColumnType.WORD:
            return write(value)
        return self.t("document.report.unknown") if value == UNKNOWN else self.t(f"{column.words}.{value}")

    def _importance(self, code: str) -> str:
        """Its word alone: the sign before it is a colour, which the document has anyway."""
        return clean(self.t(f"importance.{code}")).strip()

    def entry(self, entry: Entry) -> str:
        """With the importance's word where it is not the usual one: colour alone is lost on paper."""
        kind = self.t(f"kind.{entry.kind}").capitalize() if entry.kind else ""
        text = " ".join(part for part in (entry.at, kind, entry.text) if part)
        if entry.importance in {"", "normal"}:
            return text
        return self.t("document.entry", text=text, importance=self._importance(entry.importance))


def _number(value: int | Decimal | Money | None) -> float | None:
    if value is None:
        return None
    return float(value.value if isinstance(value, Money) else value)
