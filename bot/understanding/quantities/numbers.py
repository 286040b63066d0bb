"""Numbers as people type them: "22.000", "22 000", "22.500,50", "22k", "douăzeci și două de mii"."""

import re
from dataclasses import dataclass
from decimal import Decimal

from bot.understanding.moments.numerals import SMALL, TENS_ENGLISH, TENS_ROMANIAN, spelled
from bot.understanding.moments.tokens import Line
from bot.understanding.moments.wordlist import wordset

_THOUSANDS = wordset("k mii mie thousand thousands grand miare")
_MILLIONS = frozenset(("million", "millions", "milion", "milioane", "mio"))
_HUNDREDS = frozenset(("hundred", "suta", "sute"))
_GROUP = re.compile(r"\d{3}")


@dataclass(frozen=True, slots=True)
class Number:
    """A number, where it stands, and how it was written; `scaled` with "k" or "mii", `grouped` with marks between thousands."""

    first: int
    last: int
    value: Decimal
    scaled: bool = False
    grouped: bool = False
    worded: bool = False
    decimals: bool = False


def number_at(line: Line, i: int) -> Number | None:
    """Read one number with its scale ("22,5 mii")."""
    word = line.word(i)
    if word[:1].isdecimal():
        if _inside(line, i):
            return None
        found = _figures(line, i)
        return _scaled(line, found) if found else None
    if (
        word in SMALL
        or word in TENS_ENGLISH
        or word in TENS_ROMANIAN
        or (word in {"o", "a", "un"} and (_scale(line, i + 1) or line.word(i + 1) in _HUNDREDS))
    ):
        return _words(line, i)
    return None


def _inside(line: Line, i: int) -> bool:
    """Tell whether the figures continue a longer run ("+40722…", "A123", "10:30")."""
    if not line.glued(i):
        return False
    before = line.word(i - 1)
    if before[-1:].isalnum():
        # "x3 Duster"
        return before != "x" or line.glued(i - 1)
    return before in {".", ",", ":", "/", "'"} and line.glued(i - 1) and line.word(i - 2)[-1:].isdecimal()


def _figures(line: Line, i: int) -> Number | None:
    """Read figures with their marks: three figures after a mark are thousands, others decimals."""
    if len(line.word(i)) > 12:
        return None
    groups = [line.word(i)]
    j = i + 1
    marks: list[str] = []
    while True:
        mark = line.word(j)
        if mark in {".", ",", "'"} and line.glued(j) and line.glued(j + 1) and line.word(j + 1).isdecimal():
            groups.append(line.word(j + 1))
            marks.append(mark)
            j += 2
        elif _GROUP.fullmatch(mark) and not line.glued(j) and _spaced(line, groups, marks, j):
            groups.append(mark)
            marks.append(" ")
            j += 1
        else:
            break
    if line.word(j) in {":", "/"} and line.glued(j) and line.glued(j + 1) and line.word(j + 1).isdecimal():
        return None
    return _valued(i, j, groups, marks)


def _spaced(line: Line, groups: list[str], marks: list[str], j: int) -> bool:
    one_space = line.tokens[j].start - line.tokens[j - 1].end == 1
    return (
        one_space
        and all(mark == " " for mark in marks)
        and 1 <= len(groups[0]) <= 3
        and groups[0] != "0"
        and groups[0][0] != "0"
    )


def _valued(i: int, j: int, groups: list[str], marks: list[str]) -> Number | None:
    if not marks:
        return Number(i, j, Decimal(groups[0]))
    last_is_decimal = len(groups[-1]) <= 2 or (len(marks) > 1 and marks[-1] != marks[0] and len(groups[-1]) != 3)
    whole = groups[:-1] if last_is_decimal else groups
    if any(len(group) != 3 for group in whole[1:]) or (len(whole) > 1 and len(whole[0]) > 3):
        return None
    inner = set(marks[:-1] if last_is_decimal else marks)
    if len(inner) > 1 or (last_is_decimal and marks[-1] in {" ", "'"}) or (last_is_decimal and marks[-1] in inner):
        return None
    if last_is_decimal:
        return Number(i, j, Decimal("".join(whole) + "." + groups[-1]), grouped=len(whole) > 1, decimals=True)
    if whole[0][0] == "0":
        return None
    return Number(i, j, Decimal("".join(whole)), grouped=True)


