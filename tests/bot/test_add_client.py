"""A new customer, from a sentence, a form and a shared contact."""

import pytest

from tests.bot.chat_driver import ChatDriver, Person, words
from tests.bot.scripted import act
from tests.factories import keep, make_customer


def test_one_sentence_is_a_client(driver: ChatDriver, ana: Person) -> None:
    """Name, phone, e-mail and source of one message are kept, and told with one press to undo."""
    answer = ana.say(
        "new client",
        act("add_client", client="Ion Popescu", phone="+40722123456", email="ion@example.com", source="website"),
    )
    assert answer.splitlines() == [
        "New client: Ion Popescu",
        "☎ +40 722 123 456",
        "✉ ion@example.com",
        "Source: website",
    ]
    assert len(ana.shown) == 1
    assert [(one["name"], one["source"], one["owner_id"]) for one in driver.customers] == [
        ("Ion Popescu", "website", ana.agent.id)
    ]
    assert ana.press("Undo") == "Undone."
    assert driver.customers == []


def test_a_romanian_agent_is_answered_in_romanian(driver: ChatDriver, mihai: Person) -> None:
    """The answer speaks the agent's language."""
    assert mihai.say("client nou", act("add_client", client="Ion Pop")).startswith("Client nou: Ion Pop")
    assert mihai.press("Dă înapoi") == "Am dat înapoi, e ca înainte."
    assert driver.customers == []


def test_several_names_are_several_clients(driver: ChatDriver, ana: Person) -> None:
    """A phone beside two names belongs to neither."""
    ana.say("new clients", act("add_client", client=["Ana Pop", "Dan Rus"], phone="+40722123456"))
    assert [one["name"] for one in driver.customers] == ["Ana Pop", "Dan Rus"]
    assert driver.rows_of("customer_phones") == []


def test_without_anything_the_name_is_asked_for(driver: ChatDriver, ana: Person) -> None:
    """The menu's button asks for the name, and the next message is it."""
    ana.say("/new")
    assert ana.asked == words("question.name")
    assert "New client: Dan Rus" in ana.say("Dan Rus")
    assert [one["name"] for one in driver.customers] == ["Dan Rus"]


def test_a_phone_alone_is_enough(driver: ChatDriver, ana: Person) -> None:
    """With a phone the name may be skipped: the number stands for it."""
    ana.say("new client 0722123456", act("add_client", phone="+40722123456"))
    ana.press("Skip")
    assert [one["name"] for one in driver.customers] == ["+40 722 123 456"]


def test_a_known_number_leads_to_its_client(driver: ChatDriver, ana: Person) -> None:
    """The own client's number adds nobody, and one press opens whose it is."""
    ana.client("Ion Popescu", "+40722123456")
    answer = ana.say("new client", act("add_client", client="Ionel", phone="+40722123456"))
    assert answer == "Ion Popescu already has this phone or e-mail. I added nothing."
    assert "↩ Undo" not in ana.last.labels
    assert "Ion Popescu" in ana.press("Open")
    assert len(driver.customers) == 1


def test_a_correction_after_a_refused_duplicate_adds_the_client(driver: ChatDriver, ana: Person) -> None:
    """Writing "no, 0733…" after a refused number adds the client under the right one."""
    ana.client("Ion Popescu", "+40722123456")
    ana.say("new client", act("add_client", client="Ionel Rus", phone="+40722123456"))
    ana.say("no, 0733 555 012")
    assert [one["name"] for one in driver.customers] == ["Ion Popescu", "Ionel Rus"]


def test_another_agents_number_tells_the_owner_alone(driver: ChatDriver, ana: Person, mihai: Person) -> None:
    """Who owns the client is all that is told."""
    mihai.client("Secret Person", "+40722123456")
    answer = ana.say("new client", act("add_client", client="Ionel", phone="+40722123456"))
    assert "Mihai Radu" in answer
    assert "Secret" not in answer
    assert len(driver.customers) == 1


def test_a_namesake_is_told(driver: ChatDriver, ana: Person) -> None:
    """A second Ion Popescu is added, and the first is named with the end of his number."""
    ana.client("Ion Popescu", "+40722123456")
    answer = ana.say("new client", act("add_client", client="Ion Popescu", phone="+40733555012"))
    assert "You already have a Ion Popescu …456." in answer
    assert len(driver.customers) == 2


@pytest.mark.parametrize("number", ["40722123456", "+40722123456", "0722 123 456"])
def test_a_shared_contact_is_a_client(driver: ChatDriver, ana: Person, number: str) -> None:
    """A contact from the phone's address book is added, with or without the plus sign that Telegram leaves out."""
    contact = {"phone_number": number, "first_name": "Ștefan", "last_name": "Mă<i>r"}
    answer = ana.message(contact=contact)
    assert answer.splitlines() == ["New client: Ștefan Mă<i>r", "☎ +40 722 123 456"]
    assert len(driver.customers) == 1


def test_ones_own_contact_is_no_client(driver: ChatDriver, ana: Person) -> None:
    """Sharing the own number adds nobody."""
    ana.message(contact={"phone_number": "40722123456", "first_name": "Ana", "user_id": ana.id})
    assert ana.last.text == words("received.own_contact")
    assert driver.customers == []


def test_a_contact_with_an_unusable_number_is_said(driver: ChatDriver, ana: Person) -> None:
    """A short number is told and left out; the name is kept."""
    ana.message(contact={"phone_number": "*100#", "first_name": "Service", "last_name": "Line"})
    assert "is not a phone number I know" in ana.shown[0].text
    assert [one["name"] for one in driver.customers] == ["Service Line"]


def test_a_name_too_long_is_asked_for_again(driver: ChatDriver, ana: Person) -> None:
    """A refused name leaves its question open, and a shorter one is taken."""
    answer = ana.say("new client", act("add_client", client="x" * 201))
    assert "The name is too long" in answer
    ana.say("Dan Rus")
    assert [one["name"] for one in driver.customers] == ["Dan Rus"]


def test_a_client_of_the_company_may_be_known(driver: ChatDriver, ana: Person) -> None:
    """A number of the company portfolio adds nobody either."""
    keep(driver.database, make_customer(name="Acme SRL", phones=("+40722123456",)))
    ana.say("new client", act("add_client", client="Ionel", phone="+40722123456"))
    assert len(driver.customers) == 1


def test_a_name_typed_in_small_letters_is_written_as_names_are(driver: ChatDriver, ana: Person) -> None:
    """One hand on the phone types no capitals; legal forms stay capital."""
    ana.say("one", act("add_client", client="ion vasile-pop"))
    ana.say("two", act("add_client", client="acme trans srl"))
    ana.say("three", act("add_client", client="McDonald impex"))
    assert [one["name"] for one in driver.customers] == ["Ion Vasile-Pop", "Acme Trans SRL", "McDonald impex"]
