"""Runs the jobs of imports by hand, a step at a time, in this process."""

from typing import Any

from actions.import_customers import IMPORT_CUSTOMERS
from domain.messages import Job
from storage.database import Database


class PlainDesk:
    """`actions.ports.Desk` in this process."""

    def __init__(self, database: Database) -> None:
        self.file = database.jobs.file

    def compute(self, function: Any, /, *args: Any) -> Any:
        """Call it."""
        return function(*args)


def step(database: Database) -> bool:
    """Run what is due of the one job; whether there was anything."""
    job = database.jobs.claim(["import_customers"], lease_seconds=60)
    if job is None:
        return False
    run_step(database, job)
    return True


def run_step(database: Database, job: Job, *, fail: bool = False) -> None:
    """One step of a claimed job."""
    prepared = IMPORT_CUSTOMERS.prepare(PlainDesk(database), job)
    with database.jobs.run(job) as unit:
        assert unit is not None
        IMPORT_CUSTOMERS.handle(unit, job, prepared)
        if fail:
            raise ZeroDivisionError
