"""Grammar of hours: "at 10", "half past nine", "10 fără un sfert", "14h", "ora 17:30", "10-11"."""

from dataclasses import replace

from bot.understanding.moments.dates import is_measure, month_at
from bot.understanding.moments.numerals import cardinal, ordinal, spelled
from bot.understanding.moments.readings import UNCLEAR_CLOCK, Clock, Found, Kind, Reading
from bot.understanding.moments.tokens import Line, Phrases
from bot.understanding.moments.words import AFTERNOON, EVENING, MORNING, NOON, UNITS

Hour = tuple[int, Clock]

# Words before an hour. What stands first is tried first.
_PREFIXES = Phrases(
    dict.fromkeys(
        (
            "at", "la", "ora", "orele", "la ora", "la orele", "@", "pe la", "pe la ora", "around", "about", "at around", "at about",
            "by", "until", "till", "pana la", "pana la ora", "in jur de", "in jurul orei", "in jurul orelor", "cam la", "cam pe la",
            "after", "dupa ora", "before", "inainte de ora", "de la ora", "incepand cu ora", "pentru ora", "for", "dupa",
            "at roughly", "circa", "pe la orele", "de la orele", "inainte de", "from",
        ),
        True,
    )
)  # fmt: skip
# These stand before other numbers as well ("for 3 cars", "by 2%"), so an hour after them must look like one.
_LOOSE = frozenset(
    ("by", "until", "till", "after", "before", "for", "dupa", "around", "about", "inainte", "circa", "in", "from")
)
_MERIDIEMS = {"am": False, "pm": True, "a": False, "p": True}


def _meridiem(line: Line, j: int) -> tuple[int, bool] | None:
    """Read am or pm: the place after it, and whether it is pm."""
    word = line.word(j)
    if word in {"am", "pm"}:
        # "am" is Romanian for "I have": only glued to its hour, or not followed by what one has.
        if word == "am" and not line.glued(j) and line.word(j - 1).isdecimal() and line.word(j + 1) in _HAVE:
            return None
        return j + 1, word == "pm"
    if word in {"a", "p"}:
        k = line.skip(j + 1, (".",))
        if line.word(k) == "m" and (k == j + 2 or line.glued(k)):
            return (line.skip(k + 1, (".",)) if line.glued(k + 1) and k == j + 2 else k + 1), word == "p"
    return None


_HAVE = frozenset(
    [
        "intalnire",
        "o",
        "un",
        "sunat",
        "vorbit",
        "fost",
        "trimis",
        "fixat",
        "stabilit",
        "programat",
        "test",
        "vazut",
        "discutat",
        "de",
        "avut",
        "doua",
        "doi",
    ]
)


def _with_meridiem(line: Line, j: int, clock: Clock) -> tuple[int, Clock | None]:
    found = _meridiem(line, j)
    if found is None:
        return j, clock
    if clock.hour == 0 or clock.hour > 12:
        # "15:00 pm" says the same twice, "15:00 am" contradicts itself.
        return found[0], replace(clock, sure=True) if found[1] and clock.hour > 12 else None
    return found[0], Clock(clock.hour % 12 + (12 if found[1] else 0), clock.minute, sure=True)


def _is_clock(hour: int, minute: int) -> bool:
    return 0 <= hour <= 23 and 0 <= minute <= 59


