"""Reports that come by themselves: ordered, listed, paused, ended; each once a local date, also over a clock change."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from actions.schedule import tick
from domain.errors import NotFoundError
from domain.reports.request import ReportRequest
from domain.reports.subscriptions import Recurrence, Subscription, end
from storage.database import Database
from tests.bot.chat_driver import ChatDriver, Person, words
from tests.bot.report_jobs import make_reports
from tests.bot.scripted import act
from tests.factories import keep, make_absence
from tests.fakes import FakeClock, FakeHolidays


def at(clock: FakeClock, local: str) -> None:
    """Set the clock to a Bucharest winter or summer time."""
    clock.set(datetime.fromisoformat(local).replace(tzinfo=ZoneInfo("Europe/Bucharest")))


def kept(driver: ChatDriver, person: Person, recurrence: Recurrence, hour: str = "08:00") -> int:
    """A subscription to the sales plan, made now."""
    with driver.database.command_unit("arrange") as unit:
        one = Subscription(
            person.agent.id, ReportRequest("sales_plan").as_json(), recurrence, time.fromisoformat(hour), unit.now
        )
        unit.subscriptions.add(one)
        unit.flush()
        return one.id


def came(database: Database, driver: ChatDriver) -> int:
    """How many reports a tick brings."""
    tick(database.due)
    driver.settle()
    return make_reports(driver)


def test_a_sentence_subscribes(driver: ChatDriver, elena: Person) -> None:
    """Report, recurrence and hour are kept and said; one press undoes it."""
    elena.say(
        "stage report every Monday at 8",
        act("subscribe_report", report="opportunity_stage", recurrence="monday", time_of_day="08:00"),
    )

    rows = driver.rows_of("report_subscriptions")
    assert [(row["request"]["name"], row["recurrence"], row["at"]) for row in rows] == [
        ("opportunity_stage", "monday", time(8))
    ]
    assert words("report.opportunity_stage") in elena.last.text
    assert words("recurrence.monday") in elena.last.text

    elena.press(words("btn.undo"))
    assert driver.rows_of("report_subscriptions") == []


def test_what_is_missing_is_asked(driver: ChatDriver, ana: Person) -> None:
    """How often is asked by buttons; the hour is that of the agenda."""
    ana.say("send me the sales plan regularly", act("subscribe_report", report="sales_plan"))
    assert ana.asked == words("question.recurrence")
    ana.press(words("recurrence.daily"))

    assert [(row["recurrence"], row["at"]) for row in driver.rows_of("report_subscriptions")] == [("daily", time(8))]


def test_the_directors_report_cannot_be_subscribed_by_an_agent(driver: ChatDriver, ana: Person) -> None:
    """It is refused at once, not each Monday."""
    said = ana.say("x", act("subscribe_report", report="opportunity_stage", recurrence="monday"))

    assert words("error.not_allowed") in said
    assert driver.rows_of("report_subscriptions") == []


def test_it_comes_once_a_date_at_its_hour(
    driver: ChatDriver, database: Database, clock: FakeClock, ana: Person
) -> None:
    """Not before its hour, once however often the scheduler ticks, and again the next week."""
    kept(driver, ana, Recurrence.THURSDAY)

    at(clock, "2026-02-12T07:59")
    assert came(database, driver) == 0
    at(clock, "2026-02-12T08:00")
    assert came(database, driver) == 1
    at(clock, "2026-02-12T19:00")
    assert came(database, driver) == 0
    at(clock, "2026-02-13T08:00")
    assert came(database, driver) == 0
    at(clock, "2026-02-19T11:30")  # nothing ran at eight: late rather than never
    assert came(database, driver) == 1


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_a_clock_change_neither_doubles_nor_drops_it(
    driver: ChatDriver, database: Database, clock: FakeClock, ana: Person, day: str
) -> None:
    """At an hour that is skipped, or comes twice, the report comes once."""
    kept(driver, ana, Recurrence.SUNDAY, "03:30")

    start = datetime.fromisoformat(f"{day}T00:00").replace(tzinfo=UTC) - timedelta(hours=3)
    found = 0
    for half_hours in range(30):
        clock.set(start + timedelta(minutes=30 * half_hours))
        found += came(database, driver)

    assert found == 1


def test_what_was_not_told_in_its_day_is_not_told_the_next(
    driver: ChatDriver, database: Database, clock: FakeClock, ana: Person
) -> None:
    """A bot that was down over night brings the new day's report alone."""
    kept(driver, ana, Recurrence.DAILY)
    at(clock, "2026-02-12T09:00")
    tick(database.due)

    at(clock, "2026-02-13T09:00")
    assert came(database, driver) == 1


def test_daily_means_working_days(
    driver: ChatDriver, database: Database, clock: FakeClock, holidays: FakeHolidays, ana: Person
) -> None:
    """No report on a Saturday, on a holiday, or while the agent is away."""
    kept(driver, ana, Recurrence.DAILY)
    holidays.days.add(datetime(2026, 2, 16, tzinfo=UTC).date())
    keep(
        database,
        make_absence(
            agent_id=ana.agent.id,
            first=datetime(2026, 2, 18, tzinfo=UTC).date(),
            last=datetime(2026, 2, 18, tzinfo=UTC).date(),
        ),
    )

    found = {}
    for day in range(12, 20):
        at(clock, f"2026-02-{day}T09:00")
        found[day] = came(database, driver)

    assert found == {12: 1, 13: 1, 14: 0, 15: 0, 16: 0, 17: 1, 18: 0, 19: 1}


def test_monthly_means_the_first_working_day(
    driver: ChatDriver, database: Database, clock: FakeClock, ana: Person
) -> None:
    """March 2026 begins on a Sunday: it comes on Monday, and no other day."""
    kept(driver, ana, Recurrence.MONTHLY)

    found = []
    for day in range(1, 8):
        at(clock, f"2026-03-{day:02}T09:00")
        found.append(came(database, driver))

    assert found == [0, 1, 0, 0, 0, 0, 0]


def test_paused_and_ended_by_a_press(driver: ChatDriver, database: Database, clock: FakeClock, ana: Person) -> None:
    """A paused one stays away until it goes on; an ended one for good."""
    kept(driver, ana, Recurrence.DAILY)
    ana.say("x", act("subscribe_report", report="forecast", recurrence="sunday"))
    ana.press(words("btn.subscriptions"))
    ana.press(words("btn.subscription_pause", number=1))
    at(clock, "2026-02-12T09:00")
    assert came(database, driver) == 0

    ana.press(words("btn.subscription_resume", number=1))
    assert came(database, driver) == 1

    ana.press(words("btn.subscription_end", number=1))
    at(clock, "2026-02-13T09:00")
    assert came(database, driver) == 0
    assert [row["request"]["name"] for row in driver.rows_of("report_subscriptions")] == ["forecast"]


def test_a_colleague_cannot_end_it(driver: ChatDriver, database: Database, ana: Person, mihai: Person) -> None:
    """A subscription is its owner's alone."""
    number = kept(driver, ana, Recurrence.DAILY)
    with database.command_unit("look") as unit, pytest.raises(NotFoundError):
        end(unit, mihai.agent, subscription_id=number)
