"""Reads documents back with PDFium and openpyxl, independently of what wrote them."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise

from openpyxl import Workbook, load_workbook
from PIL import Image
from pypdfium2 import PdfDocument

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter on a page with its box in points: left, bottom, right, top."""

    page: int
    text: str
    box: Box


@contextmanager
def opened(pdf: bytes) -> Iterator[PdfDocument]:
    """The document, closed afterwards."""
    with PdfDocument(pdf) as document:
        yield document


def pages(pdf: bytes) -> list[str]:
    """The text of each page, with one kind of line break."""
    with opened(pdf) as document:
        return [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in document]


def text(pdf: bytes) -> str:
    """All text."""
    return "\n".join(pages(pdf))


def squeezed(value: str) -> str:
    """Without spaces and breaks: a value may be broken over lines."""
    return re.sub(r"\s", "", value)


def letters(pdf: bytes) -> list[Letter]:
    """Every visible letter."""
    found = []
    with opened(pdf) as document:
        for number, page in enumerate(document):
            content = page.get_textpage()
            for index in range(content.count_chars()):
                letter = content.get_text_range(index, 1)
                if letter.strip():
                    found.append(Letter(number, letter, content.get_charbox(index)))
    return found


def outside(pdf: bytes, *, margin: float = 20) -> list[Letter]:
    """Letters that are cut by a page's edge, or closer to it than `margin` points."""
    with opened(pdf) as document:
        sizes = [page.get_size() for page in document]
    return [
        letter
        for letter in letters(pdf)
        if letter.box[0] < margin
        or letter.box[1] < margin
        or letter.box[2] > sizes[letter.page][0] - margin
        or letter.box[3] > sizes[letter.page][1] - margin
    ]


def overlapping(pdf: bytes) -> list[tuple[Letter, Letter]]:
    """Letters that cover each other by more than half: one text written over another."""
    rows: dict[tuple[int, int], list[Letter]] = {}
    for letter in letters(pdf):
        # Marks belong over letters, and a fraction slash hangs over its neighbours.
        if not unicodedata.category(letter.text[0]).startswith("M") and letter.text[0] != "\N{FRACTION SLASH}":
            middle = round((letter.box[1] + letter.box[3]) / 2)
            for row in (middle // 4, (middle + 2) // 4):  # neighbours fall into one row or the other
                rows.setdefault((letter.page, row), []).append(letter)
    found = []
    for row in rows.values():
        row.sort(key=lambda letter: letter.box[0])
        found += [(one, next_one) for one, next_one in pairwise(row) if _cover(one.box, next_one.box)]
    return found


def _cover(one: Box, other: Box) -> bool:
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    narrower = min(one[2] - one[0], other[2] - other[0])
    lower = min(one[3] - one[1], other[3] - other[1])
    return one != other and width > narrower / 2 > 0.3 and height > lower / 2


def fonts(pdf: bytes) -> tuple[set[str], bool]:
    """The families that the document names, and whether each of its fonts is embedded."""
    names = set(re.findall(rb"/BaseFont /(?:[A-Z]{6}\+)?([^\s/]+)", pdf))
    kinds = Counter(re.findall(rb"/Type /(Font|FontDescriptor)\b", pdf))
    return {name.decode() for name in names}, pdf.count(b"/FontFile2") == kinds[b"Font"] > 0


def size(png: bytes) -> tuple[int, int]:
    """Of a picture, in pixels."""
    return Image.open(BytesIO(png)).size


def shades(png: bytes) -> int:
    """How many shades of grey a picture has over more than a thousandth of its pixels."""
    grey = Image.open(BytesIO(png)).convert("L")
    counted = Counter(grey.tobytes())
    return sum(times > grey.width * grey.height / 1000 for times in counted.values())


def workbook(xlsx: bytes) -> Workbook:
    """As a program that computes would read it: formulas as they are written."""
    return load_workbook(BytesIO(xlsx))
