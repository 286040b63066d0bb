"""The bot's queue of updates, with getUpdates' rules: long poll, offsets that confirm, and one poller at a time."""

import asyncio
import json
from typing import Any

from sandbox.store import Store
from sandbox.telegram_rules import ApiError

# What getUpdates gives unless it is asked for by name (Bot API, "allowed_updates").
_ONLY_ON_REQUEST = {"chat_member", "message_reaction", "message_reaction_count"}
# How many confirmed updates stay, to be given again on request.
_REMEMBERED = 1000
# An offset this far beyond the next id is taken for one of an older sequence, and confirms nothing (TDLib's TQueue).
_AHEAD = 10


class Updates:
    """Updates not yet confirmed, in the order of their arrival, kept over restarts."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._poll: asyncio.Future[bool] | None = None
        self.closed = False

    @property
    def next_id(self) -> int:
        """The id that the next update will have."""
        return int(self._store.get("next_update_id", 100_000_001))

    def add(self, kind: str, content: dict[str, Any]) -> int | None:
        """Queue an update of a kind (`message`, `callback_query`, …), unless the bot has not asked for that kind."""
        allowed = self._store.get("allowed_updates", [])
        if kind not in allowed if allowed else kind in _ONLY_ON_REQUEST:
            return None
        return self.add_raw({kind: content})

    def add_raw(self, update: dict[str, Any]) -> int:
        """Queue any object as an update; an `update_id` of its own is kept."""
        number = update.get("update_id")
        if isinstance(number, bool) or not isinstance(number, int) or not 0 < number < 2**62:
            number = self.next_id
            self._store.put("next_update_id", number + 1)
        times, together = self._store.get("duplicate", [1, False])
        self._store.drop("duplicate")
        self._store.rows(
            "INSERT INTO updates (update_id, body, copies, together) VALUES (?, ?, ?, ?)",
            (number, json.dumps({**update, "update_id": number}), times - 1, together),
        )
        self._store.rows(
            "DELETE FROM updates WHERE confirmed = 1 AND copies = 0 "
            "AND position <= (SELECT max(position) FROM updates) - ?",
            (_REMEMBERED,),
        )
        self._wake(answer=True)
        return number

    def pending(self) -> list[dict[str, Any]]:
        """List what is not confirmed."""
        rows = self._store.rows("SELECT body FROM updates WHERE confirmed = 0 ORDER BY position")
        return [json.loads(row["body"]) for row in rows]

    def clear(self) -> None:
        """Confirm everything, as deleteWebhook with drop_pending_updates does."""
        self._store.rows("UPDATE updates SET confirmed = 1, copies = 0")

    def repeat(self, *, times: int, together: bool, update_id: int | None) -> bool:
        """Give an update `times` times in all: the next one, or a past one again; False where that one is unknown."""
        if update_id is None:
            self._store.put("duplicate", [times, together])
            return True
        rows = self._store.rows("SELECT max(position) AS last FROM updates WHERE update_id = ?", (update_id,))
        if rows[0]["last"] is None:
            return False
        self._store.rows(
            "UPDATE updates SET copies = ?, together = ? WHERE position = ?", (times, together, rows[0]["last"])
        )
        self._wake(answer=True)
        return True

    def restart_ids(self, first: int) -> bool:
        """Let the next update have this id; False while updates of the old sequence wait."""
        if self._store.rows("SELECT 1 FROM updates WHERE confirmed = 0"):
            return False
        self._store.put("next_update_id", first)
        return True

    async def poll(self, *, offset: int, limit: int, wait: float, allowed: list[str] | None) -> list[dict[str, Any]]:
        """Answer one getUpdates; raises ApiError 409 where a second call ends this one."""
        self._wake(answer=False)
        if allowed is not None:
            self._store.put("allowed_updates", allowed)
        self._confirm(offset)
        loop = asyncio.get_running_loop()
        deadline = loop.time() + wait
        while not (batch := self._batch(limit)) and loop.time() < deadline and not self.closed:
            poll: asyncio.Future[bool] = loop.create_future()
            self._poll = poll
            try:
                answer = await asyncio.wait_for(poll, deadline - loop.time())
            except TimeoutError:
                break
            finally:
                if self._poll is poll:
                    self._poll = None
            if not answer:
                raise ApiError(
                    409,
                    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
                )
        return batch

    def close(self) -> None:
        """Answer the open poll, so that the server can stop."""
        self.closed = True
        self._wake(answer=True)

    def _wake(self, *, answer: bool) -> None:
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(answer)
            self._poll = None

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            self._store.rows(
                "UPDATE updates SET confirmed = 1 WHERE confirmed = 0 AND position NOT IN "
                "(SELECT position FROM updates WHERE confirmed = 0 ORDER BY position DESC LIMIT ?)",
                (-offset,),
            )
        elif 0 < offset <= self.next_id + _AHEAD:
            self._store.rows("UPDATE updates SET confirmed = 1 WHERE confirmed = 0 AND update_id < ?", (offset,))

    def _batch(self, limit: int) -> list[dict[str, Any]]:
        repeated = self._repeated()
        if repeated:
            return repeated
        rows = self._store.rows("SELECT * FROM updates WHERE confirmed = 0 ORDER BY position LIMIT ?", (limit,))
        batch = []
        for row in rows:
            copies = row["copies"] if row["together"] else 0
            batch += [json.loads(row["body"]) for _ in range(1 + copies)]
            if copies:
                self._store.rows("UPDATE updates SET copies = 0 WHERE position = ?", (row["position"],))
        return batch

    def _repeated(self) -> list[dict[str, Any]]:
        """Give the next copy of an update that the bot has already confirmed, whatever its offset says."""
        rows = self._store.rows("SELECT * FROM updates WHERE confirmed = 1 AND copies > 0 ORDER BY position LIMIT 1")
        if not rows:
            return []
        row = rows[0]
        given = row["copies"] if row["together"] else 1
        self._store.rows("UPDATE updates SET copies = copies - ? WHERE position = ?", (given, row["position"]))
        return [json.loads(row["body"])] * given
