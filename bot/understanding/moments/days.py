"""Grammar of days that lean on today: weekdays, "tomorrow", "in 3 days", "a week from friday", "end of the month"."""

from bot.understanding.moments.dates import day_and_month, day_of_month, month_and_day, numeric
from bot.understanding.moments.expressions import (
    CalendarDay,
    DayExpression,
    From,
    NextOrComing,
    Shift,
    Weekday,
    WeekdayOfWeek,
)
from bot.understanding.moments.numerals import SMALL
from bot.understanding.moments.readings import UNCLEAR_DAY, Found, Kind, Reading, longest
from bot.understanding.moments.tokens import Line, Phrases
from bot.understanding.moments.wordlist import wordset
from bot.understanding.moments.words import (
    ARTICLED_WEEKDAYS,
    ENGLISH_SHIFTS,
    EVENING,
    MORNING,
    OWNED_BY_A_DAY,
    PLURAL_WEEKDAYS,
    RISKY_WEEKDAYS,
    ROMANIAN_SHIFTS,
    ROMANIAN_SHIFTS_BEFORE,
    SHORT_WEEKDAYS,
    WEEKDAYS,
    WEEKS,
)


def _day(expression: DayExpression, part: str | None = None) -> Reading:
    return Reading(Kind.DAY, day=expression, part=part)


_RELATIVE = Phrases(
    {
        "2 moro": _day(Shift("day", 1)),
        "today": _day(Shift("day", 0)),
        "azi": _day(Shift("day", 0)),
        "astazi": _day(Shift("day", 0)),
        "tomorrow": _day(Shift("day", 1)),
        "maine": _day(Shift("day", 1)),
        "yesterday": _day(Shift("day", -1)),
        "ieri": _day(Shift("day", -1)),
        "day after tomorrow": _day(Shift("day", 2)),
        "the day after tomorrow": _day(Shift("day", 2)),
        "poimaine": _day(Shift("day", 2)),
        "raspoimaine": _day(Shift("day", 3)),
        "day before yesterday": _day(Shift("day", -2)),
        "the day before yesterday": _day(Shift("day", -2)),
        "alaltaieri": _day(Shift("day", -2)),
        "tonight": _day(Shift("day", 0), EVENING),
        "tonite": _day(Shift("day", 0), EVENING),
        "diseara": _day(Shift("day", 0), EVENING),
        "deseara": _day(Shift("day", 0), EVENING),
        "asta seara": _day(Shift("day", 0), EVENING),
        "astaseara": _day(Shift("day", 0), EVENING),
        "in seara asta": _day(Shift("day", 0), EVENING),
        "in aceasta seara": _day(Shift("day", 0), EVENING),
        "aseara": _day(Shift("day", -1), EVENING),
        "last night": _day(Shift("day", -1), EVENING),
        "this morning": _day(Shift("day", 0), MORNING),
        "in dimineata asta": _day(Shift("day", 0), MORNING),
        "dimineata asta": _day(Shift("day", 0), MORNING),
        "in aceasta dimineata": _day(Shift("day", 0), MORNING),
        "this afternoon": _day(Shift("day", 0), "afternoon"),
        "dupa amiaza asta": _day(Shift("day", 0), "afternoon"),
        "dupa masa asta": _day(Shift("day", 0), "afternoon"),
        "in dupa amiaza asta": _day(Shift("day", 0), "afternoon"),
        "this evening": _day(Shift("day", 0), EVENING),
        "seara asta": _day(Shift("day", 0), EVENING),
    }
)


def relative(line: Line, i: int) -> Found:
    """Read "tomorrow", "poimâine", "tonight"."""
    return _RELATIVE.at(line, i)


_HOUR_FOLLOWS = frozenset(("at", "la", "ora", "orele", "@"))


