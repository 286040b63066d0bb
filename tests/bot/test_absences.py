"""Absences and closures by button: the days are asked, and nothing is pushed on them."""

from datetime import date, timedelta

from actions.schedule import tick
from storage.tables import business
from tests.bot.chat_driver import ChatDriver, Person, words
from tests.bot.scripted import act
from tests.factories import TODAY
from tests.fakes import FakeClock


def days_of(driver: ChatDriver) -> list[tuple[date, date]]:
    """All absences."""
    return [(row["first"], row["last"]) for row in driver.rows(business.absences)]


def test_an_own_absence(driver: ChatDriver, ana: Person, elena: Person, clock: FakeClock) -> None:
    """By the settings, two presses for the days; the director hears, the agenda does not come, Undo takes it back."""
    ana.say("/settings")
    ana.press("Absences")
    ana.press("Add an absence")
    assert ana.asked == words("question.first_day")
    ana.press("tomorrow")
    ana.press("tomorrow")
    tomorrow = TODAY + timedelta(days=1)
    assert days_of(driver) == [(tomorrow, tomorrow)]
    assert "Ana Ionescu will be absent" in elena.last.text
    shown = len(ana.shown)
    clock.advance(days=1)
    tick(driver.database.due)
    driver.settle()
    assert len(ana.shown) == shown
    ana.press("Undo")
    assert days_of(driver) == []
    tick(driver.database.due)
    driver.settle()
    assert len(ana.shown) > shown + 1


def test_days_can_be_typed_and_are_checked(driver: ChatDriver, ana: Person) -> None:
    """A past day is refused and asked again, as is an end before the beginning."""
    ana.say("/settings")
    ana.press("Absences")
    ana.press("Add an absence")
    ana.say("20 february")
    assert "before the first" in ana.say("19 february")
    ana.say("24 february")
    assert days_of(driver) == [(date(2026, 2, 20), date(2026, 2, 24))]


def test_the_director_notes_and_ends_it(driver: ChatDriver, ana: Person, elena: Person) -> None:
    """A colleague's absence by the team's card, which then shows it; ended by a press."""
    elena.say("team", act("list_team"))
    elena.press("Ana Ionescu")
    elena.press("Absences")
    elena.press("Add an absence")
    elena.press("today")
    elena.press("today")
    assert days_of(driver) == [(TODAY, TODAY)]
    assert "absent until today" in elena.say("team", act("list_team"))
    elena.press("Ana Ionescu")
    elena.press("Absences")
    elena.press("End: today")
    assert days_of(driver) == []


def test_the_house_is_closed(driver: ChatDriver, ana: Person, elena: Person, clock: FakeClock) -> None:
    """Days asked and kept once each; no agenda on them; one of them opened again by a press."""
    elena.say("team", act("list_team"))
    elena.press("Closed days")
    elena.press("Add closed days")
    elena.press("tomorrow")
    elena.press("Fri 13 Feb")
    closed = [row["day"] for row in driver.rows(business.closures)]
    assert closed == [date(2026, 2, 12), date(2026, 2, 13)]
    clock.advance(days=1)
    assert tick(driver.database.due) == 0
    elena.say("team", act("list_team"))
    elena.press("Closed days")
    elena.press("Open: tomorrow")
    assert [row["day"] for row in driver.rows(business.closures)] == [date(2026, 2, 12)]
