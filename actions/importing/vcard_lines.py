"""From a file's bytes to cards, and from a card to its properties, as phones and mail programs really write them.

Quoted-printable goes on in the next line (2.1), lines of a base64 photo are not indented, a charset holds for one line
alone, a card has no end. So lines are put together and parted here, in bytes, before anything is decoded, and in time
that grows with the file alone.
"""

import binascii
import codecs
import quopri
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

NO_END = "no_end"
LINE_UNREADABLE = "line_unreadable"
CHARACTERS_LOST = "characters_lost"

_WANTED = frozenset({"N", "FN", "ORG", "TITLE", "NICKNAME", "TEL", "EMAIL", "NOTE", "KIND", "X-ABLABEL", "X-ABSHOWAS"})
_FALLBACK = "cp1250"  # what Windows wrote in Romania before UTF-8
_CHARSETS = re.compile(
    r"(?:UTF|ISO|WINDOWS|CP|US|ASCII|LATIN|KOI|MAC|GB|BIG5|SHIFT|EUC)[\w-]*"
)  # no other codec is one
_BEGIN = re.compile(rb"\s*BEGIN\s*:\s*VCARD\s*", re.IGNORECASE)
_END = re.compile(rb"\s*END\s*:\s*VCARD\s*", re.IGNORECASE)
_PROPERTY = re.compile(rb"\s*(?:[\w-]{1,40}\.)?([A-Za-z][\w-]{0,40})\s*[;:]")
_HEAD = re.compile(rb'((?:[^":]|"[^"]*")*+):')
_PARAMETER = re.compile(r'(?:[^";]|"[^"]*"?)++')
_MOST_PROPERTIES = 200  # of one card; nobody has as many numbers
_MOST_VALUE = 100_000  # bytes of one value that are read; no name or note is longer
_CONTROL = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")  # with lone surrogates: no database keeps them


@dataclass(slots=True)
class RawCard:
    """The lines between BEGIN and END."""

    lines: list[bytes] = field(default_factory=list)
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Property:
    """One property of a card: `types` in upper case, `value` decoded but with its escapes."""

    name: str
    group: str
    types: frozenset[str]
    value: str


def cards_of(data: bytes) -> list[RawCard]:
    """Every card of the file; one within another (AGENT) belongs to it and is skipped."""
    cards: list[RawCard] = []
    depth = 0
    for line in _lines(data):
        if _BEGIN.fullmatch(line):
            if depth and _awaits_agent(cards[-1]):
                depth += 1
            else:
                cards.append(RawCard())
                depth = 1
        elif _END.fullmatch(line):
            depth = max(0, depth - 1)
            if cards and not depth:
                cards[-1].ended = True
        elif depth == 1:
            cards[-1].lines.append(line)
    return cards


def properties_of(card: RawCard, problems: list[str]) -> list[Property]:
    """The properties that say who somebody is; codes of what could not be read are added to `problems`."""
    if not card.ended:
        problems.append(NO_END)
    found: list[Property] = []
    for head, value in _unfolded(card.lines):
        name = _name(head)
        if name not in _WANTED:
            continue
        if len(found) == _MOST_PROPERTIES:
            problems.append(LINE_UNREADABLE)
            break
        try:
            found.append(_property(head, value, problems))
        except binascii.Error:
            problems.append(LINE_UNREADABLE)
    return found


def _lines(data: bytes) -> list[bytes]:
    """Lines in UTF-8 or in whatever each card says; UTF-16 is known by its mark or its zero bytes."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        data = data.decode("utf-16", errors="replace").encode("utf-8", errors="replace")
    elif data[1:2] == b"\0" or data[:1] == b"\0":
        encoding = "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"
        data = data.decode(encoding, errors="replace").encode("utf-8", errors="replace")
    data = data.removeprefix(codecs.BOM_UTF8).replace(b"\0", b"")
    data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    # files put together without a line's end between them
    return re.sub(rb"(END:VCARD)(?=BEGIN:VCARD)", rb"\1\n", data, flags=re.IGNORECASE).split(b"\n")


def _awaits_agent(card: RawCard) -> bool:
    return bool(card.lines) and bool(re.fullmatch(rb"\s*AGENT\b[^:]*:\s*", card.lines[-1], re.IGNORECASE))


def _unfolded(lines: list[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """Heads and whole values."""
    parts: list[bytes] = []
    quoted = False  # the value is quoted-printable, so that "=" at a line's end goes on in the next
    for line in lines:
        if parts and quoted and parts[-1].rstrip().endswith(b"="):
            parts[-1] = parts[-1].rstrip()[:-1]
            parts.append(line)
        elif parts and line[:1] in {b" ", b"\t"}:
            parts.append(line[1:])
        elif _PROPERTY.match(line):
            if parts:
                yield _split(b"".join(parts))
            parts = [line]
            quoted = b"QUOTED-PRINTABLE" in _split(line)[0].upper()
        elif parts and line.strip() and _name(parts[0]) == "NOTE":
            parts.append(b"\\n" + line)  # a writer that did not fold
    if parts:
        yield _split(b"".join(parts))


def _split(line: bytes) -> tuple[bytes, bytes]:
    """Head and value: parted by the first colon that is not within quotation marks."""
    match = _HEAD.match(line)
    if match is None:
        head, _, value = line.partition(b":")
        return head, value
    return match.group(1), line[match.end() :]


def _name(head: bytes) -> str:
    match = _PROPERTY.match(head + b":")
    return match.group(1).decode("ascii", errors="replace").upper() if match else ""


def _property(head: bytes, value: bytes, problems: list[str]) -> Property:
    full_name, *parameters = _PARAMETER.findall(head.strip().decode("ascii", errors="replace"))
    group, _, name = full_name.strip().upper().rpartition(".")
    given: dict[str, list[str]] = {}
    for parameter in parameters:
        key, equals, text = parameter.partition("=")
        values = (
            (text if equals else key).replace('"', "").upper().split(",")
        )  # vCard 2.1 writes a type without its key
        given.setdefault(key.strip().upper() if equals else "TYPE", []).extend(one.strip() for one in values)
    types = frozenset(given.get("TYPE", ()))
    encodings = types.union(given.get("ENCODING", ()))
    value = value[:_MOST_VALUE]
    if "QUOTED-PRINTABLE" in encodings:
        value = quopri.decodestring(value)
    elif encodings & {"B", "BASE64"}:
        value = binascii.a2b_base64(value)
    text = _decoded(value, given.get("CHARSET", [""])[0], problems)
    return Property(name=name, group=group, types=types, value=text)


def _decoded(value: bytes, charset: str, problems: list[str]) -> str:
    """The text of a value, without control characters."""
    text = _text(value, charset)
    if "\N{REPLACEMENT CHARACTER}" in text:
        problems.append(CHARACTERS_LOST)
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _text(value: bytes, charset: str) -> str:
    """By its own charset, else UTF-8, else what Windows wrote."""
    for encoding in (charset if _CHARSETS.fullmatch(charset) else "utf-8", "utf-8"):
        with suppress(LookupError, UnicodeError):
            return value.decode(encoding)
    return value.decode(_FALLBACK, errors="replace")
