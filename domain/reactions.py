"""What follows from what: one table from an event to the use case that answers it, run before the commit.

A reaction gives an effect that the person is told, and that goes away with the same undo as what caused it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from domain.errors import DomainError
from domain.events import Event, OfferSent, OrderAccepted, OrderCancelled, TestDriveDone
from domain.opportunities import OPEN_STAGES, Opportunity, Stage, move_stage, open_deals, sold, unsold
from domain.ports import UnitOfWork
from domain.team import Agent


@dataclass(frozen=True, slots=True)
class StageMoved:
    """A deal came to another stage by itself."""

    opportunity: Opportunity
    before: Stage


@dataclass(frozen=True, slots=True)
class StageUnclear:
    """Several deals could have moved to `stage`: somebody must say which."""

    opportunities: tuple[Opportunity, ...]
    stage: Stage


Effect = StageMoved | StageUnclear
Reaction = Callable[[UnitOfWork, Agent, Any], list[Effect]]


def react(uow: UnitOfWork, actor: Agent) -> list[Effect]:
    """Answer every event that the use cases emitted, and forget them."""
    effects: list[Effect] = []
    while uow.events:
        event = uow.events.pop(0)
        for reaction in REACTIONS[type(event)]:
            effects += reaction(uow, actor, event)
    return effects


def _test_driven(uow: UnitOfWork, actor: Agent, event: TestDriveDone) -> list[Effect]:
    try:
        deals = open_deals(uow, actor, customer_id=event.customer_id)
    except DomainError:  # who may log for a customer without seeing the deals moves none
        return []
    behind = [deal for deal in deals if _is_before(deal.stage, Stage.TEST_DRIVE)]
    if len(behind) > 1:
        return [StageUnclear(tuple(behind), Stage.TEST_DRIVE)]
    return [_advance(uow, actor, deal, Stage.TEST_DRIVE) for deal in behind]


def _offered(uow: UnitOfWork, actor: Agent, event: OfferSent) -> list[Effect]:
    deal = uow.opportunities.get(event.opportunity_id)
    if deal is None or not _is_before(deal.stage, Stage.OFFER):
        return []
    return [_advance(uow, actor, deal, Stage.OFFER)]


def _ordered(uow: UnitOfWork, actor: Agent, event: OrderAccepted) -> list[Effect]:
    before = _stage(uow, event.opportunity_id)
    return [StageMoved(sold(uow, actor, opportunity_id=event.opportunity_id), before)]


def _order_cancelled(uow: UnitOfWork, actor: Agent, event: OrderCancelled) -> list[Effect]:
    before = _stage(uow, event.opportunity_id)
    return [StageMoved(unsold(uow, actor, opportunity_id=event.opportunity_id), before)]


def _advance(uow: UnitOfWork, actor: Agent, deal: Opportunity, stage: Stage) -> Effect:
    before = deal.stage
    return StageMoved(move_stage(uow, actor, opportunity_id=deal.id, stage=stage), before)


def _is_before(stage: Stage, other: Stage) -> bool:
    return stage in OPEN_STAGES and OPEN_STAGES.index(stage) < OPEN_STAGES.index(other)


def _stage(uow: UnitOfWork, opportunity_id: int) -> Stage:
    deal = uow.opportunities.get(opportunity_id)
    if deal is None:
        raise LookupError(opportunity_id)
    return deal.stage


REACTIONS: Mapping[type[Event], tuple[Reaction, ...]] = {
    TestDriveDone: (_test_driven,),
    OfferSent: (_offered,),
    OrderAccepted: (_ordered,),
    OrderCancelled: (_order_cancelled,),
}
