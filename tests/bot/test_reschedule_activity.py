"""Moving what is planned."""

from datetime import UTC, date, datetime, timedelta

from domain.agenda import Kind
from tests.bot.chat_driver import NOON, ChatDriver, Person, words
from tests.bot.scripted import act

FRIDAY = date(2026, 2, 13)


def test_one_message_moves_the_only_one(driver: ChatDriver, ana: Person) -> None:
    """Client and new time are enough; Undo sets it back."""
    ana.planned(ana.client("Maria Rus"), kind=Kind.TEST_DRIVE)
    answer = ana.say("move", act("reschedule_activity", client="Maria", kind="test_drive", time="2026-02-16T09:00"))
    assert answer == "Moved: test drive with Maria Rus, now Mon 16 Feb, 09:00."
    assert driver.activities[0]["starts_at"] == datetime(2026, 2, 16, 7, 0, tzinfo=UTC)
    ana.press("Undo")
    assert driver.activities[0]["starts_at"] == NOON


def test_a_day_alone_keeps_the_hour(driver: ChatDriver, ana: Person) -> None:
    """Moved to friday, noon stays noon."""
    ana.planned(ana.client("Maria Rus"))
    ana.say("move", act("reschedule_activity", client="Maria", time="2026-02-13"))
    assert driver.activities[0]["starts_at"] == NOON + timedelta(days=2)


def test_an_hour_alone_keeps_the_day(driver: ChatDriver, ana: Person) -> None:
    """Writing "to 14" moves friday's drive within friday, whatever day is today."""
    maria = ana.client("Maria Rus")
    ana.planned(maria, kind=Kind.TEST_DRIVE, day=FRIDAY, starts_at=NOON + timedelta(days=2))
    ana.say("move Maria's test drive to 14:00")
    assert driver.activities[0]["starts_at"] == datetime(2026, 2, 13, 12, 0, tzinfo=UTC)


def test_without_a_time_it_is_asked_for(driver: ChatDriver, ana: Person) -> None:
    """Only the new time is missing."""
    ana.planned(ana.client("Maria Rus"))
    ana.say("move", act("reschedule_activity", client="Maria"))
    assert ana.asked == "When?"
    ana.say("friday at 10")
    assert driver.activities[0]["starts_at"] == datetime(2026, 2, 13, 8, 0, tzinfo=UTC)


def test_a_past_time_is_asked_for_again(driver: ChatDriver, ana: Person) -> None:
    """Nothing moves into the past."""
    ana.planned(ana.client("Maria Rus"))
    assert words("error.time_past") in ana.say("move", act("reschedule_activity", client="Maria", time="2026-02-10"))
    assert driver.activities[0]["starts_at"] == NOON
    ana.say("tomorrow")
    assert driver.activities[0]["starts_at"] == NOON + timedelta(days=1)


def test_a_clash_is_told(driver: ChatDriver, ana: Person) -> None:
    """Moved onto another entry it is moved, and told."""
    ana.planned(ana.client("Maria Rus"))
    ana.planned(ana.client("Ion Popescu"), starts_at=NOON + timedelta(hours=2))
    assert "⚠ Same time: call with Ion Popescu" in ana.say(
        "move", act("reschedule_activity", client="Maria", time="2026-02-11T14:00")
    )


def test_the_new_hour_does_not_choose_what_is_moved(driver: ChatDriver, ana: Person) -> None:
    """Two entries with one client are asked about, though one stands at the time that was named."""
    maria = ana.client("Maria Rus")
    ana.planned(maria)
    ana.planned(maria, starts_at=NOON + timedelta(hours=2))
    ana.say("move", act("reschedule_activity", client="Maria", time="2026-02-13"))
    assert ana.asked == words("question.activity")
    ana.press("today 12:00")
    assert [one["day"] for one in driver.activities] == [FRIDAY, date(2026, 2, 11)]
