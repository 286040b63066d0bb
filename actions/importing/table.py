"""A file as a table of cells, before anybody asks what its columns mean."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from actions.importing.errors import ImportFileError
from domain.privacy import without_personal_codes

MAX_ROWS = 20_000
MAX_COLUMNS = 256
BLANKED = "…"  # where a personal code stood
MAX_CELL = 32_767  # characters; as many as Excel keeps in one cell

Cell = str | int | float | bool | datetime | date | time | None
Row = list[Cell]

_MOST_EXACT = 10**15  # a float holds every whole number up to here


@dataclass(frozen=True, slots=True)
class Table:
    """`rows` as the file has them, empty ones too, so that row n of the table is row n of the file.

    `form` is `csv`, `xlsx` or `vcf`; `encoding` and `delimiter` belong to a text, `sheet` and `other_sheets` to a
    workbook. `widths` are how many cells each row of a text was written with, empty ones too. The cells hold no personal code: `coded` are the rows (from 0) that had one.
    """

    form: str
    rows: list[Row]
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    other_sheets: tuple[str, ...] = ()
    widths: tuple[int, ...] = ()
    coded: frozenset[int] = frozenset()


def checked(rows: Sequence[Sequence[Cell]]) -> tuple[list[Row], frozenset[int]]:
    """Rows without trailing emptiness and without personal codes, and which rows had one; raises ImportFileError."""
    found: list[Row] = []
    coded: set[int] = set()
    for at, row in enumerate(rows):
        cells = [_without_code(cell) for cell in row]
        if cells != list(row):
            coded.add(at)
        while cells and is_empty(cells[-1]):
            cells.pop()
        if len(cells) > MAX_COLUMNS:
            raise ImportFileError("too_many_columns", limit=MAX_COLUMNS)
        found.append(cells)
    while found and not found[-1]:
        found.pop()
    filled = sum(bool(row) for row in found)
    if not filled:
        raise ImportFileError("empty")
    if filled > MAX_ROWS + 1:
        raise ImportFileError("too_many", limit=MAX_ROWS)
    return found, frozenset(coded)


def is_empty(cell: Cell) -> bool:
    """Whether nothing stands in the cell."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def text_of(cell: Cell) -> str:
    """What the cell says, in one way for every format: 722123456.0 is 722123456, a day is 2026-11-23."""
    match cell:
        case None:
            text = ""
        case bool():
            text = "true" if cell else "false"
        case float():
            text = str(int(cell)) if cell.is_integer() and abs(cell) < _MOST_EXACT else repr(cell)
        case datetime():
            text = cell.isoformat(sep=" ", timespec="minutes").removesuffix(" 00:00")
        case date() | time():
            text = cell.isoformat()
        case _:
            # the apostrophe is a mark of "this is text", as our own files have it
            text = re.sub(r"^'(?=[=+\-@])", "", str(cell).strip())
    return text


def _without_code(cell: Cell) -> Cell:
    """A personal code is gone before anything is kept, whether it stands as a text or as a number."""
    if isinstance(cell, str):
        return without_personal_codes(cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        clean = without_personal_codes(text_of(cell))
        return cell if clean == text_of(cell) else clean
    return cell
