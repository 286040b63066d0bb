"""A client is changed from the card: every field, number, contact person, car, consent and standing, each undoable."""

import pytest

from domain.opportunities import Stage
from tests.bot.chat_driver import ChatDriver, Person, words
from tests.bot.scripted import act
from tests.bot.test_update_client import reach
from tests.factories import keep, make_opportunity


def opened(person: Person, name: str = "popescu") -> None:
    """The client's card is the newest message."""
    person.say(f"find {name}", act("show_client", client=name))


@pytest.mark.parametrize(
    ("label", "typed", "column", "value"),
    [
        ("Name", "ion vasile", "name", "Ion Vasile"),
        ("Town", "cluj", "town", "Cluj-Napoca"),
        ("Our site", "Showroom Nord", "location", "Showroom Nord"),
        ("Car wanted", "Duster", "interest", "Duster"),
        ("Tax number", "RO14399840", "tax_id", "14399840"),
    ],
)
def test_a_field_is_asked_for_and_kept(
    driver: ChatDriver, ana: Person, *, label: str, typed: str, column: str, value: str
) -> None:
    """Edit, the field, its value: kept, told, and undone by a press."""
    ana.client("Ion Popescu")
    before = driver.customers
    opened(ana)
    ana.press("Edit")
    ana.press(label)
    answer = ana.say(typed)
    assert value in answer
    assert driver.customers[0][column] == value
    ana.press("Undo")
    assert driver.customers[0][column] == before[0][column]


def test_a_field_can_be_emptied(driver: ChatDriver, ana: Person) -> None:
    """What is known can be taken out; what is empty offers no such press."""
    ana.client("Ion Popescu", town="Iași")
    opened(ana)
    card = ana.last
    ana.press("Edit", on=card)
    ana.press("Our site", on=card)
    assert ana.last.labels == ["Cancel"]
    ana.press("Cancel")
    ana.press("Edit", on=card)
    ana.press("Town", on=card)
    ana.press("Take it out")
    assert driver.customers[0]["town"] is None


def test_a_wrong_tax_number_is_asked_for_again(driver: ChatDriver, ana: Person) -> None:
    """The refusal says how it is written, and the next message is taken."""
    ana.client("Acme SRL")
    opened(ana, "acme")
    ana.press("Edit")
    ana.press("Tax number")
    assert "is not a Romanian tax number" in ana.say("14399841")
    ana.say("14399840")
    assert driver.customers[0]["tax_id"] == "14399840"


def test_source_and_sort_are_a_press_each(driver: ChatDriver, ana: Person) -> None:
    """The card is drawn again with the new value."""
    ana.client("Ion Popescu")
    opened(ana)
    card = ana.last
    ana.press("Edit", on=card)
    ana.press("Source", on=card)
    ana.press("referral", on=card)
    assert "Source: referral" in card.text
    ana.press("Edit", on=card)
    ana.press("It is a company", on=card)
    assert (driver.customers[0]["source"], driver.customers[0]["kind"]) == ("referral", "company")
    assert "Company" in card.text


def test_numbers_are_added_put_first_replaced_and_removed(driver: ChatDriver, ana: Person) -> None:
    """Each press says which number it means; the card shows the order at once."""
    ion = ana.client("Ion Popescu", "+40722123456", "+40733555012")
    opened(ana)
    card = ana.last
    ana.press("Edit", on=card)
    ana.press("Phone", on=card)
    ana.press("Use …012 first", on=card)
    assert reach(driver, ion.id) == ["+40733555012", "+40722123456"]
    assert card.text.splitlines()[1] == "☎ +40 733 555 012"
    for label, typed in (("Replace …012", "0744 111 222"), ("＋ Phone", "0745 111 222")):
        ana.press("Edit", on=card)
        ana.press("Phone", on=card)
        ana.press(label, on=card)
        ana.say(typed)
    assert reach(driver, ion.id) == ["+40745111222", "+40744111222", "+40722123456"]
    ana.press("Edit", on=card)
    ana.press("Phone", on=card)
    ana.press("Remove …456", on=card)
    assert reach(driver, ion.id) == ["+40745111222", "+40744111222"]
    ana.press("Undo")
    assert reach(driver, ion.id) == ["+40745111222", "+40744111222", "+40722123456"]


def test_what_is_no_number_is_explained(driver: ChatDriver, ana: Person) -> None:
    """The question stays, and the second miss says how a number is written."""
    ion = ana.client("Ion Popescu")
    opened(ana)
    ana.press("Edit")
    ana.press("Phone")
    ana.press("＋ Phone")
    ana.say("twelve")
    assert "0722 123 456" in ana.say("thirteen")
    ana.say("0722 123 456")
    assert reach(driver, ion.id) == ["+40722123456"]


def test_a_number_of_another_of_mine_is_shared_for_a_reason(driver: ChatDriver, ana: Person) -> None:
    """From the card the same rules hold as by message."""
    ana.client("Maria Ionescu", "+40722123456")
    ion = ana.client("Ion Popescu")
    opened(ana)
    ana.press("Edit")
    ana.press("Phone")
    ana.press("＋ Phone")
    assert "Maria Ionescu already has this phone" in ana.say("0722 123 456")
    ana.press("Add anyway")
    ana.press("Works at the same company")
    assert reach(driver, ion.id) == ["+40722123456"]
    assert [one["text"] for one in driver.notes] == [words("anyway.colleague")]


