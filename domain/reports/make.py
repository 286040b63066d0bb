"""The one way to a report: who asks is looked at, defaults are filled in, and what was asked stands at its head."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from domain import permissions
from domain.errors import InvalidValueError, NotAllowedError, NotFoundError
from domain.ports import UnitOfWork
from domain.reports.activity_history import ActivityHistory
from domain.reports.agenda import Agenda
from domain.reports.agent_opportunities import AgentOpportunities
from domain.reports.client_acquisition import ClientAcquisition
from domain.reports.client_sheet import ClientSheet
from domain.reports.client_status import ClientStatus
from domain.reports.forecast import Forecast
from domain.reports.inactive_clients import InactiveClients
from domain.reports.kind import PORTFOLIO, ReportKind
from domain.reports.loss_reasons import LossReasons
from domain.reports.opportunities_by_source import OpportunitiesBySource
from domain.reports.opportunity_stage import OpportunityStage
from domain.reports.phone_contacts import PhoneContacts
from domain.reports.queries import ReportUnit
from domain.reports.request import Asked, ReportRequest
from domain.reports.sales_plan import SalesPlan
from domain.reports.table import Chart, Column, ColumnType, Fact, Report, Table
from domain.team import Agent, Role

KINDS: Mapping[str, ReportKind] = {
    kind.name: kind
    for kind in (
        ClientSheet(),
        InactiveClients(),
        Agenda(),
        ActivityHistory(),
        PhoneContacts(),
        AgentOpportunities(),
        SalesPlan(),
        ClientAcquisition(),
        OpportunitiesBySource(),
        ClientStatus(),
        OpportunityStage(),
        Forecast(),
        LossReasons(),
    )
}
CONTACTS_TOLD = 20  # of more customers in one document the director hears


def kinds_for(actor: Agent) -> list[ReportKind]:
    """The reports that somebody may ask for, in the order of a menu."""
    return [kind for kind in KINDS.values() if actor.role is Role.DIRECTOR or not kind.for_director]


def make_report(unit: ReportUnit, actor: Agent, request: ReportRequest) -> Report:
    """The finished report.

    Raises NotAllowedError for what is the director's or somebody else's, NotFoundError for an unknown agent or
    customer, InvalidValueError for an unknown report, a missing customer and a period that cannot be.
    """
    kind, heeded = checked(unit, actor, request)
    asked = _asked(unit, actor, kind, heeded)
    return Report(
        name=kind.name,
        made_at=actor.local(unit.now),
        made_for=actor.name,
        parameters=_parameters(asked, kind),
        blocks=tuple(block for block in kind.blocks(asked) if not isinstance(block, Chart) or _compares(block)),
    )


def checked(unit: UnitOfWork, actor: Agent, request: ReportRequest) -> tuple[ReportKind, ReportRequest]:
    """The report and what it heeds of the request; raises as `make_report` does."""
    permissions.require_active(actor)
    kind = KINDS.get(request.name)
    if kind is None:
        raise InvalidValueError("report_unknown", name=request.name[:60])
    is_director = actor.role is Role.DIRECTOR
    if not is_director and (kind.for_director or request.agent_id not in {None, actor.id}):
        raise NotAllowedError
    if kind.needs_client and len(request.customer_ids) != 1:
        raise InvalidValueError("report_client")
    takes = kind.takes
    for customer_id in request.customer_ids if "client" in takes else ():
        permissions.customer_to_see(unit, actor, customer_id)
    agent_id = request.agent_id if "agent" in takes else None
    return kind, replace(
        request,
        agent_id=agent_id if is_director else actor.id,
        customer_ids=request.customer_ids if "client" in takes else (),
        group_by=request.group_by if request.group_by in kind.groupings else None,
        source=request.source if "source" in takes else None,
        stage=request.stage if "stage" in takes else None,
        company=request.company and "company" in takes,
        fields=request.fields if "fields" in takes else (),
    )


def contacts_in(report: Report) -> int:
    """Of how many customers the report tells a phone number or an address."""
    count = 0
    for block in report.blocks:
        if not isinstance(block, Table):
            continue
        places = [place for place, column in enumerate(block.columns) if column.code in {"phone", "email"}]
        rows = (row for section in block.sections for row in section.every_row())
        count += sum(any(row[place] for place in places) for row in rows)
    return count


def _compares(chart: Chart) -> bool:
    """Whether a picture says more than its one number."""
    return len(chart.categories) > 1


def _asked(unit: ReportUnit, actor: Agent, kind: ReportKind, request: ReportRequest) -> Asked:
    usual = kind.period(actor.local(unit.now).date())
    first, last = request.first or usual[0], request.last or usual[1]
    if request.first and not request.last:
        last = max(first, usual[1])
    if request.last and not request.first:
        first = min(last, usual[0])
    if first > last:
        raise InvalidValueError("period_reversed")
    if "period" in kind.takes and last - first > timedelta(days=kind.longest):
        raise InvalidValueError("period_long", days=kind.longest)
    agent = None
    if request.agent_id is not None:
        agent = actor if request.agent_id == actor.id else unit.team.get(request.agent_id)
        if agent is None:
            raise NotFoundError
    return Asked(unit, actor, request, agent, first, last)


def _parameters(asked: Asked, kind: ReportKind) -> tuple[Fact, ...]:
    """Everything that decided what stands in the report, defaults too."""
    request = asked.request
    facts: list[Fact] = []
    if request.company:
        facts.append(Fact(PORTFOLIO, "company"))
    elif "agent" in kind.takes:
        facts.append(
            Fact(Column("agent"), asked.agent.name)
            if asked.agent
            else Fact(Column("agent", ColumnType.WORD, words="portfolio"), "all")
        )
    if "period" in kind.takes:
        facts += [Fact(Column("from", ColumnType.DATE), asked.first), Fact(Column("to", ColumnType.DATE), asked.last)]
    if request.customer_ids and not kind.needs_client:
        names = [customer.name for one in request.customer_ids if (customer := asked.unit.customers.get(one))]
        facts.append(Fact(Column("customer"), ", ".join(names)))
    if kind.groupings:
        grouped = request.group_by or kind.groupings[0]
        facts.append(Fact(Column("grouped_by", ColumnType.WORD, words="column"), _GROUPED[grouped]))
    if request.source:
        facts.append(Fact(Column("source", ColumnType.WORD, words="source"), request.source.value))
    if request.stage:
        facts.append(Fact(Column("stage", ColumnType.WORD, words="stage"), request.stage.value))
    return tuple(facts)


_GROUPED = {"client": "customer", "stage": "stage"}
