"""Presses: whose card, which state of it, how old, how often."""

import pytest

from storage.tables import queues
from tests.bot.chat_driver import ChatDriver, Person, words
from tests.bot.scripted import act
from tests.fakes import FakeClock

FORGED = (
    "",
    "x",
    "::",
    "nope:1:0",
    "nope:1",
    "{token}:1:99",
    "{token}:1:-1",
    "{token}:99:0",
    "{token}:1:0x0",
    "{token}:1:²",
    "{token}:1:0:0",
    '{token}:1:0{"client":1}',
)


@pytest.mark.parametrize("data", FORGED)
def test_a_forged_press_changes_nothing(driver: ChatDriver, ana: Person, data: str) -> None:
    """Whatever the data, a toast says so and nothing is written."""
    ana.planned(ana.client("Ion Popescu"))
    ana.say("/agenda")
    token = driver.rows(queues.cards)[0]["token"]
    before = driver.business()
    assert ana.press_data(data.replace("{token}", token)) == ""
    assert ana.toast
    assert driver.business() == before


def test_another_agents_card(driver: ChatDriver, ana: Person, mihai: Person) -> None:
    """A token that another agent learnt does nothing for him."""
    ana.planned(ana.client("Ion Popescu"))
    ana.say("/agenda")
    data, _ = ana.button("✓ 1")
    before = driver.business()
    assert mihai.press_data(data) == ""
    assert mihai.toast
    assert driver.business() == before


def test_an_older_state_of_the_message(driver: ChatDriver, ana: Person) -> None:
    """A press that was on its way while the list changed does not hit the wrong line."""
    ion = ana.client("Ion Popescu")
    ana.planned(ion)
    ana.planned(ana.client("Maria Rus"))
    ana.say("/agenda")
    first, shown = ana.button("✓ 1")
    ana.press_data(first, shown.message_id)
    before = driver.business()
    assert ana.press_data(first, shown.message_id) == ""
    assert ana.toast == words("press.changed")
    assert driver.business() == before


def test_a_card_of_last_month(driver: ChatDriver, ana: Person, clock: FakeClock) -> None:
    """A button lives two weeks."""
    ana.planned(ana.client("Ion Popescu"))
    ana.say("/agenda")
    clock.advance(days=15)
    before = driver.business()
    assert ana.press("✓ 1") == ""
    assert ana.toast == words("press.expired")
    assert driver.business() == before


@pytest.mark.parametrize("label", ["Undo", "Again tomorrow"])
def test_a_double_press_acts_once(driver: ChatDriver, ana: Person, label: str) -> None:
    """Two presses that arrive together do it once."""
    ana.client("Ion Popescu")
    ana.say("called", act("log_activity", client="Popescu", kind="call", outcome="no_answer"))
    data, shown = ana.button(label)
    ana.press_data(data, shown.message_id)
    after = driver.business()
    ana.press_data(data, shown.message_id)
    assert driver.business() == after


def test_an_answer_to_a_form_that_is_gone(driver: ChatDriver, ana: Person) -> None:
    """A button of a cancelled question says that it is too old, and loses its keyboard."""
    ana.client("Ion Popescu")
    ana.say("call", act("schedule_activity", client="Popescu", kind="call"))
    asked = ana.last
    ana.say("cancel")
    ana.press("tomorrow", on=asked)
    assert ana.toast == words("press.expired")
    assert asked.labels == []
    assert driver.activities == []


def test_an_answer_to_a_question_that_was_answered(driver: ChatDriver, ana: Person) -> None:
    """A button of the first question does not answer the second."""
    ana.client("Ion Popescu")
    ana.say("/menu")
    ana.press("Schedule")
    first = ana.last
    data, _ = ana.button("test drive", on=first)
    ana.press("call", on=first)
    ana.press_data(data, first.message_id)
    assert ana.toast
    ana.say("Popescu")
    ana.say("tomorrow")
    assert [one["kind"] for one in driver.activities] == ["call"]


def test_a_client_that_was_handed_over_meanwhile(driver: ChatDriver, ana: Person, mihai: Person) -> None:
    """A button drawn while the client was one's own is authorised anew when it is pressed."""
    ion = ana.client("Ion Popescu")
    ana.say("find popescu", act("show_client", client="Popescu"))
    card = ana.last
    with driver.database.command_unit("hand over") as unit:
        customer = unit.customers.get(ion.id)
        assert customer is not None
        customer.owner_id = mihai.agent.id
    assert "Ion Popescu" not in ana.press("History", on=card)
    before = driver.business()
    ana.press("Log a call", on=card)
    assert driver.business() == before