def figures(line: Line, i: int) -> tuple[int, Clock | None, str] | None:
    """Read the hour in figures: the place after it, the hour (none where impossible), and the mark between (":", ".", "h", "")."""
    hour = line.number(i)
    if hour is None or len(line.word(i)) > 2:
        return _four_figures(line, i)
    sure = hour > 12 or (len(line.word(i)) == 2 and line.word(i)[0] == "0") or hour == 0
    mark = line.word(i + 1)
    minute = line.number(i + 2)
    if (
        mark in {":", ".", "h", ","}
        and line.glued(i + 1)
        and line.glued(i + 2)
        and minute is not None
        and len(line.word(i + 2)) == 2
    ):
        j = i + 3
        if mark == ":" and line.word(j) == ":" and line.number(j + 1) is not None and line.glued(j):
            j += 2
        if mark == "h":
            j = line.skip(j, ("m", "min"))
        elif line.word(j) == "h" and line.glued(j):
            j, sure = j + 1, True
        if (
            line.word(j) in {".", ",", ":", "/", "-"}
            and line.glued(j)
            and line.glued(j + 1)
            and line.number(j + 1) is not None
            and mark == "."
        ):
            return None
        if mark == ",":
            return None
        clock = Clock(hour, minute, sure=sure or mark == "h") if _is_clock(hour, minute) else None
        return j, clock, mark
    if mark == "h" and (line.glued(i + 1) or hour > 12) and not (line.number(i + 2) is not None and line.glued(i + 2)):
        return i + 2, Clock(hour, sure=sure) if _is_clock(hour, 0) else None, "h"
    if mark in {"o'clock", "oclock"}:
        return i + 2, Clock(hour, sure=sure) if _is_clock(hour, 0) else None, "h"
    if mark == "o" and line.word(i + 2) == "clock":
        return i + 3, Clock(hour, sure=sure) if _is_clock(hour, 0) else None, "h"
    if mark == "hrs" and hour > 12:
        return i + 2, Clock(hour, sure=True) if _is_clock(hour, 0) else None, "h"
    return i + 1, Clock(hour, sure=sure) if _is_clock(hour, 0) else None, ""


def _four_figures(line: Line, i: int) -> tuple[int, Clock | None, str] | None:
    word = line.word(i)
    if len(word) != 4 or not word.isdecimal():
        return None
    hour, minute = int(word[:2]), int(word[2:])
    military = line.word(i + 1) in {"h", "hrs"}
    if not _is_clock(hour, minute) or not (military or word[0] == "0"):
        return None
    return i + 2 if military else i + 1, Clock(hour, minute, sure=True), "0"


def _fraction(line: Line, j: int, clock: Clock) -> tuple[int, Clock | None] | None:
    """Read what follows a whole hour: "jumate", "și un sfert", "fără 10", "thirty"."""
    word = line.word(j)
    k = j + 1
    if word in {"jumate", "jumatate"}:
        return k, replace(clock, minute=30)
    if word == "si":
        if line.word(k) in {"jumate", "jumatate"}:
            return k + 1, replace(clock, minute=30)
        if line.word(k) == "un" and line.word(k + 1) == "sfert":
            return k + 2, replace(clock, minute=15)
        if line.word(k) == "sfert":
            return k + 1, replace(clock, minute=15)
        if line.word(k) == "ceva":
            return k + 1, None
        minutes = cardinal(line, k)
        if minutes and 1 <= minutes[1] <= 59:
            return _minutes_end(line, minutes[0], replace(clock, minute=minutes[1]))
        return None
    if word == "fara":
        if line.word(k) in {"un", "sfert"}:
            end = (
                k + 2
                if line.word(k) == "un" and line.word(k + 1) == "sfert"
                else k + 1
                if line.word(k) == "sfert"
                else None
            )
            return (end, _earlier(clock, 15)) if end else None
        minutes = cardinal(line, k)
        if minutes and 1 <= minutes[1] <= 30:
            return _minutes_end(line, minutes[0], _earlier(clock, minutes[1]))
    return None


def _minutes_end(line: Line, j: int, clock: Clock) -> tuple[int, Clock] | None:
    if line.word(j) in {"minute", "min", "minut"}:
        return j + 1, clock
    if line.word(j) == "de" and line.word(j + 1) in {"minute", "min"}:
        return j + 2, clock
    if is_measure(line, j) or month_at(line, j) or line.word(j) in {"jumate", "jumatate"}:
        return None
    following = line.word(j)
    if following and (following in {":", "h"} or (following in {".", "/"} and line.glued(j + 1))) and line.glued(j):
        return None
    return j, clock


def _earlier(clock: Clock, minutes: int) -> Clock:
    hour = clock.hour - 1
    if hour < 0:
        hour = 23
    elif hour == 0 and not clock.sure:
        hour = 12
    return Clock(hour, 60 - minutes, clock.sure)


