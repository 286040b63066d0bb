"""Whom a command line means: a customer by number, phone, e-mail or name, and the operator who asks."""

from collections.abc import Sequence

import typer

from domain.customers import Customer, find_by_name, normal_phone
from domain.errors import InvalidValueError
from domain.names import words
from domain.ports import UnitOfWork
from domain.team import Agent, Role

WRONG_ARGUMENT = 2


def operator(unit: UnitOfWork) -> Agent:
    """Whoever may run commands on this machine may read its database: a director in no list, who is kept nowhere."""
    return Agent(name="", role=Role.DIRECTOR, timezone=unit.defaults.timezone, language=unit.defaults.language)


def one_customer(unit: UnitOfWork, typed: str, *, agent: str | None) -> Customer:
    """The only customer meant; ends the command with status 2 and who may be meant where that is unclear."""
    found = [one for one in _found(unit, typed) if not one.erased_at and _is_with(unit, one, agent)]
    if len(found) == 1:
        return found[0]
    if found:
        typer.echo(f"presales: {typed!r} may be several; say which by its number:", err=True)
        for one in found:
            typer.echo(f"  #{one.id}  {one.name}  {one.phones[0].e164 if one.phones else ''}", err=True)
    else:
        typer.echo(f"presales: no customer has the number, phone, e-mail or name {typed!r}", err=True)
    raise typer.Exit(WRONG_ARGUMENT)


def _found(unit: UnitOfWork, typed: str) -> Sequence[Customer]:
    number = typed.removeprefix("#")
    if number.isascii() and number.isdecimal() and (typed.startswith("#") or len(number) < 7):
        customer = unit.customers.get(int(number))
        return [customer] if customer else []
    if "@" in typed:
        return unit.customers.by_email(typed.strip().lower())
    try:
        return unit.customers.by_phone(normal_phone(typed, unit.defaults.region))
    except InvalidValueError:
        return find_by_name(unit, operator(unit), typed).exact


def _is_with(unit: UnitOfWork, customer: Customer, agent: str | None) -> bool:
    if agent is None:
        return True
    owner = unit.team.get(customer.owner_id) if customer.owner_id else None
    return owner is not None and bool(words(agent)) and set(words(agent)) <= set(words(owner.name))
