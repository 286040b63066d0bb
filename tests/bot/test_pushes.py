"""The morning's agenda, reminders and to-dos: once, on working days, within the agent's hours, over clock changes too."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from actions.schedule import tick
from domain.agenda import Importance, Kind, Status
from domain.team import AgentStatus
from presales.wiring import LegalHolidays
from tests.bot.chat_driver import ChatDriver, Person
from tests.bot.scripted import act
from tests.factories import NOW, keep, make_absence, make_closure
from tests.fakes import FakeClock, FakeHolidays

BUCHAREST = ZoneInfo("Europe/Bucharest")
THURSDAY = date(2026, 2, 12)


@pytest.fixture
def pushed(driver: ChatDriver, ana: Person, clock: FakeClock) -> "Pushed":
    """Ana's phone over time."""
    return Pushed(driver, ana, clock)


class Pushed:
    """Lets time pass with ticks, and tells what was pushed."""

    def __init__(self, driver: ChatDriver, person: Person, clock: FakeClock) -> None:
        self._driver, self._person, self._clock = driver, person, clock

    def at(self, day: date, hour: time) -> list[str]:
        """Tick at this local moment; returns what was pushed."""
        self._clock.set(datetime.combine(day, hour, tzinfo=BUCHAREST))
        before = len(self._person.shown)
        tick(self._driver.database.due)
        self._driver.settle()
        return [one.text for one in self._person.shown[before:]]

    def day(self, day: date, *, every: int = 30) -> list[tuple[str, str]]:
        """Tick through a whole local day; returns when and how each push began."""
        moment = datetime.combine(day, time(0, 0), tzinfo=BUCHAREST).astimezone(UTC)
        told = []
        while moment.astimezone(BUCHAREST).date() == day:
            local = moment.astimezone(BUCHAREST)
            told += [(f"{local:%H:%M}", text.splitlines()[0]) for text in self.at(local.date(), local.timetz())]
            moment += timedelta(minutes=every)
        return told


def local(day: date, hour: int, minute: int = 0) -> datetime:
    """A local moment in UTC."""
    return datetime.combine(day, time(hour, minute), tzinfo=BUCHAREST).astimezone(UTC)


def test_the_agenda_comes_once_a_morning(pushed: Pushed) -> None:
    """At eight, once, however often the scheduler ticks, and again the next day."""
    for day, name in ((THURSDAY, "Thursday 12 February"), (THURSDAY + timedelta(days=1), "Friday 13 February")):
        [(when, text)] = pushed.day(day)
        assert when == "08:00"
        assert text.startswith("Good morning, Ana.")
        assert name in text


def test_the_agenda_has_the_day_and_what_is_overdue(pushed: Pushed, driver: ChatDriver, ana: Person) -> None:
    """Both with sign, number and buttons; Done redraws the morning's message."""
    ion = ana.client("Ion Popescu", "+40722123456")
    ana.planned(ion, day=THURSDAY, starts_at=local(THURSDAY, 10), importance=Importance.HIGH)
    ana.planned(ion, kind=Kind.EMAIL, day=date(2026, 2, 10), starts_at=None)
    [text] = pushed.at(THURSDAY, time(8, 0))
    assert "🔴❗ 10:00 call" in text
    assert "1 overdue" in text
    assert "+40 722 123 456" in text
    assert sum("✓" in label for label in ana.last.labels) == 2
    morning = ana.last
    ana.press("✓ 2")
    assert "overdue" not in morning.text
    assert sorted(one["status"] for one in driver.activities) == [Status.DONE, Status.PLANNED]


def test_the_own_hour(pushed: Pushed, ana: Person) -> None:
    """Who chose half past seven gets it then."""
    ana.say("agenda at 7:30", act("set_preference", time_of_day="07:30"))
    assert [when for when, _ in pushed.day(THURSDAY)] == ["07:30"]


def test_late_rather_than_never(pushed: Pushed) -> None:
    """A scheduler that was down at eight sends it when it is back, and not after the working hours."""
    assert len(pushed.at(THURSDAY, time(15, 0))) == 1
    assert pushed.at(THURSDAY + timedelta(days=1), time(20, 30)) == []


def test_not_on_a_weekend(pushed: Pushed) -> None:
    """Saturday and Sunday are quiet."""
    assert pushed.day(date(2026, 2, 14)) == []
    assert pushed.day(date(2026, 2, 15)) == []
    assert len(pushed.day(date(2026, 2, 16))) == 1


