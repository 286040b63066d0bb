"""Mends calendar words typed on a phone: one letter missing, doubled, wrong or swapped."""

from functools import lru_cache

from bot.understanding.moments.wordlist import wordset

# Only long, distinctive words: short ones are too close to names and everyday words ("iulie" and "Iulia", "marți" and "Marta").
_TARGETS = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "october",
    "november",
    "december",
    "september",
    "tomorrow",
    "yesterday",
    "afternoon",
    "evening",
    "morning",
    "weekend",
    "quarter",
    "miercuri",
    "vineri",
    "sambata",
    "duminica",
    "ianuarie",
    "februarie",
    "aprilie",
    "septembrie",
    "octombrie",
    "noiembrie",
    "decembrie",
    "poimaine",
    "alaltaieri",
    "saptamana",
    "saptamani",
    "saptamanii",
    "dimineata",
    "amiaza",
    "diseara",
    "jumatate",
    "trimestrul",
    "trimestrului",
    "viitoare",
    "sfarsitul",
]

# What people type for the words that are too short, or too far from what was meant, for a rule.
_KNOWN = {
    "tmrw": "tomorrow",
    "tmr": "tomorrow",
    "todays": "today",
    "tomorrows": "tomorrow",
    "yesterdays": "yesterday",
    "tmrow": "tomorrow",
    "tomoz": "tomorrow",
    "2moro": "tomorrow",
    "tommorow": "tomorrow",
    "tommorrow": "tomorrow",
    "tomorow": "tomorrow",
    "tomoro": "tomorrow",
    "todya": "today",
    "toady": "today",
    "tday": "today",
    "todat": "today",
    "wensday": "wednesday",
    "wendsday": "wednesday",
    "wendesday": "wednesday",
    "wednsday": "wednesday",
    "weds": "wednesday",
    "firday": "friday",
    "frday": "friday",
    "tusday": "tuesday",
    "thrusday": "thursday",
    "thursady": "thursday",
    "satarday": "saturday",
    "yday": "yesterday",
    "yest": "yesterday",
    "arpil": "april",
    "aprill": "april",
    "agust": "august",
    "auguts": "august",
    "janury": "january",
    "febuary": "february",
    "marhc": "march",
    "mrach": "march",
    "matrie": "martie",
    "marite": "martie",
    "miine": "maine",
    "mainee": "maine",
    "miane": "maine",
    "maien": "maine",
    "mainr": "maine",
    "astzi": "astazi",
    "azii": "azi",
    "miecuri": "miercuri",
    "vinei": "vineri",
    "vinri": "vineri",
    "vienri": "vineri",
    "simbata": "sambata",
    "poimiine": "poimaine",
    "dimi": "dimineata",
    "septamana": "saptamana",
    "saptamina": "saptamana",
    "saptamini": "saptamani",
    "juma": "jumate",
    "jumatea": "jumatate",
    "nxt": "next",
    "mins": "min",
    "diseare": "diseara",
    "pranz": "pranz",
    "prinz": "pranz",
}

# Real words one letter away from a target.
_REAL = wordset(
    "mundane monde moaning evenings mornings weekends quarters quartet veneri dominica dominic vinerea vinerii",
    "octavian decembre morningside sundays mondays tuesdays wednesdays thursdays fridays saturdays viitoarei",
    "viitor saptamanile saptamanal saptamanala sambetei sambete duminicii duminici diminetii dimineti jumatatea",
    "amiezii amiezi trimestru trimestrial miercurea sfarsit sfarsitului sfarsitu vinars fridge afternoons",
    "viitoarea quartz evening's",
)


def _deletions(word: str) -> set[str]:
    return {word[:i] + word[i + 1 :] for i in range(len(word))} | {word}


def _index() -> dict[str, set[str]]:
    index: dict[str, set[str]] = {}
    for target in _TARGETS:
        for shorter in _deletions(target):
            index.setdefault(shorter, set()).add(target)
    return index


_INDEX = _index()
_EXACT = frozenset(_TARGETS)


def _one_slip(typed: str, meant: str) -> bool:
    if len(typed) == len(meant):
        wrong = [i for i, (a, b) in enumerate(zip(typed, meant, strict=True)) if a != b]
        if len(wrong) == 1:
            return True
        return (
            len(wrong) == 2
            and wrong[1] == wrong[0] + 1
            and typed[wrong[0]] == meant[wrong[1]]
            and typed[wrong[1]] == meant[wrong[0]]
        )
    short, long = sorted((typed, meant), key=len)
    return short in _deletions(long)


@lru_cache(maxsize=2048)
def mend(word: str) -> str:
    """Give the calendar word that was meant, or the word itself.

    A mended word begins with the right letter and is one slip away from exactly one calendar word.
    """
    if word in _KNOWN:
        return _KNOWN[word]
    if not 5 <= len(word) <= 13 or word in _EXACT or word in _REAL:
        return word
    near: set[str] = set()
    for shorter in _deletions(word):
        near |= _INDEX.get(shorter, set())
    meant = [target for target in near if target[0] == word[0] and _one_slip(word, target)]
    return meant[0] if len(meant) == 1 else word
