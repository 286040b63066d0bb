"""The database as a whole: schema, leases, and what is said when it cannot be used."""

import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from domain.ports import Defaults
from storage.database import Database
from storage.errors import LeaseHeldError, StorageError
from storage.tables import metadata
from tests.factories import keep, keep_agent, make_note, make_received
from tests.fakes import FakeClock, FakeHolidays


def _database(url: str) -> Database:
    return Database(url, clock=FakeClock(), defaults=Defaults(), holidays=FakeHolidays())


def test_migrations_make_the_schema_of_the_tables(database: Database) -> None:
    """The migrated schema has every table, column, index and constraint that the program declares, and no other."""
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_conditions_of_indexes_are_those_of_the_tables(database: Database) -> None:
    """The partial indexes are limited as declared, which a comparison of schemas does not see."""
    declared = {
        index.name: str(index.dialect_options["sqlite"]["where"])
        for table in metadata.sorted_tables
        for index in table.indexes
        if index.dialect_options["sqlite"]["where"] is not None
    }
    assert len(declared) == 6
    catalog = {
        "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index'",
        "postgresql": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    }[database.engine.dialect.name]
    with database.engine.connect() as connection:
        found = {name: sql for name, sql in connection.exec_driver_sql(catalog) if sql and "WHERE" in sql}
    assert found.keys() == declared.keys()
    for name, condition in declared.items():
        for word in ("pending", "sending", "leased"):
            assert (f"'{word}'" in found[name]) == (f"'{word}'" in condition), name


def test_migrating_twice_changes_nothing(database: Database) -> None:
    """A migrated database is left as it is, with its rows."""
    keep_agent(database)
    database.migrate()
    database.check()
    with database.command_unit("read") as unit:
        assert len(unit.team.all()) == 1


def test_nothing_opens_before_the_first_use(tmp_path: Path) -> None:
    """Making the object touches no file."""
    _database(f"sqlite:///{tmp_path}/new.db")
    assert list(tmp_path.iterdir()) == []


def test_sqlite_keeps_what_it_has_confirmed(sqlite_database: Database) -> None:
    """Write-ahead log, full synchronisation and foreign keys are on."""
    with sqlite_database.engine.connect() as connection:
        settings = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous")]
        assert settings == ["wal", 2]
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_empty_database_says_to_migrate(tmp_path: Path) -> None:
    """A database without a schema is refused with the command that makes one."""
    database = _database(f"sqlite:///{tmp_path}/new.db")
    with pytest.raises(StorageError, match="presales migrate"):
        database.check()
    with pytest.raises(StorageError, match="presales migrate"):
        database.turns.waiting(skip=(), limit=1)
    database.close()


def test_schema_of_another_version_says_to_migrate(database: Database) -> None:
    """A database of another version of the program is refused."""
    with database.engine.begin() as connection:
        ours = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one()
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'other'")
    try:
        with pytest.raises(StorageError, match="another version"):
            database.check()
    finally:
        with database.engine.begin() as connection:
            connection.execute(sa.text("UPDATE alembic_version SET version_num = :ours"), {"ours": ours})


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("nonsense", "cannot be read"),
        ("mysql://host/name", "SQLite or PostgreSQL"),
        ("postgresql+missing://host/name", "driver"),
        ("sqlite://", "must be a file"),
        ("sqlite:///:memory:", "must be a file"),
    ],
)
def test_wrong_url_is_one_sentence(url: str, sentence: str) -> None:
    """A URL that names no database of ours is refused at once, with what to write."""
    with pytest.raises(StorageError, match=sentence) as refused:
        _database(url)
    assert "\n" not in str(refused.value)


