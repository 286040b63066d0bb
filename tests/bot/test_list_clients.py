"""The list of customers, page by page."""

from datetime import timedelta

from domain.customers import Source
from tests.bot.chat_driver import NOON, ChatDriver, Person, words
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


def test_by_source_and_by_when_they_came(ana: Person) -> None:
    """A list narrowed by source or period says so, keeps to it page by page, and tells where nobody fits."""
    for number in range(11):
        ana.client(f"Client {number:02}", source=Source.WEBSITE)
    ana.client("Ion Popescu", source=Source.REFERRAL, created_at=NOON - timedelta(days=40))
    assert ana.say("from the website", act("list_clients", source="website")).splitlines()[0] == "11 clients · website"
    page = ana.last
    ana.press("Later", on=page)
    assert [one.strip() for one in page.text.splitlines()] == ["11 clients · website", "11. Client 10"]
    february = {"from": "2026-02-01", "to": "2026-02-28"}
    answer = ana.say("of this month", act("list_clients", period=february))
    assert answer.splitlines()[0] == "11 clients · added 1–28 Feb"
    nobody = ana.say("both", act("list_clients", period=february, source="referral"))
    assert nobody == "No clients fit · referral · added 1–28 Feb"
