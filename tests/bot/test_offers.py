"""Offers by chat: one sentence to the PDF, the card for what is missing, versions, approval, and what is refused."""

import pypdfium2
import pytest

from actions.schedule import tick
from domain.money import Basis, Price
from domain.offer_terms import OfferTerms
from domain.opportunities import Stage
from storage.tables import business
from tests.bot.chat_driver import ChatDriver, Person, words
from tests.bot.scripted import act
from tests.bot.showroom import make_documents, put_on_shelf
from tests.fakes import FakeClock

CAR = {
    "model": "Duster Journey",
    "engine": "TCe 130",
    "transmission": "automatic",
    "colour": "green",
    "upholstery": "black cloth",
}


@pytest.fixture
def sells(driver: ChatDriver, ana: Person) -> Person:
    """Ana, with the Catalog read and one client."""
    put_on_shelf(driver.database)
    ana.client("Ion Popescu", "+40722000111")
    return ana


def offers(driver: ChatDriver) -> list[dict[str, object]]:
    """All versions of all offers."""
    return driver.rows(business.offers)


def test_one_sentence_is_an_offer_with_its_document(driver: ChatDriver, sells: Person) -> None:
    """One message, no press: the offer is numbered and priced, its PDF comes, the deal moves, and one undo takes that back."""
    said = sells.say("offer", act("create_offer", client="Popescu", **CAR))
    (offer,) = offers(driver)
    terms = OfferTerms.of_json(offer["kept"])  # type: ignore[arg-type]
    assert terms.agreed == Price(sum(part.minor for part in terms.lines[0].parts), "EUR", Basis.GROSS, 2100)
    assert f"2026-{offer['number']:05d}/1" in said
    assert make_documents(driver) == 1
    ((name, pdf),) = driver.telegram.documents[sells.id]
    assert name == f"2026-{offer['number']:05d}-1.pdf"
    text = "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf))
    assert "Ion Popescu" in text
    assert "Duster" in text
    (deal,) = driver.rows(business.opportunities)
    assert deal["stage"] is Stage.OFFER
    assert [one["kind"] for one in driver.activities] == ["call"]
    sells.press("Undo")
    assert driver.rows(business.opportunities)[0]["stage"] is Stage.NEW
    assert len(offers(driver)) == 1


def test_what_is_missing_is_chosen_on_the_card(driver: ChatDriver, sells: Person) -> None:
    """An open upholstery shows the card with its valid choices; each press edits it, and the price is the sum of the parts."""
    sells.say("offer", act("create_offer", client="Popescu", **{**CAR, "upholstery": None}))
    assert offers(driver) == []
    shown = len(sells.shown)
    sells.press("Black cloth")
    sells.press("Winter pack")
    assert len(sells.shown) == shown
    assert words("car.included", what="")[:8] in sells.last.text
    sells.press("Make the offer")
    (offer,) = offers(driver)
    terms = OfferTerms.of_json(offer["kept"])  # type: ignore[arg-type]
    assert "winter-pack" in {part.code for part in terms.lines[0].parts}
    assert terms.listed.minor == sum(part.minor for part in terms.lines[0].parts)


def test_what_fits_several_is_said_and_not_guessed(driver: ChatDriver, sells: Person) -> None:
    """A tow bar may be fixed or removable: both are named, and no offer is made."""
    answer = sells.say("offer", act("create_offer", client="Popescu", option="tow bar", **CAR))
    assert "Fixed tow bar" in answer
    assert "Removable tow bar" in answer
    assert offers(driver) == []


def test_a_saved_car_is_used_again_for_another_client(driver: ChatDriver, sells: Person) -> None:
    """A car kept under a name stands among the answers to "which car", and is offered to somebody else."""
    sells.client("Maria Rusu", "+40722000222")
    sells.say("offer", act("create_offer", client="Popescu", **{**CAR, "upholstery": None}))
    sells.press("Black cloth")
    sells.press("Save")
    sells.say("green journey", act("inform"))
    sells.say("offer for Rusu", act("create_offer", client="Rusu"))
    sells.press("★ green journey")
    sells.press("Make the offer")
    (offer,) = offers(driver)
    assert offer["customer_id"] == next(one["id"] for one in driver.customers if one["name"] == "Maria Rusu")


def test_an_unknown_car_is_asked_for(driver: ChatDriver, sells: Person) -> None:
    """A model that the Catalog has not is told, and a typed one is taken."""
    answer = sells.say("offer", act("create_offer", client="Popescu", model="Batmobile"))
    assert words("question.car_unknown", model="Batmobile") in answer
    sells.say("Duster Journey", act("inform", model="Duster Journey"))
    assert "Duster" in sells.last.text
    assert offers(driver) == []


