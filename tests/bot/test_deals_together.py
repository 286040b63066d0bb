"""Two people at one deal: nobody's change is lost silently, and the second is told what changed."""

import asyncio
import logging
import threading
import time
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from bot.understanding.acts import Act
from domain.customers import Customer
from domain.opportunities import Stage
from storage.database import Database
from tests.bot.chat_driver import ChatDriver, Person, words
from tests.bot.deals import deal_of, deals, euro, stages
from tests.bot.scripted import act
from tests.fakes import FakeClock

WAITS = 400  # looks for a waiting lock, a few hundredths of a second apart


@pytest.fixture
def popescu(ana: Person) -> Customer:
    """A client of Ana's."""
    return ana.client("Ion Popescu", "+40722123456")


def value(amount: int) -> Act:
    """A message that sets the value of Popescu's deal."""
    return act("update_opportunity", client="Popescu", amount=euro(amount), vat="excluded")


def opened(person: Person) -> None:
    """Look at the deal's card."""
    person.say("update Popescu's deal", act("update_opportunity", client="Popescu"))


def test_a_press_on_an_outdated_card_shows_what_changed(
    driver: ChatDriver, ana: Person, elena: Person, popescu: Customer
) -> None:
    """Ana's card is of before Elena's change: her press does nothing, tells who set what when, and shows the deal anew."""
    deal_of(ana, popescu, model="Duster", net=20_000)
    opened(ana)
    card = ana.last
    elena.say("25k", value(25000))
    answer = ana.press(words("btn.stage_on", stage=words("stage.qualified")), on=card)
    assert words("deal.changed_meanwhile") in answer
    assert "Elena Stan, today 11:00: Value €20,000 → €25,000 + VAT" in answer
    assert [(one["stage"], one["net_minor"]) for one in deals(driver)] == [(Stage.NEW, 2_500_000)]
    assert card.keyboard == []
    ana.press(words("btn.stage_on", stage=words("stage.qualified")))
    assert [(one["stage"], one["net_minor"]) for one in deals(driver)] == [(Stage.QUALIFIED, 2_500_000)]


@pytest.mark.parametrize(
    "button", ["btn.deal_won", "btn.deal_lost", "btn.deal_value", "btn.deal_fleet", "btn.deal_stage"]
)
def test_no_button_of_an_outdated_card_acts(
    driver: ChatDriver, ana: Person, elena: Person, popescu: Customer, button: str
) -> None:
    """Whatever the button would change or ask, the news comes first."""
    deal_of(ana, popescu, model="Duster", net=20_000)
    opened(ana)
    card = ana.last
    elena.say("offer", act("update_opportunity", client="Popescu", stage="offer"))
    assert "Elena Stan" in ana.press(words(button), on=card)
    assert stages(driver) == [("new", "offer")]


def test_the_own_changes_are_no_news(driver: ChatDriver, ana: Person, popescu: Customer) -> None:
    """Who changed the deal by a message can go on with the card above it."""
    deal_of(ana, popescu, model="Duster", net=20_000)
    opened(ana)
    card = ana.last
    ana.say("25k", value(25000))
    ana.press(words("btn.stage_on", stage=words("stage.qualified")), on=card)
    assert [(one["stage"], one["net_minor"]) for one in deals(driver)] == [(Stage.QUALIFIED, 2_500_000)]


def test_what_was_undone_is_no_news(driver: ChatDriver, ana: Person, elena: Person, popescu: Customer) -> None:
    """A change that its author took back leaves the card as it was shown."""
    deal_of(ana, popescu, model="Duster", net=20_000)
    opened(ana)
    card = ana.last
    elena.say("25k", value(25000))
    elena.press(words("btn.undo"))
    ana.press(words("btn.stage_on", stage=words("stage.qualified")), on=card)
    assert [(one["stage"], one["net_minor"]) for one in deals(driver)] == [(Stage.QUALIFIED, 2_000_000)]


def test_a_message_over_anothers_value_says_so(
    driver: ChatDriver, ana: Person, elena: Person, popescu: Customer
) -> None:
    """Ana's value stands, since it came last; she reads that Elena had set another, and can undo."""
    deal_of(ana, popescu, model="Duster", net=20_000)
    elena.say("25k", value(25000))
    answer = ana.say("23k", value(23000))
    assert "€25,000 → €23,000 + VAT" in answer
    assert "Elena Stan, today 11:00: Value €20,000 → €25,000 + VAT" in answer
    assert "Elena" not in ana.say("24k", value(24000))  # told once
    assert "Ana Ionescu" in elena.say("26k", value(26000))


def test_another_value_that_changed_is_told_too(
    driver: ChatDriver, ana: Person, elena: Person, popescu: Customer
) -> None:
    """Both changes stand, and the second person learns of the first."""
    deal_of(ana, popescu, model="Duster", net=20_000)
    opened(ana)
    elena.say("offer", act("update_opportunity", client="Popescu", stage="offer"))
    assert "Elena Stan, today 11:00: Stage New → Offer" in ana.say("23k", value(23000))
    assert [(one["stage"], one["net_minor"]) for one in deals(driver)] == [(Stage.OFFER, 2_300_000)]


