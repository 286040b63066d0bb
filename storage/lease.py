"""A lease that one process holds: its end, however it comes, frees it."""

import fcntl
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from storage.dialects import lock_key
from storage.errors import LeaseHeldError, StorageError

Check = Callable[[], None]


@contextmanager
def hold(engine: sa.Engine, name: str) -> Iterator[Check]:
    """Hold `name` alone; raises LeaseHeldError where another process (or this one) holds it.

    Gives a check that raises StorageError once the lease is lost, as it is with its connection.
    """
    holding = _advisory(engine, name) if engine.dialect.name == "postgresql" else _lock_file(engine, name)
    with holding as check:
        yield check


@contextmanager
def _advisory(engine: sa.Engine, name: str) -> Iterator[Check]:
    key = lock_key("lease", int.from_bytes(hashlib.sha256(name.encode()).digest()[:7]))
    # On a connection of its own outside transactions: the server frees the lock with the connection.
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if not connection.scalar(sa.select(sa.func.pg_try_advisory_lock(key))):
            raise LeaseHeldError(_sentence(name))
        try:
            yield lambda: _look(connection)
        finally:
            try:
                connection.execute(sa.select(sa.func.pg_advisory_unlock(key)))
            except (sa.exc.SQLAlchemyError, StorageError):  # the lock went with the connection
                connection.invalidate()


def _look(connection: sa.Connection) -> None:
    try:
        connection.execute(sa.select(1))
    except sa.exc.SQLAlchemyError as error:
        raise StorageError("The connection that holds the lease is lost.") from error


@contextmanager
def _lock_file(engine: sa.Engine, name: str) -> Iterator[Check]:
    path = Path(f"{engine.url.database}.{name}.lock")
    try:
        file = path.open("a")
    except OSError as error:
        raise StorageError(f"The lock file {path} cannot be written: {error.strerror}.") from None
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise LeaseHeldError(_sentence(name)) from None
        yield lambda: None  # a file's lock lasts as long as its process


def _sentence(name: str) -> str:
    return f"Another process already runs as '{name}' on this database: stop it first."
