"""Five hundred orders launched while Sales fails in every way: each is there exactly once, and its agent is told the truth."""

import asyncio
import random
from collections import Counter
from pathlib import Path
from typing import Any

import httpx
import pytest
import sqlalchemy as sa

from actions.clients.http import OutsideHttp, Patience
from actions.clients.sales import SalesClient
from actions.runner import Remote
from actions.sales_orders import SalesFollower, sales_handlers
from domain.offer_terms import OfferTerms, configured_line, terms_of
from domain.orders import OrderStatus, draft_order, launch, set_details
from domain.sales import OrderFilter, OrderKind, Party, PartyKind, Payment, SalesOrder
from sandbox.server import ThreadedSandbox
from storage.database import Database
from storage.tables import business, queues
from tests.bot.chat_driver import ChatDriver
from tests.bot.scripted import ScriptedUnderstander
from tests.bot.showroom import catalog
from tests.contracts.orders import duster
from tests.factories import keep, keep_agent, make_customer, make_opportunity
from tests.fakes import FakeClock

LAUNCHES = 500
AGENTS = 5
HASTE = Patience(read=0.05, whole=0.3, pause=0.001)
FAULTS = (
    "server_error",
    "too_many_requests",
    "drop_before",
    "drop_after",
    "timeout_before",
    "timeout_after",
    "request_twice",
    "answer_twice",
)


def terms() -> OfferTerms:
    """A Duster at list price."""
    configuration, _ = duster(catalog())
    return terms_of(catalog(), [configured_line(catalog(), configuration)])


def launched(database: Database, count: int) -> None:
    """So many orders on their way, as the button leaves them."""
    agents = [keep_agent(database, name=f"Agent {at}", telegram_user_id=at, chat_id=at) for at in range(1, AGENTS + 1)]
    kept = terms()
    for at in range(count):
        agent = agents[at % AGENTS]
        customer = make_customer(name=f"Customer {at}", owner_id=agent.id)
        keep(database, customer)
        deal = make_opportunity(customer_id=customer.id, owner_id=agent.id)
        keep(database, deal)
        with database.command_unit(f"launch {at}") as unit:
            order = draft_order(unit, agent, opportunity_id=deal.id, terms=kept, kind=OrderKind.NEW_CAR)
            party = Party(PartyKind.PERSON, customer.name)
            set_details(unit, agent, order_id=order.id, party=party, payment=Payment.CASH)
            launch(unit, agent, order_id=order.id)
            person, order_id = agent.telegram_user_id or 0, order.id
        with database.due.tick() as unit:
            key = f"launch:{order_id}"
            unit.add_job(kind="launch_order", key=key, payload={"order_id": order_id}, person=person, actor_id=agent.id)


class Restarting(httpx.AsyncBaseTransport):
    """The way to a Sales that is stopped and started again, each time at another port."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._sandbox = ThreadedSandbox(data)
        self._network = httpx.AsyncHTTPTransport(trust_env=False)

    @property
    def url(self) -> str:
        """Where it is now."""
        return self._sandbox.url

    def restart(self) -> None:
        """Stop it in the midst of whatever it does, and start it on the same data."""
        self._sandbox.stop()
        self._sandbox = ThreadedSandbox(self._data)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send it to where Sales is now."""
        request.url = request.url.copy_with(port=httpx.URL(self.url).port)
        return await self._network.handle_async_request(request)

    async def aclose(self) -> None:
        """Close both."""
        await self._network.aclose()
        self._sandbox.stop()


