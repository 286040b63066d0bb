"""Asking for a customer, the one decision, and handing customers over with their open work."""

import pytest

from domain.agenda import Status
from domain.customers import find_by_name
from domain.errors import ConflictError, InvalidValueError, NotAllowedError, NotFoundError, StaleError
from domain.opportunities import Stage
from domain.portfolio import assign_customer, assign_some, count_of, decide, directors, request_customer
from domain.team import Agent, AgentStatus, Role
from storage.database import Database
from storage.tables import business
from tests.factories import keep, keep_agent, make_activity, make_customer, make_opportunity
from tests.storage.history import everything, rows, turn_of, undo


@pytest.fixture
def ana(database: Database) -> Agent:
    """An agent."""
    return keep_agent(database)


@pytest.fixture
def mihai(database: Database) -> Agent:
    """Another agent."""
    return keep_agent(database, name="Mihai Radu", telegram_user_id=8)


@pytest.fixture
def elena(database: Database) -> Agent:
    """The director."""
    return keep_agent(database, name="Elena Stan", telegram_user_id=9, role=Role.DIRECTOR)


def test_asking_twice_is_one_request(database: Database, ana: Agent, mihai: Agent, elena: Agent) -> None:
    """One open request for each customer and agent; a colleague's is another."""
    customer = make_customer(owner_id=elena.id)
    keep(database, customer)

    with turn_of(database, ana) as unit:
        first = request_customer(unit, ana, customer_id=customer.id).id
    with turn_of(database, ana) as unit:
        assert request_customer(unit, ana, customer_id=customer.id).id == first
    with turn_of(database, mihai) as unit:
        assert request_customer(unit, mihai, customer_id=customer.id).id != first

    assert len(rows(database, business.client_requests)) == 2


def test_what_cannot_be_asked_for(database: Database, ana: Agent, elena: Agent) -> None:
    """Nobody asks for an own customer, or for one that is not there; only the director decides."""
    mine, other = make_customer(owner_id=ana.id), make_customer(owner_id=elena.id)
    keep(database, mine, other)
    with pytest.raises(ConflictError, match="request_own"), turn_of(database, ana) as unit:
        request_customer(unit, ana, customer_id=mine.id)
    with pytest.raises(NotFoundError), turn_of(database, ana) as unit:
        request_customer(unit, ana, customer_id=999)
    with turn_of(database, ana) as unit:
        request = request_customer(unit, ana, customer_id=other.id)
    with pytest.raises(NotAllowedError), turn_of(database, ana) as unit:
        decide(unit, ana, request_id=request.id, granted=True)
    with pytest.raises(NotAllowedError), turn_of(database, ana) as unit:
        assign_customer(unit, ana, customer_id=other.id, agent_id=ana.id)
    with pytest.raises(NotAllowedError), turn_of(database, ana) as unit:
        assign_some(unit, ana, from_agent_id=elena.id, agent_id=ana.id, limit=9)
    with pytest.raises(NotAllowedError), turn_of(database, ana) as unit:
        count_of(unit, ana, agent_id=elena.id)


def test_a_granted_customer_comes_with_its_open_work(
    database: Database, ana: Agent, mihai: Agent, elena: Agent
) -> None:
    """Open activities and deals go along, what is done stays with who did it, and the name is found by the new owner."""
    customer = make_customer(owner_id=mihai.id)
    keep(database, customer)
    planned = make_activity(agent_id=mihai.id, customer_id=customer.id)
    done = make_activity(agent_id=mihai.id, customer_id=customer.id, status=Status.DONE)
    directors_own = make_activity(agent_id=elena.id, customer_id=customer.id)
    open_deal = make_opportunity(customer_id=customer.id, owner_id=mihai.id)
    won = make_opportunity(customer_id=customer.id, owner_id=mihai.id, stage=Stage.WON)
    keep(database, planned, done, directors_own, open_deal, won)
    with turn_of(database, ana) as unit:
        request = request_customer(unit, ana, customer_id=customer.id)
    before = everything(database)

    with turn_of(database, elena) as unit:
        decision = decide(unit, elena, request_id=request.id, granted=True)
        turn = unit.turn_id or 0

    assert decision.handover
    assert (decision.handover.activities, decision.handover.deals) == (1, 1)
    assert decision.handover.before
    assert decision.handover.before.id == mihai.id
    assert [row["agent_id"] for row in rows(database, business.activities)] == [ana.id, mihai.id, elena.id]
    assert [row["owner_id"] for row in rows(database, business.opportunities)] == [ana.id, mihai.id]
    with turn_of(database, ana) as unit:
        assert [one.id for one in find_by_name(unit, ana, customer.name).exact] == [customer.id]
        assert find_by_name(unit, mihai, customer.name).exact == ()
    undo(database, elena, turn)
    after = everything(database)
    for name in ("customers", "activities", "opportunities", "client_requests", "customer_words"):
        assert [{**row, "version": 0} for row in after[name]] == [{**row, "version": 0} for row in before[name]]


