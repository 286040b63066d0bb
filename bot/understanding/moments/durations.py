"""Grammar of spans of time on the clock: "45 min", "an hour and a half", "o oră jumate", "in 2 hours", "an hour ago"."""

from bot.understanding.moments.numerals import ONE, cardinal
from bot.understanding.moments.readings import OTHER, Found, Kind, Reading
from bot.understanding.moments.tokens import Line
from bot.understanding.moments.wordlist import wordset
from bot.understanding.moments.words import HOURS, MINUTES

_HALVES = frozenset(("half", "jumate", "jumatate"))
# Beyond a fortnight nobody counts hours.
_LIMIT = 14 * 24 * 60


def minutes_at(line: Line, i: int) -> tuple[int, int] | None:
    """Read a length: the place after it, and its minutes."""
    found = _half_or_quarter(line, i) or _decimal_hours(line, i) or _counted(line, i)
    return found if found and 0 < found[1] <= _LIMIT else None


def _half_or_quarter(line: Line, i: int) -> tuple[int, int] | None:
    """Read "half an hour", "jumătate de oră", "un sfert de oră", "three quarters of an hour"."""
    j = line.skip(i, ("a", "o", "un"))
    word = line.word(j)
    if word == "half":
        k = line.skip(line.skip(j + 1, ("-",)), ("an", "a"))
        return (k + 1, 30) if line.word(k) == "hour" else None
    if word in {"jumate", "jumatate"}:
        k = line.skip(j + 1, ("de",))
        return (k + 1, 30) if line.word(k) in {"ora", "h"} else None
    if word in {"quarter", "sfert"}:
        k = j + 1
        for words in (("of", "de"), ("an",)):
            k = line.skip(k, words)
        return (k + 1, 15) if line.word(k) in {"hour", "ora"} else None
    if word in {"three", "trei"} and line.word(j + 1) in {"quarters", "sferturi"}:
        k = j + 2
        for words in (("of", "de"), ("an",)):
            k = line.skip(k, words)
        return (k + 1, 45) if line.word(k) in {"hour", "ora"} else None
    return None


def _decimal_hours(line: Line, i: int) -> tuple[int, int] | None:
    """Read "1.5 hours", "1,5 ore"."""
    whole, part = line.number(i), line.number(i + 2)
    if (
        whole is None
        or part is None
        or line.word(i + 1) not in {".", ","}
        or not (line.glued(i + 1) and line.glued(i + 2))
    ):
        return None
    j = line.skip(i + 3, ("de",))
    if line.word(j) not in HOURS or line.word(i + 2) not in {"5", "25", "75", "50"} or line.word(j) in {"ora", "orele"}:
        return None
    return j + 1, whole * 60 + round(float(f"0.{line.word(i + 2)}") * 60)


def _counted(line: Line, i: int) -> tuple[int, int] | None:
    """Read "2 hours", "1h30", "o oră și 20 de minute", "an hour and a half", "90 min"."""
    one = line.word(i) in ONE
    found = (i + 1, 1) if one else cardinal(line, i)
    if found is None:
        return None
    j, how_many = found
    if line.word(j) == "and" and line.word(j + 1) == "a" and line.word(j + 2) == "half" and line.word(j + 3) in HOURS:
        return j + 4, how_many * 60 + 30
    if line.word(j) == "si" and line.word(j + 1) in _HALVES and line.word(j + 2) in HOURS:
        return j + 3, how_many * 60 + 30
    j = line.skip(line.skip(j, ("-",)), ("de",))
    unit = line.word(j)
    if unit in MINUTES or (unit in {"m", "'"} and line.glued(j) and not one):
        return j + 1, how_many
    if unit not in HOURS or unit == "orele" or (unit == "ora" and not one) or (unit == "h" and one):
        return None
    j += 1
    if unit == "h" and line.number(j) is not None and line.glued(j):
        rest = line.number(j) or 0
        return (line.skip(j + 1, ("m", "min")), how_many * 60 + rest) if rest < 60 else None
    return _and_more(line, j, how_many * 60)