def test_old_changes_are_told_to_who_saw_the_deal_before(
    driver: ChatDriver, ana: Person, elena: Person, popescu: Customer, clock: FakeClock
) -> None:
    """Who saw the deal hears of all since, however long ago; who never did, of the last day."""
    deal_of(ana, popescu, model="Duster", net=20_000)
    opened(ana)
    dan = driver.person(11).joined(name="Dan Rus", role=elena.agent.role)
    dan.say("25k", value(25000))
    clock.advance(days=2)
    assert "Dan Rus" not in elena.say("offer", act("update_opportunity", client="Popescu", stage="offer"))
    told = ana.say("23k", value(23000))
    assert "Dan Rus" in told
    assert "Elena Stan" in told


def test_an_undo_does_not_wipe_out_what_came_after(
    driver: ChatDriver, ana: Person, elena: Person, popescu: Customer
) -> None:
    """Ana's undo is refused once Elena has changed the same deal, and changes nothing."""
    deal_of(ana, popescu, model="Duster", net=20_000)
    ana.say("23k", value(23000))
    elena.say("25k", value(25000))
    ana.press(words("btn.undo"))
    assert [one["net_minor"] for one in deals(driver)] == [2_500_000]


def _waits_for_lock(database: Database) -> bool:
    waiting = sa.text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
    with database.engine.connect() as connection:
        return bool(connection.scalar(waiting))


def _at_once(driver: ChatDriver, first: dict[str, object], second: dict[str, object]) -> None:
    """Run two people's turns side by side: the second meets the first's change before that is committed."""
    driver.receive(first, second)
    entry, other = driver.database.turns.waiting(skip=(), limit=2)
    prepared, other_prepared = (driver._runner.run(driver.prepare(one)) for one in (entry, other))

    def run_second() -> None:
        asyncio.run(driver._workers._settled(other, other_prepared))

    thread = threading.Thread(target=run_second)
    with driver.database.turns.turn(entry.id) as unit:
        assert unit is not None
        driver.chat.handle(unit, prepared)
        unit.flush()
        thread.start()
        _until(lambda: _waits_for_lock(driver.database))
    thread.join()
    driver.settle()


def _until(happens: Callable[[], bool]) -> None:
    for _ in range(WAITS):
        if happens():
            return
        time.sleep(0.02)
    raise AssertionError("the second turn never met the first")


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_two_messages_at_the_same_moment(
    driver: ChatDriver, ana: Person, elena: Person, popescu: Customer, caplog: pytest.LogCaptureFixture
) -> None:
    """The second turn runs again on top of the first: both changes stand, and its answer tells of the other."""
    deal_of(ana, popescu, model="Duster", net=20_000)
    opened(ana)
    opened(elena)
    script = driver.understander.script  # type: ignore[attr-defined]
    script["to offer"] = [act("update_opportunity", client="Popescu", stage="offer")]
    script["23k"] = [value(23000)]
    caplog.set_level(logging.INFO)
    _at_once(driver, elena.raw_text("to offer"), ana.raw_text("23k"))
    assert "runs again" in caplog.text
    assert [(one["stage"], one["net_minor"]) for one in deals(driver)] == [(Stage.OFFER, 2_300_000)]
    assert "Elena Stan, today 11:00: Stage New → Offer" in ana.last.text
    assert stages(driver) == [("new", "offer")]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_two_presses_at_the_same_moment(
    driver: ChatDriver, ana: Person, elena: Person, popescu: Customer, caplog: pytest.LogCaptureFixture
) -> None:
    """The second press is of a card that is outdated by the time its turn runs again: it does nothing, and tells."""
    deal_of(ana, popescu, model="Duster", net=20_000)
    opened(ana)
    opened(elena)
    on = words("btn.stage_on", stage=words("stage.qualified"))
    caplog.set_level(logging.INFO)
    _at_once(driver, elena.raw_press(words("btn.deal_won")), ana.raw_press(on))
    assert "runs again" in caplog.text
    assert stages(driver) == [("new", "won")]
    assert any("Elena Stan, today 11:00: Stage New → Won" in one.text for one in ana.shown)


def test_a_change_to_the_same_is_no_news(
    driver: ChatDriver, ana: Person, elena: Person, popescu: Customer, clock: FakeClock
) -> None:
    """A change that changes no value raises the version alone: the other's card still acts."""
    deal_of(ana, popescu, model="Duster", net=20_000)
    opened(ana)
    card = ana.last
    clock.advance(days=1)
    elena.say("same", act("update_opportunity", client="Popescu", amount=euro(20000), vat="excluded"))
    ana.press(words("btn.stage_on", stage=words("stage.qualified")), on=card)
    assert [one["stage"] for one in deals(driver)] == [Stage.QUALIFIED]
