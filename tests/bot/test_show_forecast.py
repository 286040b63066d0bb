"""The forecast: figures at once, the picture after them, and of whom."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import ParamSpec, TypeVar

import pytest

from actions.forecast_chart import FORECAST_CHART
from domain.opportunities import Stage
from storage.tables import queues
from tests.bot.chat_driver import ChatDriver, Person, words
from tests.bot.deals import deal_of
from tests.bot.scripted import act
from tests.factories import NOW

P = ParamSpec("P")
R = TypeVar("R")
SIGNATURE = b"\x89PNG\r\n\x1a\n"


class InThisProcess:
    """A desk that draws where the test runs."""

    def compute(self, function: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """At once."""
        return function(*args, **kwargs)


def draw(driver: ChatDriver) -> int:
    """Do what an action server does with the waiting pictures, and answer; returns how many there were."""
    drawn = 0
    while job := driver.database.jobs.claim(["forecast_chart"], lease_seconds=60):
        prepared = FORECAST_CHART.prepare(InThisProcess(), job)  # type: ignore[arg-type]
        with driver.database.jobs.run(job) as unit:
            assert unit is not None
            FORECAST_CHART.handle(unit, job, prepared)
        drawn += 1
    driver.settle()
    return drawn


@pytest.fixture
def pipeline(ana: Person) -> None:
    """Two months with something in them, and a deal without a closing day."""
    popescu = ana.client("Ion Popescu")
    deal_of(ana, popescu, net=10_000, stage=Stage.OFFER, close_on=date(2026, 2, 28))
    deal_of(ana, popescu, net=20_000, close_on=date(2026, 3, 31))
    deal_of(ana, popescu, net=40_000)
    deal_of(ana, popescu, net=50_000, stage=Stage.WON, closed_at=NOW, sold_at=NOW)
    deal_of(ana, popescu, net=5_000, stage=Stage.WON, closed_at=NOW)


@pytest.mark.usefixtures("pipeline")
def test_figures_first_then_the_picture(driver: ChatDriver, ana: Person) -> None:
    """Weighted against won by month, their sum, and what is signed without an order; the picture is a PNG with its title."""
    text = ana.say("forecast", act("show_forecast"))
    assert "Feb 2026: €6,000 weighted · €55,000 won" in text
    assert "Mar 2026: €2,000 weighted" in text
    assert "€63,000 (€55,000 won + €8,000 weighted)" in text
    assert "€4,000 weighted" in text
    assert "€5,000 is signed without an order" in text
    assert draw(driver) == 1
    assert ana.last.photo is not None
    assert ana.last.photo.startswith(SIGNATURE)
    assert "Feb 2026 – Apr 2026" in ana.last.text


@pytest.mark.usefixtures("pipeline")
def test_a_period_that_is_said(driver: ChatDriver, ana: Person) -> None:
    """Only its months are shown."""
    said = act("show_forecast", period={"from": "2026-03-01", "to": "2026-03-31"})
    text = ana.say("forecast for march", said)
    assert "Mar 2026" in text
    assert "Feb 2026" not in text


def test_nothing_to_forecast(driver: ChatDriver, ana: Person) -> None:
    """Says what brings a deal in, and draws nothing."""
    assert words("forecast.empty", whose="") in ana.say("forecast", act("show_forecast"))
    assert driver.rows(queues.jobs) == []


@pytest.mark.usefixtures("pipeline")
def test_the_director_sees_all_or_one(driver: ChatDriver, ana: Person, mihai: Person, elena: Person) -> None:
    """Everybody's by default, one agent's by name, each agent on a line; an agent is refused a colleague's."""
    deal_of(mihai, mihai.client("Bea Pop"), net=30_000, stage=Stage.WON, closed_at=datetime(2026, 2, 1, tzinfo=UTC))
    assert "€85,000 won" in elena.say("forecast", act("show_forecast"))
    assert "€30,000 won" in elena.say("Mihai's forecast", act("show_forecast", agent="Mihai"))
    by_agent = elena.say("forecast by agent", act("show_forecast", group_by="agent"))
    assert "Mihai Radu: €30,000 (won €30,000)" in by_agent
    assert words("agent.own_only", name="Mihai Radu") in ana.say("x", act("show_forecast", agent="Mihai"))


@pytest.mark.usefixtures("pipeline")
def test_a_picture_that_cannot_be_drawn(driver: ChatDriver, ana: Person) -> None:
    """The figures have been sent anyway, and that is said."""
    ana.say("forecast", act("show_forecast"))
    job = driver.database.jobs.claim(["forecast_chart"], lease_seconds=60)
    assert job is not None
    driver.database.jobs.give_up(job.id, error="WorkerDiedError", result={"kind": "forecast_chart", "failed": True})
    driver.settle()
    assert ana.last.text == words("forecast.no_picture")
