"""Fixtures of the chat's tests: a driver with three kinds of understanding, and the people of a dealership."""

import asyncio
from collections.abc import Iterator

import pytest

from bot.understanding.client import HttpNluClient
from bot.understanding.service import Understander
from domain.team import Role
from presales.nlu_process import NluProcess
from storage.database import Database
from tests.bot.chat_driver import ChatDriver, Person
from tests.bot.scripted import DownClient, ScriptedUnderstander

ANA, MIHAI, ELENA, STRANGER = 7, 8, 9, 99


@pytest.fixture
def runner() -> Iterator[asyncio.Runner]:
    """One event loop for all of a test's turns."""
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture
def driver(database: Database, runner: asyncio.Runner) -> ChatDriver:
    """A chat whose understanding the test says."""
    return ChatDriver(database, ScriptedUnderstander(), runner)


@pytest.fixture
def keyword_driver(database: Database, runner: asyncio.Runner) -> ChatDriver:
    """A chat whose NLU server is down."""
    return ChatDriver(database, Understander(DownClient()), runner)


@pytest.fixture(scope="session")
def nlu_address() -> Iterator[str]:
    """The real NLU server, started once."""
    process = NluProcess()
    if missing := process.missing():
        pytest.skip(missing)
    with process:
        yield process.url


@pytest.fixture
def nlu_driver(database: Database, runner: asyncio.Runner, nlu_address: str) -> Iterator[ChatDriver]:
    """A chat that understands by the trained model."""
    client = HttpNluClient([nlu_address], read_seconds=10)
    yield ChatDriver(database, Understander(client), runner)
    runner.run(client.aclose())


@pytest.fixture
def ana(driver: ChatDriver) -> Person:
    """An agent with a joined phone."""
    return driver.person(ANA).joined(name="Ana Ionescu")


@pytest.fixture
def mihai(driver: ChatDriver) -> Person:
    """Another agent, who chose Romanian."""
    return driver.person(MIHAI, language_code="ro").joined(name="Mihai Radu", language="ro")


@pytest.fixture
def elena(driver: ChatDriver) -> Person:
    """The director."""
    return driver.person(ELENA).joined(name="Elena Stan", role=Role.DIRECTOR)


@pytest.fixture
def stranger(driver: ChatDriver) -> Person:
    """Somebody whom nobody knows."""
    return driver.person(STRANGER)
