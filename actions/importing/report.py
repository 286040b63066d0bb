"""What became of each row, as JSON values for the chat, the command line and the file given back."""

from collections.abc import Sequence
from typing import Any

from domain.importing import ImportRow, RowResult

ROWS_TOLD = 50  # more than anybody reads in a chat

Fate = dict[str, Any]


def fate_of(row: ImportRow) -> Fate:
    """One row's fate."""
    return {
        "row": row.row,
        "name": row.name,
        "status": row.result.value,
        "reason": row.reason,
        "values": {"owner": row.owner} if row.owner else {},
        "warnings": list(row.warnings),
    }


def summary(fates: Sequence[Fate]) -> dict[str, Any]:
    """Counts, and the rows that somebody would look at first: refused ones, those with something to say, plain ones."""
    refused = [fate for fate in fates if fate["status"] == RowResult.REFUSED]
    telling = [
        fate
        for fate in fates
        if fate["status"] == RowResult.MERGED or (fate["status"] == RowResult.TAKEN and fate["warnings"])
    ]
    plain = [fate for fate in fates if fate["status"] == RowResult.TAKEN and not fate["warnings"]]
    return {
        **{result.value: sum(fate["status"] == result for fate in fates) for result in RowResult},
        "telling": len(refused) + len(telling),
        "rows": [*refused, *telling, *plain][:ROWS_TOLD],
    }
