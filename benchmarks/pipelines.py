"""Ours beside Rasa's default pipeline and others: trained on the same messages, asked the same evaluation sentences.

Not part of a plain run: training DIET takes many minutes. It needs TensorFlow, in an environment of its own; without it
that row is left out, and the command that makes it is printed. Times suffer where the machine is shared; processor
times ("CPU") hardly do.
"""

import asyncio
import json
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

import httpx

from benchmarks.processes import processor_seconds, pss_mib
from benchmarks.table import percentile
from bot.understanding.client import HttpNluClient
from bot.understanding.folding import fold
from bot.understanding.service import Understander
from presales.nlu_process import NluProcess
from tests.understanding.measure import EVALUATION, measure

ROOT: Final = Path(__file__).resolve().parents[1]
CANDIDATES: Final = ROOT / "benchmarks/candidates"
PLAIN, WITH_DIET = ROOT / "nlu/.venv/bin/python", ROOT / "nlu/.venv-diet/bin/python"
HOW_TO_GET_DIET: Final = (
    "cd nlu && UV_PROJECT_ENVIRONMENT=.venv-diet uv sync --frozen --group diet --python .venv/bin/python   (2.3 GB)"
)
MESSAGES: Final = 3_000
"""Of some 36,000, for each candidate alike: on all of them DIET would train for an hour on two cores."""
SPANS: Final = ("client", "agent", "from_agent", "model", "engine", "colour", "upholstery", "option")
FALLBACK: Final = "nlu_fallback"
"""What Rasa's FallbackClassifier puts before the likeliest intent where that is unsure: a threshold, not a reading."""
RIGHT: Final = ("dev en", "dev ro", "more en", "more ro", "spans dev", "spans more", "whole dev", "whole more")
COST: Final = (
    "messages", "training s", "CPU s", "at most MiB", "model MB", "start s", "p50 ms", "p95 ms", "CPU ms", "PSS MiB"
)  # fmt: skip

