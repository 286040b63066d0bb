"""A report's table as rows to draw: groups' headings, values, and sums that stay with what they sum up."""

from collections.abc import Sequence
from dataclasses import replace

from actions.documents.grid import Cell, GridRow, Piece
from actions.documents.report_words import ReportWords
from actions.documents.theme import BOLD, IMPORTANCE, SHADE, WHITE, Style, Tint
from domain.reports.table import Column, ColumnType, Row, Section, Table, Value

CELL = Style(size=8)
CELL_BOLD = Style(BOLD, 8)
PLAIN = Tint(WHITE)


class Rows:
    """Of one table, with those of its columns that stand in one band."""

    def __init__(self, table: Table, columns: Sequence[int], words: ReportWords) -> None:
        self._table = table
        self._columns = columns
        self._words = words
        self._rows: list[GridRow] = []

    def all(self) -> list[GridRow]:
        """From the first group to the sums of the whole."""
        for section in self._table.sections:
            self._section(section, level=0)
        self._sums(self._table.totals, self._words.t("document.report.total"))
        return self._rows

    def _section(self, section: Section, *, level: int) -> None:
        heading = section.heading
        if heading is not None:
            said = (self._words.fact(heading),)
            self._rows.append(GridRow(said, CELL_BOLD, "" if level else SHADE, spanning=True, keeps=True))
        self._rows.extend(GridRow(self._cells(row), CELL) for row in section.rows)
        for inner in section.sections:
            self._section(inner, level=level + 1)
        name = self._words.value(heading.column, heading.value) if heading is not None else ""
        self._sums(section.totals, self._words.t("document.report.subtotal", name=name))

    def _sums(self, totals: tuple[Row, ...], label: str) -> None:
        """One a currency; the first is named in its first cell unless a value stands there."""
        for index, row in enumerate(totals):
            cells = self._cells(row)
            if index == 0 and not cells[0]:
                cells = (label, *cells[1:])
            if self._rows:
                self._rows[-1] = replace(self._rows[-1], keeps=True)
            self._rows.append(GridRow(cells, CELL_BOLD, SHADE))

    def _cells(self, row: Row) -> tuple[Cell, ...]:
        return tuple(cell_of(self._table.columns[number], row[number], self._words) for number in self._columns)


def cell_of(column: Column, value: Value, words: ReportWords) -> Cell:
    """Plain, or coloured beside its word."""
    if column.type is ColumnType.IMPORTANCE and isinstance(value, str):
        return (Piece(words.value(column, value), IMPORTANCE[value]),)
    if column.type is ColumnType.ENTRIES and isinstance(value, tuple):
        return tuple(Piece(words.entry(entry), IMPORTANCE.get(entry.importance, PLAIN)) for entry in value)
    return words.value(column, value)
