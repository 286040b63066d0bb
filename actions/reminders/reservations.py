"""A car that was held for a draft and is held no more: its agent hears of it once."""

from collections.abc import Iterator
from datetime import timedelta

from actions.ports import Due, DueUnit
from domain.calendar import is_absent, within_hours
from domain.team import Agent

TOLD_WITHIN = timedelta(days=7)  # one that ended earlier is no news


def reservations(unit: DueUnit, agent: Agent, person: int) -> Iterator[Due]:
    """Own drafts whose reservation has ended; an extended one is another fact when it ends."""
    if is_absent(unit, agent, agent.local(unit.now).date()) or not within_hours(agent, unit.now):
        return
    for order in unit.orders.unreserved(agent.id, since=unit.now - TOLD_WITHIN, until=unit.now):
        until = order.reserved_until.isoformat() if order.reserved_until else ""
        yield Due(
            agent_id=agent.id,
            person=person,
            local_date="",
            kind="reservation_ended",
            subject=f"{order.id}:{until}",
            payload={"kind": "reservation_ended", "order": order.id},
        )
