"""Deals from another program's table: whose, with whom, for what, through which stage, when and for how much.

A deal that was won there is a sale: its order was made there too, and waits for none here.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from decimal import Decimal

from domain import permissions
from domain.customers import Customer, CustomerKind, Source, find_by_name
from domain.errors import InvalidValueError
from domain.importing.results import ImportReport, ImportRow, RowResult
from domain.money import Basis, Money, Price, vat_rate
from domain.names import display_order, words
from domain.opportunities import CLOSED_STAGES, PROBABILITY, LossReason, Opportunity, Stage, StageChange
from domain.ports import Owners, UnitOfWork
from domain.team import Agent, Role

MIDDAY = time(12)  # a day without an hour: noon is the same day for whoever reads it
LONGEST = 200
_ALL = Owners(None, everybody=True)
Known = tuple[str, date, int | None]


@dataclass(frozen=True, slots=True)
class CandidateDeal:
    """One row as it was read; `row` is the file's, from 1. `problem` is what could not be read of it."""

    row: int
    agent: str = ""
    manager: str = ""
    account: str = ""
    product: str = ""
    stage: Stage | None = None
    engaged: date | None = None
    closes: date | None = None
    value: Decimal | None = None
    currency: str = ""
    source: Source | None = None
    loss_reason: LossReason | None = None
    competitor: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class DealImport:
    """How rows are taken: agents who are not known are added unless `known_agents`; `unnamed` is the client of rows without one."""

    known_agents: bool = False
    unnamed: str = ""


@dataclass(slots=True)
class DealBook:
    """What one import has looked up and added so far; a file names the same agents and clients again and again."""

    wanted: DealImport = DealImport()
    agents: dict[str, int] = field(default_factory=dict)
    customers: dict[str, int] = field(default_factory=dict)
    known: dict[int, Counter[Known]] = field(default_factory=dict)
    added_agents: list[str] = field(default_factory=list)


class _RefusedError(Exception):
    """Why a row is not taken."""


@dataclass(frozen=True, slots=True)
class _Checked:
    deal: CandidateDeal
    opened: datetime
    closed: datetime | None
    value: Price | None


def import_deals(uow: UnitOfWork, actor: Agent, book: DealBook, candidates: Iterable[CandidateDeal]) -> ImportReport:
    """Take each row whole or refuse it with its reason; a deal that is there already is not added again.

    Raises NotAllowedError for anybody but a director.
    """
    permissions.require_director(actor)
    fates: list[ImportRow] = []
    new: list[tuple[_Checked, Opportunity]] = []
    for candidate in candidates:
        try:
            checked = _check(uow, actor, candidate)
            agent_id, is_added = _agent(uow, book, candidate)
            customer_id = _customer(uow, actor, book, checked, agent_id)
        except _RefusedError as refusal:
            fates.append(ImportRow(candidate.row, RowResult.REFUSED, candidate.account, str(refusal)))
            continue
        if _is_known(book, customer_id, checked):
            fates.append(ImportRow(candidate.row, RowResult.MERGED, candidate.account, "deal_known"))
            continue
        opportunity = _opportunity(checked, customer_id, agent_id)
        uow.opportunities.add(opportunity)
        new.append((checked, opportunity))
        warnings = ("deal_agent_added",) if is_added else ()
        fates.append(
            ImportRow(candidate.row, RowResult.TAKEN, candidate.account, "deal_new", customer_id, warnings=warnings)
        )
    uow.flush()
    for checked, opportunity in new:
        for change in _changes(checked, opportunity):
            uow.opportunities.add_change(change)
    uow.flush()
    return ImportReport(tuple(fates))


def _check(uow: UnitOfWork, actor: Agent, deal: CandidateDeal) -> _Checked:
    """All that a row alone decides; raises _RefusedError."""
    if deal.problem:
        raise _RefusedError(deal.problem)
    if deal.stage is None:
        raise _RefusedError("deal_no_stage")
    today = actor.local(uow.now).date()
    is_closed = deal.stage in CLOSED_STAGES
    if is_closed and deal.closes is None:
        raise _RefusedError("deal_close_missing")
    opened = deal.engaged or (deal.closes if is_closed and deal.closes else today)
    if opened > today or (is_closed and deal.closes and deal.closes > today):
        raise _RefusedError("deal_future")
    if deal.closes and deal.closes < opened:
        raise _RefusedError("deal_close_before")
    try:
        value = (
            None
            if deal.value is None
            else Price.of(
                Money.of(deal.value, deal.currency or uow.defaults.currency), basis=Basis.NET, vat=vat_rate(opened)
            )
        )
    except InvalidValueError:
        raise _RefusedError("deal_value") from None
    closed = _noon(actor, deal.closes) if is_closed and deal.closes else None
    return _Checked(deal, min(_noon(actor, opened), uow.now), min(closed, uow.now) if closed else None, value)


