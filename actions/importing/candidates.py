"""From the rows of a table to candidate customers."""

import re
from collections.abc import Sequence

from actions.importing.headings import Headings, lexicon, plain
from actions.importing.row_reader import RowReader
from actions.importing.table import Table, text_of
from domain.importing import CODE_LEFT_OUT, SHIFTED, CandidateCustomer


def read_candidates_of(table: Table, headings: Headings) -> list[CandidateCustomer]:
    """One candidate for each row below the headings that says anything, numbered as the file's rows are."""
    heading_row = [text_of(cell) for cell in table.rows[headings.row]]
    width = _width(table, headings)
    found = []
    for at, row in enumerate(table.rows[headings.row + 1 :], start=headings.row + 2):
        texts = [text_of(cell) for cell in row]
        if not any(texts) or texts == heading_row or _is_footer(texts):
            continue
        if any(texts[width:]):
            found.append(CandidateCustomer(at, name=next(filter(None, texts)), problems=(SHIFTED,)))
        else:
            problems = [CODE_LEFT_OUT] if at - 1 in table.coded else []
            found.append(RowReader(headings.columns, row, problems).candidate(at))
    return found


def _width(table: Table, headings: Headings) -> int:
    """How many cells a row may have: in a text, no more than the headings, unless most rows have them."""
    if table.form != "csv":
        return len(headings.columns)
    headed = table.widths[headings.row]
    rows = [row for row in table.rows[headings.row + 1 :] if row]
    if 2 * sum(len(row) > headed for row in rows) > len(rows):
        return len(headings.columns)
    return headed


def _is_footer(texts: Sequence[str]) -> bool:
    """A sum, or what a program prints below its reports."""
    first, *others = filter(None, texts)
    known = plain(first)
    if lexicon("footers").get(known):
        return not any(re.search(r"[^\W\d]", other) for other in others)
    return not others and any(
        known.startswith(f"{phrase} ") for phrase, kind in lexicon("footers").items() if kind == "line"
    )
