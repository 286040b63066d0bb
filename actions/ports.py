"""What the action server and the scheduler need from the database, as Protocols; storage implements them."""

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from datetime import date
from typing import ParamSpec, Protocol, TypeVar

from domain.messages import Due, Job, Json
from domain.ports import UnitOfWork

__all__ = ["Desk", "Due", "DueStore", "DueUnit", "Job", "JobStore", "JobUnit", "Json", "RetentionStore"]

P = ParamSpec("P")
R = TypeVar("R")


class JobUnit(UnitOfWork, Protocol):
    """The one transaction of a job: its effects, the result for the inbox and the mark that it is done."""

    job: Job
    actor_id: int | None

    def file(self, file_id: int) -> tuple[str, bytes]:
        """Name and content of a kept file; raises LookupError."""
        ...

    def add_file(self, *, name: str, media_type: str, data: bytes) -> int: ...
    def drop_file(self, file_id: int) -> None:
        """Keep a file no longer."""
        ...

    def result(self, payload: Json) -> None:
        """What the chat is to be told: becomes an inbox entry of the job's person."""
        ...

    def again(self, payload: Json) -> None:
        """There is more to do: what this step did is kept, and the job is due at once with the new payload.

        A long job goes in steps, so that turns come in between; all its steps are one turn to undo.
        """
        ...

    def later(self, payload: Json, *, seconds: float) -> None:
        """As `again`, after a pause: for a service outside that is down."""
        ...


class Desk(Protocol):
    """What a job may use before its transaction opens, so that what is slow holds up nobody's turn."""

    def file(self, file_id: int) -> tuple[str, bytes]:
        """Name and content of a kept file; raises LookupError."""
        ...

    def reading(self) -> AbstractContextManager[UnitOfWork]:
        """Look into the database without changing it."""
        ...

    def compute(self, function: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a module-level function in another process, and wait for it; what it raises is raised here."""
        ...


class JobStore(Protocol):
    """Durable jobs under a lease: a killed server's job is claimed again when its lease ends."""

    def claim(self, kinds: Collection[str], *, lease_seconds: int) -> Job | None: ...
    def file(self, file_id: int) -> tuple[str, bytes]:
        """Name and content of a kept file, outside of any job's transaction; raises LookupError."""
        ...

    def reading(self) -> AbstractContextManager[UnitOfWork]:
        """Look into the database without changing it."""
        ...

    def run(self, job: Job) -> AbstractContextManager[JobUnit | None]:
        """Open the job's transaction; None if it is done or was claimed by another since."""
        ...

    def postpone(self, job_id: int, *, seconds: float, error: str) -> None: ...
    def give_up(self, job_id: int, *, error: str, result: Json) -> None:
        """No further try: the chat is told by `result`."""
        ...


class DueUnit(UnitOfWork, Protocol):
    """The transaction of a tick."""

    def add_job(self, *, kind: str, key: str, payload: Json, person: int, actor_id: int) -> None:
        """Let an action server do something in a person's name; a key that is known adds nothing."""
        ...

    def add_due(self, due: Due) -> bool:
        """Insert the fact and its inbox entry; False where it was already there."""
        ...


class DueStore(Protocol):
    """Where ticks run."""

    def tick(self) -> AbstractContextManager[DueUnit]: ...


class RetentionStore(Protocol):
    """Where old texts are dropped."""

    def day(self) -> date:
        """The day, UTC."""
        ...

    def drop(self) -> int:
        """Drop the texts of the next old rows; returns of how many, 0 once none is left."""
        ...
