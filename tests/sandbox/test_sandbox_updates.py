"""getUpdates: order, confirmation, long poll, conflict, and what tests may do to the queue."""

import asyncio
import time

import httpx
import pytest
from telegram import Bot
from telegram.error import Conflict

from tests.sandbox.phone_client import ANA, Phone


async def texts(bot: Bot, offset: int | None = None, limit: int | None = None) -> list[str]:
    """Get updates and name them by their texts."""
    updates = await bot.get_updates(offset=offset, limit=limit)
    return [update.message.text or "" for update in updates if update.message]


async def write(phone: Phone, *words: str) -> None:
    """Write several messages."""
    for word in words:
        await phone.act("text", text=word)


async def test_updates_stay_until_confirmed(bot: Bot, phone: Phone) -> None:
    """The same updates come again until an offset beyond them is asked for."""
    await write(phone, "a", "b", "c")
    updates = await bot.get_updates(limit=2)
    assert [update.update_id for update in updates] == [100_000_001, 100_000_002]
    assert await texts(bot) == ["a", "b", "c"]
    assert (await bot.get_webhook_info()).pending_update_count == 3
    assert await texts(bot, offset=100_000_003) == ["c"]
    assert await texts(bot) == ["c"]


async def test_a_negative_offset_keeps_the_newest(bot: Bot, phone: Phone) -> None:
    """Offset -2 forgets all but the last two."""
    await write(phone, "a", "b", "c")
    assert await texts(bot, offset=-2) == ["b", "c"]
    assert await texts(bot) == ["b", "c"]


async def test_pending_updates_can_be_dropped(bot: Bot, phone: Phone) -> None:
    """A deleteWebhook with drop_pending_updates forgets what waits."""
    await write(phone, "a")
    await bot.delete_webhook(drop_pending_updates=True)
    assert await texts(bot) == []


async def test_long_poll_answers_when_something_comes(bot: Bot, phone: Phone) -> None:
    """A poll waits, and is answered at once when a person writes."""
    started = time.monotonic()
    poll = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.3)
    assert not poll.done()
    await write(phone, "a")
    updates = await poll
    assert len(updates) == 1
    assert time.monotonic() - started < 5


async def test_long_poll_ends_empty(bot: Bot) -> None:
    """A poll without news is answered empty when its time is over."""
    started = time.monotonic()
    assert await bot.get_updates(timeout=1) == ()
    assert 0.9 <= time.monotonic() - started < 5


async def test_a_second_poller_ends_the_first(bot: Bot, web: httpx.AsyncClient, phone: Phone) -> None:
    """Of two polls at once the first is told of the conflict, and the second goes on."""
    first = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.3)
    second = asyncio.create_task(web.post("/bot42:sandbox/getUpdates", json={"timeout": 20}))
    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        await first
    await write(phone, "a")
    assert (await second).json()["result"][0]["message"]["text"] == "a"


async def test_allowed_updates_are_remembered(bot: Bot, phone: Phone) -> None:
    """Kinds that were not asked for are not kept, until the list is changed."""
    await bot.get_updates(allowed_updates=["edited_message"])
    message = (await phone.act("text", text="a"))["message"]
    await phone.act("edit", message_id=message["message_id"], text="b")
    updates = await bot.get_updates()
    assert [update.edited_message is not None for update in updates] == [True]
    await bot.get_updates(allowed_updates=[])
    await write(phone, "c")
    assert len(await bot.get_updates()) == 2


async def test_a_raw_update_comes_as_it_is(web: httpx.AsyncClient, phone: Phone) -> None:
    """Any object can be put in the queue, so that what cannot be parsed can be rehearsed."""
    number = (await web.post("/faults/raw-update", json={"message": {"date": "never"}})).json()["update_id"]
    await web.post("/faults/raw-update", json={"update_id": 5, "future_kind": []})
    await write(phone, "a")
    updates = (await web.get("/bot42:sandbox/getUpdates")).json()["result"]
    assert updates[:2] == [
        {"message": {"date": "never"}, "update_id": number},
        {"update_id": 5, "future_kind": []},
    ]
    assert updates[2]["update_id"] == number + 1


async def test_an_update_given_again_after_its_confirmation(bot: Bot, web: httpx.AsyncClient, phone: Phone) -> None:
    """The same update comes as often as asked, each time alone, though the bot has confirmed it."""
    await web.post("/faults/duplicate", json={"times": 3})
    await write(phone, "a", "b")
    given = []
    for offset in (None, 100_000_003, 100_000_003, 100_000_003):
        updates = await bot.get_updates(offset=offset)
        given.append([update.message.text for update in updates if update.message])
    assert given == [["a", "b"], ["a"], ["a"], []]
    assert (await web.post("/faults/duplicate", json={"times": 1, "update_id": 9})).status_code == 404
    await web.post("/faults/duplicate", json={"times": 1, "update_id": 100_000_002})
    assert await texts(bot, offset=100_000_003) == ["b"]
    assert await texts(bot, offset=100_000_003) == []


async def test_an_update_given_many_times_at_once(bot: Bot, web: httpx.AsyncClient, phone: Phone) -> None:
    """Copies can also come together in one batch."""
    await web.post("/faults/duplicate", json={"times": 10, "together": True})
    await write(phone, "a")
    updates = await bot.get_updates()
    assert [update.update_id for update in updates] == [updates[0].update_id] * 10
    assert await texts(bot, offset=updates[0].update_id + 1) == []


async def test_update_ids_restart(bot: Bot, web: httpx.AsyncClient, phone: Phone) -> None:
    """Ids may restart low; an offset of the old sequence then confirms nothing, and the update still comes."""
    await write(phone, "a")
    old = (await bot.get_updates())[-1].update_id + 1
    assert (await web.post("/faults/restart-update-ids", json={})).status_code == 400
    await bot.get_updates(offset=old)
    assert (await web.post("/faults/restart-update-ids", json={"next": 7})).status_code == 200
    await write(phone, "b")
    updates = await bot.get_updates(offset=old)
    assert [update.update_id for update in updates] == [7]
    assert await texts(bot, offset=8) == []
    assert (await web.get("/faults/updates")).json() == {"pending": [], "next_update_id": 8}


async def test_nothing_of_the_bots_own_comes_back(bot: Bot) -> None:
    """What the bot sends is no update."""
    await bot.send_message(ANA, "x")
    assert await bot.get_updates() == ()
