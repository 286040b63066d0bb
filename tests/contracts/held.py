"""A transport between client and sandbox that holds both to a contract, with another reader of it than the sandbox's own."""

import json
from pathlib import Path

import httpx
from openapi_core import Config, OpenAPI
from openapi_core.testing import MockRequest, MockResponse

CONTRACTS = Path(__file__).parents[2] / "actions" / "contracts"


class HeldTransport(httpx.AsyncBaseTransport):
    """Sends requests on, after checking them, and gives answers back, after checking those; `seen` are the operations."""

    def __init__(self, service: str) -> None:
        self._prefix = f"/{service}"
        config = Config(extra_media_type_deserializers={"application/problem+json": json.loads})
        self._contract = OpenAPI.from_file_path(str(CONTRACTS / f"{service}.yaml"), config=config)
        self._network = httpx.AsyncHTTPTransport(trust_env=False)
        self.seen: list[tuple[str, str, int]] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Check, send, check; raises openapi-core's errors."""
        asked = MockRequest(
            "http://contract.test",
            request.method.lower(),
            request.url.path.removeprefix(self._prefix),
            args=dict(request.url.params),
            headers=dict(request.headers),
            data=request.content or None,
            content_type=request.headers.get("Content-Type", "application/json"),
        )
        self._contract.validate_request(asked)
        response = await self._network.handle_async_request(request)
        content = await response.aread()
        self._contract.validate_response(
            asked,
            MockResponse(
                content,
                status_code=response.status_code,
                headers=dict(response.headers),
                content_type=response.headers.get("Content-Type", "application/json"),
            ),
        )
        self.seen.append((request.method, asked.path, response.status_code))
        return httpx.Response(response.status_code, headers=response.headers, content=content, request=request)

    async def aclose(self) -> None:
        """Close the network below."""
        await self._network.aclose()