def test_not_on_a_holiday(pushed: Pushed, holidays: FakeHolidays) -> None:
    """1 December, a Tuesday in 2026, is quiet."""
    holidays.days.add(date(2026, 12, 1))
    assert pushed.day(date(2026, 12, 1)) == []
    assert len(pushed.day(date(2026, 12, 2))) == 1


@pytest.mark.parametrize("day", [date(2026, 12, 1), date(2026, 4, 10), date(2026, 4, 13), date(2027, 5, 3)])
def test_the_countrys_holidays(day: date) -> None:
    """National day, Orthodox Good Friday and Easter Mondays are known."""
    assert LegalHolidays("RO").is_holiday(day)
    assert not LegalHolidays("RO").is_holiday(day + timedelta(days=8))


def test_not_on_a_closure_and_not_in_an_absence(pushed: Pushed, driver: ChatDriver, ana: Person) -> None:
    """A day on which the house is closed is quiet, and so are the agent's own days off."""
    keep(driver.database, make_closure(day=THURSDAY))
    keep(driver.database, make_absence(agent_id=ana.agent.id, first=date(2026, 2, 13), last=date(2026, 2, 17)))
    for day in (THURSDAY, date(2026, 2, 13), date(2026, 2, 16), date(2026, 2, 17)):
        assert pushed.day(day, every=120) == []
    assert len(pushed.day(date(2026, 2, 18))) == 1


@pytest.mark.parametrize("sunday", [date(2026, 3, 29), date(2026, 10, 25)])
def test_once_a_local_day_over_a_clock_change(driver: ChatDriver, clock: FakeClock, sunday: date, ana: Person) -> None:
    """Who works on Sundays gets one agenda at the local hour on the day that has 23 or 25 hours, and on its neighbours."""
    person = driver.person(60).joined(name="Dan Rus", working_days="1234567")
    sundays = Pushed(driver, person, clock)
    for day in (sunday - timedelta(days=1), sunday, sunday + timedelta(days=1)):
        assert [when for when, _ in sundays.day(day)] == ["08:00"]
    assert ana.id


def test_a_clock_change_in_the_agendas_own_hour(driver: ChatDriver, clock: FakeClock) -> None:
    """An agenda at half past three comes once, though that hour comes twice or not at all."""
    person = driver.person(60).joined(
        name="Dan Rus", working_days="1234567", agenda_time=time(3, 30), work_from=time(0, 0), work_to=time(23, 59)
    )
    nights = Pushed(driver, person, clock)
    for day in (date(2026, 3, 29), date(2026, 10, 25)):
        assert len(nights.day(day)) == 1


def test_a_reminder_half_an_hour_before(pushed: Pushed, ana: Person) -> None:
    """A meeting is announced once, with a text to confirm it on WhatsApp."""
    ion = ana.client("Ion Popescu", "+40722123456")
    ana.planned(ion, kind=Kind.MEETING, day=THURSDAY, starts_at=local(THURSDAY, 15))
    pushed.at(THURSDAY, time(8, 0))
    assert pushed.at(THURSDAY, time(14, 29)) == []
    [text] = pushed.at(THURSDAY, time(14, 30))
    assert text.startswith("⏰ 🟠 meeting with Ion Popescu …456, today 15:00")
    assert "+40 722 123 456" in text
    [link] = [button["url"] for row in ana.last.keyboard for button in row if "url" in button]
    assert link.startswith("https://wa.me/40722123456?text=Hello%2C%20this%20is%20Ana%20Ionescu.")
    assert pushed.at(THURSDAY, time(14, 31)) == []
    assert pushed.at(THURSDAY, time(15, 1)) == []


def test_a_reminder_follows_a_move(pushed: Pushed, ana: Person) -> None:
    """Moved to a later hour, the appointment is announced anew at its own time."""
    ion = ana.client("Ion Popescu")
    ana.planned(ion, kind=Kind.TEST_DRIVE, day=THURSDAY, starts_at=local(THURSDAY, 15))
    pushed.at(THURSDAY, time(8, 0))
    assert len(pushed.at(THURSDAY, time(14, 30))) == 1
    ana.say("move", act("reschedule_activity", client="Popescu", time="2026-02-12T17:00"))
    assert pushed.at(THURSDAY, time(15, 0)) == []
    assert len(pushed.at(THURSDAY, time(16, 30))) == 1


