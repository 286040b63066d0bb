"""The client of Sales against the sandbox, both held to the contract at every request."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from actions.clients.catalog import CatalogClient
from actions.clients.http import OutsideHttp
from actions.clients.sales import SalesClient
from domain.catalog import Catalog
from domain.outside import (
    CarReservedError,
    CarSoldError,
    KeyReusedError,
    MissingError,
    NotAuthorizedError,
    NotCancellableError,
    RefusedError,
)
from domain.parts import ItemKind, StockStatus
from domain.sales import (
    OrderChange,
    OrderFilter,
    OrderKind,
    OrderStatus,
    Rejection,
    RejectionReason,
    ReservationStatus,
)
from domain.stock import StockCar
from sandbox.server import running
from tests.contracts.conftest import HASTE, TOKEN
from tests.contracts.orders import ANA, MIHAI, duster, full_order, item, order, stock_order


@pytest.fixture
async def snapshot(catalog: CatalogClient) -> Catalog:
    """The catalogue as it is at first."""
    fresh = await catalog.catalog()
    assert fresh is not None
    return fresh.value


@pytest.fixture
async def car(catalog: CatalogClient) -> StockCar:
    """A car in stock."""
    fresh = await catalog.stock()
    assert fresh is not None
    return fresh.value[0]


async def test_an_order_is_taken_once(sales: SalesClient, snapshot: Catalog) -> None:
    """The same launch under the same key is the same order; Sales has everything that was said, and one of it."""
    plain, tow = duster(snapshot)[1], duster(snapshot, item(ItemKind.OPTION, "tow-bar"))[1]
    request = full_order("P-1", replace(plain, quantity=3), tow)

    taken = await sales.launch(request, key="launch-P-1")
    again = await sales.launch(request, key="launch-P-1")

    assert taken == again
    assert (taken.request, taken.status, taken.is_ours) == (request, OrderStatus.ACCEPTED, True)
    assert [status for status, _ in taken.history] == [OrderStatus.RECEIVED, OrderStatus.ACCEPTED]
    assert (await sales.orders(OrderFilter(reference="P-1"))).orders == (taken,)
    assert await sales.order(taken.id) == taken


async def test_a_key_is_for_one_request(sales: SalesClient, snapshot: Catalog) -> None:
    """Another order under a used key is refused, and not kept."""
    request = order("P-1", duster(snapshot)[1])
    await sales.launch(request, key="launch-P-1")

    with pytest.raises(KeyReusedError):
        await sales.launch(replace(request, reference="P-2"), key="launch-P-1")
    assert (await sales.orders(OrderFilter(reference="P-2"))).orders == ()


async def test_a_changed_price_is_a_reason(sales: SalesClient, snapshot: Catalog, controls: httpx.AsyncClient) -> None:
    """At the old price the order is rejected with the new one, at the new price it is accepted."""
    line = duster(snapshot)[1]
    await controls.post("/catalog/control/prices", json={"model_id": "duster", "percent": 5})

    rejected = await sales.launch(order("P-1", line), key="launch-P-1")

    assert rejected.status is OrderStatus.REJECTED
    assert rejected.rejection is not None
    assert (rejected.rejection.reason, rejected.rejection.line) == (RejectionReason.PRICE_CHANGED, 0)
    price = rejected.rejection.current_price
    assert price is not None
    assert price.minor > line.list_price.minor
    taken = await sales.launch(order("P-2", replace(line, list_price=price)), key="launch-P-2")
    assert taken.status is OrderStatus.ACCEPTED


async def test_a_configuration_that_breaks_a_rule_is_not_orderable(sales: SalesClient, snapshot: Catalog) -> None:
    """Sales checks for itself: panoramic roof and roof bars exclude each other."""
    configuration, line = duster(snapshot)
    both = {item(ItemKind.OPTION, "panoramic-roof"), item(ItemKind.OPTION, "roof-bars")}
    broken = replace(configuration, chosen=configuration.chosen | both)

    rejected = await sales.launch(order("P-1", replace(line, configuration=broken)), key="launch-P-1")

    assert rejected.rejection == Rejection(RejectionReason.NOT_ORDERABLE, 0)


async def test_a_car_is_sold_once(sales: SalesClient, catalog: CatalogClient, car: StockCar) -> None:
    """Of two orders of one car the first gets it, and the other is told; cancelling gives it back."""
    first = await sales.launch(stock_order("P-1", car), key="launch-P-1")
    second = await sales.launch(stock_order("P-2", car), key="launch-P-2")

    assert first.status is OrderStatus.ACCEPTED
    assert second.rejection == Rejection(RejectionReason.CAR_SOLD, 0)
    assert (await catalog.car(car.vin)).status is StockStatus.SOLD
    cancelled = await sales.cancel(first.id, "Customer withdrew", key="cancel-P-1")
    assert (cancelled.status, cancelled.cancellation_reason) == (OrderStatus.CANCELLED, "Customer withdrew")
    assert (await catalog.car(car.vin)).status is StockStatus.AVAILABLE
    third = await sales.launch(stock_order("P-3", car), key="launch-P-3")
    assert third.status is OrderStatus.ACCEPTED


async def test_a_reservation_holds_a_car_for_one(
    sales: SalesClient, catalog: CatalogClient, car: StockCar, controls: httpx.AsyncClient
) -> None:
    """Others cannot reserve or order it; the holder can prolong, order or release; at its end it is free."""
    until = datetime.now(UTC).replace(microsecond=0) + timedelta(days=2)
    held = await sales.reserve(car.vin, agent=ANA, reference="D-1", until=until, key="reserve-D-1")
    assert (held.status, held.until, held.agent) == (ReservationStatus.HELD, until, ANA)
    assert (await catalog.car(car.vin)).status is StockStatus.RESERVED
    with pytest.raises(CarReservedError):
        await sales.reserve(car.vin, agent=MIHAI, reference="D-2", until=until, key="reserve-D-2")
    refused = await sales.launch(stock_order("D-2", car), key="launch-D-2")
    assert refused.rejection == Rejection(RejectionReason.CAR_RESERVED, 0)

    longer = until + timedelta(days=2)
    moved = await sales.reserve(car.vin, agent=ANA, reference="D-1", until=longer, key="reserve-D-1b")
    assert (moved.id, moved.until) == (held.id, longer)
    assert await sales.reservations(vin=car.vin) == (moved,)
    assert await sales.reservations(agent_id=MIHAI.id) == ()

    await controls.post("/clock", json={"advance_seconds": 5 * 86_400})
    assert (await sales.reservation(held.id)).status is ReservationStatus.ENDED
    assert (await catalog.car(car.vin)).status is StockStatus.AVAILABLE


async def test_a_reservation_ends_in_its_order_or_is_released(
    sales: SalesClient, catalog: CatalogClient, car: StockCar
) -> None:
    """Ordering uses the holder's reservation up; releasing lets the car go, and a second release changes nothing."""
    until = datetime.now(UTC) + timedelta(days=2)
    held = await sales.reserve(car.vin, agent=ANA, reference="D-1", until=until, key="reserve-D-1")
    assert (await sales.release(held.id)).status is ReservationStatus.RELEASED
    assert (await sales.release(held.id)).status is ReservationStatus.RELEASED
    assert (await catalog.car(car.vin)).status is StockStatus.AVAILABLE

    again = await sales.reserve(car.vin, agent=MIHAI, reference="D-2", until=until, key="reserve-D-2")
    taken = await sales.launch(stock_order("D-2", car), key="launch-D-2")
    assert taken.status is OrderStatus.ACCEPTED
    assert (await sales.reservation(again.id)).status is ReservationStatus.ORDERED
    with pytest.raises(CarSoldError):
        await sales.reserve(car.vin, agent=ANA, reference="D-3", until=until, key="reserve-D-3")


