"""What a person does on the phone, as the messages and updates that Telegram makes of it."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.entities import clean, complete
from sandbox.html_entities import utf16_length
from sandbox.json_body import JsonAnswer, RequestError, json_body, whole, words
from sandbox.people import Person
from sandbox.phone_uploads import send_document, send_photo, send_sticker, send_voice
from sandbox.phone_view import message_json
from sandbox.store import StoredMessage
from sandbox.telegram_rules import CAPTION_LIMIT, TEXT_LIMIT, text_fields
from sandbox.world import World

Json = dict[str, Any]

# A forwarded message takes along what it shows, and nothing of where it stood.
_FORWARDED = (
    "text",
    "entities",
    "caption",
    "caption_entities",
    "document",
    "photo",
    "voice",
    "sticker",
    "contact",
    "location",
)


def action_routes() -> list[Route]:
    """Give the addresses of everything that a person does."""
    actions = {
        "text": _text,
        "press": _press,
        "contact": _contact,
        "location": _location,
        "edit": _edit,
        "forward": _forward,
        "group": _group,
        "delete": _delete,
        "read": _read,
        "block": _block,
        "document": _document,
        "photo": _photo,
        "voice": _voice,
        "sticker": _sticker,
    }
    return [Route(f"/people/{{person:int}}/{name}", action, methods=["POST"]) for name, action in actions.items()]


def caller(request: Request) -> tuple[World, Person]:
    """Find whose phone a request comes from."""
    world: World = request.app.state.world
    person = world.store.people.get(request.path_params["person"])
    if person is None:
        raise RequestError("There is no such person.", 404)
    return world, person


def active(request: Request) -> tuple[World, Person]:
    """Find whose phone a request comes from, and that it may write."""
    world, person = caller(request)
    if person.blocked:
        raise RequestError("This person has blocked the bot; unblock it first.")
    return world, person


def pieces(text: str) -> list[str]:
    """Cut a long text as the apps do: at the limit, at a line's or a word's end where there is one near it."""
    text = clean(text).strip()
    parts = []
    while utf16_length(text) > TEXT_LIMIT:
        cut = TEXT_LIMIT
        while utf16_length(text[:cut]) > TEXT_LIMIT:
            cut -= 1
        space = max(text.rfind("\n", cut // 2, cut), text.rfind(" ", cut // 2, cut))
        cut = space if space > 0 else cut
        parts.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    return [*parts, text]


def answer(world: World, message: StoredMessage, **more: Any) -> Response:
    """Answer with the message that an action made."""
    return JsonAnswer({"message": message_json(message, world.files), **more})


async def _text(request: Request) -> Response:
    world, person = active(request)
    content = await json_body(request)
    reply_to = _own_chat(world, person, whole(content, "reply_to")) if content.get("reply_to") else None
    sent = []
    for piece in pieces(words(content, "text")):
        entities = complete(piece, _mono(piece) if content.get("mono") is True else [])
        sent.append(world.chats.from_person(person, text_fields(piece, entities), reply_to=reply_to))
        reply_to = None
    return answer(world, sent[-1], messages=[message_json(message, world.files) for message in sent])


def _mono(text: str) -> list[Json]:
    return [{"type": "code", "offset": 0, "length": utf16_length(text)}]


async def _group(request: Request) -> Response:
    world, person = active(request)
    text = pieces(words(await json_body(request), "text"))[0]
    return answer(world, world.chats.from_person(person, text_fields(text, complete(text, [])), group=True))


async def _press(request: Request) -> Response:
    world, person = active(request)
    content = await json_body(request)
    number, row, column = (whole(content, key) for key in ("message_id", "row", "column"))
    keyboard = person.keyboard
    if keyboard and keyboard["message_id"] == number:
        button = _button(keyboard["rows"], row, column)
        if button.get("request_contact"):
            return answer(world, _share(world, person, _own_contact(person)), kind="contact")
        if button.get("request_location"):
            raise RequestError("Send a location for this button.")
        text = clean(button["text"]).strip()
        message = world.chats.from_person(person, text_fields(text, complete(text, [])))
        return answer(world, message, kind="text")
    message = _own_chat(world, person, number)
    button = _button(message.body.get("reply_markup", {}).get("inline_keyboard", []), row, column)
    if "url" in button:
        return JsonAnswer({"kind": "url", "url": button["url"]})
    if "copy_text" in button:
        return JsonAnswer({"kind": "copy", "text": button["copy_text"]["text"]})
    query_id = world.chats.press(person, message, button["callback_data"])
    return JsonAnswer({"kind": "callback", "callback_query_id": query_id})


def _button(rows: list[list[Json]], row: int, column: int) -> Json:
    if not (0 <= row < len(rows) and 0 <= column < len(rows[row])):
        raise RequestError("There is no such button.", 404)
    return rows[row][column]


async def _contact(request: Request) -> Response:
    world, person = active(request)
    content = await json_body(request)
    if content.get("own") is True:
        contact = _own_contact(person)
        if content.get("phone_number"):
            contact["phone_number"] = words(content, "phone_number")
    else:
        contact = {key: words(content, key) for key in ("phone_number", "first_name")}
        contact |= {key: value for key in ("last_name", "vcard") if (value := words(content, key, needed=False))}
    return answer(world, _share(world, person, contact))


def _own_contact(person: Person) -> Json:
    contact = {"phone_number": person.phone, "first_name": person.first_name, "user_id": person.id}
    return contact | ({"last_name": person.last_name} if person.last_name else {})


def _share(world: World, person: Person, contact: Json) -> StoredMessage:
    """Send a contact; one shared by the keyboard's button answers the message that asked for it, as in the apps."""
    asked = person.keyboard and world.store.message(person.id, person.keyboard["message_id"])
    own = contact.get("user_id") == person.id
    return world.chats.from_person(person, {"contact": contact}, reply_to=asked if own and asked else None)


