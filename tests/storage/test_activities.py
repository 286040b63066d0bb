"""What is found of an agenda, by day, customer and time."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.agenda import Activity, Importance, Kind, Outcome, Status
from storage.database import Database
from tests.factories import (
    NOW,
    TODAY,
    keep,
    keep_agent,
    make_activity,
    make_customer,
)


def _keep_activities(database: Database) -> dict[str, Activity]:
    ana, mihai = keep_agent(database), keep_agent(database, telegram_user_id=8)
    customer = make_customer(owner_id=ana.id)
    keep(database, customer)

    def at(day: int, hour: int | None = None) -> dict[str, object]:
        starts_at = None if hour is None else datetime(2026, 2, day, hour, tzinfo=UTC)
        return {"day": date(2026, 2, day), "starts_at": starts_at}

    mine = {"agent_id": ana.id, "customer_id": customer.id}
    done = {"status": Status.DONE, "agent_id": ana.id, "customer_id": customer.id}
    activities = {
        "day alone": make_activity(agent_id=ana.id, **at(11)),
        "at ten": make_activity(**mine, **at(11, 10), kind=Kind.MEETING, minutes=60, importance=Importance.HIGH),
        "at nine": make_activity(**mine, **at(11, 9)),
        "cancelled": make_activity(**mine, **at(11, 8), status=Status.CANCELLED),
        "yesterday": make_activity(**mine, **at(10)),
        "tomorrow": make_activity(**mine, **at(12, 9)),
        "reached": make_activity(**done, **at(9, 9), outcome=Outcome.REACHED, done_at=NOW - timedelta(days=2)),
        "no answer": make_activity(**done, **at(10, 9), outcome=Outcome.NO_ANSWER, done_at=NOW - timedelta(days=1)),
        "other's": make_activity(agent_id=mihai.id, **at(11, 10)),
    }
    for title, activity in activities.items():
        activity.title = title
    keep(database, *activities.values())
    return activities


def _titles(found: object) -> list[str]:
    return [activity.title for activity in found]  # type: ignore[attr-defined]


def test_activities_by_day_customer_and_time(database: Database) -> None:
    """Each question about the agenda gets its activities, in its order."""
    activities = _keep_activities(database)
    ana, customer_id = activities["at ten"].agent_id, activities["at ten"].customer_id
    assert customer_id is not None
    with database.command_unit("read") as unit:
        found = unit.activities
        assert _titles(found.of_days(ana, TODAY, TODAY)) == ["at nine", "at ten", "day alone"]
        two_days = found.of_days(ana, TODAY - timedelta(days=1), TODAY)
        assert _titles(two_days) == ["no answer", "yesterday", "at nine", "at ten", "day alone"]
        assert _titles(found.planned(ana)) == ["yesterday", "at nine", "at ten", "day alone", "tomorrow"]
        assert _titles(found.planned(ana, customer_id=customer_id)) == ["yesterday", "at nine", "at ten", "tomorrow"]
        assert _titles(found.planned_before(ana, TODAY, limit=2)) == ["yesterday", "at nine"]
        assert _titles(found.of_customer(customer_id, limit=3)) == ["tomorrow", "at ten", "at nine"]
        reached, attempt = (
            found.last_done(customer_id, contact_only=True),
            found.last_done(customer_id, contact_only=False),
        )
        assert reached is not None
        assert attempt is not None
        assert (reached.title, attempt.title) == ("reached", "no answer")
        ten = datetime(2026, 2, 11, 10, tzinfo=UTC)
        assert _titles(found.starting_between(ten, ten + timedelta(hours=1))) == ["at ten", "other's"]
        kept = found.get(activities["at ten"].id)
        assert kept is not None
        assert (kept.kind, kept.importance, kept.starts_at) == (Kind.MEETING, Importance.HIGH, ten)


@pytest.mark.parametrize(
    ("start", "minutes", "clashing"),
    [(0, 60, True), (-30, 30, False), (-30, 31, True), (59, 5, True), (60, 30, False), (-60, 300, True)],
)
def test_overlap_is_of_shared_time(database: Database, start: int, minutes: int, clashing: bool) -> None:
    """Two activities share time unless one ends when the other starts or before."""
    agent = keep_agent(database)
    keep(database, make_activity(agent_id=agent.id, starts_at=NOW, minutes=60))
    begin = NOW + timedelta(minutes=start)
    with database.command_unit("read") as unit:
        sharing = unit.activities.overlapping(agent.id, begin, begin + timedelta(minutes=minutes))
        assert bool(sharing) is clashing
