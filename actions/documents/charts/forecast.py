"""The forecast as a picture: what is expected by month, weighted by probability, against what was won; a panel a currency."""

from dataclasses import dataclass

from reportlab.graphics.shapes import Drawing

from actions.documents.charts.chart import EMPTY_HEIGHT, draw_head, empty, head_height
from actions.documents.charts.columns import draw_columns
from actions.documents.charts.data import Point, Series
from actions.documents.charts.pen import Area, Pen
from actions.documents.charts.picture import drawing_png
from actions.documents.text import shorten
from actions.documents.theme import BOLD, SMALL, Style

WIDTH, HEIGHT = 376.0, 276.0  # with its border 400 by 300 points: 1600 by 1200 pixels
PANEL_HEIGHT = 170.0  # of each, where there are several
PANEL = Style(BOLD, 9)


@dataclass(frozen=True, slots=True)
class ForecastPanel:
    """One currency; a point for each month, its amount written by the caller."""

    currency: str
    weighted: tuple[Point, ...]
    won: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class ForecastChart:
    """All words are the caller's, in the reader's language; `empty` is said where no month has anything."""

    title: str
    weighted: str
    won: str
    empty: str
    months: tuple[str, ...]
    panels: tuple[ForecastPanel, ...]
    note: str = ""

    def __post_init__(self) -> None:
        for panel in self.panels:
            if not len(panel.weighted) == len(panel.won) == len(self.months):
                raise ValueError(f"the panel {panel.currency} needs two points for each month")


def forecast_chart(chart: ForecastChart) -> bytes:
    """As PNG, 1600 pixels wide, readable on a phone."""
    return drawing_png(forecast_drawing(chart))


def forecast_drawing(chart: ForecastChart) -> Drawing:
    """As a drawing, for a page."""
    names = (chart.weighted, chart.won)
    head = head_height(chart.title, names, WIDTH)
    foot = SMALL.leading + 2 if chart.note else 0
    height = max(HEIGHT, head + foot + len(chart.panels) * PANEL_HEIGHT)
    is_empty = not chart.months or not chart.panels
    if is_empty:
        height = head + foot + EMPTY_HEIGHT
    drawing = Drawing(WIDTH, height)
    pen = Pen(drawing)
    draw_head(pen, chart.title, names, Area(0, height - head, WIDTH, head))
    if chart.note:
        pen.text(0, 2, shorten(chart.note, SMALL, WIDTH), SMALL)
    if is_empty:
        empty(pen, Area(0, foot, WIDTH, EMPTY_HEIGHT), chart.empty)
        return drawing
    each = (height - head - foot) / len(chart.panels)
    for number, panel in enumerate(chart.panels, start=1):
        area = Area(0, height - head - number * each, WIDTH, each)
        _panel(pen, area, chart, panel)
    return drawing


def _panel(pen: Pen, area: Area, chart: ForecastChart, panel: ForecastPanel) -> None:
    pen.text(area.x, area.y + area.height - PANEL.size - 2, panel.currency, PANEL)
    plot = Area(area.x, area.y + 4, area.width, area.height - PANEL.leading - 8)
    series = (Series(chart.weighted, panel.weighted), Series(chart.won, panel.won))
    draw_columns(pen, plot, chart.months, series, stacked=False)
