"""Brings typed text to one plain form for matching, with every character left at its place."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

_PLAIN: Final = {
    "’": "'",
    "‘": "'",
    "ʼ": "'",
    "`": "'",
    "´": "'",
    "“": '"',
    "”": '"',
    "„": '"',
    "–": "-",
    "—": "-",
    "‐": "-",
    "‑": "-",
    "\u00a0": " ",
    "\u202f": " ",
    "\t": " ",
}


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    plain = _PLAIN.get(character)
    if plain is not None:
        return plain
    decomposed = unicodedata.normalize("NFKD", character)
    bare = "".join(part for part in decomposed if not unicodedata.combining(part)).lower()
    return bare if len(bare) == 1 else character.lower()[:1] or " "


def fold(text: str) -> str:
    """Lower-cased, without diacritics and typographic marks; as long as the text, so offsets hold for both."""
    if text.isascii():
        return text.replace("`", "'").replace("\t", " ").lower()
    return "".join(map(_fold_character, text))
