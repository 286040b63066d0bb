"""Serving the sandbox: one uvicorn server that stops at once although polls and streams are open."""

import asyncio
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from sandbox.app import create_app
from sandbox.people import Person, default_people
from sandbox.world import World


class Server(uvicorn.Server):
    """uvicorn, but waiting requests are answered before it waits for connections to end."""

    def __init__(self, world: World, host: str, *, on_ready: Callable[[], None] | None = None) -> None:
        config = uvicorn.Config(
            create_app(world, host=host),
            log_level="warning",
            lifespan="off",
            ws="none",
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=1,
        )
        super().__init__(config)
        self._world = world
        self._on_ready = on_ready

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals to the caller: uvicorn would raise them again, and a wished end would look like a crash."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start as uvicorn does, then tell that requests are answered from now on."""
        await super().startup(sockets)
        if self.started and self._on_ready:
            self._on_ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End what waits, then stop as uvicorn does."""
        self._world.end_waiting()
        await super().shutdown(sockets)


def listen(host: str, port: int) -> socket.socket:
    """Take the port now, so that one in use is told before anything starts; raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio switches Nagle's algorithm off only for sockets that name TCP; with it every answer takes 40 ms more.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise
    return listener


def serve(*, host: str, listener: socket.socket, data_dir: Path, people: Sequence[Person], with_parent: bool) -> None:
    """Serve until a signal, or with_parent until standard input ends."""
    world = World.open(data_dir, list(people))
    place = f"[{host}]" if ":" in host else host
    url = f"http://{place}:{listener.getsockname()[1]}"
    server = Server(world, host, on_ready=lambda: _tell_ready(url))
    if with_parent:
        threading.Thread(target=_follow_parent, args=(server,), daemon=True).start()
    try:
        asyncio.run(_serve(server, listener))
    finally:
        world.store.close()


class ThreadedSandbox:
    """A sandbox on a free port in a thread of its own, for tests."""

    def __init__(self, data_dir: Path, people: Sequence[Person] | None = None) -> None:
        self._listener = listen("127.0.0.1", 0)
        self._world = World.open(data_dir, default_people() if people is None else list(people))
        ready = threading.Event()
        self._server = Server(self._world, "127.0.0.1", on_ready=ready.set)
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        ready.wait(10)

    def stop(self, *, wait: bool = True) -> None:
        """Stop serving; without waiting, the thread ends by itself a moment later."""
        self._server.should_exit = True
        if wait:
            self._thread.join(10)

    def _run(self) -> None:
        try:
            self._server.run([self._listener])
        finally:
            self._listener.close()
            self._world.store.close()


@contextmanager
def running(data_dir: Path, people: Sequence[Person] | None = None) -> Iterator[str]:
    """Serve in a thread on a free port while the block runs; give the address."""
    sandbox = ThreadedSandbox(data_dir, people)
    try:
        yield sandbox.url
    finally:
        sandbox.stop()


async def _serve(server: Server, listener: socket.socket) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, _stop, server)
    await server.serve(sockets=[listener])


def _tell_ready(url: str) -> None:
    sys.stdout.write(f"sandbox ready: phone {url}/ , Bot API {url}/bot\n")
    sys.stdout.flush()


def _stop(server: Server) -> None:
    server.should_exit = True


def _follow_parent(server: Server) -> None:
    """Wait for the end of standard input, which the parent's end brings however it ended."""
    while sys.stdin.buffer.read(1 << 12):
        pass
    server.should_exit = True
