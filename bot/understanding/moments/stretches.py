"""Grammar of periods with a name or a length: "this week", "Q3 2026", "luna viitoare", "ultimele 3 luni"."""

from bot.understanding.moments.dates import month_at, year_at
from bot.understanding.moments.expressions import StretchExpression
from bot.understanding.moments.numerals import ORDINALS, cardinal
from bot.understanding.moments.offsets import unit_count
from bot.understanding.moments.periods import AgreedMonth, Calendar, Months, NamedStretch, Rolling, Weekend
from bot.understanding.moments.readings import UNCLEAR_DAY, Found, Kind, Reading
from bot.understanding.moments.tokens import Line, Phrases
from bot.understanding.moments.wordlist import wordset
from bot.understanding.moments.words import (
    ALL_MONTHS,
    ENGLISH_SHIFTS,
    MONTHS,
    ROMANIAN_SHIFTS,
    ROMANIAN_SHIFTS_BEFORE,
    UNITS,
)

_ROMANIAN_UNITS = {
    "saptamana": "week", "saptamanii": "week", "sapt": "week", "luna": "month", "lunii": "month", "trimestrul": "quarter",
    "trimestrului": "quarter", "trim": "quarter", "trimestru": "quarter", "anul": "year", "anului": "year", "an": "year",
}  # fmt: skip


_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


_ROMANIAN_ORDINALS = Phrases({"primul": 1, "al doilea": 2, "al treilea": 3, "al patrulea": 4, "ultimul": 0})


Named = tuple[int, NamedStretch]


def stretch_reading(expression: StretchExpression) -> Reading:
    """Give the reading of a period."""
    return Reading(Kind.STRETCH, stretch=expression)


def _calendar(line: Line, i: int) -> Named | None:
    """Read "next month", "luna viitoare", "this weekend"."""
    word = line.word(i)
    if word in ENGLISH_SHIFTS:
        unit = UNITS.get(line.word(i + 1))
        if line.word(i + 1) in {"week", "wk", "month", "quarter", "qtr", "year"}:
            return i + 2, Calendar(unit or "quarter", ENGLISH_SHIFTS[word])
        if line.word(i + 1) == "weekend":
            return i + 2, Weekend(ENGLISH_SHIFTS[word])
        return None
    if word in _ROMANIAN_UNITS:
        j = line.skip(i + 1, (".",)) if word in {"sapt", "trim"} else i + 1
        if line.word(j) in ROMANIAN_SHIFTS:
            return j + 1, Calendar(_ROMANIAN_UNITS[word], ROMANIAN_SHIFTS[line.word(j)])
        if line.word(j) in {"care", "ce"} and line.word(j + 1) in {"vine", "urmeaza"}:
            return j + 2, Calendar(_ROMANIAN_UNITS[word], 1)
    if word in ROMANIAN_SHIFTS_BEFORE and line.word(i + 1) in _ROMANIAN_UNITS:
        return i + 2, Calendar(_ROMANIAN_UNITS[line.word(i + 1)], ROMANIAN_SHIFTS_BEFORE[word])
    if word in {"weekend", "weekendul", "weekendului", "wkend"}:
        if line.word(i + 1) in ROMANIAN_SHIFTS:
            return i + 2, Weekend(ROMANIAN_SHIFTS[line.word(i + 1)])
        return i + 1, Weekend()
    if word == "week" and line.word(i + 1) == "-" and line.word(i + 2) in {"end", "endul"}:
        return i + 3, Weekend(ROMANIAN_SHIFTS.get(line.word(i + 3)))
    return None


