"""An action server to be killed: does the steps of the imports that wait in a database, until there are none."""

import sys

from domain.ports import Defaults
from storage.database import Database
from tests.fakes import FakeClock, FakeHolidays
from tests.import_jobs import step


def main() -> None:
    """Work on the database of the first argument."""
    database = Database(sys.argv[1], clock=FakeClock(), defaults=Defaults(), holidays=FakeHolidays())
    while step(database):
        pass


if __name__ == "__main__":
    main()
