"""Grammar of periods: "this week", "ultimele 3 luni", "Q3 2026", "1-15 noiembrie", "end of the month"."""

from bot.understanding.moments.dates import is_measure, month_at, year_at
from bot.understanding.moments.days import any_day, simple_day
from bot.understanding.moments.expressions import (
    AgreedMonth,
    Between,
    Calendar,
    CalendarDay,
    DayExpression,
    EdgeOf,
    MonthRun,
    Months,
    Rolling,
    Since,
    StretchExpression,
    Weekend,
    WeekOf,
)
from bot.understanding.moments.numerals import ORDINALS, cardinal, ordinal
from bot.understanding.moments.readings import UNCLEAR_DAY, Found, Kind, Reading, longest
from bot.understanding.moments.tokens import Line, Phrases
from bot.understanding.moments.words import (
    ALL_MONTHS,
    ENGLISH_SHIFTS,
    MONTHS,
    ROMANIAN_SHIFTS,
    ROMANIAN_SHIFTS_BEFORE,
    UNITS,
    WEEKDAYS,
)

_BIG = frozenset(("week", "month", "quarter", "year"))
_ROMANIAN_UNITS = {
    "saptamana": "week", "saptamanii": "week", "sapt": "week", "luna": "month", "lunii": "month", "trimestrul": "quarter",
    "trimestrului": "quarter", "trim": "quarter", "trimestru": "quarter", "anul": "year", "anului": "year", "an": "year",
}  # fmt: skip
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_ROMANIAN_ORDINALS = Phrases({"primul": 1, "al doilea": 2, "al treilea": 3, "al patrulea": 4, "ultimul": 0})

Named = tuple[int, StretchExpression]


def _stretch(expression: StretchExpression) -> Reading:
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
    if word in {"week"} and line.word(i + 1) in {"-"} and line.word(i + 2) in {"end", "endul"}:
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


_MONTH_PREPOSITIONS = frozenset(
    ["in", "during", "for", "of", "pe", "pentru", "din", "luna", "lunii", "lui", "since", "from", "de"]
)
_RISKY_MONTHS = frozenset(("may", "march", "mar", "jan", "ian", "april", "june", "august", "sep", "dec"))


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
    return (after, Months(month)) if told or named or preposed or whole else None


def _year(line: Line, i: int) -> Named | None:
    """Read "anul 2026", "year 2025"."""
    year = line.number(i + 1)
    if line.word(i) in {"anul", "year", "anului"} and year is not None and 1990 <= year <= 2099:
        return i + 2, Months(1, 12, year)
    return None


def bare_year(line: Line, i: int) -> Found:
    """Read "in 2025", "pentru 2026": a year where no month and no car is at hand."""
    year = line.number(i + 1)
    if (
        line.word(i) not in {"in", "during", "for", "pe", "pentru", "din", "of"}
        or year is None
        or not 1990 <= year <= 2099
    ):
        return None
    following = line.word(i + 2)
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
    return i + 2, _stretch(Months(1, 12, year))


def named(line: Line, i: int, *, told: bool = False) -> Named | None:
    """Read any calendar stretch that has a name."""
    best: Named | None = None
    for found in (_calendar(line, i), _quarter(line, i), _month(line, i, told=told), _year(line, i)):
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
    return found[0], _stretch(found[1])


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
    if unit not in {"day", "week", "month", "year"} or line.word(j + 1) in {"lucratoare"} or found[1] == 0:
        return j + 1, UNCLEAR_DAY
    return j + 1, _stretch(Rolling(unit, sign * found[1]))


_STARTS = Phrases(
    {
        "year to date": "year", "ytd": "year", "month to date": "month", "mtd": "month", "quarter to date": "quarter",
        "qtd": "quarter", "week to date": "week", "this year so far": "year", "this month so far": "month",
        "so far this year": "year", "so far this month": "month", "so far this week": "week",
        "de la inceputul anului": "year", "de la inceputul lunii": "month", "de la inceputul saptamanii": "week",
        "de la inceputul trimestrului": "quarter", "de la inceput de an": "year", "de la inceput de luna": "month",
        "since the beginning of the year": "year", "since the beginning of the month": "month",
        "since the start of the year": "year", "since the start of the month": "month",
        "since the beginning of the week": "week", "since the start of the quarter": "quarter",
        "anul acesta pana acum": "year", "luna asta pana acum": "month", "anul asta pana acum": "year",
    }
)  # fmt: skip


