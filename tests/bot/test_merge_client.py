"""Merging in the chat: chosen by press or by name, shown before it is done, undone by one press."""

import pytest

from domain.customers import Customer
from tests.bot.chat_driver import ChatDriver, Person, words
from tests.bot.scripted import act


@pytest.fixture
def pair(ana: Person) -> tuple[Customer, Customer]:
    """One person twice."""
    return ana.client("Ion Popescu", "+40722123456"), ana.client("Ioan Popescu", "+40733000111", town="Turda")


def open_merge(person: Person, name: str) -> str:
    """From the card of a customer."""
    person.say(name, act("show_client", client=name))
    person.press("More")
    return person.press("Merge")


def test_from_the_card_to_the_merge_and_back(driver: ChatDriver, ana: Person, pair: tuple[Customer, Customer]) -> None:
    """Who is alike is offered; both are shown; a press merges, another undoes."""
    before = driver.business()
    assert "Ion Popescu" in open_merge(ana, "Ion Popescu")
    shown = ana.press("Ioan Popescu")
    assert "722 123 456" in shown
    assert "733 000 111" in shown
    assert driver.business() == before

    assert "Ioan Popescu" in ana.press("Merge", on=ana.last)

    assert [row["name"] for row in driver.customers] == ["Ion Popescu"]
    assert len(driver.rows_of("customer_phones")) == 2
    assert any("Ioan Popescu" in row["text"] for row in driver.notes)
    ana.press("Undo")
    assert {row["name"] for row in driver.customers} == {"Ion Popescu", "Ioan Popescu"}
    assert driver.notes == []


def test_the_other_one_stays(driver: ChatDriver, ana: Person, pair: tuple[Customer, Customer]) -> None:
    """Which of the two stays can be turned round."""
    open_merge(ana, "Ion Popescu")
    ana.press("Ioan Popescu")
    ana.press("Keep Ioan")
    ana.press("Merge", on=ana.last)
    assert [row["name"] for row in driver.customers] == ["Ioan Popescu"]


def test_by_name(driver: ChatDriver, ana: Person) -> None:
    """Nobody is alike: the other one is asked for by name."""
    ana.client("Ion Popescu")
    ana.client("Acme SRL")
    open_merge(ana, "Ion Popescu")
    shown = ana.say("Acme", act("inform", client="Acme"))
    assert "Acme SRL" in shown
    ana.press("Leave")
    assert len(driver.customers) == 2


def test_old_buttons_of_the_vanished(driver: ChatDriver, ana: Person, pair: tuple[Customer, Customer]) -> None:
    """A card of the one that went says that there is nothing any more, and writes nothing."""
    ana.say("Ioan Popescu", act("show_client", client="Ioan Popescu"))
    old = ana.last
    open_merge(ana, "Ion Popescu")
    ana.press("Ioan Popescu")
    ana.press("Merge", on=ana.last)
    before = driver.business()

    assert ana.press("More", on=old) == words("error.not_found")
    assert driver.business() == before


def test_a_press_that_comes_twice(driver: ChatDriver, ana: Person, pair: tuple[Customer, Customer]) -> None:
    """The card is gone with the first press."""
    open_merge(ana, "Ion Popescu")
    ana.press("Ioan Popescu")
    data, shown = ana.button("Merge", on=ana.last)
    ana.press_data(data, shown.message_id)
    ana.press_data(data, shown.message_id)
    assert len(driver.customers) == 1
    assert ana.toast


def test_the_director_merges_over_portfolios(driver: ChatDriver, ana: Person, mihai: Person, elena: Person) -> None:
    """Whose customer went is told."""
    ana.client("Ion Popescu", "+40722123456")
    mihai.client("Dl Pop", "+40722123456")
    open_merge(elena, "Ion Popescu")
    elena.press("Dl Pop")
    elena.press("Merge", on=elena.last)
    assert len(driver.customers) == 1
    assert len(mihai.shown) + len(ana.shown) == 1


def test_offered_where_a_namesake_is_told(driver: ChatDriver, ana: Person) -> None:
    """Who was just added and is somebody known already: two presses, and what was said of the new one is kept."""
    ana.client("Ion Popescu")
    ana.say("new", act("add_client", client="Ion Popescu", phone="+40733000111"))
    assert len(driver.customers) == 2
    ana.press("Merge")
    ana.press("Merge", on=ana.last)
    assert len(driver.customers) == 1
    assert [row["e164"] for row in driver.rows_of("customer_phones")] == ["+40733000111"]