def _quarter(line: Line, i: int) -> Named | None:
    """Read "Q3", "trimestrul 2", "the third quarter", "al doilea trimestru"."""
    word = line.word(i)
    number: int | None = None
    j = i
    if word == "q" and line.glued(i + 1) and line.number(i + 1) is not None:
        if line.word(i - 1) in {"audi", "a", "an", "un", "o", "new", "noul", "infiniti"}:
            return None
        number, j = line.number(i + 1), i + 2
    elif word in {"quarter", "trimestrul", "trimestru", "trimestrului", "trim"}:
        k = line.skip(i + 1, (".",))
        after = _ROMANIAN_ORDINALS.at(line, k)
        found = cardinal(line, k)
        if after:
            j, number = after
        elif line.word(k) in _ROMAN:
            j, number = k + 1, _ROMAN[line.word(k)]
        elif found:
            j, number = found
    elif ORDINALS.get(word, 9) <= 4 and line.word(i + 1) == "quarter":
        number, j = ORDINALS[word], i + 2
    elif line.number(i) is not None and line.word(i + 1) in {"st", "nd", "rd", "th"} and line.word(i + 2) == "quarter":
        number, j = line.number(i), i + 3
    else:
        before = _ROMANIAN_ORDINALS.at(line, i)
        if before and line.word(before[0]) in {"trimestru", "trim"}:
            number, j = before[1], before[0] + 1
    if number is None or not 1 <= number <= 4:
        return None
    year = year_at(line, line.skip(j, ("/",)))
    return year[0] if year[1] or year[2] is not None else j, Months(number * 3 - 2, 3, year[1], year[2])


_MONTH_PREPOSITIONS = wordset("in during for of pe pentru pt ptr din luna lunii lui since from de")


def _month(line: Line, i: int, *, told: bool = False) -> Named | None:
    """Read "octombrie 2026", "in October", "luna martie", "march next year"; a bare name may be a person's."""
    word = line.word(i)
    if word in ENGLISH_SHIFTS and line.word(i + 1) in MONTHS:
        return i + 2, AgreedMonth(MONTHS[line.word(i + 1)], ENGLISH_SHIFTS[word])
    j = i
    named = False
    for words in (("luna", "lunii"), ("lui", "a")):
        if (line.word(j) in words and line.word(j + 1) in ALL_MONTHS) or (
            line.word(j + 1) == "lui" and line.word(j) in words
        ):
            j, named = j + 1, True
    found = month_at(line, j)
    if found is None:
        return None
    after, month = found
    year = year_at(line, after)
    if year[1] and len(line.word(year[0] - 1)) == 2:
        # "March 32" is an impossible day before it is a year.
        return None
    if year[1] or year[2] is not None:
        return year[0], Months(month, 1, year[1], year[2])
    if line.number(after) is not None and line.glued(after):
        return None
    before = line.word(i - 1)
    preposed = before in _MONTH_PREPOSITIONS and not (line.word(j) in {"mar", "sep", "dec"} and before != "in")
    if line.word(after) in ROMANIAN_SHIFTS:
        return after + 1, AgreedMonth(month, ROMANIAN_SHIFTS[line.word(after)])
    if line.number(after) is not None and line.number(after) is not None and not told:
        return None
    whole = i == 0 and after >= len(line)
    # "Raport octombrie": at the end, and no name of a person.
    preposed = preposed or (line.word(j) in MONTHS and line.word(j) not in _ALSO_NAMES and i > 0 and after >= len(line))
    return (after, Months(month)) if told or named or preposed or whole else None


_ALSO_NAMES = wordset("may march april june august mai martie iulie iunie aprilie")
_REPORTED = wordset("plan raport raportul report vanzari forecast prognoza sales situatia situatie year an")


def _year(line: Line, i: int) -> Named | None:
    """Read "anul 2026", "year 2025"."""
    year = line.number(i + 1)
    if line.word(i) in {"anul", "year", "anului"} and year is not None and 1990 <= year <= 2099:
        return i + 2, Months(1, 12, year)
    own = line.number(i)
    if (
        line.word(i - 1) in _REPORTED
        and i + 1 == len(line)
        and own is not None
        and 1990 <= own <= 2099
        and len(line.word(i)) == 4
    ):
        return i + 1, Months(1, 12, own)
    return None


