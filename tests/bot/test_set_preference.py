"""The own hour of the agenda, and the language."""

from datetime import time

from tests.bot.chat_driver import ChatDriver, Person, words
from tests.bot.scripted import act


def test_the_hour_in_words(driver: ChatDriver, ana: Person) -> None:
    """One message sets it; Undo sets it back."""
    answer = ana.say("agenda at 7:30", act("set_preference", time_of_day="07:30"))
    assert answer == "From now on your agenda comes at 07:30."
    assert driver.rows_of("agents")[0]["agenda_time"] == time(7, 30)
    ana.press("Undo")
    assert driver.rows_of("agents")[0]["agenda_time"] == time(8, 0)


def test_the_language_changes_at_once(driver: ChatDriver, ana: Person) -> None:
    """The answer is in the new language already, and so is all that follows."""
    ana.say("speak romanian", act("set_preference", language="ro"))
    assert driver.rows_of("agents")[0]["language"] == "ro"
    assert ana.say("/overdue") == "Nu ai restanțe."
    ana.say("/settings")
    ana.press("English")
    assert ana.say("/overdue") == words("overdue.none")


def test_a_message_that_names_nothing_shows_the_choices(ana: Person) -> None:
    """Settings stand with the usual hours and both languages as buttons."""
    answer = ana.say("settings", act("set_preference"))
    assert answer == "Agenda at 08:00 on working days, language English."
    assert {"07:30", "English", "Română"} <= set(ana.last.labels)
    assert ana.press("07:30") == "From now on your agenda comes at 07:30."
