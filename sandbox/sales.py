"""The Sales module in the sandbox: the contract's operations over order book and reservations, and controls over both."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox import contract_api
from sandbox.contract import Answer, Call
from sandbox.json_body import JsonAnswer, RequestError, json_body, words
from sandbox.sales_orders import matches
from sandbox.world import World


def routes() -> list[Route]:
    """Give the addresses below /sales."""
    handlers = {
        "launchOrder": _launch,
        "listOrders": _list,
        "getOrder": _get,
        "reassignOrder": _reassign,
        "cancelOrder": _cancel,
        "listChanges": _changes,
        "reserveCar": _reserve,
        "listReservations": _reservations,
        "getReservation": _reservation,
        "releaseCar": _release,
    }
    return [
        Route("/health", _health),
        Route("/control/decide", _decide, methods=["POST"]),
        Route("/control/orders/{order_id}/advance", _advance, methods=["POST"]),
        Route("/control/orders/{order_id}/cancel", _cancel_elsewhere, methods=["POST"]),
        *contract_api.routes("sales", handlers),
    ]


def _launch(world: World, call: Call) -> Answer:
    order, is_new = world.orders.launch(call.parameters["Idempotency-Key"], call.body)
    return Answer(order, 201 if is_new else 200)


def _list(world: World, call: Call) -> Answer:
    asked = call.parameters
    found = [
        order
        for order in world.orders.all()
        if asked.get("status") in {None, order["status"]}
        and asked.get("kind") in {None, order["kind"]}
        and asked.get("agent_id") in {None, order["agent"]["id"]}
        and asked.get("reference") in {None, order["reference"]}
        and asked.get("vin") in {None, *(line.get("vin") for line in order["lines"])}
        and asked.get("created_from", "") <= order["created_at"][:10] <= asked.get("created_until", "9999-12-31")
        and matches(order, asked.get("q", ""))
        and order["id"] < asked.get("cursor", "T")
    ]
    page = found[: asked["limit"]]
    more = {"next_cursor": page[-1]["id"]} if len(found) > len(page) else {}
    return Answer({"orders": page, **more})


def _get(world: World, call: Call) -> Answer:
    return Answer(world.orders.get(call.parameters["order_id"]))


def _reassign(world: World, call: Call) -> Answer:
    key, order_id = call.parameters["Idempotency-Key"], call.parameters["order_id"]
    return Answer(world.orders.reassign(key, order_id, call.body["agent"]))


def _cancel(world: World, call: Call) -> Answer:
    key, order_id = call.parameters["Idempotency-Key"], call.parameters["order_id"]
    return Answer(world.orders.cancel(key, order_id, call.body["reason"]))


def _changes(world: World, call: Call) -> Answer:
    since = call.parameters.get("since", "0")
    # The cursor is ours; of another one we have seen nothing.
    start = int(since) if since.isascii() and since.isdigit() and len(since) <= 18 else 0
    changes, has_more = world.orders.changes(start, call.parameters["limit"])
    last = changes[-1]["sequence"] if changes else start
    return Answer({"changes": changes, "next_cursor": str(last), "has_more": has_more})


def _reserve(world: World, call: Call) -> Answer:
    reservation, is_new = world.reservations.reserve(call.parameters["Idempotency-Key"], call.body)
    return Answer(reservation, 201 if is_new else 200)


def _reservations(world: World, call: Call) -> Answer:
    asked = call.parameters
    found = [
        reservation
        for reservation in world.reservations.holding()
        if asked.get("vin") in {None, reservation["vin"]}
        and asked.get("agent_id") in {None, reservation["agent"]["id"]}
    ]
    return Answer({"reservations": found})


def _reservation(world: World, call: Call) -> Answer:
    return Answer(world.reservations.get(call.parameters["reservation_id"]))


def _release(world: World, call: Call) -> Answer:
    return Answer(world.reservations.release(call.parameters["reservation_id"]))


async def _decide(request: Request) -> Response:
    world: World = request.app.state.world
    when = words(await json_body(request), "when")
    if when not in {"at_once", "later"}:
        raise RequestError("when must be at_once or later.")
    world.store.put("sales_decide_later", when == "later")
    return JsonAnswer({"when": when})


async def _advance(request: Request) -> Response:
    world: World = request.app.state.world
    return JsonAnswer({"order": world.orders.advance(request.path_params["order_id"])})


async def _cancel_elsewhere(request: Request) -> Response:
    world: World = request.app.state.world
    reason = words(await json_body(request), "reason")
    return JsonAnswer({"order": world.orders.end_elsewhere(request.path_params["order_id"], reason)})


async def _health(_request: Request) -> Response:
    return JsonAnswer({"status": "ok"})