@pytest.mark.parametrize("change", ["cancel_activity", "complete_activity"])
def test_no_reminder_of_what_is_over(pushed: Pushed, ana: Person, change: str) -> None:
    """What was cancelled or done is not announced."""
    ion = ana.client("Ion Popescu")
    ana.planned(ion, kind=Kind.MEETING, day=THURSDAY, starts_at=local(THURSDAY, 15))
    pushed.at(THURSDAY, time(8, 0))
    ana.say("over", act(change, client="Popescu"))
    assert pushed.at(THURSDAY, time(14, 30)) == []


def test_a_fact_that_was_overtaken_is_not_told(
    pushed: Pushed, driver: ChatDriver, ana: Person, clock: FakeClock
) -> None:
    """A reminder that waited behind a cancellation is dropped when its turn comes."""
    ion = ana.client("Ion Popescu")
    ana.planned(ion, kind=Kind.MEETING, day=THURSDAY, starts_at=local(THURSDAY, 15))
    pushed.at(THURSDAY, time(8, 0))
    clock.set(local(THURSDAY, 14, 30))
    tick(driver.database.due)
    with driver.database.command_unit("cancel") as unit:
        activity = unit.activities.get(1)
        assert activity is not None
        activity.status = Status.CANCELLED
    before = len(ana.shown)
    driver.settle()
    assert len(ana.shown) == before
    assert ion.id


def test_no_push_outside_the_agents_hours(pushed: Pushed, ana: Person) -> None:
    """A meeting at half past seven in the morning is not announced at seven, when the agent does not work."""
    ion = ana.client("Ion Popescu")
    ana.planned(ion, kind=Kind.MEETING, day=THURSDAY, starts_at=local(THURSDAY, 7, 30))
    ana.planned(ion, kind=Kind.CALL, day=THURSDAY, starts_at=local(THURSDAY, 21))
    assert [when for when, _ in pushed.day(THURSDAY)] == ["08:00"]


def test_a_to_do_with_an_hour_falls_due_once(pushed: Pushed, ana: Person) -> None:
    """A call at noon is pushed at noon and not again that day; the next morning it is overdue."""
    ion = ana.client("Ion Popescu", "+40722123456")
    ana.planned(ion, day=THURSDAY, starts_at=local(THURSDAY, 12))
    told = pushed.day(THURSDAY)
    assert [when for when, _ in told] == ["08:00", "12:00"]
    assert told[1][1].startswith("⏰ Now: 🟠 call with Ion Popescu …456")
    [text] = pushed.at(THURSDAY + timedelta(days=1), time(8, 0))
    assert "1 overdue" in text


def test_a_to_do_for_a_day_alone_is_not_pushed(pushed: Pushed, ana: Person) -> None:
    """It stands in that day's agenda."""
    ana.planned(ana.client("Ion Popescu"), day=THURSDAY, starts_at=None)
    assert [when for when, _ in pushed.day(THURSDAY)] == ["08:00"]


def test_done_in_a_push(pushed: Pushed, driver: ChatDriver, ana: Person) -> None:
    """One press in the push is enough."""
    ana.planned(ana.client("Ion Popescu"), day=THURSDAY, starts_at=local(THURSDAY, 12))
    pushed.at(THURSDAY, time(12, 0))
    ana.press("✓ Done")
    assert driver.activities[0]["status"] is Status.DONE


def test_the_suspended_and_the_not_yet_joined_get_nothing(driver: ChatDriver, clock: FakeClock) -> None:
    """Nobody else is pushed anything."""
    suspended = driver.person(61).joined(name="Dan Rus", status=AgentStatus.SUSPENDED)
    assert Pushed(driver, suspended, clock).day(THURSDAY) == []


def test_who_joins_after_eight_has_missed_nothing(pushed: Pushed, clock: FakeClock) -> None:
    """The first agenda is the next day's: joined at eleven, nothing comes at noon."""
    assert pushed.at(NOW.astimezone(BUCHAREST).date(), time(12, 0)) == []
    assert len(pushed.at(THURSDAY, time(8, 0))) == 1
    assert clock.now().hour == 6


def test_in_romanian(driver: ChatDriver, mihai: Person, clock: FakeClock) -> None:
    """Pushes speak the agent's language."""
    mihai.planned(mihai.client("Maria Rus"), kind=Kind.MEETING, day=THURSDAY, starts_at=local(THURSDAY, 15))
    told = Pushed(driver, mihai, clock).day(THURSDAY)
    assert [when for when, _ in told] == ["08:00", "14:30"]
    assert told[0][1].startswith("Bună dimineața, Mihai.")
    assert "joi, 12 februarie" in told[0][1]
