"""Who is known already: by the same phone or e-mail, or by a like name in the same town."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from domain import permissions
from domain.errors import DuplicateCustomerError, ForeignCustomerError
from domain.names import LEGAL_FORMS, display_order, near_ones, words
from domain.ports import Owners, UnitOfWork
from domain.team import Agent

if TYPE_CHECKING:
    from domain.customers import Customer

_EVERYBODY = Owners(agent_id=None, everybody=True)
_LOOKED_AT = 200  # bearers of like names, and distinct words, that are compared: the newest of them


def refuse_known(
    uow: UnitOfWork,
    actor: Agent,
    *,
    phones: Sequence[str],
    emails: Sequence[str],
    but: int | None = None,
    anyway: bool = False,
) -> None:
    """Raises for a phone (E.164) or e-mail that some customer other than `but` has; of another agent's the owner is told.

    `anyway` lets the actor's own customers share it, never anybody else's. Two turns that bring the same number come
    through here one after the other, so the second sees what the first has kept.
    """
    uow.customers.hold_reach([*phones, *emails])
    known = [customer for phone in phones for customer in uow.customers.by_phone(phone)]
    known += [customer for address in emails for customer in uow.customers.by_email(address)]
    others = [customer for customer in known if customer.id != but]
    for customer in others:
        own = customer.owner_id == actor.id
        if permissions.may_see(actor, customer) and not (anyway and own):
            raise DuplicateCustomerError(customer_id=customer.id, name=customer.name, own=own)
    for customer in others:
        if not permissions.may_see(actor, customer):
            raise ForeignCustomerError(owner=owner_name(uow, customer), customer_id=customer.id)


def like_in_town(uow: UnitOfWork, *, name: str, town: str | None) -> list[Customer]:
    """Customers of anybody's with a like name in the same town: a sign that it is the same person, and no proof.

    Like are names whose words are alike one by one; one name may have more of them, where two at least are alike.
    """
    said, place = _words(name), display_order(town or "")
    if not said or not place:
        return []
    forms = [
        near_ones(word, uow.customers.words_like(word[:2], _EVERYBODY, limit=_LOOKED_AT)) | {word} for word in said
    ]
    if len(said) > 2:  # the other may have fewer words
        forms = forms[:1] + forms[-1:]
    found = uow.customers.with_words(forms, _EVERYBODY, limit=_LOOKED_AT)
    return [
        one
        for one in found
        if one.erased_at is None and display_order(one.town or "") == place and _alike(said, _words(one.name))
    ]


def owner_name(uow: UnitOfWork, customer: Customer) -> str:
    """Whose the customer is: the agent's name, empty for the company portfolio."""
    owner = uow.team.get(customer.owner_id) if customer.owner_id else None
    return owner.name if owner else ""


def _words(name: str) -> tuple[str, ...]:
    return tuple(word for word in words(name) if word not in LEGAL_FORMS)


def _alike(one: Sequence[str], other: Sequence[str]) -> bool:
    fewer, more = sorted((one, other), key=len)
    if not fewer or (len(fewer) < 2 and len(more) > len(fewer)):
        return False
    return all(near_ones(word, more) for word in fewer)
