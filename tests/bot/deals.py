"""What tests of deals share: amounts, the rows, and a deal that is there already."""

from typing import Any

from domain.customers import Customer
from domain.opportunities import Opportunity
from storage.tables import business
from tests.bot.chat_driver import ChatDriver, Person
from tests.factories import keep, make_opportunity


def euro(value: int) -> dict[str, str]:
    """The contract's `amount`."""
    return {"value": f"{value}.00", "currency": "EUR"}


def deals(driver: ChatDriver) -> list[dict[str, Any]]:
    """All deals."""
    return driver.rows(business.opportunities)


def stages(driver: ChatDriver) -> list[tuple[str | None, str]]:
    """Every stage change, from and to."""
    return [(one["before"], one["after"]) for one in driver.rows(business.stage_changes)]


def deal_of(person: Person, customer: Customer, **values: Any) -> Opportunity:
    """A deal of this agent's that is there already."""
    deal = make_opportunity(customer_id=customer.id, owner_id=person.agent.id, **values)
    keep(person.driver.database, deal)
    return deal
