"""The morning's agenda: at the agent's own hour on working days, once a local day, late rather than never."""

from collections.abc import Iterator
from datetime import datetime, time

from actions.ports import Due, DueUnit
from domain.calendar import is_working_day
from domain.team import Agent


def agenda(unit: DueUnit, agent: Agent, person: int) -> Iterator[Due]:
    """Due from the agent's agenda hour until the end of the working hours, or of the day where the hour is after them."""
    now = agent.local(unit.now)
    until = agent.work_to if agent.agenda_time < agent.work_to else time.max
    if not agent.agenda_time <= now.time() < until or not is_working_day(unit, agent, now.date()):
        return
    agenda_today = datetime.combine(now.date(), agent.agenda_time, tzinfo=agent.zone)
    if agent.created_at and agent.created_at >= agenda_today:
        return  # who joins at noon has missed nothing
    yield Due(
        agent_id=agent.id,
        person=person,
        local_date=now.date().isoformat(),
        kind="agenda",
        subject="",
        payload={"kind": "agenda", "local_date": now.date().isoformat()},
    )
