"""The card of a deal: what it shows, what each button does, drawn anew and undone."""

from datetime import date, timedelta

import pytest

from domain.customers import Source
from domain.opportunities import Stage
from tests.bot.chat_driver import ChatDriver, Person, words
from tests.bot.deals import deal_of, deals, stages
from tests.bot.scripted import act
from tests.factories import NOW
from tests.fakes import FakeClock


@pytest.fixture
def card(driver: ChatDriver, ana: Person) -> Person:
    """Ana looks at the card of a fleet deal with something planned."""
    acme = ana.client("Acme SRL", "+40212000100", kind="company")
    values = {"quantity": 12, "fleet": True, "deadline": date(2026, 3, 20), "decision_maker": "Radu Pop"}
    deal_of(
        ana,
        acme,
        model="Logan",
        net=150_000,
        stage=Stage.OFFER,
        probability=60,
        close_on=date(2026, 3, 31),
        source=Source.PARTNER,
        stage_since=NOW - timedelta(days=5),
        **values,
    )
    ana.planned(acme, day=date(2026, 2, 13), starts_at=None)
    ana.say("update Acme's deal", act("update_opportunity", client="Acme"))
    return ana


def test_all_that_is_known(card: Person) -> None:
    """Client, fleet, stage and since when, probability, price with and without VAT, dates, next step, source."""
    for shown in (
        "12 × Logan · Acme SRL …100",
        "Offer since Fri 6 Feb",
        "Probability 60%",
        "€150,000 + VAT (€181,500 with VAT)",
        "Tue 31 Mar",
        "Next: call, Fri 13 Feb",
        "Deadline: Fri 20 Mar",
        "Decision-maker: Radu Pop",
        "partner",
    ):
        assert shown in card.last.text
    assert all(len(row) <= 2 for row in card.last.keyboard)


def test_a_stage_forward_and_back(driver: ChatDriver, card: Person) -> None:
    """The card is drawn anew in its place, the answer is undone by one press."""
    shown = card.last
    answer = card.press(words("btn.stage_on", stage=words("stage.negotiation")))
    assert "Offer → Negotiation · 80%" in answer
    assert "Negotiation since today" in shown.text
    card.press(words("btn.stage_back", stage=words("stage.offer")), on=shown)
    assert stages(driver) == [("offer", "negotiation"), ("negotiation", "offer")]
    card.press(words("btn.undo"))
    assert [one["stage"] for one in deals(driver)] == [Stage.NEGOTIATION]


def test_any_stage_by_choice(driver: ChatDriver, card: Person) -> None:
    """The choice stands in the card's place, with a way back that changes nothing."""
    shown = card.last
    card.press(words("btn.deal_stage"))
    assert words("stage.offer") not in shown.labels
    card.press(words("btn.deal_back"))
    assert words("btn.deal_won") in shown.labels
    card.press(words("btn.deal_stage"))
    card.press(words("stage.qualified"), on=shown)
    assert [one["stage"] for one in deals(driver)] == [Stage.QUALIFIED]


@pytest.mark.parametrize(
    ("button", "answer", "kept"),
    [
        ("btn.deal_value", "155k", ("net_minor", 15_500_000)),
        ("btn.deal_closing", "28 february", ("close_on", date(2026, 2, 28))),
        ("btn.deal_probability", "70", ("probability", 70)),
        ("deal_field.quantity", "15 cars", ("quantity", 15)),
        ("deal_field.deadline", "28 february", ("deadline", date(2026, 2, 28))),
        ("deal_field.decision_maker", "Dan Rus", ("decision_maker", "Dan Rus")),
    ],
)
def test_one_value_is_asked_for(
    driver: ChatDriver, card: Person, button: str, answer: str, kept: tuple[str, object]
) -> None:
    """Written as people write it; the card above shows it, and one press takes it back."""
    shown, (column, value) = card.last, kept
    if button.startswith("deal_field"):
        card.press(words("btn.deal_fleet"))
    card.press(words(button), on=shown)
    before = deals(driver)[0][column]
    card.say(answer, act("inform"))
    assert deals(driver)[0][column] == value
    assert words("btn.deal_won") in shown.labels
    card.press(words("btn.undo"))
    assert deals(driver)[0][column] == before


