"""Understanding that a test says itself, so that tests of the dialogue do not depend on the model."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.understanding.acts import Act, Understanding
from bot.understanding.client import NluParse, NluUnavailable
from bot.understanding.keywords import keyword_parse
from bot.understanding.service import DEFAULT_TIMEZONE, Parsed, Understander


class DownClient:
    """No NLU server answers: the keyword grammar stands in, and says so."""

    async def parse(self, texts: Sequence[str]) -> list[NluParse]:  # noqa: ARG002  the protocol's
        """Fail, as a dead server does."""
        raise NluUnavailable


class KeywordClient:
    """A server that knows only the keyword grammar."""

    async def parse(self, texts: Sequence[str]) -> list[NluParse]:
        """Read by keywords."""
        return [keyword_parse(text) for text in texts]


class ScriptedUnderstander(Understander):
    """Gives the acts that the test laid down for a text; any other text is read for real, by keywords."""

    def __init__(self) -> None:
        super().__init__(KeywordClient())
        self.script: dict[str, list[Act]] = {}

    def interpret(self, parsed: Parsed, now: datetime, timezone: str = DEFAULT_TIMEZONE) -> Understanding:
        """The scripted acts, or the real ones."""
        acts = self.script.get(parsed.text)
        return Understanding(list(acts)) if acts else super().interpret(parsed, now, timezone)


def act(intent: str, text: str = "", **entities: Any) -> Act:
    """An act; `time` may be given as "2026-02-13T10:00" or "2026-02-13"."""
    if isinstance(time := entities.get("time"), str):
        entities["time"] = at(time)
    return Act(intent, 0.99, entities, text)


def at(time: str) -> dict[str, str]:
    """The contract's `time` of an ISO moment or day."""
    return {"value": time, "grain": "minute" if "T" in time else "day"}
