"""The flag between the bot's loops."""

import asyncio

import pytest

from bot.telegram.wake import Wake


@pytest.mark.parametrize("steps", range(5))
async def test_a_cancellation_that_meets_the_flag_is_not_lost(steps: int) -> None:
    """A loop that is ended in the moment in which it is woken ends; else Ctrl-C would sometimes hang."""
    wake = Wake()

    async def look_for_ever() -> None:
        while True:
            await wake.wait(60)

    looking = asyncio.create_task(look_for_ever())
    for _ in range(5):
        await asyncio.sleep(0)
    wake.set()
    for _ in range(steps):
        await asyncio.sleep(0)
    looking.cancel()
    await asyncio.wait({looking}, timeout=0.5)
    was_lost = not looking.done()
    looking.cancel()
    assert not was_lost


async def test_waiting_ends_by_the_flag_or_by_the_time() -> None:
    """The flag wakes at once, also when it was set before; without it the time does."""
    wake = Wake()
    wake.set()
    await asyncio.wait_for(wake.wait(60), 5)
    await asyncio.wait_for(wake.wait(0.01), 5)
