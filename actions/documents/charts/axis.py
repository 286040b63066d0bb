"""Where values stand on a chart, and the names of its categories under it."""

from collections.abc import Sequence
from dataclasses import dataclass

from actions.documents.charts.pen import Area, Pen, text_width
from actions.documents.text import shorten, wrap
from actions.documents.theme import Style

NAME = Style(size=8)
LONGEST = 74.0  # points of a turned name; longer ones end in "…"
LEVEL_LINES = 2  # a name that needs more lines is turned


@dataclass(frozen=True, slots=True)
class Scale:
    """Upright position of a value: `zero` plus `unit` for each one."""

    zero: float
    unit: float

    def at(self, value: float) -> float:
        """In points."""
        return self.zero + value * self.unit

    def bar(self, x: float, width: float, start: float, end: float) -> Area:
        """From one value to another, whichever is higher."""
        low, high = sorted((self.at(start), self.at(end)))
        return Area(x, low, width, high - low)


def scale_of(values: Sequence[float], plot: Area, room: float) -> Scale:
    """For values of which zero is always one; `room` points stay free beyond the highest and under the lowest."""
    high, low = max(0.0, *values, 0.0), min(0.0, *values, 0.0)
    below = room if low < 0 else 0.0
    free = max(plot.height - room - below, 1.0)
    unit = free / (high - low) if high > low else 0.0
    return Scale(plot.y + below - low * unit, unit)


def label_height(categories: Sequence[str], step: float) -> float:
    """What the names need below the plot."""
    if _is_level(categories, step):
        return max(len(wrap(name, NAME, step - 3)) for name in categories) * NAME.leading + 5
    return min(LONGEST, max(text_width(name, NAME) for name in categories)) + 8


def draw_categories(pen: Pen, area: Area, categories: Sequence[str], height: float) -> None:
    """Level where all fit, else turned; where they stand too close, every second, third … is written."""
    step = area.width / len(categories)
    is_level = _is_level(categories, step)
    every = 1 if is_level else max(1, -(-int(NAME.leading) // max(1, int(step))))
    for index, name in enumerate(categories):
        if index % every:
            continue
        x = area.x + (index + 0.5) * step
        if is_level:
            for row, line in enumerate(wrap(name, NAME, step - 3)):
                pen.text(x, area.y + height - 3 - NAME.size - row * NAME.leading, line, NAME, anchor="middle")
        else:
            y = area.y + height - 5
            pen.text(x + NAME.size * 0.36, y, shorten(name, NAME, LONGEST), NAME, anchor="end", angle=90)


def _is_level(categories: Sequence[str], step: float) -> bool:
    widest = max((text_width(word, NAME) for name in categories for word in name.split()), default=0)
    return widest <= step - 3 and all(len(wrap(name, NAME, step - 3)) <= LEVEL_LINES for name in categories)
