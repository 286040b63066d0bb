"""Lines over time, told apart by dashes and markers."""

from actions.documents.charts.axis import Scale, draw_categories, label_height, scale_of
from actions.documents.charts.data import Series
from actions.documents.charts.pen import Area, Pen, fill_of, text_width
from actions.documents.theme import MUTED, RULE, WHITE, Style

VALUE = Style(size=7.5)


def draw_lines(pen: Pen, area: Area, categories: tuple[str, ...], series: tuple[Series, ...]) -> None:
    """Each point has its value where there is room for it; else the last and the highest have."""
    foot = label_height(categories, area.width / len(categories))
    step = area.width / len(categories)
    plot = Area(area.x, area.y + foot, area.width, area.height - foot)
    scale = scale_of([p.value or 0 for s in series for p in s.points], plot, VALUE.leading + 6)
    widest = max(text_width(point.text, VALUE) for one in series for point in one.points)
    for part in (0.25, 0.5, 0.75, 1):
        y = plot.y + plot.height * part
        pen.line(plot.x, y, plot.x + plot.width, y, colour=RULE, weight=0.3)
    pen.line(plot.x, scale.zero, plot.x + plot.width, scale.zero, colour=MUTED, weight=0.8)
    for number, one in enumerate(series):
        spots = _spots(one, plot, scale, step)
        for run in _runs(spots):
            pen.path(run, fill_of(number))
        for x, y in spots.values():
            pen.marker(x, y, fill_of(number))
    for one in series:  # figures over all lines
        spots = _spots(one, plot, scale, step)
        for index in spots if widest <= step - 2 else _chosen(one, spots):
            x, y = spots[index]
            value = one.points[index].value or 0
            is_lower = any((other.points[index].value or 0) > value for other in series if other is not one)
            under = is_lower and y - VALUE.size - 5 > plot.y
            _write(pen, plot, (x, y - VALUE.size - 4 if under else y + 5), one.points[index].text)
    draw_categories(pen, area, categories, foot)


def _spots(series: Series, plot: Area, scale: Scale, step: float) -> dict[int, tuple[float, float]]:
    return {
        index: (plot.x + (index + 0.5) * step, scale.at(point.value))
        for index, point in enumerate(series.points)
        if point.value is not None
    }


def _write(pen: Pen, plot: Area, at: tuple[float, float], text: str) -> None:
    """A value on white, inside the plot."""
    half = text_width(text, VALUE) / 2
    x = min(max(at[0], plot.x + half), plot.x + plot.width - half)
    pen.blank(Area(x - half - 1, at[1] - 1.5, 2 * half + 2, VALUE.size + 1), WHITE)
    pen.text(x, at[1], text, VALUE, anchor="middle")


def _runs(spots: dict[int, tuple[float, float]]) -> list[list[tuple[float, float]]]:
    """Points without a gap between them; a single one has a marker alone."""
    runs: list[list[tuple[float, float]]] = []
    last = -2
    for index, spot in spots.items():
        if index != last + 1:
            runs.append([])
        runs[-1].append(spot)
        last = index
    return [run for run in runs if len(run) > 1]


def _chosen(series: Series, spots: dict[int, tuple[float, float]]) -> set[int]:
    if not spots:
        return set()
    return {max(spots), max(spots, key=lambda index: series.points[index].value or 0)}
