"""A customer's card, by name, by number, by a bare name; and only what the agent may see."""

from datetime import timedelta

from domain.agenda import Kind, Outcome, Status
from tests.bot.chat_driver import NOON, ChatDriver, Person, words
from tests.bot.scripted import act
from tests.factories import keep, make_customer, make_note


def test_the_card_tells_how_to_reach_and_what_comes(driver: ChatDriver, ana: Person) -> None:
    """Phone as tappable text, WhatsApp as a link, the next step, the last contact and the notes."""
    ion = ana.client("Ion Popescu", "+40722123456", interest="Duster")
    ana.planned(ion)
    done = {"status": Status.DONE, "outcome": Outcome.REACHED}
    ana.planned(ion, starts_at=NOON - timedelta(days=2), done_at=NOON - timedelta(days=2), **done)
    keep(driver.database, make_note(customer_id=ion.id, author_id=ana.agent.id, text="wants a tow bar"))
    answer = ana.say("find popescu", act("show_client", client="Popescu"))
    assert answer.splitlines() == [
        "Ion Popescu · prospect",
        "☎ +40 722 123 456",
        "Interested in: Duster",
        "Next: call, today 12:00",
        "Last contact: call, Mon 9 Feb, 12:00",
        "today: wants a tow bar",
    ]
    links = [button for row in ana.last.keyboard for button in row if "url" in button]
    assert [link["url"] for link in links] == ["https://wa.me/40722123456"]
    assert ana.last.marked("bold") == ["Ion Popescu"]


def test_an_unanswered_call_is_an_attempt_and_no_contact(ana: Person) -> None:
    """The card tells the last attempt apart from the last contact."""
    ion = ana.client("Ion Popescu")
    ana.say("called popescu", act("log_activity", client="Popescu", kind="call", outcome="no_answer"))
    answer = ana.say("find popescu", act("show_client", client="Popescu"))
    assert "Last attempt: call" in answer
    assert "Last contact" not in answer
    assert ion.id


def test_a_number_finds_its_client(ana: Person) -> None:
    """A phone alone opens the card of whose it is."""
    ana.client("Ion Popescu", "+40722123456")
    assert ana.say("whose is 0722123456", act("show_client", phone="+40722123456")).startswith("Ion Popescu")


def test_a_bare_name_opens_its_card(ana: Person) -> None:
    """A name that answers nothing is looked up."""
    ana.client("Ion Popescu")
    assert ana.say("Popescu", act("inform", client="Popescu")).startswith("Ion Popescu")


def test_two_of_a_name_are_told_apart_by_button(ana: Person) -> None:
    """Several exact matches are shown with town and the end of the number; a press opens one."""
    ana.client("Ion Popescu", "+40722123456", town="Iași")
    ana.client("Andrei Popescu", "+40721999111")
    ana.say("find popescu", act("show_client", client="Popescu"))
    assert ana.asked == "There are several “Popescu”. Which one?"
    assert set(ana.last.labels) == {"Ion Popescu (Iași) …456", "Andrei Popescu …111", "Cancel"}
    assert ana.press("…111").startswith("Andrei Popescu")


def test_a_near_name_asks_even_when_it_is_the_only_one(ana: Person) -> None:
    """One letter wrong is asked about; one press is the answer."""
    ana.client("Ion Popescu")
    ana.say("find popesku", act("show_client", client="Popesku"))
    assert ana.asked == "I don't have exactly “Popesku”. Did you mean:"
    assert ana.press("Ion Popescu").startswith("Ion Popescu")


def test_an_unknown_name_can_be_said_again(ana: Person) -> None:
    """Another name may be typed in answer."""
    ana.client("Ion Popescu")
    ana.say("find zamfir", act("show_client", client="Zamfir"))
    assert "I don't know “Zamfir” yet" in ana.last.text
    assert ana.say("Popescu").startswith("Ion Popescu")


def test_another_agents_client_is_unknown(driver: ChatDriver, ana: Person, mihai: Person) -> None:
    """Neither by name nor by number is another portfolio seen."""
    mihai.client("Secret Person", "+40722123456")
    assert "I don't know" in ana.say("find secret", act("show_client", client="Secret Person"))
    ana.say("cancel")
    answer = ana.say("whose is 0722123456", act("show_client", phone="+40722123456"))
    assert "Secret" not in answer


def test_the_companys_client_is_read_but_not_changed(driver: ChatDriver, ana: Person) -> None:
    """The company portfolio's card has no button that changes."""
    keep(driver.database, make_customer(name="Acme SRL", phones=("+40212000100",)))
    answer = ana.say("find acme", act("show_client", client="Acme"))
    assert words("client.company_portfolio") in answer
    assert ana.last.labels == ["WhatsApp", words("btn.ask_for")]


def test_the_director_sees_whose_it_is(elena: Person, ana: Person) -> None:
    """A director reads every portfolio, with the owner's name."""
    ana.client("Ion Popescu")
    assert "With Ana Ionescu" in elena.say("find popescu", act("show_client", client="Popescu"))


def test_the_cards_buttons_lead_on(driver: ChatDriver, ana: Person) -> None:
    """Log a call, schedule, note and history start from the card."""
    ana.client("Ion Popescu")
    ana.say("find popescu", act("show_client", client="Popescu"))
    card = ana.last
    ana.press("Log a call", on=card)
    assert [(one["kind"], one["status"]) for one in driver.activities] == [(Kind.CALL, Status.DONE)]
    ana.press("Add a note", on=card)
    ana.say('likes <b>red</b> & "blue"')
    assert [one["text"] for one in driver.notes] == ['likes <b>red</b> & "blue"']
    assert "Ion Popescu, what happened so far:" in ana.press("History", on=card)
    ana.press("Schedule", on=card)
    ana.press("call")
    ana.press("tomorrow")
    assert [one["day"].isoformat() for one in driver.activities if one["status"] is Status.PLANNED] == ["2026-02-12"]


def test_a_romanian_name_in_a_case_is_exact(mihai: Person) -> None:
    """Typed "Mariei" and "maria" without diacritics mean Maria Țăranu at once."""
    mihai.client("Maria Țăranu")
    assert mihai.say("numărul mariei", act("show_client", client="Mariei")).startswith("Maria Țăranu")
    assert mihai.say("taranu", act("inform", client="taranu")).startswith("Maria Țăranu")


def test_yes_means_the_only_one_offered(ana: Person) -> None:
    """A near match is confirmed by a word as by a press."""
    ana.client("Ion Popescu")
    ana.say("find popesku", act("show_client", client="Popesku"))
    assert ana.say("yes").startswith("Ion Popescu")


def test_yes_among_several_is_no_answer(ana: Person) -> None:
    """Where two are offered, yes chooses none."""
    ana.client("Ion Popescu", "+40722123456")
    ana.client("Andrei Popescu", "+40721999111")
    ana.say("find popescu", act("show_client", client="Popescu"))
    assert words("dialogue.not_an_answer") in ana.say("yes")
