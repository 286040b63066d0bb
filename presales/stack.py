"""The running parts of one process: which tasks there are, in what order they start, and that they end together."""

import asyncio
import logging
import signal
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from telegram import Bot, BotCommand
from telegram.error import InvalidToken, TelegramError

from actions.assign_clients import assign_clients
from actions.clients.no_sales import NoSales
from actions.documents.pool import DocumentPool
from actions.erase_customer import erase_customer
from actions.export_customer import export_customer
from actions.forecast_chart import FORECAST_CHART
from actions.import_customers import IMPORT_CUSTOMERS
from actions.offer_documents import offer_document_job
from actions.report import report_job
from actions.retention import Retention
from actions.runner import AnyHandler, Runner
from actions.sales_orders import FOLLOW_SECONDS, SalesFollower, sales_handlers
from actions.schedule import TICK_SECONDS, scheduler
from actions.showroom import ShowroomKeeper
from bot.flows.menu_buttons import COMMANDS
from bot.flows.register import build_chat
from bot.telegram.database_threads import DatabaseThreads
from bot.telegram.receive import Receiver, TokenRefusedError
from bot.telegram.send import Sender
from bot.telegram.wake import Wake
from bot.telegram.work import Workers
from bot.understanding.client import HttpNluClient
from bot.understanding.service import Understander
from presales.report_documents import ReportMaker
from presales.settings import Settings
from presales.wiring import catalog_client, defaults_of, sales_client, telegram_bot
from storage.database import Database
from storage.errors import LeaseHeldError, StorageError
from texts.catalog import LANGUAGES, Texts

log = logging.getLogger(__name__)

POSTGRES_THREADS = 8
OUTAGE_SECONDS = 2.0
LEASE_LOOK_SECONDS = 5.0
SANDBOX_TICK_SECONDS = 1.0  # the sandbox's clock jumps: a minute's wait for the morning would be long
HANDLERS: dict[str, AnyHandler] = {
    "assign_clients": assign_clients,
    "erase_customer": erase_customer,
    "export_customer": export_customer,
    "import_customers": IMPORT_CUSTOMERS,
    "forecast_chart": FORECAST_CHART,
}


