"""A client is changed by message: numbers, town, name, consent, contact persons; and what is known elsewhere stays there."""

import pytest

from domain.reach import Way, values_of
from tests.bot.chat_driver import ChatDriver, Person, words
from tests.bot.scripted import act
from tests.factories import keep, make_customer


def reach(driver: ChatDriver, customer_id: int, way: Way = Way.PHONE) -> list[str]:
    """The client's numbers or addresses, the first being the one to use."""
    with driver.database.command_unit("look") as unit:
        customer = unit.customers.get(customer_id)
        assert customer is not None
        return values_of(customer, way)


def test_a_new_address_comes_first_and_the_old_is_kept(driver: ChatDriver, ana: Person) -> None:
    """One message, one answer with both; one press takes the old one off, another takes the change back."""
    ion = ana.client("Ion Popescu", "+40722123456", emails=("old@x.ro",))
    answer = ana.say("Popescu moved to ion@x.ro", act("update_client", client="Popescu", email="ion@x.ro"))
    assert answer.splitlines() == ["Changed: Ion Popescu …456", "✉ ion@x.ro (kept too: old@x.ro)"]
    assert len(ana.shown) == 1
    assert reach(driver, ion.id, Way.EMAIL) == ["ion@x.ro", "old@x.ro"]
    changed = ana.last
    ana.press("Remove old@x.ro", on=changed)
    assert reach(driver, ion.id, Way.EMAIL) == ["ion@x.ro"]
    ana.press("Undo")
    ana.press("Undo", on=changed)
    assert reach(driver, ion.id, Way.EMAIL) == ["old@x.ro"]


def test_a_number_replaces_where_that_is_said(driver: ChatDriver, ana: Person) -> None:
    """Saying "replace" takes the first number off; the others stay."""
    ion = ana.client("Ion Popescu", "+40722123456", "+40733555012")
    text = "replace Popescu's number with 0744 111 222"
    ana.say(text, act("update_client", text, client="Popescu", phone="+40744111222"))
    assert reach(driver, ion.id) == ["+40744111222", "+40733555012"]


@pytest.mark.parametrize("text", ["schimbă telefonul lui Popescu în 0744 111 222", "Popescu 0744 111 222"])
def test_a_number_for_a_known_client_comes_first(driver: ChatDriver, ana: Person, text: str) -> None:
    """Changing a number, or giving it beside a name alone, loses nothing."""
    ion = ana.client("Ion Popescu", "+40722123456")
    ana.say(text, act("update_client", text, client="Popescu", phone="+40744111222"))
    assert reach(driver, ion.id) == ["+40744111222", "+40722123456"]


def test_several_values_of_one_message(driver: ChatDriver, ana: Person) -> None:
    """Number, address, source and town are all kept, and one press takes them back."""
    ion = ana.client("Ion Popescu")
    text = "Popescu moved to Brasov, 0744 111 222, ion@x.ro, from a referral"
    entities = {"phone": "+40744111222", "email": "ion@x.ro", "source": "referral"}
    ana.say(text, act("update_client", text, client="Popescu", **entities))
    (row,) = driver.customers
    assert (row["town"], row["source"]) == ("Brașov", "referral")
    assert (reach(driver, ion.id), reach(driver, ion.id, Way.EMAIL)) == (["+40744111222"], ["ion@x.ro"])
    ana.press("Undo")
    (row,) = driver.customers
    assert (row["town"], row["source"], reach(driver, ion.id)) == (None, None, [])


