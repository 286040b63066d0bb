"""Where the scheduler's ticks put what is due: each fact once, however many schedulers tick."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy.orm import Session

from domain.messages import Due, EntryKind, Json
from storage.tables import queues as q
from storage.turns import add_entry, add_job
from storage.unit import Outside, Unit, transaction


class Tick(Unit):
    """`actions.ports.DueUnit`: reads the business and writes facts, no business."""

    def __init__(self, session: Session, outside: Outside) -> None:
        super().__init__(session, outside)
        self._outside = outside

    def add_due(self, due: Due) -> bool:
        """Insert the fact and its inbox entry; False where it was already there.

        The entry's payload says `agent_id`, `local_date`, `kind` and `subject` beside what the fact's own holds.
        """
        names = {"agent_id": due.agent_id, "local_date": due.local_date, "kind": due.kind, "subject": due.subject}
        entry_id = add_entry(
            self._session,
            kind=EntryKind.DUE,
            key=f"due:{due.agent_id}:{due.local_date}:{due.kind}:{due.subject}",
            person=due.person,
            payload={**names, **due.payload},
            outside=self._outside,
        )
        if entry_id is None:
            return False
        self._session.execute(sa.insert(q.pushes).values(**names, inbox_id=entry_id))
        return True

    def add_job(self, *, kind: str, key: str, payload: Json, person: int, actor_id: int) -> None:
        """Let an action server do something in a person's name; a key that is known adds nothing."""
        add_job(self._session, kind=kind, key=key, payload=payload, person=person, actor_id=actor_id, now=self.now)


class Ticks:
    """`actions.ports.DueStore`."""

    def __init__(self, writing: Callable[[], Session], outside: Outside) -> None:
        self._writing = writing
        self._outside = outside

    @contextmanager
    def tick(self) -> Iterator[Tick]:
        """The transaction of a tick: committed when left without an exception."""
        with transaction(self._writing) as session:
            unit = Tick(session, self._outside)
            yield unit
            unit.flush()
