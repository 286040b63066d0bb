"""Runs the jobs of whose a customer is, as the action server does."""

from actions.assign_clients import assign_clients
from actions.erase_customer import erase_customer
from actions.export_customer import export_customer
from tests.bot.chat_driver import ChatDriver

HANDLERS = {
    "assign_clients": assign_clients,
    "erase_customer": erase_customer,
    "export_customer": export_customer,
}


def run_jobs(driver: ChatDriver) -> int:
    """Every step of every job that waits, then the turns that tell; returns how many steps there were."""
    steps = 0
    while job := driver.database.jobs.claim(tuple(HANDLERS), lease_seconds=60):
        with driver.database.jobs.run(job) as unit:
            assert unit
            HANDLERS[job.kind](unit, job)
        steps += 1
    driver.settle()
    return steps
