"""Opportunities: what a customer may buy, for how much, when and how likely, through the stages to won or lost."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain import permissions
from domain.customers import Customer, CustomerKind, Source
from domain.errors import ConflictError, InvalidValueError
from domain.money import Basis, Money, Price, vat_rate
from domain.names import words
from domain.ports import UnitOfWork
from domain.team import Agent

MODEL_LENGTH = 200
NOTE_LENGTH = 4000
LARGEST_FLEET = 10_000


class Stage(StrEnum):
    """Where an opportunity stands, in this order."""

    NEW = "new"
    QUALIFIED = "qualified"
    TEST_DRIVE = "test_drive"
    OFFER = "offer"
    NEGOTIATION = "negotiation"
    WON = "won"
    LOST = "lost"


PROBABILITY = {
    Stage.NEW: 10,
    Stage.QUALIFIED: 25,
    Stage.TEST_DRIVE: 40,
    Stage.OFFER: 60,
    Stage.NEGOTIATION: 80,
    Stage.WON: 100,
    Stage.LOST: 0,
}
OPEN_STAGES = (Stage.NEW, Stage.QUALIFIED, Stage.TEST_DRIVE, Stage.OFFER, Stage.NEGOTIATION)
CLOSED_STAGES = (Stage.WON, Stage.LOST)


class LossReason(StrEnum):
    """Why a customer did not buy."""

    PRICE = "price"
    COMPETITOR = "competitor"
    FINANCING = "financing"
    AVAILABILITY = "availability"
    POSTPONED = "postponed"
    NO_RESPONSE = "no_response"
    TRADE_IN = "trade_in"
    OTHER = "other"


@dataclass(eq=False)
class Opportunity:
    """A deal; `net_minor` is the value without VAT, kept so that sums can be made where the rows are."""

    customer_id: int
    owner_id: int
    stage: Stage
    stage_since: datetime
    probability: int
    created_at: datetime
    changed_at: datetime
    probability_by_hand: bool = False
    model: str | None = None
    value: Price | None = None
    net_minor: int | None = None
    close_on: date | None = None
    source: Source | None = None
    loss_reason: LossReason | None = None
    loss_note: str | None = None
    competitor: str | None = None
    fleet: bool = False
    quantity: int | None = None
    deadline: date | None = None
    decision_maker: str | None = None
    closed_at: datetime | None = None
    sold_at: datetime | None = None  # when Sales accepted its order: only then is it a sale
    id: int = field(default=0, kw_only=True)
    version: int = field(default=1, kw_only=True)

    @property
    def is_open(self) -> bool:
        """Neither won nor lost."""
        return self.stage not in CLOSED_STAGES

    @property
    def signed_without_order(self) -> bool:
        """Won, and no order of it accepted: shown apart from a sale."""
        return self.stage is Stage.WON and self.sold_at is None

    @property
    def net(self) -> Money | None:
        """The value without VAT."""
        return self.value.net if self.value else None


@dataclass(eq=False)
class StageChange:
    """One move between stages: who, when, from (None at the start) and to."""

    opportunity_id: int
    before: Stage | None
    after: Stage
    at: datetime
    agent_id: int
    id: int = field(default=0, kw_only=True)


@dataclass(frozen=True, slots=True)
class StageStay:
    """A stage change with how long the deal stayed in the stage it came to; still there where `lasted` runs to now."""

    change: StageChange
    lasted: timedelta


@dataclass(frozen=True, slots=True)
class Changes:
    """What is to be changed in an opportunity; None leaves a value as it is."""

    model: str | None = None
    value: Money | None = None
    vat_included: bool | None = None
    close_on: date | None = None
    probability: int | None = None
    source: Source | None = None
    quantity: int | None = None
    deadline: date | None = None
    decision_maker: str | None = None
    competitor: str | None = None

    @property
    def some(self) -> bool:
        """Whether anything is to be changed."""
        return self != Changes(vat_included=self.vat_included)


NOTHING = Changes()


def create_opportunity(
    uow: UnitOfWork,
    actor: Agent,
    *,
    customer_id: int,
    changes: Changes = NOTHING,
    stage: Stage = Stage.NEW,
    fleet: bool = False,
) -> Opportunity:
    """Open a deal for a customer that the actor may change; it belongs to the customer's owner, else to the actor.

    Raises InvalidValueError for values that cannot be kept and for a stage that is no beginning.
    """
    customer = permissions.customer_to_change(uow, actor, customer_id)
    if stage in CLOSED_STAGES:
        raise InvalidValueError("stage_not_open")
    opportunity = Opportunity(
        customer_id=customer.id,
        owner_id=customer.owner_id or actor.id,
        stage=stage,
        stage_since=uow.now,
        probability=PROBABILITY[stage],
        created_at=uow.now,
        changed_at=uow.now,
        source=customer.source,
        fleet=fleet,
    )
    wanted = changes if changes.model else replace(changes, model=customer.interest)
    _apply(uow, actor, customer, opportunity, wanted)
    uow.opportunities.add(opportunity)
    uow.flush()
    _keep_change(uow, actor, opportunity, before=None)
    return opportunity


def update_opportunity(uow: UnitOfWork, actor: Agent, *, opportunity_id: int, changes: Changes) -> Opportunity:
    """Change values of an open deal; raises ConflictError for a closed one, InvalidValueError for a wrong value."""
    opportunity = _open(uow, actor, opportunity_id)
    _apply(uow, actor, _customer(uow, opportunity), opportunity, changes)
    opportunity.changed_at = uow.now
    return opportunity


def probability_by_stage(uow: UnitOfWork, actor: Agent, *, opportunity_id: int) -> Opportunity:
    """Let the stage say again how likely an open deal is."""
    opportunity = _open(uow, actor, opportunity_id)
    opportunity.probability, opportunity.probability_by_hand = PROBABILITY[opportunity.stage], False
    opportunity.changed_at = uow.now
    return opportunity


def touch(uow: UnitOfWork, actor: Agent, *, opportunity_id: int) -> Opportunity:
    """Somebody has looked after an open deal though nothing of it changed: it counts as untouched from now on."""
    opportunity = _open(uow, actor, opportunity_id)
    opportunity.changed_at = uow.now
    return opportunity


def move_stage(uow: UnitOfWork, actor: Agent, *, opportunity_id: int, stage: Stage) -> Opportunity:
    """Bring an open deal to another open stage, forward or back; a probability set by hand stays."""
    if stage in CLOSED_STAGES:
        raise InvalidValueError("stage_not_open")
    opportunity = _open(uow, actor, opportunity_id)
    if opportunity.stage is not stage:
        _enter(uow, actor, opportunity, stage)
    return opportunity


def win(uow: UnitOfWork, actor: Agent, *, opportunity_id: int) -> Opportunity:
    """The customer signed: won, though a sale only once Sales has accepted its order."""
    opportunity = _open(uow, actor, opportunity_id)
    _enter(uow, actor, opportunity, Stage.WON)
    opportunity.closed_at = uow.now
    return opportunity


def lose(
    uow: UnitOfWork,
    actor: Agent,
    *,
    opportunity_id: int,
    reason: LossReason,
    note: str | None = None,
    competitor: str | None = None,
) -> Opportunity:
    """The customer does not buy, and why."""
    opportunity = _open(uow, actor, opportunity_id)
    _enter(uow, actor, opportunity, Stage.LOST)
    opportunity.closed_at = uow.now
    opportunity.loss_reason = reason
    opportunity.loss_note = _text(note, limit=NOTE_LENGTH)
    opportunity.competitor = _text(competitor, limit=MODEL_LENGTH) or opportunity.competitor
    return opportunity


def reopen(uow: UnitOfWork, actor: Agent, *, opportunity_id: int, stage: Stage | None = None) -> Opportunity:
    """Go on with a closed deal, by default from the stage it was closed in.

    Raises ConflictError for an open one, and for one whose order Sales has: that is cancelled there first.
    """
    opportunity = permissions.opportunity_to_change(uow, actor, opportunity_id)
    if opportunity.is_open:
        raise ConflictError("opportunity_open")
    if opportunity.sold_at:
        raise ConflictError("opportunity_sold")
    before = [change.before for change in uow.opportunities.changes(opportunity.id) if change.before in OPEN_STAGES]
    _enter(uow, actor, opportunity, stage or (before[-1] if before else None) or Stage.NEW)
    opportunity.closed_at = opportunity.loss_reason = opportunity.loss_note = None
    return opportunity


def sold(uow: UnitOfWork, actor: Agent, *, opportunity_id: int) -> Opportunity:
    """Sales accepted the order: the deal is won, and a sale."""
    opportunity = permissions.opportunity_to_change(uow, actor, opportunity_id)
    if opportunity.stage is not Stage.WON:
        _enter(uow, actor, opportunity, Stage.WON)
        opportunity.closed_at = uow.now
        opportunity.loss_reason = opportunity.loss_note = None
    opportunity.sold_at = opportunity.changed_at = uow.now
    return opportunity


def unsold(uow: UnitOfWork, actor: Agent, *, opportunity_id: int) -> Opportunity:
    """Sales cancelled the order: the deal is open again."""
    opportunity = permissions.opportunity_to_change(uow, actor, opportunity_id)
    opportunity.sold_at = None
    return opportunity if opportunity.is_open else reopen(uow, actor, opportunity_id=opportunity_id)


def stages_of(uow: UnitOfWork, actor: Agent, *, opportunity_id: int) -> list[StageStay]:
    """Every stage the deal came to, oldest first, and how long it stayed there."""
    opportunity = permissions.opportunity_to_see(uow, actor, opportunity_id)
    changes = uow.opportunities.changes(opportunity.id)
    ends = [change.at for change in changes[1:]] + [opportunity.closed_at or uow.now]
    return [StageStay(change, max(end - change.at, timedelta())) for change, end in zip(changes, ends, strict=True)]


def price_said(money: Money, customer: Customer, *, vat_included: bool | None, day: date) -> Price:
    """An amount as it is meant where nothing is said of VAT: a person's price has it, a company's has not."""
    if vat_included is None:
        vat_included = customer.kind is CustomerKind.PERSON
    return Price.of(money, basis=Basis.GROSS if vat_included else Basis.NET, vat=vat_rate(day))


def open_deals(uow: UnitOfWork, actor: Agent, *, customer_id: int) -> Sequence[Opportunity]:
    """The customer's open deals that the actor may change, newest first."""
    permissions.customer_to_see(uow, actor, customer_id)
    deals = uow.opportunities.of_customer(customer_id)
    return [deal for deal in deals if deal.is_open and permissions.may_change_opportunity(actor, deal)]


