"""Taking one person out of every text, some hundred rows a step: queues are emptied, other texts get a gap.

What waits to be done or sent is not dropped: of a waiting message only the person's name and numbers are taken out.
"""

import hashlib
import io
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from domain.erasure import Progress
from domain.messages import SendKind
from domain.needles import Needles, taken_out_of_json, texts_in
from storage.changes import rewrite_words
from storage.tables import business as t
from storage.tables import history, metadata
from storage.tables import queues as q
from storage.tables.queues import EntryState, JobState, SendState
from storage.types import Text

ROWS = 500  # a tenth of a second in which SQLite's one writer is busy
DELETABLE_FOR = timedelta(hours=48)  # https://core.telegram.org/bots/api#deletemessage
LARGEST_MEMBER = 50 * 1024 * 1024
Row = sa.RowMapping

# Rows that name people of the house, or other customers in their own right; and what holds ids, codes and choices alone.
UNTOUCHED = frozenset(
    {
        "agents",
        "invitations",
        "join_attempts",
        "customer_phones",
        "customer_emails",
        "customer_words",
        "pushes",
        "gone_chats",
        "undone",
    }
)
_NAMES_OF_OTHERS = {"customers": frozenset({"name", "sort_name", "town", "tax_id"})}


class Sweep:
    """One step over the tables, in the order of their names' dependence; `progress` says where the last one ended."""

    def __init__(self, session: Session, needles: Needles, now: datetime) -> None:
        self._session = session
        self._needles = needles
        self._now = now
        self._own_files: set[int] = set()
        self._special: dict[str, Callable[[Row, Progress], dict[str, Any] | None]] = {
            "inbox": self._inbox,
            "outbox": self._outbox,
            "conversations": self._conversation,
            "cards": self._card,
            "files": self._file,
            "jobs": self._job,
            "contact_persons": self._contact,
        }

    def step(self, progress: Progress) -> Progress:
        """Read up to `ROWS` rows and clear those that name the person."""
        following: Progress = {"deletions": [], "files": [], "older": 0, **progress}
        names = [table.name for table in swept_tables()]
        self._own_files = own_files(self._session, following["customer"])
        left = ROWS
        while left > 0:
            name = following.setdefault("table", names[0])
            read = self._some(metadata.tables[name], following, left)
            left -= max(read, 1)
            if left <= 0 and read:
                break
            at = names.index(name) + 1
            if at == len(names):
                for key in ("table", "after", "needles"):
                    following.pop(key, None)
                return {**following, "swept": True}
            following |= {"table": names[at], "after": None}
        return following

    def _some(self, table: sa.Table, progress: Progress, limit: int) -> int:
        key = next(iter(table.primary_key.columns))
        query = sa.select(table).order_by(key).limit(limit)
        if progress.get("after") is not None:
            query = query.where(key > progress["after"])
        rows = self._session.execute(query).mappings().all()
        special = self._special.get(table.name)
        for row in rows:
            values = special(row, progress) if special else self._plain(table, row)
            if values is not None:
                self._session.execute(sa.update(table).where(key == row[key]).values(**values))
        if rows:
            progress["after"] = rows[-1][key]
        return len(rows)

    def _inbox(self, row: Row, progress: Progress) -> dict[str, Any] | None:
        whole = "\n".join(texts_in(row["payload"]))
        if row["state"] is EntryState.PENDING or not self._needles.hinted_in(whole):
            return None
        message = row["payload"].get("message")
        if isinstance(message, dict) and self._needles.in_text(whole):
            self._delete(progress, message.get("chat", {}).get("id"), message.get("message_id"), row["received_at"])
        return {"payload": {}}

    def _outbox(self, row: Row, progress: Progress) -> dict[str, Any] | None:
        whole = "\n".join(texts_in(row["payload"]))
        named = self._needles.in_text(whole)
        by_file = row["file_id"] in self._own_files or (
            row["file_id"] is not None and file_names(self._session, self._needles, row["file_id"])
        )
        if row["state"] in {SendState.PENDING, SendState.SENDING}:
            return {"payload": taken_out_of_json(self._needles, row["payload"])} if named else None
        if row["state"] is SendState.SENT and (named or by_file):
            if row["kind"] is SendKind.DOCUMENT:
                progress["files"].append([row["chat_id"], row["sent_at"].isoformat()])
            self._delete(progress, row["chat_id"], row["message_id"], row["sent_at"])
        return {"payload": {}} if named or by_file or self._needles.hinted_in(whole) else None

    def _conversation(self, row: Row, progress: Progress) -> dict[str, Any] | None:
        state = dict(row["state"])
        if state.get("focus") == progress["customer"]:
            state["focus"] = None
        if "forms" in state:
            state["forms"] = [form for form in state["forms"] if not self._hinted(form)]
        for name, empty in (("last", None), ("told", {})):
            if self._hinted(state.get(name)):
                state[name] = empty
        if self._hinted(state):  # a state of another version of this program
            state = {}
        return None if state == row["state"] else {"state": state, "version": row["version"] + 1}

    def _card(self, row: Row, progress: Progress) -> dict[str, Any] | None:  # noqa: ARG002
        return {"actions": [], "used": True} if self._hinted(row["actions"]) else None

    def _file(self, row: Row, progress: Progress) -> dict[str, Any] | None:  # noqa: ARG002
        if row["id"] not in self._own_files and not names_in_file(self._needles, row["name"], row["data"]):
            return None
        return {"name": "", "data": b"", "sha256": hashlib.sha256(b"").hexdigest()}

    def _job(self, row: Row, progress: Progress) -> dict[str, Any] | None:  # noqa: ARG002
        is_open = row["state"] in {JobState.PENDING, JobState.LEASED}
        return {"payload": {}} if not is_open and self._hinted(row["payload"]) else None

    def _contact(self, row: Row, progress: Progress) -> dict[str, Any] | None:
        """Whoever stands under another customer with the same phone or e-mail is the same person."""
        numbers = {*self._needles.phones, *self._needles.emails}
        if row["customer_id"] != progress["customer"] and numbers & {row["phone"], row["email"]}:
            self._session.execute(sa.delete(t.contact_persons).where(t.contact_persons.c.id == row["id"]))
            rewrite_words(self._session, {row["customer_id"]})
        return None

    def _plain(self, table: sa.Table, row: Row) -> dict[str, Any] | None:
        values: dict[str, Any] = {}
        for column in text_columns(table):
            cleared = self._cleared(table, row, column.name)
            if cleared != row[column.name]:
                values[column.name] = cleared
        if values and isinstance(row.get("version"), int):
            values["version"] = row["version"] + 1
        return values or None

    def _cleared(self, table: sa.Table, row: Row, column: str) -> Any:
        if table is not history.audit or not isinstance(row[column], dict):
            return taken_out_of_json(self._needles, row[column])
        if row["table_name"] in UNTOUCHED:  # the person's own images go with the rows, those of others are theirs
            return row[column]
        theirs = _NAMES_OF_OTHERS.get(row["table_name"], frozenset())
        image = row[column]
        return {
            name: value if name in theirs else taken_out_of_json(self._needles, value) for name, value in image.items()
        }

    def _hinted(self, value: object) -> bool:
        return self._needles.hinted_in("\n".join(texts_in(value)))

    def _delete(self, progress: Progress, chat_id: object, message_id: object, at: datetime | None) -> None:
        if not isinstance(chat_id, int) or not isinstance(message_id, int) or at is None:
            return
        if self._now - at >= DELETABLE_FOR:
            progress["older"] += 1
        elif [chat_id, message_id] not in progress["deletions"]:
            progress["deletions"].append([chat_id, message_id])


