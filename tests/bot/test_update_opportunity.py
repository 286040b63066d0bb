"""A deal changed by a message: which deal, from what to what, corrected, undone, and offered where there is none."""

from datetime import date, timedelta

import pytest

from domain.customers import ContactPerson
from domain.opportunities import Stage
from tests.bot.chat_driver import ChatDriver, Person, words
from tests.bot.deals import deal_of, deals, euro, stages
from tests.bot.scripted import act
from tests.factories import NOW


def test_stage_value_closing_day_and_probability(driver: ChatDriver, ana: Person) -> None:
    """One message changes all that it says; each value is told from → to, and one press takes all back."""
    deal_of(ana, ana.client("Ion Popescu"), model="Duster", net=20_000)
    said = act(
        "update_opportunity",
        client="Popescu",
        stage="negotiation",
        amount=euro(23000),
        vat="excluded",
        time="2026-03-15",
        percent="70",
    )
    answer = ana.say("Popescu: negotiation, 23k plus VAT, closing 15 march, 70%", said)
    assert "New → Negotiation · 70%" in answer
    assert "€20,000 → €23,000 + VAT" in answer
    assert "Sun 15 Mar" in answer
    (deal,) = deals(driver)
    assert (deal["stage"], deal["net_minor"], deal["close_on"]) == (Stage.NEGOTIATION, 2_300_000, date(2026, 3, 15))
    assert (deal["probability"], deal["probability_by_hand"]) == (70, True)
    ana.press(words("btn.undo"))
    (deal,) = deals(driver)
    assert (deal["stage"], deal["net_minor"], deal["close_on"], deal["probability"]) == (Stage.NEW, 2_000_000, None, 10)
    assert stages(driver) == []


def test_a_correction_of_the_value(driver: ChatDriver, ana: Person) -> None:
    """With "no, 23k" the new value replaces the value just given, in the same deal; its undo takes back the correction."""
    deal_of(ana, ana.client("Ion Popescu"), model="Duster", net=20_000)
    ana.say("Popescu 22k", act("update_opportunity", client="Popescu", amount=euro(22000)))
    ana.say("no, 23k")
    assert [one["value_minor"] for one in deals(driver)] == [2_300_000]
    ana.press(words("btn.undo"))
    assert [one["value_minor"] for one in deals(driver)] == [2_200_000]


def test_the_probability_goes_back_to_the_stage(driver: ChatDriver, ana: Person) -> None:
    """A probability by hand stays over a change of stage until it is said to be automatic again."""
    deal_of(ana, ana.client("Ion Popescu"), probability=70, probability_by_hand=True)
    ana.say("Popescu is qualified", act("update_opportunity", client="Popescu", stage="qualified"))
    assert [one["probability"] for one in deals(driver)] == [70]
    text = "set Popescu's deal back to automatic probability"
    ana.say(text, act("update_opportunity", text, client="Popescu", transmission="automatic"))
    assert [(one["probability"], one["probability_by_hand"]) for one in deals(driver)] == [(25, False)]
    assert driver.notes == []


@pytest.mark.parametrize("answer", ["press", "2", "the Duster one"])
def test_which_of_several_deals(driver: ChatDriver, ana: Person, answer: str) -> None:
    """Several open deals are asked about, each with vehicle, stage and value; nothing is written before."""
    popescu = ana.client("Ion Popescu")
    deal_of(ana, popescu, model="Duster", net=20_000, stage=Stage.OFFER)
    deal_of(ana, popescu, model="Spring")
    asked = ana.say("Popescu 23k", act("update_opportunity", client="Popescu", amount=euro(23000)))
    assert words("question.deal") in asked
    assert ana.last.labels[:2] == ["Spring · New", "Duster · Offer · €20,000"]
    assert [one["value_minor"] for one in deals(driver)] == [2_000_000, None]
    if answer == "press":
        ana.press("Duster · Offer")
    else:
        ana.say(answer, act("inform"))
    assert [one["value_minor"] for one in deals(driver)] == [2_300_000, None]


def test_a_named_vehicle_decides(driver: ChatDriver, ana: Person) -> None:
    """The vehicle of the message tells which deal, without a question, and stays as the deal has it."""
    popescu = ana.client("Ion Popescu")
    deal_of(ana, popescu, model="Duster Journey")
    deal_of(ana, popescu, model="Spring")
    said = act("update_opportunity", client="Popescu", model="Duster", amount=euro(24000))
    ana.say("the Duster deal of Popescu is at 24000", said)
    assert [(one["model"], one["value_minor"]) for one in deals(driver)] == [
        ("Duster Journey", 2_400_000),
        ("Spring", None),
    ]


