"""A circuit breaker: a service that does not answer is left alone for a while, and then asked once."""

from collections.abc import Callable

FAILURES = 5
PAUSE_SECONDS = 30.0


class Breaker:
    """Counts failures in a row; used from one event loop."""

    def __init__(self, clock: Callable[[], float], *, failures: int = FAILURES, pause: float = PAUSE_SECONDS) -> None:
        self._clock = clock
        self._failures = failures
        self._pause = pause
        self._count = 0
        self._closed_to_all_until = 0.0

    def lets_through(self) -> bool:
        """Whether a request may go out; after the pause the first one may, and the others wait for what it brings."""
        if self._count < self._failures:
            return True
        if self._clock() < self._closed_to_all_until:
            return False
        self._closed_to_all_until = self._clock() + self._pause
        return True

    def succeeded(self) -> None:
        """The service answered, whatever it said."""
        self._count = 0

    def failed(self) -> None:
        """No usable answer came."""
        self._count += 1
        if self._count >= self._failures:
            self._closed_to_all_until = self._clock() + self._pause
