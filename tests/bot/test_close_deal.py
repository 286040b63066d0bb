"""Deals won and lost by a message: which, why, in whose words, and how they come back."""

import pytest

from domain.opportunities import LossReason, Stage
from tests.bot.chat_driver import ChatDriver, Person, words
from tests.bot.deals import deal_of, deals, euro, stages
from tests.bot.scripted import act
from tests.factories import NOW


def test_signed(driver: ChatDriver, ana: Person) -> None:
    """A "Popescu signed" wins the only deal at once; without an order it is no sale, and that is said."""
    deal_of(ana, ana.client("Ion Popescu"), model="Duster", net=20_000)
    said = act("close_won", client="Popescu", amount=euro(23000), time="2026-02-10")
    answer = ana.say("Popescu signed yesterday, 23k", said)
    (deal,) = deals(driver)
    assert (deal["stage"], deal["probability"], deal["value_minor"]) == (Stage.WON, 100, 2_300_000)
    assert deal["closed_at"] is not None
    assert deal["close_on"] is None
    assert words("deal.signed_note") in answer
    ana.press(words("btn.undo"))
    assert [(one["stage"], one["closed_at"]) for one in deals(driver)] == [(Stage.NEW, None)]


def test_lost_with_reason_and_words(driver: ChatDriver, ana: Person) -> None:
    """The reason, the agent's own words behind it, and what was bought instead."""
    deal_of(ana, ana.client("Ion Popescu"), model="Duster")
    text = "lost Popescu, too expensive, bought a Tucson"
    ana.say(text, act("close_lost", text, client="Popescu", loss_reason="price"))
    (deal,) = deals(driver)
    assert (deal["stage"], deal["loss_reason"]) == (Stage.LOST, LossReason.PRICE)
    assert (deal["loss_note"], deal["competitor"]) == ("too expensive, bought a Tucson", "Tucson")
    assert len(ana.shown) == 1


@pytest.mark.parametrize("answer", ["press", "price"])
def test_a_missing_reason_is_asked_for(driver: ChatDriver, ana: Person, answer: str) -> None:
    """Nothing is lost before the reason is pressed or written; the words of the first message are kept."""
    deal_of(ana, ana.client("Ion Popescu"), model="Duster")
    text = "lost Popescu, changed his mind"
    assert words("question.loss_reason") in ana.say(text, act("close_lost", text, client="Popescu"))
    assert [one["stage"] for one in deals(driver)] == [Stage.NEW]
    if answer == "press":
        ana.press(words("loss_reason.price"))
    else:
        ana.say(answer, act("inform", loss_reason="price"))
    assert [(one["loss_reason"], one["loss_note"]) for one in deals(driver)] == [("price", "changed his mind")]


@pytest.mark.parametrize(
    ("text", "competitor"),
    [
        ("lost the Duster deal with Popescu to Hyundai", "Hyundai"),
        ("lost Popescu's Duster, no Jogger in stock", None),
        ("lost Popescu's Duster, he took a Skoda Octavia", "Skoda Octavia"),
    ],
)
def test_what_was_bought_instead(driver: ChatDriver, ana: Person, text: str, competitor: str | None) -> None:
    """A vehicle is the competitor's only in the words of somebody who took it; the deal's own picks the deal."""
    popescu = ana.client("Ion Popescu")
    deal_of(ana, popescu, model="Duster")
    deal_of(ana, popescu, model="Spring")
    ana.say(text, act("close_lost", text, client="Popescu", loss_reason="other"))
    assert [(one["stage"], one["competitor"]) for one in deals(driver)] == [
        (Stage.LOST, competitor),
        (Stage.NEW, None),
    ]


@pytest.mark.parametrize("intent", ["close_won", "close_lost"])
def test_which_of_several_deals_is_closed(driver: ChatDriver, ana: Person, intent: str) -> None:
    """Of several deals none is closed before it is said which."""
    popescu = ana.client("Ion Popescu")
    deal_of(ana, popescu, model="Duster")
    deal_of(ana, popescu, model="Spring")
    reason = {"loss_reason": "price"} if intent == "close_lost" else {}
    assert words("question.deal") in ana.say("Popescu", act(intent, client="Popescu", **reason))
    ana.press("Duster")
    assert [one["stage"] for one in deals(driver)] == [Stage.WON if intent == "close_won" else Stage.LOST, Stage.NEW]


