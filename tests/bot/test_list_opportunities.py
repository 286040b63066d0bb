"""The pipeline: sums by stage and currency, filters, pages, and who sees whose."""

from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.cards.pipeline import PAGE
from domain.customers import Source
from domain.money import Basis, Price
from domain.opportunities import LossReason, Stage
from tests.bot.chat_driver import ChatDriver, Person, words
from tests.bot.deals import deal_of, deals, euro
from tests.bot.scripted import act
from tests.factories import NOW

LEI = {"value": Price(5_000_000, "RON", Basis.NET, 2100), "net_minor": 5_000_000}


def test_sums_by_stage_and_currency(driver: ChatDriver, ana: Person) -> None:
    """Each stage with count and net sums, the total and the weighted total, each currency by itself."""
    popescu = ana.client("Ion Popescu")
    deal_of(ana, popescu, net=10_000)
    deal_of(ana, popescu, net=20_000, stage=Stage.OFFER)
    deal_of(ana, popescu, **LEI)
    deal_of(ana, popescu)
    deal_of(ana, popescu, net=99_000, stage=Stage.LOST)
    text = ana.say("my pipeline", act("list_opportunities", "my pipeline"))
    assert "4 open deals" in text
    assert "New: 3 · €10,000 + 50,000 RON" in text.replace("\xa0", " ")
    assert "Offer: 1 · €20,000" in text
    assert "€30,000 + 50,000 RON" in text.replace("\xa0", " ")
    assert "€13,000 + 5,000 RON" in text.replace("\xa0", " ")
    assert "99,000" not in text


def test_an_empty_pipeline_says_what_to_write(driver: ChatDriver, ana: Person) -> None:
    """With an example, and the way to a first deal."""
    answer = ana.say("my deals", act("list_opportunities", "my deals"))
    assert words("pipeline.none", whose="") in answer
    ana.client("Ion Popescu")
    assert words("question.client") in ana.press(words("btn.new_deal"))
    ana.say("Popescu", act("inform", client="Popescu"))
    assert len(deals(driver)) == 1


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ({"stage": "offer"}, {"Bea"}),
        ({"model": "dust"}, {"Ada", "Cia"}),
        ({"min_amount": euro(15000), "max_amount": euro(25000)}, {"Bea"}),
        ({"period": {"from": "2026-03-01", "to": "2026-03-31"}}, {"Bea"}),
        ({"client": "Ada"}, {"Ada"}),
        ({"source": "website"}, {"Cia"}),
        ({"stage": "won", "period": {"from": "2026-02-11", "to": "2026-02-11"}}, {"Dea"}),
        ({"stage": "won", "period": {"from": "2026-01-01", "to": "2026-01-31"}}, set()),
        ({"stage": "lost"}, {"Eva"}),
    ],
)
def test_what_the_message_says_narrows_the_list(
    driver: ChatDriver, ana: Person, said: dict[str, Any], shown: set[str]
) -> None:
    """Stage, vehicle, net value, closing days, client, source; of closed deals the days on which they were closed."""
    rows = {
        "Ada": {"model": "Duster", "net": 10_000},
        "Bea": {"model": "Spring", "net": 20_000, "stage": Stage.OFFER, "close_on": date(2026, 3, 31)},
        "Cia": {"model": "Duster Journey", "net": 30_000, "source": Source.WEBSITE},
        "Dea": {"stage": Stage.WON, "closed_at": NOW},
        "Eva": {"stage": Stage.LOST, "closed_at": NOW, "loss_reason": LossReason.PRICE},
    }
    for name, values in rows.items():
        deal_of(ana, ana.client(f"{name} Pop"), **values)
    text = ana.say("deals", act("list_opportunities", **said))
    assert {name for name in rows if f". {name} Pop" in text} == shown


