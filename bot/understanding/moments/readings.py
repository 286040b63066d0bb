"""What one phrase of a message is: a day, an hour, a period, or words that only look like one."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import time
from enum import Enum, auto

from bot.understanding.moments.expressions import DayExpression, StretchExpression
from bot.understanding.moments.tokens import Line


class Kind(Enum):
    """The kinds of phrases that the grammar knows."""

    DAY = auto()
    CLOCK = auto()
    PART = auto()
    INSTANT = auto()
    STRETCH = auto()
    RECURRENCE = auto()
    DURATION = auto()
    UNCLEAR_DAY = auto()
    UNCLEAR_CLOCK = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class Clock:
    """An hour as typed; `sure` where it is on the 24-hour clock or has am or pm, else it leans to working hours."""

    hour: int
    minute: int = 0
    sure: bool = False
    # A plain number after a weekday ("friday 4"), which may be the day of the month as well.
    bare: bool = False

    def readings(self) -> tuple[time, ...]:
        """Give the hours within 08:00 to 20:00 that can be meant."""
        if self.sure or self.hour > 12 or self.hour == 0:
            return (time(self.hour, self.minute),)
        both = (time(self.hour % 12, self.minute), time(self.hour % 12 + 12, self.minute))
        return tuple(hour for hour in both if time(8) <= hour <= time(20))


@dataclass(frozen=True, slots=True)
class Reading:
    """One phrase: its kind, what it says, and the tokens `first` up to, not including, `last` that say it."""

    kind: Kind
    day: DayExpression | None = None
    clock: Clock | None = None
    until: Clock | None = None
    part: str | None = None
    stretch: StretchExpression | None = None
    minutes: int = 0
    recurrence: str | None = None
    # A form that is believed only beside a day, or as the whole message: "9.30", "friday 9".
    weak: bool = False
    first: int = 0
    last: int = 0

    def placed(self, first: int, last: int) -> "Reading":
        """Give the reading with its place."""
        return replace(self, first=first, last=last)


# A rule looks at one place and gives the place after its phrase, and the reading.
Found = tuple[int, Reading] | None
Rule = Callable[[Line, int], Found]
OTHER = Reading(Kind.OTHER)
UNCLEAR_DAY = Reading(Kind.UNCLEAR_DAY)
UNCLEAR_CLOCK = Reading(Kind.UNCLEAR_CLOCK)


def longest(found: list[Found]) -> Found:
    """Give the reading that covers most; the earlier one where two cover the same."""
    best: Found = None
    for one in found:
        if one is not None and (best is None or one[0] > best[0]):
            best = one
    return best
