"""The job of an erasure: a few thousand texts a step, then the rows; what is to be deleted in chats goes to the bot."""

from typing import Any

from actions.ports import Job, JobUnit
from domain.erasure import erase_step
from domain.errors import DomainError

KIND = "erase_customer"


def erase_customer(unit: JobUnit, job: Job) -> None:
    """One step; raises LookupError where nobody asked for it."""
    actor = unit.team.get(job.actor_id) if job.actor_id else None
    if actor is None:
        raise LookupError("nobody asked for this erasure")
    unit.actor_id = actor.id
    progress: dict[str, Any] = dict(job.payload)
    try:
        following = erase_step(unit, actor, progress=progress, name=progress["name"])
    except DomainError as refused:
        unit.result({"kind": KIND, "failed": True, "code": refused.code})
        return
    if following is not None:
        unit.again(following)
        return
    found = {name: progress[name] for name in ("deletions", "files", "older")}
    unit.result({"kind": KIND, **found})
