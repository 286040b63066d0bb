"""Erasing one person, for the director: texts are swept first, then the rows go, and what sums need stays without a name.

It cannot be undone. It goes in steps, so that chats are answered meanwhile; one that ends in the middle is begun again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from domain import permissions
from domain.errors import NotFoundError
from domain.needles import Needles
from domain.ports import EVERY, UnitOfWork
from domain.team import Agent

if TYPE_CHECKING:
    from domain.customers import Customer

Progress = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Outlook:
    """What an erasure will take, and what it will leave without a name."""

    customer: Customer
    contacts: int  # ways to reach: phones, e-mails, contact persons
    notes: int
    activities: int
    deals: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A text that names a customer: where it stands, whose chat it is of, and when it was written."""

    where: str
    chat_id: int
    at: datetime


class Traces(Protocol):
    """Where a person stands beside the rows of the business; storage implements it."""

    def needles(self, customer_id: int) -> Needles:
        """By what the customer is and was known."""
        ...

    def mentions(self, needles: Needles) -> Sequence[Mention]:
        """Messages, files and cards that name the person."""
        ...

    def sweep(self, needles: Needles, progress: Progress) -> Progress:
        """Take the person out of the next few thousand texts; what it returns says `swept` once all are done."""
        ...

    def erase_rows(self, customer_id: int, *, name: str) -> None:
        """Delete what belongs to the customer alone, and leave deals and activities to a nameless one."""
        ...


def erasure_outlook(uow: UnitOfWork, actor: Agent, *, customer_id: int) -> Outlook:
    """What there is of the customer, for the card that asks before it is done."""
    customer = _customer(uow, actor, customer_id)
    return Outlook(
        customer=customer,
        contacts=len(customer.phones) + len(customer.emails) + len(customer.contacts),
        notes=len(uow.customers.notes(customer_id, limit=EVERY)),
        activities=len(uow.activities.of_customer(customer_id, limit=EVERY)),
        deals=len(uow.opportunities.of_customer(customer_id)),
    )


def erase_step(uow: UnitOfWork, actor: Agent, *, progress: Progress, name: str) -> Progress | None:
    """Do the next step of an erasure that begins with `{"customer": id}`; None once it is done.

    `name` is what the nameless customer is called. What is found on the way stands in `progress`: `deletions`
    ([chat, message]), `files` and `older` (messages that Telegram no longer deletes).
    """
    customer_id = progress["customer"]
    _customer(uow, actor, customer_id)
    if progress.get("swept"):
        uow.traces.erase_rows(customer_id, name=name)
        return None
    needles = progress.get("needles")
    known = Needles.of_json(needles) if needles else uow.traces.needles(customer_id)
    following: Progress = uow.traces.sweep(known, progress)
    if not following.get("swept"):  # between two steps it stands in the job, which the last step leaves without it
        following["needles"] = known.as_json()
    return following


def _customer(uow: UnitOfWork, actor: Agent, customer_id: int) -> Customer:
    permissions.require_director(actor)
    customer = uow.customers.get(customer_id)
    if customer is None or customer.erased_at:
        raise NotFoundError
    return customer
