"""Asks the NLU server, and turns its answer into checked types; a dead server costs the chat well under a second."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

import httpx

log = logging.getLogger(__name__)

CONNECT_SECONDS: Final = 0.3
READ_SECONDS: Final = 0.8
RETRY_AFTER_SECONDS: Final = 3.0
MOST_TEXTS: Final = 64
"""What the server takes in one request."""
JSON: Final = {"Content-Type": "application/json"}
MODEL_ENTITIES: Final = frozenset(
    {"client", "agent", "from_agent", "model", "engine", "colour", "upholstery", "option", "note"}
)


class NluUnavailable(Exception):  # noqa: N818 - the name says the state that callers handle
    """No NLU server gave a usable answer in time."""


@dataclass(frozen=True, slots=True)
class ModelEntity:
    """A span that the model marked; offsets count characters of the text sent."""

    entity: str
    start: int
    end: int
    confidence: float


@dataclass(frozen=True, slots=True)
class NluParse:
    """The model's reading of one text; `ranking` is best first."""

    text: str
    intent: str
    confidence: float
    ranking: tuple[tuple[str, float], ...] = ()
    entities: tuple[ModelEntity, ...] = ()

    def confidence_of(self, intent: str) -> float:
        """How sure the model is of one intent, 0 where it does not rank it."""
        return dict(self.ranking).get(intent, self.confidence if intent == self.intent else 0.0)


class NluClient(Protocol):
    """What reads texts; kept small so that the engine behind it can be replaced."""

    async def parse(self, texts: Sequence[str]) -> list[NluParse]:
        """Read the texts, answers in their order; raises NluUnavailable."""
        ...


class HttpNluClient:
    """Talks to one of several NLU servers; one that fails is passed over for a few seconds."""

    def __init__(
        self,
        addresses: Sequence[str],
        *,
        http: httpx.AsyncClient | None = None,
        read_seconds: float = READ_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        if not addresses:
            raise ValueError("at least one NLU address is needed")
        self._addresses = [address.rstrip("/") for address in addresses]
        self._http = http or httpx.AsyncClient(
            timeout=httpx.Timeout(read_seconds, connect=CONNECT_SECONDS), trust_env=False
        )
        self._owns_http = http is None
        self._clock = clock
        self._closed_until = dict.fromkeys(self._addresses, 0.0)

    async def parse(self, texts: Sequence[str]) -> list[NluParse]:
        """Read the texts; raises NluUnavailable where no server answers usably."""
        parses: list[NluParse] = []
        for start in range(0, len(texts), MOST_TEXTS):
            parses += await self._parse_some(texts[start : start + MOST_TEXTS])
        return parses

    async def _parse_some(self, texts: Sequence[str]) -> list[NluParse]:
        body = json.dumps({"text": list(texts)}).encode()
        for address in self._addresses:
            if self._clock() < self._closed_until[address]:
                continue
            try:
                response = await self._http.post(f"{address}/model/parse", content=body, headers=JSON)
                response.raise_for_status()
                return read_answer_body(response.json(), texts)
            except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
                self._closed_until[address] = self._clock() + RETRY_AFTER_SECONDS
                log.warning("NLU at %s failed: %s", address, type(error).__name__)
        raise NluUnavailable

    async def aclose(self) -> None:
        """Close the connections that this client opened."""
        if self._owns_http:
            await self._http.aclose()


def read_answer_body(body: Any, texts: Sequence[str]) -> list[NluParse]:
    """Check a server's answer against what was asked; raises ValueError on any other shape."""
    if not isinstance(body, list) or len(body) != len(texts):
        raise ValueError("the NLU answer is not one parse a text")
    return [_read_parse(item, text) for item, text in zip(body, texts, strict=True)]


def _read_parse(item: Any, text: str) -> NluParse:
    if not isinstance(item, dict):
        raise ValueError("a parse is not an object")  # noqa: TRY004 - one error type for a bad answer
    intent, confidence = _read_ranked(item.get("intent"))
    ranking = item.get("intent_ranking")
    ranked = tuple(_read_ranked(entry) for entry in ranking) if isinstance(ranking, list) else ()
    entities = item.get("entities")
    spans = tuple(_read_entity(entry, text) for entry in entities) if isinstance(entities, list) else ()
    return NluParse(text, intent, confidence, ranked, tuple(span for span in spans if span is not None))


def _read_ranked(entry: Any) -> tuple[str, float]:
    if not isinstance(entry, dict):
        raise ValueError("an intent is not an object")  # noqa: TRY004 - one error type for a bad answer
    name, confidence = entry.get("name"), entry.get("confidence")
    if name is None:
        return "out_of_scope", 0.0
    if not isinstance(name, str) or isinstance(confidence, bool) or not isinstance(confidence, int | float):
        raise ValueError("an intent has no name or confidence")  # noqa: TRY004 - one error type for a bad answer
    return name, min(max(float(confidence), 0.0), 1.0)


def _read_entity(entry: Any, text: str) -> ModelEntity | None:
    """One span, or nothing where it is none of ours or lies outside the text."""
    if not isinstance(entry, dict):
        raise ValueError("an entity is not an object")  # noqa: TRY004 - one error type for a bad answer
    name, start, end = entry.get("entity"), entry.get("start"), entry.get("end")
    confidence = entry.get("confidence", entry.get("confidence_entity", 1.0))
    if (
        not isinstance(name, str)
        or name not in MODEL_ENTITIES
        or not isinstance(start, int)
        or not isinstance(end, int)
    ):
        return None
    if not 0 <= start < end <= len(text) or not text[start:end].strip():
        return None
    sure = float(confidence) if isinstance(confidence, int | float) else 1.0
    return ModelEntity(name, start, end, sure)
