"""Refusals of Catalog and Sales in the sandbox, as RFC 9457 problem details."""

from typing import Any

from starlette.responses import Response

from sandbox.json_body import JsonAnswer

TITLES = {
    "unauthorized": "A bearer token is needed",
    "not-found": "There is no such thing",
    "invalid-request": "The request does not follow the contract",
    "method-not-allowed": "This address takes other methods",
    "too-many-requests": "Too many requests",
    "unavailable": "It cannot be answered now",
    "key-reused": "The idempotency key belongs to another request",
    "not-cancellable": "The order can be cancelled no longer",
    "car-sold": "The car is sold",
    "car-reserved": "The car is reserved for somebody else",
}


class ProblemError(Exception):
    """A refusal; `kind` is the end of its type, `errors` pairs of JSON pointer or parameter and reason."""

    def __init__(
        self,
        kind: str,
        status: int,
        detail: str = "",
        *,
        errors: list[tuple[str, str]] | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(kind)
        self.kind = kind
        self.status = status
        self.detail = detail
        self.errors = errors or []
        self.headers = headers or {}

    def response(self, headers: dict[str, str]) -> Response:
        """The answer, with these headers too."""
        body: dict[str, Any] = {
            "type": f"urn:presales:problem:{self.kind}",
            "title": TITLES[self.kind],
            "status": self.status,
        }
        if self.detail:
            body["detail"] = self.detail
        if self.errors:
            body["errors"] = [{"pointer": pointer, "detail": detail} for pointer, detail in self.errors]
        return JsonAnswer(body, self.status, headers={**headers, **self.headers}, media_type="application/problem+json")


def not_found(what: str) -> ProblemError:
    """There is none of that name."""
    return ProblemError("not-found", 404, f"There is no {what}.")
