"""By what a person may be named in any text: the whole name, a phone in any spelling, an e-mail, a tax number.

It serves to find and to take out: an erasure must reach what people typed in their own way.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import permutations
from typing import Any

import phonenumbers

from domain.names import LEGAL_FORMS, fold, words

TAKEN_OUT = "…"
_MOST_ORDERS = 3  # words of a name that may stand in any order
_SHORTEST_HINT = 3
_GAP = r"[\s.\-()/\u00a0]{0,3}"
_BETWEEN = r"[\s,.;:/_-]+"
_ENDING = r"\w{0,4}"  # a Romanian case ending, or an English 's


@dataclass(frozen=True)
class Needles:
    """What identifies one person; folded when it is looked for, so diacritics, case and case endings do not hide it."""

    names: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()  # E.164
    emails: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()  # tax numbers
    shared: tuple[str, ...] = ()  # names that others bear too: they hint at the person, and prove nothing

    @classmethod
    def of_json(cls, kept: Mapping[str, Sequence[str]]) -> "Needles":
        """From `as_json`."""
        return cls(**{name: tuple(values) for name, values in kept.items()})

    def as_json(self) -> dict[str, list[str]]:
        """To be kept between two steps."""
        return {
            "names": list(self.names),
            "phones": list(self.phones),
            "emails": list(self.emails),
            "numbers": list(self.numbers),
            "shared": list(self.shared),
        }

    def in_text(self, text: str) -> bool:
        """Whether the text names the person for certain."""
        return self._pattern is not None and self._pattern.search(fold(text)) is not None

    def hinted_in(self, text: str) -> bool:
        """Whether the text has a word of the name, or names the person: enough to drop what nobody needs any more."""
        folded = fold(text)
        if self._hints is not None and self._hints.search(folded):
            return True
        return self._pattern is not None and self._pattern.search(folded) is not None

    def taken_out_of(self, text: str) -> str:
        """The text with "…" for everything that names the person."""
        if not self.in_text(text):
            return text
        folded: list[str] = []
        places: list[int] = []
        for place, letter in enumerate(text):
            form = fold(letter)
            folded.append(form)
            places += [place] * len(form)
        places.append(len(text))
        pattern, whole = self._pattern, "".join(folded)
        found = [match.span() for match in pattern.finditer(whole)] if pattern else []
        for start, end in reversed(found):
            text = f"{text[: places[start]]}{TAKEN_OUT}{text[places[end] :]}"
        return text

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        parts = [*_name_patterns(self.names), *_phone_patterns(self.phones)]
        parts += [rf"(?<![\w.+-]){re.escape(fold(email))}(?![\w-]|\.\w)" for email in self.emails]
        parts += [rf"(?<!\d){re.escape(number)}(?!\d)" for number in self.numbers]
        return re.compile("|".join(parts)) if parts else None

    @cached_property
    def _hints(self) -> re.Pattern[str] | None:
        found = {
            word
            for name in (*self.names, *self.shared)
            for word in words(name)
            if len(word) >= _SHORTEST_HINT and word not in LEGAL_FORMS
        }
        parts = [rf"{re.escape(word)}{_ENDING}" for word in sorted(found)]
        return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)") if parts else None


def texts_in(value: Any) -> Iterator[str]:
    """Every string of a JSON value, keys included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield str(key)
            yield from texts_in(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from texts_in(part)


def taken_out_of_json(needles: Needles, value: Any) -> Any:
    """A JSON value with everything taken out of its strings that names the person."""
    if isinstance(value, str):
        return needles.taken_out_of(value)
    if isinstance(value, Mapping):
        return {key: taken_out_of_json(needles, part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [taken_out_of_json(needles, part) for part in value]
    return value


def _name_patterns(names: Iterable[str]) -> list[str]:
    found = []
    for name in sorted(names, key=len, reverse=True):  # a longer name before one that is its beginning
        parts = words(name)
        if not parts:
            continue
        orders = list(permutations(parts)) if len(parts) <= _MOST_ORDERS else [parts, parts[::-1]]
        for order in orders:
            spelled = rf"{_ENDING}{_BETWEEN}".join(re.escape(part) for part in order)
            found.append(rf"(?<!\w){spelled}{_ENDING}(?!\w)")
    return found


def _phone_patterns(phones: Iterable[str]) -> list[str]:
    found = []
    for e164 in phones:
        number = phonenumbers.parse(e164)
        digits = _GAP.join(str(number.national_number))
        found.append(rf"(?<!\d)(?:(?:\+|00)?{_GAP}{number.country_code}{_GAP})?0?{_GAP}{digits}(?!\d)")
    return found
