"""Entities beside the HTML parse mode: those that Telegram finds itself, those sent as a list, and their display."""

import html
import re
from bisect import bisect_left
from itertools import accumulate, pairwise
from typing import Any

from sandbox.html_entities import utf16_length
from sandbox.links import Link, check_link

Entity = dict[str, Any]

_FOUND = (
    ("url", re.compile(r"(?<![\w@])(?:https?://|www\.)[^\s<>\"]*[^\s<>\".,;:!?)\]}'’”]", re.IGNORECASE)),
    ("url", re.compile(r"(?<![\w@./])(?:wa|t)\.me/[^\s<>\"]*[^\s<>\".,;:!?)\]}'’”]", re.IGNORECASE)),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}")),
    ("phone_number", re.compile(r"(?<![\w+])\+\d(?:[ \-()./]{0,2}\d){7,14}(?!\w)")),
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])")),
    ("mention", re.compile(r"(?<![\w@/])@[A-Za-z][A-Za-z0-9_]{3,31}(?!\w)")),
    ("hashtag", re.compile(r"(?<![\w#&])#(?!\d+\b)\w{1,256}")),
)
_OPAQUE = {"pre", "code", "text_link", "text_mention"}
_WRITABLE = frozenset(
    [
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "blockquote",
        "expandable_blockquote",
        "code",
        "pre",
        "text_link",
        "text_mention",
    ]
)
_TAGS = {
    "bold": ("<b>", "</b>"),
    "italic": ("<i>", "</i>"),
    "underline": ("<u>", "</u>"),
    "strikethrough": ("<s>", "</s>"),
    "code": ("<code>", "</code>"),
    "pre": ("<pre>", "</pre>"),
    "blockquote": ("<blockquote>", "</blockquote>"),
    "expandable_blockquote": ('<blockquote class="expandable">', "</blockquote>"),
    "spoiler": ('<span class="spoiler">', "</span>"),
    "mention": ('<span class="mention">', "</span>"),
    "text_mention": ('<span class="mention">', "</span>"),
    "hashtag": ('<span class="mention">', "</span>"),
}


class EntityError(ValueError):
    """An entity in a request that Telegram refuses; the text is what follows "Bad Request: "."""


def clean(text: str) -> str:
    """Drop what Telegram takes out of every text: carriage returns, control characters, line and direction marks.

    Half of a surrogate pair, which JSON can carry and UTF-8 cannot, becomes the replacement character.
    """
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    text = re.sub(r"[\r\u2028-\u202e]", "", text)
    return re.sub(r"[\x00-\x09\x0b-\x1f]", " ", text)


def trim(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Cut white space at both ends, as Telegram does, and move the entities along."""
    body = text.strip()
    lead = utf16_length(text[: len(text) - len(text.lstrip())])
    length = utf16_length(body)
    moved = []
    for entity in entities:
        start = max(entity["offset"] - lead, 0)
        end = min(entity["offset"] + entity["length"] - lead, length)
        if end > start:
            moved.append(entity | {"offset": start, "length": end - start})
    return body, moved


def complete(text: str, entities: list[Entity]) -> list[Entity]:
    """Add the entities that Telegram finds itself (commands, links, addresses, numbers) and put all in its order."""
    opaque = [_span(entity) for entity in entities if entity["type"] in _OPAQUE]
    widths = [0, *accumulate(2 if char > "\uffff" else 1 for char in text)]
    taken = list(opaque)
    found = []
    for kind, pattern in _FOUND:
        for match in pattern.finditer(text):
            start, end = widths[match.start()], widths[match.end()]
            if all(end <= other_start or start >= other_end for other_start, other_end in taken):
                taken.append((start, end))
                found.append({"type": kind, "offset": start, "length": end - start})
    return sorted([*entities, *found], key=lambda entity: (entity["offset"], -entity["length"]))


def given(raw: Any, text: str) -> list[Entity]:
    """Check entities sent as a list beside the text; those beyond the text or not for bots to set are left out."""
    if not isinstance(raw, list):
        raise EntityError("can't parse entities: expected an Array of MessageEntity")
    limit = utf16_length(text)
    entities = []
    for item in raw:
        if not isinstance(item, dict) or not isinstance(item.get("type"), str):
            raise EntityError("can't parse MessageEntity: Can't find field \"type\"")
        start, length = item.get("offset"), item.get("length")
        if not isinstance(start, int) or not isinstance(length, int):
            raise EntityError("can't parse MessageEntity: Can't find field \"offset\"")
        if item["type"] not in _WRITABLE or start < 0 or length <= 0 or start >= limit:
            continue
        entity = {"type": item["type"], "offset": start, "length": min(length, limit - start)}
        if item["type"] == "text_link":
            link = check_link(str(item.get("url", "")))
            if not isinstance(link, Link):
                raise EntityError(f"entity URL '{item.get('url', '')}' is invalid: {link.reason}")
            entity["url"] = link.url
        elif item["type"] == "text_mention":
            entity["user"] = item.get("user")
        elif item["type"] == "pre" and item.get("language"):
            entity["language"] = str(item["language"])
        entities.append(entity)
    return entities


def to_html(text: str, entities: list[Entity]) -> str:
    """Render text and entities as escaped HTML for the phone; overlapping entities are closed and opened again."""
    widths = [0, *accumulate(2 if char > "\uffff" else 1 for char in text)]
    spans = sorted((_span(entity), index) for index, entity in enumerate(entities))
    edges = sorted({0, widths[-1], *(edge for (start, end), _ in spans for edge in (start, min(end, widths[-1])))})
    parts: list[str] = []
    stack: list[int] = []
    for begin, end in pairwise(edges):
        covering = [
            index
            for (start, stop), index in sorted(spans, key=lambda item: (item[0][0], -item[0][1], item[1]))
            if start <= begin and stop >= end
        ]
        shared = 0
        while shared < min(len(stack), len(covering)) and stack[shared] == covering[shared]:
            shared += 1
        chunk = text[bisect_left(widths, begin) : bisect_left(widths, end)]
        parts += [_tags(entities[index], text, widths)[1] for index in reversed(stack[shared:])]
        parts += [_tags(entities[index], text, widths)[0] for index in covering[shared:]]
        parts.append(html.escape(chunk))
        stack = covering
    parts += [_tags(entities[index], text, widths)[1] for index in reversed(stack)]
    return "".join(parts)


def _span(entity: Entity) -> tuple[int, int]:
    return entity["offset"], entity["offset"] + entity["length"]


def _tags(entity: Entity, text: str, widths: list[int]) -> tuple[str, str]:
    kind = entity["type"]
    start, end = _span(entity)
    covered = text[bisect_left(widths, start) : bisect_left(widths, end)]
    if kind == "text_link":
        return _anchor(entity["url"])
    if kind == "url":
        return _anchor(covered if re.match(r"https?://", covered, re.IGNORECASE) else f"https://{covered}")
    if kind == "email":
        return _anchor(f"mailto:{covered}")
    if kind == "phone_number":
        return _anchor("tel:" + re.sub(r"[^\d+]", "", covered))
    if kind == "bot_command":
        return f'<span class="command" data-command="{html.escape(covered)}">', "</span>"
    return _TAGS.get(kind, ("<span>", "</span>"))


def _anchor(target: str) -> tuple[str, str]:
    return f'<a href="{html.escape(target)}" rel="noopener noreferrer" target="_blank">', "</a>"
