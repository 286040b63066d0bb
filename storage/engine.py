"""Engines for the two databases, set so that both keep what they have confirmed."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError

from storage.errors import StorageError

BUSY_MS = 15_000  # how long a SQLite writer waits for another process; ours is the only one as a rule
_READ = "storage_read"
# PostgreSQL's codes for what is no mistake of the program: read-only, no privilege, no such table, no such column.
_OPERATIONAL = {"25006", "42501", "42P01", "42703"}


def parse_url(url: str) -> URL:
    """The URL with our driver; raises StorageError for what is neither SQLite nor PostgreSQL."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise StorageError(
            "The database URL cannot be read: write sqlite:///PATH or postgresql://USER@HOST/NAME."
        ) from None
    if parsed.drivername in {"postgresql", "postgres"}:
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() == "sqlite" and parsed.database in {None, "", ":memory:"}:
        raise StorageError("The database must be a file: write sqlite:///PATH.")
    if parsed.get_backend_name() not in {"sqlite", "postgresql"}:
        raise StorageError(
            "The database must be SQLite or PostgreSQL: write sqlite:///PATH or postgresql://USER@HOST/NAME."
        )
    return parsed


def create(url: str) -> sa.Engine:
    """An engine that has opened nothing yet."""
    parsed = parse_url(url)
    # An error's text goes to the log, where no value of a row may stand: hence the hidden parameters.
    options = {"pool_size": 8, "max_overflow": 24, "hide_parameters": True}
    try:
        if parsed.get_backend_name() == "sqlite":
            engine = sa.create_engine(parsed, **options)
            event.listen(engine, "connect", _set_up_sqlite)
            event.listen(engine, "begin", _begin_sqlite)
        else:
            engine = sa.create_engine(parsed, pool_pre_ping=True, **options)
    except (ArgumentError, NoSuchModuleError, ImportError):
        raise StorageError("The database URL names a driver that is not installed.") from None
    event.listen(engine, "handle_error", _explain)
    return engine


def read_only(engine: sa.Engine) -> sa.Engine:
    """The same engine for looking: on SQLite its transactions do not wait for the writer."""
    return engine.execution_options(**{_READ: True})


def _set_up_sqlite(connection: Any, record: object) -> None:  # noqa: ARG001  an event
    connection.isolation_level = None  # the driver starts no transaction of its own: `_begin_sqlite` does
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA secure_delete = ON")  # what is erased is overwritten in the file, not only unlinked
    cursor.close()


def _begin_sqlite(connection: sa.Connection) -> None:
    # A plain BEGIN takes the write lock late, and then fails at once where somebody wrote in between.
    connection.exec_driver_sql("BEGIN" if connection.get_execution_options().get(_READ) else "BEGIN IMMEDIATE")


def _explain(context: sa.engine.ExceptionContext) -> StorageError | None:
    """What to raise in place of an error that is the database's and not the program's."""
    error = context.sqlalchemy_exception
    if isinstance(error, OperationalError):
        return StorageError(_sentence(str(error.orig)))
    if isinstance(error, DBAPIError) and "not a database" in str(error.orig):
        return StorageError("The database file is not a SQLite database: name another file.")
    if isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", None) in _OPERATIONAL:
        return StorageError(_sentence(str(error.orig)))
    return None


def _sentence(told: str) -> str:
    """The driver's own first line with what to do; it names files and hosts, never rows."""
    line = told.strip().splitlines()[0] if told.strip() else "no reason given"
    low = line.lower()
    if "unable to open" in low:
        return "The database file cannot be opened: check that its directory exists and may be written."
    if "readonly" in low or "read-only" in low or "permission denied" in low:
        return "The database cannot be written: check the permissions of its file and directory, or of its user."
    if "disk is full" in low or "no space" in low:
        return "The database cannot be written: the disk is full."
    if "locked" in low:
        return "The database is locked: another process has been writing for too long."
    is_missing = low.startswith(("relation", "column")) and "does not exist" in low
    if is_missing or "no such table" in low or "no such column" in low:
        return f"The database is older than the program ({line}): run 'presales migrate'."
    return f"The database cannot be reached or used: {line}"
