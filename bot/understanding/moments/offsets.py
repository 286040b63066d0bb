"""Grammar of days that are counted: "in 3 days", "peste o lună", "a week ago", "two weeks from monday"."""

from bot.understanding.moments.dates import bare_ordinal
from bot.understanding.moments.days import relative, simple_day, weekday
from bot.understanding.moments.expressions import DayExpression, From, Shift, Weekday
from bot.understanding.moments.numerals import count
from bot.understanding.moments.readings import UNCLEAR_DAY, Found, Kind, Reading, longest
from bot.understanding.moments.tokens import Line
from bot.understanding.moments.wordlist import wordset
from bot.understanding.moments.words import UNITS


def _day(expression: DayExpression) -> Reading:
    return Reading(Kind.DAY, day=expression)


_WORKING = wordset("working business work lucratoare weekdays")
_CALENDAR_UNITS = frozenset(("day", "week", "month", "year"))


def unit_count(line: Line, i: int) -> tuple[int, int, str] | None:
    """Read "3 days", "o săptămână", "two months": the place after it, how many, and of what."""
    found = count(line, i)
    if found is None:
        return None
    j, how_many = found
    if line.word(j) in {"fortnight", "fortnights"}:
        return j + 1, 2 * how_many, "week"
    unit = UNITS.get(line.word(j))
    if unit is None or line.word(j) == "h":
        return None
    return j + 1, how_many, unit


def offset(line: Line, i: int) -> Found:
    """Read "in 3 days", "peste o lună", "acum 2 zile", "a week ago", "2 days from now", "in urmă cu 3 zile"."""
    sign, j = _opening(line, i)
    found = unit_count(line, j) if sign is not None else None
    if found is None:
        return None
    end, how_many, unit = found
    if line.word(end) in _WORKING or unit not in _CALENDAR_UNITS:
        return None
    if line.word(end) in {"jumate", "jumatate"} or (line.word(end) in {"and", "si"} and line.word(end + 2) == "half"):
        return end + 1, UNCLEAR_DAY
    for words, direction in _CLOSINGS:
        after = line.match(end, *words)
        if after is not None:
            return after, _day(Shift(unit, direction * how_many))
    if not sign:
        return _from_day(line, end, how_many, unit)
    return end, _day(Shift(unit, sign * how_many, ahead_only=line.word(i) == "in" and sign > 0))


_CLOSINGS = (
    (("ago",), -1),
    (("in", "urma"), -1),
    (("from", "now"), 1),
    (("de", "acum"), 1),
    (("de", "azi"), 1),
)


def _opening(line: Line, i: int) -> tuple[int | None, int]:
    """Read "in", "peste" or "acum": 1 ahead, -1 back, 0 for none of them, nothing where no moment can follow."""
    word = line.word(i)
    if word == "acum":
        return -1, i + 1
    if line.match(i, "in", "urma", "cu") is not None:
        return -1, i + 3
    if line.idle and (word == "in" or line.word(i - 1) == "de"):
        return None, i
    if word == "in" and line.word(i - 1) == "de":
        return None, i
    if word in {"in", "peste", "intr"}:
        return 1, line.skip(i + 1, ("-",)) if word == "intr" else i + 1
    return 0, i


def _from_day(line: Line, end: int, how_many: int, unit: str) -> Found:
    joint = line.word(end)
    if unit == "week" and line.word(end - 1) in {"week", "weeks"}:
        # "A week tomorrow", "two weeks on monday", "a week friday".
        base = relative(line, end) or weekday(line, line.skip(end, ("on",)))
        if base and base[1].day and not base[1].part:
            return base[0], _day(From(base[1].day, unit, how_many))
    if joint in {"from", "after", "de", "dupa"}:
        base = simple_day(line, end + 1)
        if base and base[1].day:
            plain = joint != "de" or not isinstance(base[1].day, Weekday)
            return base[0], _day(From(base[1].day, unit, how_many)) if plain else UNCLEAR_DAY
    if joint in {"before", "inainte", "inaintea"}:
        base = simple_day(line, line.skip(end + 1, ("de",)))
        if base and base[1].day:
            return base[0], _day(From(base[1].day, unit, -how_many))
    return None


def day_then_offset(line: Line, i: int) -> Found:
    """Read "de mâine în 3 zile", "de azi într-o săptămână", "a week on friday"."""
    if line.word(i) == "de":
        base = relative(line, i + 1)
        if base is None or not isinstance(base[1].day, Shift) or base[1].part:
            return None
        if line.word(base[0]) not in {"in", "intr", "peste"}:
            return None
        after = line.skip(base[0] + 1, ("-",))
        found = unit_count(line, after)
        return (
            (found[0], _day(From(base[1].day, found[2], found[1]))) if found and found[2] in _CALENDAR_UNITS else None
        )
    found = unit_count(line, i)
    if found is None or found[2] != "week" or line.word(found[0]) != "on":
        return None
    base = simple_day(line, found[0] + 1)
    return (base[0], _day(From(base[1].day, "week", found[1]))) if base and isinstance(base[1].day, Weekday) else None


def any_day(line: Line, i: int) -> Found:
    """Read any day, also one counted from another."""
    return longest([simple_day(line, i), offset(line, i), day_then_offset(line, i), bare_ordinal(line, i)])
