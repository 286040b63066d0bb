"""The NLU server alone, over HTTP as the bot asks it: patience, throughput, memory, and with --train the training."""

import asyncio
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import httpx

from benchmarks.processes import pss_mib, resident_mib
from benchmarks.table import Figure, percentile, show
from presales.nlu_process import NluProcess

ROOT = Path(__file__).resolve().parents[1]
ONE_BY_ONE, TOGETHER, AT_ONCE = 300, 1600, 16
TEXTS = (
    "called Popescu, no answer",
    "test drive with Maria friday at 10",
    "mută ședința cu Acme pe luni la 9",
    "what do I have tomorrow",
    "client nou Ion Popescu 0722 123 456, de pe site",
    "note on Popescu: wants a tow bar",
    "mi-a zis Ionescu că vine joi după-amiază să vadă mașina",
    "done with the call to Elena Popa",
)


def run(*, train: bool) -> None:
    """Start a server of our own, and ask it."""
    show("NLU: one server over HTTP", _figures())
    if train:
        show("NLU: training", _training())


def _figures() -> Iterator[Figure]:
    started = time.monotonic()
    with NluProcess() as server:
        assert server.pid is not None
        with httpx.Client(base_url=server.url, trust_env=False) as client:
            _ask(client, [TEXTS[0]])
            yield Figure("start to first answer", time.monotonic() - started, "s")
            taken = [_ask(client, [f"{TEXTS[at % len(TEXTS)]} {at}"]) for at in range(ONE_BY_ONE)]
            yield Figure("one message at a time, p50", percentile(taken, 0.5) * 1000, "ms")
            yield Figure("one message at a time, p95", percentile(taken, 0.95) * 1000, "ms")
            whole = sum(_ask(client, _several(at)) for at in range(0, TOGETHER, AT_ONCE))
        apart = asyncio.run(_at_once(server.url))
        yield Figure(f"{AT_ONCE} clients at once", TOGETHER / apart, "messages/s")
        yield Figure(
            f"one client, {AT_ONCE} messages a request", TOGETHER / whole, "messages/s", f"{apart / whole:.1f}×"
        )
        yield Figure("memory, resident", resident_mib(server.pid), "MiB")
        yield Figure("memory, PSS", pss_mib([server.pid]), "MiB")


def _several(first: int) -> list[str]:
    """A batch of texts that no cache has seen."""
    return [f"{TEXTS[(first + more) % len(TEXTS)]} {first + more}" for more in range(AT_ONCE)]


def _ask(client: httpx.Client, texts: Sequence[str]) -> float:
    started = time.perf_counter()
    client.post("/model/parse", json={"text": list(texts)}).raise_for_status()
    return time.perf_counter() - started


async def _at_once(url: str) -> float:
    """Seconds for all messages, each in a request of its own, 16 on their way at any time."""
    async with httpx.AsyncClient(base_url=url, trust_env=False) as client:

        async def one_after_another(first: int) -> None:
            for at in range(first, TOGETHER, AT_ONCE):
                text = f"{TEXTS[at % len(TEXTS)]} {at} again"
                (await client.post("/model/parse", json={"text": text})).raise_for_status()

        started = time.perf_counter()
        await asyncio.gather(*(one_after_another(first) for first in range(AT_ONCE)))
        return time.perf_counter() - started


def _training() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as directory:
        started = time.monotonic()
        subprocess.run(  # noqa: S603  our own interpreter and script
            [ROOT / "nlu/.venv/bin/python", "nlu/train.py", "--force", "--output", f"{directory}/nlu.tar.gz"],
            cwd=ROOT,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        yield Figure("training anew", time.monotonic() - started, "s", "promised ≤ 120")
