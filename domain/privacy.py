"""What must never be kept: the personal code (CNP) that stands on Romanian identity papers."""

import re

# Sex and century, year, month, day, county and serial number, control digit: Law 105/1996, annex.
_THIRTEEN = re.compile(r"(?<!\d)[1-9](?:[ .-]?[0-9]){12}(?!\d)")
_DATED = re.compile(r"\d{3}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{6}")
_WEIGHTS = (2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9)


def personal_codes(text: str) -> list[tuple[int, int]]:
    """Where the text has personal codes, as offsets.

    Thirteen digits in a row with a date are one even where the control digit is mistyped; with gaps it must be right.
    """
    return [match.span() for match in _THIRTEEN.finditer(text) if _is_personal_code(match.group())]


def without_personal_codes(text: str) -> str:
    """The text with "…" in the place of every personal code."""
    for start, end in reversed(personal_codes(text)):
        text = f"{text[:start]}…{text[end:]}"
    return text


def _is_personal_code(written: str) -> bool:
    digits = re.sub(r"\D", "", written)
    if not _DATED.fullmatch(digits):
        return False
    remainder = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False)) % 11
    control = 1 if remainder == 10 else remainder
    return len(written) == len(digits) or int(digits[-1]) == control