def _in_words(line: Line, i: int) -> tuple[int, Clock | None] | None:
    """Read "ten", "nine thirty", "zece", "douăzeci", "a noua"."""
    found = spelled(line, i)
    if found is None or not 0 < found[1] <= 23:
        return None
    j, hour = found
    clock = Clock(hour, sure=hour > 12)
    for words in (("o'clock",), ("oclock",)):
        j = line.skip(j, words)
    minutes = spelled(line, j)
    if (
        minutes
        and minutes[1] in {15, 20, 25, 30, 40, 45, 50, 55, 10}
        and not is_measure(line, minutes[0])
        and line.word(i) in _ENGLISH
    ):
        return minutes[0], replace(clock, minute=minutes[1])
    return j, clock


_ENGLISH = frozenset(
    ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
)
_HALF_PAST = frozenset(("half",))


def _spoken_english(line: Line, i: int) -> tuple[int, Clock | None] | None:
    """Read "half past nine", "quarter to 5", "ten past three", "twenty to six", "half nine"."""
    j = line.skip(i, ("a",))
    minutes: int | None = None
    in_figures = False
    if line.word(j) == "half":
        minutes, j = 30, j + 1
    elif line.word(j) == "quarter":
        minutes, j = 15, j + 1
    else:
        found = cardinal(line, j)
        if found is None or not 1 <= found[1] <= 29:
            return None
        in_figures = line.word(j).isdecimal()
        minutes, j = found[1], found[0]
        told = line.word(j) in {"minutes", "mins", "min"}
        j = j + 1 if told else j
        in_figures = in_figures and not told
    joint = line.word(j)
    if joint in {"past", "to", "after", "till", "before"} and not (joint != "past" and (in_figures or minutes == 30)):
        hour = _plain_hour(line, j + 1)
        if hour is None or (
            joint != "past" and minutes not in {5, 10, 15, 20, 25} and line.word(j - 1) not in {"minutes", "min"}
        ):
            return None
        whole = Clock(hour[1], sure=hour[2])
        return hour[0], replace(whole, minute=minutes) if joint in {"past", "after"} else _earlier(whole, minutes)
    if minutes == 30 and line.word(j - 1) == "half" and line.word(i) == "half":
        hour = _plain_hour(line, j)
        return (hour[0], Clock(hour[1], 30, sure=hour[2])) if hour and hour[1] <= 12 else None
    return None


def _plain_hour(line: Line, i: int) -> tuple[int, int, bool] | None:
    found = cardinal(line, i)
    if (
        found is None
        or not 0 <= found[1] <= 23
        or is_measure(line, found[0])
        or (line.word(found[0]) in {":", ".", "%"} and line.glued(found[0] + 1))
    ):
        return None
    j = found[0] + 1 if line.word(found[0]) in {"o'clock", "oclock"} else found[0]
    return j, found[1], found[1] > 12 or found[1] == 0


# Numbers after "at" and "la" are hours unless one of these follows.
_COUNTED = frozenset(
    [
        "clienti",
        "clientii",
        "oferte",
        "locuri",
        "oameni",
        "persoane",
        "firme",
        "masini",
        "dealeri",
        "agenti",
        "bucati",
        "colegi",
        "parti",
        "numere",
        "ani",
        "case",
        "usi",
        "luni",
        "zile",
        "clients",
        "offers",
        "people",
        "customers",
        "companies",
        "cars",
        "dealers",
        "agents",
        "places",
        "numbers",
        "doors",
    ]
)


def _hour(line: Line, i: int) -> tuple[int, Clock | None, str] | None:
    """Read an hour without its prefix: the place after it, the hour, and its mark ("w" for one in words)."""
    spoken = _spoken_english(line, i)
    if spoken:
        j, clock = spoken
        mark = "s"
    else:
        written = figures(line, i)
        if written is None:
            worded = _in_words(line, i)
            if worded is None:
                return None
            j, clock, mark = *worded, "w"
        else:
            j, clock, mark = written
        if clock and clock.minute == 0 and mark in {"", "w", "h"}:
            fraction = _fraction(line, j, clock)
            if fraction:
                j, clock, mark = fraction[0], fraction[1], "s"
    before = j
    if clock:
        j, clock = _with_meridiem(line, j, clock)
        mark = "m" if j > before else mark
    j = _and_exactly(line, j)
    return j, clock, mark


