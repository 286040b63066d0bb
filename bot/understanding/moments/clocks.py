"""Grammar of hours in a message: "at 10", "ora 17:30", "pe la 3", "10-11", "friday 9"."""

from dataclasses import replace

from bot.understanding.moments.dates import is_measure, month_at
from bot.understanding.moments.dayparts import PARTS
from bot.understanding.moments.hours import ENGLISH_HOURS, figures, hour_at, in_words
from bot.understanding.moments.numerals import ordinal
from bot.understanding.moments.readings import UNCLEAR_CLOCK, Clock, Found, Kind, Reading
from bot.understanding.moments.tokens import Line, Phrases
from bot.understanding.moments.wordlist import wordset
from bot.understanding.moments.words import ALL_MONTHS, UNITS, WEEKDAYS

# Words before an hour. What stands first is tried first.
_PREFIXES = Phrases(
    dict.fromkeys(
        (
            "at", "la", "ora", "orele", "la ora", "la orele", "@", "pe la", "pe la ora", "around", "about", "at around", "at about",
            "by", "until", "till", "pana la", "pana la ora", "in jur de", "in jurul orei", "in jurul orelor", "cam la", "cam pe la",
            "after", "dupa ora", "before", "inainte de ora", "de la ora", "incepand cu ora", "pentru ora", "for", "dupa",
            "at roughly", "circa", "pe la orele", "de la orele", "inainte de", "from", "to",
        ),
        True,
    )
)  # fmt: skip


# These stand before other numbers as well ("for 3 cars", "by 2%"), so an hour after them must look like one.
_LOOSE = wordset("by until till after before for dupa around about inainte circa in from to")


_SURE_PREFIXES = frozenset(("at", "ora", "orele", "orei", "orelor", "@"))
_ANNOUNCING = frozenset(("from", "after", "before", "dupa", "around", "about", "until", "till", "by"))
# These are numbers, and other words as well ("la una din fete", "la noua mașină").
_OTHER_WORDS = frozenset(("one", "una", "unu", "noua", "doi"))
# Numbers after "at" and "la" are hours unless one of these follows.
_COUNTED = wordset(
    "clienti clientii oferte locuri oameni persoane firme masini dealeri agenti bucati colegi parti numere ani",
    "case usi luni zile clients offers people customers companies cars dealers agents places numbers doors",
)


def _bad_follower(line: Line, j: int, mark: str) -> bool:
    """Tell whether what follows shows that a plain number was no hour."""
    word = line.word(j)
    if mark in {"m", "s"}:
        return False
    if word == "luni" and line.number(j - 1) not in {1, 2, 3, 4, 5, 6, 12, 18, 24}:
        # "La 10 luni" is ten on Monday; "la 6 luni" may be six months.
        return False
    if is_measure(line, j) or word in _COUNTED or word in UNITS:
        return True
    if mark == ":":
        return False
    if month_at(line, j) or (word in {"of", "ale"}):
        return True
    if line.glued(j) and word and word not in {",", ".", ";", "!", "?", ")", "-", ":"}:
        return True
    return word in {".", ",", "-", "/", ":"} and line.glued(j) and line.glued(j + 1) and line.number(j + 1) is not None


def prefixed(line: Line, i: int) -> Found:
    """Read an hour that a word announces: "at 10", "ora 17:30", "pe la 3"."""
    prefix = _PREFIXES.at(line, i)
    if prefix is None:
        return None
    j = prefix[0]
    announced = line.word(j - 1) in _SURE_PREFIXES
    loose = not announced and line.word(i) in _LOOSE and line.word(j - 1) != "la"
    found = hour_at(line, j)
    if found is None or (ordinal(line, j) and line.number(j) is not None):
        return None
    end, clock, mark = found
    ranged = _clock_range(line, i, end, clock)
    if ranged:
        return ranged
    if _bad_follower(line, end, mark) or _range_of_measures(line, end):
        return None
    if mark == "." and not announced:
        return _dotted(line, j, end, clock, loose=loose)
    plain = mark in {"", "w"}
    if plain and loose and not (_may_announce(line, i) and _closes(line, end)):
        return None
    if plain and not announced and line.word(j) in _OTHER_WORDS and not _closes(line, end):
        return None
    if clock is None:
        return end, UNCLEAR_CLOCK
    if "sfert" in {line.word(end), line.word(end + 1), line.word(end + 2)} and mark in {"", "w"}:
        # "La 12 fra un sfert": which side of the hour was mistyped.
        return end, UNCLEAR_CLOCK
    choice = _choice(line, end)
    if choice:
        return choice, UNCLEAR_CLOCK
    # "Pe la 15" is about three o'clock, or about the 15th: a day beside it decides.
    weak = mark == "" and line.word(i) == "pe" and clock.hour > 12
    return end, Reading(Kind.CLOCK, clock=clock, weak=weak)


