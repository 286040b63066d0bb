"""Tells by words alone what a clause surely asks for: the whole understanding while the NLU is down, a check on it else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from bot.understanding.acts import SMALL_TALK_INTENTS
from bot.understanding.client import NluParse
from bot.understanding.folding import fold
from bot.understanding.lexicon import read_toml, swaps_and_drops
from bot.understanding.segments import body

_LEADING_TIME: Final = re.compile(
    r"^(?:(?:today|yesterday|yday|tomorrow|tmrw|tonight|this (?:morning|afternoon|evening)|last night|azi|astazi|ieri|aseara|maine|poimaine|dimineata|dupa-amiaza|seara"
    r"|(?:low|high|normal|top|medium) (?:priority|importance)|(?:prioritate|importanta) \w+|urgent|important|asap|atentie|fyi)[\s,:]+)+"
)
SHORTEST_SLIP: Final = 5
_DOUBLED: Final = re.compile(r"(\w)\1")
MOST_CHARACTERS: Final = 300
"""What is asked for stands at the beginning; the rest of a long text is a note, and matching stays quick."""
SURE: Final = 0.9
LIKELY: Final = 0.6


@dataclass(frozen=True, slots=True)
class KeywordReading:
    """An intent told by words; a sure one stands against the model too."""

    intent: str
    sure: bool
    certain: bool = False
    """The whole clause is what the rule describes: no doubt of the model stands against it."""

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
        rules.append(
            (KeywordReading(rule["intent"], rule.get("sure", False), rule.get("certain", False)), re.compile(pattern))
        )
    return rules


def read_keywords(text: str) -> KeywordReading | None:
    """The first rule that the text matches, or nothing where the words leave doubt."""
    whole = _match(re.sub(r"\s+", " ", fold(text[:MOST_CHARACTERS])).strip())
    if whole is not None and whole.intent in SMALL_TALK_INTENTS:
        return whole  # "thank you very much indeed": a courtesy that is all there is
    start, end = body(text)
    end = min(end, start + MOST_CHARACTERS)
    folded = re.sub(r"\s+", " ", fold(text[start:end]))
    return _match(folded) or _match(_LEADING_TIME.sub("", folded)) or _match_mended(text[start:end], folded)


def _match_mended(text: str, folded: str) -> KeywordReading | None:
    """The same with slips of the thumb mended; not in capitalised words, which may be names."""
    mended = re.sub(
        r"(?<![\w'])[^\W\d_]{5,}(?![\w'-])",
        lambda match: match.group() if match.group()[0].isupper() else _mend(fold(match.group())),
        text,
    )
    mended = re.sub(r"\s+", " ", fold(mended))
    return _match(mended) if mended != folded else None


@cache
def _known_words() -> frozenset[str]:
    return frozenset(read_toml("typos")["words"].split())


@cache
def _slips() -> dict[str, str]:
    """Known words with one letter left out or two swapped; what stands for two words stands for none."""
    slips: dict[str, set[str]] = {}
    for word in _known_words():
        for slip in swaps_and_drops(word):
            if len(slip) >= SHORTEST_SLIP:
                slips.setdefault(slip, set()).add(word)
    return {slip: words.pop() for slip, words in slips.items() if len(words) == 1 and slip not in _known_words()}


def _mend(word: str) -> str:
    if word in _known_words():
        return word
    return _slips().get(word) or _slips().get(_DOUBLED.sub(r"\1", word), word)


def _match(folded: str) -> KeywordReading | None:
    return next((reading for reading, pattern in _rules() if pattern.search(folded)), None)


def keyword_parse(text: str) -> NluParse:
    """An answer of the NLU's shape made of rules alone; its names come from their capitals later."""
    reading = read_keywords(text)
    if reading is None:
        return NluParse(text, "out_of_scope", 0.0)
    return NluParse(text, reading.intent, reading.confidence, ((reading.intent, reading.confidence),))
