"""Grammar of days at the edge of a period: "end of the month", "ultima vineri din luna", and of the week around a day."""

from bot.understanding.moments.days import simple_day
from bot.understanding.moments.expressions import CalendarDay, EdgeOf
from bot.understanding.moments.periods import Calendar, Months, Weekend, WeekOf
from bot.understanding.moments.readings import UNCLEAR_DAY, Found, Kind, Reading
from bot.understanding.moments.stretches import named, stretch_reading
from bot.understanding.moments.tokens import Line, Phrases
from bot.understanding.moments.words import ALL_MONTHS, WEEKDAYS

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


OWN_UNITS = {
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
    if line.word(j) in OWN_UNITS and not (line.word(i) == "end" and found[0] == i + 1):
        unit = OWN_UNITS[line.word(j)]
        if line.word(j) == "saptamana":
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
    i = line.skip(i, ("the",))
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
    if line.word(k) in OWN_UNITS and OWN_UNITS[line.word(k)] in {"month", "year", "quarter"}:
        return k + 1, Reading(
            Kind.DAY, day=EdgeOf(Calendar(OWN_UNITS[line.word(k)], 0), last=nth == 0, weekday=weekday, nth=nth)
        )
    return k, UNCLEAR_DAY


def week_of(line: Line, i: int) -> Found:
    """Read "the week of 30 november", "săptămâna din 30 noiembrie"."""
    if line.word(i) not in {"week", "saptamana"} or line.word(i + 1) not in {"of", "din"}:
        return None
    day = simple_day(line, line.skip(i + 2, ("the",)))
    if day and isinstance(day[1].day, CalendarDay):
        return day[0], stretch_reading(WeekOf(day[1].day))
    return None