def _noon(actor: Agent, day: date) -> datetime:
    return datetime.combine(day, MIDDAY, tzinfo=actor.zone).astimezone(UTC)


def _agent(uow: UnitOfWork, book: DealBook, deal: CandidateDeal) -> tuple[int, bool]:
    """Who has the deal, and whether this row has brought them; where no agent is named, the manager."""
    name = (deal.agent or deal.manager).strip()
    key = " ".join(words(name))
    if not key:
        raise _RefusedError("deal_no_agent")
    if key in book.agents:
        return book.agents[key], False
    found = [agent for agent in uow.team.all() if sorted(words(agent.name)) == sorted(key.split())]
    if len(found) > 1:
        raise _RefusedError("deal_agent_several")
    if not found and book.wanted.known_agents:
        raise _RefusedError("deal_agent_unknown")
    if not found:
        added = Agent(
            name=name[:LONGEST],
            role=Role.AGENT,
            language=uow.defaults.language,
            timezone=uow.defaults.timezone,
            created_at=uow.now,
        )
        uow.team.add(added)
        uow.flush()
        book.added_agents.append(added.name)
    book.agents[key] = found[0].id if found else added.id
    return book.agents[key], not found


def _customer(uow: UnitOfWork, actor: Agent, book: DealBook, checked: _Checked, agent_id: int) -> int:
    """The client of that whole name; a new one belongs to the agent, and came when the deal began."""
    name = (checked.deal.account or book.wanted.unnamed).strip()[:LONGEST]
    key = display_order(name)
    if not key:
        raise _RefusedError("deal_no_account")
    if key in book.customers:
        customer = uow.customers.get(book.customers[key])
        if customer is not None:
            _came(customer, checked.opened, is_ours=not book.known[customer.id])
            return customer.id
    named = [one for one in find_by_name(uow, actor, name, owners=_ALL).exact if display_order(one.name) == key]
    own = [one for one in named if one.owner_id == agent_id] or named
    if len(own) > 1:
        raise _RefusedError("deal_account_several")
    if own:
        deals = uow.opportunities.of_customer(own[0].id)
        book.known[own[0].id] = Counter(_key(actor, deal) for deal in deals)
        book.customers[key] = own[0].id
        return own[0].id
    customer = Customer(
        name=name,
        kind=CustomerKind.COMPANY,
        owner_id=agent_id,
        created_at=checked.opened,
        source=checked.deal.source,
    )
    uow.customers.add(customer)
    uow.flush()
    book.known[customer.id] = Counter()
    book.customers[key] = customer.id
    return customer.id


def _came(customer: Customer, opened: datetime, *, is_ours: bool) -> None:
    """A client whom this import has brought came with the earliest of the deals."""
    if is_ours and opened < customer.created_at:
        customer.created_at = opened


def _is_known(book: DealBook, customer_id: int, checked: _Checked) -> bool:
    """Whether the client has such a deal from before; each is found once, for two alike may be two."""
    key = (
        (checked.deal.product or "").strip(),
        checked.opened.date(),
        checked.value.net.minor if checked.value else None,
    )
    known = book.known[customer_id]
    if not known[key]:
        return False
    known[key] -= 1
    return True


def _key(actor: Agent, deal: Opportunity) -> Known:
    return (deal.model or "", actor.local(deal.created_at).date(), deal.net_minor)


def _opportunity(checked: _Checked, customer_id: int, agent_id: int) -> Opportunity:
    deal, stage = checked.deal, checked.deal.stage or Stage.NEW
    return Opportunity(
        customer_id=customer_id,
        owner_id=agent_id,
        stage=stage,
        stage_since=checked.closed or checked.opened,
        probability=PROBABILITY[stage],
        created_at=checked.opened,
        changed_at=checked.closed or checked.opened,
        model=deal.product.strip()[:LONGEST] or None,
        value=checked.value,
        net_minor=checked.value.net.minor if checked.value else None,
        close_on=deal.closes,
        source=deal.source,
        loss_reason=deal.loss_reason if stage is Stage.LOST else None,
        competitor=deal.competitor.strip()[:LONGEST] or None,
        closed_at=checked.closed,
        sold_at=checked.closed if stage is Stage.WON else None,
    )


def _changes(checked: _Checked, opportunity: Opportunity) -> Sequence[StageChange]:
    """A closed deal began as a new one; what it went through is not known."""
    owner = opportunity.owner_id
    if checked.closed is None:
        return [StageChange(opportunity.id, None, opportunity.stage, checked.opened, owner)]
    return [
        StageChange(opportunity.id, None, Stage.NEW, checked.opened, owner),
        StageChange(opportunity.id, Stage.NEW, opportunity.stage, checked.closed, owner),
    ]
