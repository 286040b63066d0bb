"""A Bot API call's parameters, from the query, a form, a multipart body or JSON, with nested JSON given as text."""

import json
from typing import Any

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from sandbox.telegram_rules import bad


class Params:
    """The parameters of one call, read as the type that the method wants."""

    def __init__(self, values: dict[str, Any]) -> None:
        self._values = values

    @classmethod
    async def read(cls, request: Request) -> "Params":
        """Collect the parameters wherever the call put them."""
        values: dict[str, Any] = dict(request.query_params)
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if request.method == "POST" and kind == "application/json":
            body = await request.body()
            try:
                content = json.loads(body or b"{}")
            except ValueError as error:
                raise bad("can't parse JSON object") from error
            if not isinstance(content, dict):
                raise bad("can't parse JSON object")
            values |= content
        elif request.method == "POST" and kind in {"application/x-www-form-urlencoded", "multipart/form-data"}:
            try:
                # Texts come as form fields too; none that Telegram takes is near a mebibyte.
                values |= dict(await request.form(max_part_size=1 << 20))
            except HTTPException as error:
                raise bad("can't parse the form") from error
        return cls({name: value for name, value in values.items() if value is not None})

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def text(self, name: str, default: str = "") -> str:
        """Read text; numbers sent as JSON count as their digits."""
        value = self._values.get(name, default)
        if isinstance(value, str):
            return value
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise bad(f'field "{name}" must be of type String')
        return str(value)

    def number(self, name: str, default: int = 0) -> int:
        """Read a whole number; what is none counts as the default, as Telegram has it."""
        try:
            return int(self._values.get(name, default))
        except (TypeError, ValueError):
            return default

    def flag(self, name: str) -> bool:
        """Read a yes or no."""
        return str(self._values.get(name, "")).lower() in {"true", "1", "yes"}

    def json(self, name: str) -> Any:
        """Read an object or a list, given as itself or as JSON text; None where it is absent."""
        value = self._values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError as error:
            raise bad(f"can't parse {name.replace('_', ' ')} JSON object") from error

    def upload(self, name: str) -> UploadFile | str | None:
        """Read a file: uploaded in the field itself or by attach://, else the text (an id or an address)."""
        value = self._values.get(name)
        if isinstance(value, str) and value.startswith("attach://"):
            value = self._values.get(value.removeprefix("attach://"))
        return value if isinstance(value, str | UploadFile) else None
