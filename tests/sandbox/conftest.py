"""A running sandbox on a free port, python-telegram-bot as its client, and a phone to act on."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
from telegram import Bot

from sandbox.server import ThreadedSandbox
from tests.sandbox.phone_client import Phone, make_bot


@pytest.fixture(autouse=True)
def _timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask python-telegram-bot for spans of time as timedelta, without which it warns of their change."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    """Serve a fresh sandbox."""
    sandbox = ThreadedSandbox(tmp_path)
    yield sandbox.url
    sandbox.stop(wait=False)


@pytest.fixture
async def bot(url: str) -> AsyncIterator[Bot]:
    """Give python-telegram-bot's client, initialised by getMe."""
    async with make_bot(url) as client:
        yield client


@pytest.fixture
async def web(url: str) -> AsyncIterator[httpx.AsyncClient]:
    """Give a plain HTTP client."""
    async with httpx.AsyncClient(base_url=url, timeout=10) as client:
        yield client


@pytest.fixture
def phone(web: httpx.AsyncClient) -> Phone:
    """Give Ana's phone."""
    return Phone(web)
