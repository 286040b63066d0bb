"""A new deal: one message, a question about a like one, corrected and undone."""

from datetime import date

import pytest

from domain.opportunities import Stage
from tests.bot.chat_driver import ChatDriver, Person, words
from tests.bot.deals import deal_of, deals, euro, stages
from tests.bot.scripted import act


def test_one_message_is_enough(driver: ChatDriver, ana: Person) -> None:
    """Client, vehicle, value, closing day, source and stage of one message are kept and shown; a person's price is gross."""
    ana.client("Ion Popescu", "+40722123456")
    said = act(
        "create_opportunity",
        client="Popescu",
        model="Duster",
        amount=euro(22000),
        time="2026-02-28",
        source="website",
        stage="qualified",
    )
    answer = ana.say("new deal for Popescu, Duster, 22k, end of month, website, qualified", said)
    (deal,) = deals(driver)
    assert (deal["model"], deal["stage"], deal["probability"]) == ("Duster", Stage.QUALIFIED, 25)
    assert (deal["value_minor"], deal["value_basis"], deal["net_minor"]) == (2_200_000, "gross", 1_818_182)
    assert (deal["close_on"], deal["source"], deal["fleet"]) == (date(2026, 2, 28), "website", False)
    for shown in ("Duster", "Ion Popescu …456", "€22,000 with VAT (€18,182 net)", "25%", "28 Feb", "website"):
        assert shown in answer
    assert len(ana.shown) == 1
    ana.press(words("btn.undo"))
    assert deals(driver) == []
    assert stages(driver) == []


def test_several_cars_are_a_fleet_and_a_companys_price_is_net(driver: ChatDriver, ana: Person) -> None:
    """Quantity makes a fleet; what is said of VAT holds over what is usual for the client."""
    ana.client("Acme SRL", kind="company")
    ana.say("12 Logans", act("create_opportunity", client="Acme", model="Logan", quantity=12, amount=euro(150000)))
    ana.say("new", act("create_opportunity", client="Acme", model="Jogger", amount=euro(24200), vat="included"))
    first, second = deals(driver)
    assert (first["fleet"], first["quantity"], first["value_basis"]) == (True, 12, "net")
    assert (second["fleet"], second["value_basis"], second["net_minor"]) == (False, "gross", 2_000_000)
    assert "12 × Logan" in ana.shown[0].text


def test_only_the_client_is_asked_for(driver: ChatDriver, ana: Person) -> None:
    """Without a client it is asked who; nothing else is."""
    ana.client("Ion Popescu")
    assert words("question.client") in ana.say("new deal", act("create_opportunity", model="Duster"))
    ana.say("Popescu", act("inform", client="Popescu"))
    assert [one["model"] for one in deals(driver)] == ["Duster"]


def test_the_vehicle_in_mind_is_taken_over(driver: ChatDriver, ana: Person) -> None:
    """A deal that names no vehicle is about the one that the client has in mind."""
    ana.client("Ion Popescu", interest="Spring")
    ana.say("new deal Popescu", act("create_opportunity", client="Popescu"))
    assert [one["model"] for one in deals(driver)] == ["Spring"]


@pytest.mark.parametrize("answer", ["press", "yes"])
def test_a_second_deal_for_a_like_vehicle_is_asked_about(driver: ChatDriver, ana: Person, answer: str) -> None:
    """The open deal is named; a press or a yes updates it, and nothing is written before."""
    deal_of(ana, ana.client("Ion Popescu"), model="Duster", net=20_000)
    said = act("create_opportunity", client="Popescu", model="Duster Journey", amount=euro(25000))
    asked = ana.say("new deal for Popescu, Duster Journey, 25k", said)
    assert "Duster · New · €20,000" in asked
    assert [one["model"] for one in deals(driver)] == ["Duster"]
    if answer == "press":
        ana.press(words("btn.update_that"))
    else:
        ana.say("yes", act("affirm"))
    (deal,) = deals(driver)
    assert (deal["model"], deal["value_minor"], deal["value_basis"]) == ("Duster Journey", 2_500_000, "gross")


