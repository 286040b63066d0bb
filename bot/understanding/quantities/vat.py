"""Whether a sum has value added tax in it: "plus TVA", "cu TVA", "VAT included"."""

from bot.understanding.moments.tokens import Phrases, read
from bot.understanding.quantities.money import find_amounts
from bot.understanding.spans import Span

_TAX = ("vat", "tva")
_EXCLUDED = (
    "plus {}", "+ {}", "fara {}", "excl {}", "excl . {}", "excluding {}", "without {}", "ex {}", "ex . {}", "before {}", "exclusive of {}",
    "{} excluded", "{} exclus", "{} neinclus", "{} not included", "net of {}", "{} excl", "nu include {}", "fara {} inclus", "excluded {}",
    "{} extra", "{} separat", "no {}", "{} on top", "not including {}", "se adauga {}", "excl the {}", "exclusiv {}",
)  # fmt: skip
_INCLUDED = (
    "cu {}", "with {}", "inc {}", "inc . {}", "incl {}", "incl . {}", "including {}", "inclusive of {}", "{} included", "{} inclus", "{} inclusa",
    "{} inc", "{} incl", "cu {} inclus", "cu {} cu tot", "{} is included", "include {}", "includes {}", "inclusiv {}", "{} e inclus",
    "{} in it", "including the {}", "with {} included", "inclusive {}", "{} inclusive", "cu tot cu {}",
)  # fmt: skip
_PHRASES = Phrases(
    {phrase.format(tax): "excluded" for phrase in _EXCLUDED for tax in _TAX}
    | {phrase.format(tax): "included" for phrase in _INCLUDED for tax in _TAX}
)
# "Net" and "brut" are everyday words; only right after a sum they speak of tax.
_AFTER_A_SUM = {"net": "excluded", "netto": "excluded", "gross": "included", "brut": "included"}


def find_vat(text: str) -> list[Span[str]]:
    """Give "included" or "excluded" where a message says so."""
    line = read(text)
    spans = []
    sums = None
    i = 0
    while i < len(line):
        found = _PHRASES.at(line, i)
        if found:
            start, end = line.place(i, found[0])
            spans.append(Span(start, end, found[1], text[start:end]))
            i = found[0]
            continue
        if line.word(i) in _AFTER_A_SUM:
            sums = [span.end for span in find_amounts(text)] if sums is None else sums
            if i and line.tokens[i - 1].end in sums:
                start, end = line.place(i, i + 1)
                spans.append(Span(start, end, _AFTER_A_SUM[line.word(i)], text[start:end]))
        i += 1
    return spans
