"""The sandbox's catalogue on the chat's shelf, and the action server's jobs run by hand."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from actions.clients.catalog import read_car, read_catalog
from actions.offer_documents import offer_document_job
from actions.runner import TwoPart
from domain.catalog import Catalog
from domain.dealer import Dealer
from domain.messages import Job
from domain.stock import StockCar
from sandbox import catalog_data, catalog_stock
from storage.database import Database
from storage.unit import Unit
from tests.bot.chat_driver import ChatDriver

DAY = date(2026, 2, 11)


def exact(value: Any) -> Any:
    """JSON as it comes over the wire, with exact decimals."""
    return json.loads(json.dumps(value), parse_float=Decimal)


@cache
def catalog() -> Catalog:
    """The sandbox's catalogue."""
    return read_catalog(exact(catalog_data.document(list(catalog_data.models().values()))))


@cache
def stock() -> tuple[StockCar, ...]:
    """The sandbox's cars."""
    return tuple(read_car(exact(car)) for car in catalog_stock.cars(DAY).values())


def put_on_shelf(database: Database) -> None:
    """Let the Catalog have been read."""
    with database.due.tick() as unit:
        unit.shelf.keep("catalog", version="1", body=TypeAdapter(Catalog).dump_python(catalog(), mode="json"))
        cars = TypeAdapter(tuple[StockCar, ...]).dump_python(stock(), mode="json")
        unit.shelf.keep("stock", version="1", body=cars)


class HandDesk:
    """`actions.ports.Desk` in this process."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def file(self, file_id: int) -> tuple[str, bytes]:
        """A kept file."""
        return self._database.jobs.file(file_id)

    @contextmanager
    def reading(self) -> Iterator[Unit]:
        """A look into the database."""
        with self._database.jobs.reading() as unit:
            yield unit

    def compute(self, function: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Here and now."""
        return function(*args, **kwargs)


def make_documents(driver: ChatDriver, dealer: Dealer = Dealer("Autocenter Test")) -> int:  # noqa: B008  frozen
    """Do every waiting job of an offer's document, and let the chat hear of it; returns how many there were."""
    job_kind: TwoPart = offer_document_job(dealer, None)
    done = 0
    while job := driver.database.jobs.claim(("offer_document",), lease_seconds=60):
        _do(driver.database, job_kind, job)
        done += 1
    driver.settle()
    return done


def _do(database: Database, kind: TwoPart, job: Job) -> None:
    prepared = kind.prepare(HandDesk(database), job)
    with database.jobs.run(job) as unit:
        assert unit is not None
        kind.handle(unit, job, prepared)