def test_a_discount_over_the_limit_waits_for_the_director(driver: ChatDriver, sells: Person, elena: Person) -> None:
    """Eight percent: no document until the director presses; then the agent has it."""
    sells.say("offer", act("create_offer", client="Popescu", percent="8", **CAR))
    assert offers(driver)[0]["status"].value == "waiting"
    assert make_documents(driver) == 0
    assert words("offer.asks", agent="Ana Ionescu") in elena.last.text
    elena.press("Approve")
    driver.settle()
    assert offers(driver)[0]["status"].value == "issued"
    assert make_documents(driver) == 1
    assert len(driver.telegram.documents[sells.id]) == 1


def test_an_agent_cannot_approve(driver: ChatDriver, sells: Person, elena: Person, mihai: Person) -> None:
    """The director's button in another's hands does nothing, and a second decision is refused."""
    sells.say("offer", act("create_offer", client="Popescu", percent="8", **CAR))
    data, shown = elena.button("Approve")
    mihai.press_data(data, shown.message_id)
    assert offers(driver)[0]["status"].value == "waiting"
    elena.press("Refuse")
    driver.settle()
    assert words("offer.refused", name="2026-00001/1") in sells.last.text
    assert make_documents(driver) == 0


def test_the_director_is_reminded_and_the_wait_ends(
    driver: ChatDriver, sells: Person, elena: Person, clock: FakeClock
) -> None:
    """After two hours the director hears of it once more, after a day the agent hears that nobody decided."""
    sells.say("offer", act("create_offer", client="Popescu", percent="8", **CAR))
    clock.advance(hours=2, minutes=1)
    tick(driver.database.due)
    tick(driver.database.due)
    driver.settle()
    assert sum(words("offer.asks_again", agent="Ana Ionescu") in one.text for one in elena.shown) == 1
    clock.advance(hours=22)
    tick(driver.database.due)
    driver.settle()
    assert any(words("offer.expired", name="2026-00001/1") in one.text for one in sells.shown)
    assert offers(driver)[0]["status"].value == "expired"


def test_a_new_version_leaves_the_old_one_as_it_was(driver: ChatDriver, sells: Person) -> None:
    """A discount and another gearbox make version two; version one is kept to the letter, with its document."""
    sells.say("offer", act("create_offer", client="Popescu", **CAR))
    make_documents(driver)
    before = offers(driver)[0]
    sells.say("3% off", act("update_offer", client="Popescu", percent="3", transmission="manual"))
    first, second = offers(driver)
    assert first == before
    assert (second["number"], second["edition"]) == (first["number"], 2)
    terms = OfferTerms.of_json(second["kept"])  # type: ignore[arg-type]
    assert ("transmission", "manual-6") in terms.lines[0].chosen
    assert terms.discount_percent == 300
    make_documents(driver)
    assert [name for name, _ in driver.telegram.documents[sells.id]] == ["2026-00001-1.pdf", "2026-00001-2.pdf"]


def test_an_offer_is_sent_again_and_listed(driver: ChatDriver, sells: Person) -> None:
    """The same bytes come again on request; the list names the latest version of each."""
    sells.say("offer", act("create_offer", client="Popescu", **CAR))
    make_documents(driver)
    sells.say("again", act("show_offer", client="Popescu"))
    first, again = driver.telegram.documents[sells.id]
    assert first == again
    assert "2026-00001/1" in sells.say("offers", act("list_offers"))


def test_another_agents_offer_stays_unknown(driver: ChatDriver, sells: Person, mihai: Person) -> None:
    """A colleague neither sees it in a list nor by its client's name, nor by a forged button."""
    sells.say("offer", act("create_offer", client="Popescu", **CAR))
    make_documents(driver)
    assert "2026-00001" not in mihai.say("ofertele mele", act("list_offers"))
    assert "2026-00001" not in mihai.say("oferta lui Popescu", act("show_offer", client="Popescu"))
    sells.say("offers", act("list_offers"))
    data, shown = sells.button("2026-00001/1")
    mihai.press_data(data, shown.message_id)
    assert driver.telegram.documents.get(mihai.id, []) == []


def test_without_a_catalog_the_chat_says_so(driver: ChatDriver, ana: Person) -> None:
    """Until the Catalog was read once there is nothing to offer, and that is said."""
    ana.client("Ion Popescu")
    assert words("error.no_catalog") in ana.say("offer", act("create_offer", client="Popescu", **CAR))


def test_an_old_catalog_says_how_old_it_is(driver: ChatDriver, sells: Person, clock: FakeClock) -> None:
    """A snapshot of yesterday goes on being used, with its age on the card."""
    clock.advance(days=1)
    sells.say("offer", act("create_offer", client="Popescu", model="Duster"))
    assert words("car.old_catalog", when="yesterday 11:00") in sells.last.text
