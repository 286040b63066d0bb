"""Asking for a customer: the director decides once, both agents hear, and nothing is told of a colleague's customer."""

import pytest

from domain.team import Role
from tests.bot.chat_driver import ChatDriver, Person, words
from tests.bot.scripted import act
from tests.factories import keep, make_activity, make_customer, make_opportunity

ASKED = words("request.sent")


def ask(person: Person, name: str) -> str:
    """By a message."""
    return person.say(f"let me have {name}", act("request_client", client=name, portfolio="company"))


def test_of_the_company_portfolio(driver: ChatDriver, ana: Person, elena: Person) -> None:
    """Asked, given, told; one undo of the director's takes it back."""
    customer = make_customer(name="Ion Popescu", phones=("+40722123456",))
    keep(driver.database, customer)
    assert ask(ana, "Popescu") == ASKED
    assert "Ana Ionescu" in elena.last.text
    assert "Ion Popescu" in elena.last.text

    elena.press("Give to Ana")

    assert driver.customers[0]["owner_id"] == ana.agent.id
    assert "Ion Popescu" in ana.last.text
    elena.press("Undo")
    assert driver.customers[0]["owner_id"] is None


def test_a_refusal_is_told(driver: ChatDriver, ana: Person, elena: Person) -> None:
    """The customer stays where it is, and may be asked for again."""
    keep(driver.database, make_customer(name="Ion Popescu"))
    ask(ana, "Popescu")
    elena.press("Refuse")
    assert ana.last.text == words("request.refused_of", who="Ion Popescu")
    assert ask(ana, "Popescu") == ASKED


def test_asked_twice(driver: ChatDriver, ana: Person, elena: Person) -> None:
    """The director is asked once."""
    keep(driver.database, make_customer(name="Ion Popescu"))
    ask(ana, "Popescu")
    assert ask(ana, "Popescu") == words("request.open")
    assert len(elena.shown) == 1


def test_two_directors(driver: ChatDriver, ana: Person, elena: Person) -> None:
    """Both are asked; the second press finds it decided."""
    dan = driver.person(12).joined(name="Dan Pop", role=Role.DIRECTOR)
    keep(driver.database, make_customer(name="Ion Popescu"))
    ask(ana, "Popescu")
    elena.press("Refuse")
    assert dan.press("Give to Ana") == words("error.request_refused", agent="Ana Ionescu")
    assert driver.customers[0]["owner_id"] is None


def test_a_colleagues_customer_comes_with_its_work(
    driver: ChatDriver, ana: Person, mihai: Person, elena: Person
) -> None:
    """By the number, through the button that names the owner alone: given, both agents are told."""
    customer = mihai.client("Ion Popescu", "+40722123456")
    keep(driver.database, make_activity(agent_id=mihai.agent.id, customer_id=customer.id))
    keep(driver.database, make_opportunity(customer_id=customer.id, owner_id=mihai.agent.id))
    said = ana.say("new", act("add_client", client="Gigi", phone="0722123456"))
    assert "Popescu" not in said
    assert "Mihai Radu" in said
    assert ana.press("director") == ASKED
    elena.press("Give to Ana")
    assert "Ion Popescu" in ana.last.text
    assert "Ion Popescu" in mihai.last.text
    assert "Ana Ionescu" in mihai.last.text
    assert driver.activities[0]["agent_id"] == ana.agent.id
    assert driver.rows_of("opportunities")[0]["owner_id"] == ana.agent.id


def test_a_refusal_of_a_colleagues_names_nobody(driver: ChatDriver, ana: Person, mihai: Person, elena: Person) -> None:
    """Who asks by a number does not learn the name from the refusal."""
    mihai.client("Ion Popescu", "+40722123456")
    ana.say("new", act("add_client", client="Gigi", phone="0722123456"))
    ana.press("director")
    elena.press("Refuse")
    assert "Popescu" not in ana.last.text
    assert "Mihai Radu" in ana.last.text


@pytest.mark.parametrize("exists", [True, False])
def test_a_name_that_the_company_has_not(
    driver: ChatDriver, ana: Person, mihai: Person, elena: Person, *, exists: bool
) -> None:
    """The answers are the same whether or not a colleague has the customer; the director sees who may be meant."""
    if exists:
        mihai.client("Ion Popescu", "+40722123456")
    assert ask(ana, "Popescu") == words("request.not_in_company", name="Popescu")
    assert ana.press("director") == ASKED
    if exists:
        elena.press("Give Ion Popescu")
        assert driver.customers[0]["owner_id"] == ana.agent.id
        assert "Ion Popescu" in ana.last.text
    else:
        assert elena.last.text == words("request.wanted_nobody", agent="Ana Ionescu", name="Popescu")


def test_an_own_customer(driver: ChatDriver, ana: Person, elena: Person) -> None:
    """It is theirs already."""
    ana.client("Ion Popescu")
    assert ask(ana, "Popescu") == words("request.own", who="Ion Popescu")
    assert elena.shown == []


def test_without_a_director(driver: ChatDriver, ana: Person) -> None:
    """It is said that nobody can decide."""
    keep(driver.database, make_customer(name="Ion Popescu"))
    assert ask(ana, "Popescu") == words("request.no_director")


def test_the_director_takes(driver: ChatDriver, mihai: Person, elena: Person) -> None:
    """Who decides need not ask."""
    mihai.client("Ion Popescu")
    ask(elena, "Popescu")
    assert driver.customers[0]["owner_id"] == elena.agent.id
    assert "Ion Popescu" in mihai.last.text


def test_no_name(driver: ChatDriver, ana: Person, elena: Person) -> None:
    """Whom is asked, and the answer is looked up in the company portfolio."""
    keep(driver.database, make_customer(name="Ion Popescu"))
    ana.say("a client from the company", act("request_client"))
    assert ana.say("Popescu", act("inform", client="Popescu")) == ASKED
