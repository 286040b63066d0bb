"""The job of a contact file sent in the chat: into the sender's portfolio, and its report back."""

import logging
from typing import Any

from actions.importing import ImportFileError, read_candidates
from actions.ports import Job, JobUnit
from domain.importing import ImportReport, ImportRow, RowResult
from domain.importing import import_customers as import_candidates

log = logging.getLogger(__name__)

KIND = "import_customers"
ROWS_TOLD = 50  # as many as somebody reads in a chat


def import_customers(unit: JobUnit, job: Job) -> None:
    """Import the file of the payload's `file_id`, all or nothing; a file that cannot be read is told, not tried again.

    Raises LookupError where file or person is gone.
    """
    actor = unit.team.get(job.actor_id) if job.actor_id else None
    if actor is None:
        raise LookupError("nobody asked for this import")
    unit.actor_id = actor.id
    name, data = unit.file(job.payload["file_id"])
    unit.drop_file(job.payload["file_id"])  # it may hold photos and what else of people we have no business with
    try:
        report = import_candidates(unit, actor, read_candidates(name, data))
    except ImportFileError as refusal:
        unit.result({"kind": KIND, "failed": True, "reason": refusal.code, "values": refusal.values})
        return
    unit.result(as_result(report))
    log.info("imported %d cards in job %d", len(report.rows), job.id)


def as_result(report: ImportReport) -> dict[str, Any]:
    """The report as a fact: counts, and the rows that somebody would look at, those with something to say first."""
    telling = [row for row in report.rows if row.result is not RowResult.TAKEN or row.warnings]
    plain = [row for row in report.rows if row.result is RowResult.TAKEN and not row.warnings]
    return {
        "kind": KIND,
        "taken": report.count(RowResult.TAKEN),
        "merged": report.count(RowResult.MERGED),
        "refused": report.count(RowResult.REFUSED),
        "rows": [_row(row) for row in (*telling, *plain)[:ROWS_TOLD]],
        "telling": len(telling),
    }


def _row(row: ImportRow) -> dict[str, Any]:
    return {
        "row": row.row,
        "name": row.name,
        "status": row.result.value,
        "reason": row.reason,
        "values": {"owner": row.owner} if row.owner else {},
        "warnings": list(row.warnings),
    }