def since(line: Line, i: int) -> Found:
    """Read "since monday", "since October", "începând cu 1 octombrie", "year to date"."""
    to_date = _STARTS.at(line, i)
    if to_date:
        j = to_date[0]
        return (
            (j + 1, UNCLEAR_DAY) if line.word(j) in ROMANIAN_SHIFTS else (j, _stretch(Since(Calendar(to_date[1], 0))))
        )
    j = i
    if line.word(i) in {"since"}:
        j = i + 1
    elif line.word(i) in {"incepand"} and line.word(i + 1) in {"cu", "din", "de"}:
        j = i + 2
        j = line.skip(j, ("luna",)) if line.word(j + 1) in ALL_MONTHS else j
    else:
        return None
    start = _edge(line, j)
    return (start[0], _stretch(Since(start[1]))) if start else None


def _edge(line: Line, i: int) -> tuple[int, DayExpression | StretchExpression] | None:
    """Read a day, or a stretch that stands for its first day; a year too."""
    j = line.skip(i, ("on", "pe"))
    day = any_day(line, j)
    stretch = named(line, j, told=True)
    if day and day[1].day and not day[1].weak and (stretch is None or day[0] >= stretch[0]):
        return day[0], day[1].day
    if stretch:
        return stretch
    year = line.number(j)
    if year is not None and 1990 <= year <= 2099:
        return j + 1, Months(1, 12, year)
    return None


_JOINTS = (("pana", "pe"), ("pana", "la"), ("pana", "in"), ("si", "pana", "la"), ("pana",), ("-",), ("to",), ("until",), ("till",),
           ("through",), ("and",), ("si",), ("la",), ("up", "to"))  # fmt: skip
_NOW = frozenset(("now", "today", "azi", "acum", "astazi", "prezent", "present"))


def between(line: Line, i: int) -> Found:
    """Read "from 1 to 15 november", "între 1 și 15 noiembrie", "1-15 noiembrie", "monday to friday", "october - december"."""
    opener = ""
    j = i
    for words in (
        ("from",),
        ("between",),
        ("intre",),
        ("de", "la"),
        ("din",),
        ("de", "pe"),
        ("de",),
        ("incepand", "de", "la"),
    ):
        after = line.match(i, *words)
        if after is not None:
            j, opener = after, words[0]
            break
    j = line.skip(j, ("the", "data"))
    j = line.skip(j, ("de",)) if line.word(j - 1) == "data" else j
    run = _month_run(line, j, opener)
    start = simple_day(line, j) or _bare_day(line, j)
    if start is None or start[1].day is None:
        return run
    joint = _joint(line, start[0], opener)
    if joint is None:
        return run
    k = joint
    for words in (("the", "pe"), ("data",), ("de",)):
        k = line.skip(k, words)
    if line.word(k) in _NOW and opener:
        return k + 1, _stretch(Since(start[1].day))
    end = simple_day(line, k)
    if end is None and opener and (line.word(k - 1) in {"the", "pe", "de"} or ordinal(line, k)):
        # "Between 10 and 12" may be hours, prices or days; "de pe 10 până pe 12" are days.
        end = _bare_day(line, k)
    if end is None or end[1].day is None:
        return run
    if not opener and not _same_shape(start[1].day, end[1].day, line, start[0]):
        return run
    return longest([run, (end[0], _stretch(Between(start[1].day, end[1].day)))])


def _same_shape(first: DayExpression, last: DayExpression, line: Line, joint: int) -> bool:
    """Without "from" only like days make a stretch, joined by a mark or "to": "1-15 november", "monday to friday"."""
    if line.word(joint) in {"and", "si", "la", "till"} or type(first) is not type(last):
        return False
    if isinstance(first, CalendarDay) and isinstance(last, CalendarDay):
        return last.month is not None or last.month_shift is not None
    # "Move it from friday to monday" is no stretch; "monday-friday" is.
    return line.word(joint) == "-" or line.match(joint, "pana") is not None or line.word(joint) == "through"


