"""Clients by one message each, as the trained model understands them, in both languages."""

import pytest

from tests.bot.chat_driver import ChatDriver
from tests.bot.test_by_model import agent
from tests.bot.test_update_client import reach

pytestmark = pytest.mark.nlu


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "new client Beta SRL, contact Dan Rus 0745 111 222"),
        ("ro", "client nou Beta SRL, persoana de contact Dan Rus 0745 111 222"),
    ],
)
def test_a_company_with_its_contact_person(nlu_driver: ChatDriver, language: str, text: str) -> None:
    """The company is one client, the person with the number is its contact."""
    ana = agent(nlu_driver, language)
    ana.say(text)
    assert nlu_driver.customers[-1]["name"] == "Beta SRL"
    assert len(nlu_driver.customers) == 4
    assert [(one["name"], one["phone"]) for one in nlu_driver.rows_of("contact_persons")] == [
        ("Dan Rus", "+40745111222")
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "Popescu's new number is 0744 111 222"), ("ro", "schimbă telefonul lui Popescu în 0744 111 222")],
)
def test_a_new_number(nlu_driver: ChatDriver, language: str, text: str) -> None:
    """The new number is first, the old one kept."""
    agent(nlu_driver, language).say(text)
    assert reach(nlu_driver, nlu_driver.customers[0]["id"]) == ["+40744111222", "+40722123456"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Popescu trades in a 2017 Golf, 120k km, wants 8k"),
        ("ro", "Popescu dă la schimb un Golf din 2017, 120 mii km, vrea 8000 euro"),
    ],
)
def test_a_trade_in(nlu_driver: ChatDriver, language: str, text: str) -> None:
    """Model, year, mileage and price are kept without a question."""
    ana = agent(nlu_driver, language)
    ana.say(text)
    assert len(ana.shown) == 1
    (car,) = nlu_driver.rows_of("vehicles")
    assert [car[name] for name in ("model", "year", "mileage", "price_minor")] == ["Golf", 2017, 120_000, 800_000]


@pytest.mark.parametrize(
    ("language", "text"), [("en", "what's Popescu's number?"), ("ro", "care e numărul lui Popescu?")]
)
def test_a_phone_number(nlu_driver: ChatDriver, language: str, text: str) -> None:
    """One message, and the number stands at the top of the answer."""
    ana = agent(nlu_driver, language)
    assert ana.say(text).splitlines()[1] == "☎ +40 722 123 456"
