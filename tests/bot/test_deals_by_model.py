"""Deals as the trained model understands what is written of them, in both languages."""

from datetime import date

import pytest

from domain.opportunities import Stage
from tests.bot.chat_driver import ChatDriver, Person, words
from tests.bot.deals import deals

pytestmark = pytest.mark.nlu


def agent(driver: ChatDriver, language: str) -> Person:
    """An agent with three clients."""
    person = driver.person(7).joined(name="Ana Ionescu", language=language)
    person.client("Ion Popescu", "+40722123456")
    person.client("Maria Țăranu", "+40733555012")
    person.client("Acme Logistic SRL", "+40212000100", kind="company")
    return person


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        (
            "en",
            (
                "new deal for Popescu, Duster, 22k euro, closing end of month",
                "no, 23k",
                "Popescu is in negotiation now",
                "push Popescu's closing date to 15 march",
                "Popescu 70%",
                "Popescu signed",
            ),
        ),
        (
            "ro",
            (
                "oportunitate nouă pentru Popescu, Duster, 22 de mii de euro, sfârșitul lunii",
                "nu, 23 de mii",
                "Popescu e în negociere acum",
                "mută data închiderii la Popescu pe 15 martie",
                "probabilitatea la Popescu e 70%",
                "Popescu a semnat",
            ),
        ),
    ],
)
def test_a_deals_life(nlu_driver: ChatDriver, language: str, texts: tuple[str, ...]) -> None:
    """Opened, corrected, moved, put off, judged and won: a message each, and no question."""
    ana = agent(nlu_driver, language)
    opened, corrected, moved, put_off, judged, signed = texts
    ana.say(opened)
    assert [(one["model"], one["value_minor"], one["close_on"]) for one in deals(nlu_driver)] == [
        ("Duster", 2_200_000, date(2026, 2, 28))
    ]
    ana.say(corrected)
    assert [one["value_minor"] for one in deals(nlu_driver)] == [2_300_000]
    ana.say(moved)
    assert [one["stage"] for one in deals(nlu_driver)] == [Stage.NEGOTIATION]
    ana.say(put_off)
    assert [one["close_on"] for one in deals(nlu_driver)] == [date(2026, 3, 15)]
    ana.say(judged)
    assert [one["probability"] for one in deals(nlu_driver)] == [70]
    ana.say(signed)
    assert [one["stage"] for one in deals(nlu_driver)] == [Stage.WON]
    assert len(ana.shown) == len(texts)


@pytest.mark.parametrize(
    ("language", "opened", "lost", "reason"),
    [
        ("en", "new deal for Maria, Spring", "lost Maria, too expensive", "price"),
        ("ro", "oportunitate nouă pentru Maria, Spring", "am pierdut-o pe Maria, prea scump", "price"),
        ("en", "new deal for Maria, Spring", "lost Maria to Hyundai", "competitor"),
        ("ro", "oportunitate nouă pentru Maria, Spring", "am pierdut-o pe Maria, a luat Hyundai", "competitor"),
    ],
)
def test_lost_with_its_reason(nlu_driver: ChatDriver, language: str, opened: str, lost: str, reason: str) -> None:
    """One message loses the deal with its reason, and what was bought instead is kept."""
    ana = agent(nlu_driver, language)
    ana.say(opened)
    ana.say(lost)
    (deal,) = deals(nlu_driver)
    assert (deal["stage"], deal["loss_reason"]) == (Stage.LOST, reason)
    assert deal["competitor"] == ("Hyundai" if reason == "competitor" else None)


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "new deal Acme: 12 Logans, 150k, in negotiation"), ("ro", "deal nou Acme: 12 Logan, 150k, în negociere")],
)
def test_a_fleet_in_one_message(nlu_driver: ChatDriver, language: str, text: str) -> None:
    """Quantity, net value of a company, and the stage to begin in."""
    ana = agent(nlu_driver, language)
    ana.say(text)
    (deal,) = deals(nlu_driver)
    assert (deal["model"], deal["quantity"], deal["fleet"]) == ("Logan", 12, True)
    assert (deal["net_minor"], deal["stage"]) == (15_000_000, Stage.NEGOTIATION)


@pytest.mark.parametrize(
    ("language", "text", "key"),
    [
        ("en", "my pipeline", "pipeline.none"),
        ("ro", "oportunitățile mele", "pipeline.none"),
        ("en", "forecast for this quarter", "forecast.empty"),
        ("ro", "prognoza pe trimestrul ăsta", "forecast.empty"),
        ("en", "idle deals", "pipeline.none_idle"),
    ],
)
def test_what_only_looks(nlu_driver: ChatDriver, language: str, text: str, key: str) -> None:
    """Lists and forecasts of nobody's deals answer, and write nothing."""
    ana = agent(nlu_driver, language)
    values = {} if key == "pipeline.none_idle" else {"whose": ""}
    assert words(key, language, **values) in ana.say(text)
    assert deals(nlu_driver) == []
