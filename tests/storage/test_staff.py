"""The team's use cases: days off, and that a director is always left."""

from datetime import timedelta

import pytest

from domain.calendar import is_absent, is_working_day
from domain.errors import ConflictError, DomainError, InvalidValueError, NotAllowedError, NotFoundError
from domain.permissions import deciders
from domain.staff import (
    absences_of,
    add_absence,
    close_house,
    end_absence,
    name_deputy,
    open_house,
    reactivate,
    suspend,
    team_load,
)
from domain.team import Agent, AgentStatus, Role
from storage.database import Database
from storage.tables import business
from tests.factories import NOW, TODAY, keep, keep_agent, make_absence, make_customer, make_opportunity
from tests.storage.history import rows, turn_of

DAY = timedelta(days=1)


@pytest.fixture
def ana(database: Database) -> Agent:
    """An agent."""
    return keep_agent(database)


@pytest.fixture
def elena(database: Database) -> Agent:
    """The director."""
    return keep_agent(database, name="Elena Stan", telegram_user_id=9, role=Role.DIRECTOR)


@pytest.fixture
def dan(database: Database) -> Agent:
    """Another director."""
    return keep_agent(database, name="Dan Popa", telegram_user_id=10, role=Role.DIRECTOR)


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        (TODAY, TODAY - DAY, "days_order"),
        (TODAY - DAY, TODAY, "days_past"),
        (TODAY, TODAY + 366 * DAY, "days_many"),
        (TODAY + 900 * DAY, TODAY + 901 * DAY, "days_many"),
    ],
)
def test_days_that_cannot_be(database: Database, ana: Agent, first: object, last: object, code: str) -> None:
    """Turned round, past, or too many: refused, and nothing is kept."""
    with pytest.raises(InvalidValueError, match=code), turn_of(database, ana) as unit:
        add_absence(unit, ana, agent_id=ana.id, first=first, last=last)  # type: ignore[arg-type]
    assert rows(database, business.absences) == []


def test_an_absence_is_noted_once(database: Database, ana: Agent) -> None:
    """Days within a known absence are refused; days that reach beyond it are another one."""
    with turn_of(database, ana) as unit:
        add_absence(unit, ana, agent_id=ana.id, first=TODAY, last=TODAY + 3 * DAY)
    with pytest.raises(ConflictError, match="absence_known"), turn_of(database, ana) as unit:
        add_absence(unit, ana, agent_id=ana.id, first=TODAY + DAY, last=TODAY + 2 * DAY)
    with turn_of(database, ana) as unit:
        add_absence(unit, ana, agent_id=ana.id, first=TODAY + 3 * DAY, last=TODAY + 5 * DAY)
        assert len(absences_of(unit, ana, agent_id=ana.id)) == 2


def test_who_is_back_earlier_was_away(database: Database, ana: Agent, elena: Agent) -> None:
    """An absence that has begun keeps its past days and ends; one that is over is refused."""
    begun = make_absence(agent_id=ana.id, first=TODAY - 2 * DAY, last=TODAY + 2 * DAY)
    over = make_absence(agent_id=ana.id, first=TODAY - 9 * DAY, last=TODAY - 8 * DAY)
    keep(database, begun, over)
    with turn_of(database, elena) as unit:
        end_absence(unit, elena, absence_id=begun.id)
        unit.flush()
        assert not is_absent(unit, ana, TODAY)
        assert is_absent(unit, ana, TODAY - DAY)
    with pytest.raises(ConflictError, match="absence_over"), turn_of(database, elena) as unit:
        end_absence(unit, elena, absence_id=over.id)


def test_a_colleagues_absence_is_not_ones_own(database: Database, ana: Agent, elena: Agent) -> None:
    """An agent neither notes, sees nor ends another's."""
    absence = make_absence(agent_id=elena.id)
    keep(database, absence)
    with pytest.raises(NotFoundError), turn_of(database, ana) as unit:
        end_absence(unit, ana, absence_id=absence.id)
    with pytest.raises(NotAllowedError), turn_of(database, ana) as unit:
        absences_of(unit, ana, agent_id=elena.id)
    with pytest.raises(NotAllowedError), turn_of(database, ana) as unit:
        add_absence(unit, ana, agent_id=elena.id, first=TODAY, last=TODAY)


