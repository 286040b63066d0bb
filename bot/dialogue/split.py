"""Telegram takes 4,096 UTF-16 units a message, counted after its HTML is parsed; longer answers go as several."""

import html
import re

LIMIT = 4096
_TAG = re.compile(r"<[^>]+>")


def units(text: str) -> int:
    """UTF-16 code units of what Telegram shows of this HTML (https://core.telegram.org/api/entities#entity-length)."""
    return len(html.unescape(_TAG.sub("", text)).encode("utf-16-le")) // 2


def fits(text: str) -> bool:
    """Whether one message can hold it."""
    return units(text) <= LIMIT


def split_text(text: str) -> list[str]:
    """Parts that fit, cut between lines: our texts open and close every tag within a line, so no part is torn.

    A single line that is too long (a note of thousands of letters) is cut within, its tags dropped.
    """
    parts: list[str] = []
    current = ""
    for line in text.split("\n"):
        for piece in [line] if fits(line) else _cut(line):
            joined = f"{current}\n{piece}" if current else piece
            if fits(joined):
                current = joined
            else:
                parts.append(current)
                current = piece
    return [part for part in [*parts, current] if part.strip()]


def _cut(line: str) -> list[str]:
    plain = html.unescape(_TAG.sub("", line))
    size = LIMIT // 2  # every character is at most two units
    return [html.escape(plain[at : at + size], quote=False) for at in range(0, len(plain), size)]
