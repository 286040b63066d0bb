"""Walk-ins who leave neither name nor phone: counted, so that a day's visitors are known."""

from domain import permissions
from domain.customers import NAME_LENGTH, NOTE_LENGTH, Visit
from domain.ports import UnitOfWork
from domain.team import Agent


def record_visit(uow: UnitOfWork, actor: Agent, *, interest: str | None = None, note: str | None = None) -> Visit:
    """Count a visitor of the actor's, with what was looked at."""
    permissions.require_active(actor)
    visit = Visit(
        agent_id=actor.id,
        at=uow.now,
        interest=(interest or "").strip()[:NAME_LENGTH] or None,
        note=(note or "").strip()[:NOTE_LENGTH] or None,
    )
    uow.customers.add_visit(visit)
    uow.flush()
    return visit
