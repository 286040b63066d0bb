"""Any report as plain text: all of it for a terminal, and a few lines for a chat."""

import unicodedata
from collections.abc import Iterator, Sequence

from actions.documents.report_words import ReportWords
from domain.reports.table import Chart, Column, ColumnType, Fact, Facts, Report, Row, Section, Table

_RIGHT = {ColumnType.MONEY, ColumnType.INT, ColumnType.PERCENT}
WIDEST = 48  # letters of a column
SUMMARY_LINES = 12


def report_text(report: Report, language: str) -> str:
    """Title, parameters and every table, its columns under each other."""
    words = ReportWords(language)
    lines = [words.title(report), *(words.fact(fact) for fact in report.parameters), words.made(report)]
    if report.is_empty:
        return "\n".join([*lines, "", words.t("document.report.empty")])
    for block in report.blocks:
        if isinstance(block, Chart):
            continue
        lines.append("")
        if heading := words.block(block):
            lines.append(heading)
        if isinstance(block, Facts):
            lines += [words.fact(fact).replace("\n", ", ") for fact in block.facts]
        elif block.is_empty:
            lines.append(words.t("document.report.empty"))
        else:
            lines += _table(block, words)
    return "\n".join(lines)


def report_summary(report: Report, language: str) -> list[str]:
    """What was asked, and the figures that say most: sums of the whole, else of each group, else a short table itself."""
    words = ReportWords(language)
    asked = [words.fact(fact) for fact in report.parameters]
    lines = [" · ".join(asked)] if asked else []
    if report.is_empty:
        return [*lines, words.t("document.report.empty")]
    for block in report.blocks:
        if isinstance(block, Facts):
            lines += [words.fact(fact).replace("\n", ", ") for fact in block.facts[:SUMMARY_LINES]]
    tables = [block for block in report.blocks if isinstance(block, Table) and not block.is_empty]
    if not any(isinstance(block, Facts) for block in report.blocks):
        tables = tables[:1]
    for table in tables:
        lines += _outline(table, words)
    return lines


def _outline(table: Table, words: ReportWords) -> Iterator[str]:
    rows = [row for section in table.sections for row in section.every_row()]
    counted = words.n("report_summary.rows", len(rows))
    heading = words.block(table)
    yield words.t("document.fact", label=heading, value=counted) if heading else counted
    grouped = [section for section in table.sections if section.heading]
    figures = [(one, total) for one in grouped for total in one.totals]
    if figures:
        for section, total in figures[:SUMMARY_LINES]:
            label = words.value(section.heading.column, section.heading.value) if section.heading else ""
            yield _told(label, table.columns, total, words)
    elif not grouped and len(rows) <= SUMMARY_LINES and _is_sum(table):
        for row in rows:
            yield _told(words.value(table.columns[0], row[0]), table.columns, row, words)
    totals = table.totals or (table.sections[0].totals if len(table.sections) == 1 and not grouped else ())
    for total in totals:
        yield _told(words.t("document.report.total"), table.columns, total, words)


def _is_sum(table: Table) -> bool:
    """Whether its rows are sums of few things, and not the things themselves."""
    return sum(column.type in _RIGHT for column in table.columns) >= len(table.columns) - 1


def _told(label: str, columns: Sequence[Column], row: Row, words: ReportWords) -> str:
    """As "• Ana: Deals 12, Value 240,000.00 EUR"."""
    said = [
        words.t("report_summary.figure", label=words.heading(column), value=words.value(column, value))
        for column, value in zip(columns, row, strict=True)
        if column.type in _RIGHT and value is not None and value != 0
    ]
    return "• " + words.t("document.fact", label=label, value=", ".join(said) or "0")


def _table(table: Table, words: ReportWords) -> list[str]:
    heads = [words.heading(column) for column in table.columns]
    body: list[list[str] | str] = []
    for section in table.sections:
        body += _section(section, table.columns, words, depth=0)
    body += _totals(table.totals, table.columns, words.t("document.report.total"), words)
    cells = [row for row in body if isinstance(row, list)]
    widths = [min(WIDEST, max(map(_width, column))) for column in zip(heads, *cells, strict=True)]
    right = [column.type in _RIGHT for column in table.columns]
    lines = [_line(heads, widths, right), "  ".join("-" * width for width in widths)]
    return lines + [row if isinstance(row, str) else _line(row, widths, right) for row in body]


def _section(
    section: Section, columns: Sequence[Column], words: ReportWords, *, depth: int
) -> Iterator[list[str] | str]:
    if section.heading:
        yield "  " * depth + words.fact(section.heading)
    for row in section.rows:
        yield _cells(row, columns, words)
    for inner in section.sections:
        yield from _section(inner, columns, words, depth=depth + 1)
    yield from _totals(section.totals, columns, _subtotal(section.heading, words), words)


def _subtotal(heading: Fact | None, words: ReportWords) -> str:
    if heading is None:
        return words.t("document.report.total")
    return words.t("document.report.subtotal", name=words.value(heading.column, heading.value))


def _totals(totals: Sequence[Row], columns: Sequence[Column], label: str, words: ReportWords) -> Iterator[list[str]]:
    for row in totals:
        cells = _cells(row, columns, words)
        yield [cells[0] or label, *cells[1:]]


def _cells(row: Row, columns: Sequence[Column], words: ReportWords) -> list[str]:
    return [words.value(column, value).replace("\n", ", ") for column, value in zip(columns, row, strict=True)]


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    shown = []
    for cell, width, is_right in zip(cells, widths, right, strict=True):
        cut = cell if _width(cell) <= width else cell[: width - 1] + "…"
        gap = " " * (width - _width(cut))
        shown.append(gap + cut if is_right else cut + gap)
    return "  ".join(shown).rstrip()


def _width(text: str) -> int:
    """How many places a text takes on a terminal."""
    return sum(0 if unicodedata.combining(letter) else 1 for letter in text)
