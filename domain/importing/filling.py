"""What a row says of a customer, put where the customer lacks it; nothing is overwritten."""

from datetime import datetime, time

from domain.customers import Consent, ContactPerson, Customer, CustomerKind, Email, Phone, Vehicle
from domain.importing.cleaning import CleanRow, short
from domain.names import words
from domain.ports import UnitOfWork
from domain.team import Agent


def append_reach(customer: Customer, phones: list[str], emails: list[str]) -> None:
    """Behind what is there: the first number is the one to call."""
    behind = max((phone.position for phone in customer.phones), default=-1) + 1
    customer.phones.extend(Phone(phone, position=place) for place, phone in enumerate(phones, start=behind))
    behind = max((email.position for email in customer.emails), default=-1) + 1
    customer.emails.extend(Email(address, position=place) for place, address in enumerate(emails, start=behind))


def complete(uow: UnitOfWork, customer: Customer, actor: Agent, row: CleanRow) -> bool:
    """Fill in what the customer lacks, overwriting nothing; whether there was anything."""
    candidate = row.candidate
    is_firm = customer.kind is CustomerKind.COMPANY
    given = {
        "source": candidate.source,
        "town": short(candidate.town),
        "location": short(candidate.location),
        "interest": short(candidate.interest),
        "relationship_set": candidate.relationship,
        "tax_id": candidate.tax_id if is_firm and candidate.tax_id else None,
    }
    missing = {name: value for name, value in given.items() if value is not None and getattr(customer, name) is None}
    for name, value in missing.items():
        setattr(customer, name, value)
    contact = add_contact(customer, candidate.contact, role=candidate.role)
    added = [contact, _add_vehicle(uow, customer, row), _add_consents(uow, customer, actor, row)]
    return bool(missing) or any(added)


def bears_another_name(customer: Customer, row: CleanRow) -> bool:
    """Whether a row that has the customer's number names somebody else: a colleague, or one of the family."""
    is_named = bool(words(row.candidate.name) or words(row.candidate.company))  # else its number stands as the name
    return is_named and set(words(row.name)).isdisjoint(words(customer.name))


def add_contact(customer: Customer, named: str, *, role: str = "") -> bool:
    """Somebody at the company whom it does not have yet; whether there was one."""
    name = short(named)
    known = {words(contact.name) for contact in customer.contacts}
    if name is None or customer.kind is not CustomerKind.COMPANY or words(name) in known:
        return False
    customer.contacts.append(ContactPerson(name, role=short(role)))
    return True


def _add_vehicle(uow: UnitOfWork, customer: Customer, row: CleanRow) -> bool:
    model = short(row.vehicle.model) if row.vehicle else None
    if row.vehicle is None or model is None or model in {vehicle.model for vehicle in customer.vehicles}:
        return False
    customer.vehicles.append(
        Vehicle(
            model=model,
            created_at=uow.now,
            year=row.vehicle.year,
            mileage=row.vehicle.mileage,
            trade_in=False,
            note=short(row.vehicle.note),
        )
    )
    return True


def _add_consents(uow: UnitOfWork, customer: Customer, actor: Agent, row: CleanRow) -> bool:
    """What the file says where nothing is known: what the customer told us here counts for more than a file."""
    known = {consent.purpose for consent in customer.consents}
    new = [consent for consent in row.consents if consent.purpose not in known]
    for consent in new:
        on = datetime.combine(consent.on, time(12), tzinfo=actor.zone) if consent.on else uow.now
        customer.consents.append(
            Consent(
                purpose=consent.purpose,
                given=consent.given,
                at=min(on, uow.now),
                wording=consent.wording,
                author_id=actor.id,
            )
        )
    return bool(new)