def test_without_an_open_deal_a_closed_one_is_offered(driver: ChatDriver, ana: Person) -> None:
    """A signature or a loss without a deal is one press away from being kept; the reason is asked for then."""
    ana.client("Ion Popescu")
    ana.say("Popescu signed", act("close_won", client="Popescu"))
    assert deals(driver) == []
    ana.press(words("btn.new_deal_closed", stage=words("stage.won")))
    assert stages(driver) == [(None, "new"), ("new", "won")]
    text = "lost Popescu, took a Tucson"
    ana.say(text, act("close_lost", text, client="Popescu"))
    ana.press(words("btn.new_deal_closed", stage=words("stage.lost")))
    ana.press(words("loss_reason.competitor"))
    assert [(one["stage"], one["loss_note"], one["competitor"]) for one in deals(driver)][1:] == [
        (Stage.LOST, "took a Tucson", "Tucson")
    ]


def test_a_closed_deal_reopens_in_the_stage_it_had(driver: ChatDriver, ana: Person) -> None:
    """From its card; the loss leaves no reason behind, and the history keeps all of it."""
    deal = deal_of(ana, ana.client("Ion Popescu"), model="Duster", stage=Stage.OFFER)
    ana.say("lost Popescu", act("close_lost", client="Popescu", loss_reason="price"))
    ana.press(words("btn.open_deal"))
    assert words("btn.deal_won") not in ana.last.labels
    ana.press(words("btn.deal_reopen"))
    (row,) = deals(driver)
    assert (row["id"], row["stage"], row["loss_reason"], row["closed_at"]) == (deal.id, Stage.OFFER, None, None)
    assert stages(driver) == [("offer", "lost"), ("lost", "offer")]


def test_asked_for_in_words_a_closed_deal_has_its_button(driver: ChatDriver, ana: Person, mihai: Person) -> None:
    """Typed, reopening is not done but offered; of a sale, and of another agent's deal, it is not even offered."""
    deal_of(ana, ana.client("Ion Popescu"), model="Duster", stage=Stage.LOST, closed_at=NOW)
    deal_of(ana, ana.client("Dan Rus"), model="Spring", stage=Stage.WON, closed_at=NOW, sold_at=NOW)
    deal_of(mihai, mihai.client("Maria Pop"), model="Jogger", stage=Stage.LOST, closed_at=NOW)
    for name in ("Rus", "Maria"):
        text = f"reopen {name}'s deal"
        assert words("deal.reopen_by_button") not in ana.say(text, act("out_of_scope", text))
    text = "reopen Popescu's deal"
    assert words("deal.reopen_by_button") in ana.say(text, act("out_of_scope", text))
    assert {one["stage"] for one in deals(driver)} == {Stage.LOST, Stage.WON}
    ana.press("Reopen: Duster")
    assert [one["stage"] for one in deals(driver)] == [Stage.NEW, Stage.WON, Stage.LOST]


def test_a_change_of_a_lost_deals_client_offers_to_go_on(driver: ChatDriver, ana: Person) -> None:
    """Beside a new deal, the one that was lost."""
    deal_of(ana, ana.client("Ion Popescu"), model="Duster", stage=Stage.LOST, closed_at=NOW)
    ana.say("Popescu 23k", act("update_opportunity", client="Popescu", amount=euro(23000)))
    assert ana.last.labels == [words("btn.new_deal"), "Reopen: Duster · Lost"]


def test_another_clients_vehicle_does_not_say_which_deal_is_lost(driver: ChatDriver, ana: Person) -> None:
    """While it is asked which deal is lost, a message on somebody else's like vehicle loses none."""
    popescu = ana.client("Ion Popescu")
    ana.client("Gheorghe Munteanu")
    deal_of(ana, popescu, model="Duster")
    deal_of(ana, popescu, model="Spring")
    ana.say("lost Popescu, price", act("close_lost", client="Popescu", loss_reason="price"))
    text = "new deal for Munteanu, Duster"
    ana.say(text, act("create_opportunity", text, client="Munteanu", model="Duster"))
    assert [one["stage"] for one in deals(driver)] == ["new", "new", "new"]
