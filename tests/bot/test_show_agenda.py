"""The agenda of a day and of a week, its colours and its buttons."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.agenda import Importance, Kind, Status
from tests.bot.chat_driver import NOON, ChatDriver, Person, words
from tests.bot.scripted import act


def test_the_day_in_one_message(ana: Person) -> None:
    """One line an entry with sign, hour, client and tappable number; each line with its buttons."""
    ion = ana.client("Ion Popescu", "+40722123456")
    ana.planned(ion, importance=Importance.HIGH)
    ana.planned(None, kind=Kind.TASK, title="Order <brochures>", starts_at=None, importance=Importance.LOW)
    answer = ana.say("what do I have today", act("show_agenda"))
    assert len(ana.shown) == 1
    assert answer.startswith("Wednesday 11 February\n")
    entries = {line.partition(". ")[2] for line in answer.splitlines() if line[0:1].isdigit()}
    assert any(entry.startswith("🔴❗ 12:00 call") and "Ion Popescu" in entry for entry in entries)
    assert any(entry.startswith("🟢↓ any time task") and "Order <brochures>" in entry for entry in entries)
    assert "+40 722 123 456" in answer
    assert sum("✓" in label for label in ana.last.labels) == 2
    assert sum(label.startswith("Move") for label in ana.last.labels) == 2


def test_an_empty_day(ana: Person) -> None:
    """Nothing planned is said, with the ways on."""
    assert ana.say("/agenda").splitlines() == ["Wednesday 11 February", words("agenda.empty")]
    assert ana.last.labels == ["‹ Earlier", "Later ›"]


def test_another_day_and_the_way_on(ana: Person) -> None:
    """Later redraws the same message for the next day."""
    day = NOON + timedelta(days=1)
    ana.planned(ana.client("Ion Popescu"), day=day.date(), starts_at=day)
    ana.say("agenda", act("show_agenda"))
    assert ana.press("Later") == ""
    assert "Ion Popescu" in ana.last.text
    assert ana.last.text.startswith("Thursday 12 February")
    assert ana.say("tomorrow", act("show_agenda", time="2026-02-12")) == ana.shown[0].text


def test_a_week_has_its_days_as_headings(ana: Person) -> None:
    """Each day with something stands under its own heading."""
    ion = ana.client("Ion Popescu")
    ana.planned(ion)
    day = NOON + timedelta(days=2)
    ana.planned(ion, day=day.date(), starts_at=day)
    answer = ana.say("/week")
    assert answer.splitlines()[0] == "9–15 Feb"
    assert "Wednesday 11 February" in answer
    assert "Friday 13 February" in answer


def test_done_on_a_line_redraws_the_list(driver: ChatDriver, ana: Person) -> None:
    """The pressed line leaves the list in place, is told, and one press brings it back."""
    ion = ana.client("Ion Popescu")
    ana.planned(ion)
    ana.planned(ion, kind=Kind.EMAIL, starts_at=NOON + timedelta(hours=1))
    ana.say("/agenda")
    agenda = ana.last
    answer = ana.press("✓ 1 Ion Popescu")
    assert answer == "Done: call with Ion Popescu.\n\nHow did it go?"
    assert "12:00" not in agenda.text
    assert "13:00" in agenda.text
    ana.press("Undo")
    assert [one["status"] for one in driver.activities] == [Status.PLANNED, Status.PLANNED]


def test_an_old_list_does_not_act_on_what_changed(driver: ChatDriver, ana: Person) -> None:
    """A line whose entry was cancelled meanwhile says so, and changes nothing."""
    ana.planned(ana.client("Ion Popescu"))
    ana.say("/agenda")
    agenda = ana.last
    ana.say("cancel popescu", act("cancel_activity", client="Popescu"))
    assert ana.press("✓ 1", on=agenda) == words("error.activity_not_planned")
    assert driver.activities[0]["status"] is Status.CANCELLED


def test_move_on_a_line(driver: ChatDriver, ana: Person) -> None:
    """Two presses move an entry to tomorrow."""
    ana.planned(ana.client("Ion Popescu"))
    ana.say("/agenda")
    ana.press("Move 1")
    assert ana.press("tomorrow") == "Moved: call with Ion Popescu, now tomorrow 12:00."
    assert driver.activities[0]["day"] == date(2026, 2, 12)


def test_done_and_cancelled_do_not_stand_in_it(ana: Person) -> None:
    """The agenda is what is still to be done, of the own entries alone."""
    ion = ana.client("Ion Popescu")
    ana.planned(ion, status=Status.CANCELLED)
    ana.planned(ion, status=Status.DONE)
    assert words("agenda.empty") in ana.say("/agenda")


def test_in_romanian(mihai: Person) -> None:
    """The same in the other language."""
    mihai.planned(mihai.client("Maria Țăranu"))
    answer = mihai.say("/agenda")
    assert answer.startswith("miercuri, 11 februarie")
    assert "12:00" in answer


def test_a_long_week_fits_into_messages(ana: Person) -> None:
    """Two hundred entries come as several messages that Telegram takes, the buttons under the last."""
    ion = ana.client("Ion Popescu Fitzgerald", "+40722123456")
    for number in range(60):
        start = datetime(2026, 2, 12, 6, 0, tzinfo=UTC) + timedelta(minutes=10 * number)
        ana.planned(ion, day=start.date(), starts_at=start, title="Bring the <papers> & the keys " * 3)
    answer = ana.say("/week")
    assert answer.count("Fitzgerald") == 60
    assert len(ana.shown) > 1
    assert all(not shown.labels for shown in ana.shown[:-1])
    assert len(ana.shown[-1].labels) == 42


def test_the_director_reads_a_colleagues_day(driver: ChatDriver, ana: Person, elena: Person) -> None:
    """It is shown under the colleague's name and without buttons that change it; an agent sees the own day only."""
    ana.planned(ana.client("Ion Popescu"))
    asked = act("show_agenda", agent="Ana")
    answer = elena.say("agenda lui Ana", asked)
    assert answer.startswith("Ana Ionescu · ")
    assert "Ion Popescu" in answer
    assert elena.last.labels == []
    assert "Ana Ionescu" in elena.say("agenda lui Zoe", act("show_agenda", agent="Zoe"))
    refused = ana.say("agenda of Elena", act("show_agenda", agent="Elena"))
    assert refused == "You can only see your own clients and agenda. Ask Elena Stan or the director."


@pytest.mark.parametrize("days", [("9999-12-25", "9999-12-31"), ("0001-01-01", "0001-01-07")])
def test_the_ends_of_the_calendar(ana: Person, days: tuple[str, str]) -> None:
    """The first and the last days that there are can be shown, with the way back alone."""
    shown = ana.say("then", act("show_agenda", period={"from": days[0], "to": days[1]}))
    assert "Nothing" in shown
    assert len(ana.last.labels) == 1
