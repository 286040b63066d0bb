"""The addresses of a service with a contract: tokens, ids of requests, bodies, faults, and problems in place of failures."""

import json
import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from sandbox.connection import answer_twice, cut, hold
from sandbox.contract import Answer, Call, Handler, Operation, body_problems, operations, read_parameters
from sandbox.faults import Fault
from sandbox.json_body import JsonAnswer
from sandbox.problems import ProblemError
from sandbox.world import World

TOKEN = "sandbox"  # noqa: S105  # known to all: nothing is behind it
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")


def routes(service: str, handlers: Mapping[str, Handler]) -> list[Route]:
    """All addresses of the service's contract; raises LookupError where an operation has no handler."""
    paths = operations(service)
    missing = {one.id for methods in paths.values() for one in methods.values()} ^ handlers.keys()
    if missing:
        raise LookupError(f"operations without handler, or handlers without operation: {sorted(missing)}")
    found = [Route(path, _Address(service, methods, handlers)) for path, methods in paths.items()]
    return [*found, Route("/{path:path}", _Address(service, {}, handlers))]


class _Address:
    """One path with its methods."""

    def __init__(self, service: str, methods: Mapping[str, Operation], handlers: Mapping[str, Handler]) -> None:
        self._service = service
        self._methods = methods
        self._handlers = handlers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        response = await self._respond(request)
        await response(scope, receive, send)

    async def _respond(self, request: Request) -> Response:
        given = request.headers.get("x-request-id", "")
        headers = {"X-Request-ID": given} if _REQUEST_ID.fullmatch(given) else {}
        try:
            call = await self._read(request)
            world: World = request.app.state.world
            fault = world.faults.strike(call.operation.lower(), service=self._service)
            if fault is None or fault.kind == "answer_twice":
                response = _response(self._handlers[call.operation](world, call), headers)
                return response if fault is None else await answer_twice(request, response)
            return await self._struck(fault, world, request, call, headers)
        except ProblemError as problem:
            return problem.response(headers)

    async def _read(self, request: Request) -> Call:
        """Check a request from the outside in; raises ProblemError."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or token.strip() != TOKEN:
            raise ProblemError("unauthorized", 401, headers={"WWW-Authenticate": "Bearer"})
        if not self._methods:
            raise ProblemError("not-found", 404, "There is no such address.")
        operation = self._methods.get(request.method)
        if operation is None:
            raise ProblemError("method-not-allowed", 405, headers={"Allow": ", ".join(self._methods)})
        parameters, errors = read_parameters(operation, request)
        if errors:
            raise ProblemError("invalid-request", 400, errors=errors)
        body = await _body(request, operation) if operation.body is not None else {}
        return Call(operation.id, parameters, body, request.url.path, parameters["X-Request-ID"])

    async def _struck(
        self, fault: Fault, world: World, request: Request, call: Call, headers: dict[str, str]
    ) -> Response:
        """Let a call fail as its fault says; where it should be carried out first, it is, and nobody learns of it."""
        handler = self._handlers[call.operation]
        if fault.kind == "too_many_requests":
            return ProblemError("too-many-requests", 429).response({**headers, "Retry-After": str(fault.retry_after)})
        if fault.kind == "server_error":
            return ProblemError("unavailable", fault.status or 500).response(headers)
        if fault.kind == "request_twice":
            handler(world, call)
            return _response(handler(world, call), headers)
        if fault.kind.endswith("_after"):
            handler(world, call)
        if fault.kind.startswith("timeout"):
            await hold(request, world.hub.ended, fault.seconds)
        return await cut(request)


async def _body(request: Request, operation: Operation) -> dict[str, Any]:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise ProblemError("invalid-request", 415, "The body must be application/json.")
    try:
        body = json.loads(await request.body(), parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise ProblemError("invalid-request", 400, "The body is no JSON.") from error
    errors = body_problems(operation, body)
    if errors:
        raise ProblemError("invalid-request", 400, errors=errors)
    read: dict[str, Any] = body
    return read


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def _response(answer: Answer, headers: dict[str, str]) -> Response:
    headers = {**headers, **answer.headers}
    if answer.status == HTTPStatus.NOT_MODIFIED:
        return Response(status_code=answer.status, headers=headers)
    return JsonAnswer(answer.body, answer.status, headers=headers)
