"""The schema, split by concern; importing this package knows every table."""

from storage.tables import business, history, queues
from storage.tables.base import metadata

__all__ = ["business", "history", "metadata", "queues"]
