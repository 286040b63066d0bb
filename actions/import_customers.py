"""The job of a file of customers sent in the chat: read, shown, taken after a press, and given back with the outcome.

Reading and writing files is computed in another process. Taking goes in steps of a few rows, so that nobody's turn waits
for the whole of it; all steps are one turn to undo. What waits for the press is kept as files: the table as it came,
and the candidates in chunks, so that a step reads a few of them alone.
"""

import logging
from collections.abc import Sequence
from typing import Any

from actions.importing import ImportFileError, read_file
from actions.importing.annotated import annotated, annotated_name
from actions.importing.keeping import pack, pack_candidates, pack_table, unpack, unpack_candidates, unpack_table
from actions.importing.preview import preview
from actions.importing.report import fate_of, summary
from actions.ports import Desk, Job, JobUnit
from actions.runner import TwoPart
from domain.importing import SETTLED_LATER, import_customers
from domain.messages import Json
from domain.team import Agent, AgentStatus
from texts.catalog import Texts

log = logging.getLogger(__name__)

KIND, PREVIEW = "import_customers", "import_preview"
STEP = 25  # rows a transaction: about a tenth of a second in which SQLite's one writer is busy
CHUNK = 500  # rows of a kept file of candidates
PASSES = 10  # over rows that stand against somebody else's: each may fit a customer that another row has brought
_KEPT = "application/octet-stream"


def prepare(desk: Desk, job: Job) -> Any:
    """The slow part of a stage: the file that came, read; the file that goes back, written."""
    payload = job.payload
    if "file_id" in payload:
        name, data = desk.file(payload["file_id"])
        return desk.compute(read_to_keep, name, data, payload["region"])
    if payload["stage"] == "annotate":
        fates = [desk.file(file_id)[1] for file_id in payload["fates"]]
        table = desk.file(payload["table"])[1]
        return desk.compute(write_back, table, fates, payload["name"], payload["heading_row"], payload["language"])
    return None


def handle(unit: JobUnit, job: Job, prepared: Any) -> None:
    """A stage of the import of `job`; raises LookupError where file or person is gone."""
    actor = unit.team.get(job.actor_id) if job.actor_id else None
    if actor is None:
        raise LookupError("nobody asked for this import")
    unit.actor_id = actor.id
    if actor.status is not AgentStatus.ACTIVE:  # suspended meanwhile: there is nobody to be told
        _drop(unit, [*job.payload.get("files", ()), *filter(None, [job.payload.get("file_id")])])
    elif "file_id" in job.payload:
        _keep(unit, job.payload, prepared)
    elif job.payload["stage"] == "take":
        try:
            _step(unit, actor, _begun(job.payload))
        except _GoneError:
            _drop(unit, job.payload["files"])
            unit.result({"kind": KIND, "failed": True, "reason": "gone", "values": {}})
    elif job.payload["stage"] == "annotate":
        _finish(unit, job.payload, prepared)
    else:
        _drop(unit, job.payload["files"])


IMPORT_CUSTOMERS = TwoPart(prepare, handle)


def read_to_keep(name: str, data: bytes, region: str) -> tuple[Json, bytes, list[bytes]] | ImportFileError:
    """Preview, table and chunks of candidates, ready to be kept; or why the file is refused."""
    try:
        file = read_file(name, data)
    except ImportFileError as refusal:
        return refusal
    chunks = [file.candidates[at : at + CHUNK] for at in range(0, len(file.candidates), CHUNK)]
    return preview(name, file, region), pack_table(file.table), [pack_candidates(chunk) for chunk in chunks]


def write_back(
    table: bytes, fates: Sequence[bytes], name: str, heading_row: int, language: str
) -> tuple[str, str, bytes, Json]:
    """Name, media type and content of the annotated file, and the counts and rows to tell."""
    told = [fate for packed in fates for fate in unpack(packed)]
    texts, whole = Texts(language), unpack_table(table)
    content = annotated(whole, told, heading_row=heading_row, texts=texts)
    return *annotated_name(name, whole.form, texts), content, summary(told)


