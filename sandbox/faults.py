"""Faults on request: what a test wants Telegram, Catalog or Sales to do wrong, and to which calls."""

import time
from dataclasses import asdict, dataclass
from typing import Any

KINDS = (
    "too_many_requests",
    "forbidden",
    "bad_request",
    "server_error",
    "drop_before",
    "timeout_before",
    "drop_after",
    "timeout_after",
    "request_twice",
    "answer_twice",
)
SERVICES = ("telegram", "catalog", "sales")
_TELEGRAM_ALONE = {"forbidden", "bad_request"}
_TWICE = {"request_twice", "answer_twice"}
_ANSWERS = {
    "forbidden": (403, "Forbidden: bot was blocked by the user"),
    "bad_request": (400, "Bad Request: chat not found"),
    "server_error": (500, "Internal Server Error"),
}


class FaultError(ValueError):
    """A rule that cannot be used; its text is for whoever asked."""


@dataclass
class Fault:
    """One rule; `count` 0 strikes until it is deleted."""

    id: int
    kind: str
    service: str = "telegram"
    method: str = "*"
    count: int = 1
    skip: int = 0
    chat_id: int | None = None
    retry_after: int = 1
    hold: bool = False
    status: int | None = None
    description: str | None = None
    seconds: float = 60.0

    def answer(self) -> tuple[int, dict[str, Any]] | None:
        """Give the refusal that the rule stands for; None where it is the connection that fails."""
        if self.kind == "too_many_requests":
            return too_many_requests(self.retry_after)
        if self.kind not in _ANSWERS:
            return None
        status, description = _ANSWERS[self.kind]
        status = self.status or status
        return status, {"ok": False, "error_code": status, "description": self.description or description}


def too_many_requests(retry_after: int) -> tuple[int, dict[str, Any]]:
    """Write Telegram's answer to too many calls."""
    return 429, {
        "ok": False,
        "error_code": 429,
        "description": f"Too Many Requests: retry after {retry_after}",
        "parameters": {"retry_after": retry_after},
    }


class Faults:
    """The rules that wait for their calls, in the order in which they were made."""

    def __init__(self) -> None:
        self._rules: list[Fault] = []
        self._last_id = 0
        self._flooded: dict[tuple[str, int | None], float] = {}

    def add(self, rule: Any) -> dict[str, Any]:
        """Take a rule; raises FaultError where it cannot be used."""
        if not isinstance(rule, dict) or rule.get("kind") not in KINDS:
            raise FaultError(f"A fault is an object whose kind is one of {', '.join(KINDS)}.")
        for key, kind in _FIELDS.items():
            value = rule.get(key)
            if value is not None and (not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool)):
                raise FaultError(f"The fault's {key} has a wrong type.")
        unknown = set(rule) - {*_FIELDS, "kind"}
        if unknown:
            raise FaultError(f"A fault has no field {', '.join(sorted(unknown))}.")
        service = rule.get("service") or "telegram"
        if service not in SERVICES:
            raise FaultError(f"A fault's service is one of {', '.join(SERVICES)}.")
        if rule["kind"] in (_TWICE if service == "telegram" else _TELEGRAM_ALONE):
            raise FaultError(f"The fault {rule['kind']} is none of {service}.")
        self._last_id += 1
        fault = Fault(self._last_id, **{key: value for key, value in rule.items() if value is not None})
        self._rules.append(fault)
        return asdict(fault)

    def list(self) -> list[dict[str, Any]]:
        """List the rules that still have calls to strike."""
        return [asdict(rule) for rule in self._rules]

    def remove(self, number: int | None = None) -> None:
        """End one rule, or all of them with their waiting times."""
        self._rules = [rule for rule in self._rules if number is not None and rule.id != number]
        if number is None:
            self._flooded.clear()

    def strike(self, method: str, chat_id: int | None = None, *, service: str = "telegram") -> Fault | None:
        """Find the rule for this call, and count it."""
        for key in (chat_id, None):
            left = self._flooded.get((service, key), 0.0) - time.monotonic()
            if left > 0 and method != "getupdates":
                return Fault(0, "too_many_requests", retry_after=int(left) + 1)
        for rule in self._rules:
            if rule.service != service:
                continue
            if rule.method.lower() != method and (rule.method != "*" or method == "getupdates"):
                continue
            if rule.chat_id is not None and rule.chat_id != chat_id:
                continue
            if rule.skip > 0:
                rule.skip -= 1
                return None
            self._count(rule)
            if rule.kind == "too_many_requests" and rule.hold:
                self._flooded[service, rule.chat_id] = time.monotonic() + rule.retry_after
            return rule
        return None

    def _count(self, rule: Fault) -> None:
        if rule.count == 0:
            return
        rule.count -= 1
        if rule.count == 0:
            self._rules.remove(rule)


_FIELDS: dict[str, type | tuple[type, ...]] = {
    "service": str,
    "method": str,
    "count": int,
    "skip": int,
    "chat_id": int,
    "retry_after": int,
    "hold": bool,
    "status": int,
    "description": str,
    "seconds": (int, float),
}
