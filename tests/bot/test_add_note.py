"""Notes on customers, as typed."""

from tests.bot.chat_driver import ChatDriver, Person, words
from tests.bot.scripted import act


def test_a_note_is_kept_as_typed(driver: ChatDriver, ana: Person) -> None:
    """One message, no press, and Undo takes it back."""
    ana.client("Ion Popescu", "+40722123456")
    answer = ana.say("note", act("add_note", client="Popescu", note='wants <b>a tow bar</b> & "mats" 🚗'))
    assert answer == 'Noted on Ion Popescu …456: wants <b>a tow bar</b> & "mats" 🚗'
    assert [one["text"] for one in driver.notes] == ['wants <b>a tow bar</b> & "mats" 🚗']
    ana.press("Undo")
    assert driver.notes == []


def test_only_what_is_missing_is_asked_for(driver: ChatDriver, ana: Person) -> None:
    """Without a text the text, without a client the client."""
    ana.client("Ion Popescu")
    ana.say("note on popescu", act("add_note", client="Popescu"))
    assert ana.asked == words("question.note")
    ana.say("called Maria, she was happy")
    assert [one["text"] for one in driver.notes] == ["called Maria, she was happy"]
    ana.say("note: likes red", act("add_note", note="likes red"))
    assert ana.asked == words("question.client")
    assert "Ion Popescu" in ana.last.labels
    ana.press("Ion Popescu")
    assert [one["text"] for one in driver.notes] == ["called Maria, she was happy", "likes red"]


def test_one_note_a_client(driver: ChatDriver, ana: Person) -> None:
    """Two names are two notes."""
    ana.client("Ion Popescu")
    ana.client("Dan Rus")
    ana.say("note on popescu and rus", act("add_note", client=["Popescu", "Rus"], note="likes red"))
    assert len(driver.notes) == 2


def test_an_unknown_client_can_be_added_on_the_way(driver: ChatDriver, ana: Person) -> None:
    """One press adds the typed name and keeps the note; one undo takes both back."""
    ana.say("note on zamfir", act("add_note", client="Zamfir", note="likes red"))
    ana.press("New client: Zamfir")
    assert [one["name"] for one in driver.customers] == ["Zamfir"]
    assert [one["text"] for one in driver.notes] == ["likes red"]
    ana.press("Undo")
    assert (driver.customers, driver.notes) == ([], [])


def test_a_client_of_the_company_is_not_changed(driver: ChatDriver, ana: Person, elena: Person) -> None:
    """An agent's note on the director's client asks for another name; nothing is written."""
    elena.client("Acme SRL")
    ana.say("note on acme", act("add_note", client="Acme", note="likes red"))
    assert "I don't know “Acme” yet" in ana.last.text
    assert driver.notes == []
