"""Deals that nobody looks after: in the morning's message with answers of one press, on the card and in the list."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from actions.schedule import tick
from bot.cards.deal_neglect import MORNING
from domain.agenda import Kind, Status
from domain.opportunities import Stage
from tests.bot.chat_driver import ChatDriver, Person, words
from tests.bot.deals import deal_of, deals
from tests.bot.scripted import act
from tests.factories import NOW
from tests.fakes import FakeClock

LONG_AGO = NOW - timedelta(days=20)
MORNING_AT = datetime(2026, 2, 12, 6, 0, tzinfo=UTC)  # Thursday, eight o'clock in Bucharest
FRIDAY = date(2026, 2, 13)
Morning = Callable[[], str]


@pytest.fixture
def morning(driver: ChatDriver, ana: Person, clock: FakeClock) -> Morning:
    """Thursday's morning comes; gives what Ana is told."""

    def comes() -> str:
        clock.set(MORNING_AT)
        tick(driver.database.due)
        driver.settle()
        return ana.last.text

    return comes


def test_the_morning_names_what_waits_and_why(ana: Person, morning: Morning) -> None:
    """Nothing planned, or untouched for long: each with its sign, its words and three answers; others are left out."""
    idle, bare, busy = (ana.client(name) for name in ("Idle Ion", "Bare Dan", "Busy Ana"))
    for customer, changed in ((idle, LONG_AGO), (bare, NOW), (busy, NOW)):
        deal_of(ana, customer, model="Duster", changed_at=changed)
    for customer in (idle, busy):
        ana.planned(customer, starts_at=None, day=FRIDAY)
    morning()
    text = ana.last.text
    assert "⏰ untouched for 20 days" in text
    assert "⏰ nothing planned" in text
    assert "Busy Ana" not in text
    assert ana.last.labels[:3] == ["1 📞 Fri", "1 still on", "1 lost…"]


def test_a_call_is_planned_by_one_press(driver: ChatDriver, ana: Person, morning: Morning) -> None:
    """The next working day gets a call, the message is drawn anew without the deal, and one press takes it back."""
    deal_of(ana, ana.client("Ion Popescu"), model="Duster")
    morning()
    card = ana.last
    ana.press("1 📞 Fri")
    (call,) = driver.activities
    assert (call["kind"], call["day"]) == (Kind.CALL, FRIDAY)
    assert "Popescu" not in card.text
    ana.press(words("btn.undo"))
    assert driver.activities == []


def test_still_on_counts_as_a_touch(driver: ChatDriver, ana: Person, morning: Morning) -> None:
    """The deal is touched now, and changes in nothing else."""
    popescu = ana.client("Ion Popescu")
    deal_of(ana, popescu, model="Duster", changed_at=LONG_AGO, net=20_000)
    ana.planned(popescu, starts_at=None, day=FRIDAY)
    morning()
    card = ana.last
    ana.press("still on")
    assert [(one["changed_at"], one["stage"], one["net_minor"]) for one in deals(driver)] == [
        (MORNING_AT, Stage.NEW, 2_000_000)
    ]
    assert "Popescu" not in card.text


def test_lost_asks_for_the_reason_below(driver: ChatDriver, ana: Person, morning: Morning) -> None:
    """The morning's message keeps its buttons; the reasons stand under the deal's card."""
    deal_of(ana, ana.client("Ion Popescu"), model="Duster")
    morning()
    card = ana.last
    ana.press("1 lost…")
    assert card.keyboard != []
    ana.press(words("loss_reason.price"))
    assert [(one["stage"], one["loss_reason"]) for one in deals(driver)] == [(Stage.LOST, "price")]


def test_at_most_five_and_the_way_to_the_rest(ana: Person, morning: Morning) -> None:
    """The message stays short: five deals, and the number of the others leads to the list of all that wait."""
    for number in range(MORNING + 3):
        deal_of(ana, ana.client(f"Client {'ABCDEFGH'[number]}"), model="Duster")
    morning()
    assert "8 deals" in ana.last.text
    assert sum("still on" in label for label in ana.last.labels) == MORNING
    answer = ana.press("and 3 more")
    assert "8 deals" in answer


def test_other_peoples_deals_wait_for_them(ana: Person, mihai: Person, morning: Morning) -> None:
    """Nobody reads of another agent's neglected deals."""
    deal_of(mihai, mihai.client("Ion Popescu"), model="Duster")
    morning()
    assert "Popescu" not in ana.last.text


def test_an_idle_deal_is_marked_on_card_and_in_the_list(ana: Person) -> None:
    """Its sign and words stand wherever the deal does, and "idle deals" lists those alone."""
    deal_of(ana, ana.client("Ion Popescu"), model="Duster", changed_at=LONG_AGO)
    dan = ana.client("Dan Rus")
    deal_of(ana, dan, model="Spring")
    ana.planned(dan, status=Status.PLANNED, starts_at=None, day=FRIDAY)
    everything = ana.say("my deals", act("list_opportunities", "my deals"))
    assert "⏰ nothing planned, untouched for 20 days" in everything
    assert "Dan Rus" in everything
    idle = ana.say("idle deals", act("list_opportunities", "idle deals"))
    assert "Ion Popescu" in idle
    assert "Dan Rus" not in idle
    ana.press("1 Ion Popescu")
    assert "⏰ nothing planned, untouched for 20 days" in ana.last.text
