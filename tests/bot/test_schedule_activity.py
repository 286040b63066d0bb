"""Planning: one message, no press; a clash is told and saved all the same."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.agenda import Importance, Kind
from tests.bot.chat_driver import NOON, ChatDriver, Person, words
from tests.bot.scripted import act, at


def test_one_message_plans_a_test_drive(driver: ChatDriver, ana: Person) -> None:
    """Kind, client and hour of one message are an entry of the agenda, in one answer without a question."""
    ion = ana.client("Ion Popescu", "+40722123456")
    answer = ana.say(
        "drive", act("schedule_activity", client="Popescu", kind="test_drive", time="2026-02-13T10:00", model="Duster")
    )
    assert answer == (
        "In the agenda: 🟠 test drive with Ion Popescu …456, Fri 13 Feb, 10:00.\n\nIon Popescu …456 wants: Duster."
    )
    assert len(ana.shown) == 1
    [activity] = driver.activities
    assert (activity["kind"], activity["customer_id"], activity["minutes"]) == (Kind.TEST_DRIVE, ion.id, 45)
    assert activity["starts_at"] == datetime(2026, 2, 13, 8, 0, tzinfo=UTC)
    assert driver.customers[0]["interest"] == "Duster"
    assert ana.press("Undo") == "Undone."
    assert driver.activities == []
    assert driver.customers[0]["interest"] is None


def test_in_romanian(driver: ChatDriver, mihai: Person) -> None:
    """The same in the other language."""
    mihai.client("Maria Țăranu")
    answer = mihai.say("drive", act("schedule_activity", client="Mariei", kind="test_drive", time="2026-02-13T10:00"))
    assert "Maria Țăranu" in answer
    assert "vineri, 13 feb." in answer
    assert len(driver.activities) == 1


def test_a_form_asks_only_for_what_is_missing(driver: ChatDriver, ana: Person) -> None:
    """What, with whom and when are asked one by one, each answered by press or by words."""
    ana.client("Ion Popescu")
    ana.say("/menu")
    ana.press("Schedule")
    assert ana.asked == words("question.kind")
    ana.press("meeting")
    assert ana.asked == words("question.client")
    ana.say("popescu")
    assert ana.asked == "When?"
    ana.say("friday at 10")
    [activity] = driver.activities
    assert (activity["kind"], activity["starts_at"]) == (Kind.MEETING, datetime(2026, 2, 13, 8, 0, tzinfo=UTC))


def test_an_answer_may_say_more_than_was_asked(driver: ChatDriver, ana: Person) -> None:
    """Client and time in one answer need no further question."""
    ana.client("Ion Popescu")
    ana.say("call", act("schedule_activity", kind="call"))
    ana.say("Popescu, tomorrow at 10", act("inform", client="Popescu", time="2026-02-12T10:00"))
    assert [one["starts_at"] for one in driver.activities] == [datetime(2026, 2, 12, 8, 0, tzinfo=UTC)]


def test_a_clash_is_told_and_saved(driver: ChatDriver, ana: Person) -> None:
    """Two entries may share time; the other one is named."""
    ion = ana.client("Ion Popescu")
    ana.planned(ion, kind=Kind.MEETING, minutes=60)
    answer = ana.say("call", act("schedule_activity", client="Popescu", kind="call", time="2026-02-11T12:30"))
    assert "⚠ Same time: meeting with Ion Popescu, today 12:00. Both are kept." in answer
    assert len(driver.activities) == 2


def test_what_only_touches_is_no_clash(driver: ChatDriver, ana: Person) -> None:
    """An entry that begins when another ends is none."""
    ion = ana.client("Ion Popescu")
    ana.planned(ion, kind=Kind.MEETING, minutes=60)
    answer = ana.say("call", act("schedule_activity", client="Popescu", kind="call", time="2026-02-11T13:00"))
    assert "⚠" not in answer
    assert len(driver.activities) == 2


def test_a_to_do_needs_no_client(driver: ChatDriver, ana: Person) -> None:
    """The agent's own words are its title, without the request and the time."""
    ana.say(
        "remind me to order brochures <new> tomorrow",
        act("schedule_activity", "remind me to order brochures <new> tomorrow", kind="task", time="2026-02-12"),
    )
    [activity] = driver.activities
    assert (activity["title"], activity["starts_at"], activity["day"].isoformat()) == (
        "Order brochures <new>",
        None,
        "2026-02-12",
    )


