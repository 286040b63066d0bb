"""The action server: claims durable jobs and runs each in one transaction, again after a pause when it fails."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol, TypeVar

from actions.ports import Job, JobStore, JobUnit

log = logging.getLogger(__name__)

LEASE_SECONDS = 60
LOOK_SECONDS = 0.5
TRIES = 5
CLAIMS = 8  # a job that ends the process itself never comes to count as failed

Handler = Callable[[JobUnit, Job], None]
R = TypeVar("R")


class RunBlocking(Protocol):
    """Runs a blocking call in a thread."""

    def __call__(self, function: Callable[[], R], /) -> Awaitable[R]: ...


class Runner:
    """Any number may run beside each other."""

    def __init__(
        self,
        jobs: JobStore,
        handlers: Mapping[str, Handler],
        *,
        done: Callable[[], None],
        run_blocking: RunBlocking,
    ) -> None:
        self._jobs = jobs
        self._handlers = handlers
        self._done = done
        self._blocking = run_blocking

    async def run(self) -> None:
        """Work until cancelled."""
        while True:
            job = await self._blocking(self._claim)
            if job is None:
                await asyncio.sleep(LOOK_SECONDS)
                continue
            await self._one(job)
            self._done()

    def _claim(self) -> Job | None:
        return self._jobs.claim(tuple(self._handlers), lease_seconds=LEASE_SECONDS)

    async def _one(self, job: Job) -> None:
        try:
            await self._blocking(lambda: self._work(job))
        except Exception as error:  # the job is kept and tried again; the server goes on
            reason = type(error).__name__
            log.exception("job %d (%s) failed, attempt %d", job.id, job.kind, failures(job))
            await self._blocking(lambda: self._after_failure(job, reason))

    def _after_failure(self, job: Job, reason: str) -> None:
        if failures(job) >= TRIES:
            self._jobs.give_up(job.id, error=reason, result={"kind": job.kind, "failed": True})
        else:
            self._jobs.postpone(job.id, seconds=min(300.0, 2.0 ** failures(job)), error=reason)

    def _work(self, job: Job) -> None:
        if failures(job) > CLAIMS:
            log.error("job %d (%s) was claimed %d times and never ended", job.id, job.kind, failures(job) - 1)
            self._jobs.give_up(job.id, error="never_ended", result={"kind": job.kind, "failed": True})
            return
        with self._jobs.run(job) as unit:
            if unit is not None:
                self._handlers[job.kind](unit, job)


def failures(job: Job) -> int:
    """How often the job was claimed, this time included, since a step of it last ended well."""
    return job.attempts - int(job.payload.get("steps", 0))
