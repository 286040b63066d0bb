"""Everything that is kept of one customer, as plain JSON values: what a person may ask to be given."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from typing import Any

from domain import permissions
from domain.errors import NotFoundError
from domain.ports import EVERY, UnitOfWork
from domain.team import Agent

Json = dict[str, Any]


def export_customer(uow: UnitOfWork, actor: Agent, *, customer_id: int) -> Json:
    """Fields, contacts, consents, vehicles, notes, activities, deals with their stages, requests, and what else names them.

    For the director alone; raises NotFoundError where there is no such customer.
    """
    permissions.require_director(actor)
    customer = uow.customers.get(customer_id)
    if customer is None or customer.erased_at:
        raise NotFoundError
    deals = uow.opportunities.of_customer(customer_id)
    known = {id(deal) for deal in deals}
    others: dict[str, list[Json]] = {}
    for row in uow.customers.referring(customer_id):
        if id(row) not in known:
            others.setdefault(type(row).__name__.lower(), []).append(as_json(row))
    return {
        "exported_at": uow.now.isoformat(),
        "customer": as_json(customer),
        "owner": _name(uow, customer.owner_id),
        "notes": [as_json(note) for note in uow.customers.notes(customer_id, limit=EVERY)],
        "activities": [as_json(one) for one in uow.activities.of_customer(customer_id, limit=EVERY)],
        "deals": [
            {**as_json(deal), "stages": [as_json(change) for change in uow.opportunities.changes(deal.id)]}
            for deal in deals
        ],
        "requests": [as_json(request) for request in uow.customers.requests(customer_id)],
        "other": {name: rows for name, rows in sorted(others.items()) if name not in _TOLD},
        "mentioned_in": [as_json(mention) for mention in uow.traces.mentions(uow.traces.needles(customer_id))],
    }


_TOLD = frozenset({"note", "activity", "clientrequest"})


def as_json(value: Any) -> Any:
    """A value of the domain in JSON's own types; instants, days and times in ISO form."""
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: as_json(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, str):  # a StrEnum too
        return str(value)
    if isinstance(value, Mapping):
        return {str(name): as_json(part) for name, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [as_json(part) for part in value]
    return value if value is None or isinstance(value, bool | int | float) else str(value)


def _name(uow: UnitOfWork, agent_id: int | None) -> str | None:
    agent = uow.team.get(agent_id) if agent_id else None
    return agent.name if agent else None