def _and_exactly(line: Line, j: int) -> int:
    return j + 1 if line.word(j) in {"sharp", "fix", "punct", "exact"} else j


def _bad_follower(line: Line, j: int, mark: str) -> bool:
    """Tell whether what follows shows that a plain number was no hour."""
    word = line.word(j)
    if mark in {"m", "s"}:
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
    told = line.word(j - 1) in {"at", "ora", "orele", "orei", "orelor", "@"}
    loose = not told and line.word(i) in _LOOSE and line.word(j - 1) != "la"
    found = _hour(line, j)
    if found is None or (ordinal(line, j) and line.number(j) is not None):
        return None
    end, clock, mark = found
    if mark == "" and _range_end(line, end) is not None:
        return _clock_range(line, i, j, end, clock)
    if _bad_follower(line, end, mark):
        return None
    if mark == "." and not told:
        return _dotted(line, j, end, clock, loose=loose)
    if (
        loose
        and mark in {"", "w"}
        and not (
            line.word(i) in {"after", "before", "dupa", "around", "about", "until", "till", "by"} and _closes(line, end)
        )
    ):
        return None
    if mark == "w" and not told and line.word(j) in {"one", "una", "unu", "noua", "doi"} and not _closes(line, end):
        return None
    if clock is None:
        return end, UNCLEAR_CLOCK
    ranged = _clock_range(line, i, j, end, clock)
    if ranged:
        return ranged
    if line.word(i) == "pe" and mark == "" and line.word(j - 1) == "la" and clock.hour > 12:
        # "Pe la 15" is about three o'clock, or about the 15th: a day beside it decides.
        return end, Reading(Kind.CLOCK, clock=clock, weak=True)
    return end, Reading(Kind.CLOCK, clock=clock)


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
    from bot.understanding.moments.words import WEEKDAYS

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
    found = _hour(line, i)
    if found is None or found[2] in {"", "w", "0"}:
        return None
    end, clock, mark = found
    if mark == "." or (mark == "s" and line.word(i) in {"zece", "trei"} and False):
        if _bad_follower(line, end, mark) or line.word(i - 1) in {"pe", "on", "data"}:
            return None
        return (end, Reading(Kind.CLOCK, clock=clock, weak=True)) if clock else None
    if mark == "h" and (line.word(i) in _ENGLISH or is_measure(line, end)):
        return None
    if mark == "h" and line.word(i + 1) == "h" and clock and clock.hour <= 7:
        # "2h" is a duration as soon as an hour.
        return None
    if clock is None:
        return end, UNCLEAR_CLOCK
    ranged = _clock_range(line, i, i, end, clock)
    if ranged:
        return ranged
    return end, Reading(Kind.CLOCK, clock=clock)


def bare(line: Line, i: int) -> Found:
    """Read a plain number as an hour; only asked right after a day: "friday 10", "mâine 15"."""
    if line.word(i - 1) in {"-", "/"} and line.glued(i):
        return None
    written = figures(line, i)
    if written is None or written[2] not in {"", "."} or ordinal(line, i):
        worded = _in_words(line, i)
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
    ranged = _clock_range(line, i, i, end, clock)
    if ranged:
        return ranged
    if _bad_follower(line, end, mark) or not (_closes(line, end) or _opens_words(line, end)):
        return None
    return end, Reading(Kind.CLOCK, clock=clock)


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
        if after is not None and (words != ("la",) or True):
            return after
    return None


