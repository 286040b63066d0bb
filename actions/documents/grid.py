"""Tables over pages: headings repeat, no row is torn without need, and what ends a table stays with its last rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from actions.documents.sheet import Sheet
from actions.documents.text import width, wrap
from actions.documents.theme import ACCENT, BODY, SHADE, STRONG, Style, Tint

PAD = 3.0  # above and below the text of a row
SIDE = 4.5  # left and right of it
LAST_ROWS = 2  # that stay together with what follows the table
TORN_FROM = 0.4  # of a page: a row that is higher is torn rather than moved to the next page


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A part of a cell on a tint of its own."""

    text: str
    tint: Tint


Cell = str | tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class GridColumn:
    """Its heading, its width in points, and whether figures stand under each other's last digit."""

    heading: str
    width: float
    is_right: bool = False


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row; a `spanning` one has one cell over all columns; `keeps` the next row on its page."""

    cells: tuple[Cell, ...]
    style: Style = BODY
    fill: str = ""
    spanning: bool = False
    keeps: bool = False


_Lines = list[tuple[str, Piece | None]]


@dataclass(slots=True)
class _Set:
    """A row broken into lines."""

    row: GridRow
    cells: list[_Lines]
    lines: int

    def height(self) -> float:
        return self.lines * self.row.style.leading + 2 * PAD


def draw_grid(
    sheet: Sheet,
    columns: Sequence[GridColumn],
    rows: Sequence[GridRow],
    *,
    heading: Style = STRONG,
    tail: float = 0,
) -> None:
    """Draw from `sheet.y` on; `tail` points after the table stay on the page of its last rows."""
    head = _head(columns, heading)
    broken = [_break(row, columns) for row in rows]
    needs = _needs(broken, tail, sheet.page_room - _height(head))
    sheet.need(_height(head) + (needs[0] if needs else tail))
    _draw_head(sheet, columns, head)
    for row, needed in zip(broken, needs, strict=True):
        if needed > sheet.room and (needed <= TORN_FROM * sheet.page_room or row.height() <= sheet.room):
            sheet.break_page()
            _draw_head(sheet, columns, head)
        while row.height() > sheet.room:
            fitting = int((sheet.room - 2 * PAD) / row.row.style.leading)
            if fitting > 1:
                row = _tear(sheet, columns, row, fitting)  # noqa: PLW2901  what is left of it
            sheet.break_page()
            _draw_head(sheet, columns, head)
        _draw_row(sheet, columns, row)


def grid_height(columns: Sequence[GridColumn], rows: Sequence[GridRow]) -> float:
    """Of the rows without headings, on one page."""
    return sum(_break(row, columns).height() for row in rows)


def _needs(broken: list[_Set], tail: float, most: float) -> list[float]:
    """What must fit on a page for a row to be put there; never more than a page holds."""
    needs: list[float] = []
    following = tail
    for distance, row in enumerate(reversed(broken)):
        keeps_next = row.row.keeps or distance < LAST_ROWS
        needed = row.height() + (following if keeps_next else 0)
        following = needed if needed <= most else row.height()
        needs.append(min(following, most))
    return needs[::-1]


def _head(columns: Sequence[GridColumn], style: Style) -> _Set | None:
    if not any(column.heading for column in columns):
        return None
    return _break(GridRow(tuple(column.heading for column in columns), style), columns)


def _height(row: _Set | None) -> float:
    return row.height() if row else 0


def _break(row: GridRow, columns: Sequence[GridColumn]) -> _Set:
    widths = [sum(c.width for c in columns)] if row.spanning else [c.width for c in columns]
    cells = [_lines(cell, row.style, room - 2 * SIDE) for cell, room in zip(row.cells, widths, strict=True)]
    return _Set(row, cells, max((len(cell) for cell in cells), default=1) or 1)


def _lines(cell: Cell, style: Style, room: float) -> _Lines:
    if isinstance(cell, str):
        return [(line, None) for line in wrap(cell, style, room)]
    return [(line, piece) for piece in cell for line in wrap(piece.text, style, room)]


def _draw_head(sheet: Sheet, columns: Sequence[GridColumn], head: _Set | None) -> None:
    if head is None:
        return
    sheet.box(sheet.left, sheet.y - head.height(), (sum(c.width for c in columns), head.height()), fill=SHADE)
    _draw_lines(sheet, columns, head)
    sheet.line(sheet.left, sheet.left + sum(c.width for c in columns), sheet.y, weight=0.9, colour=ACCENT)


def _draw_row(sheet: Sheet, columns: Sequence[GridColumn], row: _Set) -> None:
    total = sum(c.width for c in columns)
    if row.row.fill:
        sheet.box(sheet.left, sheet.y - row.height(), (total, row.height()), fill=row.row.fill)
    _draw_lines(sheet, columns, row)
    sheet.line(sheet.left, sheet.left + total, sheet.y, weight=0.4)


def _tear(sheet: Sheet, columns: Sequence[GridColumn], row: _Set, fitting: int) -> _Set:
    """Draw the first lines of a row; returns what is left of it."""
    _draw_row(sheet, columns, _Set(row.row, [cell[:fitting] for cell in row.cells], fitting))
    rest = [cell[fitting:] for cell in row.cells]
    return _Set(row.row, rest, max(len(cell) for cell in rest))


def _draw_lines(sheet: Sheet, columns: Sequence[GridColumn], row: _Set) -> None:
    """The text of a row; `sheet.y` goes to its lower edge."""
    style = row.row.style
    x = sheet.left
    first = sheet.y - PAD - style.size
    for column, cell in zip(columns, row.cells, strict=False):  # a spanning row has one cell
        y = first
        for piece, lines in groupby(cell, key=itemgetter(1)):
            texts = [line for line, _ in lines]
            shown = style
            if piece is not None:
                _draw_tint(sheet, piece.tint, (x, y + style.size), (column.width, len(texts) * style.leading))
                shown = Style(style.font, style.size, piece.tint.colour)
            for line in texts:
                if column.is_right and not row.row.spanning:
                    sheet.text(x + column.width - SIDE - width(line, style), y, line, shown)
                elif line:
                    sheet.text(x + SIDE, y, line, shown)
                y -= style.leading
        x += column.width
    sheet.y -= row.height()


def _draw_tint(sheet: Sheet, tint: Tint, corner: tuple[float, float], size: tuple[float, float]) -> None:
    """Behind all lines of a piece, with a little air to the next; `corner` is the upper left one."""
    x, y = corner
    sheet.box(x + 2, y - size[1] - 0.3, (size[0] - 4, size[1] - 0.6), fill=tint.fill, stroke=tint.stroke)
