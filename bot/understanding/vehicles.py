"""Finds cars, engines and colours by list, and takes off what the language adds: "Dusterele" is Duster, "Logans" Logan."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from bot.understanding.folding import fold
from bot.understanding.lexicon import phrase_pattern, read_toml

_ENDINGS: Final = (
    "urilor",
    "urile",
    "uri",
    "elor",
    "ele",
    "ilor",
    "ului",
    "ul",
    "ului",
    "lui",
    "le",
    "ei",
    "ii",
    "'s",
    "es",
    "s",
    "e",
    "u",
    "i",
    "l",
)
_GLUED: Final = "(?:-?(?:" + "|".join(dict.fromkeys(_ENDINGS)) + "))?"
_UPHOLSTERY_WORDS: Final = frozenset({"upholstery", "tapiterie", "tapiteria", "tapiteriei", "interior", "interiorul"})
_PLAIN_OPENER: Final = re.compile(
    r"(?:^|[\s(:])(?:\d+|an?|the|un|o|new|noul|nou|niste|doua|doi|his|her|their|masina|wants|vrea|used|old|for)\s+$"
)


_SEASON: Final = re.compile(r"(?:^|\s)(?:in|this|next|by|until|till|early|late|last|since|the|our|my|to)\s+$")


@dataclass(frozen=True, slots=True)
class VehicleSpan:
    """A car, an engine or a colour in the text, with its plain form."""

    entity: str
    value: str
    start: int
    end: int


@cache
def _data() -> dict[str, Any]:
    return read_toml("vehicle")


@cache
def _bases() -> frozenset[str]:
    return frozenset(word for key in ("make", "model", "trim") for name in _data()[key] for word in name.split())


@cache
def _plain() -> frozenset[str]:
    return frozenset(_data()["plain"])


def _alternatives(names: list[str], *, glued: bool) -> str:
    ending = _GLUED if glued else ""
    return "|".join(
        (
            phrase_pattern(name[:-1]) + f"(?:{name[-1]}{ending}|ei|ii|as|i|e)"
            if name.endswith("a") and glued
            else phrase_pattern(name) + ending
        )
        for name in sorted(names, key=len, reverse=True)
    )


@cache
def _model_pattern() -> re.Pattern[str]:
    data = _data()
    make = _alternatives(data["make"], glued=True)
    model = _alternatives(data["model"], glued=True)
    trim = _alternatives(data["trim"], glued=False)
    return re.compile(
        rf"(?<![\w'-])(?:(?P<make>{make})(?:\s+(?P<made>{model}))?|(?P<model>{model}))"
        rf"(?P<trims>(?:\s+(?:{trim}))*)(?![\w-])"
    )


@cache
def _engine_pattern() -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(_data()["engine"]) + r")(?!\w)")


@cache
def _colour_pattern() -> re.Pattern[str]:
    colour = _data()["colour"]
    return re.compile(
        r"(?<!\w)(?:(?:"
        + "|".join(colour["before"])
        + r")\s+)*(?:"
        + "|".join(sorted(colour["words"], key=len, reverse=True))
        + r")"
        r"(?:\s+(?:" + "|".join(colour["after"]) + r"))*(?!\w)"
    )


def find_models(text: str, *, about_cars: bool = False) -> list[VehicleSpan]:
    """Cars that the list knows; an everyday word ("spring") counts only where the sentence makes it a car.

    `about_cars` tells that the sentence is about one: there it is a season only where a preposition says so.
    """
    folded = fold(text)
    found = []
    for match in _model_pattern().finditer(folded):
        if text[match.start() : match.end()] in {"seat", "seats", "Seats"}:
            continue  # a chair, unless its capital or a model behind it says otherwise
        bare = clean_model(match.group()).lower()
        alone = match.group("model") is not None and not match.group("trims")
        if about_cars and alone and not _SEASON.search(folded[: match.start()]):
            pass
        elif alone and fold(bare) in _plain() and not _is_car_here(text, folded, match):
            continue
        if (
            match.group("make")
            and not match.group("made")
            and fold(bare) in _plain()
            and not _is_car_here(text, folded, match)
        ):
            continue
        found.append(VehicleSpan("model", clean_model(text[match.start() : match.end()]), match.start(), match.end()))
    return found


def _is_car_here(text: str, folded: str, match: re.Match[str]) -> bool:
    word = text[match.start() : match.end()]
    if fold(clean_model(word)) != fold(word).strip() and not fold(word).endswith("s"):
        return True
    inside = match.start() > 0 and not folded[: match.start()].rstrip().endswith((".", "!", "?"))
    return (word[:1].isupper() and inside) or _PLAIN_OPENER.search(folded[: match.start()]) is not None


def find_engines(text: str) -> list[VehicleSpan]:
    """Engines by their maker's names: TCe 130, dCi 115, 1.5 TSI, Hybrid 140."""
    return [
        VehicleSpan("engine", text[match.start() : match.end()], match.start(), match.end())
        for match in _engine_pattern().finditer(fold(text))
    ]


def find_colours(text: str) -> list[VehicleSpan]:
    """Colours in both languages, with their shade."""
    return [
        VehicleSpan("colour", text[match.start() : match.end()], match.start(), match.end())
        for match in _colour_pattern().finditer(fold(text))
    ]


def clean_model(typed: str) -> str:
    """A car as typed, without article, plural and case: by list where it is known, else only what surely was added."""
    words = typed.strip(" \t\n.,;:!?\"'()").split()
    while words and fold(words[0]) in {"the", "a", "an", "un", "o", "new", "noul", "noua", "niste", "lui", "cel", "pe"}:
        words = words[1:]
    return " ".join(_clean_word(word) for word in words)


def _clean_word(word: str) -> str:
    folded = fold(word)
    if folded in _bases():
        return word
    for ending in _ENDINGS:
        for joint in ("-", ""):
            cut = len(folded) - len(joint + ending)
            if folded.endswith(joint + ending) and folded[:cut] in _bases():
                return word[:cut]
            if ending in {"ei", "ii", "i", "e"} and folded.endswith(ending) and folded[:cut] + "a" in _bases():
                return word[:cut] + "a"
    hyphenated = re.search(r"-(?:ul|ului|urile|uri|ele|s)$", folded)
    return word[: hyphenated.start()] if hyphenated else word


def clean_detail(typed: str) -> str:
    """An engine, colour, upholstery or option without its article: "cârligul de remorcare" is cârlig de remorcare."""
    words = typed.strip(" \t\n.,;:!?\"'()").split()
    while words and fold(words[0]) in {
        "the",
        "a",
        "an",
        "un",
        "o",
        "with",
        "cu",
        "in",
        "and",
        "si",
        "plus",
        "cel",
        "pe",
        "niste",
        "some",
        "has",
    }:
        words = words[1:]
    words = [word for word in words if fold(word) not in _UPHOLSTERY_WORDS] or words
    while words and fold(words[0]) in {"to", "in", "din", "de", "pe"}:
        words = words[1:]
    while words and fold(words[-1]) in {"and", "si", "plus", "with", "cu"}:
        words = words[:-1]
    if not words:
        return ""
    first = fold(words[0])
    if first.endswith("ului") and len(first) > 6:
        words[0] = words[0][:-4]
    elif (
        (first.endswith("ul") and len(first) > 4)
        or (first.endswith("urile") and len(first) > 7)
        or (first.endswith("ele") and len(first) > 5)
    ):
        words[0] = words[0][:-2]
    return " ".join(words)
