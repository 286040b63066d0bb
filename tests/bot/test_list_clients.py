"""The list of customers, page by page."""

from tests.bot.chat_driver import ChatDriver, Person, words
from tests.bot.scripted import act
from tests.factories import keep, make_customer


def test_nobody_yet_leads_to_the_first_client(ana: Person) -> None:
    """An empty list offers to add."""
    assert ana.say("/clients") == words("clients.none")
    ana.press("New client")
    assert ana.asked == words("question.name")


def test_ten_a_page_in_one_message(ana: Person) -> None:
    """Later and earlier redraw the same message; a name opens its card."""
    for number in range(12):
        ana.client(f"Client {number:02}", f"+4072200000{number % 10}" if number < 10 else "+40722000110")
    ana.say("my clients", act("list_clients"))
    page = ana.last
    assert page.text.splitlines()[0] == "12 clients"
    assert page.text.splitlines()[1] == "1. Client 00 +40 722 000 000"
    assert len(page.text.splitlines()) == 11
    assert ana.press("Later") == ""
    assert page.text.splitlines()[1].startswith("11. Client 10")
    assert ana.press("Client 11").startswith("Client 11")
    ana.press("Earlier", on=page)
    assert page.text.splitlines()[1].startswith("1. Client 00")


def test_only_the_own_portfolio(driver: ChatDriver, ana: Person, mihai: Person) -> None:
    """Others' clients are not listed; the company's are on request."""
    mihai.client("Secret Person")
    keep(driver.database, make_customer(name="Acme SRL"))
    ana.client("Ion Popescu")
    assert "Secret" not in ana.say("my clients", act("list_clients"))
    answer = ana.say("company clients", act("list_clients", portfolio="company"))
    assert answer.splitlines()[0] == "1 client"
    assert "Acme SRL" in answer
