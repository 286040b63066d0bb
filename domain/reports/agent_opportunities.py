"""Deals in the order in which they were opened, by agent."""

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from domain.money import Money
from domain.opportunities import Stage
from domain.reports.kind import ReportKind, by_agent
from domain.reports.queries import DealRow
from domain.reports.request import Asked
from domain.reports.sums import by_currency, total_rows
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
)

STAGE = Column("stage", ColumnType.WORD, words="stage")
COLUMNS = (
    Column("opened", ColumnType.DATE),
    Column("customer"),
    Column("model"),
    STAGE,
    Column("value", ColumnType.MONEY),
    Column("probability", ColumnType.PERCENT),
    Column("close_date", ColumnType.DATE),
    Column("closed", ColumnType.DATE),
    Column("source", ColumnType.WORD, words="source"),
    Column("deals", ColumnType.INT),  # in sums alone: a row is one
)


class AgentOpportunities(ReportKind):
    """`agent_opportunities`."""

    name: ClassVar[str] = "agent_opportunities"
    takes: ClassVar[frozenset[str]] = frozenset({"agent", "client", "period", "source", "stage"})

    def blocks(self, asked: Asked) -> Sequence[Block]:
        """The list, and its value by stage."""
        deals = asked.unit.reports.deals(asked.scope, start=asked.start, end=asked.end)

        def section(of_agent: list[DealRow]) -> Section:
            rows = tuple(_row(asked, deal) for deal in of_agent)
            return Section(rows=rows, totals=_totals(rows))

        sections = by_agent(asked, deals, lambda deal: deal.agent_id, section)
        totals = _totals([row for one in sections for row in one.rows]) if len(sections) > 1 else ()
        sections = tuple(replace(one, rows=tuple((*row[:-1], None) for row in one.rows)) for one in sections)
        return (*_charts(deals), Table(COLUMNS, sections, totals, code="opportunities"))


def _row(asked: Asked, deal: DealRow) -> Row:
    return (
        asked.local_day(deal.created_at),
        deal.customer,
        deal.model,
        deal.stage.value,
        Money(deal.net, deal.currency) if deal.net is not None and deal.currency else None,
        deal.probability,
        deal.close_on,
        asked.local_day(deal.closed_at),
        deal.source or UNKNOWN,
        1,
    )


def _totals(rows: Sequence[Row]) -> tuple[Row, ...]:
    return total_rows(COLUMNS, rows, {"value", "deals"})


def _charts(deals: Sequence[DealRow]) -> list[Chart]:
    """The value by stage, a picture for each currency."""
    found = by_currency((deal.stage, deal.currency or "", (deal.net or 0,)) for deal in deals if deal.currency)
    stages = [stage for stage in Stage if any(key == stage for key, _ in found)]
    return [
        Chart(
            "by_stage",
            ChartKind.GROUPED,
            ColumnType.MONEY,
            STAGE,
            tuple(stage.value for stage in stages),
            (
                ChartSeries(
                    Fact(Column("value"), currency),
                    tuple(Money(found.get((stage, currency), [0])[0], currency) for stage in stages),
                ),
            ),
        )
        for currency in sorted({currency for _, currency in found})
    ]
