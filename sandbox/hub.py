"""Live events for the phones: each open event stream has a queue, and what happens is put into those it concerns."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

# A stream that has fallen so far behind is closed; the phone connects again and asks for what it missed.
_BACKLOG = 1000

Stream = asyncio.Queue[str | None]


class Hub:
    """Knows the open event streams of every person."""

    def __init__(self) -> None:
        self._streams: dict[int, set[Stream]] = {}
        self.ended = asyncio.Event()

    @property
    def watched(self) -> bool:
        """Tell whether any phone is looking, so that nobody prepares events for none."""
        return any(self._streams.values())

    @contextmanager
    def stream(self, person_id: int) -> Iterator[Stream]:
        """Open a stream of a person's events for as long as the block runs; None in it means its end."""
        stream: Stream = asyncio.Queue(_BACKLOG)
        streams = self._streams.setdefault(person_id, set())
        streams.add(stream)
        try:
            yield stream
        finally:
            streams.discard(stream)

    def tell(self, person_id: int, event: str, data: dict[str, Any]) -> None:
        """Send one event to a person's phones."""
        self._put(self._streams.get(person_id, set()), frame(event, data))

    def tell_all(self, event: str, data: dict[str, Any]) -> None:
        """Send one event to every phone."""
        text = frame(event, data)
        for streams in self._streams.values():
            self._put(streams, text)

    def close(self) -> None:
        """End every stream, so that the server can stop."""
        self.ended.set()
        for streams in self._streams.values():
            self._put(streams, None)

    def _put(self, streams: set[Stream], text: str | None) -> None:
        for stream in list(streams):
            if stream.full():
                streams.discard(stream)
                while not stream.empty():
                    stream.get_nowait()
                text = None
            stream.put_nowait(text)


def frame(event: str, data: dict[str, Any]) -> str:
    """Write one server-sent event."""
    return f"event: {event}\ndata: {json.dumps(data)}\n\n"
