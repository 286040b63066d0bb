"""The clock that can be moved forward."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest
from telegram import Bot

from sandbox.clock import Clock
from tests.sandbox.phone_client import ANA


async def now(web: httpx.AsyncClient) -> datetime:
    """Read the clock."""
    return datetime.fromisoformat((await web.get("/clock")).json()["now"])


async def test_messages_follow_the_clock(web: httpx.AsyncClient, bot: Bot) -> None:
    """After a move, messages bear the new date, and a reset brings real time back."""
    answer = (await web.post("/clock", json={"advance_seconds": 86_400})).json()
    assert answer["offset_seconds"] == 86_400
    sent = await bot.send_message(ANA, "x")
    assert abs(sent.date - datetime.now(UTC) - timedelta(days=1)) < timedelta(seconds=30)
    assert (await web.post("/clock", json={"reset": True})).json()["offset_seconds"] == 0


async def test_to_an_instant(web: httpx.AsyncClient) -> None:
    """A local date and time in a zone is reached, over a change of the clocks too."""
    await web.post("/clock", json={"to": "2031-03-30T02:30:00", "timezone": "Europe/Bucharest"})
    await web.post("/clock", json={"to": "2031-03-30T07:59:45", "timezone": "Europe/Bucharest"})
    assert abs(await now(web) - datetime(2031, 3, 30, 4, 59, 45, tzinfo=UTC)) < timedelta(seconds=30)


async def test_to_the_next_hour(web: httpx.AsyncClient) -> None:
    """The next 07:59:45 is at most a day away, and asked again, it is the next day's."""
    zone = ZoneInfo("Europe/Bucharest")
    before = await now(web)
    request = {"to_next": "07:59:45", "timezone": "Europe/Bucharest"}
    await web.post("/clock", json=request)
    first = (await now(web)).astimezone(zone)
    assert (first.hour, first.minute) == (7, 59)
    assert timedelta(0) < first - before <= timedelta(days=1, hours=1)
    await web.post("/clock", json={"advance_seconds": 30})
    await web.post("/clock", json=request)
    second = (await now(web)).astimezone(zone)
    assert second.date() == first.date() + timedelta(days=1)


@pytest.mark.parametrize(
    "request_body",
    [
        {},
        {"advance_seconds": -1},
        {"advance_seconds": "60"},
        {"to": "2020-01-01T00:00:00"},
        {"to": "tomorrow"},
        {"to_next": "8 o'clock"},
        {"to_next": "08:00", "timezone": "Mars/Base"},
    ],
)
async def test_moves_that_cannot_be(web: httpx.AsyncClient, request_body: dict[str, Any]) -> None:
    """The clock never goes back, and says in words what it does not understand."""
    response = await web.post("/clock", json=request_body)
    assert response.status_code == 400
    assert response.json()["error"].endswith(".")
    assert (await web.get("/clock")).json()["offset_seconds"] == 0


def test_the_clock_runs_on() -> None:
    """An offset is added to real time; it does not stand still."""
    clock = Clock(timedelta(days=1))
    assert clock.now() <= clock.now() < datetime.now(UTC) + timedelta(days=1, seconds=5)
