"""The deputy decides while no director is there, or when none has answered for four hours; and nobody else does."""

import pytest

from actions.schedule import tick
from storage.tables import business
from tests.bot.chat_driver import ChatDriver, Person, words
from tests.bot.scripted import act
from tests.bot.showroom import put_on_shelf
from tests.bot.test_offers import CAR
from tests.factories import keep, make_absence, make_customer
from tests.fakes import FakeClock


@pytest.fixture
def deputy(driver: ChatDriver, elena: Person) -> Person:
    """Vlad, who is an agent and the deputy."""
    return driver.person(10).joined(name="Vlad Pop", deputy=True)


@pytest.fixture
def seller(driver: ChatDriver, ana: Person) -> Person:
    """Ana, with a client."""
    put_on_shelf(driver.database)
    ana.client("Ion Popescu", "+40722000111")
    return ana


def ask_discount(seller: Person) -> None:
    """An offer over the limit."""
    seller.say("offer", act("create_offer", client="Popescu", percent="8", **CAR))


def later(driver: ChatDriver, clock: FakeClock, hours: int) -> None:
    """Time passes, and the scheduler ticks."""
    clock.advance(hours=hours, minutes=1)
    tick(driver.database.due)
    driver.settle()


def offer_states(driver: ChatDriver) -> list[str]:
    """Where the offers stand."""
    return [row["status"].value for row in driver.rows(business.offers)]


def asks(person: Person) -> int:
    """How often the person was asked for a discount."""
    return sum("asks for a discount" in one.text for one in person.shown)


def test_a_discount_while_the_director_is_away(
    driver: ChatDriver, seller: Person, elena: Person, deputy: Person
) -> None:
    """The deputy is asked at once, the absent director is not; the deputy's word counts."""
    keep(driver.database, make_absence(agent_id=elena.agent.id))
    ask_discount(seller)
    assert (asks(elena), asks(deputy)) == (0, 1)
    deputy.press("Approve")
    assert offer_states(driver) == ["issued"]


def test_a_discount_that_no_director_answers(
    driver: ChatDriver, seller: Person, elena: Person, deputy: Person, clock: FakeClock
) -> None:
    """The director is reminded after two hours, the deputy is asked after four, each once; a day ends the wait."""
    ask_discount(seller)
    later(driver, clock, 2)
    assert (asks(elena), asks(deputy)) == (2, 0)
    later(driver, clock, 2)
    later(driver, clock, 1)
    assert (asks(elena), asks(deputy)) == (2, 1)
    later(driver, clock, 20)
    assert offer_states(driver) == ["expired"]


def test_the_deputy_is_not_asked_early(driver: ChatDriver, seller: Person, elena: Person, deputy: Person) -> None:
    """A press on a card from the director's absence does nothing once the director is back."""
    absence = make_absence(agent_id=elena.agent.id)
    keep(driver.database, absence)
    ask_discount(seller)
    with driver.database.engine.begin() as connection:
        connection.execute(business.absences.delete())
    assert deputy.press("Approve") == words("error.not_allowed")
    assert offer_states(driver) == ["waiting"]


def test_nobody_decides_on_the_own_wish(driver: ChatDriver, elena: Person, deputy: Person) -> None:
    """With the director away, the deputy's own discount goes to the director all the same."""
    put_on_shelf(driver.database)
    deputy.client("Ion Popescu")
    keep(driver.database, make_absence(agent_id=elena.agent.id))
    ask_discount(deputy)
    assert (asks(elena), asks(deputy)) == (1, 0)


def test_requests_go_the_same_way(
    driver: ChatDriver, ana: Person, elena: Person, deputy: Person, clock: FakeClock
) -> None:
    """A request reaches the deputy after four hours, without a way into the client's card; granted, it counts."""
    keep_free(driver, "Ion Popescu")
    ana.say("popescu", act("request_client", client="Popescu"))
    later(driver, clock, 2)
    assert sum("Ana Ionescu asks for" in one.text for one in elena.shown) == 2
    assert deputy.shown == []
    later(driver, clock, 2)
    deputy.press("Give")
    driver.settle()
    assert driver.customers[0]["owner_id"] == ana.agent.id


def test_a_request_that_nobody_decides_ends(driver: ChatDriver, ana: Person, elena: Person, clock: FakeClock) -> None:
    """After a day the agent hears so, once, and may ask anew."""
    keep_free(driver, "Ion Popescu")
    ana.say("popescu", act("request_client", client="Popescu"))
    later(driver, clock, 24)
    later(driver, clock, 1)
    assert sum("Nobody decided" in one.text for one in ana.shown) == 1
    assert [row["granted"] for row in driver.rows(business.client_requests)] == [False]
    ana.say("popescu", act("request_client", client="Popescu"))
    assert len(driver.rows(business.client_requests)) == 2


def keep_free(driver: ChatDriver, name: str) -> None:
    """A client of the company portfolio."""
    keep(driver.database, make_customer(name=name))
