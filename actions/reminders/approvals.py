"""Discounts that wait: the director is reminded after two hours, and what nobody decides within a day expires."""

from collections.abc import Iterator

from actions.ports import Due, DueUnit
from domain.offers import EXPIRES_AFTER, REMINDED_AFTER
from domain.team import Agent, Role


def approvals(unit: DueUnit, agent: Agent, person: int) -> Iterator[Due]:
    """To each director the waiting offers once more; to the agent the end of the wait."""
    for offer in unit.offers.waiting():
        waited = unit.now - offer.created_at
        if waited >= EXPIRES_AFTER:
            if offer.agent_id == agent.id:
                yield _due(agent, person, "offer_expired", offer.id)
        elif waited >= REMINDED_AFTER and agent.role is Role.DIRECTOR:
            yield _due(agent, person, "offer_approval", offer.id)


def _due(agent: Agent, person: int, kind: str, offer_id: int) -> Due:
    return Due(
        agent_id=agent.id,
        person=person,
        local_date="",
        kind=kind,
        subject=str(offer_id),
        payload={"kind": kind, "offer": offer_id, "again": True},
    )
