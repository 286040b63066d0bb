"""A report's charts as pictures, for the chat."""

from actions.documents.charts.chart import chart_drawing
from actions.documents.charts.picture import drawing_png
from actions.documents.report_words import ReportWords
from domain.reports.table import Chart, Report

WIDTH, HEIGHT = 376.0, 276.0  # with its border 400 by 300 points: 1600 by 1200 pixels


def report_pictures(report: Report, language: str) -> tuple[bytes, ...]:
    """A PNG for each chart, 1600 pixels wide; none for a report that found nothing."""
    words = ReportWords(language)
    charts = [block for block in report.blocks if isinstance(block, Chart)] if not report.is_empty else []
    return tuple(drawing_png(chart_drawing(words.chart(chart), width=WIDTH, height=HEIGHT)) for chart in charts)
