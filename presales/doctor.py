"""`presales doctor`: whether each part that the settings name can be used, a line each."""

import logging

import httpx
import typer
from telegram.error import InvalidToken, TelegramError

from bot.understanding.client import HttpNluClient, NluUnavailable
from domain.outside import OutsideError
from domain.sales import OrderFilter
from presales.clocks import SystemClock
from presales.nlu_process import NluProcess
from presales.settings import Settings, SettingsError
from presales.wiring import catalog_client, database, sales_client, telegram_bot
from storage.errors import StorageError


async def examine(settings: Settings) -> int:
    """Print the lines; returns 0 where all is well, else 1."""
    for name in ("bot", "actions", "stamina"):
        logging.getLogger(name).setLevel(logging.ERROR)  # the lines below say it already
    findings = [
        _database(settings),
        *await _nlu(settings),
        await _telegram(settings),
        await _catalog(settings),
        await _sales(settings),
    ]
    for well, line in findings:
        typer.echo(f"{'ok   ' if well else 'WRONG'} {line}")
    return 0 if all(well for well, _ in findings) else 1


def _database(settings: Settings) -> tuple[bool, str]:
    try:
        opened = database(settings, SystemClock())
        opened.check()
    except (StorageError, SettingsError, OSError) as error:
        return False, f"database: {error}"
    return True, f"database: {settings.database.partition('@')[2] or settings.database}"


async def _nlu(settings: Settings) -> list[tuple[bool, str]]:
    if not settings.nlu_url:
        missing = NluProcess().missing()
        return [(missing is None, f"NLU: {missing or 'environment and model are there'}")]
    found = []
    for url in settings.nlu_url:
        client = HttpNluClient((url,))
        try:
            await client.parse(["agenda"])
            found.append((True, f"NLU: {url}"))
        except (NluUnavailable, httpx.HTTPError) as error:
            found.append((False, f"NLU: {url} does not answer ({type(error).__name__})"))
        finally:
            await client.aclose()
    return found


async def _catalog(settings: Settings) -> tuple[bool, str]:
    async with catalog_client(settings) as client:
        if client is None:
            return True, "Catalog: no address is set; offers and orders wait for one"
        try:
            fresh = await client.catalog()
        except OutsideError as error:
            return False, f"Catalog: {error.reason}"
        return True, f"Catalog: {len(fresh.value.models) if fresh else 0} models"


async def _sales(settings: Settings) -> tuple[bool, str]:
    async with sales_client(settings) as client:
        if client is None:
            return True, "Sales: no address is set; orders wait for one"
        try:
            await client.orders(OrderFilter(), limit=1)
        except OutsideError as error:
            return False, f"Sales: {error.reason}"
        return True, "Sales: it answers"


async def _telegram(settings: Settings) -> tuple[bool, str]:
    if not settings.telegram_token:
        return True, "Telegram: no token is set; the sandbox needs none"
    try:
        async with telegram_bot(settings) as bot:
            return True, f"Telegram: @{bot.username}"
    except InvalidToken:
        return False, "Telegram: PRESALES_TELEGRAM_TOKEN is not known there"
    except TelegramError as error:
        return False, f"Telegram: {settings.telegram_api_url} does not answer ({type(error).__name__})"
