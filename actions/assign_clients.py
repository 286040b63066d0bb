"""The job of handing over all of an agent's customers: some at a time, so that turns come in between; one undo for all."""

from actions.ports import Job, JobUnit
from domain.errors import DomainError
from domain.portfolio import assign_some

KIND = "assign_clients"
STEP = 25  # customers a transaction: a tenth of a second or so


def assign_clients(unit: JobUnit, job: Job) -> None:
    """The next customers; raises LookupError where nobody asked for it."""
    actor = unit.team.get(job.actor_id) if job.actor_id else None
    if actor is None:
        raise LookupError("nobody asked for this")
    unit.actor_id = actor.id
    before, to = job.payload["from"], job.payload["to"]
    try:
        done = assign_some(unit, actor, from_agent_id=before, agent_id=to, limit=STEP)
    except DomainError as refused:
        unit.result({"kind": KIND, "failed": True, "code": refused.code, "values": refused.values})
        return
    counts = {name: job.payload.get(name, 0) for name in ("customers", "activities", "deals")}
    counts["customers"] += len(done)
    counts["activities"] += sum(one.activities for one in done)
    counts["deals"] += sum(one.deals for one in done)
    if done:
        unit.again({"from": before, "to": to, **counts})
    else:
        unit.result({"kind": KIND, "from": before, "to": to, **counts})
