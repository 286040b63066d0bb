"""The time: the machine's, the sandbox's shifted one, or one that stands still for a command."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta

import httpx

log = logging.getLogger(__name__)

LOOK_SECONDS = 0.5


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """This instant, UTC."""
        return datetime.now(UTC)


class FixedClock:
    """One instant, for a command line that names it."""

    def __init__(self, instant: datetime) -> None:
        self._instant = instant

    def now(self) -> datetime:
        """That instant, UTC."""
        return self._instant


class SandboxClock:
    """The machine's clock and the sandbox's offset, so that the morning can be let come."""

    def __init__(self, url: str) -> None:
        self._url = f"{url}/clock"
        self._offset = timedelta()

    def now(self) -> datetime:
        """This instant as the sandbox has it, UTC."""
        return datetime.now(UTC) + self._offset

    async def follow(self) -> None:
        """Keep the offset current until cancelled."""
        async with httpx.AsyncClient(timeout=2, trust_env=False) as client:
            while True:
                await self._look(client)
                await asyncio.sleep(LOOK_SECONDS)

    async def look(self) -> None:
        """Take the offset once, before anything asks for the time: what waited must not be read on another day."""
        async with httpx.AsyncClient(timeout=2, trust_env=False) as client:
            await self._look(client)

    async def _look(self, client: httpx.AsyncClient) -> None:
        try:
            answer = await client.get(self._url)
            self._offset = timedelta(seconds=float(answer.raise_for_status().json()["offset_seconds"]))
        except (httpx.HTTPError, ValueError, KeyError) as error:
            log.warning("the sandbox's clock does not answer: %s", type(error).__name__)


def clock_at(instant: datetime | None) -> "SystemClock | FixedClock":
    """The machine's clock, or one that stands at the given instant."""
    return FixedClock(instant.astimezone(UTC)) if instant else SystemClock()
