"""The report's maker in the process where it runs: it can be sent there, and what it refuses comes back as an answer."""

from collections.abc import Iterator

import pytest

from actions.documents.pool import DocumentPool
from domain.dealer import Dealer
from domain.ports import Defaults
from domain.reports.request import ReportRequest
from presales.report_documents import ReportMaker
from tests.reports.conftest import AGENT, DIRECTOR
from tests.reports.data import NOW


@pytest.fixture
def pool() -> Iterator[DocumentPool]:
    """One document process."""
    pool = DocumentPool()
    yield pool
    pool.close()


def asked(name: str, actor: int, form: str = "pdf") -> dict[str, object]:
    """A job's payload."""
    request = ReportRequest(name).as_json()
    return {"request": request, "actor": actor, "format": form, "language": "ro", "now": NOW.isoformat()}


@pytest.mark.usefixtures("filled")
def test_it_is_made_in_another_process(database_url: str, pool: DocumentPool) -> None:
    """Document, pictures and lines come back."""
    maker = ReportMaker(database_url, Defaults(), Dealer("Auto Est"))

    made = pool.run(maker, asked("sales_plan", DIRECTOR))
    book = pool.run(maker, asked("sales_plan", DIRECTOR, "xlsx"))

    assert made.document.startswith(b"%PDF")
    assert made.file_name == "plan-de-vanzari-2026-02-11.pdf"
    assert len(made.pictures) == 2  # a currency each
    assert made.lines
    assert book.document.startswith(b"PK")


@pytest.mark.usefixtures("filled")
def test_a_refusal_comes_back(database_url: str, pool: DocumentPool) -> None:
    """What changed since it was asked for is refused there too."""
    maker = ReportMaker(database_url, Defaults(), Dealer("Auto Est"))

    made = pool.run(maker, asked("opportunity_stage", AGENT))

    assert made.refusal == ("not_allowed", {})
