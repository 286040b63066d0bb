"""Trains the model where data, pipeline or lock have changed since: `python train.py`, in nlu's own environment.

Rasa's own check of what has changed takes as long as a training; this one hashes files before Rasa is imported.
"""

import argparse
import fcntl
import hashlib
import sys
import time
from pathlib import Path
from typing import Iterator

NLU = Path(__file__).resolve().parent
CONFIG = NLU.parent / "config.yml"
MODELS = NLU / "models"
INPUTS = (
    "data/**/*.yml",
    "lexicon/*.txt",
    "generate/*.py",
    "components/*.py",
    "engine.py",
    "train.py",
    "domain.yml",
    "uv.lock",
)


def inputs() -> Iterator[Path]:
    """Give every file that the model depends on."""
    yield CONFIG
    for pattern in INPUTS:
        yield from sorted(NLU.glob(pattern))


def fingerprint() -> str:
    """Hash the names and contents of all inputs."""
    digest = hashlib.sha256()
    for file in inputs():
        content = file.read_bytes()
        digest.update(f"{file.relative_to(NLU.parent)} {len(content)} ".encode() + content)
    return digest.hexdigest()


def main() -> int:
    """Train if needed; 0 when the model is current at the end."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--output", type=Path, default=MODELS / "nlu.tar.gz", help="where the model goes")
    arguments.add_argument("--force", action="store_true", help="train although nothing has changed")
    options = arguments.parse_args()
    model: Path = options.output.resolve()
    mark = model.with_name(model.name + ".sha256")
    model.parent.mkdir(parents=True, exist_ok=True)
    with (model.parent / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # a second training waits, and then finds the first one's model
        wanted = fingerprint()
        if not options.force and model.exists() and mark.exists() and mark.read_text().strip() == wanted:
            print("NLU model: nothing has changed, no training.")
            return 0
        _train(model, mark, wanted)
    return 0


def _train(model: Path, mark: Path, wanted: str) -> None:
    started = time.monotonic()
    print("NLU model: making the training messages ...", flush=True)
    from generate.messages import examples

    made = list(examples())
    print(f"NLU model: training on {len(made)} messages; this takes a minute or two ...", flush=True)
    import engine

    fresh = model.with_name("." + model.name.replace(".tar.gz", ".new.tar.gz"))
    engine.train(engine.Messages(made, CONFIG, NLU / "domain.yml"), fresh)
    mark.unlink(missing_ok=True)  # a crash between the two leaves a model that is trained again, never a stale one
    fresh.replace(model)
    mark.write_text(wanted + "\n")
    size = model.stat().st_size / 1e6
    print(f"NLU model: trained in {time.monotonic() - started:.0f} s, {size:.1f} MB, {model.name}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