def _weekday_name(line: Line, i: int) -> tuple[int, int] | None:
    word = line.word(i)
    if line.word(i + 1) == "." and line.glued(i + 1) and line.glued(i + 2) and line.word(i + 2).isalpha():
        # "monday.com"
        return None
    if word in WEEKDAYS:
        return None if word == "luni" and _counts_months(line, i) else (i + 1, WEEKDAYS[word])
    if word in PLURAL_WEEKDAYS and line.word(i + 1) in OWNED_BY_A_DAY:
        return i + 1, PLURAL_WEEKDAYS[word]
    if word in SHORT_WEEKDAYS:
        return line.skip(i + 1, (".",)) if line.glued(i + 1) else i + 1, SHORT_WEEKDAYS[word]
    if word not in RISKY_WEEKDAYS or line.word(i - 1) == "-" or line.word(i + 1) == "-":
        return None
    j = line.skip(i + 1, (".",)) if line.glued(i + 1) else i + 1
    before = line.word(i - 1)
    told = word in {"sat", "sun"} and before in {"on", "next", "this", "last", "by", "until", "till", "to"}
    # "Sun la 10" is Romanian for "I call at ten".
    hours = ("at", "@") if word == "sun" else ("at", "@", "ora", "orele") if word == "sat" else _HOUR_FOLLOWS
    hour = word in _SAFER and line.word(j) in hours and line.number(j + 1) is not None
    figure = line.number(j) is not None and (_looks_timed(line, j) or word == "sat") and before not in {"i", "we"}
    hour = hour and before not in {"i", "we", "he", "she", "they"}
    told = told or hour or figure
    return (j, RISKY_WEEKDAYS[word]) if told else None


def _looks_timed(line: Line, j: int) -> bool:
    """Tell whether figures are an hour or a date on their own: "10:30", "15.03", "9am"."""
    pair = line.word(j + 1) in {":", "."} and line.glued(j + 1) and line.glued(j + 2) and len(line.word(j + 2)) == 2
    return pair or line.word(j + 1) in {"am", "pm"}


_SAFER = frozenset(("sat", "sun", "jo", "sb", "lu", "du", "dum", "sam"))


_MANY = wordset("cateva multe ultimele urmatoarele primele cate aceste putine")


def _counts_months(line: Line, i: int) -> bool:
    """Tell "3 luni" (three months) from "la 10 luni" (at ten on Monday)."""
    before = line.word(i - 1)
    if line.word(i - 2) in {"peste", "acum", "in"} and before not in {"pe", "de", "cu"}:
        # "Peste X luni", whatever X was meant to be.
        return True
    if before in _MANY or (before == "de" and line.number(i - 2) is not None):
        return True
    number = line.number(i - 1) if i else None
    number = number if number is not None else (SMALL.get(before) if i else None)
    if number is None or (line.word(i - 2) in {":", "."} and line.glued(i - 1)):
        return False
    return line.word(i - 2) not in {"la", "ora", "orele"} or (
        line.word(i - 2) == "la" and number in {1, 2, 3, 4, 5, 6, 12, 18, 24}
    )


def date_after_weekday(line: Line, i: int) -> Found:
    """Read "27" after "friday", and any day before an hour ("joi 3 la 10"); only asked right after a weekday."""
    day = line.number(i)
    if day is None or len(line.word(i)) > 2 or not 1 <= day <= 31:
        return None
    following = line.word(i + 1)
    hour_follows = following in {"at", "la", "ora", "orele", "@"} and line.number(i + 2) is not None
    closed = following in {"", ",", ".", ";", "!", "?"} and not (line.glued(i + 1) and line.number(i + 2) is not None)
    if hour_follows or (
        day > 24 and (closed or following in {"with", "cu", "for", "pentru", "morning", "dimineata", "seara"})
    ):
        return i + 1, _day(CalendarDay(day))
    return None


def week_shift(line: Line, i: int) -> tuple[int, int] | None:
    """Read "next week", "săptămâna viitoare": the place after it, and how many weeks on."""
    j = line.skip(i, ("of", "from", "din", "de", "in", "a", "the"))
    if line.word(j) in ENGLISH_SHIFTS and line.word(j + 1) in {"week", "wk"}:
        return j + 2, ENGLISH_SHIFTS[line.word(j)]
    if line.word(j) in WEEKS and line.word(j + 1) in ROMANIAN_SHIFTS:
        return j + 2, ROMANIAN_SHIFTS[line.word(j + 1)]
    if line.word(j) in WEEKS and line.word(j + 1) == "." and line.word(j + 2) in ROMANIAN_SHIFTS:
        return j + 3, ROMANIAN_SHIFTS[line.word(j + 2)]
    if line.word(j) in ROMANIAN_SHIFTS_BEFORE and line.word(j + 1) in WEEKS:
        return j + 2, ROMANIAN_SHIFTS_BEFORE[line.word(j)]
    return None


