"""Tells by words alone what a clause surely asks for: the whole understanding while the NLU is down, a check on it else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from bot.understanding.client import NluParse
from bot.understanding.folding import fold
from bot.understanding.lexicon import read_toml
from bot.understanding.segments import body

_LEADING_TIME: Final = re.compile(
    r"^(?:(?:today|yesterday|yday|tomorrow|tmrw|tonight|this (?:morning|afternoon|evening)|last night|azi|astazi|ieri|aseara|maine|poimaine|dimineata|dupa-amiaza|seara"
    r"|urgent|important|asap|atentie|fyi)[\s,:]+)+"
)
SURE: Final = 0.9
LIKELY: Final = 0.6


@dataclass(frozen=True, slots=True)
class KeywordReading:
    """An intent told by words; a sure one stands against the model too."""

    intent: str
    sure: bool

    @property
    def confidence(self) -> float:
        """How sure the rule is, on the model's scale."""
        return SURE if self.sure else LIKELY


@cache
def _rules() -> list[tuple[KeywordReading, re.Pattern[str]]]:
    data = read_toml("keywords")
    rules = []
    for rule in data["rule"]:
        pattern = rule["pattern"]
        for name, definition in data["define"].items():
            pattern = pattern.replace("{" + name + "}", definition)
        rules.append((KeywordReading(rule["intent"], rule.get("sure", False)), re.compile(pattern)))
    return rules


def read_keywords(text: str) -> KeywordReading | None:
    """The first rule that the text matches, or nothing where the words leave doubt."""
    start, end = body(text)
    folded = re.sub(r"\s+", " ", fold(text[start:end]))
    return _match(folded) or _match(_LEADING_TIME.sub("", folded))


def _match(folded: str) -> KeywordReading | None:
    return next((reading for reading, pattern in _rules() if pattern.search(folded)), None)


def keyword_parse(text: str) -> NluParse:
    """An answer of the NLU's shape made of rules alone; its names come from their capitals later."""
    reading = read_keywords(text)
    if reading is None:
        return NluParse(text, "out_of_scope", 0.0)
    return NluParse(text, reading.intent, reading.confidence, ((reading.intent, reading.confidence),))
