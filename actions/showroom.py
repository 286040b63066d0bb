"""Keeps the Catalog's last good answers in the database, so that the chat chooses at once and while the Catalog is down."""

import asyncio
import logging
from contextlib import AbstractContextManager
from typing import Any, Protocol

from pydantic import TypeAdapter

from actions.ports import DueUnit
from actions.runner import RunBlocking
from domain.catalog import Catalog
from domain.outside import CatalogService, OutsideError
from domain.stock import StockCar

log = logging.getLogger(__name__)

REFRESH_SECONDS = 60.0
CATALOG, STOCK = "catalog", "stock"

_CATALOG: TypeAdapter[Catalog] = TypeAdapter(Catalog)
_STOCK: TypeAdapter[tuple[StockCar, ...]] = TypeAdapter(tuple[StockCar, ...])


class ShowroomStore(Protocol):
    """Where the answers are kept."""

    def tick(self) -> AbstractContextManager[DueUnit]: ...


def read_kept_catalog(body: Any) -> Catalog:
    """A kept catalogue; raises pydantic's ValidationError for one that another version of the program has left."""
    return _CATALOG.validate_python(body)


def read_kept_stock(body: Any) -> tuple[StockCar, ...]:
    """The kept cars."""
    return _STOCK.validate_python(body)


class ShowroomKeeper:
    """Asks the Catalog again and again whether anything has changed; several beside each other do no harm."""

    def __init__(
        self,
        service: CatalogService,
        store: ShowroomStore,
        *,
        run_blocking: RunBlocking,
        seconds: float = REFRESH_SECONDS,
    ) -> None:
        self._service = service
        self._store = store
        self._blocking = run_blocking
        self._seconds = seconds
        self._is_down = False

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            await self.refresh()
            await asyncio.sleep(self._seconds)

    async def refresh(self) -> bool:
        """Read what has changed; False, told once in the log, where the Catalog does not answer."""
        tags = await self._blocking(self._tags)
        try:
            catalog = await self._service.catalog(etag=tags[CATALOG])
            stock = await self._service.stock(etag=tags[STOCK])
        except OutsideError as error:
            if not self._is_down:
                log.warning("%s; the last snapshot goes on being used", error)
            self._is_down = True
            return False
        self._is_down = False
        new_catalog = None if catalog is None else (catalog.etag, _CATALOG.dump_python(catalog.value, mode="json"))
        new_stock = None if stock is None else (stock.etag, _STOCK.dump_python(stock.value, mode="json"))
        await self._blocking(lambda: self._keep({CATALOG: new_catalog, STOCK: new_stock}))
        return True

    def _tags(self) -> dict[str, str | None]:
        with self._store.tick() as unit:
            return {name: unit.shelf.version(name) for name in (CATALOG, STOCK)}

    def _keep(self, answers: dict[str, tuple[str, Any] | None]) -> None:
        with self._store.tick() as unit:
            for name, answer in answers.items():
                if answer is None:
                    unit.shelf.confirm(name)
                else:
                    unit.shelf.keep(name, version=answer[0], body=answer[1])
