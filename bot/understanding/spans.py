"""A value together with the place in the text it was read from, so that what is left of the text can be a name or a note."""

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Span(Generic[T]):
    """One value read from `text`, which is `message[start:end]`.

    `pieces` are the stretches that carry the value, as (start, end) offsets into the message. They differ from the whole
    where the words stand apart: in "friday with Maria at 10" the name in the middle belongs to no date.
    """

    start: int
    end: int
    value: T
    text: str
    pieces: tuple[tuple[int, int], ...] = ()

    def __post_init__(self) -> None:
        """Make the whole stretch the only piece where none were given."""
        if not self.pieces:
            object.__setattr__(self, "pieces", ((self.start, self.end),))
