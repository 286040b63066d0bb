"""How far confidence can be trusted, and what another threshold would cost: the curve from which THRESHOLD was chosen."""

import asyncio
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final
from unittest.mock import patch

from bot.understanding.acts import OUT_OF_SCOPE
from bot.understanding.choose import THRESHOLD
from bot.understanding.client import HttpNluClient
from bot.understanding.service import Parsed, Understander
from presales.nlu_process import NluProcess
from tests.understanding.measure import AT_ONCE, EVALUATION

TENTHS: Final = 10
THRESHOLDS: Final = (0.0, 0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8, 0.9)
USERS: Final = ("bot.understanding.choose.THRESHOLD", "bot.understanding.compose.THRESHOLD")
"""Where the constant is read; another value is put in their place for the length of a measurement."""

Case = dict[str, Any]
Read = list[tuple[Case, list[dict[str, Any]]]]


def run(*, train: bool) -> None:  # noqa: ARG001  every benchmark takes the same options
    """Parse once, interpret at each threshold; sentences that were developed with and later ones apart."""
    with NluProcess() as server:
        for name in ("dev", "more"):
            cases = _cases(name)
            understander, parsed = asyncio.run(_parsed(server.url, [case["text"] for case in cases]))
            print(f"\nConfidence: {len(cases)} evaluation sentences ({name}), acts of messages of one act")
            for line in _reliability(_read(understander, cases, parsed)):
                print(line)
            print(f"\nThresholds ({THRESHOLD} is in use); wrong: an act given with another intent or another value")
            print("| threshold | whole messages right % | good messages refused | out of scope caught % | wrong acts |")
            print("|---|---|---|---|---|")
            for threshold in THRESHOLDS:
                with patch(USERS[0], threshold), patch(USERS[1], threshold):
                    print(_at_threshold(threshold, _read(understander, cases, parsed)), flush=True)


def _cases(name: str) -> list[Case]:
    files = sorted(EVALUATION.glob(f"{name}_*.jsonl"))
    cases = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines() if line]
    return [case for case in cases if "acts" in case]


async def _parsed(url: str, texts: Sequence[str]) -> tuple[Understander, list[Parsed]]:
    client = HttpNluClient([url], read_seconds=60)
    understander = Understander(client)
    batches = range(0, len(texts), AT_ONCE)
    parsed = [one for start in batches for one in await understander.parse_all(texts[start : start + AT_ONCE])]
    await client.aclose()
    return understander, parsed


def _read(understander: Understander, cases: Sequence[Case], parsed: Sequence[Parsed]) -> Read:
    """Each case with the acts that it is understood as, in the form of the expected ones."""
    read = []
    for case, one in zip(cases, parsed, strict=True):
        understood = understander.interpret(one, datetime.fromisoformat(case["now"]), case["timezone"])
        read.append((case, json.loads(json.dumps(understood.as_json()))["acts"]))
    return read


def _reliability(read: Read) -> Iterator[str]:
    """Share right by tenths of confidence, and the mean distance of the two (expected calibration error)."""
    seen: Counter[int] = Counter()
    right: Counter[int] = Counter()
    told: Counter[int] = Counter()
    for case, acts in read:
        if len(case["acts"]) == len(acts) == 1 and acts[0]["intent"] != OUT_OF_SCOPE:
            tenth = min(TENTHS - 1, int(acts[0]["confidence"] * TENTHS))
            seen[tenth] += 1
            told[tenth] += acts[0]["confidence"]
            right[tenth] += acts[0]["intent"] == case["acts"][0]["intent"]
    yield "| confidence | acts | mean confidence | intent right |"
    yield "|---|---|---|---|"
    for tenth in sorted(seen):
        low, high = tenth / TENTHS, (tenth + 1) / TENTHS
        mean, share = told[tenth] / seen[tenth], right[tenth] / seen[tenth]
        yield f"| {low:.1f}–{high:.1f} | {seen[tenth]} | {mean:.2f} | {share:.2f} |"
    distance = sum(abs(told[tenth] - right[tenth]) for tenth in seen) / max(1, seen.total())
    yield f"expected calibration error: {distance:.3f}"


def _at_threshold(threshold: float, read: Read) -> str:
    good = [(case, acts) for case, acts in read if case["acts"][0]["intent"] != OUT_OF_SCOPE]
    foreign = [acts for case, acts in read if case["acts"][0]["intent"] == OUT_OF_SCOPE]
    whole = sum(_bare(acts) == _bare(case["acts"]) for case, acts in read) / len(read)
    silent = sum(_silent(acts) for _, acts in good)
    caught = sum(map(_silent, foreign)) / len(foreign)
    wrong = sum(act not in _bare(case["acts"]) for case, acts in read for act in _bare(acts) if act[0] != OUT_OF_SCOPE)
    refused = f"{silent} of {len(good)} ({silent / len(good) * 100:.1f}%)"
    return f"| {threshold:.2f} | {whole * 100:.1f} | {refused} | {caught * 100:.1f} | {wrong} |"


def _bare(acts: Sequence[dict[str, Any]]) -> list[tuple[str, dict[str, Any]]]:
    return [(act["intent"], act["entities"]) for act in acts]


def _silent(acts: Sequence[dict[str, Any]]) -> bool:
    return all(act["intent"] == OUT_OF_SCOPE for act in acts)
