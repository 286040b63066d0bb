"""What a phone sees: people and messages as the phone's JSON has them (docs/sandbox.md)."""

from datetime import UTC, datetime
from typing import Any

from sandbox.clock import instant
from sandbox.entities import to_html
from sandbox.files import Files
from sandbox.people import Person
from sandbox.store import Store, StoredMessage

Json = dict[str, Any]

_SIGNS = {"document": "📎", "photo": "🖼", "voice": "🎤", "sticker": "🏷", "contact": "👤", "location": "📍"}


def person_json(person: Person, store: Store) -> Json:
    """Describe a person for the list of phones."""
    last = store.last_message(person.id)
    return {
        "id": person.id,
        "name": person.name,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "role": person.role,
        "language": person.language,
        "phone": person.phone,
        "unread": store.unread(person),
        "blocked": person.blocked,
        "last": last and {"text": _line(last.body), "from": _author(last), "date": _instant(last.body["date"])},
    }


def message_json(message: StoredMessage, files: Files) -> Json:
    """Describe a message for a person's phone."""
    body = message.body
    text = body.get("text") or body.get("caption") or ""
    entities = body.get("entities") or body.get("caption_entities") or []
    return {
        "seq": message.seq,
        "message_id": message.message_id,
        "from": _author(message),
        "chat": "private" if message.chat_id > 0 else "group",
        "date": _instant(body["date"]),
        "text": text,
        "html": to_html(text, entities),
        "entities": entities,
        "reply_to": _reply(message),
        "reply_markup": body.get("reply_markup"),
        **{kind: _media(kind, message, files) for kind in ("document", "photo", "voice")},
        "sticker": body.get("sticker") and {"emoji": body["sticker"].get("emoji", "")},
        "contact": body.get("contact") and _contact(body["contact"]),
        "location": body.get("location"),
        "forwarded_from": _origin(body.get("forward_origin")),
        "edited": _instant(body["edit_date"]) if "edit_date" in body else None,
        "deleted": message.deleted,
        "protect_content": bool(body.get("has_protected_content")),
        "silent": bool(message.extra.get("silent")),
        "reaction": message.extra.get("reaction"),
    }


def _author(message: StoredMessage) -> str:
    return "bot" if message.from_bot else "me"


def _instant(seconds: int) -> str:
    return instant(datetime.fromtimestamp(seconds, UTC))


def _line(body: Json) -> str:
    text = body.get("text") or body.get("caption") or ""
    sign = next((sign for kind, sign in _SIGNS.items() if kind in body), "")
    name = body.get("document", {}).get("file_name", "") if not text else ""
    return " ".join(f"{sign} {text or name}".split())[:120]


def _reply(message: StoredMessage) -> Json | None:
    original = message.body.get("reply_to_message")
    if not original:
        return None
    author = "bot" if original["from"]["is_bot"] else "me"
    return {"message_id": original["message_id"], "from": author, "text": _line(original)}


def _media(kind: str, message: StoredMessage, files: Files) -> Json | None:
    part = message.body.get(kind)
    if not part:
        return None
    file_id = part[-1]["file_id"] if kind == "photo" else part["file_id"]
    file = files.get(file_id)
    if file is None:
        return None
    known = {"file_id": file_id, "size": file.size, "url": f"/phone/api/people/{message.person_id}/files/{file_id}"}
    if kind == "document":
        return known | {"name": file.name, "mime": file.mime}
    if kind == "photo":
        return known | {"width": file.width, "height": file.height}
    return known | {"duration": part["duration"]}


def _contact(contact: Json) -> Json:
    return {key: contact.get(key) for key in ("phone_number", "first_name", "last_name", "vcard", "user_id")}


def _origin(origin: Json | None) -> str | None:
    if not origin:
        return None
    user = origin.get("sender_user", {})
    name = f"{user.get('first_name', '')} {user.get('last_name', '')}".strip()
    return str(origin.get("sender_user_name") or name)
