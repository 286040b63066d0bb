"""What each report is to the rest: its name, what it may be asked, its default period, and how its blocks are made."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import ClassVar, TypeVar

from domain.reports.request import Asked
from domain.reports.table import Block, Column, ColumnType, Fact, Section
from domain.team import Agent

T = TypeVar("T")

AGENT = Column("agent")
PORTFOLIO = Column("portfolio", ColumnType.WORD, words="portfolio")


class ReportKind(ABC):
    """One report. `takes` are the parameters that it heeds: agent, client, period, group_by, source, stage, company, fields."""

    name: ClassVar[str]
    takes: ClassVar[frozenset[str]]
    for_director: ClassVar[bool] = False
    needs_client: ClassVar[bool] = False
    groupings: ClassVar[tuple[str, ...]] = ()  # what it can be grouped by; the first where nothing is said
    longest: ClassVar[int] = 3660  # days of a period

    def period(self, today: date) -> tuple[date, date]:
        """What is meant where no period is said: from the first of the month to today, unless a report says otherwise."""
        return today.replace(day=1), today

    @abstractmethod
    def blocks(self, asked: Asked) -> Sequence[Block]:
        """Ask the database, and lay out what it found."""


def agents_of(asked: Asked) -> list[Agent]:
    """Everybody, by name."""
    return list(asked.unit.team.all())


def by_agent(
    asked: Asked, rows: Iterable[T], agent_id: Callable[[T], int | None], made: Callable[[list[T]], Section]
) -> tuple[Section, ...]:
    """A section for each agent who has rows, by name, then the company's; one without a heading where one agent's is asked."""
    listed = list(rows)
    if not asked.of_all:
        return (made(listed),) if listed else ()
    parted: dict[int | None, list[T]] = {}
    for row in listed:
        parted.setdefault(agent_id(row), []).append(row)
    sections = [
        _headed(made(parted[agent.id]), Fact(AGENT, agent.name)) for agent in agents_of(asked) if agent.id in parted
    ]
    if None in parted:
        sections.append(_headed(made(parted[None]), Fact(PORTFOLIO, "company")))
    return tuple(sections)


def _headed(section: Section, heading: Fact) -> Section:
    return Section(heading, section.rows, section.sections, section.totals)


def quarter(day: date) -> tuple[date, date]:
    """The first and the last day of a day's calendar quarter."""
    first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    return first, month_end(date(day.year, first.month + 2, 1))


def month_end(day: date) -> date:
    """The last day of a day's month."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1) - timedelta(days=1)


def months_before(day: date, count: int) -> date:
    """The same day so many months ago, or that month's last."""
    months = day.year * 12 + day.month - 1 - count
    first = date(months // 12, months % 12 + 1, 1)
    return first.replace(day=min(day.day, month_end(first).day))
