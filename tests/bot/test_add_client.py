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
    assert "You already have a client of this name: Ion Popescu …456." in answer
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


def test_a_company_with_its_contact_person(driver: ChatDriver, ana: Person) -> None:
    """The number that follows the contact person is theirs, and their name leads to the company."""
    text = "client Acme SRL, contact Ion Popescu 0722123456, director"
    answer = ana.say(text, act("add_client", text, client="Acme SRL", phone="+40722123456"))
    assert answer.splitlines() == ["New client: Acme SRL", "👤 Ion Popescu (director), +40 722 123 456"]
    (acme,) = driver.customers
    (contact,) = driver.rows_of("contact_persons")
    assert (acme["kind"], contact["name"], contact["phone"]) == ("company", "Ion Popescu", "+40722123456")
    assert driver.rows_of("customer_phones") == []
    assert ana.say("find popescu", act("show_client", client="Popescu")).startswith("Acme SRL")


def test_the_companys_own_number_stays_its_own(driver: ChatDriver, ana: Person) -> None:
    """What stands before the contact person belongs to the company."""
    text = "client nou Acme SRL 0212 000 100, persoana de contact Dan Rus 0745 111 222"
    entities = {"client": "Acme SRL", "phone": ["+40212000100", "+40745111222"]}
    ana.say(text, act("add_client", text, **entities))
    assert [row["e164"] for row in driver.rows_of("customer_phones")] == ["+40212000100"]
    assert [row["phone"] for row in driver.rows_of("contact_persons")] == ["+40745111222"]


def test_a_contact_person_understood_as_a_second_client_goes_to_the_company(driver: ChatDriver, ana: Person) -> None:
    """Where one message is read as two clients, "contact …" is still the first one's person; one undo takes both back."""
    ana.say(
        "new client Acme SRL, contact Dan Rus 0745 111 222",
        act("add_client", "new client Acme SRL", client="Acme SRL"),
        act("add_client", "contact Dan Rus 0745 111 222", client="Dan Rus", phone="+40745111222"),
    )
    assert [one["name"] for one in driver.customers] == ["Acme SRL"]
    assert [one["name"] for one in driver.rows_of("contact_persons")] == ["Dan Rus"]
    assert len(ana.shown) == 1
    ana.press("Undo")
    assert (driver.customers, driver.rows_of("contact_persons")) == ([], [])


def test_a_corrected_number_stays_the_contact_persons(driver: ChatDriver, ana: Person) -> None:
    """A "no, 0733…" after a company with its contact person replaces that person's number."""
    text = "client Acme SRL, contact Ion Popescu 0722123456"
    ana.say(text, act("add_client", text, client="Acme SRL", phone="+40722123456"))
    ana.say("no, 0733 555 012")
    assert [row["phone"] for row in driver.rows_of("contact_persons")] == ["+40733555012"]
    assert driver.rows_of("customer_phones") == []


def test_a_refused_contact_person_leaves_no_company(driver: ChatDriver, ana: Person, mihai: Person) -> None:
    """Where the contact person's number is another agent's client, nothing is kept at all."""
    mihai.client("Secret Person", "+40722123456")
    text = "client Acme SRL, contact Ion Popescu 0722123456"
    answer = ana.say(text, act("add_client", text, client="Acme SRL", phone="+40722123456"))
    assert "Mihai Radu" in answer
    assert [one["name"] for one in driver.customers] == ["Secret Person"]
    assert driver.rows_of("contact_persons") == []


def test_town_and_tax_number_are_kept(driver: ChatDriver, ana: Person) -> None:
    """A known town and a right tax number are taken from the sentence; a wrong number is told and left out."""
    text = "new client Acme SRL from Cluj, CUI RO14399840"
    ana.say(text, act("add_client", text, client="Acme SRL"))
    wrong = "new client Beta SRL, CUI 14399841"
    answer = ana.say(wrong, act("add_client", wrong, client="Beta SRL"))
    assert [(one["town"], one["tax_id"]) for one in driver.customers] == [("Cluj-Napoca", "14399840"), (None, None)]
    assert "is not a Romanian tax number" in answer


def test_consent_is_never_assumed(driver: ChatDriver, ana: Person) -> None:
    """A new client has agreed to nothing yet."""
    ana.say("new client", act("add_client", client="Ion Popescu", phone="+40722123456", source="website"))
    assert driver.rows_of("consents") == []


def test_a_family_phone_is_shared_for_a_reason(driver: ChatDriver, ana: Person) -> None:
    """The known client can be opened or the new one added anyway; the reason is a note, and one press takes all back."""
    ion = ana.client("Ion Popescu", "+40722123456")
    ana.say("new client", act("add_client", client="Maria Popescu", phone="+40722123456", source="referral"))
    assert ana.last.labels == ["Open it", "Add anyway"]
    ana.press("Add anyway")
    assert ana.asked == words("question.anyway")
    answer = ana.press("Shared family")
    assert answer.startswith("New client: Maria Popescu")
    assert [row["customer_id"] for row in driver.rows_of("customer_phones")] == [ion.id, ion.id + 1]
    assert [one["text"] for one in driver.notes] == [words("anyway.family")]
    assert driver.customers[-1]["source"] == "referral"
    ana.press("Undo")
    assert [one["name"] for one in driver.customers] == ["Ion Popescu"]
    assert driver.notes == []


