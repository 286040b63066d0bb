"""What must never be kept: the personal code (CNP) that stands on Romanian identity papers."""

import re

# Sex and century, year, month, day, county and serial number, check digit: Law 105/1996, annex.
_PERSONAL_CODE = re.compile(r"(?<!\d)[1-9]\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{6}(?!\d)")


def without_personal_codes(text: str) -> str:
    """The text with "…" in the place of every personal code; a wrong check digit does not make one fit to keep."""
    return _PERSONAL_CODE.sub("…", text)
