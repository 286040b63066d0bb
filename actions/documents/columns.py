"""How wide a report's columns become, and when a page must be turned or a table cut into bands of columns."""

from collections.abc import Sequence
from dataclasses import dataclass

from actions.documents.grid import SIDE
from actions.documents.text import clean, width
from actions.documents.theme import Style

WIDEST = 170.0  # points that a column may ask for before its text is broken
NARROWEST = 78.0  # points that its longest word may hold open
MEASURED = 24  # of a column's values, the longest


@dataclass(frozen=True, slots=True)
class Needs:
    """Of one column: with its longest word unbroken, and with every value on one line."""

    least: float
    most: float


def needs(heading: str, values: Sequence[str], style: Style, bold: Style) -> Needs:
    """Measured on the longest of the values; their number does not matter."""
    longest = sorted(set(values), key=len)[-MEASURED:]
    lines = [(heading, bold), *((line, style) for value in longest for line in clean(value).split("\n"))]
    words = [(word, style) for line, style in lines for word in line.split(" ")]
    padding = 2 * SIDE + 1
    most = max(width(clean(line), style) for line, style in lines) + padding
    least = max(width(clean(word), style) for word, style in words) + padding
    return Needs(min(least, NARROWEST), min(most, WIDEST))


def is_wide(columns: Sequence[Needs], available: float) -> bool:
    """Whether not every value fits on one line side by side."""
    return sum(column.most for column in columns) > available


def bands(columns: Sequence[Needs], available: float) -> list[list[int]]:
    """Columns by number that fit beside each other; the first column is in each band, since it names the row."""
    if sum(column.least for column in columns) <= available:
        return [list(range(len(columns)))]
    wanted = [(column.least + column.most) / 2 for column in columns]
    room = max(available - columns[0].most, *wanted[1:])
    count = len(_filled(wanted, room))
    even = max(sum(wanted[1:]) / count, *wanted[1:])  # so that the last band is not left with one column
    filled = _filled(wanted, min(room, even * 1.05))
    return [[0, *band] for band in (filled if len(filled) == count else _filled(wanted, room))]


def _filled(wanted: Sequence[float], room: float) -> list[list[int]]:
    """The columns after the first, in order, as many together as `room` takes."""
    result: list[list[int]] = []
    used = room + 1
    for number, column in enumerate(wanted[1:], start=1):
        if used + column > room:
            result.append([])
            used = 0
        result[-1].append(number)
        used += column
    return result


def shares(columns: Sequence[Needs], available: float) -> list[float]:
    """Widths that fill `available`: what is left over, or missing, is shared by what each column could use."""
    most, least = sum(column.most for column in columns), sum(column.least for column in columns)
    if most <= available:
        return [column.most * available / most for column in columns]
    if least >= available:
        return [column.least * available / least for column in columns]
    part = (available - least) / (most - least)
    return [column.least + (column.most - column.least) * part for column in columns]
