"""From files that people bring along to candidate customers, and back to them with what became of each row."""

from actions.importing.errors import ImportFileError
from actions.importing.files import FORMATS, ImportFile, read_candidates, read_file

__all__ = ["FORMATS", "ImportFile", "ImportFileError", "read_candidates", "read_file"]
