"""Which class of the domain is which table; the domain knows nothing of it."""

from functools import cache

from sqlalchemy.orm import configure_mappers, registry, relationship

from domain.agenda import Activity
from domain.calendar import Absence, Closure
from domain.customers import Customer, Email, Note, Phone
from domain.team import Agent, Invitation, JoinAttempts
from storage import changes
from storage.tables import business as t
from storage.tables import metadata


@cache
def map_domain() -> None:
    """Map every entity, once in a process; until then they are plain dataclasses."""
    mapper = registry(metadata=metadata).map_imperatively
    mapper(Agent, t.agents, version_id_col=t.agents.c.version)
    mapper(Invitation, t.invitations)
    mapper(JoinAttempts, t.join_attempts)
    mapper(Phone, t.customer_phones)
    mapper(Email, t.customer_emails)
    mapper(
        Customer,
        t.customers,
        version_id_col=t.customers.c.version,
        properties={
            # In the order of their ids: the first number is the one that answers show.
            "phones": relationship(
                Phone, cascade="all, delete-orphan", order_by=t.customer_phones.c.id, lazy="selectin"
            ),
            "emails": relationship(
                Email, cascade="all, delete-orphan", order_by=t.customer_emails.c.id, lazy="selectin"
            ),
        },
    )
    mapper(Note, t.notes)
    mapper(Activity, t.activities, version_id_col=t.activities.c.version)
    mapper(Closure, t.closures)
    mapper(Absence, t.absences)
    configure_mappers()
    for entity in (Agent, Invitation, Customer, Phone, Email, Note, Activity, Closure, Absence):
        changes.watch(entity)
