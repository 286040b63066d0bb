"""Which reader a file gets: by what it holds more than by what it is called, for names lie."""

from dataclasses import dataclass
from pathlib import PurePath

from actions.importing.candidates import read_candidates_of
from actions.importing.delimited import read_delimited
from actions.importing.errors import ImportFileError
from actions.importing.headings import PERSONAL_CODE, Column, find_headings, score
from actions.importing.table import BLANKED, Cell, Table
from actions.importing.vcards import read_vcards
from actions.importing.workbook import OLE_MARK, ZIP_MARK, read_workbook
from domain.importing import CandidateCustomer

MAX_BYTES = 20 * 1024 * 1024  # as much as Telegram lets a bot fetch
CARD_ENDINGS = (".vcf", ".vcard")
TABLE_ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".xlsb")
FORMATS = (".csv", ".xlsx", ".vcf")  # what is named where another file is refused


@dataclass(frozen=True, slots=True)
class ImportFile:
    """A file read: its candidates, and the table that is given back; `columns` are empty for cards.

    `heading_row` counts from 0.
    """

    candidates: list[CandidateCustomer]
    table: Table
    columns: tuple[Column, ...] = ()
    heading_row: int = 0


def read_file(name: str, data: bytes) -> ImportFile:
    """Read a file; raises ImportFileError."""
    if len(data) > MAX_BYTES:
        raise ImportFileError("too_big", limit=MAX_BYTES // (1024 * 1024))
    ending = PurePath(name).suffix.lower()
    if ending in CARD_ENDINGS:
        candidates = read_vcards(data)
        return ImportFile(candidates, Table("vcf", [_card(candidate) for candidate in candidates]))
    if ending not in TABLE_ENDINGS:
        raise ImportFileError("format_unknown", formats=", ".join(FORMATS))
    is_book = data.startswith((ZIP_MARK, OLE_MARK))
    if not is_book and data.lstrip().upper().startswith(b"BEGIN:VCARD"):
        return read_file("cards.vcf", data)
    table = read_workbook(data, score) if is_book else read_delimited(data)
    if not is_book and ending.startswith(".xls") and not score(table.rows):  # programs do give a text this name
        raise ImportFileError("not_a_table")
    headings = find_headings(table.rows)
    _blank_codes(table, headings.columns, headings.row)
    candidates = read_candidates_of(table, headings)
    if not candidates:
        raise ImportFileError("empty")
    return ImportFile(candidates, table, headings.columns, headings.row)


def read_candidates(name: str, data: bytes) -> list[CandidateCustomer]:
    """The candidates in a file; raises ImportFileError."""
    return read_file(name, data).candidates


def _card(candidate: CandidateCustomer) -> list[Cell]:
    """A card as a row of the table that is given back: name, organisation, phones, e-mails."""
    return [candidate.name, candidate.company, "; ".join(candidate.phones), "; ".join(candidate.emails)]


def _blank_codes(table: Table, columns: tuple[Column, ...], heading_row: int) -> None:
    """What stands in a column for personal codes or identity papers is kept nowhere, whatever it looks like."""
    places = [place for place, column in enumerate(columns) if column.field == PERSONAL_CODE]
    for row in table.rows[heading_row + 1 :]:
        for place in places:
            if place < len(row) and row[place] is not None and row[place] != "":
                row[place] = BLANKED