def weekday(line: Line, i: int) -> Found:
    """Read a weekday with what is said of its week: "next friday", "vinerea viitoare", "friday week", "luni care vine"."""
    word = line.word(i)
    before: int | None = None
    start = i
    if word in {"this", "last", "next", "coming", "upcoming", "past", "following"}:
        start = i + 1
        if word == "this" and line.word(i + 1) in {"coming", "past"}:
            start, word = i + 2, line.word(i + 1)
        before = {"this": 0, "next": 1, "last": -1, "past": -1}.get(word)
    elif word in {"urmatoarea", "viitoarea", "aceasta"}:
        start = i + 1
    articled = ARTICLED_WEEKDAYS.get(line.word(start))
    name = (start + 1, articled) if articled is not None else _weekday_name(line, start)
    if name is None:
        return None
    j, number = name
    if word == "following":
        return j, UNCLEAR_DAY
    if word == "urmatoarea":
        return j, _day(NextOrComing(number))
    if word in {"viitoarea", "aceasta"}:
        return j, _day(Weekday(number, {"viitoarea": 1, "aceasta": 0}[word]))
    if start > i:
        return _no_afterthought(line, j, Weekday(number, before))
    return _with_suffix(line, j, number, articled=articled is not None)


def _no_afterthought(line: Line, j: int, expression: DayExpression) -> Found:
    if line.word(j) == "after" or week_shift(line, j):
        return j + 2, UNCLEAR_DAY
    return j, _day(expression)


def _with_suffix(line: Line, j: int, number: int, *, articled: bool) -> Found:
    following = line.word(j)
    week = week_shift(line, line.skip(j, (",",)))
    if week:
        return week[0], _day(WeekdayOfWeek(number, week[1]))
    if following in {"urmatoare", "urmatoarea", "urmator"}:
        return j + 1, _day(NextOrComing(number))
    if following in ROMANIAN_SHIFTS:
        return j + 1, _day(Weekday(number, ROMANIAN_SHIFTS[following]))
    if following in {"care", "ce"} and line.word(j + 1) in {"vine", "urmeaza"}:
        return j + 2, _day(Weekday(number))
    if following in {"care", "ce"} and line.word(j + 1) == "a" and line.word(j + 2) == "trecut":
        return j + 3, _day(Weekday(number, -1))
    if following == "week" and line.word(j + 1) not in {"of", "report", "agenda"}:
        return j + 1, _day(From(Weekday(number), "week", 1))
    if following in {"next", "gone", "last", "past", "prior"}:
        return j + 1, UNCLEAR_DAY
    if following in {"after", "before", "dupa"} and not _hour_ahead(line, j + 1):
        return j + 1 + (line.word(j + 1) in {"next", "this", "that"}), UNCLEAR_DAY
    if following in {"cealalta", "ailalta"}:
        return j + 1, UNCLEAR_DAY
    if following in WEEKS:
        # Some week was meant.
        return j + 1, UNCLEAR_DAY
    return None if articled else (j, _day(Weekday(number)))


def week_then_weekday(line: Line, i: int) -> Found:
    """Read "next week on friday", "săptămâna viitoare, vineri"."""
    week = week_shift(line, i)
    if week is None:
        return None
    j = week[0]
    for words in ((",",), ("on", "pe", "de")):
        j = line.skip(j, words)
    name = _weekday_name(line, j)
    return (name[0], _day(WeekdayOfWeek(name[1], week[1]))) if name else None


def _hour_ahead(line: Line, i: int) -> bool:
    """Tell whether an hour may begin at `i`: "friday after 5", "vineri după ora 15", "vineri după-amiază"."""
    word = line.word(i)
    named = word in SMALL or word in {
        "noon",
        "ora",
        "orele",
        "lunch",
        "work",
        "half",
        "quarter",
        "a",
        "pranz",
        "-",
        "amiaza",
        "amiaz",
        "masa",
    }
    return line.number(i) is not None or named


_SIMPLE = (relative, weekday, week_then_weekday, day_and_month, month_and_day, day_of_month, numeric)


def simple_day(line: Line, i: int) -> Found:
    """Read any day that is named outright."""
    return longest([rule(line, i) for rule in _SIMPLE])