def test_a_correction_of_the_client_leaves_the_first_deal_alone(driver: ChatDriver, ana: Person) -> None:
    """A "no, Ionescu" takes back what Popescu's deal was given, and gives it to the other's."""
    deal_of(ana, ana.client("Ion Popescu"), net=20_000)
    deal_of(ana, ana.client("Dan Ionescu"), net=10_000)
    ana.say("Popescu 22k", act("update_opportunity", client="Popescu", amount=euro(22000)))
    ana.say("no, Ionescu")
    assert [one["value_minor"] for one in deals(driver)] == [2_000_000, 2_200_000]


def test_without_an_open_deal_one_is_offered_with_what_was_said(driver: ChatDriver, ana: Person) -> None:
    """Nothing is written; one press opens the deal in the stage and with the value of the message."""
    deal_of(ana, ana.client("Ion Popescu"), stage=Stage.LOST)
    said = act("update_opportunity", client="Popescu", stage="negotiation", amount=euro(23000))
    ana.say("Popescu is in negotiation, 23k", said)
    assert len(deals(driver)) == 1
    ana.press(words("btn.new_deal"))
    new = deals(driver)[1]
    assert (new["stage"], new["value_minor"]) == (Stage.NEGOTIATION, 2_300_000)


def test_a_wish_is_kept_and_changes_the_only_deal(driver: ChatDriver, ana: Person) -> None:
    """What "wants the Duster" says is the client's interest, and the vehicle of the single open deal; said again it is known."""
    deal_of(ana, ana.client("Ion Popescu"), model="Spring")
    said = act("update_opportunity", client="Popescu", model="Duster")
    assert "Spring → Duster" in ana.say("Popescu wants the Duster", said)
    assert [one["model"] for one in deals(driver)] == ["Duster"]
    assert [one["interest"] for one in driver.customers] == ["Duster"]
    assert words("deal.wish_known", deal="…")[-10:] in ana.say("Popescu wants the Duster", said)


def test_a_wish_without_a_deal_offers_one(driver: ChatDriver, ana: Person) -> None:
    """The interest is kept at once; the deal is one press away."""
    ana.client("Ion Popescu")
    ana.say("Popescu wants the Duster", act("update_opportunity", client="Popescu", model="Duster"))
    assert [one["interest"] for one in driver.customers] == ["Duster"]
    assert deals(driver) == []
    ana.press(words("btn.new_deal_of", model="Duster"))
    assert [one["model"] for one in deals(driver)] == ["Duster"]


def test_a_wish_with_several_deals_guesses_none(driver: ChatDriver, ana: Person) -> None:
    """Each deal is a button, and so is a new one; the pressed one takes the vehicle."""
    popescu = ana.client("Ion Popescu")
    deal_of(ana, popescu, model="Spring")
    deal_of(ana, popescu, model="Logan")
    ana.say("Popescu wants the Duster", act("update_opportunity", client="Popescu", model="Duster"))
    assert [one["model"] for one in deals(driver)] == ["Spring", "Logan"]
    ana.press("Logan")
    assert [one["model"] for one in deals(driver)] == ["Spring", "Duster"]


def test_a_call_with_a_wish(driver: ChatDriver, ana: Person) -> None:
    """So "called Popescu, wants the Duster" is a logged call and the deal's new vehicle, in one message and one undo."""
    deal_of(ana, ana.client("Ion Popescu"), model="Spring")
    ana.say(
        "called Popescu, wants the Duster",
        act("log_activity", client="Popescu", kind="call"),
        act("update_opportunity", client="Popescu", model="Duster"),
    )
    assert len(ana.shown) == 1
    assert [one["model"] for one in deals(driver)] == ["Duster"]
    ana.press(words("btn.undo"))
    assert [one["model"] for one in deals(driver)] == ["Spring"]
    assert driver.activities == []


def test_what_a_deal_has_no_place_for_is_kept_as_a_note(driver: ChatDriver, ana: Person) -> None:
    """Colour and gearbox go to the vehicle once there is an offer; until then the words are kept."""
    deal_of(ana, ana.client("Ion Popescu"), model="Duster")
    text = "Popescu wants it in green, automatic"
    ana.say(text, act("update_opportunity", text, client="Popescu", colour="green", transmission="automatic"))
    assert [one["text"] for one in driver.notes] == [text]


def test_a_deadline_and_who_decides(driver: ChatDriver, ana: Person) -> None:
    """Words of a tender set its deadline and not the closing day; the decision-maker is kept by name."""
    deal_of(ana, ana.client("Acme SRL"), model="Logan", quantity=12, fleet=True)
    text = "Acme's deadline is 20 march"
    ana.say(text, act("update_opportunity", text, client="Acme", time="2026-03-20"))
    text = "decision-maker at Acme is Dan Rus"
    ana.say(text, act("update_opportunity", text, client="Dan Rus"))
    (deal,) = deals(driver)
    assert (deal["deadline"], deal["close_on"], deal["decision_maker"]) == (date(2026, 3, 20), None, "Dan Rus")


