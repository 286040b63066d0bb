"""An import in words, for the chat and for the command line: what a file would become, and what became of each row."""

from collections.abc import Mapping, Sequence
from typing import Any

from texts.catalog import Html, Texts

COLUMNS_SHOWN = 40
_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}

Facts = Mapping[str, Any]


def reason(texts: Texts, fate: Facts) -> Html:
    """What became of a row, and what of it could not be taken over; `fate` is a row of the import's report."""
    told = texts.t(f"import.reason.{fate['reason']}", **fate["values"])
    return Html("; ").join([told, *(texts.t(f"import.warning.{code}") for code in fate["warnings"])])


def preview_lines(texts: Texts, shown: Facts) -> list[Html]:
    """What a file would become; whose its rows become is left to the caller, who knows who imports."""
    lines = [texts.n("import.preview.rows", shown["rows"], name=shown["name"]), *_form(texts, shown)]
    columns = [
        texts.t("import.preview.column", heading=heading, field=texts.t(f"import.field.{field}"))
        for heading, field in shown["recognised"]
    ]
    if columns:
        lines.append(texts.t("import.preview.recognised", columns=_listed(columns)))
    if shown["noted"]:
        lines.append(texts.t("import.preview.noted", columns=_listed(shown["noted"])))
    if shown["left_out"]:
        lines.append(texts.t("import.preview.left_out", columns=_listed(shown["left_out"])))
    fates = [(count, texts.t(f"import.reason.{code}")) for code, count in shown["refused"].items()]
    fates += [(count, texts.t(f"import.warning.{code}")) for code, count in shown["warned"].items()]
    lines += [texts.t("import.preview.fate", count=count, reason=why) for count, why in fates]
    if shown["first"]:
        lines.append(texts.t("import.preview.first"))
        lines += [texts.t("import.preview.row", row=row["row"], what=_row(row)) for row in shown["first"]]
    else:
        lines.append(texts.t("import.preview.nothing"))
    return lines


def _form(texts: Texts, shown: Facts) -> list[Html]:
    if shown["form"] == "csv":
        delimiter = texts.t(f"import.delimiter.{_DELIMITERS.get(shown['delimiter'], 'other')}")
        return [texts.t("import.preview.text", encoding=shown["encoding"], delimiter=delimiter)]
    if shown["form"] == "xlsx":
        lines = [texts.t("import.preview.sheet", sheet=shown["sheet"])]
        if shown["other_sheets"]:
            lines.append(texts.t("import.preview.other_sheets", sheets=_listed(shown["other_sheets"])))
        return lines
    return []


def _row(row: Facts) -> str:
    return " · ".join(part for part in (row["name"], *row["phones"], *row["emails"], row["town"], row["note"]) if part)


def _listed(words: Sequence[str]) -> Html:
    shown = Html(", ").join(words[:COLUMNS_SHOWN])
    return shown if len(words) <= COLUMNS_SHOWN else shown + ", …"