def _keep(unit: JobUnit, payload: Json, prepared: tuple[Json, bytes, list[bytes]] | ImportFileError) -> None:
    """Keep what was read and show the preview; the file itself goes: it may hold what is no business of ours."""
    unit.drop_file(payload["file_id"])
    if isinstance(prepared, ImportFileError):
        unit.result({"kind": KIND, "failed": True, "reason": prepared.code, "values": prepared.values})
        return
    shown, table, chunks = prepared
    files = [unit.add_file(name="import", media_type=_KEPT, data=data) for data in (table, *chunks)]
    message = {"message_id": payload["message_id"]} if "message_id" in payload else {}
    unit.result({"kind": PREVIEW, **shown, **message, "files": files})


class _GoneError(Exception):
    """What was read is no longer kept: it has waited for too long."""


def _kept(unit: JobUnit, file_id: int) -> bytes:
    try:
        return unit.file(file_id)[1]
    except LookupError:
        raise _GoneError from None


def _begun(payload: Json) -> Json:
    """The payload of the first step, from what the press has given: the first file is the table, the others candidates."""
    table, *candidates = payload["files"]
    begun = {"table": table, "candidates": candidates, "fates": [], "pass": 1, "chunk": 0, "at": 0, "settled": False}
    return {**begun, **payload}


def _step(unit: JobUnit, actor: Agent, payload: Json) -> None:
    """The next few rows, or those that stood against somebody else's once more; after the last ones the file back."""
    fates: list[int] = list(payload["fates"])
    chunk, at, settled = payload["chunk"], payload["at"], payload["settled"]
    while chunk < len(payload["candidates"]):
        known = unpack(_kept(unit, fates[chunk])) if chunk < len(fates) else []
        candidates = unpack_candidates(_kept(unit, payload["candidates"][chunk]))
        open_rows = _open(known, len(candidates), first=payload["pass"] == 1)
        todo = [place for place in open_rows if place >= at][:STEP]
        if todo:
            break
        chunk, at = chunk + 1, 0
    else:
        _next_pass(unit, {**payload, "settled": settled})
        return
    rows = [fate_of(row) for row in import_customers(unit, actor, [candidates[place] for place in todo]).rows]
    settled |= any(row["reason"] not in SETTLED_LATER for row in rows)
    new = dict(zip(todo, rows, strict=True))
    merged = [
        new.get(place, known[place] if place < len(known) else None) for place in range(max(len(known), todo[-1] + 1))
    ]
    kept = unit.add_file(name="import", media_type=_KEPT, data=pack(merged))
    if chunk < len(fates):
        unit.drop_file(fates[chunk])
        fates[chunk] = kept
    else:
        fates.append(kept)
    files = [payload["table"], *payload["candidates"], *fates]
    following = {"files": files, "fates": fates, "chunk": chunk, "at": todo[-1] + 1, "settled": settled}
    unit.again({**payload, **following})


def _open(known: Sequence[Json], count: int, *, first: bool) -> Sequence[int]:
    """The places of a chunk that this pass has to do."""
    if first:
        return range(len(known), count)
    return [place for place, fate in enumerate(known) if fate["reason"] in SETTLED_LATER]


def _next_pass(unit: JobUnit, payload: Json) -> None:
    """Once more over what stood against somebody else's, as long as that settles any; then the file back."""
    again = (
        payload["settled"]
        and payload["pass"] < PASSES
        and any(
            fate["reason"] in SETTLED_LATER for file_id in payload["fates"] for fate in unpack(_kept(unit, file_id))
        )
    )
    if again:
        unit.again({**payload, "pass": payload["pass"] + 1, "chunk": 0, "at": 0, "settled": False})
    else:
        unit.again({**payload, "stage": "annotate"})


def _finish(unit: JobUnit, payload: Json, prepared: tuple[str, str, bytes, Json]) -> None:
    name, media_type, content, told = prepared
    file_id = unit.add_file(name=name, media_type=media_type, data=content)
    _drop(unit, payload["files"])
    unit.result({"kind": KIND, **told, "file_id": file_id})
    log.info("imported %d rows", told["taken"] + told["merged"] + told["refused"])


def _drop(unit: JobUnit, files: Sequence[int]) -> None:
    for file_id in files:
        unit.drop_file(file_id)
