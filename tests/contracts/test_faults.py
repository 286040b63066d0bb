"""What goes wrong on the way to Sales and back: the client tells the truth, and an order exists once."""

import random
from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import pytest

from actions.clients.catalog import CatalogClient
from actions.clients.http import MOST_BYTES, OutsideHttp, Patience
from actions.clients.sales import SalesClient
from domain.outside import UnavailableError
from domain.sales import OrderFilter
from tests.contracts.conftest import HASTE, TOKEN
from tests.contracts.orders import duster, order

BEFORE = ("server_error", "drop_before", "timeout_before", "too_many_requests")
AFTER = ("drop_after", "timeout_after")
TWICE = ("request_twice", "answer_twice")


@pytest.fixture
async def wire(sandbox_url: str) -> AsyncIterator[SalesClient]:
    """The client of Sales on a real connection, with nothing between."""
    http = OutsideHttp("sales", f"{sandbox_url}/sales", TOKEN, patience=HASTE)
    yield SalesClient(http)
    await http.aclose()


async def fault(controls: httpx.AsyncClient, **rule: Any) -> None:
    """Ask for a fault of Sales."""
    response = await controls.post("/faults", json={"service": "sales", "retry_after": 0, **rule})
    assert response.status_code == 200, response.text


@pytest.mark.parametrize("kind", [*BEFORE, *AFTER, *TWICE])
async def test_one_fault_is_got_over(
    wire: SalesClient, catalog: CatalogClient, controls: httpx.AsyncClient, kind: str
) -> None:
    """Whatever goes wrong once, the launch succeeds and Sales has one order."""
    fresh = await catalog.catalog()
    assert fresh is not None
    request = order("P-1", duster(fresh.value)[1])
    await fault(controls, kind=kind, method="launchOrder", seconds=1)

    taken = await wire.launch(request, key="launch-P-1")

    assert taken.request == request
    assert (await wire.orders(OrderFilter(reference="P-1"))).orders == (taken,)


@pytest.mark.parametrize(
    ("kind", "maybe_done", "exists"), [("drop_after", True, True), ("too_many_requests", False, False)]
)
async def test_lasting_faults_tell_whether_it_may_be_done(  # noqa: PLR0917  fixtures and a case's values
    wire: SalesClient,
    catalog: CatalogClient,
    controls: httpx.AsyncClient,
    kind: str,
    maybe_done: bool,
    exists: bool,
) -> None:
    """After all tries the client says whether the order may be there; a later launch under the key finds it."""
    fresh = await catalog.catalog()
    assert fresh is not None
    request = order("P-1", duster(fresh.value)[1])
    await fault(controls, kind=kind, method="launchOrder", count=HASTE.tries)

    with pytest.raises(UnavailableError) as caught:
        await wire.launch(request, key="launch-P-1")

    assert caught.value.maybe_done is maybe_done
    found = (await wire.orders(OrderFilter(reference="P-1"))).orders
    assert bool(found) is exists
    taken = await wire.launch(request, key="launch-P-1")
    assert (await wire.orders(OrderFilter(reference="P-1"))).orders == (taken,)


async def test_many_launches_under_faults(
    wire: SalesClient, catalog: CatalogClient, controls: httpx.AsyncClient
) -> None:
    """Of fifty orders launched again until they went through, each exists once."""
    fresh = await catalog.catalog()
    assert fresh is not None
    line = duster(fresh.value)[1]
    chance = random.Random(4)  # noqa: S311  not a secret
    for number in range(50):
        if chance.random() < 0.6:
            kind = chance.choice(("server_error", "drop_before", "drop_after", "request_twice", "answer_twice"))
            await controls.delete("/faults")  # more than four failures in a row would open the breaker
            await fault(controls, kind=kind, method="launchOrder", count=chance.randint(1, 4))
        while True:
            try:
                await wire.launch(order(f"P-{number}", line), key=f"launch-P-{number}")
                break
            except UnavailableError:
                continue
    found = (await wire.orders(OrderFilter(words="popescu"), limit=200)).orders
    assert sorted(one.request.reference for one in found) == sorted(f"P-{number}" for number in range(50))


def answering(answer: Callable[[httpx.Request], httpx.Response]) -> tuple[SalesClient, list[httpx.Request]]:
    """A client whose service answers so, and the requests that reach it."""
    seen: list[httpx.Request] = []

    def take(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return answer(request)

    patience = Patience(pause=0.001)
    return SalesClient(
        OutsideHttp("sales", "http://sales", "t", patience=patience, transport=httpx.MockTransport(take))
    ), seen


def same_id(request: httpx.Request, **content: Any) -> httpx.Response:
    """An answer that belongs to the request."""
    return httpx.Response(
        headers={"X-Request-ID": request.headers["X-Request-ID"], **content.pop("headers", {})}, **content
    )


@pytest.mark.parametrize(
    ("answer", "tries"),
    [
        (lambda request: same_id(request, status_code=302, headers={"Location": "http://elsewhere/"}), 1),
        (lambda request: same_id(request, status_code=200, html="<p>Log in</p>"), 1),
        (lambda request: same_id(request, status_code=200, json={"changes": "none"}), 1),
        (lambda request: same_id(request, status_code=200, json=[1]), 1),
        (lambda _request: httpx.Response(200, json={"changes": [], "next_cursor": "1", "has_more": False}), 3),
        (lambda request: same_id(request, status_code=200, content=b"x" * (MOST_BYTES + 1)), 1),
        (lambda _request: httpx.Response(503), 3),
    ],
)
async def test_answers_that_are_none(answer: Callable[[httpx.Request], httpx.Response], tries: int) -> None:
    """Redirects, pages, other shapes, another request's answer and floods are no answers; nothing else is asked for."""
    client, seen = answering(answer)

    with pytest.raises(UnavailableError):
        await client.changes()
    assert len(seen) == tries
    assert {request.url.host for request in seen} == {"sales"}


async def test_a_service_that_fails_is_left_alone_for_a_while() -> None:
    """After five failures in a row nothing is sent until the pause is over; then one request tries."""
    now, seen = 0.0, 0

    def refuse(_request: httpx.Request) -> httpx.Response:
        nonlocal seen
        seen += 1
        return httpx.Response(503)

    http = OutsideHttp(
        "sales",
        "http://sales",
        "t",
        patience=Patience(tries=1),
        clock=lambda: now,
        transport=httpx.MockTransport(refuse),
    )
    for _ in range(8):
        with pytest.raises(UnavailableError):
            await SalesClient(http).changes()
    assert seen == 5
    now = 31.0
    for _ in range(2):
        with pytest.raises(UnavailableError):
            await SalesClient(http).changes()
    assert seen == 6
