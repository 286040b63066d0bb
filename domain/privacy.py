"""What must never be kept: the personal code (CNP) that stands on Romanian identity papers."""

import re

from domain.names import fold

# Sex and century, year, month, day, county and serial number, control digit: Law 105/1996, annex.
_GAP = r"[\s.\-\u2010-\u2015\u200b-\u200d\u2060]{0,2}"  # also what cannot be seen
_THIRTEEN = re.compile(rf"(?<!\d)\d(?:{_GAP}\d){{12}}(?!\d)")
_DATED = re.compile(r"[1-9]\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{6}")
_WEIGHTS = (2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9)


def personal_codes(text: str) -> list[tuple[int, int]]:
    """Where the text has personal codes, as offsets.

    Thirteen digits in a row with a date are one even where the control digit is mistyped; with gaps it must be right.
    """
    return [match.span() for match in _THIRTEEN.finditer(text) if _is_personal_code(match.group())]


def without_personal_codes(text: str) -> str:
    """The text with "…" in the place of every personal code."""
    for start, end in reversed(personal_codes(text)):
        text = f"{text[:start]}…{text[end:]}"
    return text


def _is_personal_code(written: str) -> bool:
    digits = "".join(str(int(digit)) for digit in re.findall(r"\d", written))  # full-width and other digits too
    if not _DATED.fullmatch(digits):
        return False
    remainder = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False)) % 11
    control = 1 if remainder == 10 else remainder
    return len(written) == len(digits) or int(digits[-1]) == control


# Romanian and English names of the papers, folded; what is scanned is named in few words, or by its abbreviation.
_PAPER = re.compile(
    r"\b(?:buletin(?:ul|ului|e|ele)?|pa[sz]s?aport(?:ul|ului|e|ele)?|passports?|permis(?:ul|ului|e|ele)?|"
    r"idcards?|id cards?|id documents?|id (?:front|back)|(?:front|back) (?:of )?id|(?:photo|national) id|"
    r"identity (?:cards?|documents?|papers?)|identit(?:y|ate) scan|"
    r"(?:cart(?:e|ea|i|ii)|act(?:e|ul|ele)?|dovada) (?:de )?identit(?:ate|atii)|"
    r"driv(?:ing|er|ers|er s) (?:licen[cs]es?|permits?)|residence (?:permits?|cards?))\b"
)
_ABBREVIATED = re.compile(r"(?<![A-Za-z])C\.?\s?I\.?(?![A-Za-z])")
_FEW_WORDS = 4  # "ci" is a Romanian word too: in a long sentence it is one


def names_identity_paper(text: str) -> bool:
    """Whether a caption or a file's name says that the picture is of an identity card, a passport or a driving licence."""
    said = re.findall(r"[a-z]+", fold(text))
    is_short = len(said) <= _FEW_WORDS
    abbreviated = _ABBREVIATED.search(text) and (is_short or not text.isupper())
    return bool(_PAPER.search(" ".join(said)) or abbreviated or (is_short and "ci" in said))
