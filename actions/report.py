"""The job of a report: asked of the database, laid out and drawn in another process, then kept for the chat to send."""

from collections.abc import Callable
from dataclasses import dataclass

from actions.ports import Desk, Job, JobUnit, Json
from actions.runner import TwoPart
from domain.reports.subscriptions import disclose

KIND = "report"
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class MadeReport:
    """What came of it; `refusal` is a domain error's code and values where it may not or cannot be made."""

    title: str = ""
    lines: tuple[str, ...] = ()
    document: bytes = b""
    file_name: str = ""
    pictures: tuple[bytes, ...] = ()
    contacts: int = 0
    is_empty: bool = False
    refusal: tuple[str, dict[str, str]] | None = None


MakeReport = Callable[[Json], MadeReport]


def report_job(make: MakeReport) -> TwoPart:
    """`make` runs in the document process: it must be one that can be sent there."""

    def prepare(desk: Desk, job: Job) -> MadeReport:
        return desk.compute(make, {**job.payload, "actor": job.actor_id})

    return TwoPart(prepare=prepare, handle=keep)


def keep(unit: JobUnit, job: Job, made: MadeReport) -> None:
    """Keep the files, note whose contacts were handed over, and let the chat tell."""
    asked: Json = {
        name: job.payload[name] for name in ("request", "format", "language", "unasked") if name in job.payload
    }
    if made.refusal:
        unit.result({"kind": KIND, **asked, "refused": made.refusal[0], "values": made.refusal[1]})
        return
    form = job.payload["format"]
    file_id = unit.add_file(name=made.file_name, media_type=MEDIA_TYPES[form], data=made.document)
    pictures = [
        unit.add_file(name=f"{asked['request']['name']}-{number}.png", media_type="image/png", data=picture)
        for number, picture in enumerate(made.pictures, start=1)
    ]
    told = disclose(unit, job.actor_id, report=asked["request"]["name"], customers=made.contacts)
    unit.result(
        {
            "kind": KIND,
            **asked,
            "title": made.title,
            "lines": list(made.lines),
            "file": file_id,
            "pictures": pictures,
            "contacts": made.contacts if told else 0,
            "empty": made.is_empty,
        }
    )
