"""Two customers that are one: everything is kept under the one that stays, and one undo parts them again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from domain import permissions
from domain.agenda import Status
from domain.customers import (
    NOTE_LENGTH,
    PAGE,
    Consent,
    ContactPerson,
    Customer,
    Note,
    Vehicle,
)
from domain.errors import ConflictError, NotAllowedError
from domain.names import fold, near_ones, stems, words
from domain.ports import EVERY, UnitOfWork
from domain.team import Agent, Role

PART = TypeVar("PART")
_LOOKED_AT = 50  # bearers of one word of the name
_VALUES = ("source", "town", "location", "tax_id", "interest", "relationship_set")


@dataclass(frozen=True, slots=True)
class Conflict:
    """What the vanished customer said otherwise than the one that stays: a field's name and its value."""

    field: str
    value: Any


@dataclass(frozen=True, slots=True)
class Merge:
    """What a merge came to: who stays, how the other was called, and what came along."""

    kept: Customer
    name: str
    former_owner_id: int | None
    activities: int
    deals: int
    conflicts: tuple[Conflict, ...]


Wording = Callable[[Sequence[Conflict]], str]


def merge_candidates(uow: UnitOfWork, actor: Agent, *, customer_id: int) -> list[Customer]:
    """Who may be the same as the customer: by phone, by e-mail, by a like name; only whom the actor may merge with it."""
    customer = permissions.customer_to_change(uow, actor, customer_id)
    found = [one for phone in customer.phones for one in uow.customers.by_phone(phone.e164)]
    found += [one for email in customer.emails for one in uow.customers.by_email(email.address)]
    owners = permissions.changeable_owners(actor)
    for word in sorted(words(customer.name), key=len, reverse=True):
        alike = uow.customers.with_words([stems(word)], owners, limit=_LOOKED_AT)
        found += [one for one in alike if _is_alike(words(customer.name), words(one.name))]
    distinct = {one.id: one for one in found if one.id != customer.id}
    return [one for one in distinct.values() if _may_merge(actor, customer, one)][:PAGE]


def merge(uow: UnitOfWork, actor: Agent, *, keep_id: int, gone_id: int, wording: Wording) -> Merge:
    """Move everything of `gone_id` to `keep_id`; what contradicts becomes a note in the words of `wording`.

    Raises NotFoundError and NotAllowedError as for any change of either, ConflictError for one customer with itself.
    """
    keep = permissions.customer_to_change(uow, actor, keep_id)
    gone = permissions.customer_to_change(uow, actor, gone_id)
    if keep.id == gone.id:
        raise ConflictError("merge_itself")
    if not _may_merge(actor, keep, gone):
        raise NotAllowedError
    keep.merged_at = uow.now
    conflicts = _settle(keep, gone, actor)
    _move_parts(keep, gone)
    activities, deals = _move_rows(uow, keep, gone)
    if conflicts:
        text = wording(conflicts)[:NOTE_LENGTH]
        uow.customers.add_note(Note(customer_id=keep.id, author_id=actor.id, text=text, created_at=uow.now))
    done = Merge(keep, gone.name, gone.owner_id, activities, deals, tuple(conflicts))
    uow.flush()
    uow.customers.remove(gone)
    return done


def _may_merge(actor: Agent, one: Customer, other: Customer) -> bool:
    same = one.owner_id == other.owner_id
    erased = one.erased_at or other.erased_at
    return permissions.may_change(actor, other) and not erased and (same or actor.role is Role.DIRECTOR)


def _is_alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether every word of the shorter name is, but for a slip, a word of the longer."""
    short, long = sorted((one, other), key=len)
    return bool(short) and all(near_ones(word, long) for word in short)


def _settle(keep: Customer, gone: Customer, actor: Agent) -> list[Conflict]:
    """Fill what the one that stays does not know; returns what both know differently."""
    conflicts = []
    if fold(keep.name) != fold(gone.name):
        conflicts.append(Conflict("name", gone.name))
    for name in _VALUES:
        mine, other = getattr(keep, name), getattr(gone, name)
        if mine is None:
            setattr(keep, name, other)
        elif other is not None and other != mine:
            conflicts.append(Conflict(name, other))
    day = actor.local(gone.created_at).date()
    if day != actor.local(keep.created_at).date():
        conflicts.append(Conflict("created", day))
    return conflicts


def _move_parts(keep: Customer, gone: Customer) -> None:
    """Phones, e-mails, contact persons, consents and vehicles; what is there already goes with the other row."""
    last = max((phone.position for phone in keep.phones), default=-1)
    for number, phone in enumerate(_new(keep.phones, gone.phones, lambda one: one.e164), start=last + 1):
        _hand(keep.phones, gone.phones, phone)
        phone.position = number
    last = max((email.position for email in keep.emails), default=-1)
    for number, email in enumerate(_new(keep.emails, gone.emails, lambda one: one.address), start=last + 1):
        _hand(keep.emails, gone.emails, email)
        email.position = number
    for contact in list(gone.contacts):
        if not any(_takes_up(known, contact) for known in keep.contacts):
            _hand(keep.contacts, gone.contacts, contact)
    for consent in _new(keep.consents, gone.consents, _consent_key):
        _hand(keep.consents, gone.consents, consent)
    for vehicle in _new(keep.vehicles, gone.vehicles, _vehicle_key):
        _hand(keep.vehicles, gone.vehicles, vehicle)


def _move_rows(uow: UnitOfWork, keep: Customer, gone: Customer) -> tuple[int, int]:
    """Notes, requests, activities, deals and all else; between owners what is still open goes along. Counts two of them."""
    activities = uow.activities.of_customer(gone.id, limit=EVERY)
    deals = uow.opportunities.of_customer(gone.id)
    if keep.owner_id is not None and keep.owner_id != gone.owner_id:
        for activity in activities:
            if activity.status is Status.PLANNED and activity.agent_id == gone.owner_id:
                activity.agent_id = keep.owner_id
        for deal in deals:
            if deal.is_open:
                deal.owner_id = keep.owner_id
    for row in uow.customers.referring(gone.id):
        row.customer_id = keep.id
    return len(activities), len(deals)


def _new(mine: Sequence[PART], others: Sequence[PART], key: Callable[[PART], object]) -> list[PART]:
    known = {key(one) for one in mine}
    return [one for one in others if key(one) not in known]


def _hand(mine: list[PART], others: list[PART], part: PART) -> None:
    others.remove(part)
    mine.append(part)


def _takes_up(known: ContactPerson, other: ContactPerson) -> bool:
    """Whether the two are one person; what the known one lacks it takes over."""
    names = ("role", "phone", "email")
    if fold(known.name) != fold(other.name):
        return False
    if any(getattr(known, name) and getattr(other, name) not in {None, getattr(known, name)} for name in names):
        return False
    for name in names:
        setattr(known, name, getattr(known, name) or getattr(other, name))
    return True


def _consent_key(consent: Consent) -> object:
    return consent.purpose, consent.given, consent.at, consent.wording


def _vehicle_key(vehicle: Vehicle) -> object:
    return fold(vehicle.model), vehicle.year, vehicle.mileage, vehicle.price, vehicle.trade_in, vehicle.note
