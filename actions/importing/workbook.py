"""Tables in Excel workbooks, read cell by cell; what is encrypted, too large or no workbook is refused before.

openpyxl reads by defusedxml where that is installed: entities are refused.
"""

import io
import re
import warnings
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import openpyxl

from actions.importing.errors import ImportFileError
from actions.importing.table import MAX_COLUMNS, MAX_ROWS, Cell, Row, Table, checked

ZIP_MARK = b"PK\x03\x04"
OLE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # what Excel wrote before 2007, and writes around what is encrypted
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MOST_UNPACKED = 100 * 1024 * 1024  # 20,000 rows of 30 cells are some 25 MB
_MOST_MEMBERS = 2_000
_MOST_SHEETS = 20
_MOST_EMPTY = 20_000  # rows; a stray mark in the last row of a sheet is not followed there
_ERRORS = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!)")
_CONTROL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")

Score = Callable[[list[Row]], int]


def read_workbook(data: bytes, score: Score) -> Table:
    """The sheet of a workbook whose headings `score` best; raises ImportFileError."""
    if data.startswith(OLE_MARK):
        raise ImportFileError("password" if _ENCRYPTED in data else "old_excel")
    _check_package(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles and validations that it does not know
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            sheets = [(sheet.title, _rows(sheet)) for sheet in _shown(book)]
    except ImportFileError:
        raise
    except Exception:  # noqa: BLE001  whatever a broken workbook makes of its reader
        raise ImportFileError("damaged") from None
    filled = [(title, rows) for title, rows in sheets if rows]
    if not filled:
        raise ImportFileError("empty")
    title, rows = max(filled, key=lambda sheet: score(sheet[1]))
    clean, coded = checked(rows)
    others = tuple(other for other, _ in filled if other != title)
    return Table("xlsx", clean, sheet=title, other_sheets=others, coded=coded)


def _check_package(data: bytes) -> None:
    """A package says how large its parts are, and `zipfile` gives no byte more: a bomb is known before it goes off."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = package.infolist()
            _check_members(members)
            is_whole = package.testzip() is None
    except ImportFileError:
        raise
    except Exception:  # noqa: BLE001  whatever a broken package makes of its reader
        raise ImportFileError("damaged") from None
    if not is_whole:
        raise ImportFileError("damaged")


def _check_members(members: Sequence[zipfile.ZipInfo]) -> None:
    names = {member.filename.lower() for member in members}
    if any(member.flag_bits & 1 for member in members):
        raise ImportFileError("password")
    if "xl/workbook.bin" in names:
        raise ImportFileError("old_excel")
    if "[content_types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise ImportFileError("not_a_table")
    if sum(member.file_size for member in members) > _MOST_UNPACKED or len(members) > _MOST_MEMBERS:
        raise ImportFileError("too_big_unpacked", limit=_MOST_UNPACKED // (1024 * 1024))


def _shown(book: Any) -> list[Any]:
    """The sheets that somebody sees, as far as there are any."""
    sheets = book.worksheets[:_MOST_SHEETS]
    return [sheet for sheet in sheets if sheet.sheet_state == "visible"] or sheets


def _rows(sheet: Any) -> list[Row]:
    rows: list[Row] = []
    sheet.reset_dimensions()  # some programs write a wrong size, and the rest would not be read
    empty = 0
    for values in sheet.iter_rows(values_only=True):
        if len(values) > MAX_COLUMNS and any(value is not None for value in values[MAX_COLUMNS:]):
            raise ImportFileError("too_many_columns", limit=MAX_COLUMNS)
        row = [_cell(value) for value in values[:MAX_COLUMNS]]
        empty = 0 if any(value is not None for value in row) else empty + 1
        if empty > _MOST_EMPTY:
            break
        rows.append(row)
        if len(rows) - empty > 2 * MAX_ROWS:
            raise ImportFileError("too_many", limit=MAX_ROWS)
    return rows[: len(rows) - empty] if empty else rows


def _cell(value: object) -> Cell:
    if isinstance(value, str):
        text = _CONTROL.sub("", value)
        return None if not text.strip() or _ERRORS.fullmatch(text.strip()) else text
    if isinstance(value, bool | int | float | datetime | date | time) or value is None:
        return value
    return str(value) if isinstance(value, timedelta) else None
