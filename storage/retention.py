"""Dropping what people wrote once it is old: the texts go, the rows and their keys stay, so that nothing is done twice.

Each step is a short transaction of a few hundred rows. What is pending is never touched, however old.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from storage.tables import metadata
from storage.tables import queues as q
from storage.tables.queues import EntryState, JobState, SendState
from storage.unit import Outside, transaction

ROWS = 500
FILES = 20
WAITS_FOR_PRESS = timedelta(days=14)  # as long as a card stands, what it is about may be kept as a file
_OPEN_JOBS = (JobState.PENDING, JobState.LEASED)


class Retention:
    """`actions.ports.RetentionStore`."""

    def __init__(self, writing: Callable[[], Session], reading: Callable[[], Session], outside: Outside) -> None:
        self._writing = writing
        self._reading = reading
        self._outside = outside

    def day(self) -> date:
        """The day, UTC."""
        return self._outside.clock.now().date()

    def drop(self) -> int:
        """Drop the texts of the next old rows; returns of how many, 0 once none is left."""
        before = self._outside.clock.now() - timedelta(days=self._outside.defaults.retention_days)
        for clear in (self._inbox, self._outbox, self._jobs, self._cards, self._conversations, self._files):
            cleared = clear(before)
            if cleared:
                return cleared
        return 0

    def _inbox(self, before: datetime) -> int:
        done = q.inbox.c.state != EntryState.PENDING
        return self._empty(q.inbox, "payload", {}, done, q.inbox.c.received_at < before)

    def _outbox(self, before: datetime) -> int:
        settled = q.outbox.c.state.in_([SendState.SENT, SendState.FAILED])
        return self._empty(q.outbox, "payload", {}, settled, q.outbox.c.created_at < before, file_id=None)

    def _jobs(self, before: datetime) -> int:
        ended = q.jobs.c.state.not_in(_OPEN_JOBS)
        return self._empty(q.jobs, "payload", {}, ended, q.jobs.c.done_at < before)

    def _cards(self, before: datetime) -> int:
        return self._empty(q.cards, "actions", [], q.cards.c.expires_at < before, used=True)

    def _empty(
        self, table: sa.Table, column: str, empty: object, *where: sa.ColumnElement[bool], **also: object
    ) -> int:
        full = sa.cast(table.c[column], sa.Text) != ("{}" if empty == {} else "[]")
        with transaction(self._reading) as session:  # to look takes no lock
            ids = session.scalars(sa.select(table.c.id).where(full, *where).order_by(table.c.id).limit(ROWS)).all()
        if ids:
            with transaction(self._writing) as session:  # what became pending again meanwhile is left
                values: dict[str, Any] = {column: empty, **also}
                session.execute(sa.update(table).where(table.c.id.in_(ids), *where).values(values))
        return len(ids)

    def _conversations(self, before: datetime) -> int:
        """Of people who have been silent since; what an open question was about is long forgotten."""
        table = q.conversations
        heard = sa.exists().where(q.inbox.c.person == table.c.person, q.inbox.c.received_at >= before)
        with transaction(self._reading) as session:
            rows = session.execute(sa.select(table.c.person, table.c.state).where(~heard)).all()
        silent = [(person, quiet) for person, state in rows if (quiet := _without_texts(state)) != state][:ROWS]
        for person, state in silent:
            with transaction(self._writing) as session:
                mine = sa.update(table).where(table.c.person == person, ~heard)
                session.execute(mine.values(state=state, version=table.c.version + 1))
        return len(silent)

    def _files(self, before: datetime) -> int:
        """Files that no row of the business and no message needs, such as those of imports; never one that a job may read."""
        before = min(before, self._outside.clock.now() - WAITS_FOR_PRESS)
        unused = [
            ~sa.exists().where(key.parent == q.files.c.id)
            for table in metadata.sorted_tables
            for key in table.foreign_keys
            if key.column.table is q.files
        ]
        with transaction(self._writing) as session:
            oldest = session.scalar(sa.select(sa.func.min(q.jobs.c.created_at)).where(q.jobs.c.state.in_(_OPEN_JOBS)))
            limit = min(before, oldest) if oldest else before
            old = sa.select(q.files.c.id).where(q.files.c.created_at < limit, *unused).order_by(q.files.c.id)
            ids = session.scalars(old.limit(FILES)).all()
            if ids:
                session.execute(sa.delete(q.files).where(q.files.c.id.in_(ids)))
        return len(ids)


def _without_texts(state: dict[str, Any]) -> dict[str, Any]:
    """A conversation's numbers, by which old buttons are known, and none of its words."""
    return {**state, "forms": [], "last": None, "told": {}} if state else state
