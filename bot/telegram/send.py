"""The sender: the outbox goes to Telegram in order per chat, under its limits, with each failure told apart.

Telegram has no idempotency key. A text whose delivery is uncertain is sent once more; a document is not.
"""

import asyncio
import html
import logging
import re
import time
from collections.abc import Callable
from typing import Any

import httpx
from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.ports import Message, Outbox, Outgoing, SendKind
from bot.telegram.database_threads import DatabaseThreads
from bot.telegram.limit import Limits
from bot.telegram.raw import RawBot
from bot.telegram.wake import Wake

log = logging.getLogger(__name__)

AT_ONCE = 16
LOOK_SECONDS = 1.0
TRIES = 60  # about an hour of Telegram answering with errors; then the chat's next message has its turn
LONGEST_PAUSE = 60.0
SETTLE_TRIES = 5
SETTLE_SECONDS = 1.0
STOP_SECONDS = 5.0
MOST_WORDS = 2048  # characters; as many UTF-16 units as Telegram takes, even if each needs two
_TAG = re.compile(r"<[^>]+>")
NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
FILES = frozenset({SendKind.DOCUMENT, SendKind.PHOTO})
HARMLESS = ("message is not modified", "message to edit not found", "message to delete not found")


class Sender:
    """One per bot token."""

    def __init__(self, bot: RawBot, outbox: Outbox, database: DatabaseThreads, wake: Wake) -> None:
        self._bot = bot
        self._outbox = outbox
        self._database = database
        self._wake = wake
        self._limits = Limits(time.monotonic)
        self._busy: set[int] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Send until cancelled."""
        left = await self._database(self._outbox.recover)
        if left:
            log.warning("%d messages may or may not have been sent before the last stop", left)
        try:
            await self._go()
        finally:
            if self._tasks:  # what is on its way is settled: else it would go out a second time at the next start
                await asyncio.wait(self._tasks, timeout=STOP_SECONDS)

    async def _go(self) -> None:
        while True:
            room = AT_ONCE - len(self._busy)
            claimed = await self._database(self._outbox.claim, skip_chats=set(self._busy), limit=room) if room else ()
            for outgoing in claimed:
                self._busy.add(outgoing.chat_id)
                task = asyncio.create_task(self._one(outgoing))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)
            if not claimed:
                await self._wake.wait(LOOK_SECONDS)

    async def _one(self, outgoing: Outgoing) -> None:
        try:
            await self._limits.wait(outgoing.chat_id)
            await self._deliver(outgoing)
        except Exception:  # one chat's trouble must not stop the others; the row stays `sending` and is recovered
            log.exception("outbox %d was not settled", outgoing.id)
        finally:
            self._busy.discard(outgoing.chat_id)
            self._wake.set()

    async def _deliver(self, outgoing: Outgoing) -> None:
        settle = self._settle
        if outgoing.uncertain and outgoing.kind in FILES:
            log.error("outbox %d is a file that may have arrived: it is not sent twice", outgoing.id)
            await settle(self._outbox.fail, outgoing.id, error="uncertain")
            return
        try:
            message_id = await self._call(outgoing)
        except RetryAfter as error:
            after = error.retry_after
            seconds = float(after) if isinstance(after, int) else after.total_seconds()
            await settle(self._outbox.retry, outgoing.id, seconds=seconds, uncertain=outgoing.uncertain)
        except Forbidden:
            log.warning("a chat is gone: outbox %d", outgoing.id)
            await settle(self._outbox.chat_gone, outgoing.chat_id)
        except BadRequest as error:
            if any(words in str(error).lower() for words in HARMLESS):
                await settle(self._outbox.sent, outgoing.id, message_id=outgoing.message_id)
            else:
                log.error("outbox %d was refused: %s", outgoing.id, error)  # noqa: TRY400  Telegram's words, no trace
                await self._refused(outgoing)
        except InvalidToken:
            log.error("Telegram refuses the token")  # noqa: TRY400
            await settle(self._outbox.retry, outgoing.id, seconds=60, uncertain=outgoing.uncertain)
        except TelegramError as error:
            await self._unsettled(outgoing, error)
        except Exception as error:  # what cannot even be sent must not hold back all that follows in this chat
            log.exception("outbox %d cannot be sent", outgoing.id)
            await settle(self._outbox.fail, outgoing.id, error=type(error).__name__)
        else:
            await settle(self._outbox.sent, outgoing.id, message_id=message_id)

    async def _refused(self, outgoing: Outgoing) -> None:
        """An answer that Telegram does not take goes out once more as bare words: what was done must be told."""
        words = html.unescape(_TAG.sub("", outgoing.payload.get("text") or ""))
        if outgoing.kind is SendKind.SEND and "parse_mode" in outgoing.payload and words.strip():
            bare = Message(chat_id=outgoing.chat_id, kind=SendKind.SEND, payload={"text": words[:MOST_WORDS]})
            await self._settle(self._outbox.replace, outgoing.id, bare, error="BadRequest")
        else:
            await self._settle(self._outbox.fail, outgoing.id, error="BadRequest")

    async def _settle(self, write: Callable[..., None], *args: Any, **kwargs: Any) -> None:
        """Write down what became of a message, again where the database does not take it at once."""
        for left in range(SETTLE_TRIES - 1, -1, -1):
            try:
                await self._database(write, *args, **kwargs)
            except Exception as error:
                if not left:
                    raise
                log.warning("the outbox cannot be written (%s), again", type(error).__name__)
                await asyncio.sleep(SETTLE_SECONDS)
            else:
                return

    async def _unsettled(self, outgoing: Outgoing, error: TelegramError) -> None:
        cause = error.__cause__
        never_left = isinstance(cause, NEVER_LEFT) or not isinstance(cause, httpx.HTTPError)
        doubled = outgoing.uncertain or outgoing.kind in FILES
        out_of_tries = outgoing.attempts >= TRIES and not isinstance(cause, NEVER_LEFT)  # without a network we wait
        if (not never_left and doubled) or out_of_tries:
            log.error("outbox %d is given up: %s", outgoing.id, type(error).__name__)
            await self._settle(self._outbox.fail, outgoing.id, error="uncertain")
            return
        pause = min(LONGEST_PAUSE, 0.5 * 2 ** min(outgoing.attempts, 10))
        uncertain = outgoing.uncertain or not never_left
        await self._settle(self._outbox.retry, outgoing.id, seconds=pause, uncertain=uncertain)

    async def _call(self, outgoing: Outgoing) -> int | None:
        """Make the call; the id of the message that it is about."""
        payload: dict[str, Any] = {**outgoing.payload, "chat_id": outgoing.chat_id}
        if outgoing.kind is SendKind.DELETE:
            payload.setdefault("message_id", outgoing.message_id)
            await self._bot.call("deleteMessage", payload)
            return None
        if outgoing.kind is SendKind.EDIT:
            if outgoing.message_id is None:
                return None  # the card itself never reached the chat
            payload["message_id"] = outgoing.message_id
            method = "editMessageText" if "text" in payload else "editMessageReplyMarkup"
            await self._bot.call(method, payload)
            return outgoing.message_id
        if outgoing.kind is SendKind.DOCUMENT and outgoing.file:
            document = await self._bot.send_document(
                outgoing.chat_id,
                outgoing.file.data,
                filename=outgoing.file.name,
                caption=payload.get("caption"),
                parse_mode="HTML",
                reply_markup=payload.get("reply_markup"),
                protect_content=payload.get("protect_content"),
            )
            return document.message_id
        if outgoing.kind is SendKind.PHOTO and outgoing.file:
            photo = await self._bot.send_photo(
                outgoing.chat_id,
                outgoing.file.data,
                filename=outgoing.file.name,
                caption=payload.get("caption"),
                reply_markup=payload.get("reply_markup"),
                protect_content=payload.get("protect_content"),
            )
            return photo.message_id
        result = await self._bot.call("sendMessage", payload)
        return int(result["message_id"])
