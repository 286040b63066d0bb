"""Puts the phrases of a message together: a day with its hour, whether they stand side by side or apart."""

from dataclasses import dataclass, field

from bot.understanding.moments.clauses import clauses
from bot.understanding.moments.expressions import (
    CalendarDay,
    DayExpression,
    Shift,
    Unsure,
    Weekday,
    WeekdayOfWeek,
)
from bot.understanding.moments.periods import Calendar, Months
from bot.understanding.moments.readings import Clock, Kind, Reading
from bot.understanding.moments.scan import scan
from bot.understanding.moments.tokens import Line
from bot.understanding.moments.wordlist import wordset

# Words that may stand between a day and its hour, or between a weekday and its date.
_FILLERS = wordset(", ( ) on the pe la at in de din data - @ ora undeva of for pentru si_anume adica mai sometime a")
_TIMES = frozenset((Kind.CLOCK, Kind.PART, Kind.UNCLEAR_CLOCK))


@dataclass(eq=False)
class Cluster:
    """What belongs to one moment; `unsure` where it was meant as one and cannot be told."""

    readings: list[Reading]
    clause: int
    days: list[DayExpression] = field(default_factory=list)
    clock: Clock | None = None
    until: Clock | None = None
    part: str | None = None
    weak: bool = False
    unsure: bool = False
    recurrence: bool = False
    instant: int | None = None
    # The hour stands beyond a comma or "and": it is not surely that of a day gone by.
    parted: bool = False

    @property
    def timed(self) -> bool:
        """Tell whether an hour or a part of the day was said."""
        return self.clock is not None or self.part is not None

    @property
    def first(self) -> int:
        """Give the first token."""
        return min(reading.first for reading in self.readings)

    def add(self, reading: Reading) -> None:
        """Take a phrase in."""
        self.readings.append(reading)
        if reading.day is not None:
            self.days.append(reading.day)
        if reading.kind is Kind.UNCLEAR_DAY:
            self.days.append(Unsure())
        self.unsure |= reading.kind is Kind.UNCLEAR_CLOCK
        self.recurrence |= reading.kind is Kind.RECURRENCE
        self.clock = reading.clock or self.clock
        self.until = reading.until or self.until
        self.part = reading.part or self.part

    def absorb(self, other: "Cluster") -> None:
        """Take another cluster's phrases in."""
        for reading in other.readings:
            self.add(reading)
        self.unsure |= other.unsure


@dataclass
class Composed:
    """The moments and periods of a message, not yet resolved."""

    line: Line
    clusters: list[Cluster]
    stretches: list[Reading]


def compose(text: str) -> Composed:
    """Read a message and put its phrases together."""
    line, readings = scan(text)
    if not readings:
        return Composed(line, [], [])
    numbers = clauses(line)
    stretches = [reading for reading in readings if reading.stretch is not None]
    clusters: list[Cluster] = []
    # A phrase that is no time stands between two that are; it parts them.
    previous: Reading | None = None
    for place, reading in enumerate(readings):
        if reading.kind in {Kind.OTHER, Kind.DURATION} or reading.stretch is not None:
            previous = None if reading.kind is Kind.OTHER else previous
            continue
        following = readings[place + 1] if place + 1 < len(readings) else None
        if clusters and previous and _joins(line, clusters[-1], previous, reading, following):
            clusters[-1].add(reading)
        else:
            cluster = Cluster(readings=[], clause=numbers[reading.first])
            cluster.add(reading)
            cluster.instant = reading.minutes if reading.kind is Kind.INSTANT else None
            if clusters and previous and _alternative(line, previous, reading):
                clusters[-1].unsure = cluster.unsure = True
            clusters.append(cluster)
        previous = reading
    for cluster in clusters:
        cluster.weak = all(reading.weak for reading in cluster.readings) and not _whole(line, cluster)
    clusters = _without_weak(clusters)
    used = _into_stretches(clusters, stretches, numbers)
    clusters = _lone_hours(line, clusters, {numbers[stretch.first] for stretch in stretches})
    return Composed(line, clusters, [stretch for stretch in stretches if stretch not in used])


def _without_weak(clusters: list[Cluster]) -> list[Cluster]:
    """Drop doubtful forms; a doubtful day beside an hour makes that hour unsure."""
    kept = []
    for cluster in clusters:
        if cluster.weak and cluster.days and any(other.clause == cluster.clause and other.timed for other in clusters):
            cluster.days = [Unsure()]
            cluster.weak = False
        if not cluster.weak:
            kept.append(cluster)
    return kept


def _whole(line: Line, cluster: Cluster) -> bool:
    rest = [line.word(i) for i in range(len(line)) if not any(r.first <= i < r.last for r in cluster.readings)]
    return all(word in {".", ",", "?", "!"} for word in rest)


def _gap(line: Line, before: Reading, after: Reading) -> list[str]:
    return [line.word(i) for i in range(before.last, after.first)]


