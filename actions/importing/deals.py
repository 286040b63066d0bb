"""A table of deals: which column holds what, and each row's values; what cannot be read is said of its row."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib import resources
from pathlib import PurePath

from actions.importing import cells
from actions.importing.delimited import read_delimited
from actions.importing.errors import ImportFileError
from actions.importing.headings import plain
from actions.importing.table import Row, Table, text_of
from actions.importing.workbook import OLE_MARK, ZIP_MARK, read_workbook
from domain.customers import Source
from domain.importing.deals import CandidateDeal
from domain.opportunities import LossReason, Stage

ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm")
NEEDED = ("agent", "account", "stage")
_LOOKED_AT = 30  # rows, among which the headings must be
_NONE = frozenset({"", "-", "—", "null", "none", "n a", "nan"})
_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP"}
_CODES = {"EUR": "EUR", "EURO": "EUR", "RON": "RON", "LEI": "RON", "USD": "USD", "GBP": "GBP"}


@dataclass(frozen=True, slots=True)
class DealFile:
    """A file read; `heading_row` counts from 0, `columns` are the headings by the field that they hold."""

    candidates: list[CandidateDeal]
    table: Table
    heading_row: int
    columns: Mapping[str, str]


def read_deals(name: str, data: bytes, mapped: Mapping[str, str] | None = None) -> DealFile:
    """Read a table; `mapped` names the heading of a field that is not recognised. Raises ImportFileError."""
    if PurePath(name).suffix.lower() not in ENDINGS:
        raise ImportFileError("format_unknown", formats=", ".join((".csv", ".xlsx")))
    is_book = data.startswith((ZIP_MARK, OLE_MARK))
    wanted = _wanted(mapped or {})
    table = read_workbook(data, lambda rows: _best(rows, wanted)[1]) if is_book else read_delimited(data)
    at, known = _best(table.rows, wanted)
    places = _places(table.rows[at], wanted) if known else {}
    missing = [field for field in NEEDED if field not in places]
    if missing == ["agent"] and "manager" in places:
        missing = []
    if missing:
        found = [text_of(cell) for cell in table.rows[at] if text_of(cell)]
        raise ImportFileError("deal_headings", missing=", ".join(missing), found=", ".join(found[:20]))
    rows = [
        (number, row) for number, row in enumerate(table.rows, start=1) if number > at + 1 and any(map(text_of, row))
    ]
    candidates = [_candidate(number, row, places) for number, row in rows]
    if not candidates:
        raise ImportFileError("empty")
    headings = {field: text_of(table.rows[at][place]) for field, place in places.items()}
    return DealFile(candidates, table, at, headings)


@cache
def _lexicon(section: str) -> dict[str, str]:
    text = resources.files(__package__).joinpath("deal_words.toml").read_text(encoding="utf-8")
    return {phrase: meaning for meaning, phrases in tomllib.loads(text)[section].items() for phrase in phrases}


def _wanted(mapped: Mapping[str, str]) -> dict[str, str]:
    """Each heading's field: what the person says goes before what is known of programs."""
    fields = set(_lexicon("columns").values())
    if wrong := sorted(set(mapped) - fields):
        raise ImportFileError("deal_map", field=wrong[0], fields=", ".join(sorted(fields)))
    others = {heading: field for heading, field in _lexicon("columns").items() if field not in mapped}
    return others | {plain(heading): field for field, heading in mapped.items()}


def _best(rows: Sequence[Row], wanted: Mapping[str, str]) -> tuple[int, int]:
    """The row with the most headings, and how many."""
    found = [(len(_places(row, wanted)), -at) for at, row in enumerate(rows[:_LOOKED_AT])]
    known, at = max(found, default=(0, 0))
    return -at, known


def _places(row: Row, wanted: Mapping[str, str]) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, cell in enumerate(row):
        field = wanted.get(plain(text_of(cell))) if isinstance(cell, str) else None
        if field:
            places.setdefault(field, place)
    return places


def _candidate(number: int, row: Row, places: Mapping[str, int]) -> CandidateDeal:
    said = {field: text_of(row[place]).strip() if place < len(row) else "" for field, place in places.items()}
    said = {field: "" if plain(text) in _NONE else text for field, text in said.items()}
    problems: list[str] = []

    def day(field: str) -> date | None:
        text = said.get(field, "")
        found = cells.day(text) if text else None
        if text and found is None:
            problems.append("deal_date")
        return found

    stage_word = plain(said.get("stage", ""))
    stage = _lexicon("stages").get(stage_word)
    if stage_word and stage is None:
        problems.append("deal_stage")
    value, currency = _amount(said.get("value", ""))
    if said.get("value") and value is None:
        problems.append("deal_value")
    return CandidateDeal(
        row=number,
        agent=said.get("agent", ""),
        manager=said.get("manager", ""),
        account=said.get("account", ""),
        product=said.get("product", ""),
        stage=Stage(stage) if stage else None,
        engaged=day("engaged"),
        closes=day("closes"),
        value=value,
        currency=_CODES.get(said.get("currency", "").upper(), "") or currency,
        source=_source(said.get("source", "")),
        loss_reason=_loss_reason(said.get("loss_reason", "")),
        competitor=said.get("competitor", ""),
        problem=problems[0] if problems else "",
    )


def _amount(text: str) -> tuple[Decimal | None, str]:
    """An amount and its currency, "22.000,50 €" and "22,000.50" alike; None where it is none."""
    sign = next((code for mark, code in _SIGNS.items() if mark in text), "")
    code = next((_CODES[word] for word in re.findall(r"[A-Z]+", text.upper()) if word in _CODES), "")
    number = re.sub(r"[^\d.,\-]", "", re.sub(r"[A-Za-z€$£]+\.?", "", text)).strip()
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", number):  # thousands alone
        number = re.sub(r"[.,]", "", number)
    elif "," in number and "." in number:
        thousands = "," if number.rindex(".") > number.rindex(",") else "."
        number = number.replace(thousands, "").replace(",", ".")
    else:
        number = number.replace(",", ".")
    try:
        value = Decimal(number)
    except InvalidOperation:
        return None, code or sign
    return (value if value >= 0 else None), code or sign


def _source(text: str) -> Source | None:
    """One of ours, or one whose word is told otherwise: what nobody knows is another source."""
    if not text:
        return None
    known = {one.value: one for one in Source} | {one.value.replace("_", ""): one for one in Source}
    key = plain(text).replace(" ", "_")
    return known.get(key) or known.get(key.replace("_", "")) or Source.OTHER


def _loss_reason(text: str) -> LossReason | None:
    if not text:
        return None
    known = {one.value: one for one in LossReason}
    return known.get(plain(text).replace(" ", "_"), LossReason.OTHER)
