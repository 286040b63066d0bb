"""How a customer stands to the house, by the deals and contacts there are."""

from datetime import timedelta

import pytest

from domain.agenda import Outcome, Status
from domain.customers import Relationship
from domain.opportunities import Stage
from domain.relationships import relationship_of, set_relationship
from storage.database import Database
from tests.factories import NOW, keep, keep_agent, make_activity, make_opportunity
from tests.storage.history import add_customer, turn_of

OPEN = {"stage": Stage.OFFER}
SOLD = {"stage": Stage.WON, "sold_at": NOW, "closed_at": NOW}
SIGNED = {"stage": Stage.WON, "closed_at": NOW}
LOST = {"stage": Stage.LOST, "closed_at": NOW}
LOST_BEFORE = {"stage": Stage.LOST, "closed_at": NOW - timedelta(days=90)}


@pytest.mark.parametrize(
    ("deals", "expected"),
    [
        ((), Relationship.PROSPECT),
        ((OPEN,), Relationship.ACTIVE),
        ((LOST,), Relationship.LOST),
        ((LOST, OPEN), Relationship.ACTIVE),
        ((SIGNED, LOST_BEFORE), Relationship.ACTIVE),
        ((SOLD, LOST), Relationship.CUSTOMER),
        ((SOLD, OPEN), Relationship.CUSTOMER),
    ],
)
def test_by_the_deals(database: Database, deals: tuple[dict[str, object], ...], expected: Relationship) -> None:
    """A sale counts for ever, an open or signed deal is active, the latest lost one with none open is lost."""
    agent = keep_agent(database)
    _, customer = add_customer(database, agent)
    for values in deals:
        keep(database, make_opportunity(customer_id=customer.id, owner_id=agent.id, **values))
    with turn_of(database, agent) as unit:
        assert relationship_of(unit, customer) is expected


@pytest.mark.parametrize(
    ("added", "contact", "outcome", "expected"),
    [
        (181, None, None, Relationship.DORMANT),
        (180, None, None, Relationship.PROSPECT),
        (400, 179, Outcome.REACHED, Relationship.PROSPECT),
        (400, 181, Outcome.REACHED, Relationship.DORMANT),
        (400, 10, Outcome.NO_ANSWER, Relationship.DORMANT),
    ],
)
def test_by_the_last_contact(
    database: Database, added: int, contact: int | None, outcome: Outcome | None, expected: Relationship
) -> None:
    """Half a year without a contact is dormant; an unanswered call is none, a new customer has time."""
    agent = keep_agent(database)
    _, customer = add_customer(database, agent, created_at=NOW - timedelta(days=added))
    if contact is not None:
        at = NOW - timedelta(days=contact)
        done = {"status": Status.DONE, "outcome": outcome, "done_at": at, "starts_at": at}
        keep(database, make_activity(agent_id=agent.id, customer_id=customer.id, **done))
    with turn_of(database, agent) as unit:
        assert relationship_of(unit, customer) is expected


def test_what_is_set_by_hand_wins_until_it_is_given_back(database: Database) -> None:
    """Set by hand it stays, whatever the deals say; None derives it again."""
    agent = keep_agent(database)
    _, customer = add_customer(database, agent)
    keep(database, make_opportunity(customer_id=customer.id, owner_id=agent.id, **SOLD))
    with turn_of(database, agent) as unit:
        kept = set_relationship(unit, agent, customer_id=customer.id, relationship=Relationship.DORMANT)
        assert relationship_of(unit, kept) is Relationship.DORMANT
        kept = set_relationship(unit, agent, customer_id=customer.id, relationship=None)
        assert relationship_of(unit, kept) is Relationship.CUSTOMER
