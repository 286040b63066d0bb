"""Measures understanding on the evaluation sentences: `python -m tests.understanding.measure [--nlu URL] [FILE…]`.

Prints intent accuracy, entity F1, whole messages right, compound messages right, out of scope caught and requests
wrongly refused, in all and by language, and lists what failed. `floors` in the tests hold the same figures.
"""

from __future__ import annotations

import argparse
import asyncio
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.understanding.client import HttpNluClient, NluParse, NluUnavailable
from bot.understanding.service import Understander
from presales.nlu_process import NluProcess

EVALUATION = Path(__file__).parent / "evaluation"
AT_ONCE = 24


@dataclass
class Score:
    """Counts over a set of sentences."""

    messages: int = 0
    right: int = 0
    intents: int = 0
    intents_right: int = 0
    compound: int = 0
    compound_right: int = 0
    outside: int = 0
    outside_caught: int = 0
    inside: int = 0
    refused: int = 0
    found: int = 0
    expected: int = 0
    agreed: int = 0
    failures: list[str] = field(default_factory=list)
    confusions: Counter[tuple[str, str]] = field(default_factory=Counter)
    by_entity: dict[str, Counter[str]] = field(default_factory=dict)

    @property
    def intent_accuracy(self) -> float:
        """Share of expected acts whose intent stands at its place."""
        return self.intents_right / max(1, self.intents)

    @property
    def entity_f1(self) -> float:
        """Harmonic mean of precision and recall over entity values."""
        return 2 * self.agreed / max(1, self.found + self.expected)

    @property
    def message_accuracy(self) -> float:
        """Share of messages whose every act and value is right."""
        return self.right / max(1, self.messages)

    @property
    def compound_accuracy(self) -> float:
        """The same over messages of several acts."""
        return self.compound_right / max(1, self.compound)

    @property
    def outside_recall(self) -> float:
        """Share of foreign messages told apart."""
        return self.outside_caught / max(1, self.outside)

    @property
    def false_refusals(self) -> float:
        """Share of requests refused."""
        return self.refused / max(1, self.inside)

    def add(self, case: dict[str, Any], acts: list[dict[str, Any]]) -> None:
        """Count one message."""
        wanted = case["acts"]
        self.messages += 1
        self.intents += len(wanted)
        foreign = [act["intent"] for act in wanted] == ["out_of_scope"]
        silent = [act["intent"] for act in acts] == ["out_of_scope"]
        self.outside += foreign
        self.outside_caught += foreign and silent
        self.inside += not foreign
        self.refused += silent and not foreign
        whole = len(acts) == len(wanted)
        for place, act in enumerate(wanted):
            got = acts[place] if place < len(acts) else {"intent": "(none)", "entities": {}}
            if got["intent"] == act["intent"]:
                self.intents_right += 1
            else:
                self.confusions[act["intent"], got["intent"]] += 1
                whole = False
            whole = self._compare(act["entities"], got["entities"]) and whole
        for extra in acts[len(wanted) :]:
            self._compare({}, extra["entities"])
        self.right += whole
        if len(wanted) > 1:
            self.compound += 1
            self.compound_right += whole
        if not whole:
            self.failures.append(f"{case['id']}: {case['text']!r}\n    want {_short(wanted)}\n    got  {_short(acts)}")

    def _compare(self, wanted: dict[str, Any], got: dict[str, Any]) -> bool:
        self.expected += len(wanted)
        self.found += len(got)
        alike = True
        for name in wanted.keys() | got.keys():
            counts = self.by_entity.setdefault(name, Counter())
            same = name in wanted and name in got and _plain_note(name, wanted[name]) == _plain_note(name, got[name])
            alike = alike and same
            self.agreed += same
            counts["right"] += same
            counts["missed"] += name in wanted and name not in got
            counts["invented"] += name in got and name not in wanted
            counts["wrong"] += name in got and name in wanted and not same
        return alike

    def lines(self, name: str) -> Iterable[str]:
        """The figures for a person."""
        yield (
            f"{name:8} {self.messages:5} messages  intents {self.intent_accuracy:.3f}  entities F1 {self.entity_f1:.3f}"
            f"  whole {self.message_accuracy:.3f}  compound {self.compound_accuracy:.3f} ({self.compound})"
            f"  outside caught {self.outside_recall:.3f} ({self.outside})  false refusals {self.false_refusals:.3f}"
        )


def _plain_note(name: str, value: Any) -> Any:
    """A note without regard to case and to full stops or spaces at its ends; any other value as it is."""
    return value.lower().strip(" .") if name == "note" and isinstance(value, str) else value


def _short(acts: list[dict[str, Any]]) -> str:
    return "; ".join(f"{act['intent']} {json.dumps(act['entities'], ensure_ascii=False)}" for act in acts)


class NoNlu:
    """Stands for a server that is down: the keyword grammar is measured."""

    async def parse(self, texts: Sequence[str]) -> list[NluParse]:  # noqa: ARG002 - nobody reads them
        """Never answer."""
        raise NluUnavailable


async def measure(files: Iterable[Path], understander: Understander) -> dict[str, Score]:
    """Scores in all and by language."""
    scores = {"all": Score()}
    cases = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines() if line]
    cases = [case for case in cases if "acts" in case]
    for start in range(0, len(cases), AT_ONCE):
        batch = cases[start : start + AT_ONCE]
        for case, parsed in zip(batch, await understander.parse_all([case["text"] for case in batch]), strict=True):
            understood = understander.interpret(parsed, datetime.fromisoformat(case["now"]), case["timezone"])
            acts = json.loads(json.dumps(understood.as_json()))["acts"]
            scores["all"].add(case, acts)
            scores.setdefault(case.get("lang", "?"), Score()).add(case, acts)
    return scores


def main() -> None:
    """Print the figures and the failures."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("files", nargs="*", type=Path, default=sorted(EVALUATION.glob("dev_*.jsonl")))
    arguments.add_argument("--nlu", default="", help="address of a running server; none starts one")
    arguments.add_argument("--keywords", action="store_true", help="measure the keyword grammar alone")
    arguments.add_argument("--quiet", action="store_true", help="figures alone")
    options = arguments.parse_args()
    process = None if options.nlu or options.keywords else NluProcess()
    try:
        client = (
            NoNlu()
            if options.keywords
            else HttpNluClient([process.start() if process else options.nlu], read_seconds=60)
        )
        scores = asyncio.run(measure(options.files, Understander(client)))
    finally:
        if process:
            process.stop()
    for name, score in scores.items():
        print("\n".join(score.lines(name)))  # noqa: T201 - a script speaks
    if options.quiet:
        return
    whole = scores["all"]
    lines = [
        "confusions:",
        *(f"  {n} {wanted} -> {got}" for (wanted, got), n in whole.confusions.most_common(40)),
        "entities:",
        *(f"  {name:14} {dict(counts)}" for name, counts in sorted(whole.by_entity.items())),
        "failures:",
        *whole.failures,
    ]
    print("\n".join(lines))  # noqa: T201 - a script speaks


if __name__ == "__main__":
    main()
