"""Taking something off the agenda."""

from datetime import timedelta

from domain.agenda import Kind, Status
from tests.bot.chat_driver import NOON, ChatDriver, Person, words
from tests.bot.scripted import act


def test_one_message_cancels_the_only_one(driver: ChatDriver, ana: Person) -> None:
    """At once, since one press brings it back."""
    ana.planned(ana.client("Acme SRL"), kind=Kind.MEETING)
    answer = ana.say("cancel the meeting", act("cancel_activity", client="Acme", kind="meeting"))
    assert answer == "Taken off the agenda: meeting with Acme SRL, today 12:00."
    assert driver.activities[0]["status"] is Status.CANCELLED
    ana.press("Undo")
    assert driver.activities[0]["status"] is Status.PLANNED


def test_the_day_says_which(driver: ChatDriver, ana: Person) -> None:
    """Of two meetings, tomorrow's is meant."""
    acme = ana.client("Acme SRL")
    ana.planned(acme, kind=Kind.MEETING)
    day = NOON + timedelta(days=1)
    ana.planned(acme, kind=Kind.MEETING, day=day.date(), starts_at=day)
    ana.say("cancel tomorrow's", act("cancel_activity", client="Acme", kind="meeting", time="2026-02-12"))
    assert [one["status"] for one in driver.activities] == [Status.PLANNED, Status.CANCELLED]


def test_several_are_shown_and_cancel_leaves_them(driver: ChatDriver, ana: Person) -> None:
    """Where several fit nothing is cancelled without a press, and Cancel leaves the question."""
    acme = ana.client("Acme SRL")
    ana.planned(acme)
    ana.planned(acme, starts_at=NOON + timedelta(hours=2))
    ana.say("cancel acme", act("cancel_activity", client="Acme"))
    assert ana.asked == words("question.activity")
    assert ana.press("Cancel") == words("dialogue.cancelled")
    assert [one["status"] for one in driver.activities] == [Status.PLANNED, Status.PLANNED]


def test_another_agents_meeting_is_not_found(driver: ChatDriver, ana: Person, mihai: Person) -> None:
    """The agenda of others is not touched."""
    mihai.planned(mihai.client("Acme SRL"), kind=Kind.MEETING)
    ana.say("cancel acme", act("cancel_activity", client="Acme", kind="meeting"))
    assert driver.activities[0]["status"] is Status.PLANNED


def test_what_is_gone_is_not_cancelled_twice(driver: ChatDriver, ana: Person) -> None:
    """A second message finds nothing planned."""
    ana.planned(ana.client("Acme SRL"))
    ana.say("cancel acme", act("cancel_activity", client="Acme"))
    assert words("error.nothing_planned") in ana.say("cancel acme")
