"""A running sandbox, and the clients of Catalog and Sales on it, held to the contracts."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest

from actions.clients.catalog import CatalogClient
from actions.clients.http import OutsideHttp, Patience
from actions.clients.sales import SalesClient
from sandbox.server import running
from tests.contracts.held import HeldTransport

TOKEN = "sandbox"
HASTE = Patience(read=0.5, whole=2.0, pause=0.01)
"""Tests wait for nothing longer than they must."""


@pytest.fixture
def sandbox_url(tmp_path: Path) -> Iterator[str]:
    """Serve a fresh sandbox."""
    with running(tmp_path) as url:
        yield url


@pytest.fixture
async def catalog_wire() -> AsyncIterator[HeldTransport]:
    """What goes to and fro between the Catalog and its client."""
    wire = HeldTransport("catalog")
    yield wire
    await wire.aclose()


@pytest.fixture
async def sales_wire() -> AsyncIterator[HeldTransport]:
    """What goes to and fro between Sales and its client."""
    wire = HeldTransport("sales")
    yield wire
    await wire.aclose()


@pytest.fixture
async def catalog(sandbox_url: str, catalog_wire: HeldTransport) -> AsyncIterator[CatalogClient]:
    """The Catalog's client, held to the contract."""
    http = OutsideHttp("catalog", f"{sandbox_url}/catalog", TOKEN, patience=HASTE, transport=catalog_wire)
    yield CatalogClient(http)
    await http.aclose()


@pytest.fixture
async def sales(sandbox_url: str, sales_wire: HeldTransport) -> AsyncIterator[SalesClient]:
    """The client of Sales, held to the contract."""
    http = OutsideHttp("sales", f"{sandbox_url}/sales", TOKEN, patience=HASTE, transport=sales_wire)
    yield SalesClient(http)
    await http.aclose()


@pytest.fixture
async def controls(sandbox_url: str) -> AsyncIterator[httpx.AsyncClient]:
    """The sandbox's clock, faults and controls."""
    async with httpx.AsyncClient(base_url=sandbox_url, trust_env=False) as client:
        yield client
