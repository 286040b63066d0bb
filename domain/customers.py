"""Customers: persons and companies, how to reach them, whose they are, and what was noted of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

import phonenumbers

from domain import permissions
from domain.duplicates import refuse_known
from domain.errors import InvalidValueError
from domain.money import Money
from domain.names import is_company, is_visible, near_ones, stems, without_marks, words
from domain.ports import Owners, UnitOfWork
from domain.team import Agent

NAME_LENGTH = 200
NOTE_LENGTH = 4000
PAGE = 10
_NEAR_LIMIT = 400  # distinct words looked at for a near match; names share their first letters with few others


class CustomerKind(StrEnum):
    """A person's prices are gross by default, a company's net."""

    PERSON = "person"
    COMPANY = "company"


class Source(StrEnum):
    """Where a customer came from."""

    WALK_IN = "walk_in"
    PHONE = "phone"
    WEBSITE = "website"
    REFERRAL = "referral"
    EVENT = "event"
    SOCIAL_MEDIA = "social_media"
    ADVERTISING = "advertising"
    PARTNER = "partner"
    MARKETPLACE = "marketplace"
    IMPORTER = "importer"
    RETURNING = "returning"
    OTHER = "other"


class Relationship(StrEnum):
    """How a customer stands to the house: derived (`domain.relationships`), unless it was set by hand."""

    PROSPECT = "prospect"
    ACTIVE = "active"
    CUSTOMER = "customer"
    DORMANT = "dormant"
    LOST = "lost"


class Purpose(StrEnum):
    """What a consent is for: being contacted about one's own enquiry, or being sent offers and news."""

    CONTACT = "contact"
    MARKETING = "marketing"


@dataclass(eq=False)
class Phone:
    """A phone number of a customer, E.164; the lowest `position` is the one that answers show."""

    e164: str
    position: int = 0
    id: int = field(default=0, kw_only=True)


@dataclass(eq=False)
class Email:
    """An e-mail address of a customer, lower case; the lowest `position` is the one to write to."""

    address: str
    position: int = 0
    id: int = field(default=0, kw_only=True)


@dataclass(eq=False)
class ContactPerson:
    """Somebody at a company: whom one talks to there."""

    name: str
    role: str | None = None
    phone: str | None = None  # E.164
    email: str | None = None  # lower case
    id: int = field(default=0, kw_only=True)


@dataclass(eq=False)
class Consent:
    """What a customer agreed to or took back, when, and in which words; the latest of a purpose holds."""

    purpose: Purpose
    given: bool
    at: datetime
    wording: str
    author_id: int | None = None
    id: int = field(default=0, kw_only=True)


@dataclass(eq=False)
class Vehicle:
    """A car that the customer owns; `trade_in` where it is offered in part payment, at the price asked."""

    model: str
    created_at: datetime
    year: int | None = None
    mileage: int | None = None  # km
    price: Money | None = None
    trade_in: bool = True
    note: str | None = None
    id: int = field(default=0, kw_only=True)


@dataclass(eq=False)
class Visit:
    """Somebody walked in and left neither name nor phone: counted, no more."""

    agent_id: int
    at: datetime
    interest: str | None = None
    note: str | None = None
    id: int = field(default=0, kw_only=True)


@dataclass(eq=False)
class Customer:
    """A customer; `owner_id` None means the company portfolio."""

    name: str
    kind: CustomerKind
    owner_id: int | None
    created_at: datetime
    source: Source | None = None
    town: str | None = None
    location: str | None = None  # the dealer's site that looks after the customer
    tax_id: str | None = None  # a company's CUI, digits alone
    interest: str | None = None  # the vehicle that the customer has in mind, as typed
    relationship_set: Relationship | None = None  # by hand; None lets it be derived
    merged_at: datetime | None = (
        None  # when another was last merged into it: what was decided then is not undone beneath it
    )
    erased_at: datetime | None = None
    phones: list[Phone] = field(default_factory=list)
    emails: list[Email] = field(default_factory=list)
    contacts: list[ContactPerson] = field(default_factory=list)
    consents: list[Consent] = field(default_factory=list)
    vehicles: list[Vehicle] = field(default_factory=list)
    id: int = field(default=0, kw_only=True)
    version: int = field(default=1, kw_only=True)


@dataclass(eq=False)
class Note:
    """A free text on a customer."""

    customer_id: int
    author_id: int
    text: str
    created_at: datetime
    id: int = field(default=0, kw_only=True)


@dataclass(frozen=True, slots=True)
class CustomerFilter:
    """Which customers of a list: from which source, and added in [since, before)."""

    source: Source | None = None
    since: datetime | None = None
    before: datetime | None = None


@dataclass(frozen=True, slots=True)
class NameMatches:
    """Who a typed name may be: `exact` by whole words, `near` by words that are alike; never both."""

    exact: tuple[Customer, ...] = ()
    near: tuple[Customer, ...] = ()

    @property
    def only(self) -> Customer | None:
        """The customer, where one alone matches exactly: the only match that may act at once."""
        return self.exact[0] if len(self.exact) == 1 else None


