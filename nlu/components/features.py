"""What a token looks like to the two classifiers: its spelling, its class, the word lists that hold it."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Dict, FrozenSet, List, Sequence, Set, Tuple
from zlib import crc32

from components.folding import fold, pieces, shape
from components.spelling import Spelling

LEXICON = Path(__file__).resolve().parent.parent / "lexicon"

# Words that stand for each other in any sentence: the intent looks at the class, not at the day or the sum.
PATTERNS: Tuple[Tuple[str, "re.Pattern[str]"], ...] = (
    ("email", re.compile(r"[\w.+-]+@[\w.-]+")),
    ("phone", re.compile(r"0?7\d{2,}|0[23]\d{5,}|\d{9,}")),
    ("hour", re.compile(r"\d{1,2}:\d{2}(?:am|pm)?|\d{1,2}(?:am|pm|h)")),
    ("date", re.compile(r"\d{1,2}[./]\d{1,2}(?:[./](?:20)?\d\d)?|\d{1,2}(?:st|nd|rd|th)")),
    ("year", re.compile(r"(?:19|20)\d\d")),
    ("sum", re.compile(r"\d+(?:[.,]\d+)?k|\d{1,3}[.,]\d{3}|\d{5,}")),
    ("small", re.compile(r"\d{1,2}")),
    ("number", re.compile(r"\d+")),
    ("decimal", re.compile(r"\d+[.,]\d+")),
    ("unit", re.compile(r"\d.*[a-z].*")),
)
ENDINGS = (
    ("ului", ""),
    ("ilor", ""),
    ("ul", ""),
    ("ei", "a"),
    ("ei", "ea"),
    ("iei", "ia"),
    ("i", ""),
    ("s", ""),
    ("a", ""),
    ("lui", ""),
)


@lru_cache(maxsize=1)
def lexicon() -> Dict[str, FrozenSet[str]]:
    """Read the word lists: each folded word with the names of the lists that hold it."""
    found: Dict[str, Set[str]] = {}
    for file in sorted(LEXICON.glob("*.txt")):
        if file.stem == "plain_words":  # these make babble for training, and mean nothing
            continue
        for line in file.read_text(encoding="utf-8").splitlines():
            for word, _ in pieces(line.split("#")[0]):
                if len(word) > 1:
                    found.setdefault(fold(word), set()).add(file.stem)
    return {word: frozenset(names) for word, names in found.items()}


@lru_cache(maxsize=50_000)
def lists_of(folded: str) -> FrozenSet[str]:
    """Name the lists that hold a folded word, or the word without an ending that the language adds."""
    words = lexicon()
    if folded in words:
        return words[folded]
    for ending, instead in ENDINGS:
        if len(folded) > len(ending) + 2 and folded.endswith(ending):
            stem = folded[: len(folded) - len(ending)] + instead
            if stem in words:
                return frozenset(name + "~" for name in words[stem])
    return frozenset()


@lru_cache(maxsize=50_000)
def word_class(folded: str) -> str:
    """Give the class that stands for a word, or the word itself."""
    if folded[:1].isdigit() or "@" in folded:
        for name, pattern in PATTERNS:
            if pattern.fullmatch(folded):
                return f"<{name}>"
    for name in ("weekdays", "months", "coming_days", "past_days", "today"):
        if name in lists_of(folded):
            return f"<{name}>"
    return folded


def forgotten(folded: str) -> bool:
    """Say whether training hides a word from the lists: three in ten, so that unlisted names are learnt as well."""
    return crc32(folded.encode()) % 10 < 3


def token_features(words: Sequence[str], spelling: Spelling, training: bool = False) -> List[List[str]]:
    """Describe each word with its neighbours, two to either side, for the sequence classifier; a slip in one is no other word."""
    folded = [fold(word) for word in words]
    meant = [spelling.near(word) for word in folded]
    classes = [word_class(word) for word in meant]
    lists = [() if training and forgotten(word) else sorted(lists_of(word)) for word in folded]
    size = len(words)
    colon = next((i for i, word in enumerate(words) if word in ":;"), size)
    comma = next((i for i, word in enumerate(words) if word in ",-–"), size)
    head = classes[0], " ".join(classes[:2])
    described = []
    for i, word in enumerate(folded):
        row = [
            "bias",
            f"w={word_class(word)}",
            f"m={classes[i]}",
            f"p3={word[:3]}",
            f"s2={word[-2:]}",
            f"s3={word[-3:]}",
            f"s4={word[-4:]}",
            f"shape={shape(words[i])}",
            f"h1={head[0]}",
            f"h2={head[1]}",
        ]
        row += [f"in={name}" for name in lists[i]]
        for step in (-3, -2, -1, 1, 2):
            at = i + step
            if 0 <= at < size:
                row.append(f"{step}w={classes[at]}")
                if step != -3:
                    row.append(f"{step}shape={shape(words[at])}")
                    row += [f"{step}in={name}" for name in lists[at]]
            elif at in (-1, size):
                row.append("first" if at < 0 else "last")
        if i > 0:
            row.append(f"-1|0={classes[i - 1]}|{classes[i]}")
        if i > 1:
            row.append(f"-2|-1={classes[i - 2]}|{classes[i - 1]}")
        if i + 1 < size:
            row.append(f"0|+1={classes[i]}|{classes[i + 1]}")
        if i > colon:
            row.append("after-colon")
        if i > comma:
            row.append("after-comma")
        if i + 1 == size and size == 1:
            row.append("alone")
        described.append(row)
    return described