async def _location(request: Request) -> Response:
    world, person = active(request)
    content = await json_body(request)
    place = {}
    for key, limit in (("latitude", 90), ("longitude", 180)):
        value = content.get(key)
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= limit:
            raise RequestError(f"{key} must be a number of at most {limit}.")
        place[key] = value
    return answer(world, world.chats.from_person(person, {"location": place}))


async def _edit(request: Request) -> Response:
    world, person = active(request)
    content = await json_body(request)
    message = _own_chat(world, person, whole(content, "message_id"))
    text = clean(words(content, "text")).strip()
    prefix = "" if "text" in message.body else "caption"
    if message.from_bot or "forward_origin" in message.body or not ({"text", "document", "photo"} & set(message.body)):
        raise RequestError("Only own texts and captions can be edited.")
    if utf16_length(text) > (CAPTION_LIMIT if prefix else TEXT_LIMIT):
        raise RequestError("The text is too long.")
    for name in ("text", "entities", "caption", "caption_entities"):
        message.body.pop(name, None)
    message.body |= text_fields(text, complete(text, []), prefix=prefix)
    message.body["edit_date"] = world.clock.timestamp()
    world.chats.changed(message, tell_bot=True)
    return answer(world, message)


async def _forward(request: Request) -> Response:
    world, person = active(request)
    content = await json_body(request)
    if "message_id" in content:
        original = _own_chat(world, person, whole(content, "message_id"))
        if original.body.get("has_protected_content"):
            raise RequestError("This message is protected and cannot be forwarded.")
        body = {key: original.body[key] for key in _FORWARDED if key in original.body}
        origin = original.body.get("forward_origin") or {"type": "user", "sender_user": original.body["from"]}
        date = original.body["date"]
    else:
        text = pieces(words(content, "text"))[0]
        body, date = text_fields(text, complete(text, [])), world.clock.timestamp()
        origin = {"type": "hidden_user", "sender_user_name": words(content, "from_name")}
    if content.get("from_name"):
        origin = {"type": "hidden_user", "sender_user_name": words(content, "from_name")}
    elif content.get("from_person") is not None:
        author = world.store.people.get(whole(content, "from_person"))
        if author is None:
            raise RequestError("There is no such person.", 404)
        origin = {"type": "user", "sender_user": author.user()}
    return answer(world, world.chats.from_person(person, {"forward_origin": origin | {"date": date}, **body}))


async def _delete(request: Request) -> Response:
    world, person = caller(request)
    message = _own_chat(world, person, whole(await json_body(request), "message_id"))
    world.chats.delete(message)
    return answer(world, message)


async def _read(request: Request) -> Response:
    world, person = caller(request)
    world.chats.mark_read(person)
    return JsonAnswer({"unread": 0})


async def _block(request: Request) -> Response:
    world, person = caller(request)
    blocked = (await json_body(request)).get("blocked")
    if not isinstance(blocked, bool):
        raise RequestError("blocked must be true or false.")
    world.chats.block(person, blocked=blocked)
    return JsonAnswer({"blocked": person.blocked})


async def _document(request: Request) -> Response:
    world, person = active(request)
    return answer(world, await send_document(world, person, request))


async def _photo(request: Request) -> Response:
    world, person = active(request)
    return answer(world, await send_photo(world, person, request))


async def _voice(request: Request) -> Response:
    world, person = active(request)
    return answer(world, await send_voice(world, person, request))


async def _sticker(request: Request) -> Response:
    world, person = active(request)
    emoji = words(await json_body(request), "emoji", needed=False) or "👍"
    return answer(world, send_sticker(world, person, emoji))


def _own_chat(world: World, person: Person, number: int) -> StoredMessage:
    message = world.store.message(person.id, number) or world.store.message(person.group_id, number)
    if message is None:
        raise RequestError("There is no such message in this person's chats.", 404)
    return message