def test_an_update_that_says_nothing_shows_the_deal(driver: ChatDriver, ana: Person) -> None:
    """So "update Popescu's deal" opens its card."""
    deal_of(ana, ana.client("Ion Popescu"), model="Duster")
    ana.say("update Popescu's deal", act("update_opportunity", client="Popescu"))
    assert words("btn.deal_value") in ana.last.labels


def test_a_test_drive_that_took_place_moves_the_deal(driver: ChatDriver, ana: Person) -> None:
    """Logged, moved, told, and undone by one press; of two deals the person says which."""
    popescu = ana.client("Ion Popescu")
    deal_of(ana, popescu, model="Duster")
    assert "New → Test drive" in ana.say("drove", act("log_activity", client="Popescu", kind="test_drive"))
    ana.press(words("btn.undo"))
    assert [one["stage"] for one in deals(driver)] == [Stage.NEW]
    deal_of(ana, popescu, model="Spring", created_at=NOW - timedelta(days=1))
    ana.say("drove again", act("log_activity", client="Popescu", kind="test_drive"))
    assert {one["stage"] for one in deals(driver)} == {Stage.NEW}
    ana.press("Spring")
    assert [one["stage"] for one in deals(driver)] == [Stage.NEW, Stage.TEST_DRIVE]


def test_a_wish_beside_other_values_is_kept_without_a_deal(driver: ChatDriver, ana: Person) -> None:
    """The interest stands at once; the deal with all that was said is one press away."""
    ana.client("Maria Rus")
    said = act("update_opportunity", client="Maria", model="Spring", amount=euro(18000))
    ana.say("Maria wants a Spring, budget 18k", said)
    assert [one["interest"] for one in driver.customers] == ["Spring"]
    ana.press(words("btn.new_deal_of", model="Spring"))
    assert [(one["model"], one["value_minor"]) for one in deals(driver)] == [("Spring", 1_800_000)]


@pytest.mark.parametrize(
    ("text", "entities", "answered"),
    [
        ("Popescu probability 120%", {}, ("error.probability_range", "70", "probability", 70)),
        (
            "Popescu value -500 eur",
            {"amount": euro(500)},
            ("error.amount_out_of_range", "23k", "value_minor", 2_300_000),
        ),
        ("Popescu 999999999999999 eur", {}, ("error.amount_out_of_range", "23k", "value_minor", 2_300_000)),
        ("Popescu, 0 lei", {}, ("error.amount_out_of_range", "23k", "value_minor", 2_300_000)),
        ("Popescu, 0 bucăți", {}, ("error.quantity_range", "3", "quantity", 3)),
        ("Popescu 1000000000 x Duster", {"model": "Duster"}, ("error.quantity_range", "3", "quantity", 3)),
        ("Popescu closes 31 February", {}, ("error.date_none", "2026-03-01", "close_on", date(2026, 3, 1))),
        ("Popescu închidere 31 iunie", {}, ("error.date_none", "2026-07-01", "close_on", date(2026, 7, 1))),
    ],
)
def test_a_figure_that_cannot_be_right_is_told_and_asked_for(
    driver: ChatDriver, ana: Person, text: str, entities: dict[str, object], answered: tuple[str, str, str, object]
) -> None:
    """What no deal can have is never passed over or bent into something else: nothing is written until it is answered."""
    refusal, answer, name, value = answered
    deal_of(ana, ana.client("Ion Popescu"), model="Duster", net=20_000)
    before = deals(driver)
    told = ana.say(text, act("update_opportunity", text, client="Popescu", **entities))
    assert words(refusal, limit=10_000) in told
    assert deals(driver) == before
    ana.say(answer, act("inform", time=answer) if "-" in answer else act("inform"))
    assert [one[name] for one in deals(driver)] == [value]


def test_a_company_found_by_its_contact_person_says_so(driver: ChatDriver, ana: Person) -> None:
    """Among several of one name, the company whose contact person bears it shows whom it was found by."""
    ana.client("Maria Rus", "+40722123456")
    ana.client("Acme Logistic SRL", "+40213102030", kind="company", contacts=[ContactPerson("Maria Ene")])
    ana.say("Maria 23k", act("update_opportunity", client="Maria", amount=euro(23000)))
    assert ana.last.labels[:2] == ["Acme Logistic SRL (Maria Ene) …030", "Maria Rus …456"]
