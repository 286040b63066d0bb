"""A week on paper: hours down, days across, each activity coloured by its importance; a grid for each agent."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import ClassVar

from domain.agenda import Status
from domain.reports.kind import AGENT, ReportKind
from domain.reports.queries import ActivityRow
from domain.reports.request import Asked
from domain.reports.table import Block, Column, ColumnType, Entry, Fact, Row, Section, Table
from domain.team import Agent

HOUR = Column("hour")
_WEEK = 7


class Agenda(ReportKind):
    """`agenda`."""

    name: ClassVar[str] = "agenda"
    takes: ClassVar[frozenset[str]] = frozenset({"agent", "period"})
    longest: ClassVar[int] = 62

    def period(self, today: date) -> tuple[date, date]:
        """This week, Monday to Sunday."""
        monday = today - timedelta(days=today.weekday())
        return monday, monday + timedelta(days=_WEEK - 1)

    def blocks(self, asked: Asked) -> Sequence[Block]:
        """A table a calendar week, in it a grid for each agent who has something."""
        found = [
            one
            for one in asked.unit.reports.activities(asked.scope, first=asked.first, last=asked.last)
            if one.status is not Status.CANCELLED
        ]
        agents = [asked.agent] if asked.agent else list(asked.unit.team.all())
        return [_week(asked, days, agents, found) for days in _weeks(asked.first, asked.last)]


def _week(asked: Asked, days: Sequence[date], agents: Sequence[Agent], found: Sequence[ActivityRow]) -> Table:
    columns = (HOUR, *(Column("day", ColumnType.ENTRIES, title=day) for day in days))
    sections = []
    for agent in agents:
        rows = _grid(agent, days, [one for one in found if one.agent_id == agent.id and one.day in days])
        if rows:
            sections.append(Section(Fact(AGENT, agent.name) if asked.of_all else None, rows))
    return Table(columns, tuple(sections))


def _grid(agent: Agent, days: Sequence[date], found: Sequence[ActivityRow]) -> tuple[Row, ...]:
    """A row for each hour that has something; what has a day alone comes first, without an hour."""
    cells: dict[int, dict[date, list[Entry]]] = {}
    for one in found:
        local = agent.local(one.starts_at) if one.starts_at else None
        entry = Entry(
            text=" · ".join(part for part in (one.customer, one.title) if part),
            importance=one.importance.value,
            kind=one.kind.value,
            at=f"{local:%H:%M}" if local else "",
        )
        cells.setdefault(local.hour if local else -1, {}).setdefault(one.day, []).append(entry)
    return tuple(
        (f"{hour:02}:00" if hour >= 0 else None, *(tuple(cells[hour].get(day, ())) for day in days))
        for hour in sorted(cells)
    )


def _weeks(first: date, last: date) -> Iterator[list[date]]:
    """The days of the period, by calendar week."""
    start = first
    while start <= last:
        end = min(last, start + timedelta(days=_WEEK - 1 - start.weekday()))
        yield [start + timedelta(days=ahead) for ahead in range((end - start).days + 1)]
        start = end + timedelta(days=1)
