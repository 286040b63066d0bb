"""One table for all figures: what was measured, how much, and beside what it stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WIDTHS = (52, 12, 10)


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value with its unit; `beside` is a promise or a ratio, where there is one."""

    what: str
    value: float
    unit: str
    beside: str = ""

    def line(self) -> str:
        """The figure as a row of the table."""
        digits = 0 if abs(self.value) >= 100 else 1 if abs(self.value) >= 10 else 2
        cells = (self.what.ljust(WIDTHS[0]), f"{self.value:,.{digits}f}".rjust(WIDTHS[1]), self.unit.ljust(WIDTHS[2]))
        return f"  {cells[0]} {cells[1]} {cells[2]} {self.beside}".rstrip()


def show(title: str, figures: Iterable[Figure]) -> None:
    """Print a heading and its figures as they come, so that a long benchmark is seen to move."""
    print(f"\n{title}", flush=True)
    for figure in figures:
        print(figure.line(), flush=True)


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` (0 to 1) of the values lie, by the nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, round(share * len(ordered)) - 1))]
