"""Bare answers to an open question."""

from datetime import datetime
from typing import Any

import pytest

from bot.understanding.acts import Act, Understanding
from bot.understanding.answers import read_answer

NOTHING = Understanding([Act("out_of_scope", 1.0)])


@pytest.mark.parametrize(
    ("question", "text", "value"),
    [
        ("client", "Ene", "Ene"),
        ("client", "lui Ene", "Ene"),
        ("client", "dna Stan", "Stan"),
        ("client", "Acme SRL", "Acme SRL"),
        ("client", "with dan ene", "dan ene"),
        ("name", "Dan Ene", "Dan Ene"),
        ("time", "tomorrow at 10", {"value": "2026-11-24T10:00", "grain": "minute"}),
        ("time", "pe joi te rog", {"value": "2026-11-26", "grain": "day"}),
        ("kind", "a call", "call"),
        ("kind", "test drive", "test_drive"),
        ("kind", "e o întâlnire", "meeting"),
        ("amount", "around 22k", {"value": "22000.00", "currency": "EUR"}),
        ("phone", "0722 123 456", "+40722123456"),
        ("email", "Dan@Ene.ro", "dan@ene.ro"),
        ("duration", "45 min", 45),
        ("time_of_day", "7:30", "07:30"),
        ("outcome", "no answer", "no_answer"),
        ("outcome", "a răspuns", "reached"),
        ("language", "romanian", "ro"),
        ("yes_no", "da", True),
        ("yes_no", "nope", False),
        ("choice", "the 2nd", 2),
        ("text", 'wants a <b>tow bar</b> & "red" 🙂', 'wants a <b>tow bar</b> & "red" 🙂'),
    ],
)
def test_a_bare_answer_is_read(question: str, text: str, value: Any, now: datetime) -> None:
    """The value has the contract's shape."""
    answer = read_answer(question, text, NOTHING, now=now)
    assert answer is not None
    assert answer.value == value


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("client", "call Ene tomorrow"),
        ("client", "what do I have today"),
        ("client", "tomorrow"),
        ("client", "cancel"),
        ("client", "yes"),
        ("client", "/affirm"),
        ("client", "Ene\n23.11.2026, 10:15\nhello"),
        ("time", "call Ana on friday"),
        ("time", "at 8"),
        ("time", "soon"),
        ("kind", "meeting with Ana"),
        ("amount", "22k for Ene's offer"),
        ("yes_no", "maybe"),
        ("choice", "the red one"),
        ("text", "back"),
        ("text", "undo"),
        ("text", ""),
        ("unheard_of", "x"),
    ],
)
def test_another_request_is_no_answer(question: str, text: str, now: datetime) -> None:
    """What says more than a value, or goes elsewhere, answers nothing."""
    assert read_answer(question, text, NOTHING, now=now) is None


def test_a_name_beside_other_values_is_taken_from_an_inform(now: datetime) -> None:
    """The model's reading of an answer is used where it is one."""
    understood = Understanding([Act("inform", 0.9, {"client": "Ene", "time": {"value": "2026-11-24", "grain": "day"}})])
    answer = read_answer("client", "Ene, tomorrow", understood, now=now)
    assert answer is not None
    assert answer.value == "Ene"
