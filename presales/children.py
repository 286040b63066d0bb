"""Programs that run beside this process and end with it, however it ends: they read a pipe that closes with us."""

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass

from presales.settings import Settings

READY_SECONDS = 30
STOP_SECONDS = 5


class ChildFailedError(RuntimeError):
    """A program beside us did not start or has ended; its own last line says why."""


@dataclass
class Child:
    """A program that answers at `url`."""

    name: str
    process: asyncio.subprocess.Process
    url: str

    async def wait(self) -> None:
        """Until it ends, which is an error as long as we run."""
        status = await self.process.wait()
        raise ChildFailedError(f"the {self.name} has ended (status {status})")


@contextlib.asynccontextmanager
async def sandbox_child(settings: Settings) -> AsyncIterator[Child]:
    """The sandbox on the settings' port, ready to answer; ended on leaving."""
    data_dir = settings.data_dir / "sandbox"
    port = settings.sandbox_port
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "sandbox", "serve", "--port", str(port), "--data-dir", str(data_dir), "--exit-with-parent"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        start_new_session=True,  # Ctrl-C reaches this process alone, which then ends the others in order
    )
    try:
        await _ready(process)
        yield Child("sandbox", process, f"http://127.0.0.1:{port}")
    finally:
        await end(process)


async def end(process: asyncio.subprocess.Process) -> None:
    """Ask it to end, then make it."""
    if process.returncode is None:
        process.terminate()
        try:
            await asyncio.wait_for(process.wait(), STOP_SECONDS)
        except TimeoutError:
            process.kill()
            await process.wait()


async def _ready(process: asyncio.subprocess.Process) -> None:
    """Wait for the one line that it prints when it answers."""
    if process.stdout is None or process.stderr is None:  # both are pipes
        raise ChildFailedError("the sandbox has no output")
    try:
        line = await asyncio.wait_for(process.stdout.readline(), READY_SECONDS)
    except TimeoutError:
        raise ChildFailedError("the sandbox did not answer within 30 s") from None
    if not line:
        said = (await process.stderr.read()).decode(errors="replace").strip().splitlines()
        # It is ending by itself: a signal sent meanwhile would take its status from asyncio, which then warns.
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), STOP_SECONDS)
        hint = " (PRESALES_SANDBOX_PORT sets another port)" if said and "port" in said[-1] else ""
        raise ChildFailedError((said[-1] if said else "the sandbox ended at once") + hint)
