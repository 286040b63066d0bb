"""Whose a customer is: asking the director for one, the decision, and handing customers over.

Open activities and open deals go along with a customer; what is closed stays with who closed it.
"""

from dataclasses import dataclass

from domain import permissions
from domain.agenda import Status
from domain.customers import Customer
from domain.errors import ConflictError, InvalidValueError, NotFoundError
from domain.ports import EVERY, Owners, UnitOfWork
from domain.requests import ClientRequest
from domain.team import Agent, AgentStatus, Role


@dataclass(frozen=True, slots=True)
class Handover:
    """A customer that changed hands; `before` and `after` are None for the company portfolio."""

    customer: Customer
    before: Agent | None
    after: Agent | None
    activities: int
    deals: int


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of a request; `handover` where it was granted."""

    request: ClientRequest
    agent: Agent
    customer: Customer
    handover: Handover | None = None


def directors(uow: UnitOfWork) -> list[Agent]:
    """Everybody who decides, and can be reached."""
    return [agent for agent in uow.team.all() if agent.role is Role.DIRECTOR and agent.status is AgentStatus.ACTIVE]


def request_customer(uow: UnitOfWork, actor: Agent, *, customer_id: int) -> ClientRequest:
    """Ask for a customer of another agent's or of the company; asking again gives the request that is open already.

    Nothing of the customer is told: who asks knows only that there is one. Raises NotFoundError where there is none,
    ConflictError for an own one.
    """
    permissions.require_active(actor)
    customer = uow.customers.get(customer_id)
    if customer is None or customer.erased_at:
        raise NotFoundError
    if customer.owner_id == actor.id:
        raise ConflictError("request_own")
    for known in uow.customers.open_requests(customer_id):
        if known.agent_id == actor.id:
            return known
    request = ClientRequest(customer_id=customer.id, agent_id=actor.id, created_at=uow.now)
    uow.customers.add_request(request)
    uow.flush()
    return request


def decide(uow: UnitOfWork, actor: Agent, *, request_id: int, granted: bool) -> Decision:
    """Grant or refuse a request, once: of two who decide at once the second gets ConflictError."""
    request = uow.customers.request(request_id)
    asked_at, asker_id = (request.created_at, request.agent_id) if request else (uow.now, 0)
    permissions.require_decider(uow, actor, asked_at=asked_at, asker_id=asker_id)
    customer = uow.customers.get(request.customer_id) if request else None
    agent = uow.team.get(request.agent_id) if request else None
    if request is None or customer is None or agent is None or customer.erased_at:
        raise NotFoundError
    if request.granted is not None:
        raise ConflictError("request_granted" if request.granted else "request_refused", agent=agent.name)
    if granted:
        done = _assign(uow, actor, customer_id=customer.id, agent_id=agent.id)
        return Decision(request, agent, customer, done)
    _close(uow, actor, customer, agent, granted=False)
    uow.flush()
    return Decision(request, agent, customer)


def assign_customer(uow: UnitOfWork, actor: Agent, *, customer_id: int, agent_id: int | None) -> Handover:
    """Hand a customer to an agent, or to the company portfolio; open work goes along, to the director for the company's.

    Raises NotFoundError for an unknown customer or agent, InvalidValueError for a suspended agent, ConflictError where
    the customer is there already.
    """
    permissions.require_director(actor)
    return _assign(uow, actor, customer_id=customer_id, agent_id=agent_id)


def expire_request(uow: UnitOfWork, *, request_id: int) -> ClientRequest | None:
    """Nobody decided in time: the request is closed, and may be put anew; None where somebody has decided."""
    request = uow.customers.request(request_id)
    if request is None or request.granted is not None:
        return None
    request.granted, request.decided_at = False, uow.now
    return request


def assign_some(
    uow: UnitOfWork, actor: Agent, *, from_agent_id: int, agent_id: int | None, limit: int
) -> list[Handover]:
    """Hand over the next customers of an agent's, until none is left: when somebody leaves, or is away for long."""
    permissions.require_director(actor)
    if uow.team.get(from_agent_id) is None:
        raise NotFoundError
    if from_agent_id == agent_id:
        raise ConflictError("assigned_already")
    customers = uow.customers.page(Owners(agent_id=from_agent_id), offset=0, limit=limit)
    return [assign_customer(uow, actor, customer_id=one.id, agent_id=agent_id) for one in list(customers)]


def count_of(uow: UnitOfWork, actor: Agent, *, agent_id: int) -> int:
    """How many customers an agent has."""
    permissions.require_director(actor)
    return uow.customers.count(Owners(agent_id=agent_id))


def _assign(uow: UnitOfWork, actor: Agent, *, customer_id: int, agent_id: int | None) -> Handover:
    customer = uow.customers.get(customer_id)
    agent = uow.team.get(agent_id) if agent_id is not None else None
    if customer is None or customer.erased_at or (agent_id is not None and agent is None):
        raise NotFoundError
    if agent and agent.status is not AgentStatus.ACTIVE:
        raise InvalidValueError("agent_suspended", name=agent.name)
    if customer.owner_id == agent_id:
        raise ConflictError("assigned_already")
    before = uow.team.get(customer.owner_id) if customer.owner_id else None
    customer.owner_id = agent_id
    activities, deals = _hand_work(uow, customer, before, agent or actor)
    if agent:
        _close(uow, actor, customer, agent, granted=True)
    uow.flush()
    return Handover(customer, before, agent, activities, deals)


def _hand_work(uow: UnitOfWork, customer: Customer, before: Agent | None, to: Agent) -> tuple[int, int]:
    """Open activities of the one who had the customer, and open deals; a third person's own appointment stays theirs."""
    moved = 0
    for activity in uow.activities.of_customer(customer.id, limit=EVERY):
        if activity.status is Status.PLANNED and activity.agent_id == (before.id if before else activity.agent_id):
            moved += activity.agent_id != to.id
            activity.agent_id = to.id
    deals = [one for one in uow.opportunities.of_customer(customer.id) if one.is_open and one.owner_id != to.id]
    for deal in deals:
        deal.owner_id = to.id
    return moved, len(deals)


def _close(uow: UnitOfWork, actor: Agent, customer: Customer, agent: Agent, *, granted: bool) -> None:
    """Decide what this agent has asked for; other agents' requests for the customer stay open."""
    for request in uow.customers.open_requests(customer.id):
        if request.agent_id == agent.id:
            request.granted, request.decided_at, request.decided_by = granted, uow.now, actor.id
