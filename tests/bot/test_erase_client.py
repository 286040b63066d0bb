"""Export and erasure by the director's presses: a file, a card that asks, and nothing left afterwards."""

import json

import pytest

from tests.bot.chat_driver import ChatDriver, Person, words
from tests.bot.portfolio_jobs import run_jobs
from tests.bot.scripted import act
from tests.factories import keep, make_card, make_note, make_opportunity
from tests.storage.test_erasure import everything_kept


@pytest.fixture
def talked(driver: ChatDriver, ana: Person, elena: Person) -> int:
    """A customer of whom was spoken in two chats."""
    customer = ana.client("Ion Țuțuianu", "+40722123456")
    keep(driver.database, make_note(customer_id=customer.id, author_id=ana.agent.id, text="Likes red"))
    keep(driver.database, make_opportunity(customer_id=customer.id, owner_id=ana.agent.id, net=20_000))
    ana.say("call Tutuianu", act("log_activity", kind="call", client="Tutuianu", outcome="reached"))
    elena.say("Tutuianu", act("show_client", client="Tutuianu"))
    elena.press("More")
    return customer.id


def test_erased_for_good(driver: ChatDriver, ana: Person, elena: Person, talked: int) -> None:
    """Asked first; then no table has the person, the chats neither, and the deal keeps its value."""
    asked = elena.press("Erase for good")
    assert "Ion Țuțuianu" in asked
    assert driver.customers[0]["name"] == "Ion Țuțuianu"
    elena.press("Erase for good", on=elena.last)

    run_jobs(driver)

    left = everything_kept(driver.database)
    assert [trace for trace in ("Țuțuianu", "Tutuianu", "722123456", "Likes red") if trace in left] == []
    for person in (ana, elena):
        named = [one.message_id for one in person.shown if "Țuțuianu" in one.text]
        assert set(named) <= set(driver.telegram.deleted)
    assert words("erase.done") in elena.last.text
    assert driver.rows_of("opportunities")[0]["net_minor"] == 2_000_000
    assert driver.customers[0]["name"] == words("erase.nameless")
    assert "Undo" not in str(elena.last.labels)


def test_left_as_it_is(driver: ChatDriver, elena: Person, talked: int) -> None:
    """Nothing happens without the second press."""
    elena.press("Erase for good")
    elena.press("Leave", on=elena.last)
    assert run_jobs(driver) == 0
    assert driver.customers[0]["name"] == "Ion Țuțuianu"


def test_erased_twice(driver: ChatDriver, elena: Person, talked: int) -> None:
    """Of two that were confirmed, the second is told that there is nobody."""
    elena.press("Erase for good")
    first = elena.last
    menu = elena.shown[-2]
    elena.press("Erase for good", on=menu)
    second = elena.last
    elena.press("Erase for good", on=first)
    elena.press("Erase for good", on=second)
    run_jobs(driver)
    assert words("error.not_found") in {one.text for one in elena.shown}


def test_an_agent_sees_no_such_buttons(ana: Person, talked: int) -> None:
    """Export and erasure stand on the director's card alone."""
    ana.say("Tutuianu", act("show_client", client="Tutuianu"))
    ana.press("More")
    for label in ("Erase", "Export", "Hand over"):
        with pytest.raises(LookupError):
            ana.button(label)


def test_export(driver: ChatDriver, elena: Person, talked: int) -> None:
    """A JSON file with everything that is kept."""
    elena.press("Export")
    run_jobs(driver)
    (file,) = driver.rows_of("files")
    exported = json.loads(file["data"])
    assert exported["customer"]["name"] == "Ion Țuțuianu"
    assert exported["customer"]["phones"][0]["e164"] == "+40722123456"
    assert exported["owner"] == "Ana Ionescu"
    assert [note["text"] for note in exported["notes"]] == ["Likes red"]
    assert exported["activities"][0]["outcome"] == "reached"
    assert exported["deals"][0]["value"]["minor"] == 2_000_000
    assert exported["mentioned_in"]
    assert [name for name, _ in driver.telegram.documents[elena.id]] == [f"client-{talked}.json"]


def test_its_deal_can_still_be_closed(driver: ChatDriver, ana: Person, elena: Person, talked: int) -> None:
    """The deal that stays without a name is listed, opens, and is lost by a press."""
    elena.press("Erase for good")
    elena.press("Erase for good", on=elena.last)
    run_jobs(driver)
    deal = driver.rows_of("opportunities")[0]["id"]
    assert words("erase.nameless") in ana.say("deals", act("list_opportunities"))
    for name, args in (("deal.open", {"deal": deal}), ("deal.lose", {"deal": deal, "reason": "other"})):
        card = make_card(agent_id=ana.agent.id, token=name, actions=[{"do": name, "args": args}], chat_id=ana.id)
        with driver.database.command_unit("card") as unit:
            unit.add_card(card)
        assert ana.press_data(f"{name}:1:0") != words("error.not_found")
    assert driver.rows_of("opportunities")[0]["stage"] == "lost"