@pytest.mark.parametrize(
    ("text", "column", "value"),
    [
        ("rename Popescu to Ion Vasile", "name", "Ion Vasile"),
        ("schimbă numele lui Popescu în Ion Vasile", "name", "Ion Vasile"),
        ("Popescu moved to Cluj", "town", "Cluj-Napoca"),
        ("Popescu s-a mutat în Săliștea", "town", "Săliștea"),
        ("Popescu's CUI is RO 14399840", "tax_id", "14399840"),
        ("Popescu e firmă", "kind", "company"),
    ],
)
def test_what_is_said_in_words(driver: ChatDriver, ana: Person, text: str, column: str, value: str) -> None:
    """Name, town, tax number and sort are read from the sentence."""
    ana.client("Ion Popescu")
    ana.say(text, act("update_client", text, client="Popescu"))
    (row,) = driver.customers
    assert row[column] == value


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("Popescu agreed to marketing", True),
        ("Popescu e de acord cu marketingul", True),
        ("Popescu does not want marketing any more", False),
        ("Popescu nu mai vrea marketing", False),
    ],
)
def test_consent_by_message_is_kept_with_its_sentence(driver: ChatDriver, ana: Person, text: str, given: bool) -> None:
    """What was agreed to, or not, is kept with the sentence that stands for it, and shown with it."""
    ana.client("Ion Popescu")
    answer = ana.say(text, act("update_client", text, client="Popescu"))
    (consent,) = driver.rows_of("consents")
    sentence = words("consent.wording_marketing")
    assert (consent["purpose"], consent["given"], consent["wording"]) == ("marketing", given, sentence)
    assert sentence in answer


def test_consent_in_romanian_is_kept_in_romanian(driver: ChatDriver, mihai: Person) -> None:
    """The wording is that of the language in which it was read out."""
    mihai.client("Ion Popescu")
    text = "Popescu e de acord să fie contactat"
    mihai.say(text, act("update_client", text, client="Popescu"))
    (consent,) = driver.rows_of("consents")
    assert (consent["purpose"], consent["wording"]) == ("contact", words("consent.wording_contact", "ro"))


def test_a_contact_person_is_added_by_message(driver: ChatDriver, ana: Person) -> None:
    """A "contact at Acme: …" adds the person with number, address and role, and nothing to the company itself."""
    acme = ana.client("Acme SRL", "+40212000100")
    text = "contact at Acme: Dan Rus, fleet manager, 0745 111 222, dan@acme.ro"
    entities = {"client": "Acme", "phone": "+40745111222", "email": "dan@acme.ro"}
    ana.say(text, act("update_client", text, **entities))
    (contact,) = driver.rows_of("contact_persons")
    assert [contact[name] for name in ("customer_id", "name", "role", "phone", "email")] == [
        acme.id,
        "Dan Rus",
        "fleet manager",
        "+40745111222",
        "dan@acme.ro",
    ]
    assert reach(driver, acme.id) == ["+40212000100"]


def test_a_contact_persons_new_number_is_theirs(driver: ChatDriver, ana: Person) -> None:
    """Named by the contact person, the company's client gets the number on that person."""
    acme = ana.client("Acme SRL", "+40212000100")
    text = "contact at Acme: Dan Rus"
    ana.say(text, act("update_client", text, client="Acme"))
    ana.say("Rus's number is 0745 111 222", act("update_client", client="Rus", phone="+40745111222"))
    assert [row["phone"] for row in driver.rows_of("contact_persons")] == ["+40745111222"]
    assert reach(driver, acme.id) == ["+40212000100"]


def test_ones_own_number_elsewhere_is_asked_about(driver: ChatDriver, ana: Person) -> None:
    """The other client is opened, or the number shared for a reason; an address of the same message is kept at once."""
    ion = ana.client("Ion Popescu", "+40722123456")
    maria = ana.client("Maria Ionescu")
    entities = {"client": "Ionescu", "phone": "+40722123456", "email": "maria@x.ro"}
    answer = ana.say("Ionescu …", act("update_client", **entities))
    assert "Ion Popescu already has this phone" in answer
    assert reach(driver, maria.id, Way.EMAIL) == ["maria@x.ro"]
    ana.press("Add anyway")
    ana.press("Shared family")
    assert (reach(driver, maria.id), reach(driver, ion.id)) == (["+40722123456"], ["+40722123456"])
    assert [(one["customer_id"], one["text"]) for one in driver.notes] == [(maria.id, words("anyway.family"))]


