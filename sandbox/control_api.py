"""The addresses by which a test or the phone's page steers the simulation: the clock and the faults."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.json_body import JsonAnswer, RequestError, json_body, whole
from sandbox.world import World


def routes() -> list[Route]:
    """Give the addresses of clock and faults."""
    return [
        Route("/clock", _clock, methods=["GET"]),
        Route("/clock", _move_clock, methods=["POST"]),
        Route("/faults", _list_faults, methods=["GET"]),
        Route("/faults", _add_fault, methods=["POST"]),
        Route("/faults", _remove_faults, methods=["DELETE"]),
        Route("/faults/raw-update", _raw_update, methods=["POST"]),
        Route("/faults/duplicate", _duplicate, methods=["POST"]),
        Route("/faults/restart-update-ids", _restart_ids, methods=["POST"]),
        Route("/faults/expire-callbacks", _expire_callbacks, methods=["POST"]),
        Route("/faults/updates", _updates, methods=["GET"]),
        Route("/faults/{number:int}", _remove_faults, methods=["DELETE"]),
    ]


def _world(request: Request) -> World:
    world: World = request.app.state.world
    return world


async def _clock(request: Request) -> Response:
    return JsonAnswer(_world(request).clock.as_json())


async def _move_clock(request: Request) -> Response:
    world = _world(request)
    world.clock.move(await json_body(request))
    world.store.put("clock_offset", world.clock.offset.total_seconds())
    world.hub.tell_all("clock", world.clock.as_json())
    return JsonAnswer(world.clock.as_json())


async def _list_faults(request: Request) -> Response:
    return JsonAnswer({"faults": _world(request).faults.list()})


async def _add_fault(request: Request) -> Response:
    return JsonAnswer(_world(request).faults.add(await json_body(request)))


async def _remove_faults(request: Request) -> Response:
    faults = _world(request).faults
    faults.remove(request.path_params.get("number"))
    return JsonAnswer({"faults": faults.list()})


async def _raw_update(request: Request) -> Response:
    return JsonAnswer({"update_id": _world(request).updates.add_raw(await json_body(request))})


async def _duplicate(request: Request) -> Response:
    content = await json_body(request)
    times = whole(content, "times")
    if not 1 <= times <= 1000:
        raise RequestError("times must be from 1 to 1000.")
    update_id = whole(content, "update_id") if content.get("update_id") is not None else None
    together = content.get("together") is True
    if not _world(request).updates.repeat(times=times, together=together, update_id=update_id):
        raise RequestError("There is no such update.", 404)
    return JsonAnswer({"times": times, "together": together, "update_id": update_id})


async def _restart_ids(request: Request) -> Response:
    content = await json_body(request)
    first = whole(content, "next") if "next" in content else 1
    if first < 1 or not _world(request).updates.restart_ids(first):
        raise RequestError("Ids restart at a positive number, once the bot has confirmed every update.")
    return JsonAnswer({"next_update_id": first})


async def _expire_callbacks(request: Request) -> Response:
    _world(request).chats.expire_callbacks()
    return JsonAnswer({})


async def _updates(request: Request) -> Response:
    updates = _world(request).updates
    return JsonAnswer({"pending": updates.pending(), "next_update_id": updates.next_id})
