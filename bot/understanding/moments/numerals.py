"""Numbers in digits and words, cardinal and ordinal, in English and Romanian."""

from bot.understanding.moments.tokens import Line
from bot.understanding.moments.wordlist import wordset

_ENGLISH_SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
SMALL: dict[str, int] = {word: value for value, word in enumerate(_ENGLISH_SMALL)}
SMALL |= {
    "unu": 1, "una": 1, "doi": 2, "doua": 2, "trei": 3, "patru": 4, "cinci": 5, "sase": 6, "sapte": 7, "opt": 8, "noua": 9,
    "zece": 10, "unsprezece": 11, "unspe": 11, "doisprezece": 12, "douasprezece": 12, "doispe": 12, "douaspe": 12,
    "treisprezece": 13, "treispe": 13, "paisprezece": 14, "patrusprezece": 14, "paispe": 14, "cincisprezece": 15,
    "cinsprezece": 15, "cinspe": 15, "cincispe": 15, "saisprezece": 16, "sasesprezece": 16, "saispe": 16,
    "saptesprezece": 17, "saptispe": 17, "saptespe": 17, "optsprezece": 18, "optispe": 18, "optspe": 18,
    "nouasprezece": 19, "nouaspe": 19,
}  # fmt: skip
TENS_ENGLISH = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
TENS_ROMANIAN = {
    "douazeci": 20, "treizeci": 30, "patruzeci": 40, "cincizeci": 50, "cinzeci": 50, "saizeci": 60, "saptezeci": 70,
    "optzeci": 80, "nouazeci": 90,
}  # fmt: skip
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
    "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30, "intai": 1,
}  # fmt: skip
_SUFFIX = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}
ONE = wordset("a an one o un una unu")


def spelled(line: Line, i: int) -> tuple[int, int] | None:
    """Read a number below a hundred in words: the place after it, and its value."""
    word = line.word(i)
    if word in SMALL:
        return i + 1, SMALL[word]
    if word in TENS_ENGLISH:
        j = line.skip(i + 1, "-") if line.glued(i + 1) else i + 1
        unit = SMALL.get(line.word(j), 0)
        return (j + 1, TENS_ENGLISH[word] + unit) if 1 <= unit <= 9 else (i + 1, TENS_ENGLISH[word])
    if word in TENS_ROMANIAN:
        unit = SMALL.get(line.word(i + 2), 0) if line.word(i + 1) == "si" else 0
        return (i + 3, TENS_ROMANIAN[word] + unit) if 1 <= unit <= 9 else (i + 1, TENS_ROMANIAN[word])
    return None


def cardinal(line: Line, i: int) -> tuple[int, int] | None:
    """Read a whole number in plain digits or below a hundred in words."""
    value = line.number(i)
    if value is not None:
        return i + 1, value
    return spelled(line, i)


def ordinal(line: Line, i: int) -> tuple[int, int] | None:
    """Read "5th", "fifth", "twenty-first" or "întâi": the place after it, and its value."""
    value = line.number(i)
    if value is not None:
        fits = line.glued(i + 1) and line.word(i + 1) == _SUFFIX.get(value, "th")
        return (i + 2, value) if fits and len(line.word(i)) <= 2 else None
    word = line.word(i)
    if word in ORDINALS:
        return i + 1, ORDINALS[word]
    if word in TENS_ENGLISH:
        j = line.skip(i + 1, "-")
        unit = ORDINALS.get(line.word(j), 0)
        return (j + 1, TENS_ENGLISH[word] + unit) if 1 <= unit <= 9 and line.word(j) != "intai" else None
    return None


def count(line: Line, i: int) -> tuple[int, int] | None:
    """Read a count before a unit: a number, or the article that means one ("a week", "o săptămână")."""
    if line.word(i) in ONE:
        return i + 1, 1
    found = cardinal(line, i)
    if found is None:
        return None
    j, value = found
    return (j + 1 if line.word(j) == "de" else j), value
