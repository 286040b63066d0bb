"""Text as it goes onto paper: cleaned of what cannot be printed, measured, and broken into lines.

Nothing here reads markup: what a person typed is printed as typed.
"""

import unicodedata
from functools import lru_cache

from actions.documents.theme import REGULAR, Style, font

ELLIPSIS = "…"
MISSING = "\N{REPLACEMENT CHARACTER}"
_BREAKS = ("\n", "\v", "\f", "\x85", "\N{LINE SEPARATOR}", "\N{PARAGRAPH SEPARATOR}")
_REPLACED = {**dict.fromkeys(_BREAKS, "\n"), "\t": " ", "\N{MINUS SIGN}": "-"}  # the family has no minus
_INVISIBLE = {"Cc", "Cf", "Cs"}  # controls, zero-width and bidirectional marks, lone surrogates
_MARKS = {"Mn", "Me", "So", "Sk"}  # without a glyph: an emoji with its variations, an accent


def clean(text: str) -> str:
    """`text` with letters composed, one kind of line break, and without what is invisible or turns direction.

    A character that the font does not have becomes its plain form, or U+FFFD.
    """
    if text.isascii() and text.isprintable():
        return text
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(map(_printable, composed))


@lru_cache(maxsize=4096)
def _printable(character: str) -> str:
    if character in _REPLACED:
        return _REPLACED[character]
    category = unicodedata.category(character)
    if category in _INVISIBLE or (category in _MARKS and not _has(character)):
        return ""
    if _has(character):
        return character
    plain = unicodedata.normalize("NFKC", character)
    return plain if plain != character and all(map(_has, plain)) else MISSING


def _has(character: str) -> bool:
    # Beyond the basic plane a subset's map back to text is wrong, so that the text could not be copied.
    return character.isascii() or (ord(character) < 0xFFFF and ord(character) in font(REGULAR).face.charToGlyph)


def width(text: str, style: Style) -> float:
    """In points."""
    return _ems(text, style.font) * style.size


@lru_cache(maxsize=16_384)  # tables say the same again and again, and their ends are measured before they are drawn
def _ems(text: str, name: str) -> float:
    return float(font(name).stringWidth(text, 1))


def wrap(text: str, style: Style, available: float) -> list[str]:
    """Cleaned `text` in lines of at most `available` points; a word that is longer is cut. Never empty."""
    text = clean(text)
    if "\n" not in text and width(text, style) <= available:
        return [text]
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines.extend(_wrap_one(paragraph, style, available))
    return lines


def _wrap_one(paragraph: str, style: Style, available: float) -> list[str]:
    lines: list[str] = []
    space = width(" ", style)
    line, used = "", 0.0
    for word in paragraph.split(" "):
        length = width(word, style)
        if line and used + space + length <= available:
            line, used = f"{line} {word}", used + space + length
            continue
        if line:
            lines.append(line)
        line, used = word, length
        if length > available:
            *full, line = _cut(word, style, available)
            lines.extend(full)
            used = width(line, style)
    lines.append(line)
    return lines


def _cut(word: str, style: Style, available: float) -> list[str]:
    """A word in pieces that fit, of at least one letter each; cut after a sign within its last third where there is one."""
    pieces, start, used = [], 0, 0.0
    for index, letter in enumerate(word):
        step = width(letter, style)
        if index > start and used + step > available:
            end = _after_sign(word, start, index)
            pieces.append(word[start:end])
            used = width(word[end:index], style)
            start = end
        used += step
    return [*pieces, word[start:]]


def _after_sign(word: str, start: int, end: int) -> int:
    for index in range(end, end - (end - start) // 3, -1):
        if word[index - 1] in "-@/.,;_":
            return index
    return end


def shorten(text: str, style: Style, available: float) -> str:
    """Cleaned `text` on one line, its end left out ("…") where it is too long."""
    text = clean(text).replace("\n", " ")
    if width(text, style) <= available:
        return text
    room = available - width(ELLIPSIS, style)
    if room <= 0:
        return ""
    return _cut(text, style, room)[0].rstrip() + ELLIPSIS
