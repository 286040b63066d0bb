"""Says how good the training data is: `python evaluate.py [--share 0.15]` trains without some lines, and asks for those.

A line is held out with all that it unfolds to, so that no wording is both learnt and asked. What is printed: intents
right by language, whole spans right, how sure it was when right and wrong, and the commonest confusions.
"""

import argparse
import tempfile
from collections import Counter, defaultdict
from pathlib import Path
from typing import Dict, List
from zlib import crc32

from generate.messages import Example, examples

NLU = Path(__file__).resolve().parent
OF_A_LINE = 3  # messages asked of one held-out line


def main() -> None:
    """Split, train, ask, print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--share", type=float, default=0.15, help="of lines held out")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--show", type=int, default=40, help="wrong messages to print")
    options = arguments.parse_args()
    by_line: Dict[str, List[Example]] = defaultdict(list)
    for example in examples():
        by_line[f"{example.language} {example.intent} {example.line}"].append(example)
    held = {line for line in by_line if crc32(f"{options.seed} {line}".encode()) % 1000 < options.share * 1000}
    asked = [example for line in sorted(held) for example in by_line[line][:OF_A_LINE]]
    kept_texts = {example.text for line, group in by_line.items() if line not in held for example in group}
    asked = [example for example in asked if example.text not in kept_texts]
    kept = [example for line, group in by_line.items() if line not in held for example in group]
    import engine

    with tempfile.TemporaryDirectory() as directory:
        model_path = Path(directory) / "model.tar.gz"
        engine.train(engine.Messages(kept, NLU.parent / "config.yml", NLU / "domain.yml"), model_path)
        model = engine.Model(model_path)
        answers = [
            answer for i in range(0, len(asked), 64) for answer in model.parse([e.text for e in asked[i : i + 64]])
        ]
    report(asked, answers, options.show)


def report(asked: List[Example], answers: List[dict], show: int) -> None:
    """Print the figures."""
    for language in ("en", "ro"):
        pairs = [(e, a) for e, a in zip(asked, answers, strict=False) if e.language == language]
        right = sum(e.intent == a["intent"]["name"] for e, a in pairs)
        print(f"{language}: {right}/{len(pairs)} intents right ({right / len(pairs):.1%}), spans: {spans(pairs)}")
    buckets: Dict[int, List[bool]] = defaultdict(list)
    for example, answer in zip(asked, answers, strict=False):
        buckets[min(9, int(answer["intent"]["confidence"] * 10))].append(example.intent == answer["intent"]["name"])
    print("confidence: share right")
    for bucket in sorted(buckets):
        print(
            f"  {bucket / 10:.1f}-{(bucket + 1) / 10:.1f}: {sum(buckets[bucket]) / len(buckets[bucket]):.0%} of {len(buckets[bucket])}"
        )
    wrong = [(e, a) for e, a in zip(asked, answers, strict=False) if e.intent != a["intent"]["name"]]
    print("confusions:")
    for (meant, said), count in Counter((e.intent, a["intent"]["name"]) for e, a in wrong).most_common(30):
        print(f"  {count:3} {meant} -> {said}")
    for example, answer in sorted(wrong, key=lambda pair: -pair[1]["intent"]["confidence"])[:show]:
        print(f"  {answer['intent']['confidence']:.2f} {example.intent} -> {answer['intent']['name']}: {example.text}")


def spans(pairs: list) -> str:
    """Give precision and recall of whole spans, by entity."""
    hit: Counter = Counter()
    meant: Counter = Counter()
    said: Counter = Counter()
    for example, answer in pairs:
        wanted = set(example.spans)
        found = {(s["start"], s["end"], s["entity"]) for s in answer["entities"]}
        for entity in {name for _, _, name in wanted | found}:
            these, those = {s for s in wanted if s[2] == entity}, {s for s in found if s[2] == entity}
            hit[entity] += len(these & those)
            meant[entity] += len(these)
            said[entity] += len(those)
    return ", ".join(
        f"{e} P{hit[e] / max(1, said[e]):.2f} R{hit[e] / max(1, meant[e]):.2f}" for e in sorted(meant | said)
    )


if __name__ == "__main__":
    main()
