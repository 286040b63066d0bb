"""An update of Telegram's as the turn sees it: which sort it is, from whom, and the few fields that any flow reads."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from telegram import Contact, Document, Message, MessageOriginUser, Update
from telegram.constants import ChatType


class Sort(StrEnum):
    """What a person sent; each gets an answer of its own."""

    TEXT = "text"
    PRESS = "press"
    CONTACT = "contact"
    DOCUMENT = "document"
    FORWARDED = "forwarded"
    EDITED = "edited"
    VOICE = "voice"
    PHOTO = "photo"
    STICKER = "sticker"
    LOCATION = "location"
    VIDEO = "video"
    POLL = "poll"
    OTHER = "other"
    GROUP = "group"
    SILENT = "silent"  # nothing that anybody expects an answer to


@dataclass(frozen=True, slots=True)
class Incoming:
    """One update. `text` is the text or caption as typed; `callback_id` and `data` belong to a press."""

    sort: Sort
    user_id: int
    chat_id: int
    language: str = ""
    message_id: int | None = None
    text: str = ""
    data: str = ""
    callback_id: str | None = None
    contact: Contact | None = None
    document: Document | None = None
    forwarded_from: str = ""


class UnreadableUpdateError(ValueError):
    """An update that is not of Telegram's form."""


_MEDIA: tuple[tuple[str, Sort], ...] = (
    ("contact", Sort.CONTACT),
    ("document", Sort.DOCUMENT),
    ("voice", Sort.VOICE),
    ("audio", Sort.VOICE),
    ("video_note", Sort.VIDEO),
    ("video", Sort.VIDEO),
    ("animation", Sort.VIDEO),
    ("photo", Sort.PHOTO),
    ("sticker", Sort.STICKER),
    ("location", Sort.LOCATION),
    ("venue", Sort.LOCATION),
    ("poll", Sort.POLL),
    ("dice", Sort.STICKER),
)


def read(payload: dict[str, Any]) -> Incoming:
    """The incoming of a raw update; raises UnreadableUpdateError for what does not parse."""
    try:
        update = Update.de_json(payload, bot=None)
        return _read(update)
    except UnreadableUpdateError:
        raise
    except Exception as error:
        raise UnreadableUpdateError(type(error).__name__) from error


def person_of(payload: dict[str, Any]) -> int:
    """Whose order the update belongs to, read without trust: the sender's id, else the chat's, else 0."""
    for value in payload.values():
        if isinstance(value, dict):
            message = value.get("message")
            around = message.get("chat") if isinstance(message, dict) else None
            for holder in (value.get("from"), value.get("chat"), around):
                if isinstance(holder, dict) and isinstance(holder.get("id"), int) and abs(holder["id"]) < 2**62:
                    return int(holder["id"])
    return 0


def _read(update: Update) -> Incoming:
    if update.callback_query:
        query = update.callback_query
        message = query.message
        if message and message.chat.type != ChatType.PRIVATE:
            return Incoming(Sort.GROUP, query.from_user.id, message.chat.id, callback_id=query.id)
        return Incoming(
            Sort.PRESS,
            query.from_user.id,
            message.chat.id if message else query.from_user.id,
            language=query.from_user.language_code or "",
            message_id=message.message_id if message else None,
            data=query.data or "",
            callback_id=query.id,
        )
    message = update.message or update.edited_message
    if message is None or message.from_user is None:
        known = update.effective_user or update.effective_chat
        if known is None and update.to_dict().keys() <= {"update_id"}:
            raise UnreadableUpdateError("empty")
        return Incoming(Sort.SILENT, known.id if known else 0, update.effective_chat.id if update.effective_chat else 0)
    return _read_message(message, edited=update.edited_message is not None)


def _read_message(message: Message, *, edited: bool) -> Incoming:
    user = message.from_user
    if user is None:  # the caller checked
        raise UnreadableUpdateError("no sender")
    sort, forwarded = _sort(message, edited=edited), ""
    if message.forward_origin and sort not in {Sort.GROUP, Sort.EDITED}:
        sort, origin = Sort.FORWARDED, message.forward_origin
        forwarded = origin.sender_user.full_name if isinstance(origin, MessageOriginUser) else ""
        forwarded = forwarded or str(getattr(origin, "sender_user_name", "") or "")
    return Incoming(
        sort,
        user.id,
        message.chat.id,
        language=user.language_code or "",
        message_id=message.message_id,
        text=message.text or message.caption or "",
        contact=message.contact,
        document=message.document,
        forwarded_from=forwarded,
    )


def _sort(message: Message, *, edited: bool) -> Sort:
    if message.chat.type != ChatType.PRIVATE:
        return Sort.GROUP
    if edited:
        return Sort.EDITED
    if message.text is not None:
        return Sort.TEXT
    for name, sort in _MEDIA:
        if getattr(message, name, None):
            return sort
    service = (message.pinned_message, message.new_chat_members, message.message_auto_delete_timer_changed)
    return Sort.SILENT if any(service) else Sort.OTHER
