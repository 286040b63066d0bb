"""A generated dealership in either database, and the reports that two of its people get."""

from collections.abc import Callable
from typing import Any

import pytest

from actions.report_json import report_json
from domain.reports.make import make_report
from domain.reports.request import ReportRequest
from storage.database import Database
from tests.fakes import FakeClock
from tests.reports.data import NOW, Dealership, dealership

Ask = Callable[..., dict[str, Any]]
DIRECTOR, AGENT, OTHER = 1, 2, 3


@pytest.fixture(scope="session")
def made() -> Dealership:
    """Some hundred rows of everything."""
    return dealership()


@pytest.fixture
def filled(database: Database, clock: FakeClock, made: Dealership) -> Database:
    """Both databases with the same rows."""
    clock.set(NOW)
    made.keep(database.engine)
    return database


@pytest.fixture
def ask(filled: Database) -> Ask:
    """A report as JSON, asked for by somebody."""

    def asked(name: str, *, by: int = DIRECTOR, **said: Any) -> dict[str, Any]:
        with filled.look() as unit:
            actor = unit.team.get(by)
            assert actor is not None
            return report_json(make_report(unit, actor, ReportRequest(name, **said)))

    return asked


def table(report: dict[str, Any], code: str) -> dict[str, Any]:
    """The table of that code."""
    return next(block for block in report["blocks"] if block.get("table") == code)


def rows(block: dict[str, Any]) -> list[dict[str, Any]]:
    """Every row, with what its groups have in common."""
    found: list[dict[str, Any]] = []

    def walk(section: dict[str, Any], above: dict[str, Any]) -> None:
        common = above | (section["heading"] or {})
        found.extend(common | row for row in section["rows"])
        for inner in section.get("sections", ()):
            walk(inner, common)

    for section in block["sections"]:
        walk(section, {})
    return found


def amount(minor: int, currency: str | None) -> dict[str, str] | None:
    """An amount as JSON has it."""
    return {"amount": f"{minor / 100:.2f}", "currency": currency} if currency else None