def _bare_day(line: Line, i: int) -> Found:
    found = cardinal(line, i)
    if found is None or not 1 <= found[1] <= 31:
        return None
    j = found[0]
    if line.glued(j) and line.word(j) in {"st", "nd", "rd", "th"}:
        j += 1
    return None if is_measure(line, j) else (j, Reading(Kind.DAY, day=CalendarDay(found[1])))


def _joint(line: Line, j: int, opener: str) -> int | None:
    for words in _JOINTS:
        after = line.match(j, *words)
        if after is None:
            continue
        if words[0] in {"and", "si"} and opener not in {"between", "intre"} and len(words) == 1:
            return None
        if words == ("la",) and opener != "de":
            return None
        return after
    return None


def _month_run(line: Line, j: int, opener: str) -> Found:
    first = month_at(line, j)
    if first is None:
        return None
    joint = _joint(line, first[0], opener)
    if joint is None:
        return None
    joint = line.skip(joint, ("in",))
    if line.word(joint) in _NOW and opener:
        return joint + 1, _stretch(Since(Months(first[1])))
    last = month_at(line, joint)
    if last is None:
        return None
    year = year_at(line, last[0])
    after = line.number(last[0])
    if after is not None and year[1] is None:
        return None
    return year[0] if year[1] else last[0], _stretch(MonthRun(first[1], last[1], year[1]))


_ENDS = Phrases(
    dict.fromkeys(
        ("end of the", "end of", "the end of the", "the end of", "end", "sfarsitul", "sfarsit de", "finalul", "final de", "finele",
         "last day of the", "last day of", "the last day of", "the last day of the", "ultima zi din", "ultima zi a", "ultima zi a lui",
         "sf", "capatul"),
        True,
    )
    | dict.fromkeys(("first day of", "first day of the", "the first day of", "the first day of the", "prima zi din", "prima zi a",
                     "the first of", "the first day in"), False)
)  # fmt: skip
_SHORT_ENDS = Phrases(
    {"eom": "month", "month end": "month", "eoq": "quarter", "eoy": "year", "year end": "year", "quarter end": "quarter",
     "month's end": "month", "eow": "week"}
)  # fmt: skip
_OWN = {
    "week": "week", "month": "month", "quarter": "quarter", "year": "year", "saptamanii": "week", "lunii": "month",
    "trimestrului": "quarter", "anului": "year", "luna": "month", "trimestru": "quarter", "an": "year", "lunii.": "month",
}  # fmt: skip
_END_OF_DAY = Phrases(
    dict.fromkeys(
        (
            "end of day",
            "end of the day",
            "eod",
            "cob",
            "end of business",
            "close of business",
            "sfarsitul zilei",
            "end of play",
        ),
        True,
    )
)


def edge(line: Line, i: int) -> Found:
    """Read "end of the month", "sfârșitul lui martie", "last day of Q1": one day at the edge of a stretch."""
    if of_day := _END_OF_DAY.at(line, i):
        return of_day[0], Reading(Kind.OTHER)
    short = _SHORT_ENDS.at(line, i)
    if short:
        return short[0], Reading(Kind.DAY, day=EdgeOf(Calendar(short[1], 0)))
    found = _ENDS.at(line, i)
    if found is None:
        return None
    j = line.skip(found[0], ("lui", "."))
    stretch = named(line, j, told=True)
    if line.word(j) == "lunii" and line.word(j + 1) in ALL_MONTHS and stretch is None:
        stretch = named(line, j + 1, told=True)
    if stretch and not isinstance(stretch[1], Weekend):
        return stretch[0], Reading(Kind.DAY, day=EdgeOf(stretch[1], last=found[1]))
    if line.word(j) in _OWN and not (line.word(i) == "end" and found[0] == i + 1):
        unit = _OWN[line.word(j)]
        if line.word(j) in {"saptamana"}:
            return None
        return j + 1, Reading(Kind.DAY, day=EdgeOf(Calendar(unit, 0), last=found[1]))
    year = line.number(j)
    if year is not None and 1990 <= year <= 2099:
        return j + 1, Reading(Kind.DAY, day=EdgeOf(Months(1, 12, year), last=found[1]))
    if line.match(found[0], "saptamana") is not None:
        return found[0] + 1, UNCLEAR_DAY
    return None


_NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 0, "prima": 1, "ultima": 0} | {
    "1": 1,
    "2": 2,
    "3": 3,
    "4": 4,
}


def nth_weekday(line: Line, i: int) -> Found:
    """Read "the first monday of december", "ultima vineri din luna"."""
    nth = _NTH.get(line.word(i))
    j = i + 1
    if line.word(i).isdecimal():
        if line.word(j) not in {"st", "nd", "rd", "th"}:
            return None
        j += 1
    if line.match(i, "a", "doua") is not None:
        nth, j = 2, i + 2
    elif line.match(i, "a", "treia") is not None:
        nth, j = 3, i + 2
    weekday = WEEKDAYS.get(line.word(j))
    if nth is None or weekday is None:
        return None
    k = j + 1
    if line.word(k) not in {"of", "in", "din", "a", "al"}:
        return None
    k = line.skip(line.skip(k + 1, ("the",)), ("lui",))
    stretch = named(line, k, told=True)
    if stretch:
        return stretch[0], Reading(Kind.DAY, day=EdgeOf(stretch[1], last=nth == 0, weekday=weekday, nth=nth))
    if line.word(k) in _OWN and _OWN[line.word(k)] in {"month", "year", "quarter"}:
        return k + 1, Reading(
            Kind.DAY, day=EdgeOf(Calendar(_OWN[line.word(k)], 0), last=nth == 0, weekday=weekday, nth=nth)
        )
    return k, UNCLEAR_DAY


_VAGUE = frozenset(
    [
        "early",
        "mid",
        "middle",
        "beginning",
        "start",
        "late",
        "sometime",
        "inceputul",
        "inceput",
        "mijlocul",
        "mijloc",
        "cam",
        "aproximativ",
        "circa",
        "roughly",
        "towards",
        "toward",
        "catre",
        "spre",
        "half",
        "jumatatea",
        "prima",
        "a",
        "ultima",
        "first",
        "second",
        "third",
    ]
)


def week_of(line: Line, i: int) -> Found:
    """Read "the week of 30 november", "săptămâna din 30 noiembrie"."""
    if line.word(i) not in {"week", "saptamana"} or line.word(i + 1) not in {"of", "din"}:
        return None
    day = simple_day(line, line.skip(i + 2, ("the",)))
    if day and isinstance(day[1].day, CalendarDay):
        return day[0], _stretch(WeekOf(day[1].day))
    return None


_PART_OF = Phrases(
    dict.fromkeys(
        (
            "beginning of the", "beginning of", "the beginning of", "start of", "start of the", "the start of", "middle of", "middle of the",
            "mid", "early", "late", "early in", "late in", "sometime", "sometime in", "sometime this", "inceputul", "inceputul lui",
            "inceput de", "mijlocul", "mijlocul lui", "mijloc de", "jumatatea", "jumatatea lui", "first half of", "second half of",
            "first half of the", "second half of the", "first week of", "last week of", "second week of", "third week of",
            "first week in", "last week in", "first days of", "last days of", "prima saptamana din", "prima saptamana a", "ultima saptamana din",
            "a doua saptamana din", "prima parte a", "a doua jumatate a", "a doua parte a", "prima jumatate a", "cam prin", "prin",
            "towards the end of", "toward the end of", "spre sfarsitul", "catre sfarsitul", "spre finalul", "cam la sfarsitul", "around the end of",
            "about the end of", "in jurul", "in jurul datei de", "in jur de", "cam pe", "aproximativ pe", "aproximativ in", "around", "about",
            "on or about", "roughly", "cam in", "circa", "after", "before", "dupa", "inainte de", "inaintea", "inainte de sfarsitul", "pe la",
            "ultimele zile din", "ultimele zile ale", "primele zile din", "primele zile ale", "late on", "shortly after", "shortly before",
            "imediat dupa", "by early", "by late", "by mid", "no later than the start of", "at the beginning of", "toward", "towards", "spre",
            "around the", "after the", "before the", "about the", "mijlocul lunii", "inceputul lunii", "dupa data de", "inainte de data de",
        ),
        True,
    )
)  # fmt: skip


