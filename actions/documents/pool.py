"""The processes in which documents are made: CPU work in a thread of the bot's would hold up every turn.

Spawned, so that no lock is inherited; niced, so that turns come first. Each worker serves one caller at a time, and one
that dies or hangs takes down its own document alone.
"""

import multiprocessing
import os
import queue
import signal
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

NICENESS = 10
SECONDS = 120.0  # a report of 300 pages takes five
_SPAWN = multiprocessing.get_context("spawn")


class DocumentError(Exception):
    """A document could not be made; the same call may be tried again."""


class WorkerDiedError(DocumentError):
    """The process ended while it made the document: killed, or out of memory."""


class WorkerTimeoutError(DocumentError):
    """The document took longer than the pool allows; its process was ended."""


class PoolClosedError(DocumentError):
    """The pool has been shut down."""


class DocumentPool:
    """Runs module-level functions in other processes; workers start when they are first needed, and anew after a death."""

    def __init__(self, workers: int = 1, *, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._all = [_Worker() for _ in range(workers)]
        self._idle: queue.LifoQueue[_Worker] = queue.LifoQueue()  # the warm one first
        for worker in self._all:
            self._idle.put(worker)
        self._closed = False

    def run(self, function: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """Wait for a free worker and for its result; what `function` raises is raised here. Raises DocumentError."""
        worker = self._idle.get()
        try:
            with self._lock:
                if self._closed:
                    raise PoolClosedError("the document pool is closed")
                worker.start()
            return worker.call(function, args, kwargs, self._seconds)  # type: ignore[return-value]  # the function's own
        finally:
            self._idle.put(worker)

    def close(self) -> None:
        """End all workers at once; calls that are under way raise WorkerDiedError."""
        with self._lock:
            self._closed = True
            for worker in self._all:
                worker.stop()


class _Worker:
    """One process and our end of its pipe."""

    def __init__(self) -> None:
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None

    def start(self) -> None:
        """Start the process unless it lives."""
        if self._process is not None and self._process.is_alive():
            return
        self.stop()
        ours, theirs = _SPAWN.Pipe()
        # A daemon: it is ended with this process; where this one is killed, the closed pipe ends it.
        process = _SPAWN.Process(target=_serve, args=(theirs,), name="presales-documents", daemon=True)
        process.start()
        theirs.close()
        self._process, self._pipe = process, ours

    def stop(self) -> None:
        """End the process, whatever it does."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.join()

    def call(
        self, function: Callable[..., object], args: tuple[object, ...], kwargs: dict[str, object], seconds: float
    ) -> object:
        """Send the call and wait for its answer."""
        pipe = self._pipe
        if pipe is None:  # `start` has made it
            raise PoolClosedError("the worker was not started")
        try:
            pipe.send((function, args, kwargs))
            if not pipe.poll(seconds):
                self.stop()
                raise WorkerTimeoutError(f"no document within {seconds:.0f} s")
            is_made, answer = pipe.recv()
        except (EOFError, ConnectionError) as error:
            self.stop()
            raise WorkerDiedError("the process that made the document has ended") from error
        if is_made:
            return answer
        raise answer


def _serve(pipe: Connection) -> None:
    """Answer calls until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group: our parent decides
    os.nice(NICENESS)
    while True:
        try:
            function, args, kwargs = pipe.recv()
        except (EOFError, ConnectionError):
            return
        answer: tuple[bool, object]
        try:
            answer = (True, function(*args, **kwargs))
        except Exception as error:  # noqa: BLE001  raised again where the call was made
            answer = (False, error)
        _answer(pipe, answer)


def _answer(pipe: Connection, answer: tuple[bool, object]) -> None:
    try:
        pipe.send(answer)
    except ConnectionError:  # nobody waits any longer
        return
    except Exception as error:  # noqa: BLE001  what cannot be sent is told by its type
        pipe.send((False, DocumentError(f"{type(answer[1]).__name__} cannot be sent: {type(error).__name__}")))
