"""Finds the free text of a note or a log first: what stands in it is nobody's date, sum or name."""

from __future__ import annotations

import re
from typing import Final

from bot.understanding.client import NluParse
from bot.understanding.folding import fold
from bot.understanding.lexicon import lexicon

_COLON: Final = re.compile(r"\s*:(?!\d)\s*|\s+-\s+")
_THAT: Final = re.compile(r"(?<!\w)(?:that|ca|cum ca|saying|says|si anume)\s+(?=\w)")
_NOTE_WORD: Final = re.compile(
    r"^(?:please )?(?:(?:add|make|put|write|leave|take|save|adauga|pune|scrie|fa|lasa|trece|salveaza)(?:-[a-z]+)?\s+)?(?:down\s+)?(?:a |an |the |o )?(?:quick |new |short )?"
    r"(?:notes?|notita|nota|noteaza(?:-[a-z]+)?|notez|observatie|comentariu|mentiune|write down|jot down|remember|retine|scrie(?:-[a-z]+)?|comment)(?!\w)"
)
_INLINE_NOTE: Final = re.compile(
    r"(?:^|[\s,;.(])(?:notes?|nota|notita|observatie|obs|comentariu|mentiune|comment)\s*:\s*"
)
_CLAUSE: Final = re.compile(r"\s*(?:[,;:]|\.(?=\s)|\n|\s-\s)\s*(?:(?:and|si|dar|but|iar|ca|that)\s+)?")
_TOOK_PLACE: Final = re.compile(r"(?:it )?(?:took place|happened|a avut loc|s-a tinut|a durat|lasted)(?!\w)")
_DETAIL: Final = re.compile(
    r"(?:he|she|they|it|his|her|their|the client|client|customer|wants?|wanted|needs?|needed|likes?|liked|loves?|loved|asked|asks|prefers?|preferred|thinks?|thinking|"
    r"will|would|is|was|are|has|have|very|not|still|undecided|interested|said|says|discussed|talked|about|promised|waiting|went well|all good|"
    r"el|ea|ei|ele|clientul|clienta|vrea|vor|voia|doreste|ii|i-a|i-am|l-a|a|au|are|nu|mai|este|e|era|s-a|se|asteapta|prefera|a zis|a spus|a cerut|zice|spune|cere|interesat[a]?|discutat|despre|foarte|inca|multumit[a]?|hotarat[a]?|nehotarat[a]?|indecis[a]?)(?!\w)"
)


def find_note(intent: str, text: str, parse: NluParse | None) -> tuple[int, int] | None:
    """Where the free text of the act stands, or nothing."""
    folded = fold(text)
    if intent == "add_note":
        return _trim(folded, _of_note(folded, parse))
    inline = _INLINE_NOTE.search(folded)
    if inline and inline.end() < len(folded) and inline.start() > 0:
        return _trim(folded, (inline.end(), len(folded)))
    if intent == "log_activity":
        return _trim(folded, _of_log(folded, parse))
    return None


def _of_note(folded: str, parse: NluParse | None) -> tuple[int, int] | None:
    names = [entity for entity in (parse.entities if parse else ()) if entity.entity in {"client", "agent"}]
    head = _NOTE_WORD.match(folded)
    colon = _COLON.search(folded)
    if colon and colon.end() < len(folded) and (head is None or colon.start() >= head.end() - 1):
        opening = next((name for name in names if name.start == colon.end() and head is not None), None)
        if opening is not None and not any(name.end <= colon.start() for name in names):
            return opening.end, len(folded)  # "note: Popescu prefers evenings"
        return colon.end(), len(folded)
    that = _THAT.search(folded)
    if that and that.end() < len(folded):
        return that.end(), len(folded)
    if head and names:
        after = (
            max(0, *(name.end for name in names if name.start <= head.end() + 25))
            if any(name.start <= head.end() + 25 for name in names)
            else 0
        )
        if after and len(folded[after:].strip(" ,.;-")) > 3:
            return after, len(folded)
    comma = re.search(r",\s*", folded)
    if head and comma and comma.end() < len(folded):
        return comma.end(), len(folded)
    marked = [entity for entity in (parse.entities if parse else ()) if entity.entity == "note"]
    return (marked[0].start, len(folded)) if marked else None


def _of_log(folded: str, parse: NluParse | None) -> tuple[int, int] | None:
    """The first clause after the log's own words that tells what was said, and all that follows it."""
    for match in _CLAUSE.finditer(folded):
        rest = folded[match.end() :]
        if match.start() == 0 or not _DETAIL.match(rest):
            continue
        if lexicon("outcome").find(_CLAUSE.split(rest, maxsplit=1)[0]) or _TOOK_PLACE.match(rest):
            continue
        return match.end(), len(folded)
    marked = [entity for entity in (parse.entities if parse else ()) if entity.entity == "note"]
    if marked and marked[0].start > 0:
        start = marked[0].start
        stretch = folded[start : marked[-1].end]
        if not lexicon("outcome").find(stretch) and len(stretch.split()) > 1:
            return start, marked[-1].end
    return None


def _trim(folded: str, place: tuple[int, int] | None) -> tuple[int, int] | None:
    if place is None:
        return None
    start, end = place
    while start < end and folded[start] in " \n,.;:-\"'":
        start += 1
    while end > start and folded[end - 1] in " \n,;:":
        end -= 1
    return (start, end) if start < end else None
