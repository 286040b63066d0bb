"""Grammar of periods from one day to another: "1-15 noiembrie", "since monday", "year to date", "de luni până vineri"."""

from dataclasses import replace

from bot.understanding.moments.dates import is_measure, month_at, year_at
from bot.understanding.moments.days import simple_day
from bot.understanding.moments.expressions import CalendarDay, DayExpression
from bot.understanding.moments.numerals import cardinal, ordinal
from bot.understanding.moments.offsets import any_day
from bot.understanding.moments.periods import Between, Calendar, MonthRun, Months, NamedStretch, Since
from bot.understanding.moments.readings import UNCLEAR_DAY, Found, Kind, Reading, longest
from bot.understanding.moments.stretches import named, stretch_reading
from bot.understanding.moments.tokens import Line, Phrases
from bot.understanding.moments.wordlist import wordset
from bot.understanding.moments.words import ALL_MONTHS, ROMANIAN_SHIFTS

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
            (j + 1, UNCLEAR_DAY)
            if line.word(j) in ROMANIAN_SHIFTS
            else (j, stretch_reading(Since(Calendar(to_date[1], 0))))
        )
    j = i
    if line.word(i) == "since" or (line.idle and line.word(i) in {"din", "from"}):
        j = i + 1
    elif line.word(i) == "incepand" and line.word(i + 1) in {"cu", "din", "de"}:
        j = i + 2
        j = line.skip(j, ("luna",)) if line.word(j + 1) in ALL_MONTHS else j
    else:
        return None
    start = _edge(line, j)
    if start and line.word(i) in {"din", "from"} and line.word(start[0]) in {"pana", "to", "until", "-", "la"}:
        return None
    if start is None:
        return None
    # "Începând de luni" looks ahead in a plan and back in a report.
    reading = stretch_reading(Since(start[1]))
    return start[0], reading if line.word(i) != "incepand" else replace(reading, kind=Kind.DURATION)


def _edge(line: Line, i: int) -> tuple[int, DayExpression | NamedStretch] | None:
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


_NOW = wordset("now today azi acum astazi prezent present")


def between(line: Line, i: int) -> Found:
    """Read "from 1 to 15 november", "între 1 și 15 noiembrie", "1-15 noiembrie", "monday to friday", "october - december"."""
    opener = ""
    j = i
    if line.moves and line.word(i) in {"from", "de", "din"}:
        return None
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
    if opener == "de" and line.word(i + 1) == "la" and isinstance(start[1].day, CalendarDay) and start[1].day.month:
        run = longest([run, (start[0], Reading(Kind.DURATION, stretch=Since(start[1].day)))])
    joint = _joint(line, start[0], opener)
    if joint is None:
        return run
    k = joint
    for words in (("the", "pe"), ("data",), ("de",)):
        k = line.skip(k, words)
    if line.word(k) in _NOW and opener:
        return k + 1, stretch_reading(Since(start[1].day))
    end = simple_day(line, k)
    if end is None and opener and (line.word(k - 1) in {"the", "pe", "de"} or ordinal(line, k)):
        # "Between 10 and 12" may be hours, prices or days; "de pe 10 până pe 12" are days.
        end = _bare_day(line, k)
    if end is None or end[1].day is None:
        return run
    if not opener and not _same_shape(start[1].day, end[1].day, line, start[0]):
        return run
    return longest([run, (end[0], stretch_reading(Between(start[1].day, end[1].day)))])


def _same_shape(first: DayExpression, last: DayExpression, line: Line, joint: int) -> bool:
    """Without "from" only like days make a stretch, joined by a mark or "to": "1-15 november", "monday to friday"."""
    if line.word(joint) in {"and", "si", "la", "till"} or type(first) is not type(last):
        return False
    if isinstance(first, CalendarDay) and isinstance(last, CalendarDay):
        return last.month is not None or last.month_shift is not None
    # "Move it from friday to monday" is no stretch; "monday-friday" is.
    return (
        line.word(joint) == "-"
        or line.match(joint, "pana") is not None
        or line.word(joint) == "through"
        or (line.word(joint) == "to" and not line.moves)
    )


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
        return joint + 1, stretch_reading(Since(Months(first[1])))
    last = month_at(line, joint)
    if last is None:
        return None
    year = year_at(line, last[0])
    after = line.number(last[0])
    if after is not None and year[1] is None:
        return None
    return year[0] if year[1] else last[0], stretch_reading(MonthRun(first[1], last[1], year[1]))