@dataclass
class Stack:
    """What the parts share."""

    settings: Settings
    database: Database
    nlu_urls: tuple[str, ...]
    sandboxed: bool = False
    turns: Wake = field(default_factory=Wake)
    outbox: Wake = field(default_factory=Wake)

    def __post_init__(self) -> None:
        sqlite = self.settings.database.startswith("sqlite")
        self.threads = DatabaseThreads(1 if sqlite else POSTGRES_THREADS)

    async def bot(self) -> None:
        """Receiver, turn workers and sender, until cancelled."""
        bot = telegram_bot(self.settings)
        client = HttpNluClient(self.nlu_urls)
        understander = Understander(client, default_currency=self.settings.currency, region=self.settings.region)
        workers = Workers(
            bot=bot,
            store=self.database.turns,
            database=self.threads,
            chat=build_chat(understander, join_link=lambda code: f"https://t.me/{bot.username}?start={code}"),
            parse=understander.parse,
            wake=self.turns,
            sender=self.outbox,
        )
        try:
            await _introduce(bot)
            sender = Sender(bot, self.database.outbox, self.threads, self.outbox)

            async def leased() -> None:
                with self.database.lease(f"bot-{bot.id}") as check:
                    receiver = Receiver(bot, self.database.turns, self.threads, arrived=self.turns.set)
                    await together(receiver.run(), workers.run(), sender.run(), self._hold(check))

            await outliving(leased)
        finally:
            await client.aclose()

    async def _hold(self, check: Callable[[], None]) -> None:
        """Look at the lease again and again: two senders on one token would send twice."""
        while True:
            await asyncio.sleep(LEASE_LOOK_SECONDS)
            await self.threads(check)

    async def actions(self) -> None:
        """The action server, until cancelled."""
        pool = DocumentPool()
        try:
            async with catalog_client(self.settings) as catalog, sales_client(self.settings) as sales:
                handlers = HANDLERS | self._documents() | sales_handlers(sales or NoSales())
                parts: list[Callable[[], Coroutine[Any, Any, None]]] = [
                    Runner(
                        self.database.jobs, handlers, done=self.turns.set, run_blocking=self.threads, compute=pool.run
                    ).run
                ]
                if catalog is not None:
                    parts.append(ShowroomKeeper(catalog, self.database.due, run_blocking=self.threads).run)
                if sales is not None:
                    seconds = SANDBOX_TICK_SECONDS if self.sandboxed else FOLLOW_SECONDS
                    follower = SalesFollower(sales, self.database.due, run_blocking=self.threads, seconds=seconds)
                    parts.append(follower.run)
                await together(*(outliving(part) for part in parts))
        finally:
            pool.close()

    def _documents(self) -> dict[str, AnyHandler]:
        dealer = self.settings.dealer
        maker = ReportMaker(self.settings.database, defaults_of(self.settings), dealer)
        return {"report": report_job(maker), "offer_document": offer_document_job(dealer, self.settings.lei)}

    async def scheduler(self) -> None:
        """The scheduler, until cancelled."""
        seconds = SANDBOX_TICK_SECONDS if self.sandboxed else TICK_SECONDS
        loop = asyncio.get_running_loop()

        def inserted() -> None:
            loop.call_soon_threadsafe(self.turns.set)

        ticking = scheduler(self.database.due, seconds=seconds, inserted=inserted)
        dropping = Retention(self.database.retention)
        ticking.add_job(
            dropping.tick, "interval", seconds=TICK_SECONDS, id="retention", coalesce=True, misfire_grace_time=None
        )
        ticking.start()
        try:
            await asyncio.Event().wait()
        finally:
            ticking.shutdown(wait=False)


async def outliving(part: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run a part, and anew whenever the database was away; a lease that another holds at the start is no outage."""
    is_first = True
    while True:
        try:
            await part()
        except StorageError as error:
            if is_first and isinstance(error, LeaseHeldError):
                raise
            log.error("%s It is tried again in %.0f s.", error, OUTAGE_SECONDS)  # noqa: TRY400  its line says it all
        else:
            return
        is_first = False
        await asyncio.sleep(OUTAGE_SECONDS)


async def together(*parts: Coroutine[Any, Any, None]) -> None:
    """Run parts that never end by themselves; the first that fails ends all, with its own error."""
    try:
        async with asyncio.TaskGroup() as group:
            for part in parts:
                group.create_task(part)
    except BaseExceptionGroup as failures:
        raise failures.exceptions[0] from None


async def until_stopped(*parts: Coroutine[Any, Any, None]) -> None:
    """Run parts until SIGINT or SIGTERM, then end them."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    running = asyncio.create_task(together(*parts))
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if running.done():
        running.result()
        return
    running.cancel()
    await asyncio.wait({running})


async def _introduce(bot: Bot) -> None:
    """Log in, end a webhook that would forbid polling, and set the commands' menu in each language."""
    pause = 1.0
    while True:
        try:
            await bot.initialize()
            await bot.delete_webhook(drop_pending_updates=False)
            for language in LANGUAGES:
                texts = Texts(language)
                commands = [BotCommand(name, str(texts.t(f"commands.{name}"))) for name in COMMANDS]
                await bot.set_my_commands(commands, language_code=language)
                if language == LANGUAGES[0]:
                    await bot.set_my_commands(commands)
        except InvalidToken as error:
            raise TokenRefusedError from error
        except TelegramError as error:
            log.warning("Telegram does not answer yet (%s), again in %.0f s", type(error).__name__, pause)
            await asyncio.sleep(pause)
            pause = min(30.0, pause * 2)
        else:
            return
