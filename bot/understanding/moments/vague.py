"""Swallows what means a time and names none: "early March", "in a few days", "after friday"."""

from bot.understanding.moments.days import relative
from bot.understanding.moments.edges import OWN_UNITS, edge
from bot.understanding.moments.offsets import any_day
from bot.understanding.moments.readings import UNCLEAR_DAY, Found, Kind, longest
from bot.understanding.moments.stretches import named
from bot.understanding.moments.tokens import Line, Phrases

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
            "around the", "after the", "before the", "about the", "dupa data de", "inainte de data de",
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
    if line.word(j) in OWN_UNITS and line.word(i) not in {"after", "before", "about", "around", "dupa", "circa"}:
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
    named_day = relative(line, i)
    if named_day and named_day[0] >= j:
        return None
    if line.word(j - 1) in {"after", "before"}:
        day = any_day(line, j)
        return (day[0] if day else j), UNCLEAR_DAY
    return j, UNCLEAR_DAY
