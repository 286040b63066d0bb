"""Phone numbers in E.164, e-mail addresses, and Romanian personal codes, which must never be taken for a phone."""

import re
from functools import lru_cache

import phonenumbers

from bot.understanding.spans import Span
from domain.privacy import personal_codes

_RUN = re.compile(r"(?<![\w@])(?:\+|00)?\(?\d(?:[ \t\u00a0]?[().\-/]?[ \t\u00a0]?\(?\d){6,17}(?![\w@])")
_GROUP_END = re.compile(r"\d(?=\D|$)")
_CLOCK_OR_DATE = re.compile(r"\d{1,2}[:.]\d\d(?!\d)")
_LONGEST_LOCAL = 64  # RFC 5321, 4.5.3.1.1
_LOCAL = re.compile(r"[A-Za-z0-9._%+\-]{1,65}\Z")
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9\-]{0,62})(?:\.[A-Za-z0-9\-]{1,63}){0,8}\.[A-Za-z]{2,24}(?![A-Za-z0-9])")


def find_personal_codes(text: str) -> list[Span[str]]:
    """Give the Romanian personal codes (CNP), as the domain knows them."""
    return [
        Span(start, end, re.sub(r"\D", "", text[start:end]), text[start:end]) for start, end in personal_codes(text)
    ]


def find_phones(text: str, *, region: str = "RO") -> list[Span[str]]:
    """Give the phone numbers in E.164; one without a prefix belongs to `region`."""
    return list(_phones(text, region))


@lru_cache(maxsize=64)
def _phones(text: str, region: str) -> tuple[Span[str], ...]:
    codes = find_personal_codes(text)
    spans: list[Span[str]] = []
    place = 0
    while found := _RUN.search(text, place):
        place = found.end()
        if any(code.start < found.end() and found.start() < code.end for code in codes):
            continue
        match = _longest_valid(found.group(), region)
        if match:
            start, end = found.start(), found.start() + match[0]
            spans.append(Span(start, end, match[1], text[start:end]))
            place = end
    return tuple(spans)


def _longest_valid(run: str, region: str) -> tuple[int, str] | None:
    """Give the longest beginning of a run, cut where its groups end, that is a number: an hour may follow a phone."""
    for end in sorted((found.end() for found in _GROUP_END.finditer(run)), reverse=True):
        candidate = run[:end]
        figures = re.sub(r"\D", "", candidate)
        if len(figures) < 7:
            return None
        foreign = candidate.startswith("+") or figures.startswith("00")
        if (
            not foreign
            and region == "RO"
            and not (figures.startswith("0") or (figures.startswith("7") and len(figures) == 9))
        ):
            continue
        tail = re.split(r"[ \t\u00a0]", candidate)[-1]
        if _CLOCK_OR_DATE.fullmatch(tail):
            continue
        try:
            number = phonenumbers.parse(f"+{figures[2:]}" if figures.startswith("00") else candidate, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return end, phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return None


def digit_stretches(text: str) -> list[tuple[int, int]]:
    """Give the places of phones and personal codes, which no other reader may take figures from."""
    spans = [*find_phones(text), *find_personal_codes(text)]
    return [(span.start, span.end) for span in spans]


def find_emails(text: str) -> list[Span[str]]:
    """Give the e-mail addresses, in lower case."""
    spans = []
    place = text.find("@")
    while place >= 0:
        # Both sides are bounded, so that a long line without spaces costs no more than a short one.
        local = _LOCAL.search(text[max(0, place - 65) : place])
        host = _HOST.match(text, place + 1)
        whole = local and len(local.group()) <= _LONGEST_LOCAL  # of a longer one its end would be another address
        if local and whole and host and not local.group().startswith(".") and not local.group().endswith("."):
            start, end = place - len(local.group()), host.end()
            spans.append(Span(start, end, text[start:end].lower(), text[start:end]))
        place = text.find("@", place + 1)
    return spans
