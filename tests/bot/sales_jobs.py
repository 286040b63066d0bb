"""The jobs of orders run by hand against the sandbox's Sales, on the test's own clock."""

import asyncio
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from actions.clients.catalog import CatalogClient
from actions.clients.http import OutsideHttp, Patience
from actions.clients.sales import SalesClient
from actions.runner import Remote
from actions.sales_orders import SalesFollower, sales_handlers
from actions.showroom import ShowroomKeeper
from domain.sales import OrderFilter, SalesOrder
from sandbox.server import ThreadedSandbox
from tests.bot.chat_driver import ChatDriver
from tests.fakes import FakeClock

HASTE = Patience(read=0.5, whole=2.0, pause=0.01)


async def _here(function: Any, /) -> Any:
    return function()


async def _awaited(answer: Awaitable[Any]) -> Any:
    return await answer


class SalesDesk:
    """Sales, its controls, and an action server that works when it is told to."""

    def __init__(self, driver: ChatDriver, runner: asyncio.Runner, sandbox: ThreadedSandbox, clock: FakeClock) -> None:
        self._driver, self._runner, self._sandbox, self._clock = driver, runner, sandbox, clock
        self.controls = httpx.Client(base_url=sandbox.url, trust_env=False)
        self.http = OutsideHttp("sales", f"{sandbox.url}/sales", "sandbox", patience=HASTE, clock=self._seconds)
        self.client = SalesClient(self.http)
        self.handlers = sales_handlers(self.client)
        self.same_time()

    def same_time(self) -> None:
        """Sales' clock shows what the test's shows."""
        self._sandbox._world.clock.offset = self._clock.now() - datetime.now(UTC)

    def _seconds(self) -> float:
        return self._clock.now().timestamp()

    def work(self) -> int:
        """Every job that is due, and the turns that tell of it; returns how many steps there were."""
        steps = 0
        while job := self._driver.database.jobs.claim(tuple(self.handlers), lease_seconds=60):
            handler = self.handlers[job.kind]
            answer = self._runner.run(_awaited(handler.call(job))) if isinstance(handler, Remote) else None
            with self._driver.database.jobs.run(job) as unit:
                assert unit is not None
                if isinstance(handler, Remote):
                    handler.handle(unit, job, answer)
                else:
                    handler(unit, job)  # type: ignore[operator]  # no job of Sales is in two parts
            steps += 1
        self._driver.settle()
        return steps

    def follow(self) -> None:
        """Read all of Sales' changes, and tell what is news."""
        follower = SalesFollower(self.client, self._driver.database.due, run_blocking=_here)
        while self._runner.run(follower.follow()):
            pass
        self.work()

    def read_catalog(self) -> None:
        """Let the snapshot be as the Catalog is."""

        async def read() -> None:
            http = OutsideHttp("catalog", f"{self._sandbox.url}/catalog", "sandbox", patience=HASTE)
            assert await ShowroomKeeper(CatalogClient(http), self._driver.database.due, run_blocking=_here).refresh()
            await http.aclose()

        self._runner.run(read())

    def fault(self, **rule: Any) -> None:
        """Ask for a fault of Sales."""
        response = self.controls.post("/faults", json={"service": "sales", "retry_after": 0, **rule})
        assert response.status_code == 200, response.text

    def control(self, path: str, **body: Any) -> Any:
        """Use a control of the sandbox."""
        response = self.controls.post(path, json=body)
        assert response.status_code < 300, response.text
        return response.json() if response.content else None

    def orders(self) -> list[SalesOrder]:
        """Every order that Sales took from here, the oldest first."""
        found, cursor = [], None
        while True:
            page = self._runner.run(self.client.orders(OrderFilter(), cursor=cursor))
            found += [one for one in page.orders if one.is_ours]
            cursor = page.next_cursor
            if cursor is None:
                return found[::-1]

    def close(self) -> None:
        """Close what is open."""
        self.controls.close()
        self._runner.run(self.http.aclose())


@contextmanager
def sales_desk(driver: ChatDriver, runner: asyncio.Runner, clock: FakeClock, data: Path) -> Iterator[SalesDesk]:
    """A fresh Sales while the block runs."""
    sandbox = ThreadedSandbox(data)
    desk = SalesDesk(driver, runner, sandbox, clock)
    try:
        yield desk
    finally:
        desk.close()
        sandbox.stop()
