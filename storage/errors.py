"""What can go wrong with the database itself, as types with a sentence that says what to do."""


class StorageError(Exception):
    """The database cannot be opened, read or written; the text is one line for the person who runs it."""


class LeaseHeldError(StorageError):
    """Another process holds the lease, so this one must not start."""
