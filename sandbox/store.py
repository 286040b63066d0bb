"""The sandbox's memory over restarts: one SQLite file and a directory of uploads, used from the event loop alone."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sandbox.people import Person

_SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS people (id INTEGER PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS messages (
  message_id INTEGER PRIMARY KEY AUTOINCREMENT, chat_id INTEGER NOT NULL, person_id INTEGER NOT NULL,
  from_bot INTEGER NOT NULL, seq INTEGER NOT NULL, deleted INTEGER NOT NULL DEFAULT 0,
  body TEXT NOT NULL, extra TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS messages_person_seq ON messages (person_id, seq);
CREATE INDEX IF NOT EXISTS messages_seq ON messages (seq);
CREATE TABLE IF NOT EXISTS updates (
  position INTEGER PRIMARY KEY AUTOINCREMENT, update_id INTEGER NOT NULL, body TEXT NOT NULL,
  confirmed INTEGER NOT NULL DEFAULT 0, copies INTEGER NOT NULL DEFAULT 0, together INTEGER NOT NULL DEFAULT 0);
CREATE INDEX IF NOT EXISTS updates_open ON updates (confirmed, position);
CREATE TABLE IF NOT EXISTS callbacks (id TEXT PRIMARY KEY, person_id INTEGER NOT NULL, message_id INTEGER NOT NULL,
  asked_at REAL NOT NULL, answered INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS files (
  file_id TEXT PRIMARY KEY, unique_id TEXT NOT NULL, name TEXT NOT NULL, mime TEXT NOT NULL, size INTEGER NOT NULL,
  path TEXT NOT NULL UNIQUE, width INTEGER NOT NULL DEFAULT 0, height INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS file_people (file_id TEXT NOT NULL, person_id INTEGER NOT NULL, PRIMARY KEY (file_id, person_id));
CREATE TABLE IF NOT EXISTS sold_cars (vin TEXT PRIMARY KEY, order_number INTEGER);
CREATE TABLE IF NOT EXISTS reservations (number INTEGER PRIMARY KEY AUTOINCREMENT, vin TEXT NOT NULL, body TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS reservations_vin ON reservations (vin);
CREATE TABLE IF NOT EXISTS orders (number INTEGER PRIMARY KEY AUTOINCREMENT, status TEXT NOT NULL, due TEXT, body TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS orders_due ON orders (due);
CREATE TABLE IF NOT EXISTS order_changes (sequence INTEGER PRIMARY KEY AUTOINCREMENT, number INTEGER NOT NULL,
  status TEXT NOT NULL, at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS idempotency_keys (key TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, number INTEGER NOT NULL);
"""


@dataclass
class StoredMessage:
    """One message: `body` is Telegram's Message object, `extra` what only the phone knows of it."""

    message_id: int
    chat_id: int
    person_id: int
    from_bot: bool
    seq: int
    deleted: bool
    body: dict[str, Any]
    extra: dict[str, Any] = field(default_factory=dict)


