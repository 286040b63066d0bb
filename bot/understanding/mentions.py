"""A value found in one act's text, and the text with what is already explained blanked out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.understanding.acts import JsonValue
from bot.understanding.folding import fold


@dataclass(frozen=True, slots=True)
class Mention:
    """One value with its place; `by` tells for `--explain` whether a rule, a list or the model found it."""

    entity: str
    value: JsonValue
    start: int
    end: int
    by: str


@dataclass(slots=True)
class Sheet:
    """The text of an act while it is read: each reader blanks what it took, so that no later one reads it as its own."""

    text: str
    left: str = ""
    mentions: list[Mention] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Start with all of the text unread."""
        self.left = self.left or self.text

    @property
    def folded(self) -> str:
        """What is left, in plain form."""
        return fold(self.left)

    def take(self, mention: Mention, pieces: Iterable[tuple[int, int]] = ()) -> None:
        """Keep a value and blank its words."""
        self.mentions.append(mention)
        self.blank(pieces or ((mention.start, mention.end),))

    def blank(self, pieces: Iterable[tuple[int, int]]) -> None:
        """Leave these stretches out of all further reading."""
        for start, end in pieces:
            self.left = self.left[:start] + " " * (end - start) + self.left[end:]

    def first(self, entity: str) -> Mention | None:
        """The first value of that name, if any."""
        return next((mention for mention in self.mentions if mention.entity == entity), None)

    def of(self, entity: str) -> list[Mention]:
        """All values of that name in the order of the text."""
        return sorted((m for m in self.mentions if m.entity == entity), key=lambda m: m.start)


def overlapping(one: Iterable[tuple[int, int]], other: Iterable[tuple[int, int]]) -> bool:
    """Whether two sets of stretches share a character."""
    others = tuple(other)
    return any(a < d and c < b for a, b in one for c, d in others)