def _range_of_measures(line: Line, end: int) -> bool:
    """Tell whether the number begins "20 la 28 de mii", which are no hours."""
    second = _range_end(line, end)
    return second is not None and line.number(second) is not None and is_measure(line, second + 1)


def _may_announce(line: Line, i: int) -> bool:
    """Tell whether "by", "after" or "to" stands before an hour: "to 11" only where something is moved."""
    word = line.word(i)
    return word in _ANNOUNCING or (line.moves and word in {"from", "to"})


def _choice(line: Line, end: int) -> int | None:
    """Give the place after "or 11": of two hours none is sure."""
    if line.word(end) not in {"or", "sau", "ori"}:
        return None
    other = hour_at(line, line.skip(end + 1, ("at", "la")))
    return other[0] if other and other[1] and not _bad_follower(line, other[0], other[2]) else None


def _dotted(line: Line, j: int, end: int, clock: Clock | None, *, loose: bool) -> Found:
    """Tell "la 9.30" from "la 15.03" and from "la 12.10", which may be either."""
    month = line.number(j + 2) or 0
    day = line.number(j) or 0
    if 1 <= month <= 12 and 1 <= day <= 31:
        return (end, Reading(Kind.CLOCK, clock=clock, weak=True)) if month in {5, 10} and clock and not loose else None
    if loose:
        return None
    return end, Reading(Kind.CLOCK, clock=clock) if clock else UNCLEAR_CLOCK


def _closes(line: Line, j: int) -> bool:
    word = line.word(j)
    return word in {
        "",
        ",",
        ".",
        ";",
        "!",
        "?",
        ")",
        "with",
        "cu",
        "and",
        "si",
        "on",
        "to",
        "pt",
        "pentru",
    } or _day_follows(line, j)


def _day_follows(line: Line, j: int) -> bool:
    return line.word(j) in WEEKDAYS or line.word(j) in {
        "tomorrow",
        "today",
        "azi",
        "maine",
        "poimaine",
        "diseara",
        "astazi",
    }


def standing(line: Line, i: int) -> Found:
    """Read an hour that needs no announcing: "10:30", "3pm", "14h", "half past nine", "10 jumate"."""
    if (line.word(i - 1) in {":", "/", "€", "$", "+"} and line.glued(i)) or (
        line.word(i - 1) in {".", ",", "-"} and line.glued(i) and line.glued(i - 1)
    ):
        return None
    found = hour_at(line, i)
    if found is None or found[2] == "0":
        return None
    end, clock, mark = found
    if mark in {"", "w"}:
        named = PARTS.at(line, end)
        between = line.word(i - 1) in {"-", "to", "and"} or line.word(i - 1) in ALL_MONTHS
        return (
            (end, Reading(Kind.CLOCK, clock=clock))
            if named and clock and not between and line.word(end) != "noon"
            else None
        )
    if mark == ".":
        if _bad_follower(line, end, mark) or line.word(i - 1) in {"pe", "on", "data"}:
            return None
        return (end, Reading(Kind.CLOCK, clock=clock, weak=True)) if clock else None
    if mark == "h" and (line.word(i) in ENGLISH_HOURS or is_measure(line, end)):
        return None
    if mark == "h" and line.word(i + 1) == "h" and clock and clock.hour <= 7:
        # "2h" is a duration as soon as an hour.
        return None
    if clock is None:
        return end, UNCLEAR_CLOCK
    ranged = _clock_range(line, i, end, clock)
    if ranged:
        return ranged
    return end, Reading(Kind.CLOCK, clock=clock)


def bare(line: Line, i: int) -> Found:
    """Read a plain number as an hour; only asked right after a day: "friday 10", "mâine 15"."""
    if line.word(i - 1) in {"-", "/"} and line.glued(i):
        return None
    written = figures(line, i)
    if written is None or written[2] not in {"", "."} or ordinal(line, i):
        worded = in_words(line, i)
        if (
            worded is None
            or worded[1] is None
            or not _closes(line, worded[0])
            or line.word(i) in {"noua", "una", "unu", "one"}
        ):
            return None
        return worded[0], Reading(Kind.CLOCK, clock=worded[1])
    end, clock, mark = written
    if clock is None:
        return None
    ranged = _clock_range(line, i, end, clock)
    if ranged:
        return ranged
    if _bad_follower(line, end, mark) or not (_closes(line, end) or _opens_words(line, end)):
        return None
    return end, Reading(Kind.CLOCK, clock=replace(clock, bare=mark == ""))


