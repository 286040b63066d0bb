"""What both clients read: JSON into the domain's values, with every type checked; what does not fit is no usable answer."""

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any, Final, TypeVar

from pydantic import TypeAdapter, ValidationError

from domain.configuration import Configuration
from domain.outside import UnavailableError
from domain.parts import STEPS, Item, ItemKind

T = TypeVar("T")
Json = dict[str, Any]

_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_VIN: Final = re.compile(r"[A-HJ-NPR-Z0-9]{17}")


class UnreadableError(ValueError):
    """An answer that is not what the contract promises."""


def read_json(content: bytes) -> Any:
    """A body as JSON, with exact decimals."""
    try:
        return json.loads(content, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        raise UnreadableError("no JSON") from error


def read_as(kind: type[T], value: Any) -> T:
    """A value of the domain, with every field's type checked; raises UnreadableError."""
    try:
        found: T = _adapter(kind).validate_python(value)  # type: ignore[arg-type]  # a type is hashable
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        raise UnreadableError(f"{'.'.join(str(step) for step in first['loc'])}: {first['type']}") from None
    return found


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def price(value: Mapping[str, Any]) -> Json:
    """The contract's price with the domain's names."""
    return {**{key: value[key] for key in ("minor", "currency", "basis")}, "vat": value["vat_basis_points"]}


def configuration(value: Mapping[str, Any]) -> Configuration:
    """A configuration as its items; raises UnreadableError."""
    found = [(kind, value[f"{kind}_id"]) for kind in STEPS]
    found += [(ItemKind.OPTION, item_id) for item_id in value["option_ids"]]
    found += [(ItemKind.PACK, item_id) for item_id in value["pack_ids"]]
    items = frozenset(Item(kind, checked_id(item_id)) for kind, item_id in found)
    return Configuration(checked_id(value["model_id"]), items)


def configuration_json(value: Configuration) -> Json:
    """A complete configuration as the contract has it; raises ValueError where a step is open."""
    steps = {kind: value.of(kind) for kind in STEPS}
    if not all(steps.values()):
        raise ValueError("an incomplete configuration cannot be sent")
    return {
        "model_id": value.model_id,
        **{f"{kind}_id": item.id for kind, item in steps.items() if item},
        "option_ids": list(value.ids(ItemKind.OPTION)),
        "pack_ids": list(value.ids(ItemKind.PACK)),
    }


def checked_id(value: Any) -> str:
    """An id that may stand in an address; raises UnreadableError."""
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise UnreadableError("an id that is none")
    return value


def checked_vin(value: Any) -> str:
    """A vehicle identification number; raises UnreadableError."""
    if not isinstance(value, str) or not _VIN.fullmatch(value):
        raise UnreadableError("a VIN that is none")
    return value


def unusable(service: str, error: Exception, *, maybe_done: bool = False) -> UnavailableError:
    """An answer that cannot be read, told by places and types alone."""
    reason = str(error) if isinstance(error, UnreadableError) else type(error).__name__
    return UnavailableError(service, f"an answer that cannot be read ({reason})", maybe_done=maybe_done)
