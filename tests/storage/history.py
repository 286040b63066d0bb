"""Turns that change customers, and looks at what is kept of them, for the tests of audit and undo."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from domain.customers import Customer
from domain.team import Agent
from storage.database import Database
from storage.tables import business
from storage.turns import Turn
from tests.factories import make_customer


@contextmanager
def turn_of(database: Database, agent: Agent) -> Iterator[Turn]:
    """A turn that the agent is named in."""
    with database.command_unit("test") as unit:
        unit.actor_id = agent.id
        yield unit


def add_customer(database: Database, agent: Agent, **values: Any) -> tuple[int, Customer]:
    """A turn that adds a customer of the agent's: its id, and the customer."""
    customer = make_customer(**{"owner_id": agent.id} | values)
    with turn_of(database, agent) as unit:
        unit.customers.add(customer)
    return unit.turn_id or 0, customer


def change(database: Database, agent: Agent, customer_id: int, **values: Any) -> int:
    """A turn that sets values of a customer; its id."""
    with turn_of(database, agent) as unit:
        customer = unit.customers.get(customer_id)
        for name, value in values.items():
            setattr(customer, name, value)
    return unit.turn_id or 0


def undo(database: Database, agent: Agent, turn: int) -> int:
    """A turn that takes another back; its id."""
    with turn_of(database, agent) as unit:
        unit.undo(turn)
    return unit.turn_id or 0


def rows(database: Database, table: sa.Table) -> list[dict[str, Any]]:
    """Every row of a table, in order."""
    with database.engine.connect() as connection:
        keys = list(table.primary_key.columns)
        return [dict(row) for row in connection.execute(sa.select(table).order_by(*keys)).mappings()]


def everything(database: Database) -> dict[str, Any]:
    """All business rows, and the name words."""
    return {table.name: rows(database, table) for table in (*business.AUDITED, business.customer_words)}