def part_of(line: Line, i: int) -> Found:
    """Swallow "early March", "around the 15th", "after friday": a time was meant that no day can stand for."""
    prefix = _PART_OF.at(line, i)
    if prefix is None:
        return None
    j = prefix[0]
    for words in (("-",), ("the",), ("lui",)):
        j = line.skip(j, words)
    day = longest([any_day(line, j), edge(line, j)])
    stretch = named(line, j, told=True)
    ends = [found[0] for found in (day, stretch) if found]
    if day and day[1].kind is not Kind.DAY:
        ends = [stretch[0]] if stretch else []
    if ends and not (day and day[1].weak and not stretch):
        return max(ends), UNCLEAR_DAY
    if line.word(j) in _OWN and line.word(i) not in {"after", "before", "about", "around", "dupa", "circa"}:
        return j + 1, UNCLEAR_DAY
    return None


_VAGUE_DAYS = Phrases(
    dict.fromkeys(
        (
            "in a few days", "in a few weeks", "in a few months", "in a couple of days", "in a couple of weeks", "a few days ago", "in several days",
            "a couple of days ago", "a few weeks ago", "peste cateva zile", "peste cateva saptamani", "peste cateva luni", "peste vreo",
            "in cateva zile", "acum cateva zile", "zilele astea", "zilele acestea", "zilele urmatoare", "one of these days", "the other day",
            "a doua zi", "the next day", "next day", "the following day", "the following week", "the day after", "the day before",
            "ziua urmatoare", "the week after next", "week after next", "the month after next", "saptamana cealalta", "zilele trecute", "cu o zi inainte",
            "the week after", "the week before last", "week before last", "some day", "someday", "cat de curand", "any day", "ultima luna",
            "ultima saptamana", "ultimul an", "ultimul trimestru", "past month", "past week", "past year", "the past month", "the past week",
            "over the past year", "urmatoarea zi", "acum cateva saptamani", "acum cateva luni", "in the coming days", "in the next few days",
            "sfarsit de saptamana", "a doua zi de craciun", "new year's eve", "craciun", "christmas", "easter", "paste", "pasti", "revelion",
            "christmas eve", "boxing day", "de craciun", "zi lucratoare", "peste cateva ore", "in a few hours", "in cateva ore", "acum cateva ore",
            "a few hours ago", "in a bit", "in a while", "azi noapte", "la noapte", "azi maine", "today or tomorrow", "azi sau maine",
        ),
        UNCLEAR_DAY,
    )
)  # fmt: skip


def vague(line: Line, i: int) -> Found:
    """Swallow "in a few days", "a doua zi": vague, or leaning on something unsaid."""
    found = _VAGUE_DAYS.at(line, i)
    if found is None:
        return None
    j = found[0]
    if line.word(i) == "peste" and line.word(j - 1) == "vreo":
        return j + 2, UNCLEAR_DAY
    return j, UNCLEAR_DAY


def inactive_for(line: Line, i: int) -> Found:
    """Read "for 3 months", "de 3 luni": how long nothing has happened, in a report."""
    if line.word(i) not in {"for", "de"}:
        return None
    j = line.skip(line.skip(i + 1, ("over", "peste")), ("the",))
    found = cardinal(line, j)
    if found is None:
        return None
    k = line.skip(found[0], ("de",))
    unit = UNITS.get(line.word(k))
    if unit not in _BIG | {"day"} or line.word(k + 1) in {"ago", "in"} or found[1] == 0:
        return None
    return k + 1, Reading(Kind.DURATION, stretch=Rolling(unit or "day", -found[1]))
