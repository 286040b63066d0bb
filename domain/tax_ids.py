"""A Romanian company's tax number (CUI, CIF): digits of which the last is computed from the others."""

import re

from domain.errors import InvalidValueError

# Key and rule: Order of the Ministry of Finance 1939/2004; the key is aligned to the digits' right end.
_KEY = (7, 5, 3, 2, 1, 7, 5, 3, 2)
_WRITTEN = re.compile(r"(?:RO)?\s*(\d{2,10})", re.IGNORECASE)


def normal_tax_id(typed: str) -> str:
    """The digits alone; raises InvalidValueError where the number cannot be one ("RO" before it says VAT payer)."""
    found = _WRITTEN.fullmatch(re.sub(r"[\s.\-]", "", typed))
    if found is None or not _is_tax_id(found[1]):
        raise InvalidValueError("tax_id_invalid", tax_id=typed.strip()[:20])
    return found[1]


def _is_tax_id(digits: str) -> bool:
    body, control = digits[:-1], int(digits[-1])
    total = sum(int(digit) * weight for digit, weight in zip(reversed(body), reversed(_KEY), strict=False))
    return digits[0] != "0" and total * 10 % 11 % 10 == control
