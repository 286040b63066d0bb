"""Writes a message out in plain words before it is read: short forms, slips of the thumb and the polite register."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from typing import Any, Final

from bot.understanding.folding import fold
from bot.understanding.lexicon import read_toml
from bot.understanding.names import first_names, looks_like_surname
from bot.understanding.vehicles import find_models

SHORTEST_SLIP: Final = 4
SHORTEST_OTHER_SLIP: Final = 5
"""A letter wrong, left out or too many makes another word of a short one; two swapped seldom do."""
MOST_CHARACTERS: Final = 400
"""What is longer is a text to keep, and mending it would only cost time."""
_WORD: Final = re.compile(r"(?<![\w@./+-])[^\W\d_]+(?:'[a-z]+)?\d?(?![\w@/-]|\.\w)")
_NOTE: Final = re.compile(
    r"(?<!\w)(?:note|notes|nota|notita|noteaza|notati|observatie|comment|comentariu|ntoe|ntoa)(?!\w)[^:]{0,40}:"
)
_LISTS: Final = (
    *(
        "everyday",
        "plain",
        "cues",
        "names",
        "vehicle",
        "kind",
        "outcome",
        "loss_reason",
        "source",
        "report",
        "importance",
    ),
    *("fuel", "transmission", "stage", "group_by", "language", "portfolio", "keywords"),
)
_AUTO: Final = re.compile(r"(?<!\w)auto(?!\w)(?! (?:srl|sa|group|grup|trans)(?!\w))")


@dataclass(frozen=True, slots=True)
class Plain:
    """The plain text, and for each of its characters where it stood in what was typed."""

    text: str
    typed_text: str
    places: tuple[int, ...]
    """As long as the text and one more: the typed place of each character, the last the end."""

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The typed stretch that became this one; a rewritten word counts whole."""
        first = self.places[start]
        last = self.places[end] if end >= len(self.text) or end == 0 else max(self.places[end - 1] + 1, first)
        if end < len(self.text) and self.text[end] in " ,.;:!?":
            last = max(last, self.places[end])
        return first, max(first, last)

    def typed(self, start: int, end: int) -> str:
        """What was typed there."""
        first, last = self.place(start, end)
        return self.typed_text[first:last]


@lru_cache(maxsize=256)
def write_out(text: str) -> Plain:
    """The message in plain words; names, figures and what stands in a note are left as typed."""
    plain = Plain(text, text, tuple(range(len(text) + 1)))
    if len(text) > MOST_CHARACTERS:
        return plain
    for pattern, template in _phrases():
        plain = _replace(plain, pattern, partial(_fill, template))
    plain = _replace(plain, _WORD, _plain_word)
    if find_models(plain.text, about_cars=True):
        plain = _replace(plain, _AUTO, lambda _match, _typed: "automatic")
    return plain


def _replace(plain: Plain, pattern: re.Pattern[str], change: Callable[[re.Match[str], str], str]) -> Plain:
    """The text with every match rewritten, up to where a note begins."""
    folded = fold(plain.text)
    note = _NOTE.search(folded)
    out: list[str] = []
    places: list[int] = []
    end = 0
    for match in pattern.finditer(folded, 0, note.start() if note else len(folded)):
        typed = plain.text[match.start() : match.end()]
        written = change(match, plain.text)
        if written == typed:
            continue
        out += [plain.text[end : match.start()], written]
        places += [*plain.places[end : match.start()], *[plain.places[match.start()]] * len(written)]
        end = match.end()
    if not out:
        return plain
    return Plain("".join([*out, plain.text[end:]]), plain.typed_text, (*places, *plain.places[end:]))


def _fill(template: str, match: re.Match[str], text: str) -> str:
    """The replacement with its groups as typed; a polite plural becomes the plain imperative."""

    def group(reference: re.Match[str]) -> str:
        number = int(reference.group(1))
        said = match.group(number) or ""
        return _data()["polite"].get(said) or text[match.start(number) : match.end(number)] if said else ""

    return re.sub(r"\\(\d)", group, template)


def _plain_word(match: re.Match[str], text: str) -> str:
    """A word written out or mended; what bears a capital inside a sentence may be a name and stays."""
    typed, folded = text[match.start() : match.end()], match.group()
    opens = re.search(r"(?:^|[.!?;]\s+)$", text[: match.start()]) is not None
    if typed[:1].isupper() and not (opens and typed[1:].islower()):
        return typed
    written = _data()["short"].get(folded)
    if written is None:
        written = _mended(folded) if not typed[:1].isupper() else None
    return written if written is not None else typed


@lru_cache(maxsize=4096)
def _mended(word: str) -> str | None:
    """The one known word that a slip made into this, or nothing: two letters swapped first, then one too few or many.

    Another ending is another form of the word, not a slip.
    """
    if len(word) < SHORTEST_SLIP or not word.isalpha() or word in known_words() or looks_like_surname(word):
        return None
    close = {known for cut in _shortened(word) for known in _slips().get(cut, ())}
    if swapped := [known for known in close if len(known) == len(word) and sorted(known) == sorted(word)]:
        return swapped[0] if len(swapped) == 1 else None
    if len(word) < SHORTEST_OTHER_SLIP and not (len(word) == SHORTEST_SLIP and any(len(k) == 5 for k in close)):
        return None
    near = [known for known in close if (known[0], known[-1]) == (word[0], word[-1]) and _one_slip(word, known)]
    return near[0] if len(near) == 1 else None


def _one_slip(word: str, known: str) -> bool:
    """Whether one letter was left out, doubled or hit wrongly."""
    if len(word) == len(known):
        return sum(a != b for a, b in zip(word, known, strict=True)) == 1 and len(word) > SHORTEST_OTHER_SLIP
    longer, shorter = (word, known) if len(word) > len(known) else (known, word)
    return any(longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer)))


def _shortened(word: str) -> Iterator[str]:
    yield word
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]


@cache
def _data() -> dict[str, Any]:
    return read_toml("plain")


@cache
def known_words() -> frozenset[str]:
    """Words that some list or rule of this package knows already, and first names: no slips, and most are no names."""
    listed = {word for name in _LISTS for word in re.findall(r"[a-z]{3,}", fold(str(read_toml(name))))}
    return frozenset(listed | first_names())


@cache
def _slips() -> dict[str, frozenset[str]]:
    slips: dict[str, set[str]] = {}
    for known in _data()["words"]["known"].split():
        if known.isalpha() and len(known) >= SHORTEST_SLIP:
            for cut in _shortened(known):
                slips.setdefault(cut, set()).add(known)
    return {cut: frozenset(words) for cut, words in slips.items()}


@cache
def _phrases() -> list[tuple[re.Pattern[str], str]]:
    verbs = "|".join(_data()["polite"])
    return [(re.compile(rule["pattern"].replace("VERB", verbs)), rule["plain"]) for rule in _data()["phrase"]]
