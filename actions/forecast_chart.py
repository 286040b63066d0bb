"""The job of a forecast's picture: drawn in another process from what the chat has put into words already."""

from actions.documents.charts.data import Point
from actions.documents.charts.forecast import ForecastChart, ForecastPanel, forecast_chart
from actions.ports import Desk, Job, JobUnit, Json
from actions.runner import TwoPart

KIND = "forecast_chart"


def draw(desk: Desk, job: Job) -> bytes:
    """The picture, while no transaction is open."""
    return desk.compute(forecast_chart, _chart(job.payload["chart"]))


def keep(unit: JobUnit, job: Job, picture: bytes) -> None:
    """Keep it for the chat to send."""
    file_id = unit.add_file(name="forecast.png", media_type="image/png", data=picture)
    unit.result({"kind": KIND, "file_id": file_id, "title": job.payload["chart"]["title"]})


def _chart(told: Json) -> ForecastChart:
    words = {name: told[name] for name in ("title", "weighted", "won", "empty", "note")}
    panels = tuple(
        ForecastPanel(panel["currency"], weighted=_points(panel["weighted"]), won=_points(panel["won"]))
        for panel in told["panels"]
    )
    return ForecastChart(**words, months=tuple(told["months"]), panels=panels)


def _points(told: list[tuple[float, str]]) -> tuple[Point, ...]:
    return tuple(Point(value, text) for value, text in told)


FORECAST_CHART = TwoPart(prepare=draw, handle=keep)
