"""A file that was read, as bytes to keep until somebody has confirmed it and all of it is done.

An archive of plain text, so that an erasure finds a person in it.
"""

import io
import json
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date, datetime, time
from typing import Any

from actions.importing.table import Cell, Table
from domain.customers import Purpose, Relationship, Source
from domain.importing import CandidateConsent, CandidateCustomer, CandidateVehicle

_MEMBER = "content.json"
_LEVEL = 1  # most of the gain for little of the time
_MOMENTS: dict[str, Callable[[str], Cell]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
}


def pack(value: object) -> bytes:
    """JSON values in few bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
        archive.writestr(_MEMBER, json.dumps(value, ensure_ascii=False, separators=(",", ":")))
    return out.getvalue()


def unpack(data: bytes) -> Any:
    """The values that were packed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return json.loads(archive.read(_MEMBER))


def pack_candidates(candidates: Sequence[CandidateCustomer]) -> bytes:
    """Candidates without the fields that say nothing."""
    return pack(
        [{name: _plain(value) for name, value in asdict(one).items() if value or value is False} for one in candidates]
    )


def unpack_candidates(data: bytes) -> list[CandidateCustomer]:
    """The candidates that were packed."""
    return [_candidate(values) for values in unpack(data)]


def pack_table(table: Table) -> bytes:
    """A table with its days and hours."""
    rows = [[_cell(cell) for cell in row] for row in table.rows]
    return pack({"form": table.form, "rows": rows, "delimiter": table.delimiter, "sheet": table.sheet})


def unpack_table(data: bytes) -> Table:
    """The table that was packed, as far as it is needed to write it again."""
    values = unpack(data)
    return Table(**{**values, "rows": [[_read_cell(cell) for cell in row] for row in values["rows"]]})


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def _candidate(values: dict[str, Any]) -> CandidateCustomer:
    several: dict[str, Any] = {name: tuple(values[name]) for name in ("phones", "emails", "problems") if name in values}
    made: dict[str, Any] = {}
    if "source" in values:
        made["source"] = Source(values["source"])
    if "relationship" in values:
        made["relationship"] = Relationship(values["relationship"])
    if "vehicle" in values:
        made["vehicle"] = CandidateVehicle(**values["vehicle"])
    if "consents" in values:
        made["consents"] = tuple(_consent(consent) for consent in values["consents"])
    return CandidateCustomer(**{**values, **several, **made})


def _consent(values: dict[str, Any]) -> CandidateConsent:
    on = date.fromisoformat(values["on"]) if values["on"] else None
    return CandidateConsent(**{**values, "purpose": Purpose(values["purpose"]), "on": on})


def _cell(cell: Cell) -> object:
    if isinstance(cell, datetime | date | time):
        return [type(cell).__name__, cell.isoformat()]
    return cell


def _read_cell(cell: Any) -> Cell:
    if isinstance(cell, list):
        kind, text = cell
        return _MOMENTS[kind](text)
    value: Cell = cell
    return value
