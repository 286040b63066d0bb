"""The action server: claims durable jobs and runs each in one transaction, again after a pause when it fails."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, ParamSpec, Protocol, TypeVar

from actions.ports import Desk, Job, JobStore, JobUnit
from domain.ports import UnitOfWork

log = logging.getLogger(__name__)

LEASE_SECONDS = 60
LOOK_SECONDS = 0.5
TRIES = 5
AT_ONCE = 3
CLAIMS = 8  # a job that ends the process itself never comes to count as failed

Handler = Callable[[JobUnit, Job], None]
P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class TwoPart:
    """A job with a slow part: `prepare` runs in a thread with no transaction open, `handle` in the job's own with what came of it.

    What `prepare` does may happen again after a kill: it computes, or calls what can be called twice.
    """

    prepare: Callable[[Desk, Job], Any]
    handle: Callable[[JobUnit, Job, Any], None]


@dataclass(frozen=True, slots=True)
class Remote:
    """A job that asks a service outside: `call` with no transaction open, `handle` in the job's own with what came of it.

    What `call` does may happen again after a kill: it only reads, or carries a key under which it is done once.
    """

    call: Callable[[Job], Awaitable[Any]]
    handle: Callable[[JobUnit, Job, Any], None]


class Compute(Protocol):
    """Runs a function in another process and waits for it."""

    def __call__(self, function: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R: ...


AnyHandler = Handler | TwoPart | Remote


class RunBlocking(Protocol):
    """Runs a blocking call in a thread."""

    def __call__(self, function: Callable[[], R], /) -> Awaitable[R]: ...


class Runner:
    """Any number may run beside each other."""

    def __init__(
        self,
        jobs: JobStore,
        handlers: Mapping[str, AnyHandler],
        *,
        done: Callable[[], None],
        run_blocking: RunBlocking,
        compute: Compute,
    ) -> None:
        self._jobs = jobs
        self._handlers = handlers
        self._desk = _Desk(jobs, compute)
        self._done = done
        self._blocking = run_blocking

    async def run(self) -> None:
        """Work until cancelled, at a few jobs at once: one that waits for a service outside holds up no other."""
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(AT_ONCE):
                    group.create_task(self._loop())
        except BaseExceptionGroup as failures:  # whoever runs this waits for the database by its own error
            raise failures.exceptions[0] from None

    async def _loop(self) -> None:
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
            if failures(job) > CLAIMS:
                await self._blocking(lambda: self._never_ended(job))
                return
            handler = await self._ready(job)
            await self._blocking(lambda: self._work(job, handler))
        except Exception as error:  # the job is kept and tried again; the server goes on
            reason = type(error).__name__
            log.exception("job %d (%s) failed, attempt %d", job.id, job.kind, failures(job))
            await self._blocking(lambda: self._after_failure(job, reason))

    async def _ready(self, job: Job) -> Handler:
        """The handler, its slow part done: in a thread of its own, for those of the database serve turns."""
        handler = self._handlers[job.kind]
        if isinstance(handler, Remote):
            found = await handler.call(job)
        elif isinstance(handler, TwoPart):
            found = await asyncio.to_thread(handler.prepare, self._desk, job)
        else:
            return handler
        slow = handler.handle
        return lambda unit, job: slow(unit, job, found)

    def _after_failure(self, job: Job, reason: str) -> None:
        if failures(job) >= TRIES:
            self._jobs.give_up(job.id, error=reason, result={"kind": job.kind, "failed": True})
        else:
            self._jobs.postpone(job.id, seconds=min(300.0, 2.0 ** failures(job)), error=reason)

    def _work(self, job: Job, handler: Handler) -> None:
        with self._jobs.run(job) as unit:
            if unit is not None:
                handler(unit, job)

    def _never_ended(self, job: Job) -> None:
        log.error("job %d (%s) was claimed %d times and never ended", job.id, job.kind, failures(job) - 1)
        self._jobs.give_up(job.id, error="never_ended", result={"kind": job.kind, "failed": True})


class _Desk:
    """`actions.ports.Desk`."""

    def __init__(self, jobs: JobStore, compute: Compute) -> None:
        self._jobs = jobs
        self.compute = compute

    def file(self, file_id: int) -> tuple[str, bytes]:
        return self._jobs.file(file_id)

    def reading(self) -> AbstractContextManager[UnitOfWork]:
        return self._jobs.reading()


def failures(job: Job) -> int:
    """How often the job was claimed, this time included, since a step of it last ended well."""
    return job.attempts - int(job.payload.get("steps", 0))