def _alternative(line: Line, before: Reading, after: Reading) -> bool:
    gap = _gap(line, before, after)
    alike = before.kind is after.kind or {before.kind, after.kind} <= {Kind.DAY, Kind.CLOCK, Kind.PART}
    return (
        alike
        and 1 <= len(gap) <= 3
        and any(word in {"or", "sau", "ori", "/"} for word in gap)
        and all(word in _FILLERS or word in {"or", "sau", "ori", "/", "maybe", "poate"} for word in gap)
    )


def _joins(line: Line, cluster: Cluster, before: Reading, reading: Reading, following: Reading | None) -> bool:
    gap = _gap(line, before, reading)
    if (
        len(gap) > 3
        or any(word not in _FILLERS for word in gap)
        or cluster.instant is not None
        or reading.kind is Kind.INSTANT
    ):
        return False
    if any(
        "\n" in line.text[line.tokens[i].end : line.tokens[i + 1].start] for i in range(before.last - 1, reading.first)
    ):
        return False
    if reading.kind is Kind.RECURRENCE:
        return bool(not cluster.days and cluster.timed)
    if reading.kind in {Kind.DAY, Kind.UNCLEAR_DAY}:
        if cluster.recurrence or (cluster.part and reading.part):
            return False
        if cluster.days:
            return not cluster.clock and all(_same_day(day, reading.day) for day in cluster.days)
        hour_follows = following is not None and following.kind in _TIMES and not _gap(line, reading, following)
        return not ("," in gap and hour_follows)
    if reading.kind is Kind.CLOCK:
        return cluster.clock is None and not (cluster.unsure and not cluster.days)
    if reading.kind is Kind.PART:
        return cluster.part is None
    return bool(cluster.days) or cluster.timed


def _same_day(first: DayExpression, second: DayExpression | None) -> bool:
    """Tell whether two days side by side are one said twice ("tuesday the 19th", "mâine, vineri")."""
    pair = {type(first), type(second)}
    if len(pair) == 1:
        return False
    return pair <= {Weekday, CalendarDay, Shift, WeekdayOfWeek}


def _into_stretches(clusters: list[Cluster], stretches: list[Reading], numbers: list[int]) -> list[Reading]:
    """Let "next week" say which friday, and "luna viitoare" which month's 5th, where they share a clause."""
    used: list[Reading] = []
    for stretch in stretches:
        for cluster in clusters:
            if cluster.clause != numbers[stretch.first] or len(cluster.days) != 1:
                continue
            narrowed = _narrow(cluster.days[0], stretch)
            if narrowed is not None:
                cluster.days = [narrowed]
                cluster.readings.append(stretch)
                used.append(stretch)
    return used


def _narrow(day: DayExpression, reading: Reading) -> DayExpression | None:
    stretch = reading.stretch
    if isinstance(stretch, Calendar) and stretch.unit == "week" and isinstance(day, Weekday) and day.week is None:
        return WeekdayOfWeek(day.number, stretch.shift)
    if isinstance(day, CalendarDay) and day.month is None and day.month_shift is None:
        if isinstance(stretch, Calendar) and stretch.unit == "month":
            return CalendarDay(day.day, month_shift=stretch.shift)
        if isinstance(stretch, Months) and stretch.count == 1:
            return CalendarDay(day.day, stretch.month, stretch.year, year_shift=stretch.year_shift)
    return None


def _lone_hours(line: Line, clusters: list[Cluster], stretched: set[int]) -> list[Cluster]:
    """Give hours that stand apart to the day of their clause."""
    clusters = _hours_with_parts(clusters)
    kept = [cluster for cluster in clusters if cluster.days or cluster.recurrence or cluster.instant is not None]
    for lone in (cluster for cluster in clusters if cluster not in kept):
        near = [
            cluster
            for cluster in clusters
            if cluster is not lone and cluster.clause == lone.clause and cluster.instant is None
        ]
        free = [cluster for cluster in near if cluster.days and not cluster.timed and not cluster.unsure]
        before = [cluster for cluster in free if cluster.first < lone.first]
        home = before[-1] if before else free[0] if free else None
        if home is not None and not home.recurrence:
            home.parted = _parted(line, home, lone)
            home.absorb(lone)
            continue
        if any(cluster.recurrence for cluster in near) or lone.clause in stretched:
            continue
        dated = [cluster for cluster in near if cluster.days]
        if dated:
            lone.days = list(dated[-1].days)
            lone.parted = _parted(line, dated[-1], lone)
        kept.append(lone)
    kept.sort(key=lambda cluster: cluster.first)
    return kept


def _parted(line: Line, one: Cluster, other: Cluster) -> bool:
    first, last = sorted((one.first, other.first))
    return any(line.word(i) in {",", "and", "si", "-", "then", "apoi"} for i in range(first, last))


def _hours_with_parts(clusters: list[Cluster]) -> list[Cluster]:
    """Join "in the evening" to the only hour of its clause that lacks it."""
    parts = [cluster for cluster in clusters if cluster.part and not cluster.clock and not cluster.days]
    for part in parts:
        hours = [c for c in clusters if c.clause == part.clause and c.clock and not c.part and not c.recurrence]
        if len(hours) == 1:
            hours[0].absorb(part)
            clusters = [cluster for cluster in clusters if cluster is not part]
    return clusters
