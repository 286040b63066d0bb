"""What a phone and a hurry do to a message: case, diacritics, abbreviations, slips, courtesies."""

import random
import re
import unicodedata
from typing import List

from generate.abbreviations import ABBREVIATIONS
from generate.grammar import Segment

BEFORE = {
    "en": (
        "hi, ",
        "hey, ",
        "hello, ",
        "please ",
        "pls ",
        "ok, ",
        "okay so ",
        "so, ",
        "hi there, ",
        "good morning, ",
        "can you ",
        "could you please ",
        "also ",
        "and ",
        "and also ",
        "then ",
        "and then ",
        "plus ",
        "after that ",
        "oh and ",
        "right so ",
        "well ",
        "now ",
        "one more thing, ",
        "next, ",
        "kindly ",
        "would you kindly ",
        "would you please ",
        "would you be so kind as to ",
        "may I ask you to ",
        "I would like you to ",
        "I would be grateful if you could ",
        "I'd appreciate it if you could ",
        "would it be possible to ",
        "if you don't mind, ",
        "dear assistant, ",
        "yo ",
        "hey can u ",
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
        "bună dimineața, ",
        "poți să-mi spui ",
        "și ",
        "si ",
        "te rog să ",
        "apoi ",
        "și apoi ",
        "după aia ",
        "pe urmă ",
        "plus ",
        "iar ",
        "și încă ceva, ",
        "încă ceva: ",
        "a, și ",
        "păi ",
        "uite, ",
        "gata, acum ",
        "așa, ",
        "vă rog ",
        "vă rog frumos ",
        "vă rog să ",
        "aș dori să ",
        "aș vrea să ",
        "ați putea să ",
        "ați fi amabil să ",
        "fiți bun și ",
        "dacă se poate, ",
        "dacă nu vă supărați, ",
        "v-aș fi recunoscător dacă ați putea să ",
        "vă mulțumesc, și ",
        "hai să ",
        "mă ",
    ),
}
AFTER = {
    "en": (
        " please",
        " pls",
        " thanks",
        ", thanks",
        " thx",
        "!",
        ".",
        ".",
        " ok?",
        " asap",
        ", thank you",
        ", if you please",
        ", if possible",
        " when you can",
        " as well",
        " too",
        " again",
        " for me",
        ", many thanks in advance",
        " ok",
        " m8",
    ),
    "ro": (
        " te rog",
        " tr",
        " mersi",
        ", mersi",
        " mulțumesc",
        "!",
        ".",
        ".",
        " ms",
        ", te rog frumos",
        " pls",
        ", vă rog",
        ", vă rog frumos",
        ", dacă se poate",
        " când poți",
        " și tu",
        " de asemenea",
        ", vă mulțumesc anticipat",
        " mersi mult",
        " ok?",
    ),
}
KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
NEIGHBOURS = {
    letter: row[max(0, at - 1) : at] + row[at + 1 : at + 2] + (KEYBOARD[line - 1][at] if line else "")
    for line, row in enumerate(KEYBOARD)
    for at, letter in enumerate(row)
}
PHONETIC = (("ș", "sh"), ("ț", "tz"), ("că", "k"), ("c", "k"), ("chi", "ki"), ("che", "ke"), ("x", "cs"))
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
    if chance.random() < 0.25:
        segments = [(_abbreviated(text, language, chance) if not entity else text, entity) for text, entity in segments]
    if language == "ro" and chance.random() < 0.04:
        old, new = chance.choice(PHONETIC)
        segments = [(text.replace(old, new) if not entity else text, entity) for text, entity in segments]
    if language == "ro" and chance.random() < 0.55:
        segments = [(without_diacritics(text), entity) for text, entity in segments]
    if chance.random() < 0.25 and sum(len(text) for text, _ in segments) > 7:
        for _ in range(chance.choice((1, 1, 2, 3))):
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
    elif chance.random() < 0.06:  # as dictation writes: words and nothing else
        segments = [(re.sub(r"[,:;!?]|\.(?!\d)| -(?= )", "", text).lower(), entity) for text, entity in segments]
    return segments


def without_diacritics(text: str) -> str:
    """Take the marks off: "mâine" gives "maine"."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def _courteous(segments: List[Segment], language: str, chance: random.Random) -> List[Segment]:
    if chance.random() < 0.14:
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
    """Spoil one word: a letter lost, doubled, swapped with the next or hit beside, or the space before it lost."""
    places = [i for i, (text, _) in enumerate(segments) if re.search(r"[^\W\d_]{4,}", text)]
    if not places:
        return segments
    place = chance.choice(places)
    text, entity = segments[place]
    word = chance.choice(list(re.finditer(r"[^\W\d_]{4,}", text)))
    at = chance.randrange(word.start() + (chance.random() < 0.8), word.end() - 1)
    letter = text[at]
    kind = chance.randrange(9)
    if kind < 2:
        changed = text[:at] + text[at + 1 :]
    elif kind < 4:
        changed = text[:at] + letter + text[at:]
    elif kind < 6:
        changed = text[:at] + text[at + 1] + letter + text[at + 2 :]
    elif kind == 6 and not entity and text[word.start() - 1 : word.start()] == " " and word.start() > 1:
        changed = text[: word.start() - 1] + text[word.start() :]
    else:
        changed = text[:at] + chance.choice(NEIGHBOURS.get(letter.lower()) or letter) + text[at + 1 :]
    return [*segments[:place], (changed, entity), *segments[place + 1 :]]
