"""Customers from somebody's address book: each card is taken, merged with what is known, or refused with its reason.

A file that comes twice adds nothing, and no row is ever half kept.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import phonenumbers

from domain import permissions
from domain.customers import (
    NAME_LENGTH,
    NOTE_LENGTH,
    Customer,
    Email,
    Phone,
    add_customer,
    add_note,
    normal_phone,
)
from domain.errors import DomainError, ForeignCustomerError, InvalidValueError, StaleError
from domain.names import words
from domain.ports import UnitOfWork
from domain.privacy import without_personal_codes
from domain.team import Agent

UNREADABLE = "unreadable"
NOT_A_CONTACT = "not_a_contact"
COMPANY_PORTFOLIO = "company_portfolio"
SETTLED_LATER = frozenset({ForeignCustomerError.code, COMPANY_PORTFOLIO})
_NOTES_COMPARED = 200
_DIGITS_OF_A_NUMBER = 3  # with fewer, what stands as a phone is a word
_WRITTEN_LENGTH = 80
_EMAIL = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>.]+")
_BETWEEN_NUMBERS = re.compile(r"[;,/]|\bsau\b|\bor\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CandidateCustomer:
    """A card as it was written; `problems` are codes of what the reader could not take over.

    `company` is the organisation: the customer itself where there is no `name`, else where that person works.
    """

    row: int
    name: str = ""
    company: str = ""
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    note: str = ""
    problems: tuple[str, ...] = ()


class RowResult(StrEnum):
    """What became of a card."""

    TAKEN = "taken"
    MERGED = "merged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One card's fate: `reason` is a code (why refused, what a merge added), `warnings` what was left out."""

    row: int
    result: RowResult
    name: str
    reason: str
    customer_id: int | None = None
    owner: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportReport:
    """Every card of the file, in its order."""

    rows: tuple[ImportRow, ...]

    def count(self, result: RowResult) -> int:
        """How many cards had this fate."""
        return sum(row.result == result for row in self.rows)


def import_customers(uow: UnitOfWork, actor: Agent, candidates: Iterable[CandidateCustomer]) -> ImportReport:
    """Take the cards into the actor's portfolio; raises NotAllowedError for a suspended actor, and StaleError."""
    permissions.require_active(actor)
    cards = [_Card.of(candidate, uow.defaults.region) for candidate in candidates]
    rows = [_import(uow, actor, card) for card in cards]
    while True:  # a card that another agent's number stood against may fit a customer that a later card has brought
        again = [at for at, row in enumerate(rows) if row.reason in SETTLED_LATER]
        tried = {at: _import(uow, actor, cards[at]) for at in again}
        for at, row in tried.items():
            rows[at] = row
        if all(row.reason in SETTLED_LATER for row in tried.values()):
            return ImportReport(tuple(rows))


def _import(uow: UnitOfWork, actor: Agent, card: "_Card") -> ImportRow:
    try:
        with uow.savepoint():
            return _take(uow, actor, card)
    except StaleError:
        raise
    except DomainError as refusal:
        owner = str(refusal.values.get("owner", ""))
        return ImportRow(card.row, RowResult.REFUSED, card.name, refusal.code, owner=owner, warnings=card.warnings)


@dataclass(frozen=True, slots=True)
class _Card:
    """A candidate with what can be kept of it: valid numbers and addresses, the rest as lines of the note."""

    row: int
    name: str
    is_company: bool | None
    phones: tuple[str, ...]
    emails: tuple[str, ...]
    note: str
    refused: str
    warnings: tuple[str, ...]

    @classmethod
    def of(cls, candidate: CandidateCustomer, region: str) -> "_Card":
        warnings = [problem for problem in candidate.problems if problem not in {UNREADABLE, NOT_A_CONTACT}]
        phones, written = _phones(candidate.phones, region, warnings)
        emails, other = _emails(candidate.emails, warnings)
        person, company = (text if words(text) else "" for text in (candidate.name, candidate.company))
        name = " ".join((person or company).split())
        is_company = True if company and not person else None
        if not name and phones:
            name = _international(phones[0])
        if not name and written and emails:  # a number was written, though none that can be dialled from here
            name = emails[0]
        lines = [company if person else "", candidate.note, *written, *other]
        note = "\n".join(line.strip() for line in lines if line.strip())
        clean = without_personal_codes(note)
        if clean != note or without_personal_codes(name) != name:
            warnings.append("personal_code_left_out")
        if len(clean) > NOTE_LENGTH:
            warnings.append("note_cut")
        if len(name) > NAME_LENGTH:
            warnings.append("name_cut")
        refused = next((one for one in (UNREADABLE, NOT_A_CONTACT) if one in candidate.problems), "")
        return cls(
            row=candidate.row,
            name=without_personal_codes(name)[:NAME_LENGTH].strip(),
            is_company=is_company,
            phones=phones,
            emails=emails,
            note=clean[:NOTE_LENGTH].strip(),
            refused=refused if refused or name else "name_and_phone_missing",
            warnings=tuple(dict.fromkeys(warnings)),
        )


