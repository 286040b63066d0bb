"""What was missed."""

from datetime import timedelta

from domain.agenda import Kind
from tests.bot.chat_driver import NOON, ChatDriver, Person, words
from tests.bot.scripted import act
from tests.factories import TODAY


def test_nothing_is_overdue(ana: Person) -> None:
    """An empty list is a sentence."""
    assert ana.say("/overdue") == words("overdue.none")


def test_what_has_ended_is_overdue_and_what_runs_is_not(ana: Person) -> None:
    """An entry with an hour counts from its end, one for a day alone from the next day."""
    ion = ana.client("Ion Popescu", "+40722123456")
    ana.planned(ion, starts_at=NOON - timedelta(hours=2), minutes=15)
    ana.planned(ion, kind=Kind.MEETING, starts_at=NOON - timedelta(minutes=90), minutes=60)
    yesterday = TODAY - timedelta(days=1)
    ana.planned(ion, kind=Kind.EMAIL, day=yesterday, starts_at=None)
    ana.planned(ion, kind=Kind.MESSAGE, starts_at=None)
    answer = ana.say("what is overdue", act("show_overdue"))
    lines = [line for line in answer.splitlines() if line[0].isdigit()]
    assert lines[0] == "2 overdue"
    assert lines[1].startswith("1. 🟠 yesterday e-mail")
    assert lines[2].startswith("2. 🟠 today 10:00 call")
    assert len(lines) == 3


def test_done_takes_it_off(driver: ChatDriver, ana: Person) -> None:
    """A press redraws the list."""
    ana.planned(ana.client("Ion Popescu"), day=TODAY - timedelta(days=1), starts_at=None)
    ana.say("/overdue")
    listed = ana.last
    ana.press("✓ 1")
    assert listed.text == words("overdue.none")