class Store:
    """Rows in, rows out; what they mean is decided elsewhere."""

    def __init__(self, data_dir: Path) -> None:
        data_dir.mkdir(parents=True, exist_ok=True)
        self.files_dir = data_dir / "files"
        self.files_dir.mkdir(exist_ok=True)
        # Autocommit: every statement is durable on its own, which is all that a simulation needs.
        self.db = sqlite3.connect(data_dir / "sandbox.sqlite3", isolation_level=None, check_same_thread=False)
        self.db.row_factory = sqlite3.Row
        self.db.execute("PRAGMA journal_mode=WAL")
        self.db.execute("PRAGMA synchronous=NORMAL")
        self.db.executescript(_SCHEMA)
        self.people = {row["id"]: Person.from_json(row["body"]) for row in self.db.execute("SELECT * FROM people")}

    def close(self) -> None:
        """Release the file."""
        self.db.close()

    def get(self, key: str, default: Any = None) -> Any:
        """Read a single value kept under a name."""
        row = self.db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return default if row is None else json.loads(row["value"])

    def put(self, key: str, value: Any) -> None:
        """Keep a single JSON value under a name."""
        self.db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, json.dumps(value)))

    def values(self, prefix: str) -> dict[str, Any]:
        """Read all values whose name begins so."""
        rows = self.db.execute("SELECT * FROM meta WHERE substr(key, 1, ?) = ?", (len(prefix), prefix))
        return {row["key"]: json.loads(row["value"]) for row in rows}

    def drop(self, key: str) -> None:
        """Forget a value."""
        self.db.execute("DELETE FROM meta WHERE key = ?", (key,))

    def save_person(self, person: Person) -> None:
        """Add a person, or keep what changed of one."""
        self.people[person.id] = person
        self.db.execute("INSERT OR REPLACE INTO people VALUES (?, ?)", (person.id, person.to_json()))

    def person_of_chat(self, chat_id: int) -> Person | None:
        """Find whose private chat or group an id is."""
        if chat_id > 0:
            return self.people.get(chat_id)
        return next((person for person in self.people.values() if person.group_id == chat_id), None)

    def add_message(
        self, *, person: Person, chat_id: int, from_bot: bool, body: dict[str, Any], extra: dict[str, Any]
    ) -> StoredMessage:
        """Keep a message under the next message id, which it writes into the body first."""
        seq = self._next_seq()
        cursor = self.db.execute(
            "INSERT INTO messages (chat_id, person_id, from_bot, seq, body, extra) VALUES (?, ?, ?, ?, '{}', '{}')",
            (chat_id, person.id, from_bot, seq),
        )
        number = cursor.lastrowid or 0
        message = StoredMessage(
            number, chat_id, person.id, from_bot, seq, deleted=False, body={"message_id": number, **body}, extra=extra
        )
        self._write(message)
        return message

    def change_message(self, message: StoredMessage) -> None:
        """Keep a changed message, under a new sequence number so that phones fetch it again."""
        message.seq = self._next_seq()
        self._write(message)

    def message(self, chat_id: int, message_id: int) -> StoredMessage | None:
        """Find a message that still exists."""
        row = self.db.execute(
            "SELECT * FROM messages WHERE chat_id = ? AND message_id = ? AND deleted = 0", (chat_id, message_id)
        ).fetchone()
        return None if row is None else _message(row)

    def messages_after(self, person_id: int, seq: int, limit: int) -> list[StoredMessage]:
        """List what is new or changed for a person's phone, the newest `limit`, in the order of message ids."""
        rows = self.db.execute(
            "SELECT * FROM (SELECT * FROM messages WHERE person_id = ? AND seq > ? ORDER BY message_id DESC LIMIT ?) "
            "ORDER BY message_id",
            (person_id, seq, limit),
        )
        return [_message(row) for row in rows]

    def last_message(self, person_id: int) -> StoredMessage | None:
        """Find the newest message on a person's phone."""
        row = self.db.execute(
            "SELECT * FROM messages WHERE person_id = ? AND deleted = 0 ORDER BY message_id DESC LIMIT 1", (person_id,)
        ).fetchone()
        return None if row is None else _message(row)

    def unread(self, person: Person) -> int:
        """Count the bot's messages that the person has not seen."""
        row = self.db.execute(
            "SELECT count(*) AS n FROM messages WHERE person_id = ? AND from_bot = 1 AND deleted = 0 AND message_id > ?",
            (person.id, person.read_up_to),
        ).fetchone()
        return int(row["n"])

    def last_seq(self) -> int:
        """Tell the newest sequence number."""
        return int(self.db.execute("SELECT coalesce(max(seq), 0) AS n FROM messages").fetchone()["n"])

    def rows(self, sql: str, values: Iterable[Any] = ()) -> list[sqlite3.Row]:
        """Run one statement for the parts that keep a table of their own here (updates, callbacks, files, orders)."""
        return self.db.execute(sql, tuple(values)).fetchall()

    def insert(self, sql: str, values: Iterable[Any]) -> int:
        """Add a row and give its number."""
        return self.db.execute(sql, tuple(values)).lastrowid or 0

    @contextmanager
    def together(self) -> Iterator[None]:
        """Statements that are kept all or none, however the process ends; inside another such block, a part of it."""
        if self.db.in_transaction:
            yield
            return
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.db.execute("ROLLBACK")
            raise
        self.db.execute("COMMIT")

    def _next_seq(self) -> int:
        return self.last_seq() + 1

    def _write(self, message: StoredMessage) -> None:
        self.db.execute(
            "UPDATE messages SET seq = ?, deleted = ?, body = ?, extra = ? WHERE message_id = ?",
            (
                message.seq,
                message.deleted,
                json.dumps(message.body),
                json.dumps(message.extra),
                message.message_id,
            ),
        )


def _message(row: sqlite3.Row) -> StoredMessage:
    return StoredMessage(
        row["message_id"],
        row["chat_id"],
        row["person_id"],
        bool(row["from_bot"]),
        row["seq"],
        bool(row["deleted"]),
        json.loads(row["body"]),
        json.loads(row["extra"]),
    )
