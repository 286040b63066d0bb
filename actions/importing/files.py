"""Which reader a file gets."""

from collections.abc import Callable
from pathlib import PurePath

from actions.importing.errors import ImportFileError
from actions.importing.vcards import read_vcards
from domain.importing import CandidateCustomer

__all__ = ["FORMATS", "MAX_BYTES", "ImportFileError", "read_candidates"]

MAX_BYTES = 10 * 1024 * 1024
FORMATS: dict[str, Callable[[bytes], list[CandidateCustomer]]] = {".vcf": read_vcards, ".vcard": read_vcards}


def read_candidates(name: str, data: bytes) -> list[CandidateCustomer]:
    """The candidates in a file, by its name's ending; raises ImportFileError."""
    if len(data) > MAX_BYTES:
        raise ImportFileError("too_big", limit=MAX_BYTES // (1024 * 1024))
    reader = FORMATS.get(PurePath(name).suffix.lower())
    if reader is None:
        raise ImportFileError("format_unknown", formats=", ".join(FORMATS))
    return reader(data)
