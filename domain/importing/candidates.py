"""A row or card as it was written, before anything is decided about it."""

from dataclasses import dataclass
from datetime import date

from domain.customers import Purpose, Relationship, Source

UNREADABLE = "unreadable"
NOT_A_CONTACT = "not_a_contact"
SHIFTED = "shifted"  # more cells than headings: nobody knows which of them slipped
CODE_LEFT_OUT = "personal_code_left_out"
REFUSING = (UNREADABLE, NOT_A_CONTACT, SHIFTED)


@dataclass(frozen=True, slots=True)
class CandidateConsent:
    """What the file says plainly of a consent, in its words; `on` is the day that it names."""

    purpose: Purpose
    given: bool
    wording: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class CandidateVehicle:
    """A car that the row says the customer has; mileage in km."""

    model: str
    year: int | None = None
    mileage: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class CandidateCustomer:
    """A row or card as it was written; `problems` are codes of what the reader could not take over.

    `company` is the organisation: the customer itself where there is no `name`, else where that person works.
    `contact` and `role` are whom one talks to at a company; `owner` is the name of the agent who has the customer.
    """

    row: int
    name: str = ""
    company: str = ""
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    note: str = ""
    problems: tuple[str, ...] = ()
    is_company: bool | None = None
    contact: str = ""
    role: str = ""
    source: Source | None = None
    relationship: Relationship | None = None
    town: str = ""
    location: str = ""
    tax_id: str = ""
    owner: str = ""
    interest: str = ""
    vehicle: CandidateVehicle | None = None
    consents: tuple[CandidateConsent, ...] = ()
