"""Taking one turn back: every row as it was before it, or nothing at all.

A row may be set back if it still is as the turn left it. Changes that were themselves taken back do not count as
changes since: the trail of a row is followed back through them. An undo is a turn of its own, and undoing it is a redo.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from domain.errors import ConflictError
from storage.changes import Change, Journal, rewrite_words
from storage.images import Image, image_of, values_of
from storage.tables import business, history, metadata

_audit, _undone = history.audit.c, history.undone.c
_TABLES = {table.name: table for table in business.AUDITED if table not in business.NEVER_UNDONE}
_IS_ERASED = sa.and_(_audit.before.is_(None), _audit.after.is_(None))  # who and when is kept, and nothing of the person
_AT_ONCE = 500  # rows a look
_ORDER = [table for table in metadata.sorted_tables if table.name in _TABLES]


@dataclass(slots=True)
class _Step:
    """What is to happen to one row: from `now` (None: not there) to `then` (None: not to be there)."""

    table: sa.Table
    row_id: int
    now: Image | None
    then: Image | None


def last_undoable(session: Session, agent_id: int) -> int | None:
    """The agent's latest turn with changes that is neither undone nor a mere undo."""
    other = history.audit.alias("other").c
    query = (
        sa.select(_audit.turn_id)
        .where(
            _audit.agent_id == agent_id,
            _audit.table_name.in_(_TABLES),
            ~sa.exists().where(other.turn_id == _audit.turn_id, other.before.is_(None), other.after.is_(None)),
            ~sa.exists().where(_undone.turn_id == _audit.turn_id),
            ~sa.exists().where(_undone.by_turn_id == _audit.turn_id, ~_undone.correction),
        )
        .order_by(_audit.turn_id.desc())
        .limit(1)
    )
    return session.scalar(query)


def undo(session: Session, journal: Journal, turn: int, *, correction: bool) -> None:
    """Set back what `turn` changed, as changes of the journal's own turn; a `correction` goes on to change it anew."""
    if session.scalar(sa.select(_undone.by_turn_id).where(_undone.turn_id == turn)) is not None:
        raise ConflictError("undo_done")
    if session.scalar(sa.select(_audit.id).where(_audit.turn_id == turn, _IS_ERASED).limit(1)) is not None:
        raise ConflictError("undo_erased")
    if _is_anothers(session, turn, journal.unit.actor_id):
        raise ConflictError("undo_nothing")
    steps = _plan(session, turn)
    if correction:
        steps = _before_corrections(session, steps, turn)
    if not steps:
        raise ConflictError("undo_nothing")
    seen = _Seen(session, steps)
    for step in steps:
        _require_untouched(seen, step, turn)
    _require_unreferenced(session, steps)
    try:
        with session.begin_nested():
            _carry_out(session, journal, steps)
            if (
                not correction
            ):  # what the undone turn had itself taken back is in force again, and may be taken back anew
                session.execute(sa.delete(history.undone).where(_undone.by_turn_id == turn))
            by_turn = {"by_turn_id": journal.unit.turn_id, "correction": correction}
            session.execute(sa.insert(history.undone).values(turn_id=turn, **by_turn))
    except IntegrityError as error:
        raise ConflictError("undo_changed", what="") from error
    session.expire_all()


def _is_anothers(session: Session, turn: int, actor_id: int | None) -> bool:
    """Whether somebody else did the turn: what one did, nobody else takes back."""
    others = sa.select(_audit.id).where(
        _audit.turn_id == turn, _audit.agent_id.is_not(None), _audit.agent_id != actor_id
    )
    return actor_id is not None and session.scalar(others.limit(1)) is not None


def _plan(session: Session, turn: int) -> list[_Step]:
    rows = session.execute(
        sa.select(_audit.table_name, _audit.row_id, _audit.before, _audit.after)
        .where(_audit.turn_id == turn, _audit.table_name.in_(_TABLES))
        .order_by(_audit.step)
    )
    steps: dict[tuple[str, int], _Step] = {}
    for name, row_id, before, after in rows:
        step = steps.setdefault((name, row_id), _Step(_TABLES[name], row_id, before, before))
        step.now = after
    return [step for step in steps.values() if step.now is not None or step.then is not None]


def _before_corrections(session: Session, steps: list[_Step], turn: int) -> list[_Step]:
    """Back to before the first of a chain of corrections: what was said wrong at first does not come back on the way."""
    while turn := session.scalar(sa.select(_undone.turn_id).where(_undone.by_turn_id == turn, _undone.correction)) or 0:
        first = {(step.table.name, step.row_id): step.then for step in _plan(session, turn)}
        for step in steps:
            step.then = first.get((step.table.name, step.row_id), step.then)
    return [step for step in steps if step.now is not None or step.then is not None]


