"""Marking as done: at once, and asked how it went, softly."""

from datetime import timedelta

import pytest

from domain.agenda import Kind, Outcome, Status
from tests.bot.chat_driver import NOON, ChatDriver, Person, words
from tests.bot.scripted import act


def test_done_at_once_and_asked_how_it_went(driver: ChatDriver, ana: Person) -> None:
    """The only call planned is done with the message; the outcome is one press more."""
    ana.planned(ana.client("Ion Popescu"))
    answer = ana.say("done with popescu", act("complete_activity", client="Popescu", kind="call"))
    assert answer == "Done: call with Ion Popescu.\n\nHow did it go?"
    assert driver.activities[0]["status"] is Status.DONE
    assert ana.press("reached") == "Noted: call with Ion Popescu · reached."
    assert driver.activities[0]["outcome"] is Outcome.REACHED


def test_an_outcome_in_words(driver: ChatDriver, ana: Person) -> None:
    """The question takes a word, too."""
    ana.planned(ana.client("Ion Popescu"))
    ana.say("done with popescu", act("complete_activity", client="Popescu", kind="call"))
    ana.say("no answer", act("inform"))
    assert driver.activities[0]["outcome"] is Outcome.NO_ANSWER


def test_an_outcome_that_was_said_is_not_asked_for(driver: ChatDriver, ana: Person) -> None:
    """One message is enough."""
    ana.planned(ana.client("Ion Popescu"))
    answer = ana.say("done", act("complete_activity", client="Popescu", kind="call", outcome="reached"))
    assert answer == "Done: call with Ion Popescu · reached."


def test_whoever_goes_on_is_not_held_up(driver: ChatDriver, ana: Person) -> None:
    """The question how it went is dropped when something else is asked, and not put again."""
    ana.planned(ana.client("Ion Popescu"))
    ana.say("done with popescu", act("complete_activity", client="Popescu", kind="call"))
    answer = ana.say("my clients", act("list_clients"))
    assert words("question.outcome") not in answer
    assert words("dialogue.cancelled") not in answer


def test_done_and_the_next_step_in_one_message(driver: ChatDriver, ana: Person) -> None:
    """The question how it went can still be answered by press when the message planned something more."""
    ana.planned(ana.client("Ion Popescu"))
    ana.say(
        "done with popescu, meeting friday at 10",
        act("complete_activity", client="Popescu", kind="call"),
        act("schedule_activity", client="Popescu", kind="meeting", time="2026-02-13T10:00"),
    )
    assert [one["status"] for one in driver.activities] == [Status.DONE, Status.PLANNED]
    ana.press("reached")
    assert driver.activities[0]["outcome"] is Outcome.REACHED


def test_a_meeting_may_have_been_missed(driver: ChatDriver, ana: Person) -> None:
    """Of a meeting, no-show is offered."""
    ana.planned(ana.client("Ion Popescu"), kind=Kind.MEETING)
    ana.say("done with popescu", act("complete_activity", client="Popescu"))
    ana.press("no-show")
    assert driver.activities[0]["status"] is Status.NO_SHOW


def test_several_that_fit_are_shown(driver: ChatDriver, ana: Person) -> None:
    """Two calls with one client: the press says which."""
    ion = ana.client("Ion Popescu")
    ana.planned(ion)
    ana.planned(ion, starts_at=NOON + timedelta(hours=2))
    ana.say("done with popescu", act("complete_activity", client="Popescu"))
    assert ana.asked == words("question.activity")
    ana.press("today 14:00")
    assert [one["status"] for one in driver.activities] == [Status.PLANNED, Status.DONE]


def test_the_only_entry_is_not_meant_by_saying_nothing(driver: ChatDriver, ana: Person) -> None:
    """A bare "done" shows the candidate and waits for a press."""
    ana.planned(ana.client("Ion Popescu"))
    ana.say("done", act("complete_activity"))
    assert ana.asked == words("question.activity")
    assert driver.activities[0]["status"] is Status.PLANNED


