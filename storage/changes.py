"""What happens beside a write: ids for new rows, the folded forms of names, and the audit's before and after images.

Use cases know nothing of it. Images are collected while rows are written and kept in one statement after the flush.
"""

from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Mapper, Session, object_session

from domain.customers import Customer
from domain.names import display_order, words
from storage.images import Image, image_of
from storage.tables import business, history
from storage.types import clean_text

_JOURNAL = "journal"


@dataclass(slots=True)
class Change:
    """One row before and after; `before` is None for an insert, `after` for a delete."""

    table: sa.Table
    row_id: int
    before: Image | None
    after: Image | None


@dataclass(slots=True)
class Journal:
    """The changes of one unit of work; `turn` None forbids any."""

    unit: Any  # the unit of work: its turn, actor and time are read when the images are written
    changes: list[Change] = field(default_factory=list)
    renamed: set[int] = field(default_factory=set)
    befores: dict[int, Image] = field(default_factory=dict)
    step: int | None = None

    def forget(self) -> None:
        """Drop what was collected and not yet written."""
        self.changes, self.renamed, self.befores = [], set(), {}

    def write(self, session: Session) -> None:
        """Insert the collected images and bring the name words in step."""
        changes, self.changes = self.changes, []
        renamed, self.renamed = self.renamed, set()
        if renamed:
            rewrite_words(session, renamed)
        if not changes:
            return
        turn = self.unit.turn_id
        if turn is None:
            raise RuntimeError("business rows may be changed in a turn alone")
        if self.step is None:  # a job may have written under the id of its result entry before
            steps = sa.select(sa.func.coalesce(sa.func.max(history.audit.c.step), 0))
            self.step = session.scalar(steps.where(history.audit.c.turn_id == turn)) or 0
        rows = []
        for change in changes:
            self.step += 1
            rows.append(
                {
                    "turn_id": turn,
                    "step": self.step,
                    "agent_id": self.unit.actor_id,
                    "table_name": change.table.name,
                    "row_id": change.row_id,
                    "before": change.before,
                    "after": change.after,
                    "at": self.unit.now,
                }
            )
        session.execute(sa.insert(history.audit), rows)


def open_journal(session: Session, unit: Any) -> Journal:
    """Let the session's writes be kept for `unit`."""
    journal = Journal(unit)
    session.info[_JOURNAL] = journal
    event.listen(session, "after_flush", lambda session, _: journal.write(session))
    # A flush that failed within a savepoint has left images of rows that are not there.
    event.listen(session, "after_soft_rollback", lambda session, _: journal.forget())  # noqa: ARG005  an event
    return journal


def watch(entity: type[Any]) -> None:
    """Follow the writes of a mapped class."""
    event.listen(entity, "before_insert", _before_insert)
    event.listen(entity, "before_update", _before_update)
    event.listen(entity, "before_delete", _before_delete)
    event.listen(entity, "after_insert", _after_insert)
    event.listen(entity, "after_update", _after_update)
    event.listen(entity, "after_delete", _after_delete)


def current_image(connection: sa.Connection | Session, table: sa.Table, row_id: int) -> Image | None:
    """The row as it is in the database now."""
    row = connection.execute(sa.select(table).where(table.c.id == row_id)).mappings().first()
    return None if row is None else image_of(table, {column.name: row[column] for column in table.columns})


def rewrite_words(session: Session, customer_ids: set[int]) -> None:
    """Make the folded words of these customers what their names, and those of their contact persons, say."""
    table, customers = business.customer_words, business.customers
    session.execute(sa.delete(table).where(table.c.customer_id.in_(customer_ids)))
    contacts = business.contact_persons.c
    named = session.execute(
        sa.select(customers.c.id, customers.c.name, customers.c.owner_id).where(customers.c.id.in_(customer_ids))
    ).all()
    names: dict[int, list[str]] = {customer_id: [name] for customer_id, name, _ in named}
    for customer_id, name in session.execute(
        sa.select(contacts.customer_id, contacts.name).where(contacts.customer_id.in_(customer_ids))
    ):
        names[customer_id].append(name)
    rows = [
        {"customer_id": customer_id, "word": word, "owner_id": owner_id}
        for customer_id, _, owner_id in named
        for word in sorted({word for name in names[customer_id] for word in words(name)})
    ]
    if rows:
        session.execute(sa.insert(table), rows)


