"""Phones and e-mails of a customer: a new one comes first, and the old one stays unless replacing is said."""

import re
from enum import StrEnum
from typing import TypeVar

from domain import permissions
from domain.customers import Customer, Email, Phone, add_note, normal_phone
from domain.duplicates import refuse_known
from domain.errors import InvalidValueError, NotFoundError
from domain.ports import UnitOfWork
from domain.team import Agent

MOST = 10  # of each; more would hide the one to use
_ADDRESS = re.compile(r"[^@\s<>()]{1,64}@[^@\s<>()]+\.[^@\s<>().\d]{2,24}")
Part = TypeVar("Part", Phone, Email)


class Way(StrEnum):
    """How somebody is reached."""

    PHONE = "phone"
    EMAIL = "email"


def normal_email(typed: str) -> str:
    """The address in lower case; raises InvalidValueError where it is none."""
    clean = typed.strip().strip(",;").lower()
    if not _ADDRESS.fullmatch(clean) or len(clean) > 254:
        raise InvalidValueError("email_invalid", email=typed.strip()[:60])
    return clean


def normal(uow: UnitOfWork, way: Way, typed: str) -> str:
    """As it is kept; raises InvalidValueError."""
    return normal_phone(typed, uow.defaults.region) if way is Way.PHONE else normal_email(typed)


def values_of(customer: Customer, way: Way) -> list[str]:
    """The customer's numbers or addresses, the first being the one to use."""
    return [_value(part) for part in (customer.phones if way is Way.PHONE else customer.emails)]


def add_reach(
    uow: UnitOfWork,
    actor: Agent,
    *,
    customer_id: int,
    way: Way,
    typed: str,
    replacing: str | None = None,
    anyway: str | None = None,
) -> str:
    """Put a number or address first, in the place of `replacing` (as kept) where that is given; returns it as kept.

    Raises InvalidValueError, NotFoundError for an unknown `replacing`, and where somebody else has it the errors of
    `refuse_known`; `anyway` is the reason why one's own customers share it.
    """
    customer = permissions.customer_to_change(uow, actor, customer_id)
    value = normal(uow, way, typed)
    known = values_of(customer, way)
    if replacing is not None and replacing not in known:
        raise NotFoundError
    if value not in known:
        own = {"phones": [value], "emails": []} if way is Way.PHONE else {"phones": [], "emails": [value]}
        refuse_known(uow, actor, **own, but=customer.id, anyway=anyway is not None)
        if len(known) >= MOST and replacing is None:
            raise InvalidValueError("reach_most", limit=MOST)
        if way is Way.PHONE:
            customer.phones.insert(0, Phone(value))
        else:
            customer.emails.insert(0, Email(value))
        if anyway:
            add_note(uow, actor, customer_id=customer.id, text=anyway)
    _put_first(customer, way, value)
    if replacing not in {None, value}:
        _drop(customer, way, str(replacing))
    uow.flush()
    return value


def make_first(uow: UnitOfWork, actor: Agent, *, customer_id: int, way: Way, value: str) -> Customer:
    """Let answers show this one; raises NotFoundError where the customer has it not."""
    customer = permissions.customer_to_change(uow, actor, customer_id)
    _put_first(customer, way, value)
    uow.flush()
    return customer


def remove_reach(uow: UnitOfWork, actor: Agent, *, customer_id: int, way: Way, value: str) -> Customer:
    """Forget a number or address; raises NotFoundError where the customer has it not."""
    customer = permissions.customer_to_change(uow, actor, customer_id)
    _drop(customer, way, value)
    uow.flush()
    return customer


def _put_first(customer: Customer, way: Way, value: str) -> None:
    if way is Way.PHONE:
        _lead(customer.phones, value)
    else:
        _lead(customer.emails, value)


def _lead(parts: list[Part], value: str) -> None:
    """Positions are written anew from 0, so that what is shown never depends on how often it was changed."""
    first = [part for part in parts if _value(part) == value]
    if not first:
        raise NotFoundError
    ordered = first + [part for part in parts if _value(part) != value]
    for position, part in enumerate(ordered):
        if part.position != position:
            part.position = position
    parts[:] = ordered


def _drop(customer: Customer, way: Way, value: str) -> None:
    if value not in values_of(customer, way):
        raise NotFoundError
    if way is Way.PHONE:
        customer.phones[:] = [phone for phone in customer.phones if phone.e164 != value]
    else:
        customer.emails[:] = [email for email in customer.emails if email.address != value]


def _value(part: Phone | Email) -> str:
    return part.e164 if isinstance(part, Phone) else part.address
