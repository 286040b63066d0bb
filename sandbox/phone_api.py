"""The phone's reading side: people, messages, files, and the stream of events."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.routing import Route

from sandbox.hub import frame
from sandbox.json_body import JsonAnswer, RequestError, json_body
from sandbox.people import Person, person_from
from sandbox.phone_actions import action_routes, caller
from sandbox.phone_view import message_json, person_json
from sandbox.telegram_bot import commands_for
from sandbox.world import World

Json = dict[str, Any]

_HEARTBEAT_SECONDS = 15.0
# Shown in the page itself, these could run scripts with the page's rights.
_NEVER_INLINE = ("html", "svg", "xml", "javascript")


def routes() -> list[Route]:
    """Give the addresses below /phone/api."""
    return [
        Route("/people", _people, methods=["GET"]),
        Route("/people", _add_person, methods=["POST"]),
        Route("/people/{person:int}/messages", _messages, methods=["GET"]),
        Route("/people/{person:int}/events", _events, methods=["GET"]),
        Route("/people/{person:int}/files/{file}", _file, methods=["GET"]),
        *action_routes(),
    ]


async def _people(request: Request) -> Response:
    world: World = request.app.state.world
    people = [person_json(person, world.store) for person in world.store.people.values()]
    return JsonAnswer({"people": people, "clock": world.clock.as_json()})


async def _add_person(request: Request) -> Response:
    world: World = request.app.state.world
    person = person_from(await json_body(request), max(world.store.people, default=1000) + 1)
    if person.id in world.store.people:
        raise RequestError("There is a person with this id.")
    world.store.save_person(person)
    world.chats.tell_unread()
    return JsonAnswer({"person": person_json(person, world.store)}, 201)


async def _messages(request: Request) -> Response:
    world, person = caller(request)
    after = _count(request, "after", 0)
    limit = min(max(_count(request, "limit", 500), 1), 5000)
    messages = world.store.messages_after(person.id, after, limit)
    return JsonAnswer(
        {
            "person": person_json(person, world.store),
            "messages": [message_json(message, world.files) for message in messages],
            "last_seq": world.store.last_seq(),
            "keyboard": person.keyboard,
            "commands": commands_for(world.store, person.id, person.language),
            "clock": world.clock.as_json(),
        }
    )


async def _events(request: Request) -> Response:
    world, person = caller(request)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_stream(world, person), media_type="text/event-stream", headers=headers)


async def _stream(world: World, person: Person) -> AsyncIterator[str]:
    with world.hub.stream(person.id) as stream:
        yield frame("hello", {"last_seq": world.store.last_seq(), "clock": world.clock.as_json()})
        while not world.hub.ended.is_set():
            try:
                text = await asyncio.wait_for(stream.get(), _HEARTBEAT_SECONDS)
            except TimeoutError:
                text = ": still here\n\n"
            if text is None:
                return
            yield text


async def _file(request: Request) -> Response:
    world, person = caller(request)
    file = world.files.get(request.path_params["file"])
    if file is None or not world.files.is_shown_to(file.file_id, person.id):
        raise RequestError("There is no such file in this person's chats.", 404)
    inline = request.query_params.get("inline") == "1" and not any(kind in file.mime for kind in _NEVER_INLINE)
    return FileResponse(
        world.files.location(file),
        media_type=file.mime,
        filename=file.name,
        content_disposition_type="inline" if inline else "attachment",
        headers={"X-Content-Type-Options": "nosniff", "Cache-Control": "private, max-age=3600"},
    )


def _count(request: Request, name: str, default: int) -> int:
    text = request.query_params.get(name, "")
    if text and not text.isdecimal():
        raise RequestError(f"{name} must be a whole number.")
    return int(text) if text else default
