"""The one place where real parts are put together."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from functools import lru_cache

import holidays
from telegram.request import HTTPXRequest

from actions.clients.catalog import CatalogClient
from actions.clients.http import OutsideHttp
from actions.clients.sales import SalesClient
from actions.showroom import read_kept_catalog, read_kept_stock
from bot.telegram.raw import RawBot
from domain.ports import Clock, Defaults
from presales.settings import Settings, SettingsError
from storage.database import Database
from storage.shelf import Reader

os.environ.setdefault("PTB_TIMEDELTA", "true")  # PTB's own switch to durations as timedelta; without it, 429 warns

CONNECTIONS = 32  # 16 sends at once, as many answers to presses


class LegalHolidays:
    """The country's legal holidays (Orthodox Easter in Romania), by the `holidays` library."""

    def __init__(self, country: str) -> None:
        self._country = country

    def is_holiday(self, day: date) -> bool:
        """Whether `day` is one."""
        return day in _year(self._country, day.year)


@lru_cache(maxsize=16)
def _year(country: str, year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays(country, years=year))


def database(settings: Settings, clock: Clock) -> Database:
    """The database of the settings; opens nothing yet. Raises SettingsError where its directory cannot be made."""
    if settings.database.startswith("sqlite"):
        try:
            settings.data_dir.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SettingsError(f"PRESALES_DATA_DIR: {settings.data_dir} cannot be made: {error.strerror}") from None
    holidays_of = LegalHolidays(settings.region)
    reader = Reader(read_kept_catalog, read_kept_stock)
    defaults = defaults_of(settings)
    return Database(settings.database, clock=clock, defaults=defaults, holidays=holidays_of, reader=reader)


def defaults_of(settings: Settings) -> Defaults:
    """What the dealer chose for everybody."""
    return Defaults(
        timezone=settings.timezone,
        language=settings.language,
        currency=settings.currency,
        region=settings.region,
        idle_days=settings.idle_days,
        retention_days=settings.retention_days,
        discount_limit=int(settings.discount_limit * 100),
        offer_days=settings.offer_days,
    )


@asynccontextmanager
async def catalog_client(settings: Settings) -> AsyncIterator[CatalogClient | None]:
    """The Catalog, None where its address is not set."""
    if not settings.catalog_url:
        yield None
        return
    http = OutsideHttp("Catalog", settings.catalog_url, settings.catalog_token)
    try:
        yield CatalogClient(http)
    finally:
        await http.aclose()


@asynccontextmanager
async def sales_client(settings: Settings) -> AsyncIterator[SalesClient | None]:
    """Sales, None where its address is not set."""
    if not settings.sales_url:
        yield None
        return
    http = OutsideHttp("Sales", settings.sales_url, settings.sales_token)
    try:
        yield SalesClient(http)
    finally:
        await http.aclose()


def telegram_bot(settings: Settings) -> RawBot:
    """PTB's Bot for the settings' token and address; polling has a connection of its own."""
    return RawBot(
        settings.telegram_token,
        base_url=f"{settings.telegram_api_url}/bot",
        base_file_url=f"{settings.telegram_api_url}/file/bot",
        request=HTTPXRequest(connection_pool_size=CONNECTIONS, read_timeout=15, httpx_kwargs={"trust_env": False}),
    )