class _Seen:
    """The rows of the steps as they are, their trails, and what was taken back: read in few looks, an import has thousands."""

    def __init__(self, session: Session, steps: list[_Step]) -> None:
        self.rows: dict[tuple[str, int], Image] = {}
        self.trails: dict[tuple[str, int], list[Any]] = defaultdict(list)
        for table, ids in _by_table(steps).items():
            for some in _chunks(ids):
                for row in session.execute(sa.select(table).where(table.c.id.in_(some))).mappings():
                    values = {column.name: row[column] for column in table.columns}
                    self.rows[table.name, values["id"]] = image_of(table, values)
                trail = sa.select(_audit.id, _audit.turn_id, _audit.row_id, _audit.after).where(
                    _audit.table_name == table.name, _audit.row_id.in_(some)
                )
                for change in session.execute(trail.order_by(_audit.id.desc())):
                    self.trails[table.name, change.row_id].append(change)
        turns = sorted({change.turn_id for trail in self.trails.values() for change in trail})
        self.undoes: dict[int, int] = {}
        for some in _chunks(turns):
            taken_back = sa.select(_undone.by_turn_id, _undone.turn_id).where(
                _undone.by_turn_id.in_(some), ~_undone.correction
            )
            self.undoes |= {row.by_turn_id: row.turn_id for row in session.execute(taken_back)}


def _by_table(steps: list[_Step]) -> dict[sa.Table, list[int]]:
    found: dict[sa.Table, list[int]] = defaultdict(list)
    for step in steps:
        found[step.table].append(step.row_id)
    return found


def _chunks(ids: list[int]) -> Iterator[list[int]]:
    return (ids[at : at + _AT_ONCE] for at in range(0, len(ids), _AT_ONCE))


def _require_untouched(seen: _Seen, step: _Step, turn: int) -> None:
    left = step.now
    step.now = seen.rows.get((step.table.name, step.row_id))
    latest = _latest_trail(seen, step, turn)
    same_now = step.now == latest  # changed by nobody but through turns
    if not same_now or _without_version(step.now) != _without_version(left):
        raise ConflictError("undo_changed", what=step.table.name)


def _latest_trail(seen: _Seen, step: _Step, turn: int) -> Image | None:
    """The row's last image, if every turn after `turn` that changed it was taken back; raises ConflictError if not."""
    trail = seen.trails[step.table.name, step.row_id]
    position = 0
    while trail[position].turn_id != turn:
        undone = seen.undoes.get(trail[position].turn_id)
        before_it = [place for place, row in enumerate(trail) if row.turn_id == undone]
        if undone is None or not before_it or before_it[-1] + 1 >= len(trail):
            raise ConflictError("undo_changed", what=step.table.name)
        position = before_it[-1] + 1
    latest: Image | None = trail[0].after
    return latest


def _require_unreferenced(session: Session, steps: list[_Step]) -> None:
    leaving = _by_table([step for step in steps if step.then is None])
    gone = {(table.name, row_id) for table, ids in leaving.items() for row_id in ids}
    for table in metadata.sorted_tables:
        if table is business.customer_words:  # goes with its customer
            continue
        keys = list(table.primary_key.columns)
        for key in table.foreign_keys:
            for some in _chunks(leaving.get(key.column.table, [])):
                referring = session.execute(sa.select(*keys).where(key.parent.in_(some)))
                if any((table.name, row[0]) not in gone for row in referring):
                    raise ConflictError("undo_changed", what=table.name)


def _carry_out(session: Session, journal: Journal, steps: list[_Step]) -> None:
    order = {table.name: place for place, table in enumerate(_ORDER)}
    customers = {step.row_id for step in steps if step.table is business.customers}
    for step in steps:
        if step.table is business.contact_persons:
            customers |= {image["customer_id"] for image in (step.now, step.then) if image}
    leaving = sorted((step for step in steps if step.then is None), key=lambda step: -order[step.table.name])
    for table, ids in _by_table(leaving).items():
        for some in _chunks(ids):
            session.execute(sa.delete(table).where(table.c.id.in_(some)))
    journal.changes += [Change(step.table, step.row_id, step.now, None) for step in leaving]
    for step in sorted(steps, key=lambda step: order[step.table.name]):
        if step.then is None:
            continue
        after = dict(step.then)
        if step.now is None:
            session.execute(sa.insert(step.table).values(values_of(step.table, after)))
        else:
            if "version" in after:
                after["version"] = step.now["version"] + 1
            session.execute(
                sa.update(step.table).where(step.table.c.id == step.row_id).values(values_of(step.table, after))
            )
        journal.changes.append(Change(step.table, step.row_id, step.now, after))
    if customers:
        rewrite_words(session, customers)
    journal.write(session)


def _without_version(image: Image | None) -> Image | None:
    return image and {name: value for name, value in image.items() if name != "version"}
