"""Finds a name in lower case that nothing but its place tells: "done with meeting carpat beton", "hurmuz lost"."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from bot.understanding.folding import fold
from bot.understanding.names import never_names, titles
from bot.understanding.plain import known_words

_NAME: Final = r"(?P<name>[a-z]{3,}(?: [a-z]{3,})?)(?![\w-])"
_END: Final = r"(?=\s*(?:$|[,;.!?+:]|\s\s|\s\d|\s(?:on|at|in|pe|la|by)\s))"
_NOUN: Final = (
    r"(?:meeting|call|test drive|email|message|appointment|visit|intalnire|intalnirea|tel|telefon|telefonul|apel|apelul|test drive-ul|mesaj|"
    r"mail|vizita|opportunity|deal|oportunitate|offer|oferta|fleet|flota|buy[ -]?back|trade[ -]?in|quote)"
)
_STATE: Final = r"(?:signed|a semnat|semnat|lost|pierdut|pierduta|won|castigat|castigata|qualified|calificat|calificata|bought|no answer)"
_PLACES: Final = (
    re.compile(r"^\s*(?:find|look up|lookup|search for|gaseste(?:-[lo]|-mi)?|cauta(?:-[lo]|-mi)?)\s+" + _NAME + _END),
    re.compile(r"^\s*" + _NAME + r"\s+(?:is |e |este )?" + _STATE + r"(?!\w)"),
    re.compile(r"(?<!\w)" + _NOUN + r"(?: (?:with|cu|w|for|pt|pentru|to|la|by|lui))?\s+" + _NAME + _END),
    re.compile(r"(?<!\w)(?:with|cu|pt|pentru|lui) " + _NAME + _END),
)


def find_telegraphic(text: str, left: str) -> tuple[int, int] | None:
    """Where such a name stands in an act, of which other readers left only `left`; only words that no list knows make one."""
    for pattern in _PLACES:
        for match in (*pattern.finditer(fold(text)), *pattern.finditer(fold(left))):
            start, end = match.span("name")
            words = match.group("name").split()
            if len(words) == 2 and (words[1] in never_names() or left[end - 1] == " "):
                end = start + len(words[0])
                words = words[:1]
            if left[start:end] == text[start:end] and all(_may_be_name(word) for word in words):
                return start, end
    return None


@cache
def _may_be_name(word: str) -> bool:
    return word not in never_names() and word not in known_words() and word not in titles()
