"""Durable jobs under a lease: what a killed action server had claimed is claimed again when its lease ends."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from domain.messages import EntryKind, Job, Json
from storage.tables import queues as q
from storage.tables.queues import EntryState, JobState
from storage.turns import add_entry
from storage.unit import Outside, Unit, transaction

_j = q.jobs.c
_IS_OPEN = sa.text("jobs.state IN ('pending', 'leased')")  # as the partial index has it


STEPS = "steps"  # in a payload: how many claims have ended well, so that the others can be counted as failures


class JobRun(Unit):
    """`actions.ports.JobUnit`: the one transaction of a job. Its changes are kept under the id of its result entry."""

    def __init__(self, session: Session, outside: Outside, job: Job, entry_id: int) -> None:
        super().__init__(session, outside, turn_id=entry_id)
        self.job = job
        self.actor_id = job.actor_id
        self.following: Json | None = None
        self._outside = outside
        self.pause: timedelta | None = None
        self._entry_id = entry_id

    def file(self, file_id: int) -> tuple[str, bytes]:
        """Name and content of a kept file; raises LookupError."""
        return _file(self._session, file_id)

    def drop_file(self, file_id: int) -> None:
        """Keep a file no longer."""
        self._session.execute(sa.delete(q.files).where(q.files.c.id == file_id))

    def result(self, payload: Json) -> None:
        """What the chat is to be told: becomes an inbox entry of the job's person."""
        key = f"result:{self.job.id}:{self.job.attempts}"
        _tell(self._session, self._outside, self._entry_id, key=key, person=self.job.person, payload=payload)

    def again(self, payload: Json) -> None:
        """There is more to do: what this step did is kept, and the job is due at once with the new payload."""
        self.following = {**payload, STEPS: self.job.attempts}

    def later(self, payload: Json, *, seconds: float) -> None:
        """As `again`, after a pause: for a service outside that is down."""
        self.again(payload)
        self.pause = timedelta(seconds=seconds)


