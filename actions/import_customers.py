"""The job of a contact file sent in the chat: into the sender's portfolio, and its report back.

A long file goes in steps of a few cards, so that nobody's turn waits for the whole of it; all steps are one turn to undo.
"""

import json
import logging
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from actions.importing import ImportFileError, read_candidates
from actions.ports import Job, JobUnit
from domain.importing import SETTLED_LATER, CandidateCustomer, ImportRow, RowResult
from domain.importing import import_customers as import_candidates
from domain.team import Agent

log = logging.getLogger(__name__)

KIND = "import_customers"
ROWS_TOLD = 50  # as many as somebody reads in a chat
STEP = 50  # cards a transaction: a few tenths of a second in which SQLite's one writer is busy


def import_customers(unit: JobUnit, job: Job) -> None:
    """Import the file of the payload's `file_id`; a file that cannot be read is told, not tried again.

    Raises LookupError where file or person is gone.
    """
    actor = unit.team.get(job.actor_id) if job.actor_id else None
    if actor is None:
        raise LookupError("nobody asked for this import")
    unit.actor_id = actor.id
    name, data = unit.file(job.payload["file_id"])
    if "next" in job.payload:
        _step(unit, actor, job.payload, data)
        return
    unit.drop_file(job.payload["file_id"])  # it may hold photos and what else of people we have no business with
    try:
        candidates = read_candidates(name, data)
    except ImportFileError as refusal:
        unit.result({"kind": KIND, "failed": True, "reason": refusal.code, "values": refusal.values})
        return
    if len(candidates) <= STEP:
        _finish(unit, _told(_nothing(), import_candidates(unit, actor, candidates).rows))
        return
    cards = json.dumps([asdict(candidate) for candidate in candidates]).encode()
    file_id = unit.add_file(name="cards.json", media_type="application/json", data=cards)
    unit.again({"file_id": file_id, "next": 0, "later": [], "told": _nothing()})


def _step(unit: JobUnit, actor: Agent, payload: dict[str, Any], data: bytes) -> None:
    """The next few cards; after the last ones those that stood against somebody else's, once more and together."""
    cards = json.loads(data)
    at, told, later = payload["next"], payload["told"], payload["later"]
    if at < len(cards):
        rows = import_candidates(unit, actor, _candidates(cards[at : at + STEP])).rows
        waiting = [at + index for index, row in enumerate(rows) if row.reason in SETTLED_LATER]
        told = _told(told, [row for row in rows if row.reason not in SETTLED_LATER])
        unit.again({"file_id": payload["file_id"], "next": at + STEP, "later": [*later, *waiting], "told": told})
        return
    unit.drop_file(payload["file_id"])
    rows = import_candidates(unit, actor, _candidates([cards[index] for index in later])).rows
    _finish(unit, _told(told, rows))


def _candidates(cards: Sequence[dict[str, Any]]) -> list[CandidateCustomer]:
    return [
        CandidateCustomer(
            row=card["row"],
            name=card["name"],
            company=card["company"],
            phones=tuple(card["phones"]),
            emails=tuple(card["emails"]),
            note=card["note"],
            problems=tuple(card["problems"]),
        )
        for card in cards
    ]


def _nothing() -> dict[str, Any]:
    return {"taken": 0, "merged": 0, "refused": 0, "telling": 0, "rows": [], "plain": []}


def _told(before: dict[str, Any], rows: Sequence[ImportRow]) -> dict[str, Any]:
    """Counts, and the rows that somebody would look at: those with something to say apart from the plain ones."""
    counts = {result.value: before[result.value] + sum(row.result is result for row in rows) for result in RowResult}
    plain = [row for row in rows if row.result is RowResult.TAKEN and not row.warnings]
    telling = [row for row in rows if row not in plain]
    return {
        **counts,
        "telling": before["telling"] + len(telling),
        "rows": [*before["rows"], *(_row(row) for row in telling)][:ROWS_TOLD],
        "plain": [*before["plain"], *(_row(row) for row in plain)][:ROWS_TOLD],
    }


def _finish(unit: JobUnit, told: dict[str, Any]) -> None:
    """The report as a fact, those rows first that have something to say."""
    telling = sorted(told["rows"], key=lambda row: row["row"])
    shown = {**told, "rows": [*telling, *told["plain"]][:ROWS_TOLD]}
    del shown["plain"]
    unit.result({"kind": KIND, **shown})
    log.info("imported %d cards", told["taken"] + told["merged"] + told["refused"])


def _row(row: ImportRow) -> dict[str, Any]:
    return {
        "row": row.row,
        "name": row.name,
        "status": row.result.value,
        "reason": row.reason,
        "values": {"owner": row.owner} if row.owner else {},
        "warnings": list(row.warnings),
    }
