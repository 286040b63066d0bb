"""Who may have which report, and what of a report nothing was found for."""

from datetime import date

import pytest
import sqlalchemy as sa

from actions.documents.report_pdf import report_pdf
from actions.documents.report_xlsx import report_xlsx
from actions.report_json import report_json
from actions.report_text import report_summary, report_text
from domain.dealer import Dealer
from domain.errors import InvalidValueError, NotAllowedError, NotFoundError
from domain.reports.make import KINDS, kinds_for, make_report
from domain.reports.request import ReportRequest
from domain.team import AgentStatus, Role
from storage.database import Database
from storage.tables import business as t
from tests.factories import keep, keep_agent, make_customer
from tests.reports.conftest import AGENT, DIRECTOR, OTHER, Ask

FOR_DIRECTOR = {"client_acquisition", "opportunities_by_source", "client_status", "opportunity_stage"}


def test_thirteen_reports() -> None:
    """Those of the contract, each under its name."""
    assert list(KINDS) == [
        "client_sheet",
        "inactive_clients",
        "agenda",
        "activity_history",
        "phone_contacts",
        "agent_opportunities",
        "sales_plan",
        "client_acquisition",
        "opportunities_by_source",
        "client_status",
        "opportunity_stage",
        "forecast",
        "loss_reasons",
    ]


@pytest.mark.parametrize("name", KINDS)
def test_an_agent_gets_what_is_an_agents(ask: Ask, name: str, filled: Database) -> None:
    """The director's reports are refused to an agent, and no menu offers them."""
    with filled.look() as unit:
        agent = unit.team.get(AGENT)
        assert agent is not None
        assert (name in {kind.name for kind in kinds_for(agent)}) is (name not in FOR_DIRECTOR)
    if name in FOR_DIRECTOR:
        with pytest.raises(NotAllowedError):
            ask(name, by=AGENT)


@pytest.mark.parametrize("name", sorted(set(KINDS) - {"client_sheet"}))
def test_a_colleagues_is_refused(ask: Ask, name: str) -> None:
    """An agent cannot ask for another agent's, whatever the report."""
    with pytest.raises(NotAllowedError):
        ask(name, by=AGENT, agent_id=OTHER)


def test_a_colleagues_customer_is_unknown(ask: Ask, filled: Database) -> None:
    """A sheet of a customer whom the agent must not see is refused as if there were none."""
    with filled.engine.connect() as connection:
        foreign = connection.scalar(
            sa.select(t.customers.c.id).where(t.customers.c.owner_id == OTHER, t.customers.c.erased_at.is_(None))
        )

    with pytest.raises(NotFoundError):
        ask("client_sheet", by=AGENT, customer_ids=(foreign,))
    with pytest.raises(NotFoundError):
        ask("phone_contacts", by=AGENT, customer_ids=(foreign,))


@pytest.mark.parametrize("name", KINDS)
def test_a_suspended_person_gets_none(ask: Ask, name: str, filled: Database) -> None:
    """Not even the own ones."""
    with filled.engine.begin() as connection:
        suspended = sa.update(t.agents).where(t.agents.c.id == AGENT)
        connection.execute(suspended.values(status=AgentStatus.SUSPENDED))

    with pytest.raises(NotAllowedError):
        ask(name, by=AGENT)


def test_wrong_requests_are_refused(ask: Ask) -> None:
    """Each with its own reason."""
    for said, code in (
        ({"name": "nothing"}, "report_unknown"),
        ({"name": "client_sheet"}, "report_client"),
        ({"name": "loss_reasons", "first": date(2026, 2, 2), "last": date(2026, 2, 1)}, "period_reversed"),
        ({"name": "agenda", "first": date(2026, 1, 1), "last": date(2026, 6, 1)}, "period_long"),
        ({"name": "phone_contacts", "fields": ("shoe_size",)}, "report_field"),
    ):
        with pytest.raises(InvalidValueError) as refusal:
            ask(**said)
        assert refusal.value.code == code


def test_an_unknown_agent_is_refused(ask: Ask) -> None:
    """The director names nobody."""
    with pytest.raises(NotFoundError):
        ask("loss_reasons", by=DIRECTOR, agent_id=999)


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("language", ["en", "ro"])
def test_nothing_found_is_a_page(database: Database, name: str, language: str) -> None:
    """An empty database gives every document of every report, and no error."""
    director = keep_agent(database, role=Role.DIRECTOR)
    chosen: tuple[int, ...] = ()
    if name == "client_sheet":
        customer = make_customer()
        keep(database, customer)
        chosen = (customer.id,)

    with database.look() as unit:
        report = make_report(unit, director, ReportRequest(name, customer_ids=chosen))

    assert report_json(report)["report"] == name
    assert report_summary(report, language)
    assert report_text(report, language)
    assert report_pdf(report, Dealer("Auto Est"), language).startswith(b"%PDF")
    assert report_xlsx(report, language).startswith(b"PK")


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("language", ["en", "ro"])
def test_every_document_of_every_report(filled: Database, name: str, language: str) -> None:
    """Whatever stands in a report has its words in both languages, in each kind of document."""
    with filled.look() as unit:
        director = unit.team.get(DIRECTOR)
        assert director is not None
        report = make_report(unit, director, ReportRequest(name, customer_ids=(5,) if name == "client_sheet" else ()))

    assert not report.is_empty
    assert report_summary(report, language)
    assert report_text(report, language)
    assert report_pdf(report, Dealer("Auto Est"), language).startswith(b"%PDF")
    assert report_xlsx(report, language).startswith(b"PK")


def test_a_request_survives_its_keeping() -> None:
    """What a job or a subscription keeps is what was asked."""
    request = ReportRequest("sales_plan", agent_id=2, first=date(2026, 1, 1), group_by="stage", customer_ids=(1, 2))

    assert ReportRequest.of_json(request.as_json()) == request
    assert ReportRequest.of_json({"name": "forecast"}) == ReportRequest("forecast")
