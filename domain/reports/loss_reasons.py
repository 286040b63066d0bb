"""Why deals are lost, to whom, and on which models."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from domain.reports.kind import ReportKind
from domain.reports.queries import LossBy, LossSum
from domain.reports.request import Asked
from domain.reports.sums import by_currency, money, percent, total_rows
from domain.reports.table import (
    UNKNOWN,
    Block,
    Chart,
    ChartKind,
    ChartSeries,
    Column,
    ColumnType,
    Fact,
    Section,
    Table,
)

REASON = Column("loss_reason", ColumnType.WORD, words="loss_reason")
HEADS = {LossBy.REASON: REASON, LossBy.COMPETITOR: Column("competitor"), LossBy.MODEL: Column("model")}
FIGURES = (
    Column("deals", ColumnType.INT),
    Column("share", ColumnType.PERCENT),
    Column("value_lost", ColumnType.MONEY),
)


class LossReasons(ReportKind):
    """`loss_reasons`."""

    name: ClassVar[str] = "loss_reasons"
    takes: ClassVar[frozenset[str]] = frozenset({"agent", "period", "source"})

    def blocks(self, asked: Asked) -> Sequence[Block]:
        """By reason, competitor and model; each deal stands once in each table."""
        tables = [
            _table(by, asked.unit.reports.losses(asked.scope, by=by, start=asked.start, end=asked.end)) for by in HEADS
        ]
        return (*_chart(tables[0]), *tables)


def _table(by: LossBy, found: Iterable[LossSum]) -> Table:
    columns = (HEADS[by], *FIGURES)
    sums = by_currency((one.key, one.currency, (one.deals, one.net)) for one in found)
    deals = sum(figures[0] for figures in sums.values())
    ordered = sorted(sums, key=lambda one: (-sums[one][0], one[0] or "\uffff", one[1]))
    unknown = UNKNOWN if by is LossBy.REASON else "—"
    rows = tuple(
        (key or unknown, sums[key, cur][0], percent(sums[key, cur][0], deals), money(sums[key, cur][1], cur))
        for key, cur in ordered
    )
    totals = total_rows(columns, rows, {"deals", "value_lost"})
    return Table(columns, (Section(rows=rows),) if rows else (), totals, code=f"lost_by_{by.value}")


def _chart(reasons: Table) -> list[Chart]:
    counted: dict[str, int] = {}
    for section in reasons.sections:
        for row in section.rows:
            counted[str(row[0])] = counted.get(str(row[0]), 0) + (row[1] if isinstance(row[1], int) else 0)
    if not counted:
        return []
    series = ChartSeries(Fact(Column("deals", ColumnType.WORD, words="column"), "lost_deals"), tuple(counted.values()))
    return [Chart("lost_by_reason", ChartKind.HORIZONTAL, ColumnType.INT, REASON, tuple(counted), (series,))]
