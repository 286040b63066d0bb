"""`presales export CUSTOMER`: everything kept of one customer, as JSON on standard output."""

import json

import typer

from domain.export import export_customer
from presales.find_customer import one_customer, operator
from storage.database import Database


def run_export(database: Database, typed: str, *, agent: str | None) -> int:
    """Print it; returns the exit status."""
    with database.command_unit("export") as unit:
        customer = one_customer(unit, typed, agent=agent)
        exported = export_customer(unit, operator(unit), customer_id=customer.id)
    typer.echo(json.dumps(exported, ensure_ascii=False, indent=2))
    return 0