def _and_more(line: Line, j: int, minutes: int) -> tuple[int, int]:
    k = line.skip(j, ("and", "si"))
    if line.word(k) in _HALVES and (k > j or line.word(k) != "half"):
        return k + 1, minutes + 30
    if line.word(k) == "a" and line.word(k + 1) == "half":
        return k + 2, minutes + 30
    if line.word(k) in {"un", "a"} and line.word(k + 1) in {"sfert", "quarter"}:
        return k + 2, minutes + 15
    rest = cardinal(line, k)
    if rest and rest[1] < 60:
        after = line.skip(rest[0], ("de",))
        if line.word(after) in MINUTES or (line.word(after) == "m" and line.glued(after)):
            return after + 1, minutes + rest[1]
    return j, minutes


def duration(line: Line, i: int) -> Found:
    """Read a length of time that is no moment."""
    if line.word(i - 1) in {".", ",", ":"} and line.glued(i) and line.glued(i - 1):
        return None
    j = line.skip(i, ("for",))
    found = minutes_at(line, j)
    return (found[0], Reading(Kind.DURATION, minutes=found[1])) if found else None


def instant(line: Line, i: int) -> Found:
    """Read "now", "in 2 hours", "peste o oră", "20 minutes ago", "acum o jumătate de oră"."""
    now = now_at(line, i)
    word = line.word(i)
    ahead, back, j = False, False, i
    if word in {"in", "peste", "intr"}:
        ahead, j = True, line.skip(i + 1, ("-",)) if word == "intr" else i + 1
        ahead = line.word(i - 1) not in {"de", "done", "finished"}
    elif word == "acum":
        back, j = True, i + 1
    elif line.match(i, "in", "urma", "cu") is not None:
        back, j = True, i + 3
    found = minutes_at(line, j)
    if found is None:
        return now
    end, minutes = found
    if line.word(end) == "ago":
        return end + 1, _instant(-minutes)
    if line.match(end, "in", "urma") is not None:
        return end + 2, _instant(-minutes)
    if line.match(end, "from", "now") is not None:
        return end + 2, _instant(minutes)
    if back:
        return end, _instant(-minutes)
    if ahead:
        return (end + 1 if line.word(end) == "time" else end), _instant(minutes)
    return now


# "She is in negotiation now" tells a state, not a time.
_STATES = wordset(
    "is are was were am e este sunt era worth valoreaza costa wants vrea has have are au became devenit changed schimbat"
)
_STATE_PRONOUNS = wordset("she he it that there who they we you i")
_NOT_NOW_AFTER = wordset("by until till pana for from de de-acum")


def now_at(line: Line, i: int) -> Found:
    """Read "now", "right now", "acum", "chiar acum"; beside a state it is no time."""
    j = i + 1 if line.word(i) in {"right", "just", "chiar"} else i
    if line.word(j) not in {"now", "acum", "acuma"} or line.word(i - 1) in _NOT_NOW_AFTER:
        return None
    if line.word(j + 1) in {"incolo", "inainte", "on"}:
        return j + 2, OTHER
    return (j + 1, OTHER) if _tells_state(line, i) else (j + 1, _instant(0))


def _tells_state(line: Line, i: int) -> bool:
    k = i - 1
    while k >= 0 and line.word(k) not in {",", ".", ";", "!", "?"}:
        token = line.tokens[k]
        short_form = token.word in _STATE_PRONOUNS and line.text[token.start : token.end][-2:] in {"'s", "’s"}
        if token.word in _STATES or short_form or token.word.endswith(("'re", "'m", "'ve")):
            return True
        k -= 1
    return False


def _instant(minutes: int) -> Reading:
    return Reading(Kind.INSTANT, minutes=minutes)
