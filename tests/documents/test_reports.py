"""Reports as PDF and as workbook: the same values, typed, whole on every page, and nothing that computes by itself."""

from datetime import datetime
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.documents.report_chart import report_pictures
from actions.documents.report_pdf import report_pdf
from actions.documents.report_words import ReportWords
from actions.documents.report_xlsx import report_xlsx
from domain.money import Money
from domain.reports.table import Column, ColumnType, Report, Section, Table
from tests.documents.reading import fonts, opened, outside, overlapping, pages, size, squeezed, text, workbook
from tests.documents.report_samples import COLUMNS, MADE_AT, deal, deals, empty, sheet, totals, week, wide
from tests.documents.samples import DEALER

SHAPES = {"deals": deals(40), "few": deals(7), "wide": wide(40), "week": week(), "empty": empty(), "sheet": sheet()}


@pytest.mark.parametrize("language", ["en", "ro"])
@pytest.mark.parametrize("shape", SHAPES)
def test_pages_are_whole(shape: str, language: str) -> None:
    """Nothing cut, covered or unembedded; the same bytes again; each page numbered."""
    pdf = report_pdf(SHAPES[shape], DEALER, language)
    said = pages(pdf)

    assert outside(pdf) == []
    assert overlapping(pdf) == []
    assert fonts(pdf)[1]
    assert report_pdf(SHAPES[shape], DEALER, language) == pdf
    for number, page in enumerate(said, start=1):
        assert {"en": f"Page {number} of {len(said)}", "ro": f"Pagina {number} din {len(said)}"}[language] in page


def test_every_value_is_there() -> None:
    """Each row's values, the groups' headings and all sums stand in the text."""
    report = deals(40)
    words = ReportWords("ro")
    said = squeezed(text(report_pdf(report, DEALER, "ro")))
    rows = tuple(deal(number) for number in range(40))

    for row in (*rows, *totals(rows)):
        assert [value for value in map(words.value, COLUMNS, row) if squeezed(value) not in said] == []
    assert "Agent:GyöngyiKőszegi" in said
    assert "Stadiu:Testdrive" in said


def test_headings_repeat_and_sums_are_not_orphaned() -> None:
    """Each page of a table begins with its headings; none begins with a sum."""
    for count in range(20, 60, 3):
        for page in pages(report_pdf(deals(count), DEALER, "en"))[1:]:
            lines = [line.strip() for line in page.split("\n")]
            head = next(index for index, line in enumerate(lines) if line.startswith("Client Source Value"))
            assert not lines[head + 1].startswith(("Subtotal", "Total"))


@pytest.mark.parametrize(("report", "lies"), [(deals(2), False), (wide(5), False), (deals(40), True), (week(), True)])
def test_pages_are_turned_where_columns_need_it(report: Report, lies: bool) -> None:
    """Narrow tables stand, wide ones lie."""
    with opened(report_pdf(report, DEALER, "ro")) as document:
        assert {page.get_width() > page.get_height() for page in document} == {lies}


def test_forty_columns_go_in_bands_with_the_first_in_each() -> None:
    """No column is lost, and each band says which rows it is about."""
    said = text(report_pdf(wide(40), DEALER, "en"))

    assert [number for number in range(1, 40) if f"Săptămâna {number}" not in said] == []
    assert said.count("Client 11") == said.count("of 40") == 4


def test_nothing_found_is_a_page() -> None:
    """Title, parameters and a sentence; no empty table and no picture."""
    said = pages(report_pdf(empty(), DEALER, "en"))

    assert len(said) == 1
    assert "Inactive clients" in said[0]
    assert "Nothing found for these choices." in said[0]
    assert "Probability" not in said[0]
    assert report_pictures(empty(), "en") == ()


def test_charts_come_as_pictures_too() -> None:
    """As wide as a phone shows sharply."""
    assert [size(picture) for picture in report_pictures(deals(7), "ro")] == [(1600, 1200)]


def test_a_workbook_has_real_types() -> None:
    """Numbers, dates and shares compute; groups are columns; the header is frozen and the rows are filtered."""
    page = workbook(report_xlsx(deals(40), "en")).worksheets[1]
    rows = list(page.iter_rows(values_only=True))
    head, body = rows[0], rows[1:41]

    assert head == (
        "Agent",
        "Stage",
        "Client",
        "Source",
        "Value",
        "Currency",
        "Probability",
        "Estimated close",
        "Importance",
        "Count",
    )
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == "A1:J41"
    assert sorted(Decimal(str(row[4])) for row in body) == sorted(
        value.value for value in (deal(n)[2] for n in range(40)) if isinstance(value, Money)
    )
    assert all(isinstance(row[7], datetime | None) for row in body)
    assert {type(row[9]) for row in body} == {int}
    assert max(row[6] for row in body) < 1
    assert page["E2"].number_format == "#,##0.00"
    assert rows[42][0] == "Total"


def test_one_currency_stands_in_the_heading() -> None:
    """Where all amounts are of one currency there is no column for it."""
    table = Table(COLUMNS[:3], (Section(rows=(("Ion", "website", Money(100, "EUR")),)),))
    page = workbook(report_xlsx(Report("forecast", MADE_AT, "Elena", (), (table,)), "en")).worksheets[1]

    assert [cell.value for cell in page[1]] == ["Client", "Source", "Value EUR"]


INJECTED = ("=1+1", '=HYPERLINK("http://x","y")', "+1", "-2+3", "@SUM(A1)", "\t=1", "#N/A", "=cmd|' /C calc'!A0")


@pytest.mark.parametrize("value", INJECTED)
def test_no_text_becomes_a_formula(value: str) -> None:
    """What begins like a formula is text, and stays text when a program reads the cell anew."""
    table = Table((Column("customer"),), (Section(rows=((value,),)),))
    xlsx = report_xlsx(Report("forecast", MADE_AT, value, (), (table,)), "ro")
    cell = workbook(xlsx).worksheets[1]["A2"]

    assert (cell.value, cell.data_type) == (value, "s")
    assert cell.quotePrefix == (not value.startswith("#"))
    with ZipFile(BytesIO(xlsx)) as parts:
        assert not any(b"<f>" in parts.read(name) for name in parts.namelist())


TEXTS = st.text(max_size=200)


@settings(max_examples=30, deadline=None)
@given(values=st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=12), name=TEXTS)
def test_any_text_fits_both(values: list[tuple[str, str, str]], name: str) -> None:
    """Whatever was typed: pages whole, a workbook that opens, no formula, as many rows."""
    table = Table(tuple(Column(f"c{n}", title=name or "x") for n in range(3)), (Section(rows=tuple(values)),))
    report = Report("forecast", MADE_AT, name, (), (table,))
    pdf = report_pdf(report, DEALER, "en")
    page = workbook(report_xlsx(report, "en")).worksheets[1]

    assert outside(pdf) == []
    assert overlapping(pdf) == []
    assert {cell.data_type for row in page.iter_rows() for cell in row} <= {"s", "n"}
    assert page.auto_filter.ref == f"A1:C{len(values) + 1}"


def test_rows_must_match_columns_and_types() -> None:
    """A report that is put together wrongly fails in its maker's tests, not on paper."""
    with pytest.raises(ValueError, match="2 values"):
        Table(COLUMNS[:2], (Section(rows=(("one",),)),))
    with pytest.raises(TypeError, match="money"):
        ReportWords("en").value(Column("value", ColumnType.MONEY), 5)
