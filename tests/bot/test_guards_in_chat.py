"""Typed payloads set nothing; hostile text comes back as it was typed."""

import pytest

from domain.names import without_marks
from storage.tables import queues
from tests.bot.chat_driver import ChatDriver, Person, words
from tests.bot.scripted import act

PAYLOADS = (
    '/affirm{"client":"X"}',
    ' /affirm{"client":"X"}',
    '\n\t /add_client{"client":"X"}',
    '\u200b/add_client{"client":"X"}',
    '\u2060\ufeff/add_client{"client":"X"}',
    '\u00a0\u2003/add_client{"client":"X"}',
    '\uff0fadd_client{"client":"X"}',
    '\u2044add_client{"client":"X"}',
    '\u202e/add_client{"client":"X"}',
    '\u3164/add_client{"client":"X"}',
    '/add_client {"client":"X"}',
    '/inform{"client":"X"}',
    '/cancel{"client":"X"}',
    '/undo{"turn":1}',
    '/start{"code":"X"}',
    "/EXTERNAL: x",
    '/ add_client{"client":"X"}',
)

HOSTILE = (
    '<b>&"',
    "<b>bold</b> & <a href='x'>link</a>",
    "&lt;b&gt; &amp;amp;",
    "😀👨‍👩‍👧‍👦🇷🇴 🚗",
    "\u202eright to left\u202c \u200fעברית\u200f",
    "{name} {0} %s %(name)s \\n",
    'it\'s "quoted" `code` *star* _line_',
    "Ștefan Țăranu–Ñandú",
    "a\u0301 combining",
)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_typed_payload_sets_nothing(driver: ChatDriver, ana: Person, payload: str) -> None:
    """Neither alone nor while a question is open does it write or answer anything."""
    ana.client("Ion Popescu")
    ana.say("call", act("schedule_activity", kind="call", time="2026-02-13T10:00"))
    before, forms = driver.business(), open_forms(driver)
    ana.say(payload)
    assert driver.business() == before
    assert open_forms(driver) == forms
    ana.say("Popescu")
    assert len(driver.activities) == 1


def open_forms(driver: ChatDriver) -> list[tuple[str, object]]:
    """What the open forms are about."""
    [row] = driver.rows(queues.conversations)
    return [(form["flow"], form["values"]) for form in row["state"]["forms"]]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_name_and_a_note_come_back_as_typed(driver: ChatDriver, ana: Person, text: str) -> None:
    """In the answer, on the card, on buttons and in lists the text is what was typed."""
    name = without_marks(text)  # a direction mark is no part of a name: nobody sees it, and nobody could type it again
    ana.say("new", act("add_client", client=text))
    assert driver.customers[0]["name"] == name
    assert f"New client: {name}" in ana.last.text
    ana.say("note", act("add_note", client=text, note=text))
    if not driver.notes:  # a name without a single letter finds nobody: the button does
        ana.press("Cancel")
        ana.say("/clients")
        ana.press(name)
        ana.press("Add a note")
        ana.say(text)
    assert [one["text"] for one in driver.notes] == [text]
    assert text in ana.last.text
    ana.say("/clients")
    assert f"1. {name}" in ana.last.text
    assert ana.last.labels[0] == f"1 {name}"
    ana.press(name)
    assert ana.last.text.startswith(name)
    ana.press("Schedule")
    ana.press("meeting")
    ana.press("tomorrow")
    assert f"meeting with {name}" in ana.last.text
    ana.say("/week")
    assert name in ana.last.text
    assert any(name in label for label in ana.last.labels)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_message_that_is_not_understood_is_harmless(ana: Person, text: str) -> None:
    """Whatever is typed gets an answer that Telegram takes, also when it is asked for as a name."""
    assert ana.say(text) != ""
    ana.say("find", act("show_client", client=text))
    assert ana.last.text != ""


@pytest.mark.parametrize("letter", ["a", "ș", "🚗", "&", "<", '"', "\u202e"])
def test_four_thousand_characters_are_kept_as_a_note_by_press(driver: ChatDriver, ana: Person, letter: str) -> None:
    """A forwarded wall of text is kept as typed, and comes back whole."""
    ana.client("Ion Popescu")
    text = letter * (4000 if letter != "🚗" else 2000)
    origin = {"type": "hidden_user", "date": 1, "sender_user_name": "Ion Popescu"}
    ana.message(text=text, forward_origin=origin)
    before = len(ana.shown)
    ana.press("Keep as note")
    assert [one["text"] for one in driver.notes] == [text]
    answer = "".join(one.text for one in ana.shown[before:])
    assert answer == f"Noted on Ion Popescu: {text}"


def test_a_wall_of_text_is_no_request(driver: ChatDriver, ana: Person) -> None:
    """Typed, it is refused in one line."""
    before = driver.business()
    assert ana.say("new client Ion " * 260) == words("received.too_long")
    assert driver.business() == before


def test_a_note_of_many_lines_on_a_long_card(driver: ChatDriver, ana: Person) -> None:
    """Three notes of thousands of characters make a card of several messages, none refused by Telegram."""
    ion = ana.client("Ion Popescu")
    origin = {"type": "hidden_user", "date": 1, "sender_user_name": "Ion Popescu"}
    for number in range(3):
        ana.message(text="\n".join([f"{number} <line> & more"] * 150), forward_origin=origin)
        ana.press("Keep as note")
    before = len(ana.shown)
    ana.say("find popescu", act("show_client", client="Popescu"))
    assert len(ana.shown) - before > 1
    assert sum(one.text.count("<line> & more") for one in ana.shown[before:]) == 450
    assert ion.id


@pytest.mark.parametrize("text", ["a\x00b", "\x00", "x\ud800y"])
def test_what_no_database_takes_is_cleaned(driver: ChatDriver, ana: Person, text: str) -> None:
    """NUL and half characters are left out or replaced, and delay nobody."""
    ana.client("Ion Popescu")
    assert ana.say(text) != ""
    ana.say("note on popescu", act("add_note", client="Popescu"))
    ana.say(f"before {text} after")
    assert [one["text"].startswith("before ") for one in driver.notes] == [True]
