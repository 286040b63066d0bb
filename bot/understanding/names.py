"""Turns a name as it stands in a sentence into the name itself: no title, no article, no case ending; case as typed."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

from bot.understanding.folding import fold
from bot.understanding.lexicon import read_toml

_EDGES: Final = " \t\n.,;:!?\"'()[]{}<>«»„”“’-–—*+=/\\|"
_HYPHENATED: Final = re.compile(r"-(?:ul|ului|ei|a|uri|urile|urilor|ii|lui|i)$")
SHORTEST_OWNED: Final = 6
_POSSESSIVE: Final = re.compile(r"(?:'s|(?<=s)')$")
_FINAL_FORM: Final = re.compile(r"(?:^|\s)(?:s\.r\.l\.|s\.a\.|p\.f\.a\.)$")


@cache
def _lists() -> dict[str, Any]:
    return read_toml("names")


@cache
def titles() -> frozenset[str]:
    """Words that stand before a name without being part of it, folded."""
    return frozenset(_lists()["titles"])


@cache
def legal_forms() -> frozenset[str]:
    """Words that show a company's name, folded."""
    return frozenset(_lists()["legal_forms"])


@cache
def first_names() -> frozenset[str]:
    """First names known to the lists, folded."""
    return frozenset(fold(name) for name in [*_lists()["feminine"], *_lists()["masculine"]])


@cache
def never_names() -> frozenset[str]:
    """Everyday words that are no name by themselves, folded."""
    return frozenset(_lists()["never"].split())


@cache
def everyday_words() -> frozenset[str]:
    """Words that stand for things and doings, folded; with a capital they may yet be a name."""
    return frozenset(read_toml("everyday")["words"].split())


@cache
def _inflected() -> dict[str, str]:
    """Case forms of feminine first names, folded, with the ending that restores the name: (cut, add) by form."""
    forms: dict[str, str] = {}
    kept = {fold(name) for name in _lists()["masculine"]}
    forms.update({form: fold(name) for form, name in _lists()["irregular"].items()})
    for name in _lists()["feminine"]:
        base = fold(name)
        if base.endswith("ia"):
            endings = [f"{base[:-1]}ei"]
        elif base.endswith("ea"):
            endings = [f"{base[:-1]}i"]
        elif base.endswith(("ca", "ga")):
            endings = [f"{base}i", f"{base[:-1]}ei", f"{base[:-2]}{'chii' if base.endswith('ca') else 'ghii'}"]
        elif base.endswith("a"):
            endings = [f"{base[:-1]}ei"]
        else:
            continue
        for form in endings:
            if form not in kept:
                forms.setdefault(form, base)
    return forms


def clean_name(typed: str) -> str:
    """The name of a person or company as typed, or an empty text where nothing of it is a name.

    "lui Popescu" gives Popescu, "dna. Mariei Ionescu" Maria Ionescu, "Acme's" Acme; Andrei and Matei stay.
    """
    form = _FINAL_FORM.search(fold(typed.rstrip()))
    words = (typed.strip() if form else _trim(typed)).split()
    while words and (fold(words[0]).rstrip(".") in titles() or not any(map(str.isalnum, words[0]))):
        words = words[1:]
    if not words:
        return ""
    if len(words) == 1 or fold(words[0]) in first_names():
        words[-1] = _without_possessive(words[-1])
    elif fold(words[-1]).endswith("'s"):
        words[-1] = words[-1][:-2]
    words = [_without_case(word) for word in words if word]
    name = " ".join(words)
    return name.strip(_EDGES.replace(".", "")) if form else _trim(name)


def _trim(text: str) -> str:
    return text.strip(_EDGES)


def _without_possessive(word: str) -> str:
    folded = fold(word)
    match = _POSSESSIVE.search(folded)
    if match:
        return word[: match.start()]
    bare = folded[:-1]
    unmarked = (
        word.endswith("s") and folded not in first_names() and (bare in first_names() or looks_like_surname(bare))
    )
    return word[:-1] if unmarked else word


def _without_case(word: str) -> str:
    """Take off what Romanian adds: after a hyphen always, else only where the list knows the name beneath."""
    folded = fold(word)
    hyphenated = _HYPHENATED.search(folded)
    if hyphenated and hyphenated.start() > 1:
        return word[: hyphenated.start()]
    base = _inflected().get(folded)
    if base is None:
        owned = folded.endswith("iei") and len(folded) >= SHORTEST_OWNED and not word.isupper()
        return word[:-3] + "ia" if owned else word
    if folded.startswith(base):
        return word[: len(base) - 1] + ("A" if word.isupper() else "a")
    shared = next((n for n in range(min(len(base), len(word)), 0, -1) if base[:n] == folded[:n]), 0)
    rest = base[shared:]
    return word[:shared] + (rest.upper() if word.isupper() else rest)


def looks_like_surname(word: str) -> bool:
    """Whether a lower-case word carries an ending that only Romanian surnames bear."""
    return re.fullmatch(r"[a-z]{3,}(?:escu|eanu|oiu|ciu|ache|ovici)", fold(word)) is not None