def test_what_is_no_value_is_asked_for_again(driver: ChatDriver, card: Person) -> None:
    """A past day, 120 % and no cars are told and asked anew; nothing is written."""
    for button, answer, key in (
        ("btn.deal_closing", "1.02.2026", "error.date_past"),
        ("btn.deal_probability", "120", "error.probability_range"),
    ):
        before = deals(driver)
        card.press(words(button))
        assert words(key) in card.say(answer, act("inform"))
        assert deals(driver) == before
        card.say("cancel")


def test_the_probability_by_a_press(driver: ChatDriver, card: Person) -> None:
    """A usual percentage is kept by hand; "by stage" gives it back, and both are said even where the figure is the same."""
    card.press(words("btn.deal_probability"))
    card.press("75%")
    assert [(one["probability"], one["probability_by_hand"]) for one in deals(driver)] == [(75, True)]
    card.press(words("btn.deal_probability"))
    assert words("deal.now_by_stage", percent=60) in card.press(words("btn.by_stage", percent=60))
    assert [(one["probability"], one["probability_by_hand"]) for one in deals(driver)] == [(60, False)]
    assert words("deal.now_by_hand", percent=60) in card.say(
        "Acme 60%", act("update_opportunity", client="Acme", percent="60")
    )


def test_the_next_step_is_planned_with_the_client(driver: ChatDriver, card: Person) -> None:
    """The button asks what and when, and knows with whom."""
    card.press(words("btn.deal_next"))
    card.press(words("kind.call"))
    card.press("tomorrow")
    assert {one["customer_id"] for one in driver.activities} == {deals(driver)[0]["customer_id"]}
    assert len(driver.activities) == 2


def test_the_history_tells_who_when_and_how_long(driver: ChatDriver, ana: Person, clock: FakeClock) -> None:
    """Every stage with its day, whose hand, from where, and for how long; a closed deal stays nowhere any longer."""
    ana.client("Ion Popescu")
    ana.say("new deal for Popescu, Duster", act("create_opportunity", client="Popescu", model="Duster"))
    clock.advance(days=3)
    ana.say("offer", act("update_opportunity", client="Popescu", stage="offer"))
    clock.advance(hours=2)
    ana.say("signed", act("close_won", client="Popescu"))
    ana.press(words("btn.open_deal"))
    told = ana.press(words("btn.deal_history")).splitlines()
    assert told[1:] == [
        "Wed 11 Feb, 11:00 · Ana Ionescu: New (3 days)",
        "today 11:00 · Ana Ionescu: New → Offer (2 hours)",
        "today 13:00 · Ana Ionescu: Offer → Won",
    ]


def test_the_directors_card_names_the_agent(driver: ChatDriver, card: Person, elena: Person) -> None:
    """Whose deal it is stands on the card of whoever is not its agent."""
    elena.say("deals", act("list_opportunities"))
    assert "Ana Ionescu" in elena.press("Acme")
    elena.press(words("btn.stage_on", stage=words("stage.negotiation")))
    assert [(one["stage"], one["owner_id"]) for one in deals(driver)] == [(Stage.NEGOTIATION, card.agent.id)]


def test_the_old_card_of_a_deal_that_has_gone_to_another_agent(driver: ChatDriver, card: Person, mihai: Person) -> None:
    """No button of it acts or tells anything, not even what has become of the deal."""
    shown = card.last
    (row,) = deals(driver)
    with driver.database.command_unit("hand over") as unit:
        deal, customer = unit.opportunities.get(row["id"]), unit.customers.get(row["customer_id"])
        assert deal is not None
        assert customer is not None
        deal.owner_id = customer.owner_id = mihai.agent.id
    before = deals(driver)
    for button in (
        "btn.deal_won",
        "btn.deal_lost",
        "btn.deal_value",
        "btn.deal_fleet",
        "btn.deal_history",
        "btn.deal_stage",
    ):
        assert card.press(words(button), on=shown) == words("error.not_found")
    assert deals(driver) == before