def test_contact_persons_from_the_card(driver: ChatDriver, ana: Person) -> None:
    """Added in one line, changed field by field, removed by a press; without a name it is asked for again."""
    ana.client("Acme SRL")
    opened(ana, "acme")
    ana.press("More")
    ana.press("Contact persons")
    ana.press("＋ Contact person")
    assert words("error.contact_name_missing") in ana.say("0745 111 222")
    ana.say("Dan Rus 0745 111 222, fleet manager")
    (contact,) = driver.rows_of("contact_persons")
    assert (contact["name"], contact["phone"], contact["role"]) == ("Dan Rus", "+40745111222", "fleet manager")
    opened(ana, "acme")
    assert "👤 Dan Rus (fleet manager), +40 745 111 222" in ana.last.text
    ana.press("More")
    ana.press("Contact persons")
    ana.press("Dan Rus")
    person = ana.last
    for label, typed in (("Role", "owner"), ("E-mail", "dan@acme.ro"), ("Name", "Dan Rusu")):
        ana.press(label, on=person)
        ana.say(typed)
    (contact,) = driver.rows_of("contact_persons")
    assert [contact[name] for name in ("name", "role", "email")] == ["Dan Rusu", "owner", "dan@acme.ro"]
    ana.press("Remove", on=person)
    assert driver.rows_of("contact_persons") == []
    ana.press("Undo")
    assert len(driver.rows_of("contact_persons")) == 1


def test_consent_is_read_out_and_pressed(driver: ChatDriver, ana: Person) -> None:
    """The sentence stands in the card; the answer is kept with it, shown with its day, and taken back by a press."""
    ana.client("Ion Popescu")
    opened(ana)
    ana.press("More")
    ana.press("Consent")
    card = ana.last
    assert words("consent.wording_contact") in card.text
    assert words("consent.none", purpose="marketing") in card.text
    ana.press("Marketing: agrees", on=card)
    assert "marketing: agreed today" in card.text
    ana.press("Marketing: no", on=card)
    assert [(one["given"], one["wording"]) for one in driver.rows_of("consents")] == [
        (True, words("consent.wording_marketing")),
        (False, words("consent.wording_marketing")),
    ]
    opened(ana)
    assert "Consent: marketing: not agreed, today" in ana.last.text


def test_cars_from_the_card(driver: ChatDriver, ana: Person) -> None:
    """A trade-in is added, changed, made a mere possession and removed."""
    ana.client("Ion Popescu")
    opened(ana)
    ana.press("More")
    ana.press("Cars, trade-in")
    ana.press("＋ Trade-in")
    ana.say("Golf")
    opened(ana)
    ana.press("More")
    ana.press("Cars, trade-in")
    ana.press("Golf")
    car = ana.last
    ana.press("Year", on=car)
    assert "goes from 1950 to 2027" in ana.say("1890")
    ana.say("2016")
    ana.press("No trade-in", on=car)
    (row,) = driver.rows_of("vehicles")
    assert (row["year"], row["trade_in"]) == (2016, False)
    ana.press("Remove", on=car)
    assert driver.rows_of("vehicles") == []


def test_the_standing_is_set_and_given_back(driver: ChatDriver, ana: Person) -> None:
    """Set by hand it shows at once; worked out again it follows the deals."""
    ion = ana.client("Ion Popescu")
    keep(driver.database, make_opportunity(customer_id=ion.id, owner_id=ana.agent.id, stage=Stage.OFFER))
    opened(ana)
    card = ana.last
    assert card.text.splitlines()[0] == "Ion Popescu · active"
    ana.press("More", on=card)
    ana.press("Relationship", on=card)
    ana.press("dormant", on=card)
    assert card.text.splitlines()[0] == "Ion Popescu · dormant"
    ana.press("More", on=card)
    ana.press("Relationship", on=card)
    ana.press("Work it out", on=card)
    assert card.text.splitlines()[0] == "Ion Popescu · active"


def test_back_leads_back(ana: Person) -> None:
    """Every step into the card's menus has a way back to its likely next steps."""
    ana.client("Ion Popescu", "+40722123456")
    opened(ana)
    card = ana.last
    first = list(card.labels)
    for way in (("Edit",), ("Edit", "Phone", "Back"), ("Edit", "Source", "Back"), ("More",), ("More", "Relationship")):
        for label in way:
            ana.press(label, on=card)
        ana.press("Back", on=card)
        assert card.labels == first


def test_another_agents_buttons_change_nothing(driver: ChatDriver, ana: Person, mihai: Person) -> None:
    """A client handed on is not changed by the buttons that are left in the old owner's chat."""
    ion = ana.client("Ion Popescu", "+40722123456")
    opened(ana)
    card = ana.last
    ana.press("Edit", on=card)
    with driver.database.command_unit("hand over") as unit:
        customer = unit.customers.get(ion.id)
        assert customer is not None
        customer.owner_id = mihai.agent.id
    before = driver.business()
    for label in ("Phone", "Source", "It is a company", "Name"):
        assert words("error.not_found") in ana.press(label, on=card)
    assert driver.business() == before