def swept_tables() -> list[sa.Table]:
    """Every table in which a person may be named by somebody else; outbox before files, whose content it looks into."""
    tables = [table for table in metadata.sorted_tables if table.name not in UNTOUCHED]
    swept = [table for table in tables if text_columns(table) or table is t.contact_persons]
    return sorted(swept, key=lambda table: (table is q.files, table.name))


def text_columns(table: sa.Table) -> list[sa.Column[Any]]:
    """The columns that hold what people wrote."""
    skipped = _NAMES_OF_OTHERS.get(table.name, frozenset())
    kinds = (Text, sa.String, sa.JSON, sa.LargeBinary)
    return [column for column in table.columns if isinstance(column.type, kinds) and column.name not in skipped]


def own_files(session: Session, customer_id: int) -> set[int]:
    """Files made for the customer, such as the documents of offers: their content cannot always be read."""
    found: set[int] = set()
    for table in metadata.sorted_tables:
        if "customer_id" in table.c:
            for key in table.foreign_keys:
                if key.column.table is q.files:
                    found |= set(session.scalars(sa.select(key.parent).where(table.c.customer_id == customer_id)))
    return found - {None}


def file_names(session: Session, needles: Needles, file_id: int) -> bool:
    """Whether a kept file names the person."""
    row = session.execute(sa.select(q.files.c.name, q.files.c.data).where(q.files.c.id == file_id)).first()
    return row is not None and names_in_file(needles, row.name, row.data)


def names_in_file(needles: Needles, name: str, data: bytes) -> bool:
    """Whether name or content name the person; workbooks are archives and are looked into."""
    parts = [data]
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [archive.read(one) for one in archive.infolist() if one.file_size <= LARGEST_MEMBER]
    texts = (part.decode(coding, "replace") for part in parts for coding in ("utf-8", "cp1250", "utf-16-le"))
    return needles.in_text(name) or any(needles.in_text(text) for text in texts)
