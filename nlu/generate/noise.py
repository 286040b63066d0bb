"""What a phone and a hurry do to a message: case, diacritics, abbreviations, slips, courtesies."""

import random
import re
import unicodedata
from typing import Dict, List, Tuple

from generate.grammar import Segment

ABBREVIATIONS: Dict[str, Dict[str, Tuple[str, ...]]] = {
    "en": {
        "tomorrow": ("tmrw", "tmr", "tomorow", "2moro"),
        "appointment": ("appt",),
        "please": ("pls", "plz"),
        "client": ("cl",),
        "test drive": ("td", "testdrive", "test-drive"),
        "meeting": ("mtg", "meet"),
        "with": ("w/", "w"),
        "and": ("&",),
        "about": ("abt",),
        "monday": ("mon",),
        "tuesday": ("tue", "tues"),
        "wednesday": ("wed",),
        "thursday": ("thu", "thurs"),
        "friday": ("fri",),
        "saturday": ("sat",),
        "number": ("no", "nr"),
        "opportunity": ("opp",),
        "you": ("u",),
        "for": ("4",),
        "minutes": ("min", "mins"),
    },
    "ro": {
        "mâine": ("mn", "maine"),
        "telefon": ("tel",),
        "client": ("cl",),
        "clientul": ("cl",),
        "test drive": ("td", "testdrive", "test-drive"),
        "întâlnire": ("intalnire", "mtg", "meeting"),
        "te rog": ("tr", "pls"),
        "pentru": ("pt", "ptr", "pt."),
        "numărul": ("nr",),
        "săptămâna": ("sapt",),
        "domnul": ("dl", "dl."),
        "doamna": ("dna", "d-na"),
        "după": ("dupa",),
        "și": ("si",),
        "ora": ("h",),
        "euro": ("eur", "€"),
    },
}
BEFORE = {
    "en": (
        "hi, ",
        "hey, ",
        "hello, ",
        "please ",
        "pls ",
        "ok, ",
        "so, ",
        "hi there, ",
        "can you ",
        "could you please ",
        "also ",
        "and ",
    ),
    "ro": (
        "bună, ",
        "salut, ",
        "te rog ",
        "te rog frumos ",
        "hei, ",
        "ok, ",
        "deci ",
        "buna ziua, ",
        "poți să-mi spui ",
        "și ",
        "si ",
        "te rog să ",
    ),
}
AFTER = {
    "en": (" please", " pls", " thanks", ", thanks", " thx", "!", ".", " ok?", " asap", ", thank you"),
    "ro": (" te rog", " tr", " mersi", ", mersi", " mulțumesc", "!", ".", " ms", ", te rog frumos", " pls"),
}
NEIGHBOURS = {
    "a": "sq",
    "e": "wr",
    "i": "uo",
    "o": "ip",
    "s": "ad",
    "n": "bm",
    "t": "ry",
    "r": "et",
    "l": "k",
    "c": "xv",
    "m": "n",
    "u": "yi",
    "d": "sf",
}
COURTESY_PROOF = {
    "affirm",
    "deny",
    "cancel",
    "back",
    "undo",
    "greet",
    "goodbye",
    "thanks",
    "inform",
    "out_of_scope",
    "help",
}


def noisy(segments: List[Segment], language: str, intent: str, chance: random.Random) -> List[Segment]:
    """Give the message as someone in a hurry would type it; spans stay spans."""
    if intent not in COURTESY_PROOF:
        segments = _courteous(segments, language, chance)
    if chance.random() < 0.2:
        segments = [(_abbreviated(text, language, chance) if not entity else text, entity) for text, entity in segments]
    if language == "ro" and chance.random() < 0.55:
        segments = [(without_diacritics(text), entity) for text, entity in segments]
    if chance.random() < 0.15:
        segments = _slipped(segments, chance)
    draw = chance.random()
    if draw < 0.55:
        segments = [(text.lower(), entity) for text, entity in segments]
    elif draw < 0.8 and segments:
        text, entity = segments[0]
        segments = [(text[:1].upper() + text[1:], entity), *segments[1:]]
    elif draw < 0.82:
        segments = [(text.upper(), entity) for text, entity in segments]
    if chance.random() < 0.15:
        segments = [(text.replace(",", ""), entity) for text, entity in segments]
    return segments


def without_diacritics(text: str) -> str:
    """Take the marks off: "mâine" gives "maine"."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def _courteous(segments: List[Segment], language: str, chance: random.Random) -> List[Segment]:
    if chance.random() < 0.08:
        segments = [(chance.choice(BEFORE[language]), ""), *segments]
    if chance.random() < 0.12 and segments[-1][1] != "note":
        segments = [*segments, (chance.choice(AFTER[language]), "")]
    return segments


def _abbreviated(text: str, language: str, chance: random.Random) -> str:
    for word, shorts in ABBREVIATIONS[language].items():
        if word in text and chance.random() < 0.6:
            text = re.sub(rf"\b{re.escape(word)}\b", lambda _: chance.choice(shorts), text)  # noqa: B023
    return text


def _slipped(segments: List[Segment], chance: random.Random) -> List[Segment]:
    """Change one letter of one word: lost, doubled, swapped with the next or hit beside."""
    places = [i for i, (text, _) in enumerate(segments) if re.search(r"[^\W\d_]{5,}", text)]
    if not places:
        return segments
    place = chance.choice(places)
    text, entity = segments[place]
    word = chance.choice(list(re.finditer(r"[^\W\d_]{5,}", text)))
    at = chance.randrange(word.start() + 1, word.end() - 1)
    letter = text[at]
    kind = chance.randrange(4)
    if kind == 0:
        changed = text[:at] + text[at + 1 :]
    elif kind == 1:
        changed = text[:at] + letter + text[at:]
    elif kind == 2:
        changed = text[:at] + text[at + 1] + letter + text[at + 2 :]
    else:
        changed = text[:at] + chance.choice(NEIGHBOURS.get(letter, letter)) + text[at + 1 :]
    return [*segments[:place], (changed, entity), *segments[place + 1 :]]
