"""Offers: numbered, in versions, kept as they were sent; a discount over an agent's limit waits for the director."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from domain import permissions
from domain.errors import ConflictError, InvalidValueError, NotFoundError
from domain.events import OfferSent
from domain.money import WHOLE, Money, rounded_share
from domain.offer_terms import Allowance, OfferTerms, deadline_of
from domain.ports import UnitOfWork
from domain.team import Agent, Role

REMINDED_AFTER = timedelta(hours=2)
EXPIRES_AFTER = timedelta(hours=24)
LANGUAGES = ("en", "ro")


class OfferStatus(StrEnum):
    """Where an offer's version stands."""

    WAITING = "waiting"  # its discount is over the agent's limit
    ISSUED = "issued"  # it may be handed over
    REFUSED = "refused"
    EXPIRED = "expired"  # nobody decided in time


@dataclass(eq=False)
class Offer:
    """One version of an offer. `number` is that of the first version; `terms` never change once it stands."""

    customer_id: int
    opportunity_id: int
    agent_id: int
    created_at: datetime
    valid_until: date
    language: str
    status: OfferStatus
    kept: dict[str, Any]
    payable_minor: int
    net_minor: int
    currency: str
    number: int = 0
    edition: int = 1
    file_id: int | None = None
    decided_by: int | None = None
    decided_at: datetime | None = None
    id: int = field(default=0, kw_only=True)
    version: int = field(default=1, kw_only=True)

    @property
    def terms(self) -> OfferTerms:
        """What it says."""
        return OfferTerms.of_json(self.kept)

    @property
    def name(self) -> str:
        """As it is printed: "2026-00042/2"."""
        return f"{self.created_at.year}-{self.number:05d}/{self.edition}"


def with_discount(terms: OfferTerms, *, percent: int | None = None, amount: Money | None = None) -> OfferTerms:
    """The terms with a discount in basis points of the list price, or as an amount in the basis of the lines.

    Raises InvalidValueError for one below nothing, of the whole price or more, or in another currency.
    """
    if percent is not None:
        off = rounded_share(terms.listed.minor, percent, WHOLE)
    elif amount is not None:
        if amount.currency != terms.currency:
            raise InvalidValueError("discount_currency", currency=terms.currency)
        off = amount.minor
    else:
        off = 0
    if not 0 <= off < terms.listed.minor:
        raise InvalidValueError("discount_range")
    return replace(terms, discount=off, discount_percent=percent)


def with_allowances(terms: OfferTerms, allowances: Sequence[Allowance]) -> OfferTerms:
    """The terms with these lines after VAT; raises InvalidValueError where more than the price is taken off."""
    changed = replace(terms, allowances=tuple(allowances))
    if changed.payable.minor < 0 or any(one.minor <= 0 for one in allowances):
        raise InvalidValueError("allowance_range")
    return changed


def create_offer(
    uow: UnitOfWork,
    actor: Agent,
    *,
    opportunity_id: int,
    terms: OfferTerms,
    language: str,
    valid_days: int | None = None,
) -> Offer:
    """A new offer for a deal that the actor may change; waits for the director where its discount is over the limit."""
    deal = permissions.opportunity_to_change(uow, actor, opportunity_id)
    if not deal.is_open:
        raise ConflictError("opportunity_closed", stage=deal.stage.value)
    return _keep(uow, actor, opportunity_id=deal.id, terms=terms, language=language, valid_days=valid_days)


def update_offer(
    uow: UnitOfWork, actor: Agent, *, offer_id: int, terms: OfferTerms, language: str | None = None
) -> Offer:
    """A new version of an offer; the one before stays as it was sent. Raises ConflictError for an older version."""
    before = offer_to_change(uow, actor, offer_id)
    latest = uow.offers.versions(before.number)[-1]
    if latest.id != before.id:
        raise ConflictError("offer_outdated", name=latest.name)
    return _keep(
        uow,
        actor,
        opportunity_id=before.opportunity_id,
        terms=terms,
        language=language or before.language,
        valid_days=None,
        before=before,
    )