def test_a_signature_without_an_order_is_told_from_a_sale(driver: ChatDriver, ana: Person) -> None:
    """In the list of what was won, and on the card."""
    deal_of(ana, ana.client("Ada Pop"), stage=Stage.WON, closed_at=NOW)
    deal_of(ana, ana.client("Bea Pop"), stage=Stage.WON, closed_at=NOW, sold_at=NOW)
    text = ana.say("won deals", act("list_opportunities", stage="won"))
    assert [words("deal.signed_no_order") in line for line in text.splitlines() if " Pop" in line] == [False, True]
    assert words("deal.signed_no_order") in ana.press("Ada Pop")
    assert words("deal.signed_no_order") not in ana.press("Bea Pop")


def test_pages(driver: ChatDriver, ana: Person) -> None:
    """Each deal stands on one page as a button; the filter stays with the page."""
    popescu = ana.client("Ion Popescu")
    for number in range(PAGE + 2):
        deal_of(ana, popescu, model=f"Duster {number}", close_on=date(2026, 3, 1) + timedelta(days=number))
    deal_of(ana, popescu, model="Spring")
    ana.say("Dusters", act("list_opportunities", model="Duster"))
    card = ana.last
    assert sum("Ion Popescu" in label for label in card.labels) == PAGE
    ana.press(words("btn.later"))
    assert [label for label in card.labels if "Popescu" in label] == ["9 Ion Popescu", "10 Ion Popescu"]
    assert "Spring" not in card.text
    ana.press(words("btn.earlier"))
    assert sum("Ion Popescu" in label for label in card.labels) == PAGE


def test_the_director_sees_everybodys_and_one_agents(
    driver: ChatDriver, ana: Person, mihai: Person, elena: Person
) -> None:
    """By default all, by agent summed, and one agent's by name; a name that is a colleague's is no client."""
    deal_of(ana, ana.client("Ada Pop"), net=10_000)
    deal_of(mihai, mihai.client("Bea Pop"), net=20_000)
    everybody = elena.say("pipeline by agent", act("list_opportunities", "pipeline by agent", group_by="agent"))
    assert "Mihai Radu: 1 · €20,000" in everybody
    assert "Ana Ionescu: 1 · €10,000" in everybody
    text = elena.say("Ana's pipeline", act("list_opportunities", "Ana's pipeline", client="Ana"))
    assert "Ada Pop" in text
    assert "Bea Pop" not in text


def test_an_agent_sees_the_own_deals_alone(driver: ChatDriver, ana: Person, mihai: Person) -> None:
    """A colleague's are refused by name and left out of everything else."""
    deal_of(mihai, mihai.client("Bea Pop"), net=20_000)
    refused = ana.say("Mihai's deals", act("list_opportunities", agent="Mihai"))
    assert words("agent.own_only", name="Mihai Radu") in refused
    assert "Bea" not in ana.say("deals by agent", act("list_opportunities", group_by="agent"))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("what deals did I lose", "Eva"),
        ("deals I won", "Dea"),
        ("deals with nothing planned", "Ada"),
        ("my deals", "Ada"),
    ],
)
def test_words_that_narrow_the_list(ana: Person, text: str, shown: str) -> None:
    """Won and lost deals, and those that wait, are meant by their words too."""
    for name, stage in (("Ada", Stage.NEW), ("Dea", Stage.WON), ("Eva", Stage.LOST)):
        deal_of(ana, ana.client(f"{name} Pop"), stage=stage, closed_at=None if stage is Stage.NEW else NOW)
    answer = ana.say(text, act("list_opportunities", text))
    assert [name for name in ("Ada", "Dea", "Eva") if name in answer] == [shown]


def test_a_longer_list_costs_no_more_looks(driver: ChatDriver, ana: Person) -> None:
    """Names of clients are read together: a page of ten deals asks the database as often as one of two."""
    statements: list[str] = []
    sa.event.listen(driver.database.engine, "before_cursor_execute", lambda *event: statements.append(event[2]))
    costs = []
    for number in range(10):
        deal_of(ana, ana.client(f"Ion Popescu{number}"), model="Duster", net=20_000)
        if number in {1, 9}:
            statements.clear()
            ana.say("my deals", act("list_opportunities"))
            costs.append(len(statements))
    assert costs[1] <= costs[0]
