"""Measures moments and periods on the evaluation's dates: `python -m tests.understanding.measure_dates [--nlu URL] [FILE…]`.

A sentence goes the whole way, as any message does; what counts is the time or the period of its acts, not their intent.
"""

from __future__ import annotations

import argparse
import asyncio
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.understanding.client import HttpNluClient
from bot.understanding.service import Understander
from presales.nlu_process import NluProcess
from tests.understanding.measure import AT_ONCE, EVALUATION


@dataclass
class DateScore:
    """Counts over a set of dates; silence where a value is expected is missing, any other difference is wrong."""

    asked: int = 0
    right: int = 0
    wrong: int = 0
    failures: list[str] = field(default_factory=list)

    @property
    def accuracy(self) -> float:
        """Share understood exactly, silence included where it is right."""
        return self.right / max(1, self.asked)

    def add(self, case: dict[str, Any], acts: list[dict[str, Any]]) -> None:
        """Count one sentence."""
        given = [
            {name: act["entities"][name] for name in ("time", "period") if name in act["entities"]} for act in acts
        ]
        got = next((value for value in given if value), {})
        self.asked += 1
        self.right += got == case["expect"]
        self.wrong += got not in ({}, case["expect"])
        if got != case["expect"]:
            self.failures.append(
                f"{case['id']}: {case['text']!r} ({case['now']})\n    want {case['expect']}  got {got}"
            )


def read_dates(file: Path) -> list[dict[str, Any]]:
    """The sentences of a file."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line]


async def measure_dates(cases: Sequence[dict[str, Any]], understander: Understander) -> DateScore:
    """The figures of these sentences."""
    score = DateScore()
    for start in range(0, len(cases), AT_ONCE):
        batch = cases[start : start + AT_ONCE]
        for case, parsed in zip(batch, await understander.parse_all([case["text"] for case in batch]), strict=True):
            understood = understander.interpret(parsed, datetime.fromisoformat(case["now"]), case["timezone"])
            score.add(case, json.loads(json.dumps(understood.as_json()))["acts"])
    return score


async def _report(files: Iterable[Path], url: str) -> None:
    client = HttpNluClient([url], read_seconds=60)
    for file in files:
        score = await measure_dates(read_dates(file), Understander(client))
        print(f"{file.stem:9} {score.asked} dates  right {score.accuracy:.3f}  wrong value {score.wrong}")  # noqa: T201 - a script speaks
        print("\n".join(score.failures))  # noqa: T201 - a script speaks
    await client.aclose()


def main() -> None:
    """Print the figures and the failures."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("files", nargs="*", type=Path, default=sorted(EVALUATION.glob("dates_*.jsonl")))
    arguments.add_argument("--nlu", default="", help="address of a running server; none starts one")
    options = arguments.parse_args()
    if options.nlu:
        asyncio.run(_report(options.files, options.nlu))
        return
    with NluProcess() as process:
        asyncio.run(_report(options.files, process.url))


if __name__ == "__main__":
    main()
