"""The door to everything durable: one object for one database."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from functools import partial
from sqlite3 import OperationalError

import sqlalchemy as sa
from sqlalchemy.orm import Session

from domain.ports import Clock, Defaults, Holidays
from storage import engine as engines
from storage import lease, schema
from storage.dialects import is_postgresql
from storage.due import Ticks
from storage.jobs import Jobs
from storage.mapping import map_domain
from storage.outbox import SendQueue
from storage.reports import Look
from storage.retention import Retention
from storage.shelf import Reader
from storage.turns import Turn, Turns
from storage.unit import Outside, transaction


class Database:
    """Inbox, outbox, jobs and due facts on SQLite or PostgreSQL; nothing is opened before the first use."""

    def __init__(
        self, url: str, *, clock: Clock, defaults: Defaults, holidays: Holidays, reader: Reader | None = None
    ) -> None:
        """Raises StorageError where `url` names neither sqlite:///PATH nor postgresql://..."""
        map_domain()
        self.engine: sa.Engine = engines.create(url)
        self._outside = outside = Outside(clock=clock, defaults=defaults, holidays=holidays, reader=reader)
        writing = partial(Session, self.engine, expire_on_commit=False)
        self._reading = reading = partial(Session, engines.read_only(self.engine), expire_on_commit=False)
        self.turns = Turns(writing, reading, outside)
        self.outbox = SendQueue(writing, reading, clock)
        self.jobs = Jobs(writing, reading, outside)
        self.due = Ticks(writing, outside)
        self.retention = Retention(writing, reading, outside)

    def command_unit(self, name: str) -> AbstractContextManager[Turn]:
        """A turn of the command line's own: committed when left without an exception, rolled back with one."""
        return self.turns.command(name)

    @contextmanager
    def look(self) -> Iterator[Look]:
        """A look at all that is there, for a report; it holds up nobody who writes."""
        with transaction(self._reading) as session:
            if is_postgresql(session):  # all its queries see the same moment, as SQLite's do anyway
                session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
                session.execute(
                    sa.text("SET LOCAL jit = off")
                )  # compiling a report's query takes longer than the query
            yield Look(session, self._outside)

    def migrate(self) -> None:
        """Bring the schema to this program's; makes the file or the tables where there are none."""
        schema.migrate(self.engine)

    def check(self) -> None:
        """Raises StorageError where the database cannot be reached or written, or its schema is not this program's."""
        schema.check(self.engine)

    def compact(self) -> bool:
        """Write the file anew, so that nothing deleted is left in its free space; False where others hold it just now.

        PostgreSQL does it by itself.
        """
        if self.engine.dialect.name != "sqlite":
            return True
        with closing(self.engine.raw_connection()) as connection:  # a VACUUM may stand in no transaction
            cursor = connection.cursor()
            try:
                cursor.execute("VACUUM")
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            except OperationalError:
                return False
            finally:
                cursor.close()
        return True

    def lease(self, name: str) -> AbstractContextManager[Callable[[], None]]:
        """Hold `name` alone among all processes on this database; raises LeaseHeldError where another does.

        Gives a check that raises StorageError once the lease is lost.
        """
        return lease.hold(self.engine, name)

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()
