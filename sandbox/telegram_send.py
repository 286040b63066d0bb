"""The Bot API's sending methods: texts, documents, photos, contacts, locations, chat actions."""

from collections.abc import Callable
from typing import Any

from starlette.datastructures import UploadFile

from sandbox.chats import Chats, quoted
from sandbox.files import File
from sandbox.people import Person
from sandbox.telegram_markup import reply_markup
from sandbox.telegram_params import Params
from sandbox.telegram_rules import ApiError, bad, caption, message_text, text_fields

Json = dict[str, Any]

_PHOTO_BYTES = 10 << 20
# Width and height of a photo together, and their greatest ratio (Bot API, sendPhoto).
_PHOTO_SUM, _PHOTO_RATIO = 10_000, 20
_ACTIONS = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ]
)


def reachable(chats: Chats, params: Params) -> tuple[Person, bool]:
    """Find whom a call's chat_id means and whether it is the group; raises where Telegram would not deliver."""
    raw = params.text("chat_id").strip()
    if not raw:
        raise bad("chat_id is empty")
    try:
        chat_id = int(raw)
    except ValueError:
        raise bad("chat not found") from None
    person = chats.store.person_of_chat(chat_id)
    group = chat_id < 0
    if person is None or not (person.in_group if group else person.started):
        raise bad("chat not found")
    if person.blocked and not group:
        raise ApiError(403, "Forbidden: bot was blocked by the user")
    return person, group


def send_message(chats: Chats, params: Params) -> Json:
    """Carry out sendMessage."""
    return _deliver(chats, params, lambda: _text(params))


def send_document(chats: Chats, params: Params) -> Json:
    """Carry out sendDocument, with an upload or the id of a file known."""

    def content() -> Json:
        words = _caption(params)
        return {"document": _file(chats, params, "document").document(), **words}

    return _deliver(chats, params, content)


def send_photo(chats: Chats, params: Params) -> Json:
    """Carry out sendPhoto, with an upload or the id of a photo known."""

    def content() -> Json:
        words = _caption(params)
        file = _file(chats, params, "photo")
        reason = _photo_fault(file)
        if reason:
            if isinstance(params.upload("photo"), UploadFile):
                chats.files.discard(file)
            raise bad(reason)
        return {"photo": file.photo(), **words}

    return _deliver(chats, params, content)


def send_contact(chats: Chats, params: Params) -> Json:
    """Carry out sendContact."""

    def content() -> Json:
        contact = {name: params.text(name) for name in ("phone_number", "first_name", "last_name", "vcard")}
        if not contact["phone_number"]:
            raise bad("phone number is empty")
        if not contact["first_name"]:
            raise bad("first name is empty")
        return {"contact": {name: value for name, value in contact.items() if value}}

    return _deliver(chats, params, content)


def send_location(chats: Chats, params: Params) -> Json:
    """Carry out sendLocation."""

    def content() -> Json:
        try:
            latitude, longitude = float(params.text("latitude")), float(params.text("longitude"))
        except ValueError:
            raise bad("latitude is empty" if not params.text("latitude") else "wrong location specified") from None
        if not (abs(latitude) <= 90 and abs(longitude) <= 180):
            raise bad("wrong location specified")
        return {"location": {"latitude": latitude, "longitude": longitude}}

    return _deliver(chats, params, content)


def send_chat_action(chats: Chats, params: Params) -> bool:
    """Carry out sendChatAction: the phone shows it for five seconds."""
    person, _ = reachable(chats, params)
    action = params.text("action")
    if action not in _ACTIONS:
        raise bad("wrong parameter action in request")
    chats.hub.tell(person.id, "typing", {"action": action, "seconds": 5})
    return True


def _deliver(chats: Chats, params: Params, content: Callable[[], Json]) -> Json:
    """Check what all sending methods share, then deliver; an upload is stored only once all else is right."""
    person, group = reachable(chats, params)
    inline, keyboard, remove = reply_markup(params.json("reply_markup"))
    body = _reply(chats, params, person, group=group)
    body |= content()
    if inline:
        body["reply_markup"] = inline
    if params.flag("protect_content"):
        body["has_protected_content"] = True
    message = chats.from_bot(
        person,
        body,
        group=group,
        keyboard=keyboard,
        remove_keyboard=remove,
        silent=params.flag("disable_notification"),
    )
    return message.body


def _text(params: Params) -> Json:
    raw = params.text("text")
    text, entities = message_text(raw, parse_mode=params.text("parse_mode"), entities=params.json("entities"))
    body = text_fields(text, entities)
    preview = params.json("link_preview_options")
    return body | ({"link_preview_options": preview} if isinstance(preview, dict) and preview else {})


def _caption(params: Params) -> Json:
    return caption(
        params.text("caption"), parse_mode=params.text("parse_mode"), entities=params.json("caption_entities")
    )


def _reply(chats: Chats, params: Params, person: Person, *, group: bool) -> Json:
    wanted = params.json("reply_parameters")
    if not isinstance(wanted, dict):
        if not params.number("reply_to_message_id"):
            return {}
        wanted = {
            "message_id": params.number("reply_to_message_id"),
            "allow_sending_without_reply": params.flag("allow_sending_without_reply"),
        }
    chat_id = person.chat(group=group)["id"]
    original = chats.store.message(chat_id, int(wanted.get("message_id") or 0))
    if original is None:
        if wanted.get("allow_sending_without_reply"):
            return {}
        raise bad("message to be replied not found")
    return {"reply_to_message": quoted(original)}


def _file(chats: Chats, params: Params, kind: str) -> File:
    upload = params.upload(kind)
    if upload is None or upload == "":
        raise bad(f"there is no {kind} in the request")
    if isinstance(upload, str):
        if upload.startswith(("http://", "https://")):
            raise bad("failed to get HTTP URL content")
        known = chats.files.get(upload)
        if known is None:
            raise bad("wrong remote file identifier specified: Wrong string length")
        return known
    if not upload.size:
        raise bad("file must be non-empty")
    name = upload.filename or kind
    mime = upload.content_type or ""
    return chats.files.save(upload.file, name=name, mime=mime, folder=f"{kind}s")


def _photo_fault(file: File) -> str:
    if file.size > _PHOTO_BYTES:
        return "file is too big for a photo"
    if not file.width or not file.height:
        return "IMAGE_PROCESS_FAILED"
    long, short = max(file.width, file.height), min(file.width, file.height)
    return "PHOTO_INVALID_DIMENSIONS" if long + short > _PHOTO_SUM or long > short * _PHOTO_RATIO else ""
