"""Values as people and programs write them into cells: numbers that Excel took for sums, days, yes and no."""

import re
from datetime import date

from actions.importing.headings import lexicon, plain

_SCIENTIFIC = re.compile(r"([+-]?)(\d)(?:[.,](\d+))?[eE]\+?(\d{1,2})")
_DECIMAL_TAIL = re.compile(r"(\+?\d{6,})[.,]0+")
_DAY_FIRST = re.compile(r"(\d{1,2})[./\-](\d{1,2})[./\-](\d{4}|\d{2})(?!\d)")
_YEAR_FIRST = re.compile(r"(\d{4})[./\-](\d{1,2})[./\-](\d{1,2})(?!\d)")
_SERIAL = re.compile(r"[34]\d{4}(?:[.,]\d+)?")  # days since 1899-12-30: 1982 to 2036
_BETWEEN_ADDRESSES = re.compile(r"[;,|\s]+")
_BETWEEN_PHONES = re.compile(r"[\n|]+|\s+::+\s+")
_MOST_ZEROS = 2  # that Excel may have dropped at the end of a number it wrote as 4.07221234E+10
_LAST_DAY_OF_EXCEL_ZERO = date(1899, 12, 30).toordinal()


def phones(text: str) -> tuple[list[str], bool]:
    """The numbers of a cell as written, sums turned back into numbers; and whether Excel has cut one off."""
    found = []
    is_lost = False
    for part in _BETWEEN_PHONES.split(text):
        number = part.strip()
        if match := _SCIENTIFIC.fullmatch(number.replace(" ", "")):
            whole = _whole(*match.groups())
            is_lost |= whole is None
            number = whole or number
        elif match := _DECIMAL_TAIL.fullmatch(number):
            number = match[1]
        if number:
            found.append(number)
    return found, is_lost


def addresses(text: str) -> list[str]:
    """The e-mail addresses of a cell; what holds no @ stays as one piece, to be told as it stands."""
    if "@" not in text:
        return [text.strip()] if text.strip() else []
    bracketed = re.findall(r"<([^<>\s]+@[^<>\s]+)>", text)  # "Ion Popescu <ion@x.ro>"
    parts = bracketed or [part for part in _BETWEEN_ADDRESSES.split(text) if part]
    return [part.removeprefix("mailto:").strip("<>()\"'.") for part in parts]


def yes_or_no(text: str) -> bool | None:
    """What a cell answers; None where it says neither plainly."""
    return {"yes": True, "no": False}.get(lexicon("answers").get(plain(text), ""))


def is_company(text: str) -> bool | None:
    """Whether a cell calls the customer a company, or a person; None where it says neither."""
    meant = lexicon("answers").get(plain(text), "")
    return {"company": True, "yes": True, "person": False, "no": False}.get(meant)


def day(text: str) -> date | None:
    """A day as Romania and ISO write it, or as Excel counts it; where only the other order gives one, that."""
    if match := _YEAR_FIRST.match(text):
        return _date(int(match[1]), int(match[2]), int(match[3]))
    if match := _DAY_FIRST.match(text):
        year = int(match[3]) + (2000 if len(match[3]) == 2 else 0)
        return _date(year, int(match[2]), int(match[1])) or _date(year, int(match[1]), int(match[2]))
    if _SERIAL.fullmatch(text):
        return date.fromordinal(_LAST_DAY_OF_EXCEL_ZERO + int(float(text.replace(",", "."))))
    return None


def number(text: str) -> int | None:
    """A whole number of at most seven digits, thousands parted or not ("85.000 km"); None where it is none."""
    match = re.fullmatch(r"(\d{1,3}(?:[ .,\u00a0]\d{3})+|\d{1,7})(?:[.,]0+)?\s*(?:km)?\.?", text.strip(), re.IGNORECASE)
    digits = re.sub(r"\D", "", match[1]) if match else ""
    return int(digits) if 0 < len(digits) <= 7 else None


def _whole(sign: str, first: str, rest: str | None, exponent: str) -> str | None:
    digits = first + (rest or "")
    missing = int(exponent) + 1 - len(digits)
    if sign == "-" or not 0 <= missing <= _MOST_ZEROS or len(digits) < 8:
        return None
    return digits + "0" * missing


def _date(year: int, month: int, of_month: int) -> date | None:
    try:
        return date(year, month, of_month)
    except ValueError:
        return None
