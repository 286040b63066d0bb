"""Corrections and repetitions of what was just said."""

from datetime import date, datetime, time

import pytest

from bot.understanding.corrections import read_correction, read_ellipsis
from bot.understanding.moments import PartialMoment


@pytest.mark.parametrize(
    ("text", "hour", "day"),
    [
        ("no, make it 11", time(11), None),
        ("nu, fă-l 11", time(11), None),
        ("de fapt la 12", time(12), None),
        ("make it 14:30", time(14, 30), None),
        ("no, thursday", None, date(2026, 11, 26)),
        ("nu, joi", None, date(2026, 11, 26)),
        ("sorry, tomorrow", None, date(2026, 11, 24)),
        ("not friday, thursday", None, date(2026, 11, 26)),
        ("no, friday at 10", time(10), date(2026, 11, 27)),
    ],
)
def test_only_the_half_that_was_said_is_replaced(text: str, hour: time | None, day: date | None, now: datetime) -> None:
    """An hour keeps the day, a day the hour."""
    changed = read_correction(text, now=now)
    assert changed is not None
    assert set(changed) == {"time"}
    moment = changed["time"]
    assert isinstance(moment, PartialMoment)
    assert (moment.hour_minute, moment.day) == (hour, day)


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("nu, 23k", {"amount": {"value": "23000.00", "currency": "EUR"}}),
        ("actually Maria", {"client": "Maria"}),
        ("I meant Ene", {"client": "Ene"}),
        ("nu Maria, ci Ana", {"client": "Ana"}),
        ("no, not Popescu, Ionescu", {"client": "Ionescu"}),
        ("no wait, 0722 123 456", {"phone": "+40722123456"}),
        ("actually 45 minutes", {"duration": 45}),
        ("nu, Duster", {"model": "Duster"}),
        ("actually it was a meeting", {"kind": "meeting"}),
    ],
)
def test_other_values_are_replaced(text: str, changed: dict[str, object], now: datetime) -> None:
    """Sums, names, phones, lengths, cars and kinds."""
    assert read_correction(text, now=now) == changed


@pytest.mark.parametrize(
    "text",
    [
        "no",
        "nu",
        "no thanks",
        "no, cancel the meeting with Acme",
        "actually, call Ene tomorrow",
        "no, the other one",
        "no I don't want that",
        "nu e bine",
        "call Ene",
        "pune întâlnire cu Maria vineri",
        "/no, make it 11",
        "",
    ],
)
def test_a_refusal_or_request_corrects_nothing(text: str, now: datetime) -> None:
    """What is left unexplained makes the whole no correction."""
    assert read_correction(text, now=now) is None


def test_a_repetition_names_whom_and_perhaps_when(now: datetime) -> None:
    """The words "and for Maria at 12" repeat the last act with another name and hour."""
    for text in ("and for Maria at 12", "și pentru Maria la 12"):
        changed = read_ellipsis(text, now=now)
        assert changed is not None
        assert changed["client"] == "Maria"
        assert changed["time"].hour_minute == time(12)
    assert read_ellipsis("same for Ene", now=now) == {"client": "Ene"}


@pytest.mark.parametrize("text", ["and Maria", "and for tomorrow", "for Maria", "and call Maria", ""])
def test_what_names_nobody_repeats_nothing(text: str, now: datetime) -> None:
    """Without a name there is nothing to repeat."""
    assert read_ellipsis(text, now=now) is None
