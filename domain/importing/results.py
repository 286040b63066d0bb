"""What an import says of each row."""

from dataclasses import dataclass
from enum import StrEnum


class RowResult(StrEnum):
    """What became of a row."""

    TAKEN = "taken"
    MERGED = "merged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One row's fate: `reason` is a code (why refused, what a merge added), `warnings` what was left out."""

    row: int
    result: RowResult
    name: str
    reason: str
    customer_id: int | None = None
    owner: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportReport:
    """Every row of the file, in its order."""

    rows: tuple[ImportRow, ...]

    def count(self, result: RowResult) -> int:
        """How many rows had this fate."""
        return sum(row.result == result for row in self.rows)
