"""The place of the Catalog module in the sandbox: it tells that it is there."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.json_body import JsonAnswer


def routes() -> list[Route]:
    """Give the addresses below /catalog."""
    return [Route("/health", _health)]


async def _health(_request: Request) -> Response:
    return JsonAnswer({"status": "ok"})
