"""A message as folded tokens: lower case, no diacritics, typing errors of calendar words mended, places kept."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from bot.understanding.moments.typos import mend
from bot.understanding.moments.wordlist import wordset

V = TypeVar("V")

_TOKEN = re.compile(r"\d+|[^\W\d_]+(?:'[^\W\d_]+)*|[^\w\s]|_")
_SAME = str.maketrans({"‘": "'", "’": "'", "`": "'", "´": "'", "–": "-", "—": "-", "‑": "-", "−": "-", "\u00a0": " "})

_MOVING = wordset(
    "move moved moving reschedule rescheduled push pushed postpone postponed change changed shift shifted bring",
    "switch delay muta mut mutam mutati mutat reprogrameaza reprogramez reprogramam reprogramat amana aman amanam",
    "amanat schimba schimb schimbam decaleaza decalez devanseaza devansez transfera",
)

_IDLE = wordset(
    "inactive inactivi inactiv inactiva uncontacted silent dormant necontactat necontactati necontactata necontactate neglected untouched",
    "fara without contacted",
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word, run of digits or mark, with its place in the message."""

    word: str
    start: int
    end: int
    glued: bool
    capital: bool


class Line:
    """The tokens of one message; every look beyond its ends gives an empty word instead of an error."""

    def __init__(self, text: str) -> None:
        self.text = text
        folded, places = fold(text)
        self.folded = folded
        tokens: list[Token] = []
        end = -1
        for found in _TOKEN.finditer(folded):
            start = places[found.start()]
            word = found.group()
            if word[0].isalpha():
                word = word.removesuffix("'s")
                capital = text[start].isupper()
                # Names get capitals in the middle of a message; a name is never a mistyped month.
                if not (capital and tokens and tokens[-1].word not in ".!?"):
                    word = mend(word)
            else:
                capital = False
            tokens.append(Token(word, start, places[found.end() - 1] + 1, found.start() == end, capital))
            end = found.end()
        self.tokens = tuple(tokens)
        # In "move it from 10 to 11" both hours count; elsewhere they are one stretch.
        self.moves = any(token.word in _MOVING for token in tokens)
        # In "not contacted in 2 months" the months lie behind.
        self.idle = any(token.word in _IDLE for token in tokens)

    def __len__(self) -> int:
        """Count the tokens."""
        return len(self.tokens)

    def word(self, i: int) -> str:
        """Give the folded word at `i`, or an empty one."""
        return self.tokens[i].word if 0 <= i < len(self.tokens) else ""

    def glued(self, i: int) -> bool:
        """Tell whether no space stands before token `i`."""
        return 0 < i < len(self.tokens) and self.tokens[i].glued

    def capital(self, i: int) -> bool:
        """Tell whether token `i` begins with a capital letter."""
        return 0 <= i < len(self.tokens) and self.tokens[i].capital

    def number(self, i: int) -> int | None:
        """Give the digits at `i` as a number; none for words and for runs longer than any date or sum."""
        word = self.word(i)
        return int(word) if word[:1].isdecimal() and len(word) <= 12 else None

    def skip(self, i: int, words: Iterable[str]) -> int:
        """Step over one token if it is one of `words`."""
        return i + 1 if self.word(i) in words and i < len(self.tokens) else i

    def match(self, i: int, *words: str) -> int | None:
        """Give the place after `words` if they stand at `i`."""
        for offset, word in enumerate(words):
            if self.word(i + offset) != word:
                return None
        return i + len(words)

    def place(self, first: int, last: int) -> tuple[int, int]:
        """Give the characters that tokens `first` up to, not including, `last` cover."""
        return self.tokens[first].start, self.tokens[last - 1].end


class Phrases(Generic[V]):
    """A table of phrases, found longest first; a hyphen may stand between the words ("după-amiază")."""

    def __init__(self, table: dict[str, V]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], V]]] = {}
        for phrase, value in table.items():
            words = tuple(phrase.split())
            self._by_first.setdefault(words[0], []).append((words[1:], value))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def at(self, line: Line, i: int) -> tuple[int, V] | None:
        """Give the place after the longest phrase at `i`, and its value."""
        for rest, value in self._by_first.get(line.word(i), ()):
            j = i + 1
            for word in rest:
                if line.word(j) == "-" and word != "-":
                    j += 1
                if line.word(j) != word:
                    break
                j += 1
            else:
                return j, value
        return None


def fold(text: str) -> tuple[str, list[int]]:
    """Give the text in lower case without diacritics, and for each of its characters the place in the original.

    A place after the last character is added, so that ends can be looked up too.
    """
    if text.isascii():
        return text.lower().replace("`", "'"), list(range(len(text) + 1))
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text.translate(_SAME)):
        if character.isascii():
            plain = character.lower()
        elif unicodedata.category(character) in {"Mn", "Cf"}:
            continue
        else:
            parts = [part for part in unicodedata.normalize("NFKD", character) if not unicodedata.combining(part)]
            plain = parts[0].lower() if len(parts) == 1 else character
            plain = plain if len(plain) == 1 else character
        characters.append(plain)
        places.append(place)
    places.append(len(text))
    return "".join(characters), places


@lru_cache(maxsize=64)
def read(text: str) -> Line:
    """Give the tokens of a message; the readers of one message share them."""
    return Line(text)