def test_unusable_databases_are_one_sentence(tmp_path: Path) -> None:
    """A missing directory, a file that is something else and a server that is not there say what is wrong."""
    foreign = tmp_path / "notes.txt"
    foreign.write_text("These are no tables. " * 100)
    for url, sentence in [
        (f"sqlite:///{tmp_path}/missing/x.db", "directory exists"),
        (f"sqlite:///{foreign}", "not a SQLite database"),
        ("postgresql://nobody@127.0.0.1:1/none", "cannot be reached"),
    ]:
        database = _database(url)
        for use in (database.check, database.migrate, partial(database.turns.receive, [make_received()])):
            with pytest.raises(StorageError, match=sentence) as refused:
                use()
            assert "\n" not in str(refused.value)
        database.close()


def test_readonly_database_says_so(database: Database) -> None:
    """A database that cannot be written fails its check, and every write, with a sentence about permissions."""
    forbid = {"sqlite": "PRAGMA query_only = ON", "postgresql": "SET default_transaction_read_only = on"}
    statement = forbid[database.engine.dialect.name]

    def make_readonly(connection: Any, record: object) -> None:
        connection.execute(statement)
        connection.commit()

    sa.event.listen(database.engine, "connect", make_readonly)
    for use in (database.check, partial(database.turns.receive, [make_received()])):
        with pytest.raises(StorageError, match="cannot be written"):
            use()


def test_empty_postgresql_database_says_to_migrate(postgresql_url: str) -> None:
    """A PostgreSQL database without a schema is refused with the command that makes one, and can be migrated."""
    url = sa.make_url(postgresql_url)
    server = _database(postgresql_url)
    with server.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("DROP DATABASE IF EXISTS unmigrated")
        connection.exec_driver_sql("CREATE DATABASE unmigrated")
    server.close()
    database = _database(url.set(database="unmigrated").render_as_string(hide_password=False))
    for use in (database.check, partial(database.turns.waiting, skip=(), limit=1)):
        with pytest.raises(StorageError, match="presales migrate"):
            use()
    database.migrate()
    database.check()
    database.close()


def test_errors_tell_no_values(database: Database) -> None:
    """The text of a database error, which goes to the log, holds nothing of the row that it is about."""
    with pytest.raises(sa.exc.IntegrityError) as refused:
        keep(database, make_note(customer_id=999, author_id=999, text="private matter"))
    assert "private matter" not in str(refused.value)


def test_lease_is_held_by_one(database: Database, database_url: str) -> None:
    """A second holder is refused by name, another lease is free, and after the first has ended it can be had."""
    other = _database(database_url)
    with database.lease("bot"):
        with pytest.raises(LeaseHeldError, match="'bot'"), other.lease("bot"):
            pytest.fail("two hold one lease")
        with other.lease("sender"):
            pass
    with other.lease("bot"):
        pass
    other.close()


def test_a_lost_lease_is_noticed(database: Database) -> None:
    """Where the server ended the connection that held the lease, the holder learns it, and can hold it anew."""
    if database.engine.dialect.name != "postgresql":
        with database.lease("bot") as check:
            check()
        return
    held_by = sa.text("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'")
    with database.lease("bot") as check:
        check()
        with database.engine.begin() as connection:
            assert connection.scalar(held_by)
        with pytest.raises(StorageError):
            check()
    with database.lease("bot") as check:
        check()


def test_lease_ends_with_its_process(database: Database, database_url: str) -> None:
    """A killed process frees its lease."""
    program = (
        "import sys, time\n"
        "from domain.ports import Defaults\n"
        "from storage.database import Database\n"
        "database = Database(sys.argv[1], clock=None, defaults=Defaults(), holidays=None)\n"
        "with database.lease('bot'):\n"
        "    print('held', flush=True)\n"
        "    time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", program, database_url], stdout=subprocess.PIPE) as process:  # noqa: S603  our own
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        with pytest.raises(LeaseHeldError), database.lease("bot"):
            pytest.fail("two hold one lease")
        process.kill()
        process.wait()
    for _ in range(100):
        try:
            with database.lease("bot"):
                return
        except LeaseHeldError:
            time.sleep(0.05)
    pytest.fail("the lease of a killed process is still held")
