"""What each source brings: customers who came, those who bought, and the sales; a sale is an order that Sales accepted."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import ClassVar

from domain.customers import Source
from domain.reports.kind import ReportKind, by_agent
from domain.reports.queries import ArrivalSum, SaleSum
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
    Row,
    Section,
    Table,
    Value,
)

SOURCE = Column("source", ColumnType.WORD, words="source")
COLUMNS = (
    SOURCE,
    Column("new_customers", ColumnType.INT),
    Column("buyers", ColumnType.INT),
    Column("conversion", ColumnType.PERCENT),
    Column("sales", ColumnType.INT),
    Column("sales_value", ColumnType.MONEY),
)
SUMMED = frozenset({"new_customers", "buyers", "sales", "sales_value"})


class ClientAcquisition(ReportKind):
    """`client_acquisition`."""

    name: ClassVar[str] = "client_acquisition"
    takes: ClassVar[frozenset[str]] = frozenset({"agent", "period", "source"})
    for_director: ClassVar[bool] = True

    def period(self, today: date) -> tuple[date, date]:
        """This year so far: cars are not bought in a month."""
        return date(today.year, 1, 1), today

    def blocks(self, asked: Asked) -> Sequence[Block]:
        """All together, then each agent's."""
        came = asked.unit.reports.arrivals(asked.scope, start=asked.start, end=asked.end)
        sold = asked.unit.reports.sales(asked.scope, start=asked.start, end=asked.end)
        found: list[ArrivalSum | SaleSum] = [*came, *sold]
        whole = _section(found)
        together = Table(COLUMNS, (Section(rows=whole.rows),) if whole.rows else (), whole.totals, code="all_agents")
        if asked.agent is not None:
            return (*_chart(whole), together)
        each = by_agent(asked, found, lambda one: one.agent_id, _section)
        return (*_chart(whole), together, Table(COLUMNS, each, code="each_agent"))


def _section(found: Iterable[ArrivalSum | SaleSum]) -> Section:
    """A row a source and currency; customers count beside the source's first currency."""
    sums = by_currency(
        (one.source, "", (one.customers, one.buyers, 0, 0))
        if isinstance(one, ArrivalSum)
        else (one.source, one.currency, (0, 0, one.deals, one.net))
        for one in found
    )
    ordered = sorted(sums, key=lambda one: (-sums[one][3], -sums[one][0], one[0] or "~", one[1]))
    rows = tuple(_row(source, currency, sums[source, currency]) for source, currency in ordered)
    return Section(rows=rows, totals=total_rows(COLUMNS, rows, SUMMED, _finish))


def _row(source: Source | None, currency: str, figures: Sequence[int]) -> Row:
    customers, buyers, deals, net = figures
    return (source or UNKNOWN, customers, buyers, percent(buyers, customers), deals, money(net, currency))


def _finish(values: dict[str, Value]) -> None:
    customers, buyers = values["new_customers"], values["buyers"]
    if isinstance(customers, int) and isinstance(buyers, int):
        values["conversion"] = percent(buyers, customers)


def _chart(whole: Section) -> list[Chart]:
    """Customers against sales."""
    counted: dict[Value, list[int]] = {}
    for row in whole.rows:
        figures = counted.setdefault(row[0], [0, 0])
        for place, value in enumerate((row[1], row[4])):
            figures[place] += value if isinstance(value, int) else 0
    if not counted:
        return []
    return [
        Chart(
            "source_to_sales",
            ChartKind.HORIZONTAL,
            ColumnType.INT,
            SOURCE,
            tuple(counted),
            tuple(
                ChartSeries(
                    Fact(Column("deals", ColumnType.WORD, words="column"), code),
                    tuple(figures[place] for figures in counted.values()),
                )
                for place, code in enumerate(("new_customers", "sales"))
            ),
        )
    ]