def is_like(model: str | None, other: str | None) -> bool:
    """Whether two vehicles may be the same: all words of one are among the other's, or one is not known yet."""
    if not model or not other:
        return True
    one, two = set(words(model)), set(words(other))
    return one <= two or two <= one


def like_deals(uow: UnitOfWork, actor: Agent, *, customer_id: int, model: str | None) -> list[Opportunity]:
    """The customer's open deals that a wish for `model` may mean, newest first."""
    return [deal for deal in open_deals(uow, actor, customer_id=customer_id) if is_like(deal.model, model)]


def _apply(uow: UnitOfWork, actor: Agent, customer: Customer, opportunity: Opportunity, changes: Changes) -> None:
    today = actor.local(uow.now).date()
    if changes.model is not None:
        opportunity.model = _text(changes.model, limit=MODEL_LENGTH)
    money = changes.value
    if money is None and changes.vat_included is not None and opportunity.value:
        money = opportunity.value.money
    if money is not None:
        opportunity.value = price_said(money, customer, vat_included=changes.vat_included, day=today)
        opportunity.net_minor = opportunity.value.net.minor
    if changes.probability is not None:
        if not 0 <= changes.probability <= 100:
            raise InvalidValueError("probability_range")
        opportunity.probability, opportunity.probability_by_hand = changes.probability, True
    if changes.quantity is not None:
        if not 1 <= changes.quantity <= LARGEST_FLEET:
            raise InvalidValueError("quantity_range", limit=LARGEST_FLEET)
        opportunity.quantity = changes.quantity
        opportunity.fleet = opportunity.fleet or changes.quantity > 1
    if changes.close_on is not None:
        if changes.close_on < today:
            raise InvalidValueError("date_past")
        opportunity.close_on = changes.close_on
    if changes.deadline is not None:
        if changes.deadline < today:
            raise InvalidValueError("deadline_past")
        opportunity.deadline = changes.deadline
    if changes.deadline or changes.decision_maker:
        opportunity.fleet = True
    opportunity.source = changes.source or opportunity.source
    opportunity.decision_maker = _text(changes.decision_maker, limit=MODEL_LENGTH) or opportunity.decision_maker
    opportunity.competitor = _text(changes.competitor, limit=MODEL_LENGTH) or opportunity.competitor