@pytest.mark.parametrize("answer", ["press", "no", "a new one"])
def test_a_second_deal_may_be_a_new_one(driver: ChatDriver, ana: Person, answer: str) -> None:
    """A press, a no, or "a new one" opens another deal beside it."""
    deal_of(ana, ana.client("Ion Popescu"), model="Duster")
    ana.say("new deal for Popescu, Duster", act("create_opportunity", client="Popescu", model="Duster"))
    if answer == "press":
        ana.press(words("btn.new_deal"))
    else:
        ana.say(answer, act("deny") if answer == "no" else act("inform"))
    assert [one["model"] for one in deals(driver)] == ["Duster", "Duster"]


def test_another_vehicle_is_another_deal_without_a_question(driver: ChatDriver, ana: Person) -> None:
    """What is not alike is not asked about."""
    deal_of(ana, ana.client("Ion Popescu"), model="Duster")
    ana.say("new deal for Popescu, Spring", act("create_opportunity", client="Popescu", model="Spring"))
    assert [one["model"] for one in deals(driver)] == ["Duster", "Spring"]


def test_a_closing_day_gone_by_is_asked_for_again(driver: ChatDriver, ana: Person) -> None:
    """What was wrong is said, the rest is kept, and the next answer completes the deal."""
    ana.client("Ion Popescu")
    said = act("create_opportunity", client="Popescu", model="Duster", time="2026-02-01")
    answer = ana.say("new deal for Popescu, Duster, closing 1 february", said)
    assert words("error.date_past") in answer
    assert words("question.closing") in answer
    assert deals(driver) == []
    ana.press("28 Feb")
    assert [(one["model"], one["close_on"]) for one in deals(driver)] == [("Duster", date(2026, 2, 28))]


def test_several_vehicles_in_step_with_their_clients(driver: ChatDriver, ana: Person) -> None:
    """So "2 Dusters for Popescu, 10 Logans for Acme" is a deal each; several vehicles of one client are one deal."""
    ana.client("Ion Popescu")
    ana.client("Acme SRL", kind="company")
    ana.say(
        "2 Dusters for Popescu, 10 Logans for Acme, new deals",
        act("create_opportunity", client=["Popescu", "Acme"], model=["Duster", "Logan"], quantity=[2, 10]),
    )
    assert [(one["model"], one["quantity"]) for one in deals(driver)] == [("Duster", 2), ("Logan", 10)]
    ana.say(
        "new deal Acme 3 Joggers and 2 Springs",
        act("create_opportunity", client="Acme", model=["Jogger", "Spring"], quantity=[3, 2]),
    )
    assert [(one["model"], one["quantity"]) for one in deals(driver)][2:] == [("3 × Jogger, 2 × Spring", 5)]


def test_another_agents_client_gets_no_deal(driver: ChatDriver, ana: Person, mihai: Person) -> None:
    """The name is not known to who may not change the client, and no deal tells of another's."""
    deal_of(mihai, mihai.client("Ion Popescu"), model="Duster")
    asked = ana.say("new deal for Popescu", act("create_opportunity", client="Popescu", model="Duster"))
    assert "Duster" not in asked
    assert len(deals(driver)) == 1


def test_another_request_does_not_answer_which_deal_is_meant(driver: ChatDriver, ana: Person) -> None:
    """A deal of another client, typed while one is asked about, is that client's: its "new" is no answer."""
    popescu = ana.client("Ion Popescu")
    munteanu = ana.client("Gheorghe Munteanu")
    deal_of(ana, popescu, model="Duster")
    ana.say("deal Popescu Duster", act("create_opportunity", client="Popescu", model="Duster"))
    text = "new deal for Munteanu, Duster"
    ana.say(text, act("create_opportunity", text, client="Munteanu", model="Duster"))
    assert [one["customer_id"] for one in deals(driver)] == [popescu.id, munteanu.id]


def test_several_models_say_their_numbers_once(driver: ChatDriver, ana: Person) -> None:
    """Of several models each bears its own number, and their sum does not stand before them."""
    ana.client("Acme SRL", kind="company")
    said = act("create_opportunity", client="Acme", model=["Duster", "Logan"], quantity=[3, 2])
    answer = ana.say("Acme 3 Dusters, 2 Logans", said)
    assert "3 × Duster, 2 × Logan" in answer
    assert "5 ×" not in answer
    assert [one["quantity"] for one in deals(driver)] == [5]
