"""Draws text, lines and filled bars into a ReportLab drawing; fills differ by darkness and pattern, not by colour alone."""

from dataclasses import dataclass
from math import cos, radians, sin
from typing import Literal

from reportlab.graphics.shapes import STATE_DEFAULTS, Circle, Drawing, Group, Line, Polygon, PolyLine, Rect, String
from reportlab.lib.colors import Color, HexColor

from actions.documents.text import clean, width
from actions.documents.theme import INK, REGULAR, WHITE, Style, font

Anchor = Literal["start", "middle", "end"]
HATCH = 3.2  # points between two lines of a pattern


@dataclass(frozen=True, slots=True)
class Fill:
    """How one series is told from the next; `dash` and `marker` are for lines."""

    fill: str
    on_it: str  # the colour of text on it
    hatch: str = ""
    slope: int = 0  # 1 rises, -1 falls, 0 is level
    dash: tuple[int, ...] = ()
    marker: str = "circle"


FILLS = (
    Fill("#17395c", WHITE),
    Fill("#fbe3b0", INK, hatch="#a8650a", slope=1, dash=(5, 2), marker="square"),
    Fill("#b9cde3", INK, dash=(1, 2), marker="triangle"),
    Fill("#e4efe2", INK, hatch="#3f7a45", slope=-1, dash=(7, 2, 1, 2), marker="diamond"),
    Fill("#6c8bab", WHITE, dash=(3, 3)),
    Fill("#f6e0e0", INK, hatch="#93312d", slope=0, dash=(9, 3), marker="square"),
)


def fill_of(index: int) -> Fill:
    """Of the series at `index`; after six they come again."""
    return FILLS[index % len(FILLS)]


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the drawing, from its lower left corner."""

    x: float
    y: float
    width: float
    height: float


class Pen:
    """Adds shapes to one drawing."""

    def __init__(self, drawing: Drawing) -> None:
        font(REGULAR)
        STATE_DEFAULTS["fontName"] = REGULAR  # each drawing begins in it: Times would be named and not embedded
        self._drawing = drawing

    def text(self, x: float, y: float, text: str, style: Style, *, anchor: Anchor = "start", angle: float = 0) -> None:
        """One line; `anchor` (start, middle, end) is what stands at `x`, `y`, `angle` in degrees turns left."""
        font(style.font)
        string = String(
            0,
            0,
            clean(text).replace("\n", " "),
            fontName=style.font,
            fontSize=style.size,
            fillColor=HexColor(style.colour),
            textAnchor=anchor,
        )
        turn = radians(angle)
        self._drawing.add(Group(string, transform=(cos(turn), sin(turn), -sin(turn), cos(turn), x, y)))

    def line(self, x: float, y: float, to_x: float, to_y: float, *, colour: str, weight: float = 0.6) -> None:
        """A straight line."""
        self._drawing.add(Line(x, y, to_x, to_y, strokeColor=HexColor(colour), strokeWidth=weight))

    def path(self, points: list[tuple[float, float]], fill: Fill, *, weight: float = 1.6) -> None:
        """A line through points, dashed as its series is."""
        flat = [value for point in points for value in point]
        line = PolyLine(flat, strokeColor=HexColor(_dark(fill)), strokeWidth=weight)
        if fill.dash:
            line.strokeDashArray = list(fill.dash)
        self._drawing.add(line)

    def bar(self, area: Area, fill: Fill) -> None:
        """A filled rectangle with its series' pattern; one of no height is a line."""
        edge = HexColor(_dark(fill))
        self._drawing.add(_rectangle(area, fill.fill, edge))
        if fill.hatch:
            self._hatch(area, fill, HexColor(fill.hatch))

    def blank(self, area: Area, colour: str) -> None:
        """Clear patterns and lines where figures are to stand."""
        self._drawing.add(_rectangle(area, colour, None))

    def marker(self, x: float, y: float, fill: Fill, *, size: float = 2.6) -> None:
        """The sign of a series at a point of its line."""
        colour = HexColor(_dark(fill))
        if fill.marker == "circle":
            self._drawing.add(Circle(x, y, size, fillColor=colour, strokeColor=colour))
            return
        corners = {
            "square": (-1, -1, 1, -1, 1, 1, -1, 1),
            "triangle": (-1.2, -1, 1.2, -1, 0, 1.2),
            "diamond": (0, -1.4, 1.4, 0, 0, 1.4, -1.4, 0),
        }[fill.marker]
        points = [(x, y)[index % 2] + size * corner for index, corner in enumerate(corners)]
        self._drawing.add(Polygon(points, fillColor=HexColor(WHITE), strokeColor=colour, strokeWidth=1))

    def _hatch(self, area: Area, fill: Fill, colour: Color) -> None:
        if fill.slope == 0:
            rows = int(area.height / HATCH)
            lines = [
                (area.x, area.y + row * HATCH, area.x + area.width, area.y + row * HATCH) for row in range(1, rows + 1)
            ]
        else:
            count = int((area.width + area.height) / HATCH)
            lines = [_diagonal(area, step * HATCH, rises=fill.slope > 0) for step in range(1, count + 1)]
        for x, y, to_x, to_y in lines:
            self._drawing.add(Line(x, y, to_x, to_y, strokeColor=colour, strokeWidth=0.7))


def _diagonal(area: Area, offset: float, *, rises: bool) -> tuple[float, float, float, float]:
    """A line at 45° inside the area; `offset` runs from one corner to the opposite one, along both sides."""
    left, top = max(0.0, offset - area.height), min(offset, area.height)
    right, bottom = min(offset, area.width), max(0.0, offset - area.width)
    if rises:  # mirrored upside down
        return area.x + left, area.y + area.height - top, area.x + right, area.y + area.height - bottom
    return area.x + left, area.y + top, area.x + right, area.y + bottom


def _rectangle(area: Area, fill: str, edge: Color | None) -> Rect:
    shape = Rect(area.x, area.y, area.width, area.height)
    shape.fillColor, shape.strokeColor, shape.strokeWidth = HexColor(fill), edge, 0.5
    return shape


def _dark(fill: Fill) -> str:
    return fill.hatch or (INK if fill.on_it == INK else fill.fill)


def text_width(text: str, style: Style) -> float:
    """Of a cleaned line, in points."""
    return width(clean(text).replace("\n", " "), style)
