"""Documents and pictures: pure functions from plain data to bytes, run in the pool of `actions.documents.pool`."""
