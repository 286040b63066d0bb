"""Trains one pipeline on a sample of our messages, with NLU's interpreter: `train.py CONFIG MODEL --messages N`.

Prints one line of JSON: messages, seconds, processor seconds, and the highest memory in MiB.
"""

import argparse
import json
import resource
import time
from collections import defaultdict
from pathlib import Path
from typing import Dict, Iterable, List, Tuple

import engine
from generate.messages import Example, examples

DOMAIN = Path(engine.__file__).resolve().parent / "domain.yml"


def sample(made: Iterable[Example], most: int) -> List[Example]:
    """Take every intent of every language at its share, evenly over its lines: the same messages each time."""
    groups: Dict[Tuple[str, str], List[Example]] = defaultdict(list)
    for example in made:
        groups[example.language, example.intent].append(example)
    part = min(1.0, most / sum(len(group) for group in groups.values()))
    taken = []
    for group in groups.values():
        count = max(1, round(len(group) * part))
        taken += [group[place * len(group) // count] for place in range(count)]
    return taken


def main() -> None:
    """Train, and say what it cost."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("config", type=Path)
    arguments.add_argument("model", type=Path)
    arguments.add_argument("--messages", type=int, required=True)
    options = arguments.parse_args()
    taken = sample(examples(), options.messages)
    started, before = time.monotonic(), time.process_time()
    engine.train(engine.Messages(taken, options.config, DOMAIN), options.model)
    figures = {
        "messages": len(taken),
        "seconds": time.monotonic() - started,
        "processor": time.process_time() - before,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    print(json.dumps(figures), flush=True)


if __name__ == "__main__":
    main()
