"""The command: each name is a benchmark; without names those of ALL run, one after the other, for they share two cores."""

import argparse
import importlib
import os
import platform
import sys
from datetime import date

ALL = ("stack", "nlu", "confidence", "turns", "names", "reports", "importing")
BY_NAME_ALONE = ("pipelines",)  # trains six models, one of them for minutes


def main() -> int:
    """Run what was asked for; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Print the figures; nothing is kept.")
    parser.add_argument(
        "names",
        nargs="*",
        choices=[[], *ALL, *BY_NAME_ALONE],
        metavar="name",
        help=f"of {', '.join(ALL)}; only by name: {', '.join(BY_NAME_ALONE)}",
    )
    parser.add_argument("--train", action="store_true", help="with nlu: train the model too, and time it")
    options = parser.parse_args()
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    print(f"PreSales on {os.cpu_count()} cores, Python {platform.python_version()}, {date.today().isoformat()}")  # noqa: DTZ011  the machine's day
    for name in options.names or ALL:
        importlib.import_module(f"benchmarks.{name}").run(train=options.train)
    return 0


if __name__ == "__main__":
    sys.exit(main())
