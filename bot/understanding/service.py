"""The one way from a message to acts, for the chat and for the command line alike."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from bot.understanding.acts import Understanding
from bot.understanding.answers import Answer, read_answer
from bot.understanding.client import NluClient, NluParse, NluUnavailable
from bot.understanding.corrections import read_correction, read_ellipsis
from bot.understanding.interpret import guarded, interpret
from bot.understanding.keywords import keyword_parse
from bot.understanding.plain import write_out
from bot.understanding.segments import candidates

log = logging.getLogger(__name__)

DEFAULT_TIMEZONE: Final = "Europe/Bucharest"


@dataclass(frozen=True, slots=True)
class Parsed:
    """What the network part gives: the text and the model's reading of each of its parts.

    `degraded` tells that no NLU server answered and the keyword grammar stood in.
    """

    text: str
    parses: Mapping[str, NluParse] = field(default_factory=dict)
    degraded: bool = False


class Understander:
    """Parses outside the transaction, interprets inside it."""

    def __init__(self, client: NluClient, *, default_currency: str = "EUR", region: str = "RO") -> None:
        self._client = client
        self._currency = default_currency
        self._region = region

    async def parse(self, text: str) -> Parsed:
        """Ask the model about the text's parts; a pure function of the text, never raises for a server that is down."""
        return (await self.parse_all([text]))[0]

    async def parse_all(self, texts: Sequence[str]) -> list[Parsed]:
        """Several texts in one request."""
        parts = [[] if guarded(text) else candidates(write_out(text).text) for text in texts]
        wanted = list(dict.fromkeys(part for some in parts for part in some))
        degraded = False
        try:
            known = {parse.text: parse for parse in await self._client.parse(wanted)} if wanted else {}
        except NluUnavailable:
            log.info("no NLU server answers; the keyword grammar stands in")
            known, degraded = {part: keyword_parse(part) for part in wanted}, True
        return [
            Parsed(text, {part: known[part] for part in some}, degraded)
            for text, some in zip(texts, parts, strict=True)
        ]

    def interpret(self, parsed: Parsed, now: datetime, timezone: str = DEFAULT_TIMEZONE) -> Understanding:
        """The acts of a parsed text, with times resolved against now in the agent's zone."""
        return interpret(
            parsed.text,
            parsed.parses,
            now=now,
            timezone=timezone,
            default_currency=self._currency,
            region=self._region,
        )

    async def understand(self, text: str, now: datetime, timezone: str = DEFAULT_TIMEZONE) -> Understanding:
        """Both parts in one, for whoever has no transaction."""
        return self.interpret(await self.parse(text), now, timezone)

    def read_answer(
        self, question: str, parsed: Parsed, now: datetime, timezone: str = DEFAULT_TIMEZONE
    ) -> Answer | None:
        """The value that the text gives as a bare answer to a question of this type, or nothing."""
        return read_answer(
            question,
            parsed.text,
            self.interpret(parsed, now, timezone),
            now=now,
            timezone=timezone,
            default_currency=self._currency,
            region=self._region,
        )

    def read_correction(self, parsed: Parsed, now: datetime, timezone: str = DEFAULT_TIMEZONE) -> dict[str, Any] | None:
        """The entities that "no, make it 11" replaces, or nothing where the text corrects nothing."""
        return read_correction(
            parsed.text,
            now=now,
            timezone=timezone,
            default_currency=self._currency,
            region=self._region,
        )

    def read_ellipsis(self, parsed: Parsed, now: datetime, timezone: str = DEFAULT_TIMEZONE) -> dict[str, Any] | None:
        """The entities of "and for Maria at 12", to put in the place of the last act's."""
        return read_ellipsis(
            parsed.text,
            now=now,
            timezone=timezone,
            default_currency=self._currency,
            region=self._region,
        )
