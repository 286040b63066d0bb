"""Uploads: kept on disk under a random id, described as Telegram describes them."""

import mimetypes
import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sandbox.image_size import image_size
from sandbox.store import Store

# vCards are what agents send most, and not every system's table of types knows them.
mimetypes.add_type("text/vcard", ".vcf")

_COLUMNS = "file_id, unique_id, name, mime, size, path, width, height"


@dataclass(frozen=True, slots=True)
class File:
    """A stored upload; `path` is what getFile gives and the download address takes."""

    file_id: str
    unique_id: str
    name: str
    mime: str
    size: int
    path: str
    width: int
    height: int

    def document(self) -> dict[str, object]:
        """Describe it as Telegram's Document."""
        return {
            "file_name": self.name,
            "mime_type": self.mime,
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": self.size,
        }

    def photo(self) -> list[dict[str, object]]:
        """Describe it as Telegram's list of PhotoSize; the sandbox keeps one size, the original."""
        return [
            {
                "file_id": self.file_id,
                "file_unique_id": self.unique_id,
                "file_size": self.size,
                "width": self.width,
                "height": self.height,
            }
        ]


class Files:
    """Keeps uploads and remembers on whose phones they were seen."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def save(self, source: BinaryIO, *, name: str, mime: str, folder: str) -> File:
        """Copy an upload in pieces, so that a large one never stands in memory whole."""
        clean = re.sub(r"[\x00-\x1f/\\<>:\"|?*]", "_", name.strip()).strip(". ")[-200:] or "file"
        guessed = mimetypes.guess_type(clean)[0]
        token = secrets.token_urlsafe(18)
        suffix = Path(clean).suffix if re.fullmatch(r"\.\w{1,10}", Path(clean).suffix, re.ASCII) else ""
        path = f"{folder}/file_{token[:12]}{suffix}"
        target = self._store.files_dir / path
        target.parent.mkdir(exist_ok=True)
        size = 0
        with target.open("wb") as sink:
            while piece := source.read(1 << 16):
                size += sink.write(piece)
        with target.open("rb") as stored:
            width, height = image_size(stored.read(1 << 18)) or (0, 0)
        kind = guessed or (mime if re.fullmatch(r"[\w.+-]+/[\w.+-]+", mime, re.ASCII) else "application/octet-stream")
        file = File(f"SBX{token}", f"U{token[:10]}", clean, kind, size, path, width, height)
        self._store.rows(
            f"INSERT INTO files ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608  # constant column names
            (file.file_id, file.unique_id, file.name, file.mime, file.size, file.path, file.width, file.height),
        )
        return file

    def discard(self, file: File) -> None:
        """Forget an upload that was refused after it had arrived."""
        self._store.rows("DELETE FROM files WHERE file_id = ?", (file.file_id,))
        self.location(file).unlink(missing_ok=True)

    def get(self, file_id: str) -> File | None:
        """Find an upload by its id."""
        return self._find("file_id", file_id)

    def at(self, path: str) -> File | None:
        """Find an upload by the path that getFile gave; only paths given out exist, so none leads elsewhere."""
        return self._find("path", path)

    def location(self, file: File) -> Path:
        """Tell where the contents lie."""
        return self._store.files_dir / file.path

    def show_to(self, file_id: str, person_id: int) -> None:
        """Remember that a person's chat holds the file."""
        self._store.rows("INSERT OR IGNORE INTO file_people VALUES (?, ?)", (file_id, person_id))

    def is_shown_to(self, file_id: str, person_id: int) -> bool:
        """Tell whether a person's chat holds the file."""
        found = self._store.rows("SELECT 1 FROM file_people WHERE file_id = ? AND person_id = ?", (file_id, person_id))
        return bool(found)

    def _find(self, column: str, value: str) -> File | None:
        rows = self._store.rows(f"SELECT {_COLUMNS} FROM files WHERE {column} = ?", (value,))  # noqa: S608  # constant names
        return File(*rows[0]) if rows else None
