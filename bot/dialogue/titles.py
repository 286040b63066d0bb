"""The title of a to-do: the agent's own words without the request around them and without the time."""

import re
from datetime import datetime

from bot.understanding.folding import fold
from bot.understanding.lexicon import lexicon
from bot.understanding.moments import find_moments

_REQUEST = re.compile(
    r"^\s*(?:(?:please|pls|hey|hi|te rog|hei)[,\s]+)*"
    r"(?:remind me(?: to| about| of)?|remember to|don'?t (?:let me )?forget(?: to)?|i (?:have|need) to|"
    r"(?:add|set|create|make|put)(?: me)?(?: an?)? (?:to-?do|task|reminder|event)(?: to| for|:)?|(?:to-?do|task|event)[: ]+|"
    r"(?:aminte[sș]te|adu)[-\s]*mi(?: aminte)?(?: s[aă]| de| c[aă])?|s[aă] nu uit(?: s[aă]| de)?|"
    r"(?:pune|adaug[aă]|f[aă]|noteaz[aă])(?:[-\s]*mi)?(?: un| o)? (?:to-?do|task|sarcin[aă]|reminder|eveniment)(?: s[aă]| pentru|:)?|"
    r"trebuie s[aă]|am de)\s*",
    re.IGNORECASE,
)
_TOWARDS = r"\b(?:to|for|with|at|about|la|lui|cu|c[aă]tre|pentru|pt|despre)"
_LOOSE = re.compile(r"\s*\b(?:on|at|by|for|pe|la|p[aâ]n[aă]|din|de|in|în)\s*$", re.IGNORECASE)


def title_of(text: str, now: datetime, *, client: str | None = None) -> str:
    """The words of `text` that say what is to be done; empty where nothing is left.

    A client named at the end ("… to Acme") is left out: the customer stands beside the title anyway.
    """
    cut = text
    for span in sorted(find_moments(text, now=now.replace(tzinfo=None)), key=lambda one: one.start, reverse=True):
        cut = _LOOSE.sub("", cut[: span.start]) + " " + cut[span.end :]
    cut = _REQUEST.sub("", cut)
    cut = " ".join(cut.split()).strip(" ,.;:-–")
    if client:
        cut = re.sub(rf"(?:{_TOWARDS})\s+{re.escape(client)}\w{{0,4}}$", "", cut, flags=re.IGNORECASE)
    cut = _LOOSE.sub("", _without_importance(cut.strip(" ,.;:-–")))
    return cut[:1].upper() + cut[1:] if len(cut) > 2 else ""


def _without_importance(title: str) -> str:
    """Without a last ", urgent": its sign stands before the title."""
    for found in lexicon("importance").find(fold(title)):
        before = title[: found.start].rstrip()
        if not title[found.end :].strip(" .!") and before[-1:] in {",", ";", ":", "-", "–"}:
            return before.rstrip(" ,.;:-–")
    return title
