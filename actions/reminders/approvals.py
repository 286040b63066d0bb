"""What waits for a decision: asked again after two hours, of the deputy after four, and ended after a day."""

from collections.abc import Iterator
from datetime import datetime

from actions.ports import Due, DueUnit
from domain.calendar import within_hours
from domain.offers import EXPIRES_AFTER, REMINDED_AFTER
from domain.permissions import deciders
from domain.team import Agent


def approvals(unit: DueUnit, agent: Agent, person: int) -> Iterator[Due]:
    """To who decides, discounts and requests that wait, once more; to who asked, the end of the wait."""
    for offer in unit.offers.waiting():
        if offer.agent_id == agent.id and unit.now - offer.created_at >= EXPIRES_AFTER:
            yield _due(agent, person, "offer_expired", "offer", offer.id)
        elif _is_asked(unit, agent, asked_at=offer.created_at, asker_id=offer.agent_id):
            yield _due(agent, person, "offer_approval", "offer", offer.id)
    for request in unit.customers.waiting_requests():
        if request.agent_id == agent.id and unit.now - request.created_at >= EXPIRES_AFTER:
            yield _due(agent, person, "request_expired", "request", request.id)
        elif _is_asked(unit, agent, asked_at=request.created_at, asker_id=request.agent_id):
            yield _due(agent, person, "client_request", "request", request.id)


def _is_asked(unit: DueUnit, agent: Agent, *, asked_at: datetime, asker_id: int) -> bool:
    if not REMINDED_AFTER <= unit.now - asked_at < EXPIRES_AFTER or not within_hours(agent, unit.now):
        return False
    return agent.id in {one.id for one in deciders(unit, asked_at=asked_at, asker_id=asker_id)}


def _due(agent: Agent, person: int, kind: str, name: str, row_id: int) -> Due:
    return Due(
        agent_id=agent.id,
        person=person,
        local_date="",
        kind=kind,
        subject=str(row_id),
        payload={"kind": kind, name: row_id, "again": True},
    )