def _phones(typed: Sequence[str], region: str, warnings: list[str]) -> tuple[tuple[str, ...], list[str]]:
    """Valid numbers (E.164), and note lines with those that cannot be dialled from here, or have an extension."""
    valid: list[str] = []
    lines: list[str] = []
    for phone in typed:
        numbers = _numbers(phone, region)
        valid += numbers
        if numbers and not re.search(r"\d\s*(?:ext|int|x)\W*\d", phone, re.IGNORECASE):
            continue
        if sum(character.isdigit() for character in phone) < _DIGITS_OF_A_NUMBER:
            warnings.append("phone_is_a_word")
        else:
            warnings.append("phone_kept_in_note")
            lines.append(f"Tel.: {' '.join(phone.split())[:_WRITTEN_LENGTH]}")
    return tuple(dict.fromkeys(valid)), list(dict.fromkeys(lines))


def _numbers(typed: str, region: str) -> list[str]:
    """The number, or the several that some write into one field; empty where any of them is none."""
    for parts in ([typed], [part for part in _BETWEEN_NUMBERS.split(typed) if part.strip()]):
        try:
            return [normal_phone(part, region) for part in parts]
        except InvalidValueError:
            continue
    return []


def _emails(typed: Sequence[str], warnings: list[str]) -> tuple[tuple[str, ...], list[str]]:
    """Addresses in lower case, and note lines with what stands as one and is none."""
    addresses = [address.strip().lower() for address in typed if address.strip()]
    wrong = [address for address in addresses if not _EMAIL.fullmatch(address)]
    if wrong:
        warnings.append("email_kept_in_note")
    lines = [f"E-mail: {address[:_WRITTEN_LENGTH]}" for address in dict.fromkeys(wrong)]
    return tuple(dict.fromkeys(address for address in addresses if address not in wrong)), lines


def _take(uow: UnitOfWork, actor: Agent, card: _Card) -> ImportRow:
    if card.refused:
        raise InvalidValueError(card.refused)
    known = _known(uow, card)
    own = [customer for customer in known if permissions.may_change(actor, customer)]
    if own:
        return _merge(uow, own[0], actor, card)
    if any(customer.owner_id is None for customer in known):
        raise InvalidValueError(COMPANY_PORTFOLIO)
    for customer in known:
        owner = uow.team.get(customer.owner_id) if customer.owner_id else None
        raise ForeignCustomerError(owner=owner.name if owner else "")
    namesakes = _namesakes(uow, actor, card.name)
    if not card.phones and not card.emails:
        for customer in namesakes:
            if not card.note or _has_note(uow, customer, card.note):
                return ImportRow(card.row, RowResult.MERGED, customer.name, "nothing_new", customer.id)
    return _add(uow, actor, card, namesakes=bool(namesakes))


def _add(uow: UnitOfWork, actor: Agent, card: _Card, *, namesakes: bool) -> ImportRow:
    customer = add_customer(uow, actor, name=card.name, phones=card.phones, emails=card.emails, company=card.is_company)
    if card.note:
        add_note(uow, actor, customer_id=customer.id, text=card.note)
    warnings = (*card.warnings, "namesake") if namesakes else card.warnings
    return ImportRow(card.row, RowResult.TAKEN, customer.name, "taken", customer.id, warnings=warnings)


def _merge(uow: UnitOfWork, customer: Customer, actor: Agent, card: _Card) -> ImportRow:
    """Add what is new; a number or address that another customer has stays there."""
    warnings = list(card.warnings)
    phones = [phone for phone in card.phones if phone not in {one.e164 for one in customer.phones}]
    emails = [address for address in card.emails if address not in {one.address for one in customer.emails}]
    new_phones = [phone for phone in phones if not uow.customers.by_phone(phone)]
    new_emails = [address for address in emails if not uow.customers.by_email(address)]
    if len(new_phones) + len(new_emails) < len(phones) + len(emails):
        warnings.append("known_elsewhere")
    customer.phones.extend(Phone(phone) for phone in new_phones)
    customer.emails.extend(Email(address) for address in new_emails)
    new_note = bool(card.note) and not _has_note(uow, customer, card.note)
    if new_note:
        add_note(uow, actor, customer_id=customer.id, text=card.note)
    uow.flush()
    reason = "added" if new_phones or new_emails or new_note else "nothing_new"
    return ImportRow(card.row, RowResult.MERGED, customer.name, reason, customer.id, warnings=tuple(warnings))


def _known(uow: UnitOfWork, card: _Card) -> list[Customer]:
    """Whoever has one of the card's numbers or addresses, each once."""
    found = [customer for phone in card.phones for customer in uow.customers.by_phone(phone)]
    found += [customer for address in card.emails for customer in uow.customers.by_email(address)]
    return list({customer.id: customer for customer in found}.values())


def _namesakes(uow: UnitOfWork, actor: Agent, name: str) -> list[Customer]:
    """Customers whom the actor may change with the very words of this name."""
    wanted = words(name)
    found = uow.customers.with_words([frozenset({word}) for word in wanted], permissions.changeable_owners(actor))
    return [customer for customer in found if words(customer.name) == wanted]


def _has_note(uow: UnitOfWork, customer: Customer, text: str) -> bool:
    return any(note.text == text for note in uow.customers.notes(customer.id, limit=_NOTES_COMPARED))


def _international(e164: str) -> str:
    number = phonenumbers.parse(e164)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
