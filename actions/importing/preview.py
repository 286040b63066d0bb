"""What a file would become, before anything is taken: counts, columns, first rows."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from actions.importing.files import ImportFile
from actions.importing.headings import LEFT_OUT, NOTED, PERSONAL_CODE
from domain.importing import CandidateCustomer, examine

FIRST_ROWS = 3
MOST_OWNERS = 10
_LINE = 80  # letters of a value in a preview


def preview(name: str, file: ImportFile, region: str) -> dict[str, Any]:
    """The preview as JSON values; codes and fields are the catalogs', everything else is the file's own words."""
    examined = [examine(candidate, region) for candidate in file.candidates]
    refused = Counter(code for code, _ in examined if code)
    warned = Counter(warning for code, warnings in examined if not code for warning in warnings)
    good = [candidate for candidate, (code, _) in zip(file.candidates, examined, strict=True) if not code]
    owners = Counter(candidate.owner for candidate in good if candidate.owner)
    used = _used_columns(file)
    return {
        "name": name,
        "form": file.table.form,
        "encoding": file.table.encoding.removesuffix("-sig").upper(),
        "delimiter": file.table.delimiter,
        "sheet": file.table.sheet,
        "other_sheets": list(file.table.other_sheets),
        "heading_row": file.heading_row,
        "rows": len(file.candidates),
        "refused": dict(refused),
        "warned": dict(warned),
        "recognised": [
            [column.heading, column.field] for column in used if column.field not in (NOTED, LEFT_OUT, PERSONAL_CODE)
        ],
        "noted": [column.heading for column in used if column.field == NOTED],
        "left_out": [column.heading for column in used if column.field == LEFT_OUT],
        "codes": bool(file.table.coded) or any(column.field == PERSONAL_CODE for column in used),
        "owners": owners.most_common(MOST_OWNERS),
        "first": [_first(candidate) for candidate in good[:FIRST_ROWS]],
    }


def _used_columns(file: ImportFile) -> Sequence[Any]:
    """Columns in which anything stands below the headings."""
    below = file.table.rows[file.heading_row + 1 :]
    filled = {place for row in below for place, cell in enumerate(row) if cell is not None and cell != ""}
    return [column for place, column in enumerate(file.columns) if place in filled]


def _first(candidate: CandidateCustomer) -> dict[str, Any]:
    values = replace(candidate, note=" · ".join(candidate.note.splitlines()))
    return {
        "row": values.row,
        "name": (values.name or values.company)[:_LINE],
        "phones": [phone[:_LINE] for phone in values.phones[:2]],
        "emails": [email[:_LINE] for email in values.emails[:2]],
        "town": values.town[:_LINE],
        "note": values.note[:_LINE],
    }
