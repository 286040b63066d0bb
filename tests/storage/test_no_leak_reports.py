"""No report tells an agent of another agent's customer, whatever it is asked of."""

import pytest

from domain.reports.make import KINDS
from domain.reports.request import ReportRequest
from domain.team import Agent
from storage.database import Database
from tests.storage.test_no_leak import SECRETS, USE_CASES, Case, Target, foreign, outcome, own_customer, people

__all__ = ["foreign", "people"]


@pytest.mark.parametrize("name", sorted(KINDS))
def test_no_report_tells_of_it(
    sqlite_database: Database,
    people: dict[str, Agent],
    foreign: Target,
    name: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Every report, whatever it is asked of: of a colleague, of their customer, of all that one may see."""
    actor = people["other"]
    own = own_customer(sqlite_database, actor)
    asked: tuple[Case, ...] = (
        lambda target: {"request": ReportRequest(name, agent_id=target.agent)},
        lambda target: {"request": ReportRequest(name, customer_ids=(target.customer,))},
        lambda _: {"request": ReportRequest(name, customer_ids=(own,))},
        lambda _: {"request": ReportRequest(name, company=True)},
    )
    for case in asked:
        monkeypatch.setitem(USE_CASES, "reports.make.make_report", case)
        about_it = outcome(sqlite_database, actor, "reports.make.make_report", foreign)
        about_nothing = outcome(sqlite_database, actor, "reports.make.make_report", Target())
        assert about_it[0] != "failed"
        assert [secret for secret in SECRETS if secret in str(about_it)] == []
        assert about_it == about_nothing
