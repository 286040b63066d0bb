"""Starting and stopping the processes: one that is all, or each part apart."""

import asyncio
import contextlib
import logging
import socket
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

from bot.telegram.receive import TokenRefusedError
from presales.children import ChildFailedError, sandbox_child
from presales.clocks import SandboxClock, SystemClock
from presales.nlu_process import NluNotStarted, NluProcess
from presales.settings import SANDBOX_SERVICE_TOKEN, SANDBOX_TOKEN, Settings
from presales.stack import Stack, until_stopped
from presales.wiring import database
from storage.database import Database
from storage.errors import StorageError

log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0


class CannotStartError(RuntimeError):
    """Why nothing runs, as a line for the person who started it."""


def run_all(settings: Settings, *, sandbox: bool) -> None:
    """Bot, actions and scheduler in this process, NLU and with `sandbox` the simulated outside beside it."""
    _go(_all(settings, sandboxed=sandbox))


def run_bot(settings: Settings) -> None:
    """The bot alone."""

    async def main() -> None:
        _need_token(settings)
        async with _nlu(settings) as urls:
            await until_stopped(Stack(settings, _migrated(settings), urls).bot())

    _go(main())


def run_actions(settings: Settings) -> None:
    """An action server alone."""

    async def main() -> None:
        running = Stack(settings, _migrated(settings), ())
        _say("The action server runs. Ctrl-C stops it.")
        await until_stopped(running.actions())

    _go(main())


def run_scheduler(settings: Settings) -> None:
    """The scheduler alone."""

    async def main() -> None:
        running = Stack(settings, _migrated(settings), ())
        _say("The scheduler runs. Ctrl-C stops it.")
        await until_stopped(running.scheduler())

    _go(main())


def run_nlu(port: int) -> None:
    """The NLU server alone."""

    async def main() -> None:
        process = NluProcess(port=port)
        _say(f"The NLU server answers at {await asyncio.to_thread(process.start)}")
        try:
            await until_stopped(_keep_alive(process))
        finally:
            await asyncio.to_thread(process.stop)

    _go(main())


def run_sandbox(settings: Settings) -> None:
    """The sandbox alone."""

    async def main() -> None:
        async with sandbox_child(settings) as child:
            _say(f"The phone: {child.url}/")
            await until_stopped(child.wait())

    _go(main())


async def _all(settings: Settings, *, sandboxed: bool) -> None:
    async with contextlib.AsyncExitStack() as stack:
        parts: list[Callable[[], Coroutine[Any, Any, None]]] = []
        clock: SystemClock | SandboxClock = SystemClock()
        if sandboxed:
            _say("Starting the sandbox …")
            child = await stack.enter_async_context(sandbox_child(settings))
            settings = settings.model_copy(update=_outside(child.url))
            clock = SandboxClock(child.url)
            await clock.look()
            parts += [clock.follow, child.wait]
        _need_token(settings)
        opened = _migrated(settings, clock)
        if sandboxed:
            await _demo(settings)
        _say("Starting the NLU engine …")
        urls = await stack.enter_async_context(_nlu(settings))
        running = Stack(settings, opened, urls, sandboxed=sandboxed)
        _say(f"Ready. Open the phone: {child.url}/" if sandboxed else "Ready: the bot listens. Ctrl-C stops.")
        await until_stopped(running.bot(), running.actions(), running.scheduler(), *(part() for part in parts))
        _say("Stopped.")


def _outside(url: str) -> dict[str, str]:
    """The settings by which everything outside is the sandbox's."""
    return {
        "telegram_token": SANDBOX_TOKEN,
        "telegram_api_url": url,
        "catalog_url": f"{url}/catalog",
        "catalog_token": SANDBOX_SERVICE_TOKEN,
        "sales_url": f"{url}/sales",
        "sales_token": SANDBOX_SERVICE_TOKEN,
    }


@contextlib.asynccontextmanager
async def _nlu(settings: Settings) -> AsyncIterator[tuple[str, ...]]:
    """The addresses of the settings, or those of a server of our own that is started again when it dies."""
    if settings.nlu_url:
        yield settings.nlu_url
        return
    port = _free_port()
    process = NluProcess(port=port)
    missing = process.missing()
    if missing:
        raise CannotStartError(missing)
    with contextlib.suppress(NluNotStarted):  # the watch says why, and tries again
        await asyncio.to_thread(process.start)
    watch = asyncio.create_task(_keep_alive(process))
    try:
        yield (f"http://127.0.0.1:{port}",)
    finally:
        watch.cancel()
        await asyncio.to_thread(process.stop)


async def _keep_alive(process: NluProcess) -> None:
    """Start the server, and again at the same address whenever it dies; the chat goes on by keywords meanwhile."""
    while True:
        if not process.running():
            try:
                await asyncio.to_thread(process.start)
            except NluNotStarted as error:
                log.error("%s; it is tried again", error)  # noqa: TRY400  its one line says it all
        await asyncio.sleep(LOOK_SECONDS)


def _free_port() -> int:
    """A port that nobody listens on; the server keeps it when it is started again."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _migrated(settings: Settings, clock: SystemClock | SandboxClock | None = None) -> Database:
    opened = database(settings, clock or SystemClock())
    opened.migrate()
    opened.check()
    return opened


async def _demo(settings: Settings) -> None:
    """Demo people and data, once; the sandbox's own program writes them."""
    arguments = ("-m", "sandbox.demo", "--database-url", settings.database, "--timezone", settings.timezone)
    process = await asyncio.create_subprocess_exec(sys.executable, *arguments)
    if await process.wait():
        raise CannotStartError("the demo data could not be written; the lines above say why")


def _need_token(settings: Settings) -> None:
    if not settings.telegram_token:
        raise CannotStartError("PRESALES_TELEGRAM_TOKEN: is not set (make one with @BotFather, or run with --sandbox)")


def _go(main: Coroutine[Any, Any, None]) -> None:
    try:
        asyncio.run(main)
    except (StorageError, NluNotStarted, ChildFailedError) as error:
        raise CannotStartError(str(error)) from error
    except TokenRefusedError:
        raise CannotStartError("PRESALES_TELEGRAM_TOKEN: Telegram does not know this token") from None
    except PermissionError as error:
        raise CannotStartError(f"PRESALES_DATA_DIR: cannot write to {error.filename}") from error


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
