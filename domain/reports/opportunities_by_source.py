"""Where deals come from: how many, what became of them, and what they are worth."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from domain.customers import Source
from domain.reports.kind import ReportKind, by_agent
from domain.reports.queries import SourceSum
from domain.reports.request import Asked
from domain.reports.sums import by_currency, money, percent, total_rows, weighted
from domain.reports.table import (
    UNKNOWN,
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

SOURCE = Column("source", ColumnType.WORD, words="source")
COLUMNS = (
    SOURCE,
    Column("deals", ColumnType.INT),
    Column("open_deals", ColumnType.INT),
    Column("won_deals", ColumnType.INT),
    Column("lost_deals", ColumnType.INT),
    Column("win_rate", ColumnType.PERCENT),
    Column("value", ColumnType.MONEY),
    Column("weighted", ColumnType.MONEY),
    Column("won", ColumnType.MONEY),
)
SUMMED = frozenset({"deals", "open_deals", "won_deals", "lost_deals", "value", "weighted", "won"})


class OpportunitiesBySource(ReportKind):
    """`opportunities_by_source`."""

    name: ClassVar[str] = "opportunities_by_source"
    takes: ClassVar[frozenset[str]] = frozenset({"agent", "period", "stage"})
    for_director: ClassVar[bool] = True

    def blocks(self, asked: Asked) -> Sequence[Block]:
        """All together, then each agent's."""
        found = asked.unit.reports.sources(asked.scope, start=asked.start, end=asked.end)
        whole = section_of(found)
        together = Table(COLUMNS, (Section(rows=whole.rows),) if whole.rows else (), whole.totals, code="all_agents")
        if asked.agent is not None:
            return (*_chart(whole), together)
        each = by_agent(asked, found, lambda one: one.agent_id, section_of)
        return (*_chart(whole), together, Table(COLUMNS, each, code="each_agent"))


def section_of(found: Iterable[SourceSum]) -> Section:
    """A row a source and currency, the most deals first."""
    sums = by_currency(
        (
            one.source,
            one.currency,
            (one.deals, one.open_deals, one.won_deals, one.lost_deals, one.net, one.weighted, one.won),
        )
        for one in found
    )
    ordered = sorted(sums, key=lambda one: (-sums[one][0], one[0] or "~", one[1]))
    rows = tuple(_row(source, currency, sums[source, currency]) for source, currency in ordered)
    return Section(rows=rows, totals=total_rows(COLUMNS, rows, SUMMED, _finish))


def _row(source: Source | None, currency: str, figures: Sequence[int]) -> Row:
    deals, still_open, won, lost, net, to_come, won_net = figures
    return (
        source or UNKNOWN,
        deals,
        still_open,
        won,
        lost,
        percent(won, won + lost),
        money(net, currency),
        weighted(to_come, currency),
        money(won_net, currency),
    )


def _finish(values: dict[str, Value]) -> None:
    won, lost = values["won_deals"], values["lost_deals"]
    if isinstance(won, int) and isinstance(lost, int):
        values["win_rate"] = percent(won, won + lost)


def _chart(whole: Section) -> list[Chart]:
    counted: dict[Value, list[int]] = {}
    for row in whole.rows:
        figures = counted.setdefault(row[0], [0, 0, 0])
        for place, value in enumerate(row[2:5]):
            figures[place] += value if isinstance(value, int) else 0
    if not counted:
        return []
    return [
        Chart(
            "by_source",
            ChartKind.STACKED,
            ColumnType.INT,
            SOURCE,
            tuple(counted),
            tuple(
                ChartSeries(
                    Fact(Column("deals", ColumnType.WORD, words="column"), code),
                    tuple(figures[place] for figures in counted.values()),
                )
                for place, code in enumerate(("open_deals", "won_deals", "lost_deals"))
            ),
        )
    ]
