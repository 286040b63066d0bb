"""What is refused whoever sends it, and taken out of the chat: personal codes, and pictures of identity papers.

A picture cannot be read here, and none is ever fetched: its caption and its file's name are all that there is to go by.
"""

from typing import Any

from bot.dialogue.turn import Turn
from bot.telegram.incoming import Incoming, Sort
from bot.understanding.quantities import find_personal_codes
from domain.privacy import names_identity_paper

_PICTURES = ("photo", "video", "animation", "video_note")


def unkept(incoming: Incoming, payload: dict[str, Any]) -> str | None:
    """The key of the words that refuse the message, or None where it may be kept."""
    if incoming.sort is Sort.PRESS:
        return None
    if _holds_personal_code(payload):
        return "refused.personal_code"
    return "refused.identity_paper" if _shows_identity_paper(payload) else None


def refuse(turn: Turn, incoming: Incoming, key: str) -> None:
    """Delete the message and say why."""
    if incoming.message_id is not None:
        turn.delete_message(incoming.message_id)
    turn.say(key)


def is_picture(incoming: Incoming) -> bool:
    """Whether nothing but a picture came: Telegram's address of it is not ours to keep."""
    return incoming.sort is Sort.PHOTO


def _holds_personal_code(payload: object) -> bool:
    if isinstance(payload, str):
        return bool(find_personal_codes(payload))
    parts = payload.values() if isinstance(payload, dict) else payload if isinstance(payload, list) else ()
    return any(_holds_personal_code(part) for part in parts)


def _shows_identity_paper(payload: dict[str, Any]) -> bool:
    for kind in ("message", "edited_message"):
        message = payload.get(kind)
        if not isinstance(message, dict):
            continue
        document = message.get("document")
        names = [message.get("caption")] if any(message.get(name) for name in (*_PICTURES, "document")) else []
        if isinstance(document, dict):
            names.append(document.get("file_name"))
        if any(isinstance(name, str) and names_identity_paper(name) for name in names):
            return True
    return False
