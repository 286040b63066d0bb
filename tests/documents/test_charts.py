"""Charts: every value written, series apart without colour, and nothing off the edge whatever the data."""

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.graphics.renderPDF import draw
from reportlab.graphics.shapes import Drawing
from reportlab.pdfgen.canvas import Canvas

from actions.documents.charts.chart import chart_drawing
from actions.documents.charts.data import ChartData, Point, Series
from actions.documents.charts.forecast import ForecastChart, ForecastPanel, forecast_chart, forecast_drawing
from domain.reports.table import ChartKind
from tests.documents.reading import outside, shades, size, squeezed, text

MONTHS = ("nov. 2026", "dec. 2026", "ian. 2027")


def page(drawing: Drawing) -> bytes:
    """The drawing as a page of its own, with a border of 30 points."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=(drawing.width + 60, drawing.height + 60))
    draw(drawing, canvas, 30, 30)
    canvas.save()
    return file.getvalue()


def points(*values: int | None) -> tuple[Point, ...]:
    """Each with its value written out."""
    return tuple(Point(value, "" if value is None else f"{value} EUR") for value in values)


def forecast(*currencies: str) -> ForecastChart:
    """Three months of each currency."""
    panels = tuple(ForecastPanel(currency, points(1000, 0, 3000), points(500, 250, 0)) for currency in currencies)
    return ForecastChart("Prognoză și câștig", "Așteptat", "Câștigat", "Nimic de arătat", MONTHS, panels)


@pytest.mark.parametrize("kind", ChartKind)
@pytest.mark.parametrize("values", [(1, 2, 3), (0, 0, 0), (-5, None, 7), (None, 4, None)])
def test_values_and_names_are_written(kind: ChartKind, values: tuple[int | None, ...]) -> None:
    """Zero, negative and missing values are drawn, with title, legend, categories and figures."""
    series = (Series("Țintă", points(*values)), Series("Câștigat", points(9, 8, 9)))
    pdf = page(chart_drawing(ChartData(kind, "Vânzări", MONTHS, series, "Nimic"), width=376, height=276))
    said = squeezed(text(pdf))

    assert outside(pdf) == []
    for word in ("Vânzări", "Țintă", "Câștigat", "9EUR", *map(squeezed, MONTHS)):
        assert word in said
    if kind in {ChartKind.GROUPED, ChartKind.HORIZONTAL, ChartKind.LINE}:
        assert [value for value in values if value is not None and f"{value}EUR" not in said] == []


@pytest.mark.parametrize("kind", ChartKind)
def test_nothing_to_show_says_so(kind: ChartKind) -> None:
    """No category, or none with a value, is a sentence in place of an empty frame."""
    for data in (
        ChartData(kind, "T", (), (), "Nimic"),
        ChartData(kind, "T", ("a",), (Series("s", points(None)),), "Nimic"),
    ):
        assert "Nimic" in text(page(chart_drawing(data, width=376, height=276)))


@settings(max_examples=60, deadline=None)
@given(
    kind=st.sampled_from(ChartKind),
    names=st.lists(st.text(max_size=60), min_size=1, max_size=70),
    series=st.integers(1, 7),
    data=st.data(),
)
def test_no_chart_leaves_its_frame(kind: ChartKind, names: list[str], series: int, data: st.DataObject) -> None:
    """Long names, many bars and any values stay inside."""
    value = st.one_of(st.none(), st.integers(-(10**9), 10**9))
    rows = tuple(
        Series(data.draw(st.text(max_size=80)), points(*(data.draw(value) for _ in names))) for _ in range(series)
    )
    pdf = page(chart_drawing(ChartData(kind, "T" * 90, tuple(names), rows, "Nimic"), width=376, height=276))

    assert outside(pdf, margin=20) == []


def test_the_forecast_is_a_picture_for_a_phone() -> None:
    """1600 pixels wide, higher with several currencies, the same bytes again, with shades that print apart."""
    one, two = forecast_chart(forecast("EUR")), forecast_chart(forecast("EUR", "RON"))

    assert size(one) == (1600, 1200)
    assert size(two)[0] == 1600 < size(two)[1]
    assert one == forecast_chart(forecast("EUR"))
    assert shades(one) >= 4


def test_the_forecast_says_months_amounts_and_currencies() -> None:
    """Each panel has its currency, each bar its amount; without panels it says so."""
    said = squeezed(text(page(forecast_drawing(forecast("EUR", "RON")))))

    for word in ("Prognozășicâștig", "Așteptat", "Câștigat", "RON", "3000EUR", "250EUR", *map(squeezed, MONTHS)):
        assert word in said
    assert "Nimic de arătat" in text(page(forecast_drawing(forecast())))


def test_points_must_match_categories() -> None:
    """A series that is too short is a mistake of the caller's."""
    with pytest.raises(ValueError, match="each category"):
        ChartData(ChartKind.LINE, "T", MONTHS, (Series("s", points(1)),), "Nimic")
    with pytest.raises(ValueError, match="EUR"):
        ForecastChart("T", "a", "b", "c", MONTHS, (ForecastPanel("EUR", points(1), points(1)),))
