"""The whole stack as its own processes, as `presales run --sandbox` starts it, on a port and data directory of the test's own."""

import os
import signal
import socket
import subprocess
import sys
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx

ROOT = Path(__file__).parents[2]
ZONE = "Europe/Bucharest"
STOP_SECONDS = 15


class StackProcess:
    """`presales run --sandbox`; `at` moves the clock that all of its parts follow."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        self.url = f"http://127.0.0.1:{port}"
        self.database_url = f"sqlite:///{data_dir / 'presales.db'}"
        ours = {name: value for name, value in os.environ.items() if not name.startswith("PRESALES_")}
        self._environment = ours | {
            "PRESALES_DATA_DIR": str(data_dir),
            "PRESALES_SANDBOX_PORT": str(port),
            "PRESALES_TIMEZONE": ZONE,
        }
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start, and return when it is ready; raise RuntimeError with its own words when it does not start."""
        log_path = self.data_dir / "stack.log"
        with log_path.open("a") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "presales.main", "run", "--sandbox"],
                cwd=ROOT,
                env=self._environment,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                start_new_session=True,
            )
        self._process = process
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith("Ready"):
                return
        self.stop()
        raise RuntimeError(f"the stack did not start: {log_path.read_text()}")

    def stop(self) -> None:
        """End it as Ctrl-C does, and wait for its end."""
        process, self._process = self._process, None
        if process is None:
            return
        process.send_signal(signal.SIGINT)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        if process.stdout is not None:
            process.stdout.close()

    def at(self, day: date, hour: time) -> None:
        """Let this local moment come."""
        moment = {"to": datetime.combine(day, hour).isoformat(), "timezone": ZONE}
        httpx.post(f"{self.url}/clock", json=moment).raise_for_status()

    def command(self, *arguments: str) -> str:
        """Run another command of `presales` on the same data; give what it printed."""
        done = subprocess.run(  # noqa: S603  our own command
            [sys.executable, "-m", "presales.main", *arguments],
            cwd=ROOT,
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        return done.stdout


def moment(day: date, hour: time) -> datetime:
    """The aware moment of a local hour."""
    return datetime.combine(day, hour, tzinfo=ZoneInfo(ZONE))
