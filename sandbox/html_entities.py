"""Telegram's HTML parse mode: marked-up text to plain text and entities, with the error texts of TDLib's parse_html.

Offsets of entities count UTF-16 code units; offsets in errors count bytes of UTF-8, hence the work on bytes.
"""

import re
from dataclasses import dataclass
from typing import Any

from sandbox.links import Link, check_link

_SIMPLE = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
_TAGS = {*_SIMPLE, "a", "code", "pre", "blockquote", "tg-emoji"}
_NAMED = {b"lt": "<", b"gt": ">", b"amp": "&", b"quot": '"'}
_REFERENCE = re.compile(rb"&(?:#(?:x(?P<hex>[0-9a-fA-F]*)|(?P<decimal>[0-9]*))|(?P<name>[A-Za-z]*));?")
_SPACE = b" \t\r\n\0\x0b"


class HtmlError(ValueError):
    """Markup that Telegram refuses; the text is what follows "can't parse entities: "."""


@dataclass
class _Open:
    tag: str
    argument: str
    offset: int
    text_start: int


def utf16_length(text: str) -> int:
    """Count UTF-16 code units, in which Telegram states every length and offset."""
    return len(text) + sum(char > "\uffff" for char in text)


def parse_html(markup: str) -> tuple[str, list[dict[str, Any]]]:
    """Return the plain text and its entities; raises HtmlError where Telegram refuses the markup."""
    return _Parser(markup).run()


