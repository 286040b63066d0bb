"""Candidate customers from vCards 2.1, 3.0 and 4.0; photos and whatever else a card holds are never looked at."""

import re

from actions.importing.errors import ImportFileError
from actions.importing.table import MAX_ROWS
from actions.importing.vcard_lines import LINE_UNREADABLE, Property, RawCard, cards_of, properties_of
from domain.importing import NOT_A_CONTACT, UNREADABLE, CandidateCustomer

MAX_CARDS = MAX_ROWS
_NOT_FOR_TALKING = frozenset({"FAX", "PAGER", "MODEM", "BBS", "TELEX"})
_MOBILE = frozenset({"CELL", "IPHONE"})
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")  # phones put these around copied numbers
_ESCAPED = re.compile(r"\\([\\,;:nN])")  # RFC 6350, 3.4
_ESCAPED_OR_FIELD_END = re.compile(r"(\\.)|;", re.DOTALL)
_ESCAPED_OR_LIST_END = re.compile(r"(\\.)|,", re.DOTALL)
_CUT = "\0"  # the lines' reader leaves no control character in a value


def read_vcards(data: bytes) -> list[CandidateCustomer]:
    """One candidate a card, in order; raises ImportFileError where there is no card, or too many."""
    cards = cards_of(data)
    if not cards:
        raise ImportFileError("no_cards")
    if len(cards) > MAX_CARDS:
        raise ImportFileError("too_many", limit=MAX_CARDS)
    return [_candidate(row, card) for row, card in enumerate(cards, start=1)]


def _candidate(row: int, card: RawCard) -> CandidateCustomer:
    problems: list[str] = []
    properties = properties_of(card, problems)
    if not properties and LINE_UNREADABLE in problems:
        problems.append(UNREADABLE)
    organisation = _organisation(properties)
    emails = _emails(properties)
    phones = _phones(properties)
    name = _name(properties)
    if _is_written_as_name(name, [*emails, *phones]):
        name = ""
    if _is_company(properties) or name == organisation:
        organisation, name = organisation or name, ""
    if any(one.name == "KIND" and one.value.strip().lower() == "group" for one in properties):
        problems.append(NOT_A_CONTACT)
    return CandidateCustomer(
        row=row,
        name=name,
        company=organisation,
        phones=tuple(phones),
        emails=tuple(emails),
        note=_note(properties),
        problems=tuple(dict.fromkeys(problems)),
    )


def _texts(properties: list[Property], name: str) -> list[str]:
    """The plain values of a property, without those that are empty."""
    values = (_plain(one.value) for one in properties if one.name == name)
    return [value for value in values if value]


def _plain(value: str) -> str:
    """A single text without its escapes; a comma in it is a comma."""
    text = _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], value)
    return _INVISIBLE.sub("", text).strip()


def _fields(value: str) -> list[str]:
    """The parts of a structured value, between semicolons that are not escaped."""
    parts = _ESCAPED_OR_FIELD_END.sub(lambda match: match[1] or _CUT, value).split(_CUT)
    return [" ".join(_plain(part).split()) for part in parts]


def _name(properties: list[Property]) -> str:
    """FN without a form of address, else the parts of N as they are spoken, else the nickname."""
    structured = next((_fields(_without_lists(one.value)) for one in properties if one.name == "N"), [])
    family, given, additional, prefix = [*structured, "", "", "", ""][:4]
    for formatted in _texts(properties, "FN"):
        flat = " ".join(formatted.split())
        return flat.removeprefix(f"{prefix} ") if prefix else flat
    spoken = " ".join(part for part in (given, additional, family) if part)
    return spoken or next(iter(_texts(properties, "NICKNAME")), "")


def _without_lists(value: str) -> str:
    """Several given names stand between commas, and are spoken one after the other."""
    return _ESCAPED_OR_LIST_END.sub(lambda match: match[1] or " ", value)


def _is_written_as_name(name: str, others: list[str]) -> bool:
    """Whether the name only repeats an address or a number, as mail programs do where they know none."""
    squeezed = re.sub(r"\W", "", name).lower()
    return bool(name) and any(squeezed == re.sub(r"\W", "", other).lower() for other in others)


def _organisation(properties: list[Property]) -> str:
    for one in properties:
        if one.name == "ORG":
            parts = [part for part in _fields(one.value) if part]
            if parts:
                return ", ".join(parts)
    return ""


def _is_company(properties: list[Property]) -> bool:
    """Apple marks companies with X-ABShowAs, vCard 4.0 with KIND (RFC 6350, 6.1.4)."""
    marks = {(one.name, one.value.strip().upper()) for one in properties}
    return bool(marks & {("X-ABSHOWAS", "COMPANY"), ("KIND", "ORG")})


def _phones(properties: list[Property]) -> list[str]:
    """Numbers as written, mobile ones first; fax and pager left out, by type or by Apple's label of the group."""
    labels = {one.group: one.value.upper() for one in properties if one.name == "X-ABLABEL" and one.group}
    numbers = [
        one
        for one in properties
        if one.name == "TEL"
        and not one.types & _NOT_FOR_TALKING
        and not any(word in labels.get(one.group, "") for word in ("FAX", "PAGER"))
    ]
    numbers.sort(key=lambda one: not one.types & _MOBILE)
    values = [re.sub(r"^tel:", "", _plain(one.value), flags=re.IGNORECASE) for one in numbers]
    return list(dict.fromkeys(" ".join(value.split()) for value in values if value))


def _emails(properties: list[Property]) -> list[str]:
    values = _texts([one for one in properties if "X400" not in one.types], "EMAIL")
    clean = (re.sub(r"^(?:mailto:|.*<)|>.*$", "", value, flags=re.IGNORECASE).strip() for value in values)
    return list(dict.fromkeys(value for value in clean if value))


def _note(properties: list[Property]) -> str:
    """Title and notes, each on lines of its own."""
    return "\n".join(dict.fromkeys([*_texts(properties, "TITLE"), *_texts(properties, "NOTE")]))
