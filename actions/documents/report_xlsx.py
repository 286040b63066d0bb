"""Any report as a workbook to go on computing with: real dates and numbers, one sheet a table, no formula anywhere."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import cast

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from actions.documents.report_words import ReportWords
from actions.documents.text import clean
from actions.documents.theme import IMPORTANCE
from domain.money import Money
from domain.reports.table import Column, ColumnType, Fact, Facts, Report, Row, Section, Table, Value

LONGEST = 32_767  # letters that a cell takes (Excel's limit)
NAME = 31  # letters of a sheet's name
WIDEST = 60  # letters of a column, which are measured on so many rows
MEASURED = 200
UNPRINTABLE = {"Cc", "Cs", "Co", "Cn"}
NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A program that reads the cell anew could take such a text for a formula; `quotePrefix` says that it is none."""

BOLD = Font(bold=True)
WRAPPED = Alignment(wrap_text=True, vertical="top")
FILLS = {code: PatternFill("solid", fgColor=tint.fill[1:].upper()) for code, tint in IMPORTANCE.items()}
FONTS = {code: Font(color=tint.colour[1:].upper()) for code, tint in IMPORTANCE.items()}
HEAD_FILL = PatternFill("solid", fgColor="EEF0F3")
NUMBERS = {
    ColumnType.DATE: "yyyy-mm-dd",
    ColumnType.MONTH: "mmm yyyy",
    ColumnType.MOMENT: "yyyy-mm-dd hh:mm",
    ColumnType.INT: "#,##0",
    ColumnType.PERCENT: "0.##%",
    ColumnType.MONEY: "#,##0.00",
}


@dataclass(frozen=True, slots=True)
class _Out:
    """A column of the sheet: one of the table, or the currencies beside amounts that have several."""

    head: str
    column: Column
    number: int
    is_currency: bool = False


def report_xlsx(report: Report, language: str) -> bytes:
    """A first sheet that says what was asked, then one for each table, its header frozen, its rows to be filtered."""
    words = ReportWords(language)
    book = Workbook(write_only=True)
    names: set[str] = set()
    _about(book, report, words, names)
    for block in report.blocks:
        if isinstance(block, Table):
            _table(book, block, words, names)
    book.properties.title = clean(words.title(report))
    book.properties.creator = "PreSales"
    book.properties.created = report.made_at.astimezone(UTC).replace(tzinfo=None)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _about(book: Workbook, report: Report, words: ReportWords, names: set[str]) -> None:
    """Title, parameters, and the facts that stand in no table."""
    sheet = _sheet(book, words.t("document.report.about"), names)
    sheet.column_dimensions["A"].width = 28
    sheet.column_dimensions["B"].width = 60
    sheet.append([_text(sheet, words.title(report), bold=True)])
    sheet.append([_text(sheet, words.made(report))])
    for fact in report.parameters:
        sheet.append(_fact(sheet, fact, words))
    if report.is_empty:
        sheet.append([_text(sheet, words.t("document.report.empty"))])
    for block in report.blocks:
        if isinstance(block, Facts):
            sheet.append([])
            sheet.append([_text(sheet, words.block(block), bold=True)])
            for fact in block.facts:
                sheet.append(_fact(sheet, fact, words))


def _fact(sheet: Worksheet, fact: Fact, words: ReportWords) -> list[Cell]:
    label = _text(sheet, words.heading(fact.column))
    if isinstance(fact.value, Money):
        amount = _cell(sheet, fact.column, fact.value, words)
        return [label, amount, _text(sheet, fact.value.currency)]
    return [label, _cell(sheet, fact.column, fact.value, words)]


def _table(book: Workbook, table: Table, words: ReportWords, names: set[str]) -> None:
    sheet = _sheet(book, words.block(table) or words.t("document.report.sheet"), names)
    grouped = _grouping(table.sections)
    columns = (*grouped, *table.columns)
    rows = [row for section in table.sections for row in _flat(section, ())]
    totals = [(*(None,) * len(grouped), *row) for row in table.totals]
    outs = list(_outs(columns, [*rows, *totals], words))
    for place, out in enumerate(outs, start=1):
        texts = [out.head, *(words.value(out.column, row[out.number]) for row in rows[:MEASURED])]
        longest = max(len(line) for text in texts for line in text.split("\n"))
        sheet.column_dimensions[get_column_letter(place)].width = min(WIDEST, longest + 3)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(outs))}{len(rows) + 1}"
    sheet.append([_text(sheet, out.head, bold=True, filled=True) for out in outs])
    for row in rows:
        sheet.append([_out_cell(sheet, out, row, words) for out in outs])
    if totals:
        sheet.append([])  # outside the filter
    for index, row in enumerate(totals):
        cells = [_out_cell(sheet, out, row, words) for out in outs]
        for cell in cells:
            cell.font = BOLD
        if index == 0 and cells[0].value is None:
            cells[0] = _text(sheet, words.t("document.report.total"), bold=True)
        sheet.append(cells)


