"""Grammar of dates: "15 march 2027", "15.03", "march 15th", "pe 5", "2026-12-01"."""

from bot.understanding.moments.expressions import CalendarDay
from bot.understanding.moments.numerals import ORDINALS, cardinal, ordinal
from bot.understanding.moments.readings import UNCLEAR_DAY, Found, Kind, Reading
from bot.understanding.moments.tokens import Line
from bot.understanding.moments.wordlist import wordset
from bot.understanding.moments.words import (
    ALL_MONTHS,
    ENGLISH_SHIFTS,
    MONTH_UNITS,
    NOT_AFTER_MAI,
    NOT_AFTER_MAY,
    ROMANIAN_SHIFTS,
    ROMANIAN_SHIFTS_BEFORE,
    SHORT_MONTHS,
    WEEKDAYS,
)

# What follows a number that counts or measures something and is no day, hour or year.
MEASURES = wordset(
    "% € $ k km mii mie eur euro euros ron lei leu usd dolari thousand grand percent procente la_suta hp cp cai",
    "kw kg cc l litri clients clienti client customers people persoane oameni cars car masini masina buc bucati",
    "pieces units ori times months month luni weeks week saptamani saptamana days day zile hours hour ore ani",
    "years year minute minutes min dci tce tdi tsi tfsi hdi crdi cdti gdi sce lei/luna offers oferte locuri usi",
    "doors seats rate",
)


def is_measure(line: Line, i: int) -> bool:
    """Tell whether the word at `i` makes the number before it a count or a measure."""
    word = line.word(i)
    return (
        word in MEASURES
        or (word == "de" and line.word(i + 1) in MEASURES)
        or (word == "la" and line.word(i + 1) == "suta")
    )


def month_at(line: Line, i: int) -> tuple[int, int] | None:
    """Read a month's name, with the dot of its short form."""
    word = line.word(i)
    month = ALL_MONTHS.get(word)
    if month is None:
        return None
    following = line.word(i + 1)
    if (word == "mai" and following in NOT_AFTER_MAI) or (word == "may" and following in NOT_AFTER_MAY):
        return None
    if word in SHORT_MONTHS and following == "." and line.glued(i + 1):
        return i + 2, month
    return i + 1, month


def year_at(line: Line, i: int) -> tuple[int, int | None, int | None]:
    """Read a year after a month: the place after it, the year, or how many years from this one; nothing read is fine."""
    j = line.skip(i, (",", "of", "din", "-", "/"))
    year = line.number(j)
    if year is not None and len(line.word(j)) == 4 and 1990 <= year <= 2099 and not is_measure(line, j + 1):
        if not (line.word(j + 1) in {".", ",", ":"} and line.glued(j + 1) and line.number(j + 2) is not None):
            return j + 1, year, None
        return i, None, None
    short = year is not None and len(line.word(j)) == 2 and j == i and 25 <= year <= 45
    if short and line.word(j + 1) in {"", ",", ";", "!", "?"}:
        return j + 1, 2000 + (year or 0), None
    j = line.skip(i, (",", "of", "din", "a", "al", "the"))
    if line.word(j) in ENGLISH_SHIFTS and line.word(j + 1) == "year":
        return j + 2, None, ENGLISH_SHIFTS[line.word(j)]
    if line.word(j) in {"anul", "an", "anului"} and line.word(j + 1) in ROMANIAN_SHIFTS:
        return j + 2, None, ROMANIAN_SHIFTS[line.word(j + 1)]
    return i, None, None


def month_shift_at(line: Line, i: int) -> tuple[int, int] | None:
    """Read "of next month", "luna viitoare", "ale lunii viitoare" after or before a day."""
    j = i
    for words in (("of", "ale", "al", "a", "din", "in"), ("the",)):
        j = line.skip(j, words)
    if line.word(j) in ENGLISH_SHIFTS and line.word(j + 1) == "month":
        return j + 2, ENGLISH_SHIFTS[line.word(j)]
    if line.word(j) == "month" and line.word(j - 1) == "the" and line.word(i) == "of":
        return j + 1, 0
    if line.word(j) in ROMANIAN_SHIFTS_BEFORE and line.word(j + 1) in MONTH_UNITS:
        return j + 2, ROMANIAN_SHIFTS_BEFORE[line.word(j)]
    if line.word(j) in {"luna", "lunii"} and line.word(j + 1) in ROMANIAN_SHIFTS:
        return j + 2, ROMANIAN_SHIFTS[line.word(j + 1)]
    return None


