"""Keyboards as Telegram takes them: what a button must have, what it may link to, how many there may be."""

from typing import Any

from sandbox.html_entities import utf16_length
from sandbox.links import BadLink, check_link
from sandbox.telegram_rules import bad

Json = dict[str, Any]

# Telegram's limits on one keyboard (reply_markup): buttons in all, bytes of callback data, units of text to copy.
_BUTTONS = 100
_DATA_BYTES = 64
_COPY_UNITS = 256
_ACTIONS = ("url", "callback_data", "copy_text", "web_app", "login_url", "switch_inline_query", "pay")


def inline_keyboard(markup: Any) -> Json | None:
    """Check an inline keyboard and give it back as Telegram shows it; None where it has no buttons."""
    if not isinstance(markup, dict) or "inline_keyboard" not in markup:
        raise bad("inline keyboard expected")
    rows = _rows(markup["inline_keyboard"], "inline keyboard")
    buttons = [[_inline_button(button) for button in row] for row in rows]
    buttons = [row for row in buttons if row]
    return {"inline_keyboard": buttons} if buttons else None


def reply_markup(markup: Any) -> tuple[Json | None, Json | None, bool]:
    """Split a message's reply_markup into inline keyboard, new reply keyboard, and whether to remove the old one.

    The reply keyboard's message id is 0 until the message that brings it has one.
    """
    if markup is None or markup == {}:
        return None, None, False
    if not isinstance(markup, dict):
        raise bad("object expected as reply markup")
    if "inline_keyboard" in markup:
        return inline_keyboard(markup), None, False
    if "keyboard" in markup:
        rows = [[_reply_button(button) for button in row] for row in _rows(markup["keyboard"], "reply keyboard")]
        return None, _keyboard(markup, [row for row in rows if row]), False
    if markup.get("remove_keyboard"):
        return None, None, True
    if markup.get("force_reply"):
        return None, _keyboard(markup, []) | {"force_reply": True}, False
    raise bad("can't parse reply keyboard markup JSON object")


def _keyboard(markup: Json, rows: list[list[Json]]) -> Json:
    placeholder = markup.get("input_field_placeholder")
    if placeholder and utf16_length(str(placeholder)) > 64:
        raise bad("input field placeholder is too long")
    return {
        "message_id": 0,
        "rows": rows,
        "resize": bool(markup.get("resize_keyboard")),
        "one_time": bool(markup.get("one_time_keyboard")),
        "persistent": bool(markup.get("is_persistent")),
        "placeholder": placeholder,
        "force_reply": False,
    }


def _rows(rows: Any, kind: str) -> list[list[Any]]:
    if not isinstance(rows, list):
        raise bad(f'field "{kind.replace("reply ", "").replace(" ", "_")}" must be of type Array')
    if not all(isinstance(row, list) for row in rows):
        raise bad(f"can't parse {kind}: expected an Array of Arrays of buttons")
    if sum(len(row) for row in rows) > _BUTTONS:
        raise bad("reply markup is too long")
    return rows


def _text(button: Any, kind: str) -> str:
    text = button.get("text") if isinstance(button, dict) else None
    if not isinstance(text, str):
        raise bad(f"can't parse {kind}: Can't find field \"text\"")
    if not text.strip():
        raise bad("text buttons are unallowed to be empty" if kind == "keyboard button" else "button text is empty")
    return text


def _inline_button(button: Any) -> Json:
    text = _text(button, "inline keyboard button")
    actions = [action for action in _ACTIONS if button.get(action) not in (None, False)]
    if not actions:
        raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad("can't parse inline keyboard button: exactly one optional field must be used")
    action = actions[0]
    value = button[action]
    if action == "callback_data":
        if not isinstance(value, str) or not 1 <= len(value.encode()) <= _DATA_BYTES:
            raise bad("BUTTON_DATA_INVALID")
    elif action == "url":
        link = check_link(str(value))
        if isinstance(link, BadLink):
            raise bad(f"inline keyboard button URL '{value}' is invalid: {link.reason}")
        value = link.url
    elif action == "copy_text":
        copied = value.get("text") if isinstance(value, dict) else None
        if not isinstance(copied, str) or not 1 <= utf16_length(copied) <= _COPY_UNITS:
            raise bad("BUTTON_COPY_TEXT_INVALID")
        value = {"text": copied}
    else:
        raise bad("BUTTON_TYPE_INVALID")
    return {"text": text, action: value}


def _reply_button(button: Any) -> Json:
    if isinstance(button, str):
        button = {"text": button}
    known: Json = {"text": _text(button, "keyboard button")}
    return known | {key: True for key in ("request_contact", "request_location") if button.get(key)}
