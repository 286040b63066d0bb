"""Configurations in the making and saved ones: an agent's working paper, to be offered, ordered, or used again."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from domain import permissions
from domain.configuration import Configuration
from domain.errors import InvalidValueError, NotFoundError
from domain.parts import Item, ItemKind
from domain.ports import UnitOfWork
from domain.team import Agent

NAME_LENGTH = 100


@dataclass(eq=False)
class SavedConfiguration:
    """Choices of one model, for one customer or none yet; `name` where it was saved to be used again."""

    agent_id: int
    model_id: str
    chosen: list[list[str]]
    created_at: datetime
    quantity: int = 1
    customer_id: int | None = None
    opportunity_id: int | None = None
    name: str | None = None
    wish: dict[str, Any] = field(default_factory=dict)  # what was said beside the car: a discount, a language
    id: int = field(default=0, kw_only=True)
    version: int = field(default=1, kw_only=True)

    @property
    def configuration(self) -> Configuration:
        """As a value."""
        return Configuration(self.model_id, frozenset(Item(ItemKind(kind), item_id) for kind, item_id in self.chosen))


def keep_configuration(
    uow: UnitOfWork,
    actor: Agent,
    configuration: Configuration,
    *,
    customer_id: int | None = None,
    opportunity_id: int | None = None,
    quantity: int = 1,
    wish: dict[str, Any] | None = None,
) -> SavedConfiguration:
    """Begin a working paper, for a customer that the actor may change or for none yet."""
    permissions.require_active(actor)
    if customer_id is not None:
        permissions.customer_to_change(uow, actor, customer_id)
    if opportunity_id is not None:
        permissions.opportunity_to_change(uow, actor, opportunity_id)
    paper = SavedConfiguration(
        agent_id=actor.id,
        model_id=configuration.model_id,
        chosen=_kept(configuration),
        created_at=uow.now,
        quantity=quantity,
        customer_id=customer_id,
        opportunity_id=opportunity_id,
        wish=wish or {},
    )
    uow.configurations.add(paper)
    uow.flush()
    return paper


def change_configuration(
    uow: UnitOfWork, actor: Agent, *, paper_id: int, configuration: Configuration
) -> SavedConfiguration:
    """Put other choices into the actor's own paper."""
    paper = own_configuration(uow, actor, paper_id)
    paper.model_id, paper.chosen = configuration.model_id, _kept(configuration)
    return paper


def name_configuration(uow: UnitOfWork, actor: Agent, *, paper_id: int, name: str) -> SavedConfiguration:
    """Save it under a name, to be used again."""
    paper = own_configuration(uow, actor, paper_id)
    clean = " ".join(name.split())
    if not 1 <= len(clean) <= NAME_LENGTH:
        raise InvalidValueError("configuration_name", limit=NAME_LENGTH)
    paper.name = clean
    return paper


def own_configuration(uow: UnitOfWork, actor: Agent, paper_id: int) -> SavedConfiguration:
    """The actor's own paper, or NotFoundError."""
    permissions.require_active(actor)
    paper = uow.configurations.get(paper_id)
    if paper is None or paper.agent_id != actor.id:
        raise NotFoundError
    return paper


def _kept(configuration: Configuration) -> list[list[str]]:
    return sorted([item.kind.value, item.id] for item in configuration.chosen)
