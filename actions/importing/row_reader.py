"""One row of a table: which of its cells make a candidate, and which become lines of the note, under their headings."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from actions.importing import cells
from actions.importing.headings import LEFT_OUT, NOTED, PERSONAL_CODE, Column, lexicon, plain
from actions.importing.table import BLANKED, Row, is_empty, text_of
from domain.customers import Purpose, Relationship, Source
from domain.importing import CODE_LEFT_OUT, CandidateConsent, CandidateCustomer, CandidateVehicle

_NOTHING = frozenset(
    {BLANKED, "-", "--", "—", "–", ".", "n/a", "N/A", "null", "NULL", "None", "nan", "NaN", "(blank)", "[none]"}
)
_TAX_ID = re.compile(r"(?:RO)?\s*(\d{2,10})", re.IGNORECASE)
_SEVERAL = frozenset({"phone", "mobile", "email", "note", "is_company"})
_YEARS = range(1950, 2100)
_PURPOSES = (
    ("marketing", Purpose.MARKETING, True),
    ("no_marketing", Purpose.MARKETING, False),
    ("consent", Purpose.CONTACT, True),
    ("no_contact", Purpose.CONTACT, False),
)


class RowReader:
    """One row: hands out its cells by field, and keeps the rest for the note."""

    def __init__(self, columns: Sequence[Column], row: Row, problems: list[str]) -> None:
        self._cells: dict[str, list[str]] = defaultdict(list)
        self._headings: dict[str, str] = {}
        self._lines: list[str] = []
        self._problems = problems
        for column, cell in zip(columns, row, strict=False):
            text = text_of(cell)
            if is_empty(text) or text in _NOTHING or column.field == LEFT_OUT:
                continue
            if column.field == PERSONAL_CODE:
                self._problems.append(CODE_LEFT_OUT)
            elif column.field == NOTED:
                self._lines.append(f"{column.heading}: {text}")
            elif column.field in _SEVERAL or not self._cells[column.field]:
                self._cells[column.field].append(text)
                self._headings.setdefault(column.field, column.heading)
            elif text != self._cells[column.field][0]:  # a second column of one field says something else
                self._lines.append(f"{column.heading}: {text}")

    def candidate(self, number: int) -> CandidateCustomer:
        """What the row says."""
        name, company, is_company = self._who()
        contact, role, tax_id = self._one("contact"), self._one("role"), self._tax_id()
        if name:  # where a person works, and as what, is told in the note
            contact, role, tax_id = (
                self._note("contact", contact),
                self._note("role", role),
                self._note("tax_id", tax_id),
            )
        elif not contact:
            role = self._note("role", role)
        return CandidateCustomer(
            row=number,
            name=name,
            company=company,
            phones=tuple(self._phones()),
            emails=tuple(address for text in self._cells["email"] for address in cells.addresses(text)),
            is_company=is_company,
            contact=contact,
            role=role,
            source=self._source(),
            relationship=self._relationship(),
            town=self._one("town"),
            location=self._one("location"),
            tax_id=tax_id,
            owner=self._one("owner"),
            interest=self._one("interest"),
            vehicle=self._vehicle(),
            consents=tuple(self._consents()),
            note="\n".join([*self._cells["note"], *self._lines]),
            problems=tuple(dict.fromkeys(self._problems)),
        )

    def _who(self) -> tuple[str, str, bool | None]:
        """The person, the organisation, and whether the file says which of them the customer is."""
        parts = (self._one("first_name"), self._one("middle_name"), self._one("last_name"))
        name = self._one("name") or " ".join(filter(None, parts))
        company, flag = self._one("company"), self._flag()
        if not name and not company and self._one("contact"):
            name = self._cells["contact"].pop()
        is_firm = flag or (flag is None and not any(parts) and not company and bool(self._valid_tax_id()))
        if is_firm and name:
            if company != name:
                self._note("company", company)
            name, company = "", name
        return name, company, flag

    def _one(self, field: str) -> str:
        return next(iter(self._cells[field]), "")

    def _note(self, field: str, text: str) -> str:
        """Put a value into the note that has no field here; gives the emptiness that it leaves."""
        if text:
            self._lines.append(f"{self._headings[field]}: {text}")
        return ""

    def _phones(self) -> Iterator[str]:
        """Mobile ones first."""
        for text in (*self._cells["mobile"], *self._cells["phone"]):
            numbers, is_lost = cells.phones(text)
            if is_lost:
                self._problems.append("phone_cut_off")
            yield from numbers

    def _flag(self) -> bool | None:
        said = {text: cells.is_company(text) for text in self._cells["is_company"]}
        for text in (text for text, flag in said.items() if flag is None):
            self._note("is_company", text)
        return next((flag for flag in said.values() if flag is not None), None)

    def _valid_tax_id(self) -> str:
        match = _TAX_ID.fullmatch(self._one("tax_id"))
        return match[1] if match else ""

    def _tax_id(self) -> str:
        valid = self._valid_tax_id()
        return valid or self._note("tax_id", self._one("tax_id"))

    def _source(self) -> Source | None:
        known = self._known("source", "sources")
        return Source(known) if known else None

    def _relationship(self) -> Relationship | None:
        known = self._known("relationship", "relationships")
        return Relationship(known) if known else None

    def _known(self, field: str, section: str) -> str | None:
        """What the lexicon makes of a value; what it does not know stays in the note."""
        text = self._one(field)
        known = lexicon(section).get(plain(text))
        if known is None:
            self._note(field, text)
        return known

    def _vehicle(self) -> CandidateVehicle | None:
        make, model = self._one("make"), self._one("model")
        whole = model if model.lower().startswith(make.lower()) else f"{make} {model}".strip()
        named = self._one("vehicle") or whole
        signs = [self._one("plate"), self._one("vin")]
        if not named and not any(signs):
            for field in ("year", "mileage"):
                self._note(field, self._one(field))
            return None
        year, mileage = cells.number(self._one("year")), cells.number(self._one("mileage"))
        if year not in _YEARS:
            year = None
            self._note("year", self._one("year"))
        if mileage is None:
            self._note("mileage", self._one("mileage"))
        if self._one("vehicle") and whole:
            signs.append(whole)
        note = ", ".join(filter(None, signs if named else signs[1:]))
        return CandidateVehicle(model=named or signs[0] or signs[1], year=year, mileage=mileage, note=note)

    def _consents(self) -> Iterator[CandidateConsent]:
        """What is answered plainly, once a purpose; "no" to a refusal is no consent, and two answers are none."""
        date_text = self._one("consent_date")
        on = cells.day(date_text) if date_text else None
        answers: dict[Purpose, set[bool]] = defaultdict(set)
        worded: dict[Purpose, str] = {}
        for field, purpose, means in _PURPOSES:
            text = self._one(field)
            said = cells.yes_or_no(text) if text else None
            if said is None:
                if text:
                    self._problems.append("consent_unclear")
                self._note(field, text)
            elif said or means:
                answers[purpose].add(means if said else not means)
                worded.setdefault(purpose, f"{self._headings[field]}: {text}")
        for purpose, given in answers.items():
            if len(given) == 1:
                yield CandidateConsent(purpose, given.pop(), worded[purpose], on)
            else:
                self._problems.append("consent_unclear")
                self._lines.append(worded[purpose])
        if on is None:
            self._note("consent_date", date_text)
