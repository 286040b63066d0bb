"""The connection below HTTP: who may talk to the sandbox, how much, and how a connection is cut for a fault."""

import asyncio
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sandbox.json_body import JsonAnswer

# An upload may have 50 MiB (Telegram's limit for bots); the rest is room for the form around it.
_BODY_BYTES = (50 << 20) + (64 << 10)
_LOCAL = {"localhost", "127.0.0.1", "::1"}


class TooLargeError(Exception):
    """A body beyond the limit."""


class Guard:
    """Stands before the application: hosts, origins, sizes."""

    def __init__(self, app: ASGIApp, host: str) -> None:
        self.app = app
        self.hosts = {*_LOCAL, host.lower()}
        # Listening on every address is asked for on purpose, to use a real phone: addresses, not names, are then fine.
        self.any_address = host in {"0.0.0.0", "::"}  # noqa: S104  # compared, not bound

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer why not."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        refusal = self._refusal(scope["method"], headers)
        if refusal:
            await refusal(scope, receive, send)
            return
        scope["sandbox.send"] = send
        received = 0

        async def bounded() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > _BODY_BYTES:
                raise TooLargeError
            return message

        await self.app(scope, bounded, send)

    def _refusal(self, method: str, headers: dict[bytes, str]) -> Response | None:
        if not self._known(f"//{headers.get(b'host', '')}"):
            return JsonAnswer({"error": "The sandbox answers only under its own address."}, 403)
        origin = headers.get(b"origin")
        if origin and method not in {"GET", "HEAD"} and urlsplit(origin).netloc != headers.get(b"host"):
            return JsonAnswer({"error": "Pages of another address may not write to the sandbox."}, 403)
        length = headers.get(b"content-length", "0")
        return too_large() if length.isdigit() and int(length) > _BODY_BYTES else None

    def _known(self, url: str) -> bool:
        try:
            name = urlsplit(url).hostname or ""
        except ValueError:
            return False
        if name in self.hosts:
            return True
        return self.any_address and _is_address(name)


async def cut(request: Request) -> Response:
    """Close a request's connection without an answer, as a network that fails does."""
    # uvicorn's send is a method of the request's cycle, the only thing that knows the transport.
    cycle = getattr(request.scope["sandbox.send"], "__self__", None)
    transport = getattr(cycle, "transport", None)
    if transport is not None:
        transport.abort()
        await _closed(cycle)
    return Response(status_code=502)


async def _closed(cycle: object) -> None:
    """Wait until uvicorn knows that the connection is lost, in one of the loop's next rounds: then it sends nothing."""
    for _ in range(100):
        if getattr(cycle, "disconnected", True):
            break
        await asyncio.sleep(0)


async def answer_twice(request: Request, response: Response) -> Response:
    """Write an answer two times onto the connection and close it, as a proxy that has lost count does."""
    cycle = getattr(request.scope["sandbox.send"], "__self__", None)
    transport = getattr(cycle, "transport", None)
    if transport is not None:
        head = b"".join(b"%b: %b\r\n" % header for header in response.raw_headers)
        raw = b"HTTP/1.1 %d Twice\r\n%b\r\n%b" % (response.status_code, head, bytes(response.body))
        transport.write(raw + raw)
        transport.close()
        await _closed(cycle)
    return response


async def hold(request: Request, ended: asyncio.Event, seconds: float) -> None:
    """Keep the caller waiting until the time is over, it has gone, or the server stops."""

    async def gone() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass

    waits = [asyncio.create_task(wait) for wait in (gone(), _end(ended))]
    await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    for wait in waits:
        wait.cancel()
    await asyncio.gather(*waits, return_exceptions=True)


async def _end(ended: asyncio.Event) -> None:
    await ended.wait()


def too_large() -> Response:
    """Answer to a body beyond the limit, in Telegram's words and in the phone's."""
    body = {"ok": False, "error_code": 413, "description": "Request Entity Too Large", "error": "At most 50 MB."}
    return JsonAnswer(body, 413, headers={"Connection": "close"})


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
