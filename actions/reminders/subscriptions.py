"""Reports that come by themselves: each once a local day, at its hour or, where nothing ran then, later that day."""

from collections.abc import Iterator

from actions.ports import Due, DueUnit
from domain.reports.subscriptions import is_due
from domain.team import Agent


def subscription(unit: DueUnit, agent: Agent, person: int) -> Iterator[Due]:
    """For those whose day and hour it is."""
    local_date = agent.local(unit.now).date().isoformat()
    for kept in unit.subscriptions.of_agent(agent.id):
        if is_due(unit, agent, kept):
            yield Due(
                agent_id=agent.id,
                person=person,
                local_date=local_date,
                kind="subscription",
                subject=str(kept.id),
                payload={"kind": "subscription", "subscription": kept.id},
            )
