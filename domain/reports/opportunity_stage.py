"""How deals go through the stages, by agent: where they stand, what became of those that came, and how long they stayed."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from domain.opportunities import OPEN_STAGES, Stage
from domain.reports.kind import ReportKind, by_agent
from domain.reports.queries import StageMoves, StageNow
from domain.reports.request import Asked
from domain.reports.sums import by_currency, money, percent, total_rows
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
    Value,
)

STAGE = Column("stage", ColumnType.WORD, words="stage")
NOW = (STAGE, Column("deals", ColumnType.INT), Column("value", ColumnType.MONEY))
MOVES = (
    STAGE,
    Column("entered", ColumnType.INT),
    Column("went_on", ColumnType.INT),
    Column("went_back", ColumnType.INT),
    Column("lost", ColumnType.INT),
    Column("stayed", ColumnType.INT),
    Column("conversion", ColumnType.PERCENT),
    Column("days_in_stage", ColumnType.INT),
)
_ORDER = tuple(Stage)
_DAY = 86_400


class OpportunityStage(ReportKind):
    """`opportunity_stage`."""

    name: ClassVar[str] = "opportunity_stage"
    takes: ClassVar[frozenset[str]] = frozenset({"agent", "period", "source"})
    for_director: ClassVar[bool] = True

    def blocks(self, asked: Asked) -> Sequence[Block]:
        """Where deals stand today, then the moves of the period."""
        now = asked.unit.reports.stages_now(asked.scope)
        moves = asked.unit.reports.stage_moves(asked.scope, start=asked.start, end=asked.end, now=asked.unit.now)
        standing = by_agent(asked, now, lambda one: one.agent_id, _standing)
        moved = by_agent(asked, moves, lambda one: one.agent_id, _moved)
        all_standing = total_rows(NOW, [row for one in standing for row in one.rows], {"deals", "value"})
        all_moved = _moved(list(moves)).totals
        return (
            *_chart(moves),
            Table(NOW, standing, all_standing if len(standing) > 1 else (), code="standing"),
            Table(MOVES, moved, all_moved if len(moved) > 1 else (), code="moves"),
        )


def _standing(found: Iterable[StageNow]) -> Section:
    sums = by_currency((one.stage, one.currency, (one.deals, one.net)) for one in found)
    ordered = sorted(sums, key=lambda one: (_ORDER.index(one[0]), one[1]))
    rows = tuple((stage.value, sums[stage, cur][0], money(sums[stage, cur][1], cur)) for stage, cur in ordered)
    return Section(rows=rows, totals=total_rows(NOW, rows, {"deals", "value"}))


def _moved(found: Sequence[StageMoves]) -> Section:
    rows = tuple(_row(stage, [one for one in found if one.stage is stage]) for stage in OPEN_STAGES)
    rows = tuple(row for row in rows if row[1])
    seconds = sum(one.seconds for one in found if one.stage in OPEN_STAGES)

    def finish(values: dict[str, Value]) -> None:
        entered, went_on = values["entered"], values["went_on"]
        if isinstance(entered, int) and isinstance(went_on, int) and entered:
            values |= {"conversion": percent(went_on, entered), "days_in_stage": _days(seconds, entered)}

    return Section(
        rows=rows, totals=total_rows(MOVES, rows, {"entered", "went_on", "went_back", "lost", "stayed"}, finish)
    )


def _row(stage: Stage, found: Sequence[StageMoves]) -> Row:
    place = _ORDER.index(stage)
    entered = sum(one.deals for one in found)
    lost = sum(one.deals for one in found if one.following is Stage.LOST)
    stayed = sum(one.deals for one in found if one.following is None)
    forward = [one for one in found if one.following not in {None, Stage.LOST}]
    went_on = sum(one.deals for one in forward if one.following and _ORDER.index(one.following) > place)
    back = sum(one.deals for one in forward) - went_on
    days = _days(sum(one.seconds for one in found), entered)
    return (stage.value, entered, went_on, back, lost, stayed, percent(went_on, entered), days)


def _days(seconds: int, deals: int) -> int:
    """On average, rounded half up."""
    return (2 * seconds + deals * _DAY) // (2 * deals * _DAY) if deals else 0


def _chart(moves: Sequence[StageMoves]) -> list[Chart]:
    """Who came to a stage, and who went on from it."""
    rows = _moved(list(moves)).rows
    if not rows:
        return []
    return [
        Chart(
            "through_stages",
            ChartKind.GROUPED,
            ColumnType.INT,
            STAGE,
            tuple(row[0] for row in rows),
            tuple(
                ChartSeries(
                    Fact(Column("moves", ColumnType.WORD, words="column"), code),
                    tuple(value if isinstance(value := row[place], int) else None for row in rows),
                )
                for code, place in (("entered", 1), ("went_on", 2), ("lost", 4))
            ),
        )
    ]
