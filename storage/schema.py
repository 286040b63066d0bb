"""Making the schema and checking that it fits, through Alembic."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from storage.dialects import wait_lock
from storage.errors import StorageError

_SCRIPTS = Path(__file__).with_name("migrations")


def alembic_config(connection: sa.Connection) -> Config:
    """Alembic's settings, for this program's scripts and an open connection."""
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def migrate(engine: sa.Engine) -> None:
    """Bring the schema to the newest revision, in one transaction."""
    with engine.begin() as connection:
        wait_lock(connection, "migrate")  # two starting at once: the second finds it done
        command.upgrade(alembic_config(connection), "head")


def check(engine: sa.Engine) -> None:
    """Raises StorageError where the database cannot be written or its schema is not this program's."""
    with engine.connect() as connection, connection.begin() as transaction:
        found = MigrationContext.configure(connection).get_current_revision()
        wanted = ScriptDirectory.from_config(alembic_config(connection)).get_current_head()
        if found is None:
            raise StorageError("The database is empty: run 'presales migrate'.")
        if found != wanted:
            raise StorageError("The database was made by another version of the program: run 'presales migrate'.")
        connection.execute(sa.text("UPDATE alembic_version SET version_num = version_num"))  # may it be written?
        transaction.rollback()