def clean_name(name: str) -> str:
    """The name as it is kept; raises InvalidValueError where it cannot be."""
    clean = " ".join(without_marks(name).split())
    if not is_visible(clean):  # its button would be refused by Telegram, and with it every list
        raise InvalidValueError("name_empty")
    if len(clean) > NAME_LENGTH:
        raise InvalidValueError("name_long", limit=NAME_LENGTH)
    return clean


def normal_phone(typed: str, region: str) -> str:
    """E.164 of a number as people write it; raises InvalidValueError where it is none."""
    try:
        number = phonenumbers.parse(typed, region)
    except phonenumbers.NumberParseException:
        raise InvalidValueError("phone_invalid", phone=typed[:40]) from None
    if not phonenumbers.is_valid_number(number):
        raise InvalidValueError("phone_invalid", phone=typed[:40])
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def add_customer(
    uow: UnitOfWork,
    actor: Agent,
    *,
    name: str,
    phones: Sequence[str] = (),
    emails: Sequence[str] = (),
    source: Source | None = None,
    interest: str | None = None,
    town: str | None = None,
    company: bool | None = None,
    anyway: str | None = None,
) -> Customer:
    """Add to the actor's portfolio; phones in any usual form, or E.164.

    Raises InvalidValueError, and where a phone or e-mail is known DuplicateCustomerError (visible) or
    ForeignCustomerError (another agent's). The reason `anyway`, kept as a note, lets one's own customer share it.
    """
    permissions.require_active(actor)
    clean = clean_name(name)
    numbers = list(dict.fromkeys(normal_phone(phone, uow.defaults.region) for phone in phones))
    addresses = list(dict.fromkeys(address.strip().lower() for address in emails))
    refuse_known(uow, actor, phones=numbers, emails=addresses, anyway=anyway is not None)
    is_firm = is_company(clean) if company is None else company
    customer = Customer(
        name=clean,
        kind=CustomerKind.COMPANY if is_firm else CustomerKind.PERSON,
        owner_id=actor.id,
        created_at=uow.now,
        source=source,
        interest=interest,
        town=town,
        phones=[Phone(number) for number in numbers],
        emails=[Email(address) for address in addresses],
    )
    uow.customers.add(customer)
    uow.flush()
    if anyway:
        add_note(uow, actor, customer_id=customer.id, text=anyway)
    return customer


def add_note(uow: UnitOfWork, actor: Agent, *, customer_id: int, text: str) -> Note:
    """Keep a free text on a customer that the actor may change."""
    customer = permissions.customer_to_change(uow, actor, customer_id)
    clean = text.strip()
    if not clean:
        raise InvalidValueError("note_empty")
    if len(clean) > NOTE_LENGTH:
        raise InvalidValueError("note_long", limit=NOTE_LENGTH)
    note = Note(customer_id=customer.id, author_id=actor.id, text=clean, created_at=uow.now)
    uow.customers.add_note(note)
    uow.flush()
    return note


def set_interest(uow: UnitOfWork, actor: Agent, *, customer_id: int, interest: str) -> Customer:
    """Set the vehicle that the customer has in mind."""
    customer = permissions.customer_to_change(uow, actor, customer_id)
    customer.interest = interest.strip()[:NAME_LENGTH] or None
    return customer


def find_by_name(uow: UnitOfWork, actor: Agent, typed: str, *, owners: Owners | None = None) -> NameMatches:
    """Who, among the customers that the actor may change (or those of `owners`), a typed name means.

    Exact: the whole name, or whole words of it, after diacritics and case endings. A first and last name that are
    together somebody's whole name mean that person, though others bear them among more names.
    """
    typed_words = words(typed)
    if not typed_words:
        return NameMatches()
    owners = owners or permissions.changeable_owners(actor)
    for forms in ([frozenset({word}) for word in typed_words], [stems(word) for word in typed_words]):
        # One word alone may be the first name of hundreds: more than can be shown is not read.
        found = tuple(uow.customers.with_words(forms, owners, limit=PAGE if len(forms) == 1 else None))
        if found:
            said = frozenset().union(*forms)
            whole = tuple(one for one in found if said.issuperset(words(one.name)))
            return NameMatches(exact=whole if len(typed_words) > 1 and len(whole) == 1 else found)
    return NameMatches(near=_near(uow, owners, typed_words))


def _near(uow: UnitOfWork, owners: Owners, typed_words: Sequence[str]) -> tuple[Customer, ...]:
    """Customers whose words are each alike to a typed one, or who bear one of several typed words."""
    alike: list[frozenset[str]] = []
    for word in typed_words:
        like = uow.customers.words_like(word[:1], owners, limit=_NEAR_LIMIT)
        if len(like) >= _NEAR_LIMIT:
            like = uow.customers.words_like(word[:2], owners, limit=_NEAR_LIMIT)
        alike.append(frozenset().union(*(near_ones(stem, like) for stem in stems(word))))
    known = [forms for forms in alike if forms]
    if not known:
        return ()
    found = tuple(uow.customers.with_words(known, owners, limit=PAGE))
    # A first name that many bear says nothing of the person whose other name nobody has.
    return () if len(known) < len(typed_words) and len(found) == PAGE else found
