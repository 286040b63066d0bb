"""Order numbers: "order 1042", "comanda nr. 1042", "#1042"; "order 12 Logans" counts cars."""

from bot.understanding.moments.tokens import Line, read
from bot.understanding.moments.wordlist import wordset
from bot.understanding.quantities.currencies import CURRENCIES
from bot.understanding.spans import Span

_ORDER_WORDS = wordset("order orders comanda comenzi comenzii comenzile ord cmd")
_FUNCTION_WORDS = wordset(
    "to for from and with in on at is was of la lui cu pe pentru din de si este e a ca sa by please te va rog",
    "thanks mersi catre spre who today azi maine tomorrow now acum status pls or sau nu no not what when where",
    "where's whose cine unde cand care right yet asap",
)


def _span(line: Line, first: int, last: int, value: str) -> Span[str]:
    start, end = line.place(first, last)
    return Span(start, end, value, line.text[start:end])


def find_order_numbers(text: str) -> list[Span[str]]:
    """Give the numbers of orders, without "#": "order 1042", "comanda nr. 1042", "#1042"."""
    line = read(text)
    spans: list[Span[str]] = []
    i = 0
    while i < len(line):
        word = line.word(i)
        j = i
        sharp = False
        if word in _ORDER_WORDS or (word == "#" and line.glued(i + 1)):
            j = i + 1 if word != "#" else i
            for words in (("no", "nr", "number", "numarul", "numar", "cu"), (".", "numarul", "nr"), (":",)):
                j = line.skip(j, words)
            told = j > i + 1
            if line.word(j) == "#":
                sharp, j = True, j + 1
            found = _identifier(line, j)
            if found and (sharp or told or not _counts(line, j, found)):
                spans.append(_span(line, j, found, line.text[line.tokens[j].start : line.tokens[found - 1].end]))
                i = found
                i = _more_orders(line, i, spans)
                continue
        i += 1
    return spans


def _more_orders(line: Line, i: int, spans: list[Span[str]]) -> int:
    while line.word(i) in {"and", "si", ","}:
        j = line.skip(i + 1, ("#",))
        found = _identifier(line, j) if line.number(j) is not None and len(line.word(j)) >= 3 else None
        if found is None or _counts(line, j, found):
            return i
        spans.append(_span(line, j, found, line.text[line.tokens[j].start : line.tokens[found - 1].end]))
        i = found
    return i


def _identifier(line: Line, j: int) -> int | None:
    """Give the place after "1042", "A-1042" or "PS1042"."""
    k = j
    if line.word(k).isalpha() and len(line.word(k)) <= 4 and line.glued(k + 1):
        k = k + 1
        k = k + 1 if line.word(k) == "-" and line.glued(k + 1) else k
    if line.number(k) is None or (line.glued(k + 1) and line.word(k + 1)[:1].isalnum()):
        return None
    if k > j and not line.glued(k):
        return None
    while line.word(k + 1) == "-" and line.glued(k + 1) and line.glued(k + 2) and line.number(k + 2) is not None:
        k += 2
    if (
        line.word(k + 1) in {".", ",", ":", "/"}
        and line.glued(k + 1)
        and line.glued(k + 2)
        and line.number(k + 2) is not None
    ):
        return None
    return k + 1


def _counts(line: Line, j: int, after: int) -> bool:
    """Tell whether the number counts what is ordered: "order 12 Logans"."""
    if line.number(j) is None:
        return False
    following = line.word(after)
    if following == "de" and line.word(after + 1) in _FUNCTION_WORDS:
        return False
    if CURRENCIES.at(line, after) or following in {"x", "%", "km", "buc", "bucati", "de"}:
        return True
    if len(line.word(j)) >= 4:
        return False
    return bool(following) and following[0].isalpha() and following not in _FUNCTION_WORDS
