"""The whole default stack as a newcomer runs it: seconds until it answers, and its memory after 50 messages."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from benchmarks.processes import command, pss_mib, tree
from benchmarks.table import Figure, percentile, show

ROOT = Path(__file__).resolve().parents[1]
PROMISED_MIB, PROMISED_SECONDS = 450, 30
MESSAGES = 50
PEOPLE = (1001, 1002, 1003)  # Telegram takes one message a second in a chat; three chats are done sooner
# Each has one message for an answer, whoever asks.
TEXTS = ("agenda this week", "remind me to order plates friday at 10", "my clients", "ce am mâine?", "what is overdue")
PARTS = {" presales.main ": "bot, actions, scheduler", " sandbox ": "sandbox", "server.py ": "NLU engine"}
PATIENCE = 60


def run(*, train: bool) -> None:  # noqa: ARG001  every benchmark takes the same options
    """Start it on new data, measure, and start it again on the same data."""
    with tempfile.TemporaryDirectory() as directory:
        show("Stack: first start (demo data is written), then memory", _first(Path(directory)))
        show("Stack: warm start (the same data)", _warm(Path(directory)))


def _first(data_dir: Path) -> Iterator[Figure]:
    with _running(data_dir) as (process, client, ready, answered):
        yield from _start(ready, answered)
        taken = [_timed(client, number) for number in range(MESSAGES)]
        yield Figure(f"{MESSAGES} messages: text sent to answer on the phone, p50", percentile(taken, 0.5) * 1000, "ms")
        pids = tree(process.pid)
        for mark, part in PARTS.items():
            yield Figure(f"memory (PSS) of {part}", pss_mib([pid for pid in pids if mark in command(pid)]), "MiB")
        yield Figure(f"memory (PSS) of all {len(pids)} processes", pss_mib(pids), "MiB", f"promised ≤ {PROMISED_MIB}")


def _warm(data_dir: Path) -> Iterator[Figure]:
    with _running(data_dir) as (_, _, ready, answered):
        yield from _start(ready, answered)


def _timed(client: httpx.Client, number: int) -> float:
    started = time.monotonic()
    _answered(client, PEOPLE[number % len(PEOPLE)], TEXTS[number % len(TEXTS)])
    return time.monotonic() - started


def _start(ready: float, answered: float) -> Iterator[Figure]:
    yield Figure("start to ready", ready, "s")
    yield Figure("start to first answered message", answered, "s", f"promised ≤ {PROMISED_SECONDS}")


@contextmanager
def _running(data_dir: Path) -> Iterator[tuple[subprocess.Popen[str], httpx.Client, float, float]]:
    """The stack's process and its phones, and the seconds to its ready line and to its first answer."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    ours = {name: value for name, value in os.environ.items() if not name.startswith("PRESALES_")}
    started = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "presales.main", "run", "--sandbox"],
        cwd=ROOT,
        env=ours | {"PRESALES_DATA_DIR": str(data_dir), "PRESALES_SANDBOX_PORT": str(port)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    client = httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False)
    try:
        assert process.stdout is not None
        assert any(line.startswith("Ready") for line in process.stdout), "the stack did not start"
        ready = time.monotonic() - started
        _answered(client, PEOPLE[0], "agenda")
        yield process, client, ready, time.monotonic() - started
    finally:
        client.close()
        process.send_signal(signal.SIGINT)
        process.wait(PATIENCE)


def _answered(client: httpx.Client, person: int, text: str) -> None:
    """Write a message on the person's phone, and wait until something of the bot's stands below it."""
    phone = f"/phone/api/people/{person}"
    sent = client.post(f"{phone}/text", json={"text": text}).raise_for_status().json()["message"]["seq"]
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        news = client.get(f"{phone}/messages", params={"after": sent}).raise_for_status().json()["messages"]
        if any(message["from"] == "bot" for message in news):
            return
        time.sleep(0.02)
    raise TimeoutError(f"{text!r} was not answered within {PATIENCE} s")