def _scale(line: Line, j: int) -> tuple[int, int] | None:
    """Read "k", "mii", "de mii", "milioane": the place after it, and the factor."""
    k = j + 1 if line.word(j) == "de" else j
    word = line.word(k)
    if word in _THOUSANDS:
        return k + 1, 1000
    if word in _MILLIONS:
        return k + 1, 1_000_000
    return None


def _scaled(line: Line, number: Number) -> Number:
    scale = _scale(line, number.last)
    if scale is None:
        half = _and_a_half(line, number.last)
        scale_after = _scale(line, half) if half else None
        if half and scale_after:
            value = (number.value + Decimal("0.5")) * scale_after[1]
            return Number(number.first, scale_after[0], value, scaled=True)
        return number
    j, factor = scale
    value = number.value * factor
    if line.word(j) in {"jumate", "jumatate"} or (line.word(j) == "si" and line.word(j + 1) in {"jumate", "jumatate"}):
        return Number(number.first, j + 1 + (line.word(j) == "si"), value + factor // 2, scaled=True)
    rest = line.number(j)
    if (
        factor == 1000
        and line.word(j - 1) == "mii"
        and rest is not None
        and len(line.word(j)) == 3
        and not _joined(line, j + 1)
    ):
        return Number(number.first, j + 1, value + rest, scaled=True)
    return Number(number.first, j, value, scaled=True, decimals=number.decimals)


def _joined(line: Line, j: int) -> bool:
    return (line.glued(j) and line.word(j)[:1].isalnum()) or line.word(j)[:1].isdecimal()


def _and_a_half(line: Line, j: int) -> int | None:
    for words in (
        ("and", "a", "half"),
        ("si", "jumatate", "de"),
        ("si", "jumate", "de"),
        ("si", "jumatate"),
        ("si", "jumate"),
    ):
        after = line.match(j, *words)
        if after is not None:
            return after
    return None


def _words(line: Line, i: int) -> Number | None:
    """Read a number in words up to millions: groups below a hundred with the scales after them."""
    total = Decimal(0)
    group = 0
    j = i
    scaled = False
    while True:
        one = line.word(j) in {"o", "a", "un", "one"} and (
            line.word(j + 1) in _HUNDREDS or _scale(line, j + 1) is not None
        )
        found = (j + 1, 1) if one else spelled(line, j)
        if found is None:
            break
        j, small = found
        group += small
        if line.word(j) in _HUNDREDS:
            # In Romanian and English alike the hundreds multiply what stands right before them.
            group = group - small + small * 100
            j = j + 1
            k = line.skip(j, ("and",))
            if spelled(line, k) and not _is_list(line, k):
                j = k
                continue
        scale = _scale(line, j)
        if scale:
            j, factor = scale
            total += group * factor
            group = 0
            scaled = True
            half = _and_a_half(line, j) if factor == 1000 else None
            if half or line.word(j) in {"jumate", "jumatate"}:
                total += factor // 2
                j = half or j + 1
                break
            k = line.skip(j, ("and", "si"))
            if k == j and (spelled(line, k) or (line.word(k) in {"o", "one"} and line.word(k + 1) in _HUNDREDS)):
                continue
            j = k if k > j and spelled(line, k) and line.word(j) == "and" else j
            if j == k and k > 0 and spelled(line, k):
                continue
        break
    if j == i:
        return None
    half = _and_a_half(line, j)
    scale = _scale(line, half) if half and not scaled else None
    if scale:
        return Number(i, scale[0], (group + Decimal("0.5")) * scale[1], scaled=True, worded=True)
    return Number(i, j, total + group, scaled=scaled, worded=True)


def _is_list(line: Line, k: int) -> bool:
    return line.word(k) in {"one", "o", "un"} and line.word(k + 1) not in {"thousand", "mie"}