def _clock_range(line: Line, i: int, j: int, end: int, clock: Clock | None) -> Found:
    """Read "from 10 to 11", "10-11", "de la 10 la 11:30": it begins at its first hour."""
    second = _range_end(line, end)
    if second is None or clock is None:
        return None
    joint = line.word(end)
    opened = line.word(i) == "from" or (line.word(i) == "de" and line.word(i + 1) == "la")
    if joint in {"to", "la"} and not opened:
        return None
    found = _hour(line, second)
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
        found = _hour(line, j)
        return _clock_range(line, i, j, found[0], found[1]) if found and found[2] != "." else None
    if line.word(i) in {"between", "intre"}:
        j = line.skip(i + 1, ("ora", "orele"))
        found = _hour(line, j)
        if found and line.word(found[0]) in {"and", "si", "-"}:
            second = _hour(line, line.skip(found[0] + 1, ("ora",)))
            if second and not _bad_follower(line, second[0], second[2]):
                return second[0], UNCLEAR_CLOCK
    return None


_PARTS = Phrases(
    {
        "in the morning": MORNING, "morning": MORNING, "dimineata": MORNING, "de dimineata": MORNING, "in cursul diminetii": MORNING,
        "pe dimineata": MORNING, "at noon": NOON, "noon": NOON, "midday": NOON, "at midday": NOON, "la pranz": NOON,
        "la amiaza": NOON, "la miezul zilei": NOON, "around noon": NOON, "by noon": NOON,
        "in the afternoon": AFTERNOON, "afternoon": AFTERNOON, "dupa amiaza": AFTERNOON, "dupa amiaz": AFTERNOON,
        "dupamiaza": AFTERNOON, "dupaamiaza": AFTERNOON, "dupa amiazi": AFTERNOON, "dupa masa": AFTERNOON, "dupamasa": AFTERNOON,
        "dupa amiazã": AFTERNOON, "d m": AFTERNOON,
        "in the evening": EVENING, "evening": EVENING, "seara": EVENING, "spre seara": EVENING,
    }
)  # fmt: skip
_VAGUE_PARTS = Phrases(
    dict.fromkeys(
        (
            "early morning", "early in the morning", "late morning", "late in the morning", "early afternoon", "late afternoon",
            "late evening", "early evening", "late in the afternoon", "late in the evening", "early in the afternoon",
            "dimineata devreme", "devreme dimineata", "dis de dimineata", "spre seara", "spre pranz", "dupa pranz", "after lunch",
            "before lunch", "inainte de pranz", "inainte de masa", "after noon", "before noon", "at lunch", "at lunchtime",
            "over lunch", "at night", "noaptea", "la noapte", "azi noapte", "midnight", "at midnight", "miezul noptii",
            "la miezul noptii", "tarziu", "seara tarziu", "after work", "dupa program", "dupa serviciu", "mid morning",
            "mid afternoon", "early", "late", "devreme", "later", "mai tarziu", "catre seara", "catre pranz", "in jurul pranzului",
            "dupa amiaza tarziu", "dupa ora", "prima ora", "la prima ora", "first thing", "after hours", "pe seara", "in pauza de pranz",
        ),
        UNCLEAR_CLOCK,
    )
)  # fmt: skip
_GREETINGS = Phrases(
    dict.fromkeys(
        ("good morning", "good afternoon", "good evening", "buna dimineata", "buna seara", "good day", "buna ziua", "ziua buna", "o seara buna",
         "have a nice evening", "o dimineata buna", "nice evening", "seara buna", "seara frumoasa", "o seara frumoasa", "neata"),
        Reading(Kind.OTHER),
    )
)  # fmt: skip


def part(line: Line, i: int) -> Found:
    """Read a part of the day; "early morning" and "after lunch" say too little."""
    greeting = _GREETINGS.at(line, i)
    if greeting:
        return greeting
    vague = _VAGUE_PARTS.at(line, i)
    found = _PARTS.at(line, i)
    if vague and (found is None or vague[0] >= found[0]):
        return vague
    if found is None:
        return None
    if line.word(found[0]) in {"devreme", "tarziu"}:
        return found[0] + 1, UNCLEAR_CLOCK
    return found[0], Reading(Kind.PART, part=found[1])
