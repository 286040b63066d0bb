"""Any report as PDF: turned where columns need it, headings repeated, groups and totals kept with their rows."""

from collections.abc import Iterator

from actions.documents.charts.chart import chart_drawing
from actions.documents.columns import Needs, bands, is_wide, needs, shares
from actions.documents.grid import GridColumn, GridRow, draw_grid
from actions.documents.letterhead import foot_line
from actions.documents.report_rows import CELL, CELL_BOLD, Rows, cell_of
from actions.documents.report_words import ReportWords
from actions.documents.sheet import LANDSCAPE, MARGIN, PORTRAIT, About, Sheet
from actions.documents.text import wrap
from actions.documents.theme import BODY, HEADING, LABEL, SHADE, TITLE
from domain.dealer import Dealer
from domain.reports.table import Chart, ColumnType, Facts, Report, Row, Section, Table

CHART_HEIGHT = 210.0
FACT_LABEL = 0.28  # of the width
RIGHT = {ColumnType.MONEY, ColumnType.INT, ColumnType.PERCENT}
ENTRIES = Needs(60, 120)  # days are equally wide, empty ones too


def report_pdf(report: Report, dealer: Dealer, language: str) -> bytes:
    """A4; the same report gives the same bytes. One without rows is a page that says so."""
    words = ReportWords(language)
    measured = {id(block): _measure(block, words) for block in report.blocks if isinstance(block, Table)}
    turned = any(is_wide(columns, PORTRAIT[0] - 2 * MARGIN) for columns in measured.values())
    sheet = Sheet(_about(report, dealer, words), size=LANDSCAPE if turned else PORTRAIT)
    _head(sheet, report, dealer, words)
    if report.is_empty:
        _empty(sheet, words)
        return sheet.save()
    for block in report.blocks:
        match block:
            case Table():
                _table(sheet, block, measured[id(block)], words)
            case Facts():
                _facts(sheet, block, words)
            case Chart():
                _chart(sheet, block, words)
        sheet.y -= 16
    return sheet.save()


def _about(report: Report, dealer: Dealer, words: ReportWords) -> About:
    return About(
        title=words.title(report),
        author=dealer.name,
        subject=", ".join(words.fact(fact) for fact in report.parameters),
        language=words.language,
        made_at=report.made_at,
        foot=foot_line(dealer, words),
        page_of=lambda page, pages: words.t("document.page", page=page, pages=pages),
    )


def _head(sheet: Sheet, report: Report, dealer: Dealer, words: ReportWords) -> None:
    """Title, what was asked for, when and for whom."""
    sheet.text_right(sheet.right, sheet.y - LABEL.size, wrap(dealer.name, LABEL, sheet.width * 0.4)[0], LABEL)
    for line in wrap(words.title(report), TITLE, sheet.width * 0.58):
        sheet.text(sheet.left, sheet.y - TITLE.size, line, TITLE)
        sheet.y -= TITLE.leading
    sheet.y -= 2
    for fact in report.parameters:
        sheet.paragraph(words.fact(fact), BODY, after=0)
    sheet.paragraph(words.made(report), LABEL, after=8)


def _empty(sheet: Sheet, words: ReportWords) -> None:
    """On an otherwise empty page: nothing was found, and nothing is missing."""
    sheet.box(sheet.left, sheet.y - 64, (sheet.width, 54), fill=SHADE)
    sheet.y -= 29
    sheet.paragraph(words.t("document.report.empty"), HEADING, indent=16)


def _measure(table: Table, words: ReportWords) -> list[Needs]:
    rows = [row for section in table.sections for row in section.every_row()]
    rows += list(_totals(table))
    return [
        ENTRIES
        if column.type is ColumnType.ENTRIES
        else needs(words.heading(column), [words.value(column, row[number]) for row in rows], CELL, CELL_BOLD)
        for number, column in enumerate(table.columns)
    ]


def _totals(table: Table) -> Iterator[Row]:
    def inner(section: Section) -> Iterator[Row]:
        yield from section.totals
        for part in section.sections:
            yield from inner(part)

    yield from table.totals
    for section in table.sections:
        yield from inner(section)


def _table(sheet: Sheet, table: Table, measured: list[Needs], words: ReportWords) -> None:
    if table.code:
        sheet.heading(words.block(table), style=HEADING, keep=60)
    if table.is_empty:
        sheet.paragraph(words.t("document.report.empty"), LABEL)
        return
    parts = bands(measured, sheet.width)
    for part in parts:
        if len(parts) > 1:
            last = part[-1] + 1
            said = words.t("document.report.columns", first=part[1] + 1, last=last, count=len(table.columns))
            sheet.heading(said, style=LABEL, keep=60)
        widths = shares([measured[number] for number in part], sheet.width)
        columns = [
            GridColumn(words.heading(table.columns[number]), width, is_right=table.columns[number].type in RIGHT)
            for number, width in zip(part, widths, strict=True)
        ]
        draw_grid(sheet, columns, Rows(table, part, words).all(), heading=CELL_BOLD)
        sheet.y -= 12


def _facts(sheet: Sheet, block: Facts, words: ReportWords) -> None:
    if block.code:
        sheet.heading(words.block(block), style=HEADING, keep=60)
    label = sheet.width * FACT_LABEL
    columns = (GridColumn("", label), GridColumn("", sheet.width - label))
    rows = [
        GridRow((words.heading(fact.column), cell_of(fact.column, fact.value, words)), CELL) for fact in block.facts
    ]
    draw_grid(sheet, columns, rows)


def _chart(sheet: Sheet, chart: Chart, words: ReportWords) -> None:
    drawing = chart_drawing(words.chart(chart), width=sheet.width, height=CHART_HEIGHT)
    sheet.need(drawing.height)
    sheet.drawing(drawing, sheet.left, sheet.y - drawing.height)
    sheet.y -= drawing.height
