"""Grammar of an hour by itself: "10:30", "3pm", "half past nine", "10 fără un sfert", "ora zece"."""

from dataclasses import replace

from bot.understanding.moments.dates import is_measure, month_at
from bot.understanding.moments.numerals import cardinal, spelled
from bot.understanding.moments.readings import Clock
from bot.understanding.moments.tokens import Line
from bot.understanding.moments.wordlist import wordset

_HAVE = wordset("intalnire o un sunat vorbit fost trimis fixat stabilit programat test vazut discutat de avut doua doi")


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
    if (
        hour is not None
        and line.number(i + 1) is not None
        and len(line.word(i + 1)) >= 3
        and not _year_follows(line, i + 1)
    ):
        # "22 000" and "0740 555 121" are longer numbers.
        return None
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


def _year_follows(line: Line, i: int) -> bool:
    return len(line.word(i)) == 4 and line.word(i)[:2] == "20"


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


ENGLISH_HOURS = wordset("one two three four five six seven eight nine ten eleven twelve")


def in_words(line: Line, i: int) -> tuple[int, Clock | None] | None:
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
        and line.word(i) in ENGLISH_HOURS
    ):
        return minutes[0], replace(clock, minute=minutes[1])
    return j, clock


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


def hour_at(line: Line, i: int) -> tuple[int, Clock | None, str] | None:
    """Read an hour without its prefix: the place after it, the hour, and its mark ("w" for one in words)."""
    spoken = _spoken_english(line, i)
    if spoken:
        j, clock = spoken
        mark = "s"
    else:
        written = figures(line, i)
        if written is None:
            worded = in_words(line, i)
            if worded is None:
                return None
            j, clock, mark = *worded, "w"
        else:
            j, clock, mark = written
        if clock and clock.minute == 0 and mark in {"", "w", "h"}:
            fraction = _fraction(line, j, clock)
            if fraction:
                j, clock, mark = fraction[0], fraction[1], "s"
    if line.word(j) == "ish" and line.glued(j):
        j, mark = j + 1, "s"
    elif line.word(j) == "-" and line.word(j + 1) == "ish":
        j, mark = j + 2, "s"
    before = j
    if clock:
        j, clock = _with_meridiem(line, j, clock)
        mark = "m" if j > before else mark
    j = _and_exactly(line, j)
    return j, clock, mark


def _and_exactly(line: Line, j: int) -> int:
    return j + 1 if line.word(j) in {"sharp", "fix", "punct", "exact"} else j
