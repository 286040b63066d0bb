"""Grammar of what comes back: "every Monday", "vinerea", "zilnic", "monthly"."""

from bot.understanding.moments.readings import Found, Kind, Reading
from bot.understanding.moments.tokens import Line, Phrases
from bot.understanding.moments.words import (
    ARTICLED_WEEKDAYS,
    OWNED_BY_A_DAY,
    PLURAL_WEEKDAYS,
    ROMANIAN_SHIFTS,
    SHORT_WEEKDAYS,
    WEEKDAY_NAMES,
    WEEKDAYS,
)

_PLAIN = Phrases(
    dict.fromkeys(
        ("daily", "every day", "each day", "everyday", "zilnic", "in fiecare zi", "fiecare zi", "every morning", "every evening", "each morning",
         "in fiecare dimineata", "fiecare dimineata", "in fiecare seara", "fiecare seara", "once a day", "o data pe zi", "every afternoon",
         "zi de zi", "in toate zilele", "every single day"),
        "daily",
    )
    | dict.fromkeys(
        ("monthly", "every month", "each month", "lunar", "in fiecare luna", "fiecare luna", "once a month", "o data pe luna", "luna de luna"),
        "monthly",
    )
)  # fmt: skip
# Rhythms that the software does not keep: better asked than rounded.
_OTHER = Phrases(
    dict.fromkeys(
        ("every other", "every two", "every second", "every weekday", "every working day", "every business day", "every 2", "every 3", "every 4",
         "weekly", "saptamanal", "every week", "in fiecare saptamana", "fiecare saptamana", "once a week", "o data pe saptamana", "every year",
         "yearly", "anual", "in fiecare an", "quarterly", "trimestrial", "every quarter", "in fiecare trimestru", "la doua saptamani",
         "la fiecare", "din doua in doua", "din 2 in 2", "twice a", "de doua ori pe", "every hour", "every first", "every last", "biweekly",
         "in fiecare zi lucratoare", "in zilele lucratoare", "on weekdays", "in fiecare prima"),
        True,
    )
)  # fmt: skip


def recurrence(line: Line, i: int) -> Found:
    """Read a rhythm; one that is not kept gives no value, and its words are no date either."""
    other = _OTHER.at(line, i)
    plain = _PLAIN.at(line, i)
    weekday = _weekday(line, i)
    if weekday:
        return weekday
    if plain and (other is None or plain[0] >= other[0]):
        return plain[0], Reading(Kind.RECURRENCE, recurrence=plain[1])
    if other:
        j = other[0]
        weekly = line.word(i) in {"weekly", "saptamanal", "every", "in", "fiecare"} and line.word(j - 1) in {
            "weekly",
            "saptamanal",
            "week",
            "saptamana",
        }
        if weekly:
            after = line.skip(line.skip(j, (",",)), ("on", "pe"))
            named = {**WEEKDAYS, **SHORT_WEEKDAYS, **PLURAL_WEEKDAYS, **ARTICLED_WEEKDAYS}.get(line.word(after))
            if named is not None:
                return after + 1, _on(named)
        j = j + 1 if line.word(j) in WEEKDAYS or (line.word(j).isalpha() and not weekly) else j
        return min(j, len(line)), Reading(Kind.RECURRENCE)
    return None


def _weekday(line: Line, i: int) -> Found:
    j = line.skip(i, ("on",))
    if line.word(j) in PLURAL_WEEKDAYS and (j > i or line.word(i + 1) not in OWNED_BY_A_DAY):
        return j + 1, _on(PLURAL_WEEKDAYS[line.word(j)])
    if (
        line.word(i) in ARTICLED_WEEKDAYS
        and line.word(i + 1) not in ROMANIAN_SHIFTS
        and line.word(i - 1) not in {"viitoarea", "urmatoarea", "aceasta"}
    ):
        week = line.word(i + 1) in {"care", "ce", "din", "cealalta", "saptamana"}
        return None if week else (i + 1, _on(ARTICLED_WEEKDAYS[line.word(i)]))
    for words in (("every",), ("each",), ("in", "fiecare"), ("fiecare",), ("every", "single")):
        after = line.match(i, *words)
        names = {**WEEKDAYS, **SHORT_WEEKDAYS, "sat": 5, "sun": 6}
        if after is not None and line.word(after) in names:
            listed = line.word(after + 1) in {"and", "si", ","} and line.word(after + 2) in names
            return (after + 3, Reading(Kind.RECURRENCE)) if listed else (after + 1, _on(names[line.word(after)]))
    return None


def _on(number: int) -> Reading:
    return Reading(Kind.RECURRENCE, recurrence=WEEKDAY_NAMES[number])
