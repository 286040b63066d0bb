"""The scheduler's rules: whom nothing may silence, and the hours that people choose."""

from collections.abc import Iterator
from datetime import time

from actions.ports import Due, DueUnit
from actions.reminders.agenda import agenda
from actions.schedule import tick
from domain.team import Agent
from storage.database import Database
from tests.factories import keep_agent
from tests.fakes import FakeClock


def test_one_agents_broken_data_silences_nobody_else(database: Database) -> None:
    """A rule that fails for one agent still gives the facts of the others."""
    broken = keep_agent(database, name="A", telegram_user_id=7, chat_id=7)
    keep_agent(database, name="B", telegram_user_id=8, chat_id=8)

    def rule(_unit: DueUnit, agent: Agent, person: int) -> Iterator[Due]:
        if agent.id == broken.id:
            raise ValueError("no such zone")
        yield Due(agent_id=agent.id, person=person, local_date="2026-02-11", kind="x", subject="", payload={})

    assert tick(database.due, {"x": rule}) == 1
    assert [entry.person for entry in database.turns.waiting(skip=(), limit=9)] == [8]


def test_an_agenda_hour_after_work_is_kept(database: Database, clock: FakeClock) -> None:
    """Who asks for the agenda at an hour after the working hours gets it then, once, and not never."""
    keep_agent(database, agenda_time=time(21, 0), work_to=time(20, 0))
    assert tick(database.due, {"agenda": agenda}) == 0
    clock.advance(days=1, hours=10, minutes=5)  # 21:05 in Bucharest
    assert tick(database.due, {"agenda": agenda}) == 1
    assert tick(database.due, {"agenda": agenda}) == 0
