"""What all tables share: names of constraints that are the same on both databases, and the usual columns."""

import sqlalchemy as sa

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def id_column() -> sa.Column[int]:
    """A key that never comes back after its row is gone: the order of the inbox and the undo rely on it."""
    return sa.Column("id", sa.Integer, primary_key=True, autoincrement=True)


def version_column() -> sa.Column[int]:
    """Counts the changes of a row, so that of two who change it at once the second starts again."""
    return sa.Column("version", sa.Integer, nullable=False)
