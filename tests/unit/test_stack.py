"""The parts of a process outlive a database that is away for a while, and start with the right time."""

import asyncio
import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from presales import stack
from presales.clocks import SandboxClock
from storage.errors import LeaseHeldError, StorageError


class Part:
    """Fails as the test says, then ends."""

    def __init__(self, *failures: Exception) -> None:
        self.failures = list(failures)
        self.runs = 0

    async def __call__(self) -> None:
        """One run."""
        self.runs += 1
        if self.failures:
            raise self.failures.pop(0)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """No waiting between two tries."""
    monkeypatch.setattr(stack, "OUTAGE_SECONDS", 0.0)


def test_an_outage_of_the_database_is_outlived() -> None:
    """A part whose database is away, or whose lease is not yet free again after that, is run again."""
    part = Part(StorageError("gone"), LeaseHeldError("held"), StorageError("gone"))
    asyncio.run(stack.outliving(part))
    assert part.runs == 4


def test_a_lease_held_at_the_start_ends_the_process() -> None:
    """A second process beside a running one does not wait: it says so and ends."""
    with pytest.raises(LeaseHeldError):
        asyncio.run(stack.outliving(Part(LeaseHeldError("held"))))


def test_a_defect_is_not_taken_for_an_outage() -> None:
    """Any other error ends the part."""
    with pytest.raises(ValueError, match="defect"):
        asyncio.run(stack.outliving(Part(ValueError("defect"))))


class _Clock(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        """A clock that is a day ahead."""
        body = json.dumps({"offset_seconds": 86400}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep the test's output clean."""


@pytest.fixture
def clock_url() -> Iterator[str]:
    """A sandbox's clock."""
    with HTTPServer(("127.0.0.1", 0), _Clock) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def test_the_sandboxes_time_is_known_before_the_first_turn(clock_url: str) -> None:
    """After a restart with the clock moved ahead, the first look gives the day that the phone shows."""
    clock = SandboxClock(clock_url)
    asyncio.run(clock.look())
    assert clock.now() - datetime.now(UTC) > timedelta(hours=23)