async def test_invoiced_orders_are_not_cancelled(
    sales: SalesClient, snapshot: Catalog, controls: httpx.AsyncClient
) -> None:
    """Before the invoice an order can be cancelled, after it not."""
    taken = await sales.launch(order("P-1", duster(snapshot)[1]), key="launch-P-1")
    await controls.post(f"/sales/control/orders/{taken.id}/advance")

    with pytest.raises(NotCancellableError):
        await sales.cancel(taken.id, "too late", key="cancel-P-1")
    assert (await sales.order(taken.id)).status is OrderStatus.INVOICED


async def test_orders_move_on_with_the_clock(
    sales: SalesClient, snapshot: Catalog, controls: httpx.AsyncClient
) -> None:
    """Accepted, invoiced, delivered: each comes after its days, dated when it was due, and stands among the changes."""
    before = await all_changes(sales)
    taken = await sales.launch(order("P-1", duster(snapshot)[1]), key="launch-P-1")
    await controls.post("/clock", json={"advance_seconds": 30 * 86_400})

    moved = await sales.order(taken.id)
    assert [status for status, _ in moved.history] == [
        OrderStatus.RECEIVED,
        OrderStatus.ACCEPTED,
        OrderStatus.INVOICED,
        OrderStatus.DELIVERED,
    ]
    assert moved.history[3][1] - moved.history[1][1] == timedelta(days=7)
    own = [change for change in (await all_changes(sales))[len(before) :] if change.order.id == taken.id]
    assert [change.status for change in own] == [status for status, _ in moved.history]
    assert {change.order for change in own} == {moved}


