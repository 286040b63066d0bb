"""What every report is made of: values with types, and codes in place of words; one renderer each makes it a document."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from domain.money import Money

UNKNOWN = "unknown"
"""As a code of a word: what nobody said."""


class ColumnType(StrEnum):
    """What the values of a column are; a renderer decides by it how they are written."""

    TEXT = "text"
    WORD = "word"
    """A code, whose word is the sentence `<words>.<code>`."""
    MONEY = "money"
    DATE = "date"
    MONTH = "month"
    """A date that stands for its month."""
    MOMENT = "moment"
    """A datetime on the reader's clock."""
    INT = "int"
    PERCENT = "percent"
    """In percentage points."""
    IMPORTANCE = "importance"
    """A code of `domain.agenda.Importance`: a colour and its word."""
    ENTRIES = "entries"
    """Several texts in one cell, each with its importance: an hour of a day in the agenda."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One of several texts in a cell; `importance` colours it, empty is plain. `kind` is a code, its word `kind.<code>`."""

    text: str
    importance: str = ""
    kind: str = ""
    at: str = ""


Value = str | int | Decimal | date | datetime | Money | tuple[Entry, ...] | None
Row = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """Its heading is the sentence `column.<code>`, or `title` where the heading is data itself: a day, a name."""

    code: str
    type: ColumnType = ColumnType.TEXT
    words: str = ""
    title: str | date = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One value that stands by itself: a parameter, a line of a sheet, what a group has in common."""

    column: Column
    value: Value


@dataclass(frozen=True, slots=True)
class Section:
    """A group: rows, or groups again. Totals are rows too, one a currency, with a value where a column has a sum."""

    heading: Fact | None = None
    rows: tuple[Row, ...] = ()
    sections: tuple["Section", ...] = ()
    totals: tuple[Row, ...] = ()

    def every_row(self) -> Iterator[Row]:
        """Of this group and those in it, in order."""
        yield from self.rows
        for section in self.sections:
            yield from section.every_row()


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under typed columns; its heading is the sentence `block.<code>`, none where `code` is empty."""

    columns: tuple[Column, ...]
    sections: tuple[Section, ...]
    totals: tuple[Row, ...] = ()
    code: str = ""

    def __post_init__(self) -> None:
        widths = {len(row) for row in (*self.totals, *(row for section in self.sections for row in _all(section)))}
        if widths - {len(self.columns)}:
            raise ValueError(f"each row needs {len(self.columns)} values, one has {max(widths - {len(self.columns)})}")

    @property
    def is_empty(self) -> bool:
        """Whether there is no row."""
        return next((row for section in self.sections for row in section.every_row()), None) is None


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with values; its heading is `block.<code>`."""

    facts: tuple[Fact, ...]
    code: str = ""


class ChartKind(StrEnum):
    """How the series stand beside each other."""

    GROUPED = "grouped"
    STACKED = "stacked"
    HORIZONTAL = "horizontal"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class ChartSeries:
    """One value for each category, None where there is none."""

    name: Fact
    values: tuple[int | Decimal | Money | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of some of the report's values; its heading is `block.<code>`. Amounts are of one currency."""

    code: str
    kind: ChartKind
    measure: ColumnType
    category: Column
    categories: tuple[Value, ...]
    series: tuple[ChartSeries, ...]


Block = Table | Facts | Chart


@dataclass(frozen=True, slots=True)
class Report:
    """A finished report; its title is the sentence `report.<name>`. `made_at` is on the reader's clock."""

    name: str
    made_at: datetime
    made_for: str
    parameters: tuple[Fact, ...] = ()
    blocks: tuple[Block, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether no table has a row and no sheet a fact."""
        return not any(block.facts if isinstance(block, Facts) else _has_rows(block) for block in self.blocks)


def _all(section: Section) -> Iterator[Row]:
    yield from section.rows
    yield from section.totals
    for inner in section.sections:
        yield from _all(inner)


def _has_rows(block: Table | Chart) -> bool:
    return isinstance(block, Table) and not block.is_empty
