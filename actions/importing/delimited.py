"""Tables in text: comma, semicolon, tab or bar between cells, quotation marks around them, line breaks in them."""

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice

from actions.importing.decoding import decode
from actions.importing.errors import ImportFileError
from actions.importing.table import MAX_CELL, MAX_ROWS, Table, checked

DELIMITERS = (",", ";", "\t", "|")
_SAMPLE = 100  # rows that tell the delimiter
_SAMPLE_LETTERS = 200_000
_TOO_MANY = MAX_ROWS * 2  # rows, empty ones too, after which reading stops
_SEPARATOR_LINE = re.compile(
    r"sep=([,;\t|:^~])\r?\n", re.IGNORECASE
)  # what Excel writes and reads, and shows to nobody
_HTML = re.compile(r"\s*(?:<!doctype html|<html|<table|<\?xml)", re.IGNORECASE)


def read_delimited(data: bytes) -> Table:
    """The table of a text file; raises ImportFileError where it is none."""
    text, encoding = decode(data)
    if not text.strip():
        raise ImportFileError("empty")
    if _HTML.match(text):
        raise ImportFileError("is_a_page")
    declared = _SEPARATOR_LINE.match(text)
    text = text[declared.end() :] if declared else text
    text = text if declared else _unwrapped(text)
    delimiter = declared[1] if declared else _delimiter(text)
    first: list[list[str]] = [[]] if declared else []  # so that a row's number stays the file's
    written = [*first, *_rows(text, delimiter)]
    rows, coded = checked(written)
    widths = tuple(map(len, written))
    return Table("csv", rows, encoding=encoding, delimiter=delimiter, widths=widths, coded=coded)


def _unwrapped(text: str) -> str:
    """Lines without the quotation marks around each whole line, which Excel writes where it took a row for one cell."""
    lines = text.splitlines()
    filled = [line for line in lines if line.strip()]
    rows = _sample_rows("\n".join(filled[:_SAMPLE]), ",")
    if len(rows) < 2 or any(len(row) != 1 or line[0] != '"' for row, line in zip(rows, filled, strict=False)):
        return text
    try:
        inner = "\n".join(next(iter(csv.reader([line])), [""])[0] if line.strip() else "" for line in lines)
    except csv.Error:  # a line beyond the module's own limit
        return text
    return inner if any(delimiter in inner.split("\n", 1)[0] for delimiter in DELIMITERS) else text


def _rows(text: str, delimiter: str) -> list[list[str]]:
    rows: list[list[str]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    begun = last = 1
    try:
        for row in reader:
            last = begun
            if any(len(cell) > MAX_CELL for cell in row):
                raise ImportFileError("quote_open", line=begun)
            rows.append(row)
            if len(rows) > _TOO_MANY:
                raise ImportFileError("too_many", limit=MAX_ROWS)
            begun = reader.line_num + 1
    except csv.Error:  # a field beyond the module's own limit
        raise ImportFileError("quote_open", line=begun) from None
    if rows and reader.line_num > last and _never_closed(text, last):  # one cell took every row to the end of the file
        raise ImportFileError("quote_open", line=last)
    return rows


def _never_closed(text: str, line: int) -> bool:
    """Whether the row that begins in this line, and runs over several to the end, has a quotation mark without its pair."""
    return sum(part.count('"') for part in islice(io.StringIO(text, newline=""), line - 1, None)) % 2 == 1


def _delimiter(text: str) -> str:
    """The one that cuts most rows into the same number of cells, and into most; a comma where none cuts any."""
    sample = text[:_SAMPLE_LETTERS]
    if len(sample) < len(text):
        sample = sample[: sample.rfind("\n") + 1] or sample
    return max(DELIMITERS, key=lambda delimiter: _evenness(_sample_rows(sample, delimiter)))


def _sample_rows(sample: str, delimiter: str) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter):
            if any(cell.strip() for cell in row):
                rows.append(row)
            if len(rows) == _SAMPLE:
                break
    except csv.Error:
        return []
    return rows


def _evenness(rows: Sequence[Sequence[str]]) -> tuple[float, int]:
    """The share of rows with the usual number of cells, rounded so that a stray row decides nothing, and that number."""
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return (0.0, 0)
    width, times = max(widths.items(), key=lambda item: (item[1], item[0]))
    return (round(times / len(rows), 1), width)
