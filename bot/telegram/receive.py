"""Long polling: Telegram's updates are committed as a batch first, and only then confirmed to Telegram."""

import asyncio
import hashlib
import json
import logging
from collections.abc import Callable
from typing import Any

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.ports import Received, TurnStore
from bot.telegram.database_threads import DatabaseThreads
from bot.telegram.incoming import person_of
from bot.telegram.raw import RawBot

log = logging.getLogger(__name__)

POLL_SECONDS = 25
READ_MARGIN = 10
ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member"]
LONGEST_PAUSE = 30.0


class TokenRefusedError(RuntimeError):
    """Telegram does not know the token."""


def received(bot_id: int, update: dict[str, Any]) -> Received:
    """The update under a key that a second delivery shares; ids restart, so the content is part of it."""
    content = json.dumps(update, sort_keys=True, ensure_ascii=True)
    digest = hashlib.sha256(content.encode()).hexdigest()[:24]
    return Received(key=f"update:{bot_id}:{update.get('update_id')}:{digest}", person=person_of(update), payload=update)


class Receiver:
    """Our own getUpdates loop: PTB's confirms updates that are only in memory."""

    def __init__(
        self, bot: RawBot, store: TurnStore, database: DatabaseThreads, *, arrived: Callable[[], None]
    ) -> None:
        self._bot = bot
        self._store = store
        self._database = database
        self._arrived = arrived

    async def run(self) -> None:
        """Poll until cancelled; raises TokenRefusedError for a token that Telegram refuses."""
        offset: int | None = None
        pause = 0.0
        while True:
            try:
                updates = await self._get(offset)
            except InvalidToken as error:
                raise TokenRefusedError from error
            except RetryAfter as error:
                await asyncio.sleep(_seconds(error))
                continue
            except TelegramError as error:
                pause = min(LONGEST_PAUSE, pause * 2 or 0.5)
                sort = "another program polls this bot" if isinstance(error, Conflict) else type(error).__name__
                log.warning("getUpdates failed (%s), again in %.1f s", sort, pause)
                await asyncio.sleep(pause)
                continue
            pause = 0.0
            if not updates:
                # all that was confirmed is gone at Telegram's side; without an offset, restarted ids are seen too
                offset = None
                continue
            batch = [received(self._bot.id, update) for update in updates]
            if await self._database(self._store.receive, batch):
                self._arrived()
            ids = [update["update_id"] for update in updates if isinstance(update.get("update_id"), int)]
            offset = max(ids) + 1 if ids else None

    async def _get(self, offset: int | None) -> list[dict[str, Any]]:
        arguments: dict[str, Any] = {"timeout": POLL_SECONDS, "allowed_updates": ALLOWED}
        if offset is not None:
            arguments["offset"] = offset
        result = await self._bot.call("getUpdates", arguments, read_timeout=POLL_SECONDS + READ_MARGIN)
        return [update for update in result if isinstance(update, dict)] if isinstance(result, list) else []


def _seconds(error: RetryAfter) -> float:
    after = error.retry_after
    return float(after) if isinstance(after, int) else after.total_seconds()