def _enter(uow: UnitOfWork, actor: Agent, opportunity: Opportunity, stage: Stage) -> None:
    before, opportunity.stage = opportunity.stage, stage
    opportunity.stage_since = opportunity.changed_at = uow.now
    reopened = before in CLOSED_STAGES
    if stage in CLOSED_STAGES or reopened or not opportunity.probability_by_hand:
        opportunity.probability = PROBABILITY[stage]
        opportunity.probability_by_hand = opportunity.probability_by_hand and not reopened and stage in OPEN_STAGES
    _keep_change(uow, actor, opportunity, before=before)


def _keep_change(uow: UnitOfWork, actor: Agent, opportunity: Opportunity, *, before: Stage | None) -> None:
    uow.opportunities.add_change(
        StageChange(
            opportunity_id=opportunity.id, before=before, after=opportunity.stage, at=uow.now, agent_id=actor.id
        )
    )


def _open(uow: UnitOfWork, actor: Agent, opportunity_id: int) -> Opportunity:
    opportunity = permissions.opportunity_to_change(uow, actor, opportunity_id)
    if not opportunity.is_open:
        raise ConflictError("opportunity_closed", stage=opportunity.stage.value)
    return opportunity


def _customer(uow: UnitOfWork, opportunity: Opportunity) -> Customer:
    customer = uow.customers.get(opportunity.customer_id)
    if customer is None:  # the foreign key forbids it
        raise LookupError(opportunity.customer_id)
    return customer


def _text(text: str | None, *, limit: int) -> str | None:
    clean = (text or "").strip()
    if len(clean) > limit:
        raise InvalidValueError("note_long", limit=limit)
    return clean or None
