"""Mends calendar words typed on a phone: one letter missing, doubled, wrong or swapped."""

from functools import lru_cache

from bot.understanding.moments.wordlist import wordset

# Only long, distinctive words: short ones are too close to names and everyday words ("iulie" and "Iulia", "marți" and "Marta").
_TARGETS = wordset(
    "monday tuesday wednesday thursday friday saturday sunday january february october november december",
    "september tomorrow yesterday afternoon evening morning weekend quarter miercuri vineri sambata duminica",
    "ianuarie februarie aprilie septembrie octombrie noiembrie decembrie poimaine alaltaieri saptamana saptamani",
    "saptamanii dimineata amiaza diseara jumatate trimestrul trimestrului viitoare sfarsitul vinerea miercurea",
    "jumate trecuta urmatoare inceputul mijlocul finalul beginning middle urmatoarele ultimele fortnight",
)

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
    "trecut trecuti trecute urmatorul urmator urmatoarea inceput inceputu mijloc final finala finalu ultimul ultimii jumatea",
    "mundane monde moaning evenings mornings weekends quarters quartet veneri dominica dominic vinerea vinerii",
    "octavian decembre morningside sundays mondays tuesdays wednesdays thursdays fridays saturdays viitoarei",
    "viitor saptamanile saptamanal saptamanala sambetei sambete duminicii duminici diminetii dimineti jumatatea",
    "amiezii amiezi trimestru trimestrial miercurea sfarsit sfarsitului sfarsitu vinars fridge afternoons",
    "viitoarea quartz evening's",
)


# Short words: a slip of the finger only (letters swapped, doubled or left out), since another letter makes another word.
_SHORT = wordset(
    "maine marti luni azi joi ieri seara next noon after before until today dupa masa fara sfert pana doua from"
)
_SHORT_REAL = wordset(
    "noo nooo",
    "mine main manie maini mane marit mati mari lui lun luna lunii jo jos iei seal sera sear nex net ext no non son afer fore util unit",
    "dupa dua dup masa mas maas msa fara far fra ara sfer pan ana doa dou form for fom rom tody toda oday aftr azi ai az ier maie",
) - {"fra"}


def _slips(word: str) -> set[str]:
    """Give the word with two letters swapped, one doubled, or one left out; the first letter stays."""
    swapped = {word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(1, len(word) - 1)}
    doubled = {word[: i + 1] + word[i:] for i in range(len(word))}
    shorter = {word[:i] + word[i + 1 :] for i in range(1, len(word))} if len(word) >= 4 else set()
    return swapped | doubled | shorter


def _short_slips() -> dict[str, str]:
    slips: dict[str, str] = {}
    for word in sorted(_SHORT):
        for slip in _slips(word) - _SHORT_REAL - _SHORT:
            # What may be two words is neither.
            slips[slip] = "" if slip in slips else word
    return {slip: word for slip, word in slips.items() if word}


def _deletions(word: str) -> set[str]:
    return {word[:i] + word[i + 1 :] for i in range(len(word))} | {word}


def _index() -> dict[str, set[str]]:
    index: dict[str, set[str]] = {}
    for target in sorted(_TARGETS):
        for shorter in _deletions(target):
            index.setdefault(shorter, set()).add(target)
    return index


_INDEX = _index()
_SLIPS = _short_slips() | {"maie": "maine"}
_DAY_WORDS = ("maine", "marti", "luni", "ieri", "today", "poimaine", "vineri", "friday", "monday")
_NO_DAY = _SHORT_REAL | wordset(
    "marta martin martie marca marco luca luna lung lunga lumea jos joc job joia zi zici zis aia asta ora oro todor toader march vine vinde",
    "miercuri sambata azil oazi vineri maria marin mario money manda mandy mai mare mara marti luni joi azi ieri today cazi doi noi voi loi",
) - {"maie"}


@lru_cache(maxsize=2048)
def nearly_a_day(word: str) -> bool:
    """Tell whether a word may be a day's name typed too badly to be mended."""
    if len(word) < 3 or word in _NO_DAY:
        return False
    return any(word != day and word[0] == day[0] and _one_slip(word, day) for day in _DAY_WORDS)


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
    if word in _SLIPS:
        return _SLIPS[word]
    if not 5 <= len(word) <= 13 or word in _TARGETS or word in _REAL:
        return word
    near: set[str] = set()
    for shorter in _deletions(word):
        near |= _INDEX.get(shorter, set())
    meant = [target for target in near if target[0] == word[0] and _one_slip(word, target)]
    if len(meant) > 1 and all(target.startswith("jum") for target in meant):
        return "jumate"
    return meant[0] if len(meant) == 1 else word