async def all_changes(sales: SalesClient) -> list[OrderChange]:
    """Every change there is, page by page."""
    found: list[OrderChange] = []
    since = None
    while True:
        page = await sales.changes(since=since)
        found += page.changes
        since = page.next_cursor
        if not page.has_more:
            return found


async def test_changes_go_on_where_they_ended(sales: SalesClient, snapshot: Catalog) -> None:
    """The cursor gives only what is new, in rising order, and nothing while nothing happens."""
    old = await all_changes(sales)
    assert [change.sequence for change in old] == sorted({change.sequence for change in old})
    cursor = None
    while (page := await sales.changes(since=cursor)).has_more:
        cursor = page.next_cursor
    assert (await sales.changes(since=page.next_cursor)).changes == ()

    taken = await sales.launch(order("P-1", duster(snapshot)[1]), key="launch-P-1")
    await sales.reassign(taken.id, MIHAI, key="reassign-P-1")
    new = (await sales.changes(since=page.next_cursor)).changes
    assert [(change.order.id, change.status, change.order.request.agent) for change in new] == [
        (taken.id, OrderStatus.RECEIVED, MIHAI),
        (taken.id, OrderStatus.ACCEPTED, MIHAI),
        (taken.id, OrderStatus.ACCEPTED, MIHAI),
    ]


async def test_a_decision_may_come_later(sales: SalesClient, snapshot: Catalog, controls: httpx.AsyncClient) -> None:
    """Where Sales takes its time, an order is received first, and accepted by the clock."""
    await controls.post("/sales/control/decide", json={"when": "later"})
    taken = await sales.launch(order("P-1", duster(snapshot)[1]), key="launch-P-1")
    assert taken.status is OrderStatus.RECEIVED

    await controls.post("/clock", json={"advance_seconds": 120})
    assert (await sales.order(taken.id)).status is OrderStatus.ACCEPTED


async def test_sales_itself_cancels(sales: SalesClient, snapshot: Catalog, controls: httpx.AsyncClient) -> None:
    """What happens in Sales without us is among the changes."""
    taken = await sales.launch(order("P-1", duster(snapshot)[1]), key="launch-P-1")
    await controls.post(f"/sales/control/orders/{taken.id}/cancel", json={"reason": "Credit refused"})

    last = (await all_changes(sales))[-1]
    assert (last.order.id, last.status, last.order.cancellation_reason) == (
        taken.id,
        OrderStatus.CANCELLED,
        "Credit refused",
    )


