"""What the columns of a table hold, by their headings."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from actions.importing.errors import ImportFileError
from actions.importing.table import Cell, Row, is_empty, text_of
from domain.names import fold

NOTED = "noted"  # nobody knows the heading: its cells become lines of the note
LEFT_OUT = "left_out"
PERSONAL_CODE = "personal_code"
_LOOKED_AT = 30  # rows, among which the headings must be
_LONGEST = 80  # letters of a heading; a sentence above a table is none
_IDENTIFYING = frozenset(
    {"name", "first_name", "last_name", "company", "contact", "phone", "mobile", "email"}
)  # of which one at least must be there
_NUMBERED = frozenset({"phone", "mobile", "email"})  # of which there are several: at work, at home, the second
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading as written (or its letter), and the field that it holds; `NOTED` where none is known."""

    heading: str
    field: str


@dataclass(frozen=True, slots=True)
class Headings:
    """The row (from 0) of the headings, and the columns from left to right."""

    row: int
    columns: tuple[Column, ...]


@cache
def lexicon(section: str) -> dict[str, str]:
    """Each phrase of a section of `headings.toml` and what it stands for."""
    text = resources.files(__package__).joinpath("headings.toml").read_text(encoding="utf-8")
    return {phrase: meaning for meaning, phrases in tomllib.loads(text)[section].items() for phrase in phrases}


def plain(text: str) -> str:
    """Folded words with single spaces, as the lexicon has them; a sign alone stays ("✓")."""
    folded = re.sub(r"[^a-z0-9]+", " ", fold(_CAMEL.sub(" ", text))).strip()
    return folded or text.strip()


def score(rows: Sequence[Row]) -> int:
    """How well the best heading row among the first ones is understood; 0 where there is none."""
    return max((_worth(row) for row in rows[:_LOOKED_AT]), default=0)


def find_headings(rows: Sequence[Row]) -> Headings:
    """The headings of a table; raises ImportFileError where no row has any that says who somebody is."""
    top = rows[:_LOOKED_AT]
    at = max(range(len(top)), key=lambda row: (_worth(top[row]), -row))
    if not _worth(top[at]):
        raise ImportFileError("no_headings")
    width = max(len(row) for row in rows)
    cells = [*top[at], *[None] * (width - len(top[at]))]
    fields = _family_names([_field(cell) for cell in cells])
    columns = [
        Column(_heading(cell, place), field) for place, (cell, field) in enumerate(zip(cells, fields, strict=True))
    ]
    return Headings(at, tuple(columns))


def letter(place: int) -> str:
    """The name of a column in a spreadsheet: A for 0, AA for 26."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _heading(cell: Cell, place: int) -> str:
    return " ".join(text_of(cell).split())[:_LONGEST] or letter(place)


def _worth(row: Row) -> int:
    """More for more headings that are known, then for fewer others; 0 where none of them says who somebody is."""
    fields = [_field(cell) for cell in row]
    if not _IDENTIFYING.intersection(fields):
        return 0
    known = sum(field != NOTED for field in fields)
    filled = sum(not is_empty(cell) for cell in row)
    return known * 1000 + known * 100 // filled  # a row of data may hold a word or two that are headings too


def _field(cell: Cell) -> str:
    if not isinstance(cell, str) or len(cell) > _LONGEST:
        return NOTED
    known = lexicon("columns")
    exact, bare = _forms(plain(text_of(cell)))
    reachable = (known[form] for form in bare if known.get(form) in _NUMBERED)
    return next((known[form] for form in exact if form in known), next(reachable, NOTED))


def _forms(heading: str) -> tuple[list[str], list[str]]:
    """The heading, also without numbers and without what stands before it; and these without what stands behind."""
    affixes = lexicon("affixes")
    exact = [heading, " ".join(word for word in heading.split() if not word.isdecimal())]
    first, _, rest = exact[1].partition(" ")
    if affixes.get(first) == "before":
        exact.append(rest)
    behind = [f" {phrase}" for phrase, place in affixes.items() if place == "after"]
    return exact, [form.removesuffix(end) for form in exact for end in behind if form.endswith(end)]


def _family_names(fields: list[str]) -> list[str]:
    """Beside a first name alone, "Nume" is the last name."""
    if "first_name" in fields and "last_name" not in fields and "name" in fields:
        fields[fields.index("name")] = "last_name"
    return fields
