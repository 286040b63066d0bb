"""Pages filled from the top down, their feet drawn when it is known how many there are.

ReportLab's canvas does the writing. Its Platypus is left out: a table of ten thousand rows there costs each cell a
parsed paragraph, and what belongs to a table's end (its totals) cannot be kept with its last rows.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import Any

from reportlab import rl_config
from reportlab.graphics.renderPDF import draw
from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from actions.documents.text import clean, shorten, width, wrap
from actions.documents.theme import ACCENT, BODY, RULE, SMALL, STRONG, Style, font

PORTRAIT = A4
LANDSCAPE = (A4[1], A4[0])
MARGIN = 45.0
HEAD_DROP = 22.0  # from the running line to what follows
FOOT = 48.0  # lowest edge of the body; the foot stands below
Paint = Callable[[Canvas], None]


@dataclass(slots=True)
class _Page:
    shapes: list[Paint] = field(default_factory=list)
    lines: dict[tuple[float, str], list[tuple[float, float, float, float]]] = field(default_factory=dict)
    text: PDFTextObject | None = None
    font: tuple[str, float] | None = None
    colour: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """What a document says of itself: its metadata, the line over its later pages, and its foot."""

    title: str
    author: str
    subject: str
    language: str
    made_at: datetime
    foot: str
    page_of: Callable[[int, int], str]


class Sheet:
    """A document being filled; `y` is where the next thing goes, counted from the page's lower edge in points."""

    def __init__(self, about: About, *, size: tuple[float, float] = PORTRAIT) -> None:
        self.about = about
        self.left, self.right = MARGIN, size[0] - MARGIN
        self.top, self.bottom = size[1] - MARGIN, FOOT
        self.y = self.top
        self._size = size
        self._file = BytesIO()
        self._canvas = _canvas(self._file, about, size)
        self._pages = [_Page()]

    @property
    def width(self) -> float:
        """Of the body."""
        return self.right - self.left

    @property
    def room(self) -> float:
        """Height that is left on this page."""
        return self.y - self.bottom

    @property
    def page_room(self) -> float:
        """Height of a page that follows the first."""
        return self.top - HEAD_DROP - self.bottom

    def break_page(self) -> None:
        """Go on to a new page, under a line that says which document it belongs to."""
        self._pages.append(_Page())
        author = shorten(self.about.author, SMALL, self.width / 2 - 6)
        self.text(self.left, self.top, shorten(self.about.title, SMALL, self.width / 2 - 6), SMALL)
        self.text_right(self.right, self.top, author, SMALL)
        self.rule(self.top - 5)
        self.y = self.top - HEAD_DROP

    def need(self, height: float) -> None:
        """Break the page unless so much is left of it; what is higher than a page breaks none for nothing."""
        if self.room < min(height, self.page_room):
            self.break_page()

    def text(self, x: float, y: float, text: str, style: Style = BODY) -> None:
        """Write one clean line from `x` on, on the baseline `y`."""
        page = self._pages[-1]
        if page.text is None:
            page.text = self._canvas.beginText()
        if page.font != (style.font, style.size):
            font(style.font)
            page.text.setFont(style.font, style.size)
            page.font = (style.font, style.size)
        if page.colour != style.colour:
            page.text.setFillColor(HexColor(style.colour))
            page.colour = style.colour
        page.text.setTextOrigin(x, y)
        page.text.textOut(text)

    def text_right(self, x: float, y: float, text: str, style: Style = BODY) -> None:
        """Write one clean line that ends at `x`."""
        self.text(x - width(text, style), y, text, style)

    def paragraph(self, text: str, style: Style = BODY, *, indent: float = 0, after: float = 4) -> None:
        """Write `text` over the width of the body, over as many lines and pages as it takes."""
        for line in wrap(text, style, self.width - indent):
            self.need(style.leading)
            self.y -= style.leading
            self.text(self.left + indent, self.y + style.leading - style.size, line, style)
        self.y -= after

    def heading(self, text: str, *, keep: float = 40, style: Style = STRONG) -> None:
        """Write a heading with `keep` points of what it heads on the same page."""
        lines = wrap(text, style, self.width)
        self.need(len(lines) * style.leading + keep)
        self.paragraph(text, style, after=3)

    def box(self, x: float, y: float, size: tuple[float, float], *, fill: str = "", stroke: str = "") -> None:
        """A rectangle with its lower left corner at `x`, `y`, behind the text."""

        def paint(canvas: Canvas) -> None:
            if fill:
                canvas.setFillColor(HexColor(fill))
            if stroke:
                canvas.setStrokeColor(HexColor(stroke))
                canvas.setLineWidth(0.6)
            canvas.rect(x, y, *size, stroke=int(bool(stroke)), fill=int(bool(fill)))

        self.paint(paint)

    def rule(self, y: float, *, weight: float = 0.5, colour: str = RULE) -> None:
        """A line over the width of the body."""
        self.line(self.left, self.right, y, weight=weight, colour=colour)

    def line(self, x: float, to: float, y: float, *, weight: float = 0.5, colour: str = RULE) -> None:
        """A horizontal line; all of a weight and colour are written as one path."""
        self._pages[-1].lines.setdefault((weight, colour), []).append((x, y, to, y))

    def image(self, image: ImageReader, x: float, y: float, size: tuple[float, float]) -> None:
        """A picture with its lower left corner at `x`, `y`."""

        def paint(canvas: Canvas) -> None:
            canvas.drawImage(image, x, y, *size, mask="auto")

        self.paint(paint)

    def drawing(self, drawing: Drawing, x: float, y: float) -> None:
        """A chart with its lower left corner at `x`, `y`."""
        self.paint(lambda canvas: draw(drawing, canvas, x, y))

    def paint(self, paint: Paint) -> None:
        """Anything else, behind the page's text."""
        self._pages[-1].shapes.append(paint)

    def save(self) -> bytes:
        """Write all pages; the sheet is used up."""
        for number, page in enumerate(self._pages, start=1):
            for paint in page.shapes:
                paint(self._canvas)
            for (weight, colour), lines in page.lines.items():
                self._canvas.setStrokeColor(HexColor(colour))
                self._canvas.setLineWidth(weight)
                self._canvas.lines(lines)
            if page.text is not None:
                self._canvas.drawText(page.text)
            self._foot(number)
            self._canvas.showPage()
        self._canvas.save()
        return self._file.getvalue()

    def _foot(self, number: int) -> None:
        said = self.about.page_of(number, len(self._pages))
        room = self.width - width(said, SMALL) - 12
        self._canvas.setStrokeColor(HexColor(ACCENT))
        self._canvas.setLineWidth(0.6)
        self._canvas.line(self.left, FOOT - 12, self.right, FOOT - 12)
        font(SMALL.font)
        self._canvas.setFont(SMALL.font, SMALL.size)
        self._canvas.setFillColor(HexColor(SMALL.colour))
        self._canvas.drawString(self.left, FOOT - 23, shorten(self.about.foot, SMALL, room))
        self._canvas.drawRightString(self.right, FOOT - 23, said)


def _canvas(file: BytesIO, about: About, size: tuple[float, float]) -> Canvas:
    """With metadata; without the present time, so that the same document has the same bytes."""
    rl_config.useA85 = 0  # bytes as letters would be a quarter more, and slow
    font(BODY.font)  # ReportLab would begin each page in a Helvetica that is not embedded
    initial: Any = BODY.font  # the stubs take a font's name for a size
    canvas = Canvas(file, pagesize=size, invariant=1, pageCompression=1, lang=about.language, initialFontName=initial)
    canvas.setTitle(clean(about.title).replace("\n", " "))
    canvas.setAuthor(clean(about.author).replace("\n", " "))
    canvas.setSubject(clean(about.subject).replace("\n", " "))
    canvas.setCreator("PreSales")
    canvas.setDateFormatter(lambda *_: f"{about.made_at:D:%Y%m%d%H%M%S}{_zone(about.made_at)}")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    return canvas


def _zone(moment: datetime) -> str:
    """As PDF writes an offset from UTC (ISO 32000-1, 7.9.4): +02'00."""
    offset = f"{moment:%z}" or "+0000"
    return f"{offset[:3]}'{offset[3:5]}"
