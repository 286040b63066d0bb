"""Starts the NLU server beside whoever needs it, and ends it with them."""

from __future__ import annotations

import logging
import select
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Final

log = logging.getLogger(__name__)

START_SECONDS: Final = 60.0
STOP_SECONDS: Final = 5.0
_ROOT: Final = Path(__file__).resolve().parent.parent
_READY: Final = "nlu: listening on "


class NluNotStarted(Exception):  # noqa: N818 - the name says the state that callers print
    """The NLU server cannot run; the message is one line for a person."""


class NluProcess:
    """A server of our own on a free loopback port; it ends with its parent even when that is killed."""

    def __init__(self, *, root: Path = _ROOT, model: Path | None = None, port: int = 0) -> None:
        self._python = root / "nlu" / ".venv" / "bin" / "python"
        self._server = root / "nlu" / "server.py"
        self._model = model or root / "nlu" / "models" / "nlu.tar.gz"
        self._port = port
        self._process: subprocess.Popen[str] | None = None
        self.url = ""

    def start(self) -> str:
        """Start the server, wait until it serves, and give its address; raises NluNotStarted."""
        missing = self.missing()
        if missing:
            raise NluNotStarted(missing)
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and script, no shell
            [
                str(self._python),
                str(self._server),
                "--port",
                str(self._port),
                "--model",
                str(self._model),
                "--exit-with-parent",
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,  # Ctrl-C is the parent's; it ends this server in its turn
        )
        try:
            self.url = self._wait()
        except NluNotStarted:
            self.stop()
            raise
        return self.url

    def missing(self) -> str | None:
        """What must be made before the server can start, as a line for a person."""
        if not self._python.is_file():
            return "the NLU environment is missing; run `make install`"
        if not self._model.is_file():
            return f"there is no NLU model at {self._model}; run `make train`"
        return None

    @property
    def pid(self) -> int | None:
        """The server's process, for whoever measures it."""
        return self._process.pid if self._process else None

    def running(self) -> bool:
        """Whether the server process lives."""
        return self._process is not None and self._process.poll() is None

    def stop(self) -> None:
        """End the server: by the end of its input first, by a signal where that does not help."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin:
            process.stdin.close()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout:
            process.stdout.close()

    def __enter__(self) -> NluProcess:
        """Start it for the block."""
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop it after the block."""
        self.stop()

    def _wait(self) -> str:
        """Read the line that the server prints once its model is loaded."""
        process = self._process
        if process is None or process.stdout is None:
            raise NluNotStarted("the NLU server has no output")
        deadline = time.monotonic() + START_SECONDS
        while (left := deadline - time.monotonic()) > 0:
            ready, _, _ = select.select([process.stdout], [], [], min(left, 1.0))
            if ready:
                line = process.stdout.readline()
                if line.startswith(_READY):
                    return line.removeprefix(_READY).strip()
                if not line:
                    raise NluNotStarted(f"the NLU server ended while starting, with exit status {process.wait()}")
            elif process.poll() is not None:
                raise NluNotStarted(f"the NLU server ended while starting, with exit status {process.returncode}")
        raise NluNotStarted(f"the NLU server did not answer within {START_SECONDS:.0f} seconds")
