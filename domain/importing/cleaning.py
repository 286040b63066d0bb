"""What can be kept of a candidate: valid numbers and addresses as such, everything else as lines of the note."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import phonenumbers

from domain.customers import NAME_LENGTH, NOTE_LENGTH, normal_phone
from domain.errors import InvalidValueError
from domain.importing.candidates import CODE_LEFT_OUT, REFUSING, CandidateConsent, CandidateCustomer, CandidateVehicle
from domain.names import is_visible, words
from domain.privacy import without_personal_codes

_DIGITS_OF_A_NUMBER = 3  # with fewer, what stands as a phone is a word
_WRITTEN_LENGTH = 80
_SHORT_LENGTH = 120  # of a town, a model, a role: what is longer is no such thing, and is cut
_EMAIL = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>.]+")
_BETWEEN_NUMBERS = re.compile(r"[;,/|\n]|\bsau\b|\bor\b|\bsi\b|\bși\b|\band\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CleanRow:
    """A candidate ready to be taken: phones in E.164, addresses in lower case; `refused` is a code, or empty."""

    row: int
    name: str
    is_company: bool | None
    phones: tuple[str, ...]
    emails: tuple[str, ...]
    note: str
    refused: str
    warnings: tuple[str, ...]
    candidate: CandidateCustomer

    @property
    def vehicle(self) -> CandidateVehicle | None:
        """The car that the customer has."""
        return self.candidate.vehicle

    @property
    def consents(self) -> tuple[CandidateConsent, ...]:
        """What the file says of consents."""
        return self.candidate.consents


def clean(candidate: CandidateCustomer, region: str) -> CleanRow:
    """Sort what a candidate holds; `region` is the country of numbers without a prefix."""
    warnings = [problem for problem in candidate.problems if problem not in REFUSING]
    phones, written = _phones(candidate.phones, region, warnings)
    emails, other = _emails(candidate.emails, warnings)
    person, company = (text if words(text) else "" for text in (candidate.name, candidate.company))
    name = " ".join((person or company).split())
    is_company = True if company and not person else candidate.is_company
    if not name and phones:
        name = _international(phones[0])
    if not name and written and emails:  # a number was written, though none that can be dialled from here
        name = emails[0]
    lines = [company if person else "", candidate.note, *written, *other]
    note = "\n".join(line.strip() for line in lines if line.strip())
    kept = without_personal_codes(note)
    if kept != note or without_personal_codes(name) != name:
        warnings.append(CODE_LEFT_OUT)
    if len(kept) > NOTE_LENGTH:
        warnings.append("note_cut")
    if len(name) > NAME_LENGTH:
        warnings.append("name_cut")
    refused = next((code for code in REFUSING if code in candidate.problems), "")
    return CleanRow(
        row=candidate.row,
        name=without_personal_codes(name)[:NAME_LENGTH].strip(),
        is_company=is_company,
        phones=phones,
        emails=emails,
        note=kept[:NOTE_LENGTH].strip(),
        refused=refused if refused or name else "name_and_phone_missing",
        warnings=tuple(dict.fromkeys(warnings)),
        candidate=candidate,
    )


def examine(candidate: CandidateCustomer, region: str) -> tuple[str, tuple[str, ...]]:
    """Before anything is taken: the code for which the row will be refused whoever asks, or "", and its warnings."""
    row = clean(candidate, region)
    return row.refused or ("" if is_visible(row.name) else "name_empty"), row.warnings


def short(text: str) -> str | None:
    """A value of a few words, as it is kept."""
    return " ".join(without_personal_codes(text).split())[:_SHORT_LENGTH] or None


def _phones(typed: Sequence[str], region: str, warnings: list[str]) -> tuple[tuple[str, ...], list[str]]:
    """Valid numbers (E.164), and note lines with those that cannot be dialled from here, or have an extension."""
    valid: list[str] = []
    lines: list[str] = []
    for phone in typed:
        numbers, whole = _numbers(phone, region)
        valid += numbers
        if whole and not re.search(r"\d\s*(?:ext|int|x)\W*\d", phone, re.IGNORECASE):
            continue
        if sum(character.isdigit() for character in phone) < _DIGITS_OF_A_NUMBER:
            warnings.append("phone_is_a_word")
        else:
            warnings.append("phone_kept_in_note")
            lines.append(f"Tel.: {' '.join(phone.split())[:_WRITTEN_LENGTH]}")
    return tuple(dict.fromkeys(valid)), list(dict.fromkeys(lines))


def _numbers(typed: str, region: str) -> tuple[list[str], bool]:
    """The number, or the several that some write into one field; and whether all of it is numbers."""
    if number := _number(typed, region):
        return [number], True
    parts = [part for part in _BETWEEN_NUMBERS.split(typed) if part.strip()]
    found = [_number(part, region) for part in parts]
    return [number for number in found if number], bool(found) and all(found)


def _number(typed: str, region: str) -> str:
    try:
        return normal_phone(typed, region)
    except InvalidValueError:
        return ""


def _emails(typed: Sequence[str], warnings: list[str]) -> tuple[tuple[str, ...], list[str]]:
    """Addresses in lower case, and note lines with what stands as one and is none."""
    addresses = [address.strip().lower() for address in typed if address.strip()]
    wrong = [address for address in addresses if not _EMAIL.fullmatch(address)]
    if wrong:
        warnings.append("email_kept_in_note")
    lines = [f"E-mail: {address[:_WRITTEN_LENGTH]}" for address in dict.fromkeys(wrong)]
    return tuple(dict.fromkeys(address for address in addresses if address not in wrong)), lines


def _international(e164: str) -> str:
    number = phonenumbers.parse(e164)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
