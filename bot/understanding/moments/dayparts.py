"""Grammar of the parts of a day: "in the morning", "după-amiaza", and those that say too little ("after lunch")."""

from bot.understanding.moments.readings import UNCLEAR_CLOCK, Found, Kind, Reading
from bot.understanding.moments.tokens import Line, Phrases
from bot.understanding.moments.words import AFTERNOON, EVENING, MORNING, NIGHT, NOON

PARTS = Phrases(
    {
        "in the morning": MORNING, "morning": MORNING, "dimineata": MORNING, "dim": MORNING, "de dimineata": MORNING, "in cursul diminetii": MORNING,
        "pe dimineata": MORNING, "at noon": NOON, "noon": NOON, "midday": NOON, "at midday": NOON, "la pranz": NOON,
        "la amiaza": NOON, "la miezul zilei": NOON, "around noon": NOON, "by noon": NOON,
        "in the afternoon": AFTERNOON, "afternoon": AFTERNOON, "dupa amiaza": AFTERNOON, "dupa amiaz": AFTERNOON,
        "dupamiaza": AFTERNOON, "dupaamiaza": AFTERNOON, "dupa amiazi": AFTERNOON, "dupa masa": AFTERNOON, "dupamasa": AFTERNOON,
        "dupa amiazã": AFTERNOON, "d m": AFTERNOON,
        "night": NIGHT, "at night": NIGHT, "noaptea": NIGHT,
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
            "over lunch", "nights", "amiaza", "- masa", "same time", "the same time", "at the same time", "this time", "about this time", "la aceeasi ora", "aceeasi ora", "lunchtime", "lunch time", "la noapte", "azi noapte", "midnight", "at midnight", "miezul noptii",
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
    found = PARTS.at(line, i)
    if vague and (found is None or vague[0] >= found[0]):
        return vague
    if found is None:
        return None
    if line.word(found[0]) in {"devreme", "tarziu"}:
        return found[0] + 1, UNCLEAR_CLOCK
    return found[0], Reading(Kind.PART, part=found[1])
