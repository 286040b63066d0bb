"""Every agent's relation to each customer who may still buy: how they stand, how far the deal is, what comes next."""

from collections.abc import Sequence
from typing import ClassVar

from domain.customers import Relationship
from domain.money import Money
from domain.reports.kind import ReportKind, by_agent
from domain.reports.queries import StatusRow
from domain.reports.request import Asked
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
)

RELATIONSHIP = Column("relationship", ColumnType.WORD, words="relationship")
COLUMNS = (
    Column("customer"),
    RELATIONSHIP,
    Column("stage", ColumnType.WORD, words="stage"),
    Column("model"),
    Column("value", ColumnType.MONEY),
    Column("last_contact", ColumnType.DATE),
    Column("next_step", ColumnType.WORD, words="kind"),
    Column("next_day", ColumnType.DATE),
)


class ClientStatus(ReportKind):
    """`client_status`."""

    name: ClassVar[str] = "client_status"
    takes: ClassVar[frozenset[str]] = frozenset({"agent", "source", "company"})
    for_director: ClassVar[bool] = True

    def blocks(self, asked: Asked) -> Sequence[Block]:
        """By name."""
        found = asked.unit.reports.statuses(asked.scope, now=asked.unit.now)

        def section(of_agent: list[StatusRow]) -> Section:
            return Section(rows=tuple(_row(asked, one) for one in of_agent))

        return (*_chart(found), Table(COLUMNS, by_agent(asked, found, lambda one: one.agent_id, section)))


def _row(asked: Asked, one: StatusRow) -> Row:
    return (
        one.customer,
        one.relationship.value,
        one.stage.value if one.stage else None,
        one.model,
        Money(one.net, one.currency) if one.net is not None and one.currency else None,
        asked.local_day(one.last_contact),
        one.next_kind.value if one.next_kind else None,
        one.next_day,
    )


def _chart(found: Sequence[StatusRow]) -> list[Chart]:
    counted = {one: sum(row.relationship is one for row in found) for one in Relationship}
    shown = {one: count for one, count in counted.items() if count}
    if not shown:
        return []
    series = ChartSeries(Fact(Column("customers", ColumnType.WORD, words="column"), "customers"), tuple(shown.values()))
    kinds = tuple(one.value for one in shown)
    return [Chart("by_relationship", ChartKind.HORIZONTAL, ColumnType.INT, RELATIONSHIP, kinds, (series,))]