def before_day(line: Line, i: int) -> Found:
    """Read a plain number right before a day as an hour: "10 tomorrow", "meeting 3 mâine"."""
    hour = line.number(i)
    if (
        hour is None
        or not 1 <= hour <= 20
        or len(line.word(i)) > 2
        or not _day_follows(line, i + 1)
        or line.glued(i + 1)
    ):
        return None
    if line.word(i + 1) == "luni":
        # Months as soon as Monday.
        return None
    before = line.word(i - 1)
    if before in _COUNTING_VERBS or before[:1].isdecimal() or before in ALL_MONTHS or (line.glued(i) and i):
        return None
    if hour < 8 and line.capital(i - 1):
        # "Clio 4 tomorrow": the number is the car's.
        return None
    return i + 1, Reading(Kind.CLOCK, clock=Clock(hour, sure=line.word(i)[0] == "0", bare=True))


_COUNTING_VERBS = wordset(
    "order buy sell send need take get want wants comanda cumpara vinde trimite vreau vrea ia ai au avem are last next ultimele",
    "urmatoarele peste in acum - / . , : € $ # with cu for pentru another alte alti inca plus minus x no nr",
)


def _opens_words(line: Line, j: int) -> bool:
    return line.word(j) in {
        "at", "la", "in", "for", "de", "despre", "test", "call", "meeting", "intalnire", "sun", "please", "te", "va", "pls", "instead",
        "dimineata", "seara", "dupa", "morning", "evening", "thanks", "mersi", "multumesc", "sharp", "fix", "or", "sau", "-",
    }  # fmt: skip


_RANGE_WORDS = frozenset(("-", "to", "until", "till"))


def _range_end(line: Line, j: int) -> int | None:
    """Give the place of the second hour where a range goes on."""
    if line.word(j) in _RANGE_WORDS:
        return j + 1
    for words in (("pana", "la"), ("pana", "la", "ora"), ("la",)):
        after = line.match(j, *words)
        if after is not None:
            return after
    return None


def _clock_range(line: Line, i: int, end: int, clock: Clock | None) -> Found:
    """Read "from 10 to 11", "10-11", "de la 10 la 11:30": it begins at its first hour."""
    second = _range_end(line, end)
    if second is None or clock is None:
        return None
    joint = line.word(end)
    if line.moves and joint != "-":
        return None
    opened = line.word(i) == "from" or (line.word(i) == "de" and line.word(i + 1) == "la")
    if joint in {"to", "la"} and not opened:
        return None
    found = hour_at(line, second)
    if found is None or found[1] is None or _bad_follower(line, found[0], found[2]):
        return None
    if (
        joint == "-"
        and found[2] in {"", "w"}
        and found[0] < len(line)
        and not (_closes(line, found[0]) or _opens_words(line, found[0]))
    ):
        return None
    until = found[1]
    if found[2] == "m" and not clock.sure and until.hour >= 12 and clock.hour + 12 <= until.hour:
        clock = Clock(clock.hour + 12, clock.minute, sure=True)
    elif found[2] == "m" and not clock.sure:
        clock = replace(clock, sure=True)
    return found[0], Reading(Kind.CLOCK, clock=clock, until=until)


def opened_range(line: Line, i: int) -> Found:
    """Read "from 10 to 11" and "de la 10 la 11"; "between 10 and 12" leaves the hour open."""
    if line.word(i) == "from" or line.match(i, "de", "la") is not None:
        j = i + 1 if line.word(i) == "from" else line.skip(i + 2, ("ora",))
        found = hour_at(line, j)
        return _clock_range(line, i, found[0], found[1]) if found and found[2] != "." else None
    if line.word(i) in {"between", "intre"}:
        j = line.skip(i + 1, ("ora", "orele"))
        # Not with its fraction: "între 10 și 12" is no twelve past ten.
        written = figures(line, j) or in_words(line, j)
        if written and line.word(written[0]) in {"and", "si", "-"}:
            second = hour_at(line, line.skip(written[0] + 1, ("ora",)))
            if second and not _bad_follower(line, second[0], second[2]):
                return second[0], UNCLEAR_CLOCK
    return None