Case = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A pipeline, and the interpreter that can run it."""

    name: str
    config: Path
    python: Path = PLAIN


TABLE: Final = (
    Candidate("ours", ROOT / "config.yml"),
    Candidate("ours without letters", CANDIDATES / "without_letters.yml"),
    Candidate("ours without masking", CANDIDATES / "without_masks.yml"),
    Candidate("ours without word lists", CANDIDATES / "without_lists.yml"),
    Candidate("Rasa, logistic regression and CRF", CANDIDATES / "rasa_sparse.yml"),
    Candidate("Rasa's default, DIET", CANDIDATES / "rasa_default.yml", WITH_DIET),
)


class Serving(NluProcess):
    """Our NLU server with another model and another interpreter."""

    def __init__(self, model: Path, python: Path) -> None:
        super().__init__(model=model)
        self._python = python


def run(*, train: bool) -> None:  # noqa: ARG001  every benchmark takes the same options
    """Train, serve and ask one candidate after the other; then the model as it is shipped."""
    began = time.monotonic()
    print(f"\nPipelines: {MESSAGES:,} training messages each, evaluation sentences dev and more", flush=True)
    right, cost = [_row("share right, %", RIGHT)], [_row("cost", COST)]
    for candidate in TABLE:
        if not candidate.python.exists():
            print(f"  {candidate.name}: left out; to have it: {HOW_TO_GET_DIET}", flush=True)
            continue
        print(f"  {candidate.name} …", flush=True)
        with tempfile.TemporaryDirectory() as directory, _environment(candidate):
            model = Path(directory) / "nlu.tar.gz"
            trained = _trained(candidate, model)
            shares, figures = _asked(candidate, model)
        right.append(_row(candidate.name, shares))
        cost.append(_row(candidate.name, [*trained, *figures]))
    shipped = ROOT / "nlu/models/nlu.tar.gz"
    shares, figures = _asked(TABLE[0], shipped)
    right.append(_row("ours as shipped, all messages", shares))
    cost.append(_row("ours as shipped, all messages", ["", "", "", "", _size(shipped), *figures]))
    for table in (right, cost):
        print("\n" + "\n".join([table[0], "|---" * table[0].count(" | ") + "|---|", *table[1:]]))
    print(f"\nThis took {(time.monotonic() - began) / 60:.0f} minutes.")


def _row(name: str, cells: Sequence[str]) -> str:
    return f"| {' | '.join([name, *cells])} |"


def _size(model: Path) -> str:
    return f"{model.stat().st_size / 1e6:.1f}"


@contextmanager
def _environment(candidate: Candidate) -> Iterator[None]:
    """Two threads and not more, TensorFlow where it is wanted, and our variants where Rasa finds them."""
    values = {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'nlu'}"}
    if candidate.python == WITH_DIET:
        values |= {"PRESALES_NLU_TENSORFLOW": "1", "TF_CPP_MIN_LOG_LEVEL": "3"}
        values |= {"TF_INTRA_OP_PARALLELISM_THREADS": "2", "TF_INTER_OP_PARALLELISM_THREADS": "1"}
    with patch.dict(os.environ, values):
        yield


def _trained(candidate: Candidate, model: Path) -> list[str]:
    done = subprocess.run(  # noqa: S603  our own interpreter and script
        [candidate.python, CANDIDATES / "train.py", candidate.config, model, "--messages", str(MESSAGES)],
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    cost = json.loads(done.stdout.splitlines()[-1])
    figures = [f"{cost[name]:.0f}" for name in ("messages", "seconds", "processor", "peak")]
    return [*figures, _size(model)]


def _asked(candidate: Candidate, model: Path) -> tuple[list[str], list[str]]:
    """Shares of right answers, first of the model alone, then through the whole of understanding; patience and memory."""
    started = time.monotonic()
    with Serving(model, candidate.python) as server:
        assert server.pid is not None
        ready, before = time.monotonic() - started, processor_seconds(server.pid)
        pairs, taken = {}, []
        for name in ("dev", "more"):
            cases = [case for case in _cases(name) if len(case["acts"]) == 1]
            answers, seconds = _one_at_a_time(server.url, [case["text"] for case in cases])
            pairs[name] = list(zip(cases, answers, strict=True))
            taken += seconds
        busy = (processor_seconds(server.pid) - before) / len(taken)
        whole = [asyncio.run(_whole(server.url, name)) for name in pairs]
        memory = pss_mib([server.pid])
    shares = [_intents(answered, language) for answered in pairs.values() for language in ("en", "ro")]
    shares += [*map(_spans, pairs.values()), *whole]
    patience = [percentile(taken, 0.5) * 1000, percentile(taken, 0.95) * 1000, busy * 1000]
    figures = [f"{ready:.1f}", *(f"{one:.1f}" for one in patience), f"{memory:.0f}"]
    return [f"{share * 100:.1f}" for share in shares], figures


def _cases(name: str) -> list[Case]:
    files = sorted(EVALUATION.glob(f"{name}_*.jsonl"))
    cases = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines() if line]
    return [case for case in cases if "acts" in case]


def _one_at_a_time(url: str, texts: Sequence[str]) -> tuple[list[Case], list[float]]:
    answers, taken = [], []
    with httpx.Client(base_url=url, trust_env=False, timeout=60) as client:
        for text in texts:
            started = time.perf_counter()
            answer = client.post("/model/parse", json={"text": text}).raise_for_status()
            taken.append(time.perf_counter() - started)
            answers.append(answer.json())
    return answers, taken


async def _whole(url: str, name: str) -> float:
    client = HttpNluClient([url], read_seconds=60)
    scores = await measure(sorted(EVALUATION.glob(f"{name}_*.jsonl")), Understander(client))
    await client.aclose()
    return scores["all"].message_accuracy


def _intents(pairs: Sequence[tuple[Case, Case]], language: str) -> float:
    """Share of messages of one act whose likeliest intent is right, before any rule of ours."""
    these = [(case["acts"][0], answer) for case, answer in pairs if case["lang"] == language]
    return sum(act["intent"] == _likeliest(answer) for act, answer in these) / len(these)


def _likeliest(answer: Case) -> str | None:
    names = [ranked["name"] for ranked in answer["intent_ranking"] or [answer["intent"]]]
    return next((name for name in names if name != FALLBACK), None)


def _spans(pairs: Sequence[tuple[Case, Case]]) -> float:
    """F1 of the values that stand in the text as they are marked: names and cars, not notes."""
    agreed = found = expected = 0
    for case, answer in pairs:
        entities = case["acts"][0]["entities"]
        wanted = [(name, value) for name in SPANS for value in _listed(entities.get(name, []))]
        marked = [(span["entity"], span["value"]) for span in answer["entities"] if span["entity"] in SPANS]
        expected, found = expected + len(wanted), found + len(marked)
        for name, value in marked:
            same = next((one for one in wanted if one[0] == name and _alike(one[1], value)), None)
            if same is not None:
                wanted.remove(same)
                agreed += 1
    return 2 * agreed / (found + expected)


def _listed(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else [value]


def _alike(value: str, marked: str) -> bool:
    """Whether a marked span is the value but for a title, an article or a case ending of up to three letters."""
    one, other = fold(value), fold(marked)
    common = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return one in other or common >= max(len(one), len(other)) - 3 > 0
