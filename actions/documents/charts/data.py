"""What a chart shows: numbers to draw, and the words and figures that its caller has already put into a language."""

from dataclasses import dataclass

from domain.reports.table import ChartKind


@dataclass(frozen=True, slots=True)
class Point:
    """A value and how it is written; without a value there is a gap."""

    value: float | None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """One point for each category."""

    name: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class ChartData:
    """`empty` is said in place of a chart that has nothing to show; `note` stands under it."""

    kind: ChartKind
    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    empty: str
    note: str = ""

    def __post_init__(self) -> None:
        for series in self.series:
            if len(series.points) != len(self.categories):
                raise ValueError(f"series {series.name!r} needs one point for each category")

    @property
    def is_empty(self) -> bool:
        """Whether there is no value at all; zeros are values."""
        return all(point.value is None for series in self.series for point in series.points)
