"""What the tests of understanding share: a fixed now, hand-made parses, and one NLU server for the tests that need it."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest

from bot.understanding.client import ModelEntity, NluParse
from presales.nlu_process import NluNotStarted, NluProcess

NOW = datetime(2026, 11, 23, 9, 30)  # noqa: DTZ001 - the agent's local time; a Monday


@pytest.fixture
def now() -> datetime:
    """A Monday morning."""
    return NOW


@pytest.fixture
def parse() -> Callable[..., NluParse]:
    """Make the model's reading of a text: its intent and the words that it marked."""

    def make(text: str, intent: str, confidence: float = 0.95, **marked: str) -> NluParse:
        spans = tuple(
            ModelEntity(name, text.index(words), text.index(words) + len(words), 0.9) for name, words in marked.items()
        )
        return NluParse(text, intent, confidence, ((intent, confidence),), spans)

    return make


@pytest.fixture(scope="session")
def nlu_url() -> Iterator[str]:
    """One server for all tests that need the trained model."""
    process = NluProcess()
    try:
        url = process.start()
    except NluNotStarted as error:
        pytest.skip(str(error))
    yield url
    process.stop()
