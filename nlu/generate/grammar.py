"""The notation of nlu/data: alternatives ``(a|b)``, optional ``[a]``, slots ``{name}``, spans ``<text:entity>``.

A line stands for all messages that it unfolds to; ``sample`` draws one of them. Slots unfold by the same notation, so
a language's words stand in its ``words.yml`` and not in code.
"""

import random
from dataclasses import dataclass
from typing import Callable, Dict, List, Tuple, Union

Segment = Tuple[str, str]  # text, and the entity that it is, or ""


@dataclass(frozen=True)
class Literal:
    """Plain text."""

    text: str


@dataclass(frozen=True)
class Slot:
    """A name that the word lists know."""

    name: str


@dataclass(frozen=True)
class Choice:
    """One of several sequences; an optional part is a choice with nothing in it."""

    options: Tuple["Sequence", ...]


@dataclass(frozen=True)
class Span:
    """A sequence that is one entity."""

    inner: "Sequence"
    entity: str


Node = Union[Literal, Slot, Choice, Span]
Sequence = Tuple[Node, ...]


class NotationError(ValueError):
    """A line that is not written in the notation, with the line."""


def parse(line: str) -> Sequence:
    """Read one line; raises NotationError where a bracket stands alone."""
    sequence, at = _sequence(line, 0, "")
    if at != len(line):
        raise NotationError(f"unexpected {line[at]!r} in {line!r}")
    return sequence


def _sequence(line: str, at: int, until: str) -> Tuple[Sequence, int]:
    nodes: List[Node] = []
    text = ""
    while at < len(line) and line[at] not in until:
        sign = line[at]
        if sign in "([{<":
            if text:
                nodes.append(Literal(text))
                text = ""
            node, at = _bracket(line, at)
            nodes.append(node)
        elif sign in ")]}>":
            raise NotationError(f"unexpected {sign!r} in {line!r}")
        else:
            text += sign
            at += 1
    if text:
        nodes.append(Literal(text))
    return tuple(nodes), at


def _bracket(line: str, at: int) -> Tuple[Node, int]:
    opening = line[at]
    if opening == "{":
        end = line.find("}", at)
        if end < 0:
            raise NotationError(f"unclosed slot in {line!r}")
        return Slot(line[at + 1 : end]), end + 1
    closing = {"(": ")", "[": "]", "<": ">"}[opening]
    options: List[Sequence] = []
    at += 1
    while True:
        option, at = _sequence(line, at, "|" + closing if opening != "<" else closing)
        options.append(option)
        if at >= len(line):
            raise NotationError(f"unclosed {opening!r} in {line!r}")
        at += 1
        if line[at - 1] == closing:
            break
    if opening == "<":
        return _span(options[0], line), at
    if opening == "[":
        options.append(())
    return Choice(tuple(options)), at


def _span(inner: Sequence, line: str) -> Span:
    last = inner[-1] if inner else None
    if not isinstance(last, Literal) or ":" not in last.text:
        raise NotationError(f"a span names no entity in {line!r}")
    text, entity = last.text.rsplit(":", 1)
    return Span(inner[:-1] + ((Literal(text),) if text else ()), entity)


Words = Dict[str, Union[List[Sequence], Callable[[random.Random], str]]]


def sample(sequence: Sequence, words: Words, chance: random.Random, entity: str = "") -> List[Segment]:
    """Draw one message as segments; raises KeyError for a slot that no list holds."""
    segments: List[Segment] = []
    for node in sequence:
        if isinstance(node, Literal):
            segments.append((node.text, entity))
        elif isinstance(node, Choice):
            segments += sample(chance.choice(node.options), words, chance, entity)
        elif isinstance(node, Span):
            inner = sample(node.inner, words, chance, node.entity)
            segments.append(("".join(text for text, _ in inner), node.entity))
        else:
            filling = words[node.name]
            if callable(filling):
                segments.append((filling(chance), entity))
            else:
                segments += sample(chance.choice(filling), words, chance, entity)
    return segments


def spread(sequence: Sequence, words: Words, depth: int = 0) -> int:
    """Estimate how many messages a line unfolds to, bounded at 10,000."""
    total = 1
    for node in sequence:
        if isinstance(node, Choice):
            total *= sum(spread(option, words, depth) for option in node.options)
        elif isinstance(node, Span):
            total *= spread(node.inner, words, depth)
        elif isinstance(node, Slot):
            filling = words[node.name]
            total *= (
                50 if callable(filling) or depth > 2 else sum(spread(option, words, depth + 1) for option in filling)
            )
        if total > 10_000:
            return 10_000
    return total
