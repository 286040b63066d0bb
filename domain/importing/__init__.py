"""Customers from files and address books: each row is taken, merged with what is known, or refused with its reason."""

from domain.importing.candidates import (
    CODE_LEFT_OUT,
    NOT_A_CONTACT,
    SHIFTED,
    UNREADABLE,
    CandidateConsent,
    CandidateCustomer,
    CandidateVehicle,
)
from domain.importing.cleaning import examine
from domain.importing.owners import ImportOwners
from domain.importing.results import ImportReport, ImportRow, RowResult
from domain.importing.taking import COMPANY_PORTFOLIO, SETTLED_LATER, import_customers

__all__ = [
    "CODE_LEFT_OUT",
    "COMPANY_PORTFOLIO",
    "NOT_A_CONTACT",
    "SETTLED_LATER",
    "SHIFTED",
    "UNREADABLE",
    "CandidateConsent",
    "CandidateCustomer",
    "CandidateVehicle",
    "ImportOwners",
    "ImportReport",
    "ImportRow",
    "RowResult",
    "examine",
    "import_customers",
]