def _grouping(sections: tuple[Section, ...]) -> tuple[Column, ...]:
    """A column for each level of groups: a workbook filters where paper indents."""
    for section in sections:
        if section.heading is not None:
            return (section.heading.column, *_grouping(section.sections))
    return ()


def _flat(section: Section, above: tuple[Value, ...]) -> Iterator[Row]:
    common = (*above, section.heading.value) if section.heading is not None else above
    for row in section.rows:
        yield (*common, *row)
    for inner in section.sections:
        yield from _flat(inner, common)


def _outs(columns: Sequence[Column], rows: Sequence[Row], words: ReportWords) -> Iterator[_Out]:
    for number, column in enumerate(columns):
        head = words.heading(column)
        if column.type is not ColumnType.MONEY:
            yield _Out(head, column, number)
            continue
        currencies = {value.currency for row in rows if isinstance(value := row[number], Money)}
        if len(currencies) > 1:
            yield _Out(head, column, number)
            yield _Out(words.t("document.report.currency"), column, number, is_currency=True)
        else:
            yield _Out(" ".join((head, *currencies)), column, number)


def _out_cell(sheet: Worksheet, out: _Out, row: Row, words: ReportWords) -> Cell:
    value = row[out.number]
    if out.is_currency:
        return _text(sheet, value.currency if isinstance(value, Money) else "")
    return _cell(sheet, out.column, value, words)


def _cell(sheet: Worksheet, column: Column, value: Value, words: ReportWords) -> Cell:
    """A number or a date where it is one, else text."""
    if value is None:
        return _blank(sheet)
    if column.type not in NUMBERS:
        cell = _text(sheet, words.value(column, value))
        if column.type is ColumnType.IMPORTANCE and isinstance(value, str):
            cell.fill = FILLS[value]
            cell.font = FONTS[value]
        return cell
    cell = _blank(sheet)
    cell.value = _number(column, value)
    cell.number_format = NUMBERS[column.type]
    return cell


def _number(column: Column, value: Value) -> int | Decimal | date | datetime:
    match value:
        case Money():
            return value.value
        case datetime():
            return value.replace(tzinfo=None)  # a workbook knows no zones: the reader's clock, as in the PDF
        case date():
            return value
        case int() | Decimal():
            return Decimal(value) / 100 if column.type is ColumnType.PERCENT else value
    raise TypeError(f"a column of type {column.type} ({column.code}) cannot hold {type(value).__name__}")


def _text(sheet: Worksheet, text: str, *, bold: bool = False, filled: bool = False) -> Cell:
    """A cell that is text whatever stands in it."""
    cleaned = "".join(letter for letter in text if letter in "\n\t" or unicodedata.category(letter) not in UNPRINTABLE)
    cell = _blank(sheet)
    if not cleaned:
        return cell
    cell.value = cleaned[:LONGEST]
    cell.data_type = "s"  # openpyxl took what begins with "=" for a formula, "#N/A" for an error
    if cleaned.startswith(STARTS_FORMULA):
        cell.quotePrefix = True
    if "\n" in cleaned:
        cell.alignment = WRAPPED
    if bold:
        cell.font = BOLD
    if filled:
        cell.fill = HEAD_FILL
    return cell


def _blank(sheet: Worksheet) -> Cell:
    return WriteOnlyCell(sheet)


def _sheet(book: Workbook, name: str, names: set[str]) -> Worksheet:
    """With a name that is allowed and not taken."""
    plain = clean(name).translate(NOT_IN_NAMES).strip()[:NAME] or "-"
    unique, number = plain, 2
    while unique.casefold() in names:
        unique = f"{plain[: NAME - 4]} {number}"
        number += 1
    names.add(unique.casefold())
    return cast("Worksheet", book.create_sheet(unique))  # a write-only one, used alike
