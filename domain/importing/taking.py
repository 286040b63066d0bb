"""The use case: candidates into a portfolio. A file that comes twice adds nothing, and no row is ever half kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum

from domain import permissions
from domain.customers import (
    Consent,
    ContactPerson,
    Customer,
    CustomerKind,
    Email,
    Phone,
    Vehicle,
    add_customer,
    add_note,
)
from domain.errors import DomainError, ForeignCustomerError, InvalidValueError, StaleError
from domain.importing.candidates import CandidateCustomer
from domain.importing.cleaning import CleanRow, clean, short
from domain.names import words
from domain.ports import UnitOfWork
from domain.team import Agent, AgentStatus, Role

COMPANY_PORTFOLIO = "company_portfolio"
SETTLED_LATER = frozenset({ForeignCustomerError.code, COMPANY_PORTFOLIO})
_NOTES_COMPARED = 200


class RowResult(StrEnum):
    """What became of a row."""

    TAKEN = "taken"
    MERGED = "merged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One row's fate: `reason` is a code (why refused, what a merge added), `warnings` what was left out."""

    row: int
    result: RowResult
    name: str
    reason: str
    customer_id: int | None = None
    owner: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportReport:
    """Every row of the file, in its order."""

    rows: tuple[ImportRow, ...]

    def count(self, result: RowResult) -> int:
        """How many rows had this fate."""
        return sum(row.result == result for row in self.rows)


def import_customers(uow: UnitOfWork, actor: Agent, candidates: Iterable[CandidateCustomer]) -> ImportReport:
    """Take the candidates into the actor's portfolio; the director's go to the owners that they name.

    Raises NotAllowedError for a suspended actor, and StaleError.
    """
    permissions.require_active(actor)
    owners = ImportOwners(uow, actor)
    rows = [clean(candidate, uow.defaults.region) for candidate in candidates]
    fates = [_import(uow, actor, owners, row) for row in rows]
    while True:  # a row that another agent's number stood against may fit a customer that a later row has brought
        again = [at for at, fate in enumerate(fates) if fate.reason in SETTLED_LATER]
        tried = {at: _import(uow, actor, owners, rows[at]) for at in again}
        for at, fate in tried.items():
            fates[at] = fate
        if all(fate.reason in SETTLED_LATER for fate in tried.values()):
            return ImportReport(tuple(fates))


class ImportOwners:
    """Whose a row becomes: the actor's, unless the director's file names somebody else."""

    def __init__(self, uow: UnitOfWork, actor: Agent) -> None:
        self._actor = actor
        self._team: list[Agent] | None = None
        self._uow = uow

    def of(self, named: str) -> tuple[Agent, str]:
        """The agent, and a warning where the name in the file does not decide."""
        wanted = frozenset(words(named))
        if not wanted or self._actor.role is not Role.DIRECTOR or wanted == frozenset(words(self._actor.name)):
            return self._actor, ""
        if self._team is None:
            self._team = [agent for agent in self._uow.team.all() if agent.status is AgentStatus.ACTIVE]
        found = [agent for agent in self._team if frozenset(words(agent.name)) == wanted]
        return (found[0], "") if len(found) == 1 else (self._actor, "owner_unknown")


def _import(uow: UnitOfWork, actor: Agent, owners: ImportOwners, row: CleanRow) -> ImportRow:
    try:
        with uow.savepoint():
            return _take(uow, actor, owners, row)
    except StaleError:
        raise
    except DomainError as refusal:
        owner = str(refusal.values.get("owner", ""))
        return ImportRow(row.row, RowResult.REFUSED, row.name, refusal.code, owner=owner, warnings=row.warnings)


def _take(uow: UnitOfWork, actor: Agent, owners: ImportOwners, row: CleanRow) -> ImportRow:
    if row.refused:
        raise InvalidValueError(row.refused)
    known = _known(uow, row)
    own = [customer for customer in known if permissions.may_change(actor, customer)]
    if own:
        return _merge(uow, own[0], actor, owners, row)
    if any(customer.owner_id is None for customer in known):
        raise InvalidValueError(COMPANY_PORTFOLIO)
    for customer in known:
        owner = uow.team.get(customer.owner_id) if customer.owner_id else None
        raise ForeignCustomerError(owner=owner.name if owner else "")
    namesakes = _namesakes(uow, actor, row.name)
    if not row.phones and not row.emails:
        for customer in namesakes:
            if _is_same(uow, customer, row):
                return _merge(uow, customer, actor, owners, row)
    return _add(uow, actor, owners, row, namesakes=bool(namesakes))