class Jobs:
    """`actions.ports.JobStore`."""

    def __init__(self, writing: Callable[[], Session], reading: Callable[[], Session], outside: Outside) -> None:
        self._writing = writing
        self._reading = reading
        self._outside = outside

    def claim(self, kinds: Collection[str], *, lease_seconds: int) -> Job | None:
        """The job of these kinds that is due and was claimed least, the oldest of them, leased to the caller.

        So a job of a hundred steps lets others in between.
        """
        now = self._outside.clock.now()
        query = _due(now, kinds)
        with transaction(self._reading) as session:  # most looks find nothing, and then nobody waits for a lock
            if session.execute(query).first() is None:
                return None
        with transaction(self._writing) as session:
            row = session.execute(query.with_for_update(skip_locked=True)).mappings().first()
            if row is None:
                return None
            lease = {
                "state": JobState.LEASED,
                "attempts": row["attempts"] + 1,
                "leased_until": now + timedelta(seconds=lease_seconds),
                "not_before": None,
            }
            session.execute(sa.update(q.jobs).where(_j.id == row["id"]).values(lease))
            return Job(
                id=row["id"],
                kind=row["kind"],
                payload=row["payload"],
                attempts=row["attempts"] + 1,
                person=row["person"],
                actor_id=row["actor_id"],
            )

    def file(self, file_id: int) -> tuple[str, bytes]:
        """Name and content of a kept file, outside of any job's transaction; raises LookupError."""
        with transaction(self._reading) as session:
            return _file(session, file_id)

    @contextmanager
    def reading(self) -> Iterator[Unit]:
        """Look into the database without changing it."""
        with transaction(self._reading) as session:
            yield Unit(session, self._outside)

    @contextmanager
    def run(self, job: Job) -> Iterator[JobRun | None]:
        """Open the job's transaction; None if it is done or was claimed by another since."""
        with transaction(self._writing) as session:
            # Each claim raises the number of attempts, so the number tells whose claim is the last.
            mine = sa.select(_j.id).where(_j.id == job.id, _j.state == JobState.LEASED, _j.attempts == job.attempts)
            if session.scalar(mine.with_for_update(skip_locked=True)) is None:
                yield None
                return
            entry_id = self._result_entry(session, job.id, job.person)
            unit = JobRun(session, self._outside, job, entry_id)
            yield unit
            unit.flush()
            if unit.following is None:
                left = {"state": JobState.DONE, "done_at": unit.now, "leased_until": None, "error": None}
            else:
                not_before = unit.now + unit.pause if unit.pause else None
                left = {"state": JobState.PENDING, "payload": unit.following, "leased_until": None, "error": None}
                left["not_before"] = not_before
            session.execute(sa.update(q.jobs).where(_j.id == job.id).values(left))

    def postpone(self, job_id: int, *, seconds: float, error: str) -> None:
        """After a failed run: wait before the next claim; `error` is a class name, never a text of a customer."""
        not_before = self._outside.clock.now() + timedelta(seconds=seconds)
        waiting = {"state": JobState.PENDING, "not_before": not_before, "leased_until": None, "error": error}
        with transaction(self._writing) as session:
            session.execute(sa.update(q.jobs).where(_j.id == job_id, _IS_OPEN).values(waiting))

    def give_up(self, job_id: int, *, error: str, result: Json) -> None:
        """No further try: the chat is told by `result`."""
        with transaction(self._writing) as session:
            open_job = sa.select(_j.person, _j.payload).where(_j.id == job_id, _IS_OPEN).with_for_update()
            row = session.execute(open_job).first()
            if row is None:
                return
            entry_id = self._result_entry(session, job_id, row.person)
            _tell(session, self._outside, entry_id, key=f"result:{job_id}:given_up", person=row.person, payload=result)
            # Nobody will read them now, and they may hold what must not be kept.
            files = [row.payload.get("file_id"), *row.payload.get("files", ())]
            session.execute(sa.delete(q.files).where(q.files.c.id.in_([one for one in files if one])))
            failed = {"state": JobState.FAILED, "error": error, "done_at": self._outside.clock.now()}
            session.execute(sa.update(q.jobs).where(_j.id == job_id).values(failed))

    def _result_entry(self, session: Session, job_id: int, person: int) -> int:
        """The entry under whose id the job's changes are kept; made by the first step, waiting once there is a result."""
        key = f"result:{job_id}"
        known: int | None = session.scalar(sa.select(q.inbox.c.id).where(q.inbox.c.key == key))
        if known is not None:
            return known
        added = add_entry(
            session,
            kind=EntryKind.RESULT,
            key=key,
            person=person,
            payload={},
            outside=self._outside,
            state=EntryState.DONE,
        )
        if added is None:  # the job's row is locked, so nobody else makes it
            raise LookupError(job_id)
        return added


def _tell(session: Session, outside: Outside, entry_id: int, *, key: str, person: int, payload: Json) -> None:
    """Let the chat tell it under the job's own entry; as news of its own where a step before has told something already."""
    spoken = sa.select(q.outbox.c.id).where(q.outbox.c.inbox_id == entry_id).limit(1)
    if session.scalar(spoken) is None:
        told = sa.update(q.inbox).where(q.inbox.c.id == entry_id)
        session.execute(told.values(payload=payload, state=EntryState.PENDING, done_at=None))
    else:
        add_entry(session, kind=EntryKind.RESULT, key=key, person=person, payload=payload, outside=outside)


def _file(session: Session, file_id: int) -> tuple[str, bytes]:
    row = session.execute(sa.select(q.files.c.name, q.files.c.data).where(q.files.c.id == file_id)).first()
    if row is None:
        raise LookupError(file_id)
    return row.name, row.data


def _due(now: datetime, kinds: Collection[str]) -> sa.Select[tuple[object, ...]]:
    free = sa.or_(
        sa.and_(_j.state == JobState.PENDING, sa.or_(_j.not_before.is_(None), _j.not_before <= now)),
        sa.and_(_j.state == JobState.LEASED, _j.leased_until <= now),
    )
    return sa.select(q.jobs).where(_IS_OPEN, _j.kind.in_(sorted(kinds)), free).order_by(_j.attempts, _j.id).limit(1)
