"""From files that people bring along to candidate customers; one reader a format."""

from actions.importing.files import FORMATS, ImportFileError, read_candidates

__all__ = ["FORMATS", "ImportFileError", "read_candidates"]
