"""What Telegram would refuse never reaches it: a card too long to be edited, a button without words."""

from datetime import timedelta

import pytest

from tests.bot.chat_driver import NOON, ChatDriver, Person
from tests.bot.scripted import act


def test_a_long_agenda_is_drawn_again_after_a_press(driver: ChatDriver, ana: Person) -> None:
    """With a hundred entries Done is shown on the card, and the card's other buttons go on working."""
    for number in range(100):
        client = ana.client(f"Client Number {number} Lungulescu-Popescu", f"+4072210{number:04d}")
        ana.planned(client, starts_at=NOON + timedelta(minutes=number))
    ana.say("/agenda")
    agenda = ana.last
    for _ in range(2):
        ana.press(next(label for label in agenda.labels if label.startswith("✓")), on=agenda)
    done = [one for one in driver.activities if one["status"] == "done"]
    assert len(done) == 2


@pytest.mark.parametrize("name", ["\u2060\u200b", "\u3164", "\u2800", "\u202e", "\ufe0f"])
def test_a_name_that_shows_nothing_is_asked_for(driver: ChatDriver, ana: Person, name: str) -> None:
    """A shared contact whose name is invisible is not kept under it: its button would make each list unsendable."""
    ana.message(contact={"phone_number": "+40722123456", "first_name": name})
    assert driver.customers == []
    ana.press("Skip")
    assert [one["name"] for one in driver.customers] == ["+40 722 123 456"]


def test_add_new_after_the_question_was_answered(driver: ChatDriver, ana: Person) -> None:
    """The button for a new client under a question that was answered by typing adds nobody."""
    ana.client("Ion Popescu")
    ana.client("Maria Popescu")
    ana.say("note", act("add_note", client="Popescu"))
    question = ana.last
    ana.say("Ion Popescu", act("inform", client="Ion Popescu"))
    ana.press("New client", on=question)
    assert ana.toast
    assert len(driver.customers) == 2


def test_add_new_after_going_back(driver: ChatDriver, ana: Person) -> None:
    """Where the name was taken back meanwhile, the old button adds nobody and is no error."""
    ana.client("Ion Popescu")
    ana.client("Maria Popescu")
    ana.say("note", act("add_note", client="Popescu"))
    question = ana.last
    ana.say("Ion Popescu", act("inform", client="Ion Popescu"))
    ana.say("back", act("back"))
    ana.press("New client", on=question)
    assert ana.toast
    assert len(driver.customers) == 2


def test_add_new_for_another_name(driver: ChatDriver, ana: Person) -> None:
    """The button adds the name that it shows, or nobody."""
    ana.say("note", act("add_note", client="Popescu"))
    question = ana.last
    ana.say("Ionescu", act("inform", client="Ionescu"))
    ana.press("New client", on=question)
    assert ana.toast
    assert driver.customers == []
