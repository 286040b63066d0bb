"""A flag that says "there may be work", so that loops sleep without polling often."""

import asyncio


class Wake:
    """Set from anywhere in the loop; a waiter wakes at once, or after a while to look for other processes' work."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def set(self) -> None:
        """Wake the waiter."""
        self._event.set()

    async def wait(self, seconds: float) -> None:
        """Wait for the flag or for `seconds`."""
        try:
            async with asyncio.timeout(seconds):  # `wait_for` of Python 3.11 loses a cancellation that meets the flag
                await self._event.wait()
        except TimeoutError:
            return
        finally:
            self._event.clear()