def _add(uow: UnitOfWork, actor: Agent, owners: ImportOwners, row: CleanRow, *, namesakes: bool) -> ImportRow:
    owner, warning = owners.of(row.candidate.owner)
    warnings = [*row.warnings, *([warning] if warning else []), *(["namesake"] if namesakes else [])]
    customer = add_customer(
        uow,
        actor,
        name=row.name,
        phones=row.phones,
        emails=row.emails,
        source=row.candidate.source,
        interest=short(row.candidate.interest),
        town=short(row.candidate.town),
        company=row.is_company,
    )
    customer.owner_id = owner.id
    _complete(uow, customer, actor, row)
    uow.flush()
    if row.note:
        add_note(uow, actor, customer_id=customer.id, text=row.note)
    return ImportRow(row.row, RowResult.TAKEN, customer.name, "taken", customer.id, warnings=tuple(warnings))


def _merge(uow: UnitOfWork, customer: Customer, actor: Agent, owners: ImportOwners, row: CleanRow) -> ImportRow:
    """Add what is new; a number or address that another customer has stays there, and so does the owner."""
    warnings = list(row.warnings)
    owner, warning = owners.of(row.candidate.owner)
    if warning or (actor.role is Role.DIRECTOR and row.candidate.owner and owner.id != customer.owner_id):
        warnings.append(warning or "owner_kept")
    phones = [phone for phone in row.phones if phone not in {one.e164 for one in customer.phones}]
    emails = [address for address in row.emails if address not in {one.address for one in customer.emails}]
    new_phones = [phone for phone in phones if not uow.customers.by_phone(phone)]
    new_emails = [address for address in emails if not uow.customers.by_email(address)]
    if len(new_phones) + len(new_emails) < len(phones) + len(emails):
        warnings.append("known_elsewhere")
    _append(customer, new_phones, new_emails)
    completed = _complete(uow, customer, actor, row)
    new_note = bool(row.note) and not _has_note(uow, customer, row.note)
    if new_note:
        add_note(uow, actor, customer_id=customer.id, text=row.note)
    uow.flush()
    reason = "added" if new_phones or new_emails or completed or new_note else "nothing_new"
    return ImportRow(row.row, RowResult.MERGED, customer.name, reason, customer.id, warnings=tuple(warnings))


def _append(customer: Customer, phones: list[str], emails: list[str]) -> None:
    """Behind what is there: the first number is the one to call."""
    behind = max((phone.position for phone in customer.phones), default=-1) + 1
    customer.phones.extend(Phone(phone, position=place) for place, phone in enumerate(phones, start=behind))
    behind = max((email.position for email in customer.emails), default=-1) + 1
    customer.emails.extend(Email(address, position=place) for place, address in enumerate(emails, start=behind))


def _complete(uow: UnitOfWork, customer: Customer, actor: Agent, row: CleanRow) -> bool:
    """Fill in what the customer lacks, overwriting nothing; whether there was anything."""
    candidate = row.candidate
    is_firm = customer.kind is CustomerKind.COMPANY
    given = {
        "source": candidate.source,
        "town": short(candidate.town),
        "location": short(candidate.location),
        "interest": short(candidate.interest),
        "tax_id": candidate.tax_id if is_firm and candidate.tax_id else None,
    }
    missing = {name: value for name, value in given.items() if value is not None and getattr(customer, name) is None}
    for name, value in missing.items():
        setattr(customer, name, value)
    added = [_add_contact(customer, row), _add_vehicle(uow, customer, row), _add_consents(uow, customer, actor, row)]
    return bool(missing) or any(added)


def _add_contact(customer: Customer, row: CleanRow) -> bool:
    name = short(row.candidate.contact)
    known = {words(contact.name) for contact in customer.contacts}
    if name is None or customer.kind is not CustomerKind.COMPANY or words(name) in known:
        return False
    customer.contacts.append(ContactPerson(name, role=short(row.candidate.role)))
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


def _known(uow: UnitOfWork, row: CleanRow) -> list[Customer]:
    """Whoever has one of the row's numbers or addresses, each once."""
    found = [customer for phone in row.phones for customer in uow.customers.by_phone(phone)]
    found += [customer for address in row.emails for customer in uow.customers.by_email(address)]
    return list({customer.id: customer for customer in found}.values())


def _namesakes(uow: UnitOfWork, actor: Agent, name: str) -> list[Customer]:
    """Customers whom the actor may change with the very words of this name."""
    wanted = words(name)
    found = uow.customers.with_words([frozenset({word}) for word in wanted], permissions.changeable_owners(actor))
    return [customer for customer in found if words(customer.name) == wanted]


def _is_same(uow: UnitOfWork, customer: Customer, row: CleanRow) -> bool:
    """Whether a row with a name alone is this namesake: nothing that it says of town and note speaks against it."""
    town = short(row.candidate.town)
    if town and customer.town and words(town) != words(customer.town):
        return False
    return not row.note or _has_note(uow, customer, row.note)


def _has_note(uow: UnitOfWork, customer: Customer, text: str) -> bool:
    return any(note.text == text for note in uow.customers.notes(customer.id, limit=_NOTES_COMPARED))