def test_the_reason_may_be_typed(driver: ChatDriver, ana: Person) -> None:
    """Own words are as good as a button."""
    ana.client("Ion Popescu", "+40722123456")
    ana.say("new client", act("add_client", client="Maria Popescu", phone="+40722123456"))
    ana.press("Add anyway")
    ana.say("they are neighbours")
    assert [one["text"] for one in driver.notes] == ["they are neighbours"]


def test_another_agents_number_offers_nothing_but_the_director(driver: ChatDriver, ana: Person, mihai: Person) -> None:
    """No second client with a number of another agent's: whose it is, and a way to ask."""
    mihai.client("Secret Person", "+40722123456")
    ana.say("new client", act("add_client", client="Ionel", phone="+40722123456"))
    assert ana.last.labels == [words("btn.ask_director")]


def test_a_like_name_in_the_same_town_is_asked_about(driver: ChatDriver, ana: Person) -> None:
    """One letter more and the same town: nothing is added before a press, and the reason is kept."""
    ana.client("Ion Popescu", "+40722123456", town="Iași")
    text = "new client Ioan Popescu from iasi"
    answer = ana.say(text, act("add_client", text, client="Ioan Popescu"))
    assert answer == "You already have Ion Popescu …456 in Iași. Is it the same person?"
    assert len(driver.customers) == 1
    assert ana.press("Open it").startswith("Ion Popescu")
    ana.press("Add anyway")
    ana.press("A relative")
    assert [(one["name"], one["town"]) for one in driver.customers][1:] == [("Ioan Popescu", "Iași")]
    assert [one["text"] for one in driver.notes] == [words("anyway.relative")]


def test_a_like_name_of_another_agents(driver: ChatDriver, ana: Person, mihai: Person) -> None:
    """The owner alone is told; another person can be added by a press."""
    mihai.client("Ion Popescu", "+40722123456", town="Iași", interest="Duster")
    text = "new client Ion Popescu din Iași"
    answer = ana.say(text, act("add_client", text, client="Ion Popescu"))
    assert answer == "A client with a like name in Iași is with Mihai Radu. I added nothing."
    assert ana.last.labels == [words("btn.ask_director"), words("btn.another_person")]
    ana.press("Another person")
    assert [one["owner_id"] for one in driver.customers] == [mihai.agent.id, ana.agent.id]


def test_a_walk_in_without_a_name_is_a_visit(driver: ChatDriver, ana: Person) -> None:
    """Neither name nor phone: counted at once with the words typed, undone by a press."""
    text = "a walk-in looked at the Duster"
    answer = ana.say(text, act("add_client", text, source="walk_in"))
    assert answer == words("visit.counted_for", model="Duster")
    (visit,) = driver.rows_of("visits")
    assert (visit["agent_id"], visit["interest"], visit["note"]) == (ana.agent.id, "Duster", text)
    assert driver.customers == []
    ana.press("Undo")
    assert driver.rows_of("visits") == []


def test_a_name_loses_what_nobody_sees(driver: ChatDriver, ana: Person) -> None:
    """Zero-width spaces and direction marks, pasted along, neither part a name nor turn how it is shown."""
    typed = "Ana\u200bMaria \u202ePop"
    ana.say("client", act("add_client", client=typed))
    assert [one["name"] for one in driver.customers] == ["AnaMaria Pop"]


def test_a_contact_person_of_a_known_company_makes_no_second_one(driver: ChatDriver, ana: Person) -> None:
    """The one company of this name, its legal form apart, gets the contact person; one press takes it back."""
    ana.client("Acme Logistic SRL", kind="company")
    text = "client Acme Logistic has a contact person Maria Ene 0733 444 555"
    answer = ana.say(text, act("add_client", text, client="Acme Logistic", phone="+40733444555"))
    assert answer.startswith("Changed: Acme Logistic SRL")
    assert "Maria Ene, +40 733 444 555" in answer
    assert [one["name"] for one in driver.customers] == ["Acme Logistic SRL"]
    assert [one["phone"] for one in driver.rows_of("contact_persons")] == ["+40733444555"]
    ana.press("Undo")
    assert driver.rows_of("contact_persons") == []


def test_a_visitor_turns_out_to_be_somebody(driver: ChatDriver, ana: Person) -> None:
    """A press under the visit asks for the name and keeps the source."""
    text = "somebody walked in, left no name"
    ana.say(text, act("add_client", text, source="walk_in"))
    ana.press("Add name or phone")
    ana.say("Dan Rus")
    assert [(one["name"], one["source"]) for one in driver.customers] == [("Dan Rus", "walk_in")]


def test_a_new_walk_in_client_is_asked_for_the_name(driver: ChatDriver, ana: Person) -> None:
    """Who says "client" wants one kept; a press counts a visit instead."""
    text = "new client, walk-in"
    ana.say(text, act("add_client", text, source="walk_in"))
    assert ana.asked == words("question.name")
    ana.press("Just a visit")
    assert driver.customers == []
    assert len(driver.rows_of("visits")) == 1


def test_a_walk_in_with_a_name_is_a_client(driver: ChatDriver, ana: Person) -> None:
    """A name makes the visitor a client with that source."""
    text = "walk-in Dan Rus 0745111222"
    ana.say(text, act("add_client", text, client="Dan Rus", phone="+40745111222", source="walk_in"))
    assert [(one["name"], one["source"]) for one in driver.customers] == [("Dan Rus", "walk_in")]
    assert driver.rows_of("visits") == []
