"""The few statements that the two databases write differently."""

from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

_LOCK_SPACE = {"person": 1, "claim": 2, "lease": 3, "migrate": 4, "reach": 5}  # keeps our advisory locks apart


def is_postgresql(session: Session | sa.Connection) -> bool:
    """Whether this speaks to PostgreSQL."""
    bind = session.get_bind() if isinstance(session, Session) else session
    return bind.dialect.name == "postgresql"


def insert_new(session: Session, table: sa.Table, values: dict[str, object]) -> Any:
    """Insert a row and return its first key, or None where a row with one of its unique values is there."""
    key = next(iter(table.primary_key.columns))
    if is_postgresql(session):
        skipping = postgresql.insert(table).values(values).on_conflict_do_nothing().returning(key)
        return session.execute(skipping).scalar_one_or_none()
    return session.execute(
        sqlite.insert(table).values(values).on_conflict_do_nothing().returning(key)
    ).scalar_one_or_none()


def try_lock(session: Session, space: str, number: int) -> bool:
    """Take a lock until the transaction's end, or return False; SQLite has one writer, who has it already."""
    if not is_postgresql(session):
        return True
    return cast("bool", session.scalar(sa.select(sa.func.pg_try_advisory_xact_lock(lock_key(space, number)))))


def wait_lock(session: Session | sa.Connection, space: str, number: int = 0) -> None:
    """Take a lock until the transaction's end, waiting for it."""
    if is_postgresql(session):
        session.execute(sa.select(sa.func.pg_advisory_xact_lock(lock_key(space, number))))


def lock_key(space: str, number: int) -> int:
    """A signed 64-bit number: Telegram's ids have at most 52 bits."""
    return (_LOCK_SPACE[space] << 56) | (number & ((1 << 56) - 1))
