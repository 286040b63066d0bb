"""Where Telegram is strict, so is the sandbox: refusals in Telegram's own words, and the limits behind them."""

from typing import Any

from sandbox.entities import EntityError, clean, complete, given, trim
from sandbox.html_entities import HtmlError, parse_html, utf16_length

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
# Telegram shows a hundred entities of a message and drops the rest without an error.
_ENTITIES = 100


class ApiError(Exception):
    """A call that Telegram refuses, with the status and the description that it answers."""

    def __init__(self, status: int, description: str, parameters: dict[str, Any] | None = None) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters

    def as_json(self) -> dict[str, Any]:
        """Write the answer's body."""
        body: dict[str, Any] = {"ok": False, "error_code": self.status, "description": self.description}
        return body | ({"parameters": self.parameters} if self.parameters else {})


def bad(description: str) -> ApiError:
    """Make the refusal of a request that is wrong in itself."""
    return ApiError(400, f"Bad Request: {description}")


def formatted(raw: str, *, parse_mode: str, entities: Any) -> tuple[str, list[dict[str, Any]]]:
    """Parse a text as sent into plain text and entities, cleaned, trimmed and completed as Telegram does."""
    raw = clean(raw)
    mode = parse_mode.lower()
    if mode == "html":
        try:
            text, marked = parse_html(raw)
        except HtmlError as error:
            raise bad(f"can't parse entities: {error}") from error
    elif mode in {"markdown", "markdownv2"}:
        raise bad("the sandbox knows the parse mode HTML alone")
    elif mode:
        raise bad("unsupported parse_mode")
    else:
        text = raw
        try:
            marked = [] if entities is None else given(entities, raw)
        except EntityError as error:
            raise bad(str(error)) from error
    text, marked = trim(text, marked[:_ENTITIES])
    return text, complete(text, marked)


def message_text(raw: str, *, parse_mode: str, entities: Any) -> tuple[str, list[dict[str, Any]]]:
    """Check a message's text: not empty, at most 4096 UTF-16 units, both after parsing."""
    text, marked = formatted(raw, parse_mode=parse_mode, entities=entities)
    if not text:
        raise bad("message text is empty")
    if utf16_length(text) > TEXT_LIMIT:
        raise bad("message is too long")
    return text, marked


def caption(raw: str, *, parse_mode: str, entities: Any) -> dict[str, Any]:
    """Check a caption, at most 1024 UTF-16 units after parsing, and write it as fields of a Message."""
    text, marked = formatted(raw, parse_mode=parse_mode, entities=entities)
    if utf16_length(text) > CAPTION_LIMIT:
        raise bad("message caption is too long")
    return text_fields(text, marked, prefix="caption")


def text_fields(text: str, entities: list[dict[str, Any]], *, prefix: str = "") -> dict[str, Any]:
    """Write a text and its entities as Message has them; what is empty is absent."""
    names = (prefix, f"{prefix}_entities") if prefix else ("text", "entities")
    return {name: value for name, value in zip(names, (text, entities), strict=True) if value}
