"""Problem details (RFC 9457) as the domain's types of refusal."""

import json
from typing import Final

from domain.outside import (
    CarReservedError,
    CarSoldError,
    KeyReusedError,
    MissingError,
    NotCancellableError,
    RefusedError,
)

PREFIX: Final = "urn:presales:problem:"
_TYPES: Final[dict[str, type[RefusedError]]] = {
    "not-found": MissingError,
    "car-sold": CarSoldError,
    "car-reserved": CarReservedError,
    "not-cancellable": NotCancellableError,
    "key-reused": KeyReusedError,
}


def refusal(service: str, status: int, content: bytes) -> RefusedError:
    """The error that a refusing answer stands for; its reason quotes the problem's type alone, never what was sent."""
    try:
        problem = json.loads(content)
    except ValueError:
        problem = {}
    kind = problem.get("type") if isinstance(problem, dict) else None
    name = kind.removeprefix(PREFIX) if isinstance(kind, str) and kind.startswith(PREFIX) else ""
    if name not in _TYPES:
        return RefusedError(service, f"status {status}")
    return _TYPES[name](service, name)
