"""The sandbox's own command: `python -m sandbox serve`."""

import argparse
import sqlite3
import sys
from pathlib import Path

from sandbox.people import PeopleError, default_people, read_people
from sandbox.server import listen, serve


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit status: 2 where an argument, the port or the directory cannot be used."""
    parser = argparse.ArgumentParser(prog="python -m sandbox", description="A Telegram, simulated on this machine.")
    command = parser.add_subparsers(dest="command", required=True).add_parser("serve", help="serve until stopped")
    command.add_argument("--host", default="127.0.0.1", help="the address to listen on (default %(default)s)")
    command.add_argument("--port", type=int, default=8081, help="the port, 0 for a free one (default %(default)s)")
    command.add_argument("--data-dir", type=Path, default=Path("sandbox-data"), help="where everything is kept")
    command.add_argument("--people", type=Path, help="a JSON list of people in place of the default ones")
    command.add_argument("--exit-with-parent", action="store_true", help="stop when standard input ends")
    options = parser.parse_args(arguments)
    try:
        people = read_people(options.people) if options.people else default_people()
    except PeopleError as error:
        return _refuse(str(error))
    try:
        listener = listen(options.host, options.port)
    except (OSError, OverflowError) as error:
        return _refuse(f"cannot listen on {options.host} port {options.port}: {error}")
    try:
        serve(
            host=options.host,
            listener=listener,
            data_dir=options.data_dir,
            people=people,
            with_parent=options.exit_with_parent,
        )
    except (OSError, sqlite3.Error) as error:
        return _refuse(f"cannot use the data directory {options.data_dir}: {error}")
    finally:
        listener.close()
    return 0


def _refuse(reason: str) -> int:
    sys.stderr.write(f"sandbox: {reason}\n")
    return 2


if __name__ == "__main__":
    sys.exit(main())