def test_another_agents_number_is_refused(driver: ChatDriver, ana: Person, mihai: Person) -> None:
    """The owner is told, and nothing of the client."""
    mihai.client("Secret Person", "+40722123456")
    ion = ana.client("Ion Popescu")
    answer = ana.say("…", act("update_client", client="Popescu", phone="+40722123456"))
    assert "Mihai Radu" in answer
    assert "Secret" not in answer
    assert ana.last.labels == [words("btn.ask_director")]
    assert reach(driver, ion.id) == []


def test_with_nothing_said_the_fields_are_shown(driver: ChatDriver, ana: Person) -> None:
    """Who only wants to change somebody chooses what."""
    ana.client("Ion Popescu")
    answer = ana.say("change Popescu", act("update_client", client="Popescu"))
    assert answer.startswith("What shall I change of Ion Popescu?")
    assert {"Name", "Phone", "E-mail", "Town", "Source"} <= set(ana.last.labels)


def test_another_agents_client_cannot_be_changed(driver: ChatDriver, ana: Person, mihai: Person) -> None:
    """A name of another portfolio is unknown, and one of the company's may only be read."""
    mihai.client("Ion Popescu")
    keep(driver.database, make_customer(name="Acme SRL"))
    before = driver.business()
    ana.say("one", act("update_client", client="Popescu", phone="+40722123456"))
    assert "I don't know “Popescu” yet" in ana.last.text
    ana.say("/cancel")
    ana.say("two", act("update_client", client="Acme", phone="+40722123456"))
    assert driver.business() == before


def test_a_correction_puts_the_right_number(driver: ChatDriver, ana: Person) -> None:
    """A "no, 0745…" takes the wrong number back."""
    ion = ana.client("Ion Popescu", "+40722123456")
    ana.say("Popescu's new number is 0744 111 222", act("update_client", client="Popescu", phone="+40744111222"))
    ana.say("no, 0745 111 222")
    assert reach(driver, ion.id) == ["+40745111222", "+40722123456"]


def test_a_number_alone_finds_its_client_or_asks_whose(driver: ChatDriver, ana: Person) -> None:
    """A known number opens its card; an unknown one is offered to the client spoken of last, to another, or to a new one."""
    ion = ana.client("Ion Popescu", "+40722123456")
    assert ana.say("0722 123 456", act("inform", phone="+40722123456")).startswith("Ion Popescu")
    ana.press("History")
    ana.say("popescu", act("inform", client="popescu"))
    answer = ana.say("0744 111 222", act("inform", phone="+40744111222"))
    assert answer == "Whose is +40 744 111 222?"
    assert ana.last.labels == ["Ion Popescu", "Another client", "New client"]
    ana.press("Ion Popescu")
    assert reach(driver, ion.id) == ["+40744111222", "+40722123456"]


def test_a_number_alone_for_a_new_client(driver: ChatDriver, ana: Person) -> None:
    """With nobody spoken of, it can become a new client's or be given to somebody by name."""
    ion = ana.client("Ion Popescu")
    ana.say("0744 111 222", act("inform", phone="+40744111222"))
    assert ana.last.labels == ["Another client", "New client"]
    ana.press("Another client")
    ana.say("Popescu")
    assert reach(driver, ion.id) == ["+40744111222"]
    ana.say("dan@x.ro", act("inform", email="dan@x.ro"))
    ana.press("New client")
    ana.say("Dan Rus")
    assert [one["name"] for one in driver.customers] == ["Ion Popescu", "Dan Rus"]
    assert [one["address"] for one in driver.rows_of("customer_emails")] == ["dan@x.ro"]


def test_another_agents_number_alone_tells_nothing(driver: ChatDriver, ana: Person, mihai: Person) -> None:
    """Whose a foreign number is cannot be found out by typing it."""
    mihai.client("Secret Person", "+40722123456")
    known = ana.say("0722 123 456", act("inform", phone="+40722123456"))
    unknown = ana.say("0722 123 457", act("inform", phone="+40722123457"))
    assert known.replace("456", "457") == unknown