class _Parser:
    """One pass over the bytes, with the open tags on a stack."""

    def __init__(self, markup: str) -> None:
        # The zero byte ends scanning loops the way a C string does, so that errors fall on the same bytes.
        self.data = markup.encode("utf-8", "surrogatepass") + b"\0"
        self.size = len(self.data) - 1
        self.pos = 0
        self.text = ""
        self.offset = 0
        self.open: list[_Open] = []
        self.entities: list[dict[str, Any]] = []

    def run(self) -> tuple[str, list[dict[str, Any]]]:
        while self.pos < self.size:
            if self.data[self.pos] == ord("<"):
                begin = self.pos
                self.pos += 1
                if self.data[self.pos] == ord("/"):
                    self._end_tag(begin)
                else:
                    self._start_tag(begin)
            elif self.data[self.pos] == ord("&") and (char := self._reference()):
                self._append(char)
            else:
                self._plain()
        if self.open:
            raise HtmlError(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        for entity in self.entities:
            if entity["type"] == "code":
                entity.pop("language", None)
        return self.text, sorted(self.entities, key=lambda entity: (entity["offset"], -entity["length"]))

    def _append(self, text: str) -> None:
        self.text += text
        self.offset += utf16_length(text)

    def _plain(self) -> None:
        end = self.pos + 1
        while end < self.size and self.data[end] not in b"<&":
            end += 1
        self._append(self.data[self.pos : end].decode("utf-8", "replace"))
        self.pos = end

    def _reference(self) -> str:
        """Decode a character reference at the position and step over it; empty where it is none."""
        match = _REFERENCE.match(self.data, self.pos)
        if match is None:
            return ""
        name, hexadecimal, decimal = match["name"], match["hex"], match["decimal"]
        if name is not None:
            char = _NAMED.get(name, "")
        else:
            code = int(hexadecimal or b"0", 16) if hexadecimal is not None else int(decimal or b"0")
            length = match.end() - match.start() - match[0].endswith(b";")
            char = chr(code) if 0 < code < 0x10FFFF and length < 10 and not 0xD800 <= code <= 0xDFFF else ""
        if char:
            self.pos = match.end()
        return char

    def _word(self, stop: bytes) -> str:
        begin = self.pos
        while self.data[self.pos] not in _SPACE + stop:
            self.pos += 1
        return self.data[begin : self.pos].decode("utf-8", "replace")

    def _skip_space(self) -> None:
        while self.pos < self.size and self.data[self.pos] in _SPACE:
            self.pos += 1

    def _start_tag(self, begin: int) -> None:
        tag = self._word(b">").lower()
        if self.pos >= self.size:
            raise HtmlError(f"Unclosed start tag at byte offset {begin}")
        if tag not in _TAGS:
            raise HtmlError(f'Unsupported start tag "{tag}" at byte offset {begin}')
        argument = ""
        while True:
            self._skip_space()
            if self.data[self.pos] == ord(">"):
                break
            argument = self._attribute(tag, begin) or argument
        self.pos += 1
        if tag == "span" and argument != "spoiler":
            raise HtmlError(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
        self.open.append(_Open(tag, argument, self.offset, len(self.text)))

    def _attribute(self, tag: str, begin: int) -> str:
        """Read one attribute; return what it says of the entity, empty where it says nothing."""
        if self.pos >= self.size:
            raise HtmlError(f"Unclosed start tag at byte offset {begin}")
        name = self._word(b"=>" if tag == "blockquote" else b"=").lower()
        if not name:
            raise HtmlError(f'Empty attribute name in the tag "{tag}" at byte offset {begin}')
        self._skip_space()
        if (tag, name) == ("blockquote", "expandable") and self.data[self.pos] != ord("="):
            return "expandable"
        if self.data[self.pos] != ord("="):
            raise HtmlError(
                f'Expected equal sign in declaration of an attribute of the tag "{tag}" at byte offset {begin}'
            )
        self.pos += 1
        self._skip_space()
        if self.pos >= self.size:
            raise HtmlError(f'Unclosed start tag "{tag}" at byte offset {begin}')
        value = self._quoted() if self.data[self.pos] in b"'\"" else self._token()
        if self.pos >= self.size:
            raise HtmlError(f"Unclosed start tag at byte offset {begin}")
        return _argument(tag, name, value)

    def _token(self) -> str:
        begin = self.pos
        while chr(self.data[self.pos]).isascii() and (
            chr(self.data[self.pos]).isalnum() or self.data[self.pos] in b".-"
        ):
            self.pos += 1
        if self.data[self.pos] not in _SPACE + b">":
            raise HtmlError(f"Unexpected end of name token at byte offset {begin}")
        return self.data[begin : self.pos].decode().lower()

    def _quoted(self) -> str:
        quote = self.data[self.pos]
        self.pos += 1
        value = b""
        while self.pos < self.size and self.data[self.pos] != quote:
            if self.data[self.pos] == ord("&") and (char := self._reference()):
                value += char.encode()
            else:
                value += self.data[self.pos : self.pos + 1]
                self.pos += 1
        self.pos += self.pos < self.size
        return value.decode("utf-8", "replace")

    def _end_tag(self, begin: int) -> None:
        if not self.open:
            raise HtmlError(f"Unexpected end tag at byte offset {begin}")
        self.pos += 1
        name = self._word(b">").lower()
        self._skip_space()
        if self.data[self.pos] != ord(">"):
            raise HtmlError(f"Unclosed end tag at byte offset {begin}")
        self.pos += 1
        opened = self.open.pop()
        if name and name != opened.tag:
            raise HtmlError(f'Unmatched end tag at byte offset {begin}, expected "</{opened.tag}>", found "</{name}>"')
        if self.offset > opened.offset and (entity := self._entity(opened)):
            self.entities.append(entity)

    def _entity(self, opened: _Open) -> dict[str, Any] | None:
        span = {"offset": opened.offset, "length": self.offset - opened.offset}
        if opened.tag in _SIMPLE:
            return {"type": _SIMPLE[opened.tag], **span}
        if opened.tag == "blockquote":
            return {"type": "expandable_blockquote" if opened.argument else "blockquote", **span}
        if opened.tag == "tg-emoji":
            if not opened.argument.isdigit():
                raise HtmlError("Invalid custom emoji identifier specified")
            return {"type": "custom_emoji", **span, "custom_emoji_id": opened.argument}
        if opened.tag == "a":
            return _link_entity(opened.argument or self.text[opened.text_start :], span)
        return self._code(opened, span)

    def _code(self, opened: _Open, span: dict[str, int]) -> dict[str, Any] | None:
        """Make `pre` or `code`; nested over the same text the two are one `pre` with a language."""
        last = self.entities[-1] if self.entities else {}
        same = last.get("offset") == span["offset"] and last.get("length") == span["length"]
        if opened.tag == "pre" and same and last.get("type") == "code" and last.get("language"):
            last["type"] = "pre"
            return None
        if opened.tag == "code" and same and last.get("type") == "pre" and opened.argument:
            last["language"] = opened.argument
            return None
        entity: dict[str, Any] = {"type": opened.tag, **span}
        return entity | ({"language": opened.argument} if opened.argument else {})


def _argument(tag: str, name: str, value: str) -> str:
    if (tag, name) in {("a", "href"), ("tg-emoji", "emoji-id")}:
        return value
    if (tag, name) == ("code", "class") and value.startswith("language-"):
        return value.removeprefix("language-")
    if (tag, name) == ("span", "class") and value.startswith("tg-"):
        return value.removeprefix("tg-")
    return "expandable" if (tag, name) == ("blockquote", "expandable") else ""


def _link_entity(target: str, span: dict[str, int]) -> dict[str, Any] | None:
    """Make the entity of an `a`; a link that Telegram does not open leaves its text plain, without an error."""
    user = re.fullmatch(r"tg://user/?\?id=(\d{1,16})", target)
    if user:
        return {"type": "text_mention", **span, "user": {"id": int(user[1])}}
    link = check_link(target)
    return {"type": "text_link", **span, "url": link.url} if isinstance(link, Link) else None
