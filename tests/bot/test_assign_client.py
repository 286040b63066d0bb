"""The director hands customers over by one message, and all of an agent's after a look."""

import pytest

from tests.bot.chat_driver import ChatDriver, Person, words
from tests.bot.portfolio_jobs import run_jobs
from tests.bot.scripted import act


def test_several_by_one_message(driver: ChatDriver, ana: Person, mihai: Person, elena: Person) -> None:
    """Each is handed over and told; one undo takes all back."""
    ana.client("Ion Popescu")
    ana.client("Acme SRL")
    said = elena.say("give", act("assign_client", client=["Popescu", "Acme"], agent="Mihai"))
    assert "Ion Popescu" in said
    assert "Acme SRL" in said
    assert {row["owner_id"] for row in driver.customers} == {mihai.agent.id}
    assert "Ion Popescu" in ana.shown[0].text
    assert "Acme SRL" in mihai.last.text
    elena.press("Undo")
    assert {row["owner_id"] for row in driver.customers} == {ana.agent.id}


def test_whom_to_is_asked(driver: ChatDriver, ana: Person, mihai: Person, elena: Person) -> None:
    """The team stands as buttons, the company portfolio too; a name that nobody bears asks again."""
    ana.client("Ion Popescu")
    elena.say("give", act("assign_client", client="Popescu", agent="Vlad"))
    assert elena.asked == words("question.agent_unknown", name="Vlad")
    elena.press("Company portfolio")
    assert driver.customers[0]["owner_id"] is None


def test_an_agent_may_not(driver: ChatDriver, ana: Person, mihai: Person) -> None:
    """The refusal is the same for an own customer, a colleague's and one that is not there."""
    ana.client("Ion Popescu")
    mihai.client("Dan Stoica")
    before = driver.business()
    said = {
        ana.say(f"give {name}", act("assign_client", client=name, agent="Mihai"))
        for name in ("Popescu", "Stoica", "Nobody")
    }
    assert said == {words("error.not_allowed")}
    assert driver.business() == before


def test_all_of_an_agents(driver: ChatDriver, ana: Person, mihai: Person, elena: Person) -> None:
    """Counted and confirmed, done in steps, told to both, undone by one press."""
    for number in range(60):
        ana.client(f"Client {number}")
    said = elena.say("all", act("assign_client", from_agent="Ana", agent="Mihai"))
    assert "60 clients" in said
    assert {row["owner_id"] for row in driver.customers} == {ana.agent.id}
    elena.press("Hand over all")

    assert run_jobs(driver) == 4

    assert {row["owner_id"] for row in driver.customers} == {mihai.agent.id}
    assert "60" in elena.last.text
    assert "60" in ana.last.text
    assert "60" in mihai.last.text
    elena.press("Undo")
    assert {row["owner_id"] for row in driver.customers} == {ana.agent.id}


@pytest.mark.parametrize("name", ["Vlad", "Ana"])
def test_all_of_nobody(driver: ChatDriver, ana: Person, mihai: Person, elena: Person, name: str) -> None:
    """An unknown agent, or one without customers, is said."""
    said = elena.say("all", act("assign_client", from_agent=name, agent="Mihai"))
    assert name in said
    assert run_jobs(driver) == 0


def test_from_the_card(driver: ChatDriver, ana: Person, mihai: Person, elena: Person) -> None:
    """The director's card of a customer has it too."""
    ana.client("Ion Popescu")
    elena.say("Popescu", act("show_client", client="Popescu"))
    elena.press("More")
    elena.press("Hand over")
    elena.press("Mihai Radu")
    assert driver.customers[0]["owner_id"] == mihai.agent.id
