"""The use case: candidates into a portfolio. A file that comes twice adds nothing, and no row is ever half kept."""

from collections.abc import Iterable, Sequence

from domain import permissions
from domain.customers import NOTE_LENGTH, Customer, CustomerKind, Email, Note, Phone, add_note, clean_name
from domain.errors import DomainError, ForeignCustomerError, InvalidValueError, StaleError
from domain.importing.candidates import CandidateCustomer
from domain.importing.cleaning import CleanRow, clean, short
from domain.importing.filling import add_contact, append_reach, bears_another_name, complete
from domain.importing.owners import ImportOwners
from domain.importing.results import ImportReport, ImportRow, RowResult
from domain.names import display_order, is_company, words
from domain.ports import UnitOfWork
from domain.team import Agent, Role

COMPANY_PORTFOLIO = "company_portfolio"
SETTLED_LATER = frozenset({ForeignCustomerError.code, COMPANY_PORTFOLIO})
_NOTES_COMPARED = 200


def import_customers(uow: UnitOfWork, actor: Agent, candidates: Iterable[CandidateCustomer]) -> ImportReport:
    """Take the candidates into the actor's portfolio; the director's go to the owners that they name.

    Raises NotAllowedError for a suspended actor, and StaleError.
    """
    permissions.require_active(actor)
    rows = [clean(candidate, uow.defaults.region) for candidate in candidates]
    batch = _Batch(uow, actor, rows)
    fates = batch.take(range(len(rows)))
    while True:  # a row that another agent's number stood against may fit a customer that a later row has brought
        again = [at for at, fate in fates.items() if fate.reason in SETTLED_LATER]
        tried = batch.take(again)
        fates |= tried
        if all(fate.reason in SETTLED_LATER for fate in tried.values()):
            return ImportReport(tuple(fates[at] for at in range(len(rows))))


class _Batch:
    """Rows taken together: those that nobody has yet, which are most, are written in few statements."""

    def __init__(self, uow: UnitOfWork, actor: Agent, rows: Sequence[CleanRow]) -> None:
        self._uow, self._actor, self._rows = uow, actor, rows
        self._owners = ImportOwners(uow, actor)
        good = [row for row in rows if not row.refused]
        reach = [value for row in good for value in (*row.phones, *row.emails)]
        uow.customers.hold_reach(reach)
        self._reached = set(uow.customers.reached(reach))
        names = [display_order(row.name) for row in good]
        self._named = set(uow.customers.named(names, permissions.changeable_owners(actor)))
        self._new: list[tuple[int, Customer, tuple[str, ...]]] = []

    def take(self, places: Iterable[int]) -> dict[int, ImportRow]:
        """What becomes of the rows at these places."""
        fates: dict[int, ImportRow] = {}
        for at in places:
            row = self._rows[at]
            try:
                if self._is_new(row):
                    self._put(at, row)
                    continue
            except InvalidValueError as refusal:
                fates[at] = _refused(row, refusal)
                continue
            fates |= self._written()
            fates[at] = _import(self._uow, self._actor, self._owners, row)
        return fates | self._written()

    def _is_new(self, row: CleanRow) -> bool:
        """Whether neither the database nor an earlier row has the number, the address or the name."""
        if row.refused:
            raise InvalidValueError(row.refused)
        reach, name = {*row.phones, *row.emails}, display_order(row.name)
        known = not name or name in self._named or not self._reached.isdisjoint(reach)
        self._reached |= reach
        self._named.add(name)
        return not known

    def _put(self, at: int, row: CleanRow) -> None:
        customer, warnings = _customer(self._uow, self._actor, self._owners, row)
        self._uow.customers.add(customer)
        self._new.append((at, customer, warnings))

    def _written(self) -> dict[int, ImportRow]:
        """The fates of what was put since: now that they have ids, their notes too are kept."""
        new, self._new = self._new, []
        if new:
            self._uow.flush()
        for at, customer, _ in new:
            if note := self._rows[at].note:
                self._uow.customers.add_note(Note(customer.id, self._actor.id, note, self._uow.now))
        return {
            at: ImportRow(self._rows[at].row, RowResult.TAKEN, customer.name, "taken", customer.id, warnings=warnings)
            for at, customer, warnings in new
        }


def _import(uow: UnitOfWork, actor: Agent, owners: ImportOwners, row: CleanRow) -> ImportRow:
    try:
        with uow.savepoint():
            return _take(uow, actor, owners, row)
    except StaleError:
        raise
    except DomainError as refusal:
        return _refused(row, refusal)


def _refused(row: CleanRow, refusal: DomainError) -> ImportRow:
    owner = str(refusal.values.get("owner", ""))
    return ImportRow(row.row, RowResult.REFUSED, row.name, refusal.code, owner=owner, warnings=row.warnings)


def _take(uow: UnitOfWork, actor: Agent, owners: ImportOwners, row: CleanRow) -> ImportRow:
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


def _customer(uow: UnitOfWork, actor: Agent, owners: ImportOwners, row: CleanRow) -> tuple[Customer, tuple[str, ...]]:
    """The customer that a row makes, not yet kept, and the row's warnings; raises InvalidValueError."""
    owner, warning = owners.of(row.candidate.owner)
    name = clean_name(row.name)
    is_firm = is_company(name) if row.is_company is None else row.is_company
    customer = Customer(
        name=name,
        kind=CustomerKind.COMPANY if is_firm else CustomerKind.PERSON,
        owner_id=owner.id,
        created_at=uow.now,
        source=row.candidate.source,
        interest=short(row.candidate.interest),
        town=short(row.candidate.town),
        phones=[Phone(phone, position=place) for place, phone in enumerate(row.phones)],
        emails=[Email(address, position=place) for place, address in enumerate(row.emails)],
    )
    complete(uow, customer, actor, row)
    return customer, (*row.warnings, *([warning] if warning else []))


def _add(uow: UnitOfWork, actor: Agent, owners: ImportOwners, row: CleanRow, *, namesakes: bool) -> ImportRow:
    customer, warnings = _customer(uow, actor, owners, row)
    uow.customers.add(customer)
    uow.flush()
    if row.note:
        add_note(uow, actor, customer_id=customer.id, text=row.note)
    warnings = (*warnings, "namesake") if namesakes else warnings
    return ImportRow(row.row, RowResult.TAKEN, customer.name, "taken", customer.id, warnings=warnings)


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
    append_reach(customer, new_phones, new_emails)
    completed = complete(uow, customer, actor, row)
    note = row.note
    if bears_another_name(customer, row):
        if customer.kind is CustomerKind.COMPANY:
            completed |= add_contact(customer, row.name)
        else:
            warnings.append("name_kept_in_note")
            note = f"{row.name}\n{note}".strip()[:NOTE_LENGTH]
    new_note = bool(note) and not _has_note(uow, customer, note)
    if new_note:
        add_note(uow, actor, customer_id=customer.id, text=note)
    uow.flush()
    reason = "added" if new_phones or new_emails or completed or new_note else "nothing_new"
    return ImportRow(row.row, RowResult.MERGED, customer.name, reason, customer.id, warnings=tuple(warnings))


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
