"""Bars that lie: for many categories with long names."""

from actions.documents.charts.data import Series
from actions.documents.charts.pen import Area, Pen, fill_of, text_width
from actions.documents.text import shorten, wrap
from actions.documents.theme import INK, Style

NAME = Style(size=8)
VALUE = Style(size=7.5)
NAMES_SHARE = 0.38  # of the width at most, for the names
BAR = 11.0  # points of a bar's thickness
BETWEEN = 5.0  # from one category to the next
LINES = 2  # of a name
TALLEST = 390.0  # points of all bars together
ROOMY = 1.4  # few bars may be so much thicker


def bars_height(categories: tuple[str, ...], series: tuple[Series, ...]) -> float:
    """What they need; they are not squeezed into less."""
    return len(categories) * _step(len(series))


def most_bars(series: int) -> int:
    """How many categories a page that lies, or a phone, shows well."""
    return max(3, int(TALLEST / _step(series)))


def draw_bars(pen: Pen, area: Area, categories: tuple[str, ...], series: tuple[Series, ...]) -> None:
    """From the top down, in the order given; a negative bar goes left of the zero line."""
    values = [point.value or 0 for one in series for point in one.points]
    names = min(area.width * NAMES_SHARE, max(text_width(name, NAME) for name in categories) + 8)
    room = max(text_width(point.text, VALUE) for one in series for point in one.points) + 6
    left = room if min(values) < 0 else 0
    high, low = max(0, *values, 0), min(0, *values, 0)
    unit = max(1.0, area.width - names - room - left) / (high - low) if high > low else 0.0
    zero = area.x + names + left - low * unit
    step = max(_step(len(series)), min(area.height / len(categories), ROOMY * _step(len(series))))
    thick = (step - BETWEEN) / len(series)
    top = area.y + area.height
    for index, name in enumerate(categories):
        above = top - index * step
        _name(pen, area.x, above - step / 2, name, names - 8)
        for number, one in enumerate(series):
            point = one.points[index]
            if point.value is None:
                continue
            y = above - BETWEEN / 2 - (number + 1) * thick
            long = abs(point.value) * unit
            x = zero - long if point.value < 0 else zero
            pen.bar(Area(x, y, long, thick), fill_of(number))
            middle = y + thick / 2 - VALUE.size * 0.36
            if point.value < 0:
                pen.text(x - 3, middle, point.text, VALUE, anchor="end")
            else:
                pen.text(x + long + 3, middle, point.text, VALUE)
    pen.line(zero, top, zero, top - len(categories) * step, colour=INK, weight=0.8)


def _step(series: int) -> float:
    return max(BAR * series, LINES * NAME.leading) + BETWEEN


def _name(pen: Pen, x: float, middle: float, name: str, room: float) -> None:
    lines = wrap(name, NAME, room)
    if len(lines) > LINES:
        lines = [lines[0], shorten(" ".join(lines[1:]), NAME, room)]
    for row, line in enumerate(lines):
        pen.text(x, middle + (len(lines) / 2 - row) * NAME.leading - NAME.size, line, NAME)
