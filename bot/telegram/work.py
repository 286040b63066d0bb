"""Turn workers: look who waits, parse outside the transaction, run the turn inside it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from telegram import Bot
from telegram.error import TelegramError

from bot.dialogue import guards
from bot.dialogue.chat import Chat, Outcome, Prepared, brings_customers
from bot.ports import Entry, EntryKind, TurnStore
from bot.telegram.database_threads import DatabaseThreads
from bot.telegram.incoming import Incoming, Sort, UnreadableUpdateError, read
from bot.telegram.wake import Wake
from bot.understanding.service import Parsed
from domain.errors import StaleError

log = logging.getLogger(__name__)

AT_ONCE = 16
LOOK_SECONDS = 1.0
TRIES = 5
APOLOGY_TRIES = 3  # when not even the apology can be made, the entry is set aside, so that the person is not stuck
STALE_TRIES = 3
FILE_SECONDS = 30.0

Parse = Callable[[str], Awaitable[Parsed]]


class Workers:
    """Several people at a time, each in order."""

    def __init__(
        self,
        *,
        bot: Bot,
        store: TurnStore,
        database: DatabaseThreads,
        chat: Chat,
        parse: Parse,
        wake: Wake,
        sender: Wake,
    ) -> None:
        self._bot = bot
        self._store = store
        self._database = database
        self._chat = chat
        self._parse = parse
        self._wake = wake
        self._sender = sender
        self._busy: set[int] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Work until cancelled."""
        while True:
            room = AT_ONCE - len(self._busy)
            waiting = await self._database(self._store.waiting, skip=set(self._busy), limit=room) if room else ()
            for entry in waiting:
                self._busy.add(entry.person)
                task = asyncio.create_task(self._one(entry))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)
            if not waiting:
                await self._wake.wait(LOOK_SECONDS)

    async def _one(self, entry: Entry) -> None:
        try:
            prepared = await self._prepare(entry)
            outcome = await self._settled(entry, prepared)
        except Exception as error:  # whatever it was, the entry is kept and tried again, and others go on
            log.exception("turn %d failed, attempt %d", entry.id, entry.attempts + 1)
            pause = min(60.0, 0.5 * 2**entry.attempts)
            await self._database(self._store.postpone, entry.id, seconds=pause, error=type(error).__name__)
        else:
            self._sender.set()
            await self._answer_press(outcome)
        finally:
            self._busy.discard(entry.person)
            self._wake.set()

    async def _settled(self, entry: Entry, prepared: Prepared) -> Outcome:
        """Run the turn, at once again where somebody else changed the same rows meanwhile."""
        for _ in range(STALE_TRIES):
            try:
                return await self._database(self._turn, entry, prepared)
            except StaleError:
                log.info("turn %d met another's change and runs again", entry.id)
        return await self._database(self._turn, entry, prepared)

    def _turn(self, entry: Entry, prepared: Prepared) -> Outcome:
        with self._store.turn(entry.id) as unit:
            if unit is None:
                return Outcome()
            if entry.attempts >= TRIES + APOLOGY_TRIES:
                unit.mark_unreadable()
                return Outcome()
            if entry.attempts >= TRIES:
                return self._chat.apologise(unit)
            return self._chat.handle(unit, prepared)

    async def _prepare(self, entry: Entry) -> Prepared:
        """Fetch what the turn needs from outside: the parse of a text, the file that was sent."""
        if entry.kind is not EntryKind.UPDATE:
            return Prepared()
        try:
            incoming = read(entry.payload)
        except UnreadableUpdateError:
            return Prepared()  # the turn marks it
        if incoming.sort is Sort.TEXT and _for_understanding(incoming.text):
            return Prepared(parsed=await self._parse(incoming.text))
        if incoming.sort is Sort.DOCUMENT:
            return Prepared(attachment=await self._fetch(incoming))
        return Prepared()

    async def _fetch(self, incoming: Incoming) -> bytes | None:
        """The file of customers that was sent, or None where Telegram does not give it."""
        document = incoming.document
        if document is None or not brings_customers(document):
            return None
        try:
            async with asyncio.timeout(FILE_SECONDS):
                file = await self._bot.get_file(document.file_id)
                return bytes(await file.download_as_bytearray())
        except (TelegramError, TimeoutError) as error:
            log.warning("a file could not be fetched: %s", type(error).__name__)
            return None

    async def _answer_press(self, outcome: Outcome) -> None:
        """Telegram shows a spinner until this comes; it is not kept, for it is worth nothing later."""
        if outcome.callback_id is None:
            return
        try:
            await self._bot.answer_callback_query(outcome.callback_id, text=outcome.toast)
        except TelegramError as error:
            log.info("a press was not answered: %s", type(error).__name__)


def _for_understanding(text: str) -> bool:
    return not (guards.leading_slash(text) or guards.looks_pasted(text) or guards.too_long(text))
