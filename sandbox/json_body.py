"""Request bodies of the sandbox's own addresses, with errors in words."""

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse

from sandbox.entities import clean


class JsonAnswer(JSONResponse):
    """JSON in ASCII, as Telegram writes it: any text can be carried, half a surrogate pair too."""

    def render(self, content: Any) -> bytes:
        """Write the body."""
        return json.dumps(content, separators=(",", ":")).encode("ascii")


class RequestError(ValueError):
    """A request that cannot be carried out; its text and status are the answer."""

    def __init__(self, text: str, status: int = 400) -> None:
        super().__init__(text)
        self.status = status


async def json_body(request: Request) -> dict[str, Any]:
    """Read a body that is one JSON object, or empty."""
    kind = request.headers.get("content-type", "application/json").partition(";")[0].strip().lower()
    if kind != "application/json":
        # A page elsewhere can send forms without asking the browser's leave, but no JSON.
        raise RequestError("The body must be application/json.", 415)
    try:
        content = json.loads(await request.body() or b"{}")
    except ValueError as error:
        raise RequestError("The body is no JSON.") from error
    if not isinstance(content, dict):
        raise RequestError("The body must be a JSON object.")
    return content


def whole(content: dict[str, Any], key: str) -> int:
    """Read a whole number that must be there."""
    value = content.get(key)
    if isinstance(value, bool) or not isinstance(value, int):
        raise RequestError(f"{key} must be a whole number.")
    return value


def words(content: dict[str, Any], key: str, *, needed: bool = True) -> str:
    """Read a text; where it is needed it must not be blank."""
    value = content.get(key)
    if value is None and not needed:
        return ""
    if not isinstance(value, str) or (needed and not value.strip()):
        raise RequestError(f"{key} must be text.")
    return clean(value)
