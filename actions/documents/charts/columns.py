"""Upright bars, beside each other or stacked, each with its value written."""

from dataclasses import dataclass

from actions.documents.charts.axis import Scale, draw_categories, label_height, scale_of
from actions.documents.charts.data import Point, Series
from actions.documents.charts.pen import Area, Pen, fill_of, text_width
from actions.documents.theme import INK, MUTED, Style

VALUE = Style(size=7.5)
FINE = Style(size=6)  # where bars are thin
GAP = 0.22  # of a category's width, between it and the next
THIN, THINNEST = 9.0, 5.8  # points; a thinner bar has no room for a turned value


@dataclass(frozen=True, slots=True)
class _Bar:
    area: Area
    point: Point
    series: int


def draw_columns(
    pen: Pen, area: Area, categories: tuple[str, ...], series: tuple[Series, ...], *, stacked: bool
) -> None:
    """Fill `area` with bars and, below them, the names of the categories."""
    foot = label_height(categories, area.width / len(categories))
    step = area.width / len(categories)
    thick = step * (1 - GAP) / (1 if stacked else len(series))
    style = VALUE if thick >= THIN else FINE
    turned = any(text_width(p.text, style) > thick + 2 for s in series for p in s.points) and not stacked
    room = max(text_width(p.text, style) for s in series for p in s.points) + 4 if turned else VALUE.leading + 2
    plot = Area(area.x, area.y + foot, area.width, area.height - foot)
    scale = scale_of(_sums(series) if stacked else [p.value or 0 for s in series for p in s.points], plot, room)
    bars = _stacked(plot, scale, series, step) if stacked else _grouped(plot, scale, series, step, thick)
    highest = {index: _highest(one) for index, one in enumerate(series)}
    for bar in bars:
        pen.bar(bar.area, fill_of(bar.series))
        if stacked:
            _inside(pen, bar)
        elif thick >= THINNEST or bar.point is highest[bar.series]:
            _beyond(pen, bar, style, turned=turned)
    pen.line(plot.x, scale.zero, plot.x + plot.width, scale.zero, colour=INK, weight=0.8)
    draw_categories(pen, area, categories, foot)


def _grouped(plot: Area, scale: Scale, series: tuple[Series, ...], step: float, thick: float) -> list[_Bar]:
    bars = []
    for number, one in enumerate(series):
        for index, point in enumerate(one.points):
            if point.value is not None:
                x = plot.x + index * step + step * GAP / 2 + number * thick
                bars.append(_Bar(scale.bar(x, thick, 0, point.value), point, number))
    return bars


def _stacked(plot: Area, scale: Scale, series: tuple[Series, ...], step: float) -> list[_Bar]:
    bars = []
    for index in range(len(series[0].points)):
        up = down = 0.0
        for number, one in enumerate(series):
            point = one.points[index]
            if not point.value:
                continue
            start = up if point.value > 0 else down
            x = plot.x + index * step + step * GAP / 2
            bars.append(_Bar(scale.bar(x, step * (1 - GAP), start, start + point.value), point, number))
            if point.value > 0:
                up += point.value
            else:
                down += point.value
    return bars


def _sums(series: tuple[Series, ...]) -> list[float]:
    """The highest and the lowest end of each stack."""
    columns = [[point.value or 0 for point in points] for points in zip(*(s.points for s in series), strict=True)]
    return [sum(v for v in column if sign * v > 0) for column in columns for sign in (1, -1)]


def _highest(series: Series) -> Point:
    return max(series.points, key=lambda point: point.value if point.value is not None else float("-inf"))


def _inside(pen: Pen, bar: _Bar) -> None:
    """A part's value, where the part has room for it."""
    style = Style(VALUE.font, VALUE.size, fill_of(bar.series).on_it)
    long = text_width(bar.point.text, style)
    centre = bar.area.x + bar.area.width / 2
    if bar.area.height >= style.size + 2 and long <= bar.area.width - 2:
        if fill_of(bar.series).hatch:  # lines behind figures hide them
            pen.blank(
                Area(centre - long / 2 - 1.5, bar.area.y + bar.area.height / 2 - 4.5, long + 3, 9),
                fill_of(bar.series).fill,
            )
        pen.text(centre, bar.area.y + bar.area.height / 2 - style.size * 0.36, bar.point.text, style, anchor="middle")


def _beyond(pen: Pen, bar: _Bar, style: Style, *, turned: bool) -> None:
    """The value above its bar, or below one that hangs; turned where it is wider than the bar."""
    style = Style(style.font, style.size, INK if bar.point.value else MUTED)
    centre = bar.area.x + bar.area.width / 2
    is_hanging = (bar.point.value or 0) < 0
    if turned:
        y = bar.area.y - 3 if is_hanging else bar.area.y + bar.area.height + 3
        pen.text(
            centre + style.size * 0.36, y, bar.point.text, style, angle=90, anchor="end" if is_hanging else "start"
        )
    else:
        y = bar.area.y - style.size - 1 if is_hanging else bar.area.y + bar.area.height + 2.5
        pen.text(centre, y, bar.point.text, style, anchor="middle")
