"""The Bot API's methods on messages that exist: edit, delete, react, and answer a press."""

from typing import Any

from sandbox.chats import Chats
from sandbox.html_entities import utf16_length
from sandbox.store import StoredMessage
from sandbox.telegram_markup import inline_keyboard
from sandbox.telegram_params import Params
from sandbox.telegram_rules import bad, caption, message_text, text_fields
from sandbox.telegram_send import reachable

Json = dict[str, Any]

_UNCHANGED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
# Bots may delete messages for two days (Bot API, deleteMessage).
_DELETABLE_SECONDS = 48 * 3600
_MEDIA = ("document", "photo", "voice")


def edit_message_text(chats: Chats, params: Params) -> Json:
    """Carry out editMessageText."""
    raw = params.text("text")
    text, entities = message_text(raw, parse_mode=params.text("parse_mode"), entities=params.json("entities"))
    message = _editable(chats, params)
    if "text" not in message.body:
        raise bad("there is no text in the message to edit")
    fresh = text_fields(text, entities)
    preview = params.json("link_preview_options")
    if isinstance(preview, dict) and preview:
        fresh["link_preview_options"] = preview
    return _change(chats, params, message, ("text", "entities", "link_preview_options"), fresh)


def edit_message_caption(chats: Chats, params: Params) -> Json:
    """Carry out editMessageCaption."""
    fresh = caption(
        params.text("caption"), parse_mode=params.text("parse_mode"), entities=params.json("caption_entities")
    )
    message = _editable(chats, params)
    if not any(kind in message.body for kind in _MEDIA):
        raise bad("there is no caption in the message to edit")
    return _change(chats, params, message, ("caption", "caption_entities"), fresh)


def edit_message_reply_markup(chats: Chats, params: Params) -> Json:
    """Carry out editMessageReplyMarkup."""
    return _change(chats, params, _editable(chats, params), (), {})


def delete_message(chats: Chats, params: Params) -> bool:
    """Carry out deleteMessage: own messages, and in a private chat the person's too."""
    message = _found(chats, params, "delete")
    _delete(chats, message)
    return True


def delete_messages(chats: Chats, params: Params) -> bool:
    """Carry out deleteMessages: those that cannot be found are passed over."""
    person, group = reachable(chats, params)
    numbers = params.json("message_ids")
    if not isinstance(numbers, list) or not 1 <= len(numbers) <= 100:
        raise bad("message identifiers are not specified" if not numbers else "too many message identifiers specified")
    for number in numbers:
        message = chats.store.message(person.chat(group=group)["id"], int(number))
        if message:
            _delete(chats, message)
    return True


def set_message_reaction(chats: Chats, params: Params) -> bool:
    """Carry out setMessageReaction with one emoji, or none to take it back."""
    message = _found(chats, params, "react")
    wanted = params.json("reaction") or []
    if not isinstance(wanted, list) or len(wanted) > 1:
        raise bad("REACTIONS_TOO_MANY")
    emoji = wanted[0].get("emoji") if wanted and isinstance(wanted[0], dict) else None
    if wanted and not emoji:
        raise bad("REACTION_INVALID")
    message.extra["reaction"] = emoji
    chats.changed(message)
    return True


def answer_callback_query(chats: Chats, params: Params) -> bool:
    """Carry out answerCallbackQuery, once and in time."""
    text = params.text("text")
    if utf16_length(text) > 200:
        raise bad("MESSAGE_TOO_LONG")
    answer = {"text": text or None, "show_alert": params.flag("show_alert"), "url": params.text("url") or None}
    if not chats.answer(params.text("callback_query_id"), answer):
        raise bad(_TOO_OLD)
    return True


def _found(chats: Chats, params: Params, purpose: str) -> StoredMessage:
    person, group = reachable(chats, params)
    number = params.number("message_id")
    if not number:
        raise bad("message identifier is not specified")
    message = chats.store.message(person.chat(group=group)["id"], number)
    if message is None:
        raise bad(f"message to {purpose} not found")
    return message


def _editable(chats: Chats, params: Params) -> StoredMessage:
    message = _found(chats, params, "edit")
    if not message.from_bot:
        raise bad("message can't be edited")
    return message


def _change(chats: Chats, params: Params, message: StoredMessage, names: tuple[str, ...], fresh: Json) -> Json:
    """Put new fields in the place of old ones; a call that gives no keyboard takes the old one away."""
    raw = params.json("reply_markup")
    markup = inline_keyboard(raw) if raw else None
    fresh = fresh | ({"reply_markup": markup} if markup else {})
    names = (*names, "reply_markup")
    if {name: message.body[name] for name in names if name in message.body} == fresh:
        raise bad(_UNCHANGED)
    for name in names:
        message.body.pop(name, None)
    message.body |= fresh
    if len(names) > 1:  # a change of the keyboard alone is no edit to the reader
        message.body["edit_date"] = chats.clock.timestamp()
    chats.changed(message)
    return message.body


def _delete(chats: Chats, message: StoredMessage) -> None:
    if message.chat_id < 0 and not message.from_bot:
        raise bad("message can't be deleted")
    if chats.clock.timestamp() - message.body["date"] > _DELETABLE_SECONDS:
        raise bad("message can't be deleted for everyone")
    chats.delete(message)
