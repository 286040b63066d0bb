"""The file given back: the same table with two columns more, what became of each row and why.

A cell that a spreadsheet would take for a formula is written as text: what a customer typed into a form must not
run on the desk of whoever opens the file.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from actions.importing.table import Cell, Row, Table, text_of
from texts.catalog import Html, Texts
from texts.importing import reason

CSV_TYPE, XLSX_TYPE = "text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_CARD_FIELDS = ("name", "company", "phone", "email")

Fate = Mapping[str, Any]


def annotated(table: Table, fates: Iterable[Fate], *, heading_row: int, texts: Texts) -> bytes:
    """The table with the two columns, in the form that it came in; cards become a CSV table."""
    by_row = {fate["row"]: fate for fate in fates}
    rows, head = (_cards(table.rows, texts), 0) if table.form == "vcf" else (table.rows, heading_row)
    first = head + 1 if table.form == "vcf" else 0  # a card has its own number, a table's row the file's
    width = max(map(len, rows))
    written: list[Row] = []
    for at, row in enumerate(rows):
        fate = by_row.get(at + 1 - first)
        added: Row = [None, None]
        if at == head:
            added = [_plain(texts.t("import.column.result")), _plain(texts.t("import.column.reason"))]
        elif fate is not None:
            added = [_plain(texts.t(f"import.status.{fate['status']}")), _plain(reason(texts, fate))]
        written.append([*row, *[None] * (width - len(row)), *added] if any(added) else list(row))
    return _workbook(written, table.sheet) if table.form == "xlsx" else _text(written, table.delimiter or ",")


def annotated_name(name: str, form: str, texts: Texts) -> tuple[str, str]:
    """What the file given back is called, and its media type."""
    ending, media_type = (".xlsx", XLSX_TYPE) if form == "xlsx" else (".csv", CSV_TYPE)
    suffix = _plain(texts.t("import.file_suffix"))
    return f"{PurePath(name).stem}-{suffix}{ending}", media_type


def _cards(rows: Sequence[Row], texts: Texts) -> list[Row]:
    headings: Row = [_plain(texts.t(f"import.field.{field}")) for field in _CARD_FIELDS]
    return [headings, *rows]


def _text(rows: Sequence[Row], delimiter: str) -> bytes:
    """UTF-8 with its mark: without it Excel reads another encoding."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    for row in rows:
        writer.writerow([_defused(cell if isinstance(cell, str) else text_of(cell)) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _defused(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _workbook(rows: Sequence[Row], title: str) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    for row in rows:
        sheet.append([_written(sheet, cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _written(sheet: Any, cell: Cell) -> Any:
    if not isinstance(cell, str) or not cell.startswith(_FORMULA):
        return cell
    text = WriteOnlyCell(sheet, value=cell)
    text.data_type = "s"  # openpyxl would make a formula of "="
    text.number_format = "@"  # and Excel, once somebody edits the cell
    return text


def _plain(text: Html) -> str:
    return str(text.unescape())
