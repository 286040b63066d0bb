"""Idempotency keys of the Sales module: the same request again is known, another one under the key is refused."""

import hashlib
import json
from typing import Any

from sandbox.problems import ProblemError
from sandbox.store import Store


class Keys:
    """What was done under which key."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def number(self, key: str, request: Any) -> int | None:
        """What the request led to, None where the key is new; raises ProblemError where it was another request's."""
        rows = self._store.rows("SELECT * FROM idempotency_keys WHERE key = ?", (key,))
        if not rows:
            return None
        if rows[0]["fingerprint"] != _fingerprint(request):
            raise ProblemError("key-reused", 422)
        return int(rows[0]["number"])

    def keep(self, key: str, request: Any, number: int) -> None:
        """Remember what the request led to."""
        values = (key, _fingerprint(request), number)
        self._store.rows("INSERT INTO idempotency_keys VALUES (?, ?, ?)", values)


def _fingerprint(request: Any) -> str:
    return hashlib.sha256(json.dumps(request, sort_keys=True).encode()).hexdigest()