def decide(uow: UnitOfWork, actor: Agent, *, offer_id: int, approved: bool) -> Offer:
    """The director's or the deputy's word on a discount; raises ConflictError where it was decided or has expired."""
    offer = uow.offers.get(offer_id)
    asked_at, asker_id = (offer.created_at, offer.agent_id) if offer else (uow.now, 0)
    permissions.require_decider(uow, actor, asked_at=asked_at, asker_id=asker_id)
    if offer is None or offer.status is not OfferStatus.WAITING:
        raise ConflictError("offer_decided")
    offer.status = OfferStatus.ISSUED if approved else OfferStatus.REFUSED
    offer.decided_by, offer.decided_at = actor.id, uow.now
    return offer


def attach_file(uow: UnitOfWork, *, offer_id: int, file_id: int) -> Offer:
    """Keep the document of an issued offer, for ever as it was made; a second one for the same offer is not kept."""
    offer = uow.offers.get(offer_id)
    if offer is None or offer.status is not OfferStatus.ISSUED:
        raise ConflictError("offer_not_issued")
    offer.file_id = offer.file_id or file_id
    return offer


def handed_over(uow: UnitOfWork, actor: Agent, *, offer_id: int) -> Offer:
    """The agent has the document: the deal comes to its offer."""
    offer = offer_to_see(uow, actor, offer_id)
    uow.events.append(OfferSent(offer.opportunity_id))
    return offer


def expire(uow: UnitOfWork, *, offer_id: int) -> Offer | None:
    """Nobody decided in time; None where somebody has."""
    offer = uow.offers.get(offer_id)
    if offer is None or offer.status is not OfferStatus.WAITING:
        return None
    offer.status = OfferStatus.EXPIRED
    return offer


def offer_to_change(uow: UnitOfWork, actor: Agent, offer_id: int) -> Offer:
    """The offer of a deal that the actor may change, or NotFoundError."""
    offer = offer_to_see(uow, actor, offer_id)
    permissions.opportunity_to_change(uow, actor, offer.opportunity_id)
    return offer


def offer_to_see(uow: UnitOfWork, actor: Agent, offer_id: int) -> Offer:
    """The offer of a deal that the actor may see, or NotFoundError."""
    permissions.require_active(actor)
    offer = uow.offers.get(offer_id)
    if offer is None:
        raise NotFoundError
    permissions.opportunity_to_see(uow, actor, offer.opportunity_id)
    return offer


def needs_approval(uow: UnitOfWork, actor: Agent, terms: OfferTerms) -> bool:
    """Whether the discount is more than an agent may give."""
    return actor.role is not Role.DIRECTOR and terms.discount_share > uow.defaults.discount_limit


def _keep(
    uow: UnitOfWork,
    actor: Agent,
    *,
    opportunity_id: int,
    terms: OfferTerms,
    language: str,
    valid_days: int | None,
    before: Offer | None = None,
) -> Offer:
    if language not in LANGUAGES:
        raise InvalidValueError("language_unknown", language=language)
    deal = permissions.opportunity_to_change(uow, actor, opportunity_id)
    waiting = needs_approval(uow, actor, terms)
    today = actor.local(uow.now).date()
    offer = Offer(
        customer_id=deal.customer_id,
        opportunity_id=deal.id,
        agent_id=deal.owner_id,
        created_at=uow.now,
        valid_until=deadline_of(today, days=valid_days or uow.defaults.offer_days),
        language=language,
        status=OfferStatus.WAITING if waiting else OfferStatus.ISSUED,
        kept=terms.as_json(),
        payable_minor=terms.payable.minor,
        net_minor=terms.agreed.net.minor,
        currency=terms.currency,
        number=before.number if before else 0,
        edition=before.edition + 1 if before else 1,
    )
    uow.offers.add(offer)
    uow.flush()
    offer.number = offer.number or offer.id
    return offer