def test_a_request_is_decided_once(database: Database, ana: Agent, elena: Agent) -> None:
    """The second decision is refused, and says what the first was."""
    customer = make_customer()
    keep(database, customer)
    with turn_of(database, ana) as unit:
        request = request_customer(unit, ana, customer_id=customer.id)
    with turn_of(database, elena) as unit:
        assert decide(unit, elena, request_id=request.id, granted=False).handover is None
    with pytest.raises(ConflictError, match="request_refused"), turn_of(database, elena) as unit:
        decide(unit, elena, request_id=request.id, granted=True)
    assert rows(database, business.customers)[0]["owner_id"] is None
    with turn_of(database, ana) as unit:  # after a refusal one may ask again
        assert request_customer(unit, ana, customer_id=customer.id).id != request.id


def test_two_directors_at_once(database: Database, ana: Agent, elena: Agent) -> None:
    """Both have read the request as open: the second write is refused as stale, and run again it finds it decided."""
    if database.engine.dialect.name == "sqlite":
        pytest.skip("SQLite has one writer: the second reads what the first has written")
    customer = make_customer()
    keep(database, customer)
    with turn_of(database, ana) as unit:
        request = request_customer(unit, ana, customer_id=customer.id)

    with pytest.raises(StaleError), turn_of(database, elena) as late:  # noqa: PT012  one turn runs within the other
        read = late.customers.request(request.id)
        assert read
        assert read.granted is None
        with turn_of(database, elena) as early:
            decide(early, elena, request_id=request.id, granted=False)
        decide(late, elena, request_id=request.id, granted=True)

    assert rows(database, business.client_requests)[0]["granted"] is False
    assert rows(database, business.customers)[0]["owner_id"] is None


def test_handing_over(database: Database, ana: Agent, mihai: Agent, elena: Agent) -> None:
    """To an agent, to the company, and never to whom it is with, to a suspended one, or to nobody."""
    customer = make_customer(owner_id=ana.id)
    keep(database, customer)
    deal = make_opportunity(customer_id=customer.id, owner_id=ana.id)
    keep(database, deal)
    with turn_of(database, ana) as unit:
        agent = unit.team.get(mihai.id)
        assert agent
        agent.status = AgentStatus.SUSPENDED
    with pytest.raises(InvalidValueError, match="agent_suspended"), turn_of(database, elena) as unit:
        assign_customer(unit, elena, customer_id=customer.id, agent_id=mihai.id)
    with pytest.raises(ConflictError, match="assigned_already"), turn_of(database, elena) as unit:
        assign_customer(unit, elena, customer_id=customer.id, agent_id=ana.id)
    for customer_id, agent_id in ((customer.id, 999), (999, ana.id)):
        with pytest.raises(NotFoundError), turn_of(database, elena) as unit:
            assign_customer(unit, elena, customer_id=customer_id, agent_id=agent_id)

    with turn_of(database, elena) as unit:
        assert assign_customer(unit, elena, customer_id=customer.id, agent_id=None).deals == 1

    assert rows(database, business.customers)[0]["owner_id"] is None
    assert rows(database, business.opportunities)[0]["owner_id"] == elena.id


def test_a_direct_assignment_answers_the_request(database: Database, ana: Agent, elena: Agent) -> None:
    """Who was given the customer anyway is not left waiting."""
    customer = make_customer()
    keep(database, customer)
    with turn_of(database, ana) as unit:
        request_customer(unit, ana, customer_id=customer.id)
    with turn_of(database, elena) as unit:
        assign_customer(unit, elena, customer_id=customer.id, agent_id=ana.id)
    assert rows(database, business.client_requests)[0]["granted"] is True


def test_all_of_an_agents(database: Database, ana: Agent, mihai: Agent, elena: Agent) -> None:
    """Every customer of one agent goes to another, and one undo brings them back."""
    keep(database, *(make_customer(name=f"C{number}", owner_id=ana.id) for number in range(3)))
    with turn_of(database, elena) as unit:
        assert count_of(unit, elena, agent_id=ana.id) == 3
        assert len(assign_some(unit, elena, from_agent_id=ana.id, agent_id=mihai.id, limit=2)) == 2
        assert len(assign_some(unit, elena, from_agent_id=ana.id, agent_id=mihai.id, limit=2)) == 1
        assert assign_some(unit, elena, from_agent_id=ana.id, agent_id=mihai.id, limit=2) == []
        turn = unit.turn_id or 0
    assert {row["owner_id"] for row in rows(database, business.customers)} == {mihai.id}
    undo(database, elena, turn)
    assert {row["owner_id"] for row in rows(database, business.customers)} == {ana.id}


def test_who_decides(database: Database, ana: Agent, elena: Agent) -> None:
    """Active directors, and nobody else."""
    with turn_of(database, ana) as unit:
        assert [one.id for one in directors(unit)] == [elena.id]