def bare_year(line: Line, i: int) -> Found:
    """Read "in 2025", "pentru 2026": a year where no month and no car is at hand."""
    if len(line) == 1 and len(line.word(0)) == 4 and 1990 <= (line.number(0) or 0) <= 2099:
        return 1, stretch_reading(Months(1, 12, line.number(0)))
    year = line.number(i + 1)
    if (
        line.word(i) not in {"in", "during", "for", "pe", "pentru", "pt", "din", "of"}
        or year is None
        or not 1990 <= year <= 2099
    ):
        return None
    following = line.word(i + 2)
    if line.word(i) == "din" and line.capital(i - 1) and i > 1:
        # "Un Passat din 2015" is a car's year.
        return None
    if len(line.word(i + 1)) != 4 or (
        following and line.glued(i + 2) and following not in {",", ";", "!", "?", ".", ")"}
    ):
        return None
    if (
        following in {"eur", "euro", "lei", "ron", "km", "usd", "de"}
        or line.capital(i + 2)
        or line.number(i + 2) is not None
    ):
        return None
    return i + 2, stretch_reading(Months(1, 12, year))


def _half_year(line: Line, i: int) -> Named | None:
    """Read "semestrul 1", "H2 2026"."""
    if line.word(i) in {"semestrul", "semestru", "semestrului"}:
        found = cardinal(line, i + 1)
        j = found[0] if found else i + 2
        number = found[1] if found else _ROMAN.get(line.word(i + 1))
    elif line.word(i) == "h" and line.glued(i + 1) and line.number(i + 1) in {1, 2} and not line.glued(i):
        j, number = i + 2, line.number(i + 1)
    else:
        return None
    if number not in {1, 2}:
        return None
    year = year_at(line, j)
    return year[0], Months(number * 6 - 5, 6, year[1], year[2])


def named(line: Line, i: int, *, told: bool = False) -> Named | None:
    """Read any calendar stretch that has a name."""
    best: Named | None = None
    for found in (
        _calendar(line, i),
        _quarter(line, i),
        _month(line, i, told=told),
        _year(line, i),
        _half_year(line, i),
    ):
        if found and (best is None or found[0] > best[0]):
            best = found
    return best


def calendar(line: Line, i: int) -> Found:
    """Read a calendar stretch as a period of its own."""
    found = named(line, i)
    if found is None:
        return None
    if line.word(found[0]) == "after" and line.word(found[0] + 1) == "next":
        return found[0] + 2, UNCLEAR_DAY
    before = line.word(i - 1)
    if before in {"by", "until", "till", "before", "after", "inainte", "dupa", "around", "about"}:
        return found[0], UNCLEAR_DAY
    return found[0], stretch_reading(found[1])


def rolling(line: Line, i: int) -> Found:
    """Read "last 3 months", "ultimele 2 săptămâni", "next 10 days"."""
    sign = {
        "last": -1, "past": -1, "previous": -1, "ultimele": -1, "ultimii": -1, "ultimelor": -1, "next": 1, "coming": 1,
        "urmatoarele": 1, "urmatorii": 1, "urmatoarelor": 1,
    }.get(line.word(i))  # fmt: skip
    if sign is None:
        return None
    if line.word(i + 1) in {"few", "couple", "cateva", "catorva"} or (
        UNITS.get(line.word(i + 1)) and line.word(i)[-1] in "ei"
    ):
        return i + 3, UNCLEAR_DAY
    found = cardinal(line, i + 1)
    if found is None:
        return None
    j = line.skip(found[0], ("de",))
    unit = UNITS.get(line.word(j))
    if unit is None or line.word(j) == "h":
        return None
    if unit not in {"day", "week", "month", "year"} or line.word(j + 1) == "lucratoare" or found[1] == 0:
        return j + 1, UNCLEAR_DAY
    return j + 1, stretch_reading(Rolling(unit, sign * found[1]))


def inactive_for(line: Line, i: int) -> Found:
    """Read "for 3 months", "de o lună": how long nothing has happened, in a report."""
    j = i
    for words in (
        ("for", "de", "in") if line.idle else ("for", "de"),
        ("over", "peste", "about", "more"),
        ("than", "the", "last"),
    ):
        j = line.skip(j, words)
    if j == i and not line.idle:
        return None
    found = unit_count(line, j)
    if found is None or found[2] not in {"day", "week", "month", "year"} or found[1] == 0:
        return None
    if line.word(found[0]) in {"ago", "lucratoare"} or line.match(found[0], "in", "urma") is not None:
        return None
    return found[0], Reading(Kind.DURATION, stretch=Rolling(found[2], -found[1]))
