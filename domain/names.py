"""Names as people type them: without diacritics, in a Romanian case, with a letter wrong.

Only an exact match may act at once; everything here serves to tell exact from near.
"""

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher

_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800")  # letters and signs that draw nothing
_UNSEEN = dict.fromkeys((0xAD, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF))
_SPECIAL = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"})
_WORD = re.compile(r"[^\W_]+(?:[-&][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’`]s\b")
_SHORTEST_STEM = 2
_NEAR = 0.8  # similarity of two words above which a person probably meant the other

LEGAL_FORMS = frozenset(
    [
        "srl",
        "srl-d",
        "sa",
        "snc",
        "scs",
        "ra",
        "pfa",
        "ii",
        "if",
        "ong",
        "gmbh",
        "ag",
        "ltd",
        "llc",
        "inc",
        "plc",
        "kft",
        "bt",
        "zrt",
        "nyrt",
        "sas",
        "sarl",
        "spa",
        "bv",
        "oy",
        "ab",
    ]
)


def fold(text: str) -> str:
    """Lower case without diacritics: the form in which names are compared ("Țuțuianu" gives "tutuianu")."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_SPECIAL))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def without_marks(text: str) -> str:
    """The text without what draws nothing and would part a word or turn its order: zero-width spaces, direction marks."""
    return text.translate(_UNSEEN)


def is_visible(text: str) -> bool:
    """Whether anything is seen of the text: of spaces, marks and format characters alone nothing is."""
    return any(unicodedata.category(letter)[0] in "LNPS" and letter not in _BLANK for letter in text)


def words(name: str) -> tuple[str, ...]:
    """The folded words of a name; dots of legal forms fall away ("S.R.L." gives "srl"), as does an English 's."""
    folded = _POSSESSIVE.sub("", fold(name))
    joined = re.sub(r"\b(?:[a-z]\.){2,}[a-z]?\b\.?", lambda match: match.group().replace(".", ""), folded)
    return tuple(_WORD.findall(joined))


def stems(word: str) -> frozenset[str]:
    """What a folded word may be the Romanian genitive or dative of, the word itself included.

    "mariei" gives maria, "andreei" andreea, "popescului" popescu, "ionului" ion, "ancai" anca.
    """
    found = {word}
    if word.endswith("lui"):
        found |= {word[:-3], word[:-4] if word.endswith("ului") else word[:-3]}
    if word.endswith("ei"):
        found |= {word[:-2] + "a", word[:-1] + "a", word[:-2] + "e", word[:-1]}
    elif word.endswith("ai"):
        found.add(word[:-1])
    if word.endswith("s"):
        found.add(word[:-1])
    return frozenset(stem for stem in found if len(stem) >= _SHORTEST_STEM)


def is_company(name: str) -> bool:
    """Whether a name carries a legal form ("Acme Trans SRL")."""
    return any(word in LEGAL_FORMS for word in words(name)[1:])


def near_ones(word: str, others: Iterable[str]) -> frozenset[str]:
    """Those of `others` that differ from the folded word by little: a letter wrong, missing, doubled or swapped."""
    matcher = SequenceMatcher(b=word, autojunk=False)
    found = set()
    for other in others:
        if abs(len(word) - len(other)) > 2:
            continue
        matcher.set_seq1(other)
        # The bounds are cheap and rule out nearly all.
        if matcher.real_quick_ratio() >= _NEAR and matcher.quick_ratio() >= _NEAR and matcher.ratio() >= _NEAR:
            found.add(other)
    return frozenset(found)


def display_order(name: str) -> str:
    """The key by which lists are sorted."""
    return " ".join(words(name))
