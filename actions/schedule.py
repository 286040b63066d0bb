"""The scheduler ticks and inserts what is due; a rule that fails does not stop the others, nor one agent the rest."""

import logging
from collections.abc import Callable, Mapping

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from actions.ports import Due, DueStore, DueUnit
from actions.reminders import Rule
from actions.reminders.agenda import agenda
from actions.reminders.appointments import reminder, todo
from actions.reminders.approvals import approvals
from actions.reminders.reservations import reservations
from actions.reminders.subscriptions import subscription
from domain.team import Agent, AgentStatus

log = logging.getLogger(__name__)

TICK_SECONDS = 60
RULES: Mapping[str, Rule] = {
    "agenda": agenda,
    "reminder": reminder,
    "todo": todo,
    "subscription": subscription,
    "approvals": approvals,
    "reservations": reservations,
}


def tick(store: DueStore, rules: Mapping[str, Rule] = RULES) -> int:
    """Insert every fact that is due now; returns how many were new."""
    new = 0
    for name, rule in rules.items():
        try:
            new += _apply(store, rule)
        except Exception:  # the next tick tries again; the other rules must not wait for it
            log.exception("the reminder %s failed", name)
    return new


def scheduler(store: DueStore, *, seconds: float = TICK_SECONDS, inserted: Callable[[], None]) -> AsyncIOScheduler:
    """A scheduler that ticks: never two at once, missed ticks as one, however late."""
    ticking = AsyncIOScheduler(timezone="UTC")

    def job() -> None:
        if tick(store):
            inserted()

    ticking.add_job(
        job, "interval", seconds=seconds, id="tick", coalesce=True, max_instances=1, misfire_grace_time=None
    )
    return ticking


def _apply(store: DueStore, rule: Rule) -> int:
    new = 0
    with store.tick() as unit:
        for agent in unit.team.all():
            if agent.status is AgentStatus.ACTIVE and agent.telegram_user_id is not None and agent.chat_id is not None:
                new += sum(unit.add_due(due) for due in _facts(unit, rule, agent, agent.telegram_user_id))
    return new


def _facts(unit: DueUnit, rule: Rule, agent: Agent, person: int) -> list[Due]:
    try:
        return list(rule(unit, agent, person))
    except Exception:  # what is wrong with one agent's data must not silence the others
        log.exception("a reminder failed for agent %d", agent.id)
        return []
