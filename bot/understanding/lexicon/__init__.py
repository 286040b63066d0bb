"""Word lists of both languages, and the matcher that reads them: fixed values are found by lists, never guessed."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

LONG_ENOUGH_FOR_TYPOS: Final = 7
NOTHING: Final = "nothing"
"""The value of phrases that only look like one of the list: "called off" is no call."""


@dataclass(frozen=True, slots=True)
class Found:
    """A listed value and where the text says it."""

    value: str
    start: int
    end: int


class Lexicon:
    """One list: each value with the phrases that say it, matched longest first in folded text."""

    def __init__(self, phrases: dict[str, list[str]]) -> None:
        ordered = sorted(
            ((phrase, value) for value, values in phrases.items() for phrase in values),
            key=lambda pair: (-len(pair[0]), pair[0]),
        )
        self._values = [value for _, value in ordered]
        self._pattern = re.compile(
            r"(?<![\w'])(?:" + "|".join(f"({phrase_pattern(phrase)})" for phrase, _ in ordered) + r")(?!\w)"
        )
        self._typos = {
            typo: value
            for phrase, value in ((phrase.rstrip("*"), value) for phrase, value in ordered)
            if phrase.isalpha() and len(phrase) >= LONG_ENOUGH_FOR_TYPOS
            for typo in swaps_and_drops(phrase)
        }

    def find(self, folded: str) -> list[Found]:
        """Every place where a value is said, in the order of the text."""
        found = (
            Found(self._values[(match.lastindex or 1) - 1], match.start(), match.end())
            for match in self._pattern.finditer(folded)
        )
        return [place for place in found if place.value != NOTHING]

    def find_mistyped(self, folded: str) -> list[Found]:
        """Places where a long word of the list stands with two letters swapped or one left out."""
        return [
            Found(self._typos[match.group()], match.start(), match.end())
            for match in re.finditer(r"[a-z]{6,}", folded)
            if match.group() in self._typos
        ]


def phrase_pattern(phrase: str) -> str:
    """The regular expression of a phrase: a star is any letters, a space or hyphen either of the two."""
    words = re.split(r"[ -]+", phrase)
    return r"(?:\s+|\s?-\s?)".join(_word_pattern(word) for word in words)


def _word_pattern(word: str) -> str:
    if word == "*":
        return r"[\w'-]+"
    return re.escape(word[:-1]) + r"[\w'-]*" if word.endswith("*") else re.escape(word)


def swaps_and_drops(word: str) -> Iterable[str]:
    """Two neighbouring letters swapped, or one inside left out: slips that make no other word of this length."""
    for place in range(1, len(word) - 1):
        yield word[:place] + word[place + 1] + word[place] + word[place + 2 :]
        yield word[:place] + word[place + 1 :]


def read_toml(name: str) -> dict[str, Any]:
    """The contents of one list file of this package."""
    return tomllib.loads(resources.files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


@cache
def lexicon(name: str) -> Lexicon:
    """The list of that name, read once."""
    return Lexicon(
        {value: [*languages.get("en", []), *languages.get("ro", [])] for value, languages in read_toml(name).items()}
    )