def _day(expression: CalendarDay) -> Reading:
    return Reading(Kind.DAY, day=expression)


def day_and_month(line: Line, i: int) -> Found:
    """Read "15 march", "15th of march, 2027", "întâi decembrie", "5 ale lunii viitoare", "1st of next month"."""
    start = line.skip(i, ("the",))
    found = ordinal(line, start) or cardinal(line, start)
    if found is None:
        return None
    j, day = found
    if line.word(j) == "-" and line.word(j + 1) == "lea" and line.glued(j):
        j += 2
    if not 0 <= day <= 99 or (line.word(i - 1) in {".", ","} and line.glued(i) and line.glued(i - 1)):
        return None
    month = month_at(line, line.skip(line.skip(j, ("of", ".", "-", "/", "ale", "al", "a")), ("lui", "lunii")))
    if month is None:
        shift = month_shift_at(line, j)
        if shift is None or not (line.word(j) in {"of", "ale", "al", "a"} or ordinal(line, start)):
            return None
        return shift[0], _day(CalendarDay(day, month_shift=shift[1]))
    year = year_at(line, month[0])
    return year[0], _day(CalendarDay(day, month[1], year[1], year_shift=year[2]))


def month_and_day(line: Line, i: int) -> Found:
    """Read "march 15th, 2027"."""
    month = month_at(line, i)
    if month is None:
        return None
    start = line.skip(month[0], ("the",))
    found = ordinal(line, start) or cardinal(line, start)
    if found is None:
        return None
    j, day = found
    following = line.word(j)
    if not 0 <= day <= 31 or is_measure(line, j) or month_at(line, j):
        return None
    if following and following in ":./-h%" and line.glued(j) and line.number(j + 1) is not None:
        return None
    if following in {"am", "pm", "h", "o'clock"}:
        return None
    year = year_at(line, j)
    return year[0], _day(CalendarDay(day, month[1], year[1], year_shift=year[2]))


_PREFIXES = {("on", "the"), ("the",), ("pe",), ("pe", "data", "de"), ("data", "de"), ("pe", "ziua", "de"), ("in", "data", "de"),
             ("din", "data", "de"), ("by", "the"), ("in", "ziua", "de")}  # fmt: skip


def day_of_month(line: Line, i: int) -> Found:
    """Read "on the 5th", "the 19th", "pe 5", "pe data de 5": a day of the nearest month."""
    for prefix in sorted(_PREFIXES, key=len, reverse=True):
        j = line.match(i, *prefix)
        if j is None:
            continue
        found = ordinal(line, j) or (cardinal(line, j) if prefix[-1] in {"pe", "de"} else None)
        if found is None:
            return None
        after, day = found
        if not _stands_alone(line, after) or (not line.word(j).isdecimal() and line.word(j) in {"una", "unu", "doua"}):
            return None
        if line.word(j) in ORDINALS and line.word(after) in WEEKDAYS:
            # "The second tuesday" counts weekdays.
            return None
        shift = month_shift_at(line, after)
        if shift:
            return shift[0], _day(CalendarDay(day, month_shift=shift[1]))
        return (after, _day(CalendarDay(day))) if day <= 99 else None
    return None


def bare_ordinal(line: Line, i: int) -> Found:
    """Read "5th" beside a weekday ("tuesday 19th"); alone it counts something."""
    found = ordinal(line, i) if line.number(i) is not None else None
    if found is None or not _stands_alone(line, found[0]):
        return None
    return found[0], Reading(Kind.DAY, day=CalendarDay(found[1]), weak=True)


# After "pe 5" these begin something else; any other word there is what the number counts ("pe 5 clienți").
_FOLLOWERS = wordset(
    ", . ; ! ? ) ( - at la ora with cu for pentru to and si in on pe from de din by is e este the no not",
    "dimineata seara dupa morning afternoon evening noon about despre please te va rog instead atunci then or sau",
    "sa apoi of please? thanks mersi multumesc luna ale al a lunii monday tuesday wednesday thursday friday",
    "saturday sunday luni marti miercuri joi vineri sambata duminica i we works ok merge pls call suna sun",
    "intalnire meeting test drive cand daca pana until next this today azi",
)