def _journal(target: object) -> Journal | None:
    session = object_session(target)
    return None if session is None else session.info.get(_JOURNAL)


def _table(mapper: Mapper[Any]) -> sa.Table | None:
    table = mapper.local_table
    return table if isinstance(table, sa.Table) and table in business.AUDITED else None


def _is_changed(target: object) -> bool:
    session = object_session(target)
    return session is not None and session.is_modified(target, include_collections=False)


def _before_insert(mapper: Mapper[Any], connection: sa.Connection, target: Any) -> None:  # noqa: ARG001  an event
    target.id = target.id or None  # the dataclasses say 0 for "not yet"
    if isinstance(target, Customer):
        _set_sort_name(target)


def _before_update(mapper: Mapper[Any], connection: sa.Connection, target: Any) -> None:
    table, journal = _table(mapper), _journal(target)
    if not _is_changed(target):
        return
    if isinstance(target, Customer):
        _set_sort_name(target)
    if table is not None and journal is not None:
        before = current_image(connection, table, target.id)
        if before is not None:
            journal.befores[id(target)] = before


def _before_delete(mapper: Mapper[Any], connection: sa.Connection, target: Any) -> None:
    table, journal = _table(mapper), _journal(target)
    if table is not None and journal is not None:
        before = current_image(connection, table, target.id)
        if before is not None:
            journal.befores[id(target)] = before


def _after_insert(mapper: Mapper[Any], connection: sa.Connection, target: Any) -> None:  # noqa: ARG001  an event
    table, journal = _table(mapper), _journal(target)
    if table is None or journal is None:
        return
    after = _image(mapper, table, target)
    journal.changes.append(Change(table, target.id, None, after))
    journal.renamed |= _renamed(table, None, after)


def _after_update(mapper: Mapper[Any], connection: sa.Connection, target: Any) -> None:  # noqa: ARG001  an event
    table, journal = _table(mapper), _journal(target)
    if table is None or journal is None:
        return
    before = journal.befores.pop(id(target), None)
    if before is None:
        return
    after = _image(mapper, table, target)
    if after == before:
        return
    journal.changes.append(Change(table, target.id, before, after))
    journal.renamed |= _renamed(table, before, after)


def _after_delete(mapper: Mapper[Any], connection: sa.Connection, target: Any) -> None:  # noqa: ARG001  an event
    table, journal = _table(mapper), _journal(target)
    if table is None or journal is None:
        return
    before = journal.befores.pop(id(target), None)
    if before is not None:
        journal.changes.append(Change(table, target.id, before, None))
        journal.renamed |= _renamed(table, before, None)


def _renamed(table: sa.Table, before: Image | None, after: Image | None) -> set[int]:
    """Whose words change with this row."""
    if table is business.customers and after:  # the words of a deleted one go with it
        same = before and (before["name"], before["owner_id"]) == (after["name"], after["owner_id"])
        return set() if same else {after["id"]}
    if table is business.contact_persons:
        return {image["customer_id"] for image in (before, after) if image}
    return set()


def _image(mapper: Mapper[Any], table: sa.Table, target: object) -> Image:
    values = {column.name: getattr(target, mapper.get_property_by_column(column).key) for column in table.columns}
    return image_of(table, values)


def _set_sort_name(customer: Any) -> None:
    sort_name = display_order(clean_text(customer.name))
    if customer.sort_name != sort_name:
        customer.sort_name = sort_name
