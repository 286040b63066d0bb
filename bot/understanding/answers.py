"""Tells a bare answer to an open question from a new request, and reads its value."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from bot.dialogue.guards import leading_slash, looks_pasted
from bot.understanding.acts import JsonValue, Understanding
from bot.understanding.folding import fold
from bot.understanding.keywords import read_keywords
from bot.understanding.lexicon import lexicon, read_toml
from bot.understanding.moments import find_durations, find_moments, find_time_of_day
from bot.understanding.names import clean_name
from bot.understanding.quantities import find_amounts, find_emails, find_percents, find_phones
from bot.understanding.segments import body

MOST_NAME_WORDS: Final = 6
_OUT: Final = frozenset({"cancel", "back", "undo", "help"})


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(read_toml("answers")[name].split())


@dataclass(frozen=True, slots=True)
class Answer:
    """The value that a text gives to what was asked, in the contract's shape."""

    value: JsonValue


@dataclass(frozen=True, slots=True)
class _Question:
    """What the readers of a value need to know beside the text."""

    text: str
    understood: Understanding
    now: datetime
    currency: str
    region: str


def read_answer(
    slot_type: str,
    text: str,
    understood: Understanding,
    *,
    now: datetime,
    timezone: str = "Europe/Bucharest",
    default_currency: str = "EUR",
    region: str = "RO",
) -> Answer | None:
    """The answer to a question of this type, or nothing where the text is a request of its own.

    Types: client, name, time, time_of_day, kind, amount, percent, phone, email, duration, outcome, importance, stage,
    source, loss_reason, language, choice, yes_no, text and note.
    """
    start, end = body(text)
    said = text[start:end]
    if not said or leading_slash(text) or looks_pasted(text):
        return None
    local = now.astimezone(ZoneInfo(timezone)).replace(tzinfo=None) if now.tzinfo else now
    words = read_keywords(said)
    if words is not None and words.intent in _OUT:
        return None
    question = _Question(said, understood, local, default_currency, region)
    reader = _READERS.get(slot_type)
    value = reader(question) if reader else _listed(slot_type, question)
    return None if value is None else Answer(value)


def _named(question: _Question) -> JsonValue:
    """A name that stands alone; one beside other values where the model saw an answer too."""
    text, acts = question.text, question.understood.acts
    keywords = read_keywords(text)
    if len(acts) == 1 and acts[0].intent == "inform" and "client" in acts[0].entities:
        return acts[0].entities["client"]
    name = clean_name(text)
    words = fold(name).split()
    plain = re.fullmatch(r"[^\W\d_][\w .,'’&-]*", name) is not None and 0 < len(words) <= MOST_NAME_WORDS
    if not plain or keywords is not None or any(word in _words("requests") for word in words):
        return None
    if find_moments(text, now=question.now):
        return None
    return name


def _when(question: _Question) -> JsonValue:
    moments = find_moments(question.text, now=question.now)
    if not moments or _rest(question.text, moments[0].pieces):
        return _of_inform(question, "time")
    return moments[0].value.as_json()


def _hour(question: _Question) -> JsonValue:
    hours = find_time_of_day(question.text)
    return hours[0].value if hours and not _rest(question.text, hours[0].pieces) else None


def _sum(question: _Question) -> JsonValue:
    amounts = find_amounts(question.text, default_currency=question.currency)
    if not amounts or _rest(question.text, amounts[0].pieces):
        return None
    return amounts[0].value.as_json()


def _percent(question: _Question) -> JsonValue:
    percents = find_percents(question.text)
    return percents[0].value if percents and not _rest(question.text, percents[0].pieces) else None


def _phone(question: _Question) -> JsonValue:
    phones = find_phones(question.text, region=question.region)
    return phones[0].value if phones and not _rest(question.text, phones[0].pieces) else None


def _email(question: _Question) -> JsonValue:
    emails = find_emails(question.text)
    return emails[0].value if emails and not _rest(question.text, emails[0].pieces) else None


def _duration(question: _Question) -> JsonValue:
    lengths = find_durations(question.text)
    return lengths[0].value if lengths and not _rest(question.text, lengths[0].pieces) else None


def _yes_no(question: _Question) -> JsonValue:
    words = read_keywords(question.text)
    return {"affirm": True, "deny": False}.get(words.intent) if words is not None else None


def _text(question: _Question) -> JsonValue:
    return question.text


def _listed(slot_type: str, question: _Question) -> JsonValue:
    """A value of a closed list; the words around it may only be fillers."""
    if slot_type == "choice":
        number = re.fullmatch(r"(?:the |nr\.? ?|number |#)?(\d{1,2})(?:st|nd|rd|th)?\.?", fold(question.text))
        return int(number.group(1)) if number else None
    try:
        found = lexicon(slot_type).find(fold(question.text))
    except FileNotFoundError:
        return None
    if len({place.value for place in found}) != 1 or _rest(question.text, [(p.start, p.end) for p in found]):
        return None
    return found[0].value


def _of_inform(question: _Question, entity: str) -> JsonValue:
    acts = question.understood.acts
    return acts[0].entities.get(entity) if len(acts) == 1 and acts[0].intent == "inform" else None


def _rest(text: str, pieces: tuple[tuple[int, int], ...] | list[tuple[int, int]]) -> list[str]:
    """Words that the value leaves unexplained."""
    left = text
    for start, end in pieces:
        left = left[:start] + " " * (end - start) + left[end:]
    return [word for word in re.findall(r"[^\W_]+", fold(left)) if word not in _words("fillers")]


_READERS: Final[dict[str, Callable[[_Question], JsonValue]]] = {
    "client": _named,
    "name": _named,
    "agent": _named,
    "time": _when,
    "time_of_day": _hour,
    "amount": _sum,
    "percent": _percent,
    "phone": _phone,
    "email": _email,
    "duration": _duration,
    "yes_no": _yes_no,
    "text": _text,
    "note": _text,
}