async def test_all_orders_of_the_dealer_are_found(sales: SalesClient, snapshot: Catalog) -> None:
    """Those launched at the desk too; by words, status, kind, agent and day, and page by page without a gap."""
    mine = await sales.launch(order("P-1", duster(snapshot)[1]), key="launch-P-1")
    pages, cursor = [], None
    while True:
        page = await sales.orders(OrderFilter(), cursor=cursor, limit=7)
        pages += page.orders
        cursor = page.next_cursor
        if cursor is None:
            break
    assert len({found.id for found in pages}) == len(pages) == 25
    assert [found.id for found in pages if found.is_ours] == [mine.id]
    assert pages[0] == mine

    by_name = (await sales.orders(OrderFilter(words="popescu ION duster"))).orders
    assert by_name == (mine,)
    fleets = (await sales.orders(OrderFilter(kind=OrderKind.FLEET))).orders
    assert fleets
    assert all(found.request.kind is OrderKind.FLEET for found in fleets)
    today = datetime.now(UTC).date()
    assert (await sales.orders(OrderFilter(created_from=today, agent_id=ANA.id))).orders == (mine,)
    cancelled = (await sales.orders(OrderFilter(status=OrderStatus.CANCELLED))).orders
    assert len(cancelled) == 3
    assert all(found.cancellation_reason for found in cancelled)


@pytest.mark.parametrize("wrong", ["SO-999999", "SO-0000001", "../reservations", "", "SO-1"])
async def test_orders_that_are_none(sales: SalesClient, wrong: str) -> None:
    """An id of no order is missing, whether it looks like one or not."""
    for ask in (
        sales.order(wrong),
        sales.cancel(wrong, "x", key="cancel-wrong"),
        sales.release(wrong.replace("SO", "RS")),
    ):
        with pytest.raises(MissingError):
            await ask


async def test_a_text_that_the_contract_does_not_take_is_a_clear_no(
    sandbox_url: str, sales: SalesClient, snapshot: Catalog
) -> None:
    """A name of a thousand letters is refused, not tried again, and nothing is kept."""
    http = OutsideHttp("sales", f"{sandbox_url}/sales", TOKEN, patience=HASTE)
    request = order("P-1", duster(snapshot)[1])
    long = replace(request, customer=replace(request.customer, name="x" * 1000))

    with pytest.raises(RefusedError, match="status 400"):
        await SalesClient(http).launch(long, key="launch-P-1")
    await http.aclose()
    assert (await sales.orders(OrderFilter(reference="P-1"))).orders == ()


async def test_a_wrong_token_is_told(sandbox_url: str) -> None:
    """A token that is not known there is a fault of the settings, and not tried again."""
    http = OutsideHttp("sales", f"{sandbox_url}/sales", "wrong", patience=HASTE)
    with pytest.raises(NotAuthorizedError):
        await SalesClient(http).changes()
    await http.aclose()


async def test_orders_survive_a_restart(tmp_path: Path) -> None:
    """Orders, keys, reservations, sold cars, prices and the place among the changes are there after a restart."""
    with running(tmp_path) as url:
        sales, catalog = clients(url)
        fresh, cars = await catalog.catalog(), await catalog.stock()
        assert fresh is not None
        assert cars is not None
        sold, held = cars.value[0], cars.value[1]
        request = stock_order("P-1", sold)
        taken = await sales.launch(request, key="launch-P-1")
        until = datetime.now(UTC) + timedelta(days=2)
        reservation = await sales.reserve(held.vin, agent=ANA, reference="D-1", until=until, key="reserve-D-1")
        async with httpx.AsyncClient(base_url=url, trust_env=False) as controls:
            await controls.post("/catalog/control/prices", json={"model_id": "logan", "percent": 3})
        stock, changes = await catalog.stock(), await all_changes(sales)
        version = await catalog.catalog()
    with running(tmp_path) as url:
        sales, catalog = clients(url)
        assert await sales.launch(request, key="launch-P-1") == taken
        assert await sales.reservation(reservation.id) == reservation
        assert (await catalog.stock(), await catalog.catalog()) == (stock, version)
        assert await all_changes(sales) == changes


def clients(url: str) -> tuple[SalesClient, CatalogClient]:
    """Clients as the application makes them."""
    found = [OutsideHttp(service, f"{url}/{service}", TOKEN, patience=HASTE) for service in ("sales", "catalog")]
    return SalesClient(found[0]), CatalogClient(found[1])
