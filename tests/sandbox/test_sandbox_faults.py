"""Faults on request, as python-telegram-bot meets them."""

import time
from datetime import timedelta
from typing import Any

import httpx
import pytest
from telegram import Bot
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TimedOut

from tests.sandbox.phone_client import ANA, MIHAI, Phone


async def fault(web: httpx.AsyncClient, **rule: Any) -> dict[str, Any]:
    """Ask for a fault."""
    response = await web.post("/faults", json=rule)
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


async def delivered(phone: Phone) -> list[str]:
    """Read the texts that stand on the phone."""
    return [message["text"] for message in (await phone.screen())["messages"]]


async def test_too_many_requests(bot: Bot, web: httpx.AsyncClient, phone: Phone) -> None:
    """A 429 tells how long to wait, strikes as often as asked, and delivers nothing."""
    await fault(web, kind="too_many_requests", method="sendMessage", retry_after=3, count=2)
    for _ in range(2):
        with pytest.raises(RetryAfter) as caught:
            await bot.send_message(ANA, "x")
        assert caught.value.retry_after == timedelta(seconds=3)
    assert await delivered(phone) == []
    assert await bot.send_message(ANA, "y")


async def test_too_many_requests_holds_for_its_time(bot: Bot, web: httpx.AsyncClient) -> None:
    """With hold, every call in the waiting time is refused, and calls after it go through."""
    await fault(web, kind="too_many_requests", retry_after=1, hold=True)
    for _ in range(3):
        with pytest.raises(RetryAfter):
            await bot.send_chat_action(ANA, "typing")
    time.sleep(1.05)  # noqa: ASYNC251  # nothing else runs in this test
    assert await bot.send_chat_action(ANA, "typing")


@pytest.mark.parametrize(
    ("rule", "error"),
    [
        ({"kind": "forbidden"}, Forbidden),
        ({"kind": "bad_request", "description": "Bad Request: chat not found"}, BadRequest),
        ({"kind": "server_error", "status": 502, "description": "Bad Gateway"}, NetworkError),
        ({"kind": "drop_before"}, NetworkError),
        ({"kind": "timeout_before"}, TimedOut),
    ],
)
async def test_faults_before_delivery(
    bot: Bot, web: httpx.AsyncClient, phone: Phone, rule: dict[str, Any], error: type[Exception]
) -> None:
    """Refusals and lost connections before delivery leave the phone empty, and the next call works."""
    await fault(web, **rule)
    with pytest.raises(error):
        await bot.send_message(ANA, "x", read_timeout=0.5)
    assert await delivered(phone) == []
    assert await bot.send_message(ANA, "y")


@pytest.mark.parametrize(("kind", "error"), [("drop_after", NetworkError), ("timeout_after", TimedOut)])
async def test_faults_after_delivery(
    bot: Bot, web: httpx.AsyncClient, phone: Phone, kind: str, error: type[Exception]
) -> None:
    """The message is delivered, and its sender never learns of it; a document likewise."""
    await fault(web, kind=kind, count=2)
    with pytest.raises(error):
        await bot.send_message(ANA, "x", read_timeout=0.5)
    with pytest.raises(error):
        await bot.send_document(ANA, b"x", caption="y", read_timeout=0.5)
    assert await delivered(phone) == ["x", "y"]


async def test_a_held_connection_is_closed_after_its_seconds(web: httpx.AsyncClient) -> None:
    """A time-out rule gives the caller up itself, so that patient callers are freed."""
    await fault(web, kind="timeout_before", method="getMe", seconds=0.3)
    with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
        await web.get("/bot42:sandbox/getMe")


async def test_rules_choose_their_calls(bot: Bot, web: httpx.AsyncClient, phone: Phone) -> None:
    """A rule keeps to its method and chat, lets calls through first, and spares getUpdates unless named."""
    await fault(web, kind="server_error", method="sendMessage", chat_id=MIHAI, skip=1)
    assert await bot.send_message(ANA, "a")
    assert await bot.send_message(MIHAI, "first")
    with pytest.raises(NetworkError):
        await bot.send_message(MIHAI, "second")
    await fault(web, kind="server_error")
    assert await bot.get_updates() == ()
    await fault(web, kind="server_error", method="getUpdates")
    with pytest.raises(NetworkError):
        await bot.get_updates()
    assert await delivered(phone.of(MIHAI)) == ["first"]


async def test_rules_are_listed_and_ended(bot: Bot, web: httpx.AsyncClient) -> None:
    """Rules without a count strike until they are deleted, one or all."""
    first, second = await fault(web, kind="server_error", count=0), await fault(web, kind="forbidden")
    assert [rule["id"] for rule in (await web.get("/faults")).json()["faults"]] == [first["id"], second["id"]]
    for _ in range(3):
        with pytest.raises(NetworkError):
            await bot.get_me()
    await web.delete(f"/faults/{first['id']}")
    with pytest.raises(Forbidden):
        await bot.get_me()
    await fault(web, kind="server_error", count=0)
    await web.delete("/faults")
    assert await bot.get_me()


@pytest.mark.parametrize(
    "rule", [{}, {"kind": "magic"}, {"kind": "forbidden", "count": "1"}, {"kind": "forbidden", "x": 1}]
)
async def test_rules_that_cannot_be_used(web: httpx.AsyncClient, rule: dict[str, Any]) -> None:
    """A rule with a mistake is refused rather than never striking."""
    response = await web.post("/faults", json=rule)
    assert response.status_code == 400
    assert "fault" in response.json()["error"].lower()
