"""Tells texts that may never be acts before anything tries to understand them: commands, pasted chats, walls of text."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

MAX_CHARACTERS: Final = 1000
"""Longer than any request typed on a phone; what is longer is a text to keep, not to obey."""

_SLASHES: Final = frozenset("/⁄∕⧸╱")
"""The solidus and the characters that look like it once NFKC has folded the full-width ones."""

_MONTH: Final = r"[^\W\d_]{3,12}\.?"
_DATE: Final = (
    rf"(?:\d{{1,4}}[./-]\d{{1,2}}(?:[./-]\d{{1,4}})?|\d{{1,2}}\.?\s+{_MONTH}\s+\d{{4}}|{_MONTH}\s+\d{{1,2}},\s+\d{{4}})"
)
_TIME: Final = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[ap]\.?\s?m\.?)?"
_WHEN: Final = rf"{_DATE},?\s+(?:at\s+|la\s+)?{_TIME}"
_NAME: Final = r"[^\n\[\]:]{1,60}"
_HEADERS: Final = (
    # WhatsApp on iOS and Android, Viber: [23.11.26, 10:15:00] Name: text
    rf"\[{_WHEN}\]\s*{_NAME}:",
    # WhatsApp in the browser puts the hour first: [10:15, 23.11.2026] Name: text
    rf"\[{_TIME},?\s+{_DATE}\]\s*{_NAME}:",
    # Telegram: Name, [23.11.2026 10:15] and the text on the same line or the next
    rf"{_NAME},\s*\[{_WHEN}[^\]\n]{{0,20}}\]",
    # WhatsApp's export: 23/11/2026, 10:15 - Name: text
    rf"{_WHEN}\s+[-–—]\s+{_NAME}:",
    # Signal: Name (23.11.2026, 10:15): text
    rf"{_NAME}\({_WHEN}\)\s*:",
    # Messenger: the name, the moment and the text on lines of their own
    rf"{_NAME}\n\s*{_WHEN}\s*\n",
    # the mark that mail programs and messengers set above what was passed on
    r"-{2,}\s*(?:forwarded message|mesaj redirec[tț]ionat)\s*-{2,}",
    r"(?:forwarded from|redirec[tț]ionat de la|forwarded message from)\s*:?\s+\S",
)
_PASTED: Final = re.compile(rf"^[ \t>]*(?:{'|'.join(_HEADERS)})", re.IGNORECASE | re.MULTILINE)


def visible(text: str) -> str:
    """The text as it looks: folded to compatibility forms, without invisible characters at its start."""
    folded = unicodedata.normalize("NFKC", text)
    for position, character in enumerate(folded):
        if not _is_invisible(character):
            return folded[position:]
    return ""


def leading_slash(text: str) -> bool:
    """Whether the text is a command, or a payload dressed as one; such text never reaches the NLU."""
    shown = visible(text)
    return shown[:1] in _SLASHES if shown else False


def looks_pasted(text: str) -> bool:
    """Whether the text carries the header that a messenger adds when messages are copied out of it."""
    shown = "\n".join(
        "".join(character for character in line if unicodedata.category(character) != "Cf")
        for line in unicodedata.normalize("NFKC", text).split("\n")
    )
    return _PASTED.search(shown) is not None


def too_long(text: str) -> bool:
    """Whether the text is longer than a request."""
    return len(text) > MAX_CHARACTERS


def _is_invisible(character: str) -> bool:
    """Space, format and control characters, and the few letters that draw nothing."""
    return unicodedata.category(character)[0] in "ZC" or character in "\u115f\u1160\u3164\uffa0\u2800\u034f\ufe0f"


def command_name(text: str) -> str | None:
    """The name of a plain command ("/agenda", "/agenda@our_bot"); None where anything is glued to it."""
    found = re.match(r"/([a-z_]{1,32})(?:@\w+)?(?:\s|$)", visible(text), re.IGNORECASE)
    return found[1].lower() if found else None
