"""The job of an export: everything kept of one customer as a JSON file, for the director's chat."""

import json

from actions.ports import Job, JobUnit
from domain.errors import DomainError
from domain.export import export_customer as export

KIND = "export_customer"


def export_customer(unit: JobUnit, job: Job) -> None:
    """Make the file; raises LookupError where nobody asked for it."""
    actor = unit.team.get(job.actor_id) if job.actor_id else None
    if actor is None:
        raise LookupError("nobody asked for this export")
    unit.actor_id = actor.id
    customer_id = job.payload["customer"]
    try:
        exported = export(unit, actor, customer_id=customer_id)
    except DomainError as refused:
        unit.result({"kind": KIND, "failed": True, "code": refused.code})
        return
    data = json.dumps(exported, ensure_ascii=False, indent=2).encode()
    file_id = unit.add_file(name=f"client-{customer_id}.json", media_type="application/json", data=data)
    unit.result({"kind": KIND, "file_id": file_id})