class Desk:
    """An action server turned by hand: several jobs at once, each a second long; the clock goes on when all wait."""

    def __init__(self, database: Database, clock: FakeClock, client: SalesClient) -> None:
        self._database, self._clock = database, clock
        self._handlers = sales_handlers(client)

    async def work(self, steps: int) -> None:
        """So many steps, three jobs beside each other."""
        await asyncio.gather(*(self._worker(steps // 3) for _ in range(3)))

    async def _worker(self, steps: int) -> None:
        for _ in range(steps):
            job = self._database.jobs.claim(tuple(self._handlers), lease_seconds=3600)
            self._clock.advance(**({"seconds": 1} if job else {"minutes": 2}))
            if job is None:
                return
            handler = self._handlers[job.kind]
            answer = await handler.call(job) if isinstance(handler, Remote) else None
            with self._database.jobs.run(job) as unit:
                if unit is None:  # its lease was over, and another has it
                    continue
                if isinstance(handler, Remote):
                    handler.handle(unit, job, answer)
                else:
                    handler(unit, job)  # type: ignore[operator]  # no job of Sales is in two parts

    def is_open(self) -> bool:
        """Whether a job is left."""
        query = sa.select(queues.jobs.c.id).where(queues.jobs.c.state.in_(("pending", "leased"))).limit(1)
        with self._database.engine.connect() as connection:
            return connection.scalar(query) is not None


def trouble(sales: Restarting, chance: random.Random) -> None:
    """One fault for the next few calls, and a restart now and then."""
    if chance.random() < 0.15:
        sales.restart()
    kind = chance.choice(FAULTS)
    rule = {"service": "sales", "kind": kind, "method": "launchOrder", "count": chance.randint(1, 8)}
    with httpx.Client(base_url=sales.url, trust_env=False) as controls:
        controls.delete("/faults")
        controls.post("/faults", json={**rule, "seconds": 0.2, "retry_after": 0})


async def everything(client: SalesClient) -> list[SalesOrder]:
    """All that Sales has from here."""
    found: list[SalesOrder] = []
    cursor = None
    while True:
        page = await client.orders(OrderFilter(), cursor=cursor, limit=100)
        found += [one for one in page.orders if one.is_ours]
        cursor = page.next_cursor
        if cursor is None:
            return found


@pytest.mark.e2e
def test_every_order_is_there_once(database: Database, clock: FakeClock, tmp_path: Path) -> None:
    """Errors, time-outs and lost connections before and after the order was taken, answers twice, restarts: one order each."""
    launched(database, LAUNCHES)
    sales = Restarting(tmp_path / "sandbox")
    http = OutsideHttp(
        "sales", f"{sales.url}/sales", "sandbox", patience=HASTE, clock=lambda: clock.now().timestamp(), transport=sales
    )
    client, chance = SalesClient(http), random.Random(7)  # noqa: S311  not a secret
    desk = Desk(database, clock, client)
    with asyncio.Runner() as runner:
        driver = ChatDriver(database, ScriptedUnderstander(), runner)
        while desk.is_open():
            trouble(sales, chance)
            runner.run(desk.work(30))
            driver.settle()
        with httpx.Client(base_url=sales.url, trust_env=False) as controls:
            controls.delete("/faults")
        clock.advance(minutes=11)
        there = runner.run(everything(client))
        follower = SalesFollower(client, database.due, run_blocking=here)
        while runner.run(follower.follow()):
            pass
        runner.run(desk.work(LAUNCHES * 3))
        driver.settle()
        runner.run(http.aclose())

    ours = driver.rows(business.orders)
    assert Counter(one.request.reference for one in there) == Counter(f"PS-{row['id']:06d}" for row in ours)
    assert {one.request.reference: one.id for one in there} == {f"PS-{row['id']:06d}": row["number"] for row in ours}
    assert {row["status"] for row in ours} == {OrderStatus.ACCEPTED}
    waited = 0
    for row in ours:
        for person, shown in driver.telegram.chats.items():
            texts = [one.text for one in shown]
            accepted = sum(f"accepted order {row['number']} " in text for text in texts)
            waits = sum(f"Order PS-{row['id']:06d} " in text for text in texts)
            assert accepted == (person == row["agent_id"])
            assert waits <= (person == row["agent_id"])
            waited += waits
    assert waited
    assert {row["sold_at"] is None for row in driver.rows(business.opportunities)} == {False}


async def here(function: Any, /) -> Any:
    """In this thread."""
    return function()