def test_nothing_that_fits_is_said(driver: ChatDriver, ana: Person) -> None:
    """With nothing planned for the client, nothing is changed."""
    ana.client("Ion Popescu")
    assert words("error.nothing_planned") in ana.say("done", act("complete_activity", client="Popescu"))
    assert driver.activities == []


def test_undo_of_done(driver: ChatDriver, ana: Person) -> None:
    """One press makes it planned again; the question how it went ends with it."""
    ana.planned(ana.client("Ion Popescu"))
    ana.say("done with popescu", act("complete_activity", client="Popescu", kind="call"))
    reached, shown = ana.button("reached")
    ana.press("Undo")
    assert driver.activities[0]["status"] is Status.PLANNED
    ana.press_data(reached, shown.message_id)
    assert driver.activities[0]["status"] is Status.PLANNED
    assert ana.toast is not None


def test_another_kind_than_the_planned_one_is_asked(driver: ChatDriver, ana: Person) -> None:
    """The only thing planned with a client is not taken for done where the message names another kind."""
    ion = ana.client("Ion Popescu")
    ana.planned(ion, kind=Kind.TEST_DRIVE)
    ana.say("done with the call to Popescu", act("complete_activity", client="Popescu", kind="call"))
    assert driver.activities[0]["status"] is Status.PLANNED


def test_a_number_counts_the_choices(driver: ChatDriver, ana: Person) -> None:
    """Typing 2 means the second of those shown, and not whatever the database calls 2."""
    ion = ana.client("Ion Popescu")
    ana.planned(ana.client("Maria Rus"), starts_at=NOON - timedelta(hours=1))
    ana.planned(ana.client("Dan Rus"), starts_at=NOON - timedelta(minutes=30))
    ana.planned(ion)
    ana.planned(ion, starts_at=NOON + timedelta(hours=2))
    ana.say("done with popescu", act("complete_activity", client="Popescu"))
    ana.say("2")
    assert [one["status"] for one in driver.activities] == [
        Status.PLANNED,
        Status.PLANNED,
        Status.PLANNED,
        Status.DONE,
    ]


@pytest.mark.parametrize("number", ["0", "3", "99"])
def test_a_number_that_counts_nothing_is_asked_again(driver: ChatDriver, ana: Person, number: str) -> None:
    """A number beyond the choices chooses none."""
    ion = ana.client("Ion Popescu")
    ana.planned(ion)
    ana.planned(ion, starts_at=NOON + timedelta(hours=2))
    ana.say("done with popescu", act("complete_activity", client="Popescu"))
    ana.say(number)
    assert ana.asked == words("question.activity")
    assert {one["status"] for one in driver.activities} == {Status.PLANNED}


def test_yes_means_the_only_one(driver: ChatDriver, ana: Person) -> None:
    """Where one candidate is shown, yes is enough."""
    ana.planned(ana.client("Ion Popescu"))
    ana.say("done", act("complete_activity"))
    ana.say("yes")
    assert [one["status"] for one in driver.activities] == [Status.DONE]


def test_yes_among_several_means_none(driver: ChatDriver, ana: Person) -> None:
    """Where several are shown, yes says nothing, and the question stays."""
    ion = ana.client("Ion Popescu")
    ana.planned(ion)
    ana.planned(ion, starts_at=NOON + timedelta(hours=2))
    ana.say("done with popescu", act("complete_activity", client="Popescu"))
    ana.say("yes")
    assert ana.asked == words("question.activity")
    assert {one["status"] for one in driver.activities} == {Status.PLANNED}


def test_cancel_of_the_question_how_it_went_does_not_say_that_nothing_was_saved(
    driver: ChatDriver, ana: Person
) -> None:
    """The activity is done; a word to cancel leaves the question, and says how to take the change back."""
    ana.planned(ana.client("Ion Popescu"))
    ana.say("done with popescu", act("complete_activity", client="Popescu", kind="call"))
    assert words("dialogue.cancelled") not in ana.say("cancel")
    assert driver.activities[0]["status"] is Status.DONE
    ana.say("no answer", act("inform"))
    assert driver.activities[0]["outcome"] is None