def test_closed_days(database: Database, ana: Agent, elena: Agent) -> None:
    """Each day once; on it nobody works, and opened again everybody does."""
    with turn_of(database, elena) as unit:
        close_house(unit, elena, first=TODAY, last=TODAY)
        assert [one.day for one in close_house(unit, elena, first=TODAY, last=TODAY + DAY)] == [TODAY + DAY]
        assert not is_working_day(unit, ana, TODAY)
    with pytest.raises(ConflictError, match="closure_known"), turn_of(database, elena) as unit:
        close_house(unit, elena, first=TODAY, last=TODAY + DAY)
    closure_id = rows(database, business.closures)[0]["id"]
    with turn_of(database, elena) as unit:
        assert open_house(unit, elena, closure_id=closure_id) == TODAY
        unit.flush()
        assert is_working_day(unit, ana, TODAY)


def test_load_is_of_each_alone(database: Database, ana: Agent, elena: Agent) -> None:
    """Sums of several currencies apart, closed deals not counted, and a deal without a value counted without one."""
    customer = make_customer(owner_id=ana.id)
    keep(database, customer)
    mine = {"customer_id": customer.id, "owner_id": ana.id}
    keep(database, make_opportunity(net=100, **mine), make_opportunity(net=50, **mine), make_opportunity(**mine))
    with turn_of(database, elena) as unit:
        loads = {load.agent.id: load for load in team_load(unit, elena)}
    assert (loads[ana.id].customers, loads[ana.id].deals) == (1, 3)
    assert [(money.minor, money.currency) for money in loads[ana.id].sums] == [(15000, "EUR")]
    assert (loads[elena.id].customers, loads[elena.id].deals, loads[elena.id].sums) == (0, 0, ())


def test_a_director_is_always_left(database: Database, elena: Agent, dan: Agent) -> None:
    """Of two one may go, the last may not; and who is suspended already, or active already, is said."""
    with turn_of(database, elena) as unit:
        assert suspend(unit, elena, agent_id=dan.id).status is AgentStatus.SUSPENDED
    with pytest.raises(ConflictError, match="suspended_already"), turn_of(database, elena) as unit:
        suspend(unit, elena, agent_id=dan.id)
    with pytest.raises(ConflictError, match="last_director"), turn_of(database, elena) as unit:
        suspend(unit, elena, agent_id=elena.id)
    with turn_of(database, elena) as unit:
        reactivate(unit, elena, agent_id=dan.id)
    with pytest.raises(ConflictError, match="active_already"), turn_of(database, elena) as unit:
        reactivate(unit, elena, agent_id=dan.id)


def test_two_directors_suspend_each_other(database: Database, elena: Agent, dan: Agent) -> None:
    """At the same moment: the second turn sees what the first has done, and one director stays."""
    if database.engine.dialect.name == "sqlite":
        pytest.skip("SQLite has one writer: the second reads what the first has written")
    with pytest.raises(DomainError), turn_of(database, dan) as late:  # noqa: PT012  one turn runs within the other
        actor = late.team.get(dan.id)
        assert actor
        with turn_of(database, elena) as early:
            suspend(early, elena, agent_id=dan.id)
        suspend(late, actor, agent_id=elena.id)
    states = {row["name"]: row["status"] for row in rows(database, business.agents)}
    assert states == {"Elena Stan": AgentStatus.ACTIVE, "Dan Popa": AgentStatus.SUSPENDED}


def test_who_is_asked(database: Database, ana: Agent, elena: Agent, dan: Agent) -> None:
    """Directors who are there; where all are away the deputy, and without one the directors all the same."""

    def asked() -> set[str]:
        with turn_of(database, elena) as unit:
            return {agent.name for agent in deciders(unit, asked_at=NOW, asker_id=0)}

    keep(database, make_absence(agent_id=elena.id))
    assert asked() == {"Dan Popa"}
    keep(database, make_absence(agent_id=dan.id))
    assert asked() == {"Dan Popa", "Elena Stan"}
    with turn_of(database, elena) as unit:
        name_deputy(unit, elena, agent_id=ana.id, deputy=True)
    assert asked() == {"Ana Ionescu"}
    keep(database, make_absence(agent_id=ana.id))
    assert asked() == {"Dan Popa", "Elena Stan"}


def test_a_suspended_deputy_is_none(database: Database, ana: Agent, elena: Agent) -> None:
    """Suspension ends it, and a suspended person or a director is not named."""
    with turn_of(database, elena) as unit:
        name_deputy(unit, elena, agent_id=ana.id, deputy=True)
        assert not suspend(unit, elena, agent_id=ana.id).deputy
    with pytest.raises(InvalidValueError, match="agent_suspended"), turn_of(database, elena) as unit:
        name_deputy(unit, elena, agent_id=ana.id, deputy=True)
    with pytest.raises(InvalidValueError, match="deputy_director"), turn_of(database, elena) as unit:
        name_deputy(unit, elena, agent_id=elena.id, deputy=True)