def _stands_alone(line: Line, i: int) -> bool:
    word = line.word(i)
    if word == "" or (line.tokens[i].start > line.tokens[i - 1].end and line.capital(i) and not is_measure(line, i)):
        return True
    if word in {".", ",", ":", "-", "/"} and line.glued(i) and line.glued(i + 1) and line.number(i + 1) is not None:
        return False
    if word == "de" and (is_measure(line, i) or line.word(i + 1) not in _FOLLOWERS):
        return line.number(i + 1) is None and not is_measure(line, i) and line.capital(i + 1)
    return word in _FOLLOWERS and not is_measure(line, i)


def numeric(line: Line, i: int) -> Found:
    """Read "2026-12-01", "15.03.2027", "15.03", "15/3"; a doubtful form needs "on" or "pe" before it."""
    first = line.number(i)
    mark = line.word(i + 1)
    if first is None or not mark or mark not in "-./" or line.number(i + 2) is None:
        return None
    if not (line.glued(i + 1) and line.glued(i + 2)) and not (mark == "." and line.glued(i + 1)):
        return None
    before = line.word(i - 1) if line.glued(i) else ""
    if before in {".", "/", ",", ":", "€", "$"} or (before == "-" and mark == "-"):
        return None
    second = line.number(i + 2)
    third = line.number(i + 4) if line.word(i + 3) == mark and (line.glued(i + 3)) else None
    if third is not None and second is not None:
        return _full(line, i, first, second, third)
    if not (line.glued(i + 1) and line.glued(i + 2)) or second is None:
        return None
    return _without_year(line, i, first, second, mark)


def _full(line: Line, i: int, first: int, second: int, third: int) -> Found:
    if _continues(line, i + 5):
        return None
    lengths = (len(line.word(i)), len(line.word(i + 2)), len(line.word(i + 4)))
    if lengths[0] == 4 and lengths[1] <= 2 and lengths[2] <= 2 and line.glued(i + 4):
        year, month, day = first, second, third
    elif lengths[0] <= 2 and lengths[1] <= 2 and lengths[2] == 4:
        day, month, year = first, second, third
    elif lengths[0] <= 2 and lengths[1] == 2 and lengths[2] == 2 and line.glued(i + 4) and 20 <= third <= 60:
        day, month, year = first, second, 2000 + third
    else:
        return None
    return i + 5, _day(CalendarDay(day, month, year))


def _continues(line: Line, i: int) -> bool:
    word = line.word(i)
    if not word or not line.glued(i):
        return False
    if word == "-" and line.word(i - 2) != "-":
        # "1.10-15.11": the other end of a stretch.
        return False
    if word in {".", ",", "/", "-", ":"}:
        return line.glued(i + 1) and line.number(i + 1) is not None
    return word[0].isalnum() and word != "t"


def _without_year(line: Line, i: int, day: int, month: int, mark: str) -> Found:
    if len(line.word(i)) > 2 or len(line.word(i + 2)) > 2 or _continues(line, i + 3) or is_measure(line, i + 3):
        return None
    before = line.word(i - 1)
    told = before in {"pe", "on", "din", "data", "until", "since", "pana"} or (
        before == "de" and line.word(i - 2) == "data"
    )
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return (i + 3, UNCLEAR_DAY) if told and mark in "./" and day <= 99 else None
    if mark == "-" and not told:
        return None
    plain = (len(line.word(i + 2)) == 2 and len(line.word(i)) == 2) or (mark == "/" and day > 12)
    if not (told or (mark in "./" and plain)) or (day, month, told) == (24, 7, False):
        return _day_beside_weekday(line, i, day, month)
    if mark == "/" and line.word(i - 1) == "the":
        return None
    return _past_dot(line, i + 3), _day(CalendarDay(day, month))


def _past_dot(line: Line, i: int) -> int:
    """Step over the dot that many put after the month: "7.12. ora 10"."""
    return i + 1 if line.word(i) == "." and line.glued(i) and line.word(i + 1) in {"ora", "la", "at", "orele"} else i


def _day_beside_weekday(line: Line, i: int, day: int, month: int) -> Found:
    """Read "5.12" and "3/4" only beside a weekday; alone they are decimals and fractions too."""
    short = len(line.word(i + 2)) == 1 or (day, month) == (24, 7)
    weak = Reading(Kind.DAY, day=CalendarDay(day, month), weak=True)
    return (
        (_past_dot(line, i + 3), weak)
        if not short or line.word(i - 1) in WEEKDAYS or line.word(i - 2) in WEEKDAYS
        else None
    )
