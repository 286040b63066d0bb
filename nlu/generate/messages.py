"""Unfolds nlu/data into training messages; the same seed gives the same messages."""

import math
import random
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Dict, Iterator, List, Tuple
from zlib import crc32

import yaml

from generate.grammar import Segment, Words, parse, sample, spread
from generate.noise import noisy
from generate.words import words_of

DATA = Path(__file__).resolve().parent.parent / "data"
LANGUAGES = ("en", "ro")
SEED = 20251
ENTITIES = ("client", "agent", "from_agent", "model", "engine", "colour", "upholstery", "option", "note")
MOST, LEAST = 640, 200  # messages of one intent in one language
WIDE = {
    "out_of_scope": 2600,
    "inform": 800,
    "log_activity": 1000,
    "schedule_activity": 1000,
}  # these say the most different things
MOST_OF_A_LINE = 26  # a line with rich slots must not drown the others


Spans = Tuple[Tuple[int, int, str], ...]


@dataclass(frozen=True)
class Example:
    """A training message: its text, intent, spans as (start, end, entity), and the line that it came from."""

    text: str
    intent: str
    spans: Spans
    language: str
    line: str


def capabilities(language: str) -> Dict[str, List[str]]:
    """Read the lines of every intent of a language, by file name."""
    found: Dict[str, List[str]] = {}
    for file in sorted((DATA / language).glob("*.yml")):
        if file.stem != "words":
            found[file.stem] = [str(line) for line in yaml.safe_load(file.read_text(encoding="utf-8"))]
    return found


def examples() -> Iterator[Example]:
    """Give all training messages, without doubles."""
    for language in LANGUAGES:
        words = words_of(language)
        for intent, lines in capabilities(language).items():
            seen = set()
            chance = random.Random(crc32(f"{SEED} {language} {intent}".encode()))
            for line, count in shares(lines, words, WIDE.get(intent, MOST)):
                for text, spans in unfold(line, count, Voice(language, intent, words, chance)):
                    if text not in seen:
                        seen.add(text)
                        yield Example(text, intent, spans, language, line)


def shares(lines: List[str], words: Words, most: int) -> List[Tuple[str, int]]:
    """Say how many messages each line gives: the more it unfolds to the more, times N where it ends in ``*N``."""
    wishes: Dict[str, int] = {}
    for weighted in lines:
        line, _, times = weighted.partition(" *")
        wish = min(MOST_OF_A_LINE, 2 + int(2.2 * math.log2(1 + spread(parse(line), words))))
        wishes[line] = wish * int(times or 1)
    total = sum(wishes.values()) or 1
    factor = most / total if total > most else LEAST / total if total < LEAST else 1.0
    return [(line, max(1, round(wish * factor))) for line, wish in wishes.items()]


@dataclass(frozen=True)
class Voice:
    """Who is speaking: the language and intent, its words, and the chance that draws them."""

    language: str
    intent: str
    words: Words
    chance: random.Random


def unfold(line: str, count: int, voice: Voice) -> Iterator[Tuple[str, Spans]]:
    """Draw ``count`` messages of a line; the first stands as written, without noise."""
    sequence = parse(line)
    for i in range(count):
        segments = tidy(sample(sequence, voice.words, voice.chance))
        if i:
            segments = noisy(segments, voice.language, voice.intent, voice.chance)
        text, spans = joined(segments)
        if text:
            yield text, spans


def tidy(segments: List[Segment]) -> List[Segment]:
    """Take out the double spaces that optional parts leave behind."""
    clean: List[Segment] = []
    for text, entity in segments:
        single = re.sub(" {2,}", " ", text).replace(" -mi", "-mi")
        if not clean or clean[-1][0].endswith(" "):
            single = single.lstrip()
        if single:
            clean.append((single, entity))
    if clean:
        clean[-1] = (clean[-1][0].rstrip(), clean[-1][1])
    return clean


def joined(segments: List[Segment]) -> Tuple[str, Spans]:
    """Put segments together and say where the spans are."""
    text = ""
    spans: List[Tuple[int, int, str]] = []
    for piece, entity in segments:
        if entity and piece.strip():
            start = len(text) + len(piece) - len(piece.lstrip())
            spans.append((start, start + len(piece.strip()), entity))
        text += piece
    return text, tuple(spans)
