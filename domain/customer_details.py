"""What is known of a customer beside how to reach them: name, sort, town, source, tax number, contact persons, consent."""

from dataclasses import dataclass

from domain import permissions
from domain.customers import (
    NAME_LENGTH,
    NOTE_LENGTH,
    Consent,
    ContactPerson,
    Customer,
    CustomerKind,
    Purpose,
    Source,
    clean_name,
    normal_phone,
)
from domain.duplicates import refuse_known
from domain.errors import InvalidValueError, NotFoundError
from domain.ports import UnitOfWork
from domain.reach import normal_email
from domain.tax_ids import normal_tax_id
from domain.team import Agent


def rename(uow: UnitOfWork, actor: Agent, *, customer_id: int, name: str) -> Customer:
    """Give another name."""
    customer = permissions.customer_to_change(uow, actor, customer_id)
    customer.name = clean_name(name)
    uow.flush()
    return customer


def set_kind(uow: UnitOfWork, actor: Agent, *, customer_id: int, kind: CustomerKind) -> Customer:
    """Say whether it is a person or a company; raises InvalidValueError for a person with a company's tax number."""
    customer = permissions.customer_to_change(uow, actor, customer_id)
    if kind is CustomerKind.PERSON and customer.tax_id:
        raise InvalidValueError("person_with_tax_id", tax_id=customer.tax_id)
    customer.kind = kind
    uow.flush()
    return customer


def set_tax_id(uow: UnitOfWork, actor: Agent, *, customer_id: int, tax_id: str | None) -> Customer:
    """Keep the CUI, which makes the customer a company; None forgets it. Raises InvalidValueError for a wrong one."""
    customer = permissions.customer_to_change(uow, actor, customer_id)
    customer.tax_id = normal_tax_id(tax_id) if tax_id else None
    if customer.tax_id:
        customer.kind = CustomerKind.COMPANY
    uow.flush()
    return customer


def set_town(uow: UnitOfWork, actor: Agent, *, customer_id: int, town: str | None) -> Customer:
    """Where the customer lives or works; None forgets it."""
    customer = permissions.customer_to_change(uow, actor, customer_id)
    customer.town = _short(town)
    uow.flush()
    return customer


def set_location(uow: UnitOfWork, actor: Agent, *, customer_id: int, location: str | None) -> Customer:
    """The dealer's site that looks after the customer; None forgets it."""
    customer = permissions.customer_to_change(uow, actor, customer_id)
    customer.location = _short(location)
    uow.flush()
    return customer


def set_source(uow: UnitOfWork, actor: Agent, *, customer_id: int, source: Source | None) -> Customer:
    """Where the customer came from; None forgets it."""
    customer = permissions.customer_to_change(uow, actor, customer_id)
    customer.source = source
    uow.flush()
    return customer


@dataclass(frozen=True, slots=True)
class ContactDetails:
    """A contact person as typed; what is None stays as it is."""

    name: str | None = None
    role: str | None = None
    phone: str | None = None
    email: str | None = None


def add_contact(uow: UnitOfWork, actor: Agent, *, customer_id: int, details: ContactDetails) -> ContactPerson:
    """Add a contact person; raises InvalidValueError, and the errors of `refuse_known` for somebody else's number."""
    customer = permissions.customer_to_change(uow, actor, customer_id)
    contact = ContactPerson(clean_name(details.name or ""))
    _fill(uow, actor, customer, contact, details)
    customer.contacts.append(contact)
    uow.flush()
    return contact


def change_contact(
    uow: UnitOfWork, actor: Agent, *, customer_id: int, contact_id: int, details: ContactDetails
) -> ContactPerson:
    """Change what `details` brings; raises as `add_contact`, and NotFoundError."""
    customer = permissions.customer_to_change(uow, actor, customer_id)
    contact = contact_of(customer, contact_id)
    if details.name is not None:
        contact.name = clean_name(details.name)
    _fill(uow, actor, customer, contact, details)
    uow.flush()
    return contact


def remove_contact(uow: UnitOfWork, actor: Agent, *, customer_id: int, contact_id: int) -> str:
    """Take a contact person off; returns the name."""
    customer = permissions.customer_to_change(uow, actor, customer_id)
    contact = contact_of(customer, contact_id)
    name = contact.name
    customer.contacts.remove(contact)
    uow.flush()
    return name


def contact_of(customer: Customer, contact_id: int) -> ContactPerson:
    """The contact person, or NotFoundError."""
    for contact in customer.contacts:
        if contact.id == contact_id:
            return contact
    raise NotFoundError


def record_consent(
    uow: UnitOfWork, actor: Agent, *, customer_id: int, purpose: Purpose, given: bool, wording: str
) -> Consent:
    """Keep that the customer agreed, or took it back, now and in which words; what was kept before stays as it was."""
    customer = permissions.customer_to_change(uow, actor, customer_id)
    consent = Consent(purpose=purpose, given=given, at=uow.now, wording=wording[:NOTE_LENGTH], author_id=actor.id)
    customer.consents.append(consent)
    uow.flush()
    return consent


def consent_on(customer: Customer, purpose: Purpose) -> Consent | None:
    """What holds: the latest word on this purpose."""
    said = [consent for consent in customer.consents if consent.purpose is purpose]
    return max(said, key=lambda consent: (consent.at, consent.id)) if said else None


def _fill(uow: UnitOfWork, actor: Agent, customer: Customer, contact: ContactPerson, details: ContactDetails) -> None:
    phone = normal_phone(details.phone, uow.defaults.region) if details.phone else None
    email = normal_email(details.email) if details.email else None
    refuse_known(
        uow,
        actor,
        phones=[phone] if phone else [],
        emails=[email] if email else [],
        but=customer.id or None,
        anyway=True,  # one's own customer may well be somebody's contact person
    )
    contact.role = _short(details.role) or contact.role
    contact.phone = phone or contact.phone
    contact.email = email or contact.email


def _short(text: str | None) -> str | None:
    return " ".join((text or "").split())[:NAME_LENGTH] or None
