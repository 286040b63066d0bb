"""What is said around the work."""

import pytest

from tests.bot.chat_driver import ChatDriver, Person, words
from tests.bot.scripted import act


@pytest.mark.parametrize(
    ("intent", "answer"),
    [
        ("greet", "Hello, Ana. What do we have?"),
        ("thanks", words("said.thanks")),
        ("goodbye", "See you, Ana."),
        ("affirm", words("said.affirm")),
        ("deny", words("said.deny")),
    ],
)
def test_courtesies(driver: ChatDriver, ana: Person, intent: str, answer: str) -> None:
    """Each gets a short answer, and nothing is written."""
    before = driver.business()
    assert ana.say("courtesy", act(intent)) == answer
    assert driver.business() == before


def test_help_is_examples_and_a_menu(ana: Person) -> None:
    """What one can write, and the same by buttons."""
    assert words("said.help") in ana.say("/help")
    assert ana.say("help", act("help")) == ana.shown[0].text
    assert "Today" in ana.last.labels


def test_the_menu_opens_everything(ana: Person) -> None:
    """Each button of the menu answers."""
    ana.say("/menu")
    menu = ana.last
    for label in menu.labels:
        assert ana.press(label, on=menu) != ""
        if "Cancel" in ana.last.labels:
            ana.press("Cancel")


def test_what_is_not_understood_shows_ways_on(ana: Person) -> None:
    """An answer with examples and the menu."""
    answer = ana.say("the weather", act("out_of_scope"))
    assert answer.startswith(words("said.out_of_scope"))
    assert "Today" in ana.last.labels


def test_every_intent_has_an_answer(driver: ChatDriver, ana: Person) -> None:
    """No intent of the contract fails or is met with silence."""
    from bot.understanding.acts import INTENTS  # noqa: PLC0415

    for intent in sorted(INTENTS):
        assert ana.say(f"says {intent}", act(intent, f"says {intent}")) != "", intent
        ana.say("/cancel")


def test_a_bare_day_shows_that_days_agenda(ana: Person) -> None:
    """A date that answers nothing opens the agenda."""
    assert ana.say("tomorrow", act("inform", time="2026-02-12")).startswith("Thursday 12 February")
