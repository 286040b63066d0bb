"""Customers with whom nobody spoke over a time; an attempt that reached nobody is no contact, and told apart."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from domain.reports.kind import ReportKind, by_agent, months_before
from domain.reports.queries import InactiveRow
from domain.reports.request import Asked
from domain.reports.sums import money, total_rows
from domain.reports.table import Block, Column, ColumnType, Row, Section, Table

COLUMNS = (
    Column("customer"),
    Column("phone"),
    Column("last_contact", ColumnType.DATE),
    Column("last_attempt", ColumnType.DATE),
    Column("silent_days", ColumnType.INT),
    Column("open_deals", ColumnType.INT),
    Column("open_value", ColumnType.MONEY),
)


class InactiveClients(ReportKind):
    """`inactive_clients`."""

    name: ClassVar[str] = "inactive_clients"
    takes: ClassVar[frozenset[str]] = frozenset({"agent", "period", "source", "company"})

    def period(self, today: date) -> tuple[date, date]:
        """The last three months."""
        return months_before(today, 3), today

    def blocks(self, asked: Asked) -> Sequence[Block]:
        """The longest silence first."""
        found = _merged(asked.unit.reports.inactive(asked.scope, start=asked.start, end=asked.end))

        def section(of_agent: list[InactiveRow]) -> Section:
            rows = tuple(_row(asked, one) for one in of_agent)
            return Section(rows=rows, totals=_totals(rows))

        sections = by_agent(asked, found, lambda one: one.agent_id, section)
        totals = _totals([row for one in sections for row in one.rows]) if len(sections) > 1 else ()
        return (Table(COLUMNS, sections, totals, code="inactive"),)


def _merged(found: Sequence[InactiveRow]) -> list[InactiveRow]:
    """Deals without a value are counted beside the customer's first currency; they come after those that have one."""
    merged: list[InactiveRow] = []
    of_customer: dict[int, int] = {}
    for one in found:
        place = of_customer.get(one.customer_id)
        if one.currency is None and place is not None:
            merged[place] = merged[place]._replace(open_deals=merged[place].open_deals + one.open_deals)
            continue
        of_customer.setdefault(one.customer_id, len(merged))
        merged.append(one)
    return merged


def _row(asked: Asked, one: InactiveRow) -> Row:
    last = asked.local_day(one.last_contact)
    since = last or asked.local_day(one.since) or asked.today
    return (
        one.customer,
        one.phone,
        last,
        asked.local_day(one.last_attempt),
        (asked.today - since).days,
        one.open_deals,
        money(one.net, one.currency or ""),
    )


def _totals(rows: Sequence[Row]) -> tuple[Row, ...]:
    return total_rows(COLUMNS, rows, {"open_deals", "open_value"})
