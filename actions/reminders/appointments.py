"""Ahead of a timed meeting or test drive a reminder; a to-do with an hour when it falls due."""

from collections.abc import Iterator
from datetime import timedelta

from actions.ports import Due, DueUnit
from domain.agenda import REMINDED_KINDS, Activity
from domain.calendar import is_absent, within_hours
from domain.team import Agent

INCLUSIVE = timedelta(seconds=1)  # the repository's end is open, and what starts at it is meant
LATE = timedelta(minutes=60)  # a to-do that fell due while nothing ran is still told within the hour


def reminder(unit: DueUnit, agent: Agent, person: int) -> Iterator[Due]:
    """For appointments that start within the agent's lead time."""
    end = unit.now + timedelta(minutes=agent.reminder_minutes) + INCLUSIVE
    for activity in unit.activities.starting_between(unit.now, end):
        if activity.kind in REMINDED_KINDS and _wanted(unit, agent, activity):
            yield _due("reminder", agent, person, activity)


def todo(unit: DueUnit, agent: Agent, person: int) -> Iterator[Due]:
    """For other activities whose hour has come."""
    for activity in unit.activities.starting_between(unit.now - LATE, unit.now + INCLUSIVE):
        if activity.kind not in REMINDED_KINDS and _wanted(unit, agent, activity):
            yield _due("todo", agent, person, activity)


def _wanted(unit: DueUnit, agent: Agent, activity: Activity) -> bool:
    today = agent.local(unit.now).date()
    return activity.agent_id == agent.id and within_hours(agent, unit.now) and not is_absent(unit, agent, today)


def _due(kind: str, agent: Agent, person: int, activity: Activity) -> Due:
    starts_at = activity.starts_at.isoformat() if activity.starts_at else ""
    return Due(
        agent_id=agent.id,
        person=person,
        local_date=activity.day.isoformat(),
        kind=kind,
        subject=f"{activity.id}:{starts_at}",
        payload={"kind": kind, "activity": activity.id, "starts_at": starts_at},
    )
