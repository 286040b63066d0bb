"""The car that a client gives in part payment."""

import pytest

from tests.bot.chat_driver import ChatDriver, Person, words
from tests.bot.scripted import act

GOLF = {"model": "Golf", "year": 2017, "mileage": 120_000, "amount": {"value": "8000.00", "currency": "EUR"}}


def test_one_message_keeps_all_of_it(driver: ChatDriver, ana: Person) -> None:
    """Model, year, mileage and price of one message are one car; one press takes it back."""
    ion = ana.client("Ion Popescu", "+40722123456")
    answer = ana.say("Popescu trades in …", act("add_trade_in", client="Popescu", **GOLF))
    assert answer == "Trade-in from Ion Popescu …456: Golf 2017, 120,000 km, asks €8,000"
    assert len(ana.shown) == 1
    (car,) = driver.rows_of("vehicles")
    assert [car[name] for name in ("customer_id", "model", "year", "mileage", "price_minor", "trade_in")] == [
        ion.id,
        "Golf",
        2017,
        120_000,
        800_000,
        True,
    ]
    assert "Trade-in: Golf 2017, 120,000 km, asks €8,000" in ana.press("Open")
    ana.press("Undo")
    assert driver.rows_of("vehicles") == []


def test_only_the_model_is_asked_for(driver: ChatDriver, ana: Person) -> None:
    """Without a model it is asked; what else is missing is offered, and added by a press and a figure."""
    ana.client("Ion Popescu")
    ana.say("Popescu has a car to trade in", act("add_trade_in", client="Popescu"))
    assert ana.asked == words("question.trade_in_model")
    ana.say("VW Passat")
    kept = ana.last
    assert kept.labels[:3] == ["＋ Year", "＋ Mileage", "＋ Price asked"]
    for label, typed in (("Year", "2015"), ("Mileage", "150 mii"), ("Price", "8,5k")):
        ana.press(label, on=kept)
        ana.say(typed)
    (car,) = driver.rows_of("vehicles")
    assert (car["model"], car["year"], car["mileage"], car["price_minor"]) == ("VW Passat", 2015, 150_000, 850_000)


@pytest.mark.parametrize(
    ("wrong", "told", "typed", "kept"),
    [
        ({"year": 1900}, "goes from 1950 to 2027", "2017", ("year", 2017)),
        ({"mileage": 3_000_000}, "goes from 0 to 2,000,000 km", "120k", ("mileage", 120_000)),
        (
            {"amount": {"value": "0.00", "currency": "EUR"}},
            "That price cannot be right",
            "8000",
            ("price_minor", 800_000),
        ),
    ],
)
def test_a_figure_that_cannot_be_right_is_asked_for_again(
    driver: ChatDriver, ana: Person, *, wrong: dict[str, object], told: str, typed: str, kept: tuple[str, int]
) -> None:
    """The refusal says what goes, and the rest of the message is not lost."""
    ana.client("Ion Popescu")
    answer = ana.say("…", act("add_trade_in", client="Popescu", **GOLF | wrong))
    assert told in answer
    assert driver.rows_of("vehicles") == []
    ana.say(typed)
    (car,) = driver.rows_of("vehicles")
    assert (car["model"], car[kept[0]]) == ("Golf", kept[1])


def test_in_romanian(mihai: Person) -> None:
    """The answer reads as one would say it."""
    mihai.client("Ion Popescu")
    answer = mihai.say("…", act("add_trade_in", client="Popescu", **GOLF))
    assert answer == "La schimb, de la Ion Popescu: Golf 2017, 120.000 km, cere 8.000\N{NO-BREAK SPACE}EUR"
