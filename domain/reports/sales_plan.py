"""What is to come, weighted by how likely it is, against what was won; by agent, and there by customer or by stage."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import ClassVar

from domain.money import Money
from domain.opportunities import Stage
from domain.reports.kind import ReportKind, by_agent, quarter
from domain.reports.queries import PlanBy, PlanSum
from domain.reports.request import Asked
from domain.reports.sums import by_currency, money, total_rows, weighted
from domain.reports.table import (
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

FIGURES = (
    Column("open_deals", ColumnType.INT),
    Column("value", ColumnType.MONEY),
    Column("weighted", ColumnType.MONEY),
    Column("won_deals", ColumnType.INT),
    Column("won", ColumnType.MONEY),
    Column("of_it_ordered", ColumnType.MONEY),
)
HEADS = {
    PlanBy.CLIENT: Column("customer"),
    PlanBy.STAGE: Column("stage", ColumnType.WORD, words="stage"),
}
SUMMED = frozenset(column.code for column in FIGURES)
_ORDER = tuple(Stage)


class SalesPlan(ReportKind):
    """`sales_plan`."""

    name: ClassVar[str] = "sales_plan"
    takes: ClassVar[frozenset[str]] = frozenset({"agent", "period", "group_by", "source"})
    groupings: ClassVar[tuple[str, ...]] = ("client", "stage")

    def period(self, today: date) -> tuple[date, date]:
        """This quarter."""
        return quarter(today)

    def blocks(self, asked: Asked) -> Sequence[Block]:
        """What closes in the period and what was won in it; open deals whose day is past or unknown stand apart."""
        by = PlanBy(asked.request.group_by or self.groupings[0])
        found = asked.unit.reports.plan(
            asked.scope,
            by=by,
            first=asked.first,
            last=asked.last,
            start=asked.start,
            end=asked.end,
            today=asked.today,
        )
        dated = [one for one in found if one.dated]
        undated = [one for one in found if not one.dated]
        return (
            *_charts(asked, dated),
            _table(asked, dated, by, "plan"),
            *([_table(asked, undated, by, "undated")] if undated else []),
        )


def _table(asked: Asked, found: Sequence[PlanSum], by: PlanBy, code: str) -> Table:
    columns = (HEADS[by], *FIGURES)
    sections = by_agent(asked, found, lambda one: one.agent_id, lambda rows: _section(rows, by))
    every = [row for one in sections for row in one.rows]
    return Table(columns, sections, total_rows(columns, every, SUMMED) if len(sections) > 1 else (), code=code)


def _section(found: Iterable[PlanSum], by: PlanBy) -> Section:
    columns = (HEADS[by], *FIGURES)
    names = {(one.customer_id, one.stage): one.customer for one in found}
    sums = by_currency(
        (
            (one.customer_id, one.stage),
            one.currency,
            (one.open_deals, one.net, one.weighted, one.won_deals, one.won, one.sold),
        )
        for one in found
    )

    def place(one: tuple[tuple[int | None, Stage | None], str]) -> tuple[object, ...]:
        (customer_id, stage), currency = one
        if stage is not None:
            return _ORDER.index(stage), currency
        return -sums[one][1] - sums[one][4], customer_id, currency

    rows = []
    for key, currency in sorted(sums, key=place):
        deals, net, to_come, won_deals, won, sold = sums[key, currency]
        head = key[1].value if key[1] is not None else names[key]
        figures = (money(net, currency), weighted(to_come, currency), won_deals, money(won, currency))
        rows.append((head, deals, *figures, money(sold, currency)))
    return Section(rows=tuple(rows), totals=total_rows(columns, rows, SUMMED))


def _charts(asked: Asked, found: Sequence[PlanSum]) -> list[Chart]:
    """Weighted against won by agent, a picture for each currency; of one agent, by nothing to compare, none."""
    names = {agent.id: agent.name for agent in asked.unit.team.all()}
    sums = by_currency((one.agent_id, one.currency, (one.weighted, one.won)) for one in found if one.currency)
    charts = []
    for currency in sorted({currency for _, currency in sums}):
        agents = sorted({agent for agent, of in sums if of == currency}, key=lambda one: names.get(one, ""))
        if len(agents) < 2:
            continue
        charts.append(
            Chart(
                "plan_by_agent",
                ChartKind.HORIZONTAL,
                ColumnType.MONEY,
                Column("agent"),
                tuple(names.get(agent, "") for agent in agents),
                tuple(
                    ChartSeries(
                        Fact(Column("value", ColumnType.WORD, words="column"), code),
                        tuple(Money(_minor(sums[agent, currency][at], code), currency) for agent in agents),
                    )
                    for at, code in enumerate(("weighted", "won"))
                ),
            )
        )
    return charts


def _minor(figure: int, code: str) -> int:
    return (figure + 50) // 100 if code == "weighted" else figure
