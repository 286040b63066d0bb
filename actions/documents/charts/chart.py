"""A chart with its title, legend and note: the same drawing for a page and for a picture."""

from reportlab.graphics.shapes import Drawing

from actions.documents.charts.bars import ROOMY, bars_height, draw_bars
from actions.documents.charts.columns import draw_columns
from actions.documents.charts.data import ChartData
from actions.documents.charts.lines import draw_lines
from actions.documents.charts.pen import Area, Pen, fill_of, text_width
from actions.documents.text import shorten, wrap
from actions.documents.theme import ACCENT, BOLD, LABEL, MUTED, SMALL, Style
from domain.reports.table import ChartKind

TITLE = Style(BOLD, 11, ACCENT)
LEGEND = Style(size=8.5)
SWATCH = 9.0  # points, a series' sign in the legend
EMPTY_HEIGHT = 70.0


def chart_drawing(data: ChartData, *, width: float, height: float) -> Drawing:
    """Of that width in points, and that height or what lying bars need; a chart without a value says so and is low."""
    names = tuple(series.name for series in data.series) if len(data.series) > 1 else ()
    head = head_height(data.title, names, width)
    foot = SMALL.leading + 2 if data.note else 0
    if data.is_empty:
        height = head + EMPTY_HEIGHT
    elif data.kind is ChartKind.HORIZONTAL:
        height = min(height, head + foot + ROOMY * bars_height(data.categories, data.series))
        height = max(height, head + foot + bars_height(data.categories, data.series))
    drawing = Drawing(width, height)
    pen = Pen(drawing)
    draw_head(pen, data.title, names, Area(0, height - head, width, head), lines=data.kind is ChartKind.LINE)
    if data.is_empty:
        empty(pen, Area(0, 0, width, EMPTY_HEIGHT), data.empty)
        return drawing
    area = Area(0, foot, width, height - head - foot)
    if data.note:
        pen.text(0, 2, shorten(data.note, SMALL, width), SMALL)
    match data.kind:
        case ChartKind.GROUPED | ChartKind.STACKED:
            draw_columns(pen, area, data.categories, data.series, stacked=data.kind is ChartKind.STACKED)
        case ChartKind.HORIZONTAL:
            draw_bars(pen, area, data.categories, data.series)
        case ChartKind.LINE:
            draw_lines(pen, area, data.categories, data.series)
    return drawing


def head_height(title: str, names: tuple[str, ...], width: float) -> float:
    """Of title and legend."""
    return len(wrap(title, TITLE, width)) * TITLE.leading + len(_rows(names, width)) * 14 + 8


def draw_head(pen: Pen, title: str, names: tuple[str, ...], area: Area, *, lines: bool = False) -> None:
    """The title, and under it a sign and a name for each series."""
    y = area.y + area.height
    for line in wrap(title, TITLE, area.width):
        pen.text(area.x, y - TITLE.size, line, TITLE)
        y -= TITLE.leading
    number = 0
    for row in _rows(names, area.width):
        x = area.x
        for name in row:
            if lines:
                pen.path([(x - 1, y - SWATCH / 2 - 2), (x + SWATCH + 1, y - SWATCH / 2 - 2)], fill_of(number))
                pen.marker(x + SWATCH / 2, y - SWATCH / 2 - 2, fill_of(number))
            else:
                pen.bar(Area(x, y - SWATCH - 2, SWATCH, SWATCH), fill_of(number))
            pen.text(x + SWATCH + 4, y - SWATCH, name, LEGEND)
            x += _entry_width(name)
            number += 1
        y -= 14


def empty(pen: Pen, area: Area, text: str) -> None:
    """What stands where there is nothing to draw."""
    pen.line(area.x, area.y + area.height / 2 - 10, area.x + area.width, area.y + area.height / 2 - 10, colour=MUTED)
    pen.text(area.x + area.width / 2, area.y + area.height / 2, text, LABEL, anchor="middle")


def _rows(names: tuple[str, ...], width: float) -> list[list[str]]:
    """The legend's names, as many in a row as fit."""
    rows: list[list[str]] = []
    used = width + 1
    for name in (shorten(name, LEGEND, width - SWATCH - 16) for name in names):
        if used + _entry_width(name) > width:
            rows.append([])
            used = 0
        rows[-1].append(name)
        used += _entry_width(name)
    return rows


def _entry_width(name: str) -> float:
    return SWATCH + 4 + text_width(name, LEGEND) + 14
