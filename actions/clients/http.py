"""Requests to a module outside: bounded in time, size and tries, checked, and with failures as types.

Only requests that may be carried out twice without harm are tried again: those that change nothing, deletions, and those under
an idempotency key. No connection is used twice, no redirect is followed, no proxy of the environment is asked: a stray answer
on a kept connection would be taken for the next one's.
"""

import asyncio
import logging
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

import httpx
import stamina

from actions.clients.breaker import Breaker
from actions.clients.problems import refusal
from domain.outside import NotAuthorizedError, OutsideError, UnavailableError

log = logging.getLogger(__name__)

MOST_BYTES: Final = 32 << 20
LONGEST_PAUSE: Final = 5.0
JSON: Final = "application/json"
_TRY_AGAIN: Final = frozenset(
    {
        HTTPStatus.REQUEST_TIMEOUT,
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.INTERNAL_SERVER_ERROR,
        HTTPStatus.BAD_GATEWAY,
        HTTPStatus.SERVICE_UNAVAILABLE,
        HTTPStatus.GATEWAY_TIMEOUT,
    }
)
# The request never left: nothing can have been done.
_NOT_SENT: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long and how often: seconds to connect, between two pieces of an answer, and for a whole try."""

    connect: float = 2.0
    read: float = 10.0
    whole: float = 20.0
    tries: int = 3
    pause: float = 0.3


@dataclass(frozen=True, slots=True)
class Reply:
    """A usable answer; `body` is empty with 304."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class _FailedTryError(Exception):
    """One try without a usable answer."""

    def __init__(self, reason: str, *, maybe_done: bool, again: bool = True, pause: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.maybe_done = maybe_done
        self.again = again
        self.pause = pause


class OutsideHttp:
    """One service at one address."""

    def __init__(
        self,
        service: str,
        url: str,
        token: str,
        *,
        patience: Patience | None = None,
        clock: Callable[[], float] = time.monotonic,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self.service = service
        self._patience = patience or Patience()
        self._breaker = Breaker(clock)
        self._http = httpx.AsyncClient(
            base_url=f"{url.rstrip('/')}/",
            headers={"Authorization": f"Bearer {token}", "Accept": f"{JSON}, application/problem+json"},
            timeout=httpx.Timeout(self._patience.read, connect=self._patience.connect),
            limits=httpx.Limits(max_keepalive_connections=0),
            follow_redirects=False,
            trust_env=False,
            transport=transport,
        )

    async def aclose(self) -> None:
        """Close what is open."""
        await self._http.aclose()

    async def ask(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str | int] | None = None,
        body: bytes | None = None,
        etag: str | None = None,
        key: str | None = None,
    ) -> Reply:
        """Send a request; raises OutsideError. `key` makes it one that is carried out once, however often it is sent."""
        headers = {"Content-Type": JSON} if body is not None else {}
        headers |= {"If-None-Match": etag} if etag else {}
        headers |= {"Idempotency-Key": key} if key else {}
        changes = method != "GET"
        harmless = not changes or method == "DELETE" or key is not None
        maybe_done = False
        try:
            async for attempt in stamina.retry_context(
                on=_pause,
                attempts=self._patience.tries if harmless else 1,
                timeout=None,
                wait_initial=self._patience.pause,
                wait_max=LONGEST_PAUSE,
                wait_jitter=self._patience.pause,
            ):
                with attempt:
                    try:
                        return await self._once(method, path, query=query, body=body, headers=headers)
                    except _FailedTryError as failure:
                        maybe_done = maybe_done or (changes and failure.maybe_done)
                        raise
        except _FailedTryError as failure:
            raise UnavailableError(self.service, failure.reason, maybe_done=maybe_done) from failure
        raise UnavailableError(self.service, "no try was made")

    async def _once(self, method: str, path: str, **content: Any) -> Reply:
        if not self._breaker.lets_through():
            raise _FailedTryError("left alone after failures in a row", maybe_done=False, again=False)
        try:
            reply = await self._send(method, path, **content)
        except _FailedTryError as failure:
            self._breaker.failed()
            log.warning("%s: %s %s failed: %s", self.service, method, path.split("/", 2)[1], failure.reason)
            raise
        except OutsideError:
            self._breaker.succeeded()
            raise
        self._breaker.succeeded()
        return reply

    async def _send(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str | int] | None,
        body: bytes | None,
        headers: dict[str, str],
    ) -> Reply:
        request_id = uuid.uuid4().hex
        request = self._http.build_request(
            method, path, params=query or None, content=body, headers={**headers, "X-Request-ID": request_id}
        )
        try:
            async with asyncio.timeout(self._patience.whole):
                response = await self._http.send(request, stream=True)
                try:
                    content = await _limited(response)
                finally:
                    await response.aclose()
        except _NOT_SENT as error:
            raise _FailedTryError(type(error).__name__, maybe_done=False) from error
        except (httpx.HTTPError, TimeoutError) as error:
            raise _FailedTryError(type(error).__name__, maybe_done=True) from error
        return self._judged(request_id, response, content)

    def _judged(self, request_id: str, response: httpx.Response, content: bytes) -> Reply:
        """Tell a usable answer from a refusal and from none."""
        status = response.status_code
        if status in _TRY_AGAIN:
            refused = status == HTTPStatus.TOO_MANY_REQUESTS
            raise _FailedTryError(f"status {status}", maybe_done=not refused, pause=_retry_after(response))
        if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
            raise NotAuthorizedError(self.service, f"status {status}")
        if response.headers.get("X-Request-ID") != request_id:
            raise _FailedTryError("the answer belongs to another request", maybe_done=True)
        if status == HTTPStatus.NOT_MODIFIED:
            return Reply(status, response.headers, b"")
        kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR:
            raise refusal(self.service, status, content if kind == "application/problem+json" else b"")
        if status not in {HTTPStatus.OK, HTTPStatus.CREATED} or kind != JSON:
            raise _FailedTryError(f"an answer with status {status} that is none", maybe_done=True, again=False)
        return Reply(status, response.headers, content)


def _pause(error: Exception) -> bool | float:
    """Whether to try again, and after how many seconds where the service says so."""
    if not isinstance(error, _FailedTryError) or not error.again:
        return False
    return True if error.pause is None else error.pause


def _retry_after(response: httpx.Response) -> float | None:
    value = response.headers.get("Retry-After", "")
    return min(float(value), LONGEST_PAUSE) if value.isascii() and value.isdigit() else None


async def _limited(response: httpx.Response) -> bytes:
    """The whole body, or a failure where it does not end in time or size."""
    pieces, size = [], 0
    async for piece in response.aiter_bytes():
        size += len(piece)
        if size > MOST_BYTES:
            raise _FailedTryError("the answer is too long", maybe_done=True, again=False)
        pieces.append(piece)
    return b"".join(pieces)
