"""Telegram takes 4,096 UTF-16 units a message, counted after its HTML is parsed; longer answers go as several."""

import html
import re
from collections.abc import Iterator

LIMIT = 4096
_TAG = re.compile(r"<[^>]+>")
_PIECE = re.compile(r"<[^>]+>|&[#\w]+;|.", re.DOTALL)
_NAME = re.compile(r"</?(\w+)")


def units(text: str) -> int:
    """UTF-16 code units of what Telegram shows of this HTML (https://core.telegram.org/api/entities#entity-length)."""
    return len(html.unescape(_TAG.sub("", text)).encode("utf-16-le", "surrogatepass")) // 2


def fits(text: str) -> bool:
    """Whether one message can hold it."""
    return units(text) <= LIMIT


def split_text(text: str) -> list[str]:
    """Parts that fit, cut at the end of a line where there is one, else within; a tag that is cut is closed and opened again.

    Together the parts show every character of the text, but for the line ends at which it was cut.
    """
    return [part for part in _parts(text) if html.unescape(_TAG.sub("", part)).strip()]


def _parts(text: str) -> Iterator[str]:
    pieces = _PIECE.findall(text)
    open_tags: list[str] = []
    while pieces:
        end, rest = _end(pieces)
        opening = "".join(open_tags)
        for piece in pieces[:end]:
            _follow(piece, open_tags)
        closing = "".join(f"</{_NAME.match(tag)[1]}>" for tag in reversed(open_tags))  # type: ignore[index]
        yield opening + "".join(pieces[:end]) + closing
        pieces = pieces[rest:]


def _end(pieces: list[str]) -> tuple[int, int]:
    """Where the part ends, and where the next begins: after the line end at which it was cut."""
    used, line_end = 0, 0
    for at, piece in enumerate(pieces):
        used += units(piece)
        if used > LIMIT:
            return (line_end, line_end + 1) if line_end else (at, at)
        if piece == "\n":
            line_end = at
    return len(pieces), len(pieces)


def _follow(piece: str, open_tags: list[str]) -> None:
    if piece.startswith("</"):
        open_tags.pop()
    elif piece.startswith("<"):
        open_tags.append(piece)
