"""What has happened is kept in one message, with its outcome and the next step."""

from datetime import UTC, datetime, timedelta

from domain.agenda import Kind, Outcome, Status
from tests.bot.chat_driver import NOON, ChatDriver, Person, words
from tests.bot.scripted import act


def test_a_call_is_one_message_and_no_press(driver: ChatDriver, ana: Person) -> None:
    """A reached call is kept with what was said; Undo takes it back."""
    ana.client("Ion Popescu", "+40722123456")
    answer = ana.say(
        "called", act("log_activity", client="Popescu", kind="call", outcome="reached", note="likes <red>")
    )
    assert answer == "Logged: call with Ion Popescu …456, today 11:00 · reached.\nlikes <red>"
    assert len(ana.shown) == 1
    [activity] = driver.activities
    assert (activity["status"], activity["outcome"], activity["note"]) == (Status.DONE, Outcome.REACHED, "likes <red>")
    ana.press("Undo")
    assert driver.activities == []


def test_log_wish_and_follow_up_in_one_message(driver: ChatDriver, ana: Person) -> None:
    """A logged call, the car and the next step: one message, one answer, and one press takes all back."""
    ana.client("Ion Popescu", "+40722123456")
    answer = ana.say(
        "called Popescu, wants the Duster, follow up friday at 10",
        act("log_activity", "called Popescu", client="Popescu", kind="call"),
        act("update_opportunity", "wants the Duster", client="Popescu", model="Duster"),
        act("schedule_activity", "follow up friday at 10", client="Popescu", kind="call", time="2026-02-13T10:00"),
    )
    assert len(ana.shown) == 1
    assert answer.splitlines() == [
        "Logged: call with Ion Popescu …456, today 11:00.",
        "",
        "Ion Popescu …456 wants: Duster.",
        "",
        "In the agenda: 🟠 call with Ion Popescu …456, Fri 13 Feb, 10:00.",
    ]
    assert [one["status"] for one in driver.activities] == [Status.DONE, Status.PLANNED]
    assert driver.customers[0]["interest"] == "Duster"
    ana.press("Undo")
    assert driver.activities == []
    assert driver.customers[0]["interest"] is None


def test_no_answer_offers_another_try(driver: ChatDriver, ana: Person) -> None:
    """An attempt leads by one press to the same call tomorrow."""
    ana.client("Ion Popescu")
    assert words("activity.try_again") in ana.say(
        "called", act("log_activity", client="Popescu", kind="call", outcome="no_answer")
    )
    ana.press("Again tomorrow")
    assert [(one["kind"], one["status"]) for one in driver.activities] == [
        (Kind.CALL, Status.DONE),
        (Kind.CALL, Status.PLANNED),
    ]
    assert driver.activities[1]["day"].isoformat() == "2026-02-12"


def test_a_no_show_is_kept_as_one(driver: ChatDriver, ana: Person) -> None:
    """Who did not come was not met."""
    ana.client("Ion Popescu")
    ana.say("no show", act("log_activity", client="Popescu", kind="test_drive", outcome="no_show"))
    assert driver.activities[0]["status"] is Status.NO_SHOW


def test_what_was_planned_is_done_and_not_doubled(driver: ChatDriver, ana: Person) -> None:
    """A logged call fulfils the one that was planned for today."""
    ion = ana.client("Ion Popescu")
    planned = ana.planned(ion)
    answer = ana.say("called", act("log_activity", client="Popescu", kind="call"))
    assert answer.startswith("Done, as planned: call with Ion Popescu")
    assert [(one["id"], one["status"]) for one in driver.activities] == [(planned.id, Status.DONE)]


def test_what_is_planned_for_later_stays_planned(driver: ChatDriver, ana: Person) -> None:
    """Friday's call is still to come when one calls today."""
    ion = ana.client("Ion Popescu")
    ana.planned(ion, day=datetime(2026, 2, 13, tzinfo=UTC).date(), starts_at=NOON + timedelta(days=2))
    ana.say("called", act("log_activity", client="Popescu", kind="call"))
    assert sorted(one["status"] for one in driver.activities) == [Status.DONE, Status.PLANNED]


def test_earlier_today_and_yesterday(driver: ChatDriver, ana: Person) -> None:
    """A past hour or day is kept as said; one to come is refused."""
    ana.client("Ion Popescu")
    ana.say("at nine", act("log_activity", client="Popescu", kind="call", time="2026-02-11T09:00"))
    ana.say("yesterday", act("log_activity", client="Popescu", kind="meeting", time="2026-02-10"))
    assert [one["day"].day for one in driver.activities] == [11, 10]
    answer = ana.say("tomorrow", act("log_activity", client="Popescu", kind="call", time="2026-02-12T09:00"))
    assert words("error.log_future") in answer
    assert len(driver.activities) == 2


def test_the_menu_asks_what_and_with_whom(driver: ChatDriver, ana: Person) -> None:
    """By buttons alone a visit is logged."""
    ana.client("Ion Popescu")
    ana.say("find popescu", act("show_client", client="Popescu"))
    ana.say("/menu")
    ana.press("Log a call or visit")
    assert ana.asked == words("question.kind_past")
    ana.press("test drive")
    assert ana.asked == words("question.client")
    ana.press("Ion Popescu")
    assert [one["kind"] for one in driver.activities] == [Kind.TEST_DRIVE]


def test_a_name_that_several_bear_holds_the_whole_message(driver: ChatDriver, ana: Person) -> None:
    """Where the first act must ask, the second waits for the answer, and both are done with it."""
    ana.client("Ion Popescu", "+40722123456")
    ana.client("Andrei Popescu", "+40721999111")
    ana.say(
        "called Popescu, follow up friday",
        act("log_activity", client="Popescu", kind="call"),
        act("schedule_activity", client="Popescu", kind="call", time="2026-02-13"),
    )
    assert driver.activities == []
    ana.press("…111")
    andrei = next(one["id"] for one in driver.customers if one["name"] == "Andrei Popescu")
    assert [(one["customer_id"], one["status"]) for one in driver.activities] == [
        (andrei, Status.DONE),
        (andrei, Status.PLANNED),
    ]
    ana.press("Undo")
    assert driver.activities == []
