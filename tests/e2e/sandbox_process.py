"""The sandbox as its own process: what a test kills and starts again must not be a thread of the test."""

import re
import subprocess
import sys
from pathlib import Path

import httpx

READY = re.compile(r"phone (http://\S+?)/ ")
# The server answers within a second on an idle machine; test machines are not idle.
START_SECONDS = 20


class SandboxProcess:
    """A sandbox server on a free port; its data outlives a restart, its port too."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir
        self.url = ""
        self._port = 0
        self._process: subprocess.Popen[str] | None = None

    @property
    def bot_url(self) -> str:
        """The address that a bot is given as its Bot API, as python-telegram-bot's `base_url`."""
        return f"{self.url}/bot"

    def start(self) -> None:
        """Start, and return when it answers; raise RuntimeError with its own words when it does not start."""
        arguments = ["--port", str(self._port), "--data-dir", str(self.data_dir), "--exit-with-parent"]
        log_path = self.data_dir.parent / "sandbox.log"
        with log_path.open("a") as log:
            process = subprocess.Popen(  # noqa: S603  our own command
                [sys.executable, "-m", "sandbox", "serve", *arguments],
                cwd=Path(__file__).parents[2],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        self._process = process
        assert process.stdout is not None
        found = READY.search(process.stdout.readline())
        if found is None:
            self.stop()
            raise RuntimeError(f"the sandbox did not start: {log_path.read_text()}")
        self.url = found[1]
        self._port = httpx.URL(self.url).port or 0
        httpx.get(f"{self.url}/health", timeout=START_SECONDS).raise_for_status()

    def stop(self) -> None:
        """End it, and wait for its end."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()

    def restart(self) -> None:
        """End it and start it again on the same data and port."""
        self.stop()
        self.start()
