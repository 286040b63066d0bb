"""What was done: events (that take somebody's time) and tasks, by kind, with how each went."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from domain.agenda import EVENT_KINDS, Kind, Outcome, Status
from domain.reports.kind import ReportKind
from domain.reports.queries import ActivityRow
from domain.reports.request import Asked
from domain.reports.sums import total_rows
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

TYPE = Column("type", ColumnType.WORD, words="activity_type")
KIND = Column("kind", ColumnType.WORD, words="kind")
FATES = ("done", "attempts", "planned", "cancelled")
COUNTS = (KIND, *(Column(code, ColumnType.INT) for code in ("activities", *FATES)))
ROWS = (
    Column("day", ColumnType.DATE),
    Column("hour"),
    Column("customer"),
    Column("title"),
    Column("status", ColumnType.WORD, words="status"),
    Column("outcome", ColumnType.WORD, words="outcome"),
    Column("note"),
)
AGENT = Column("agent")


class ActivityHistory(ReportKind):
    """`activity_history`."""

    name: ClassVar[str] = "activity_history"
    takes: ClassVar[frozenset[str]] = frozenset({"agent", "client", "period"})

    def blocks(self, asked: Asked) -> Sequence[Block]:
        """Counts by type and kind, then each activity."""
        found = asked.unit.reports.activities(asked.scope, first=asked.first, last=asked.last)
        names = {agent.id: agent for agent in asked.unit.team.all()}
        columns = (*ROWS[:2], AGENT, *ROWS[2:]) if asked.of_all else ROWS

        def row(one: ActivityRow) -> Row:
            agent = names[one.agent_id]
            hour = f"{agent.local(one.starts_at):%H:%M}" if one.starts_at else None
            whose = (agent.name,) if asked.of_all else ()
            outcome = one.outcome.value if one.outcome else None
            return (one.day, hour, *whose, one.customer, one.title or None, one.status.value, outcome, one.note)

        counts, listed = [], []
        for type_, kinds in _types(found):
            of_type = tuple(_counted(kind, rows) for kind, rows in kinds)
            heading = Fact(TYPE, type_)
            counts.append(Section(heading, of_type, totals=_totals(of_type)))
            parts = tuple(Section(Fact(KIND, kind.value), tuple(map(row, rows))) for kind, rows in kinds)
            listed.append(Section(heading, sections=parts))
        every = [one for section in counts for one in section.rows]
        return (
            *_chart(every),
            Table(COUNTS, tuple(counts), _totals(every), code="activity_counts"),
            Table(columns, tuple(listed), code="activities"),
        )


def fate(one: ActivityRow) -> str:
    """What became of an activity; reaching nobody is an attempt."""
    if one.status is Status.NO_SHOW or one.outcome in {Outcome.NO_ANSWER, Outcome.NO_SHOW}:
        return "attempts"
    return one.status.value


def _types(found: Iterable[ActivityRow]) -> list[tuple[str, list[tuple[Kind, list[ActivityRow]]]]]:
    listed = list(found)
    parted = []
    for type_, kinds in (
        ("event", [kind for kind in Kind if kind in EVENT_KINDS]),
        ("task", [kind for kind in Kind if kind not in EVENT_KINDS]),
    ):
        of_type = [(kind, [one for one in listed if one.kind is kind]) for kind in kinds]
        if any(rows for _, rows in of_type):
            parted.append((type_, [(kind, rows) for kind, rows in of_type if rows]))
    return parted


def _counted(kind: Kind, found: Sequence[ActivityRow]) -> Row:
    fates = [fate(one) for one in found]
    return (kind.value, len(fates), *(fates.count(code) for code in FATES))


def _totals(rows: Sequence[Row]) -> tuple[Row, ...]:
    return total_rows(COUNTS, rows, {column.code for column in COUNTS[1:]})


def _chart(rows: Sequence[Row]) -> list[Chart]:
    if not rows:
        return []
    series = tuple(
        ChartSeries(
            Fact(Column("fate", ColumnType.WORD, words="column"), code),
            tuple(value if isinstance(value := row[place], int) else None for row in rows),
        )
        for place, code in enumerate(FATES, start=2)
    )
    kinds = tuple(row[0] for row in rows)
    return [Chart("activities_by_kind", ChartKind.STACKED, ColumnType.INT, KIND, kinds, series)]
