"""Decides what one clause asks for: the model's reading, checked by what its words alone leave no doubt about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from bot.understanding.acts import INTENTS, OUT_OF_SCOPE, SMALL_TALK_INTENTS
from bot.understanding.client import NluParse
from bot.understanding.folding import fold
from bot.understanding.keywords import KeywordReading, read_keywords

THRESHOLD: Final = 0.55
"""Below this the model guesses. Lower, it refuses little less and errs more; higher, it refuses good messages, which are
to be under 2%: `python -m benchmarks confidence` gives the curve, docs/decisions/0005-nlu-pipeline.md reads it."""
SPLIT_CONFIDENCE: Final = 0.7
"""A clause of a longer message stands on its own only where the model is surer than of a whole one."""
FAIRLY_SURE_OF_NOTHING: Final = 0.7
"""Less sure than this of "none of these" the model yields to words that are likely."""
SURE_OF_CHATTER: Final = 0.9
"""A sentence, not a word, is small talk only where the model is this sure."""
SURE_OF_NOTHING: Final = 0.85
"""So sure of "none of these" the model stands against a business rule."""

_DOCUMENT: Final = re.compile(
    r"(?<!\w)(?:reports?|sheets?|pdf|excel|xlsx?|print(?:ed|out)?|spreadsheet|document|raport\w*|fis[ae]\w*|tipar\w*|printeaz\w*|imprim\w*)(?!\w)"
)
_LISTED: Final = (
    (re.compile(r"(?<!\w)(?:forecast|prognoz\w+|previziun\w+)(?!\w)"), "show_forecast"),
    (re.compile(r"(?<!\w)agenda\w*(?!\w)(?! telefonic)"), "show_agenda"),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One clause's intent, how sure it is, and who said so."""

    intent: str
    confidence: float
    by: str
    parse: NluParse
    sure: bool = False

    @property
    def understood(self) -> bool:
        """Whether it may act."""
        return self.intent != OUT_OF_SCOPE and self.confidence >= THRESHOLD


def choose(text: str, parse: NluParse) -> Choice:
    """Weigh the model's ranking against the keyword grammar."""
    words = read_keywords(text)
    readable = parse.intent in INTENTS and any(map(str.isalnum, text))
    chatter = parse.intent in SMALL_TALK_INTENTS and parse.confidence < SURE_OF_CHATTER and len(text.split()) > 2
    intent = parse.intent if readable and not chatter else OUT_OF_SCOPE
    if words is not None and _prefer_words(words, intent, parse):
        confidence = max(words.confidence, parse.confidence_of(words.intent))
        return Choice(words.intent, confidence, "rule", parse, words.sure)
    if intent == "request_report" and not _DOCUMENT.search(fold(text)):
        listed = next((name for pattern, name in _LISTED if pattern.search(fold(text))), None)
        if listed is not None:
            return Choice(listed, parse.confidence, "rule", parse)
    return Choice(intent, parse.confidence, "model", parse, words is not None and words.intent == intent and words.sure)


def _prefer_words(words: KeywordReading, intent: str, parse: NluParse) -> bool:
    if words.intent == intent:
        return parse.confidence < words.confidence
    if not words.sure:
        return parse.confidence < (FAIRLY_SURE_OF_NOTHING if intent == OUT_OF_SCOPE else THRESHOLD)
    if words.certain or words.intent in SMALL_TALK_INTENTS or words.intent == OUT_OF_SCOPE:
        return True
    return not (intent == OUT_OF_SCOPE and parse.confidence >= SURE_OF_NOTHING)