def test_one_activity_a_client_but_one_meeting_with_several(driver: ChatDriver, ana: Person) -> None:
    """Two names to call are two calls; a meeting with two is one."""
    ana.client("Ion Popescu")
    ana.client("Dan Rus")
    both = {"client": ["Popescu", "Rus"], "time": "2026-02-13T10:00"}
    ana.say("calls", act("schedule_activity", kind="call", **both))
    assert [one["kind"] for one in driver.activities] == [Kind.CALL, Kind.CALL]
    ana.say("meeting", act("schedule_activity", kind="meeting", **both))
    assert [one["title"] for one in driver.activities if one["kind"] is Kind.MEETING] == ["Popescu and Rus"]


def test_a_time_gone_by_is_asked_for_again(driver: ChatDriver, ana: Person) -> None:
    """Nothing is planned in the past: the question is put again and its answer taken."""
    ana.client("Ion Popescu")
    answer = ana.say("call", act("schedule_activity", client="Popescu", kind="call", time="2026-02-11T10:00"))
    assert words("error.time_past") in answer
    assert driver.activities == []
    ana.say("tomorrow at 10")
    assert len(driver.activities) == 1


def test_an_hour_that_the_clock_change_skips_is_asked_for_again(driver: ChatDriver, ana: Person) -> None:
    """29 March 2026 has no half past three in Bucharest."""
    ana.client("Ion Popescu")
    answer = ana.say("call", act("schedule_activity", client="Popescu", kind="call", time="2026-03-29T03:30"))
    assert "03:30 doesn't exist on that day" in answer
    ana.say("29 march at 10:00")
    assert [one["starts_at"] for one in driver.activities] == [datetime(2026, 3, 29, 7, 0, tzinfo=UTC)]


def test_importance_by_word_and_by_button(driver: ChatDriver, ana: Person) -> None:
    """Urgent is red with a sign; a press changes it."""
    ana.client("Ion Popescu")
    plan = act("schedule_activity", client="Popescu", kind="call", time="2026-02-12", importance="high")
    assert ana.say("urgent", plan).startswith("In the agenda: 🔴❗ call")
    ana.press("Importance")
    assert "call with Ion Popescu" in ana.press("🟢 can wait")
    assert driver.activities[0]["importance"] is Importance.LOW


@pytest.mark.parametrize(
    ("label", "starts_at"),
    [("In an hour", NOON + timedelta(hours=1)), ("tomorrow", NOON + timedelta(days=1))],
)
def test_moving_by_button(driver: ChatDriver, ana: Person, label: str, starts_at: datetime) -> None:
    """Move offers an hour later and the usual days, which keep the hour."""
    ion = ana.client("Ion Popescu")
    ana.say("call", act("schedule_activity", client="Popescu", kind="call", time="2026-02-11T12:00"))
    ana.press("Move")
    ana.press(label)
    assert driver.activities[0]["starts_at"] == starts_at
    ana.press("Undo")
    assert driver.activities[0]["starts_at"] == NOON
    assert ion.id


def test_moving_to_another_time_by_words(driver: ChatDriver, ana: Person) -> None:
    """Another time is asked for and read."""
    ana.client("Ion Popescu")
    ana.say("call", act("schedule_activity", client="Popescu", kind="call", time="2026-02-11T12:00"))
    ana.press("Move")
    ana.press("Another time")
    assert ana.asked == "When?"
    ana.say("friday at 15:00")
    assert driver.activities[0]["starts_at"] == datetime(2026, 2, 13, 13, 0, tzinfo=UTC)


def test_planning_for_another_agents_client_asks(driver: ChatDriver, ana: Person, mihai: Person) -> None:
    """Another portfolio's client is not found by name, and nothing is written."""
    mihai.client("Secret Person")
    ana.say("call", act("schedule_activity", client="Secret Person", kind="call", time="2026-02-12"))
    assert "I don't know" in ana.last.text
    assert driver.activities == []
    assert at("2026-02-12")["grain"] == "day"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("remind me to order brochures tomorrow, urgent", "Order brochures"),
        ("adu-mi aminte să comand broșuri mâine, important!", "Comand broșuri"),
        ("remind me to post the urgent letter tomorrow", "Post the urgent letter"),
    ],
)
def test_a_title_without_what_is_said_of_it(driver: ChatDriver, ana: Person, text: str, title: str) -> None:
    """The request, the time and a last word on its importance do not stand in the title."""
    ana.say(text, act("schedule_activity", text, kind="task", time="2026-02-12"))
    assert [one["title"] for one in driver.activities] == [title]
