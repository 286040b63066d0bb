"""The table of permissions stands in docs/ as the policy gives it, and says what it must."""

import pytest

from storage.database import Database
from tests.storage.permission_table import PAGE, ROLES, page
from tests.storage.test_no_leak import OPEN_TO_SUSPENDED

DIRECTORS_ALONE = (
    "portfolio.assign_customer",
    "portfolio.assign_some",
    "portfolio.count_of",
    "erasure.erasure_outlook",
    "export.export_customer",
    "staff.team_load",
    "staff.invite_agent",
    "staff.suspend",
    "staff.reactivate",
    "staff.name_deputy",
    "staff.close_house",
    "staff.open_house",
    "staff.closures_ahead",
)
DECISIONS = ("offers.decide", "portfolio.decide", "permissions.require_decider")
OWN_OR_DIRECTOR = (
    "agenda.complete",
    "customers.add_note",
    "customer_details.rename",
    "opportunities.win",
    "offers.create_offer",
    "vehicles.add_vehicle",
    "staff.add_absence",
    "staff.absences_of",
    "staff.end_absence",
)


def table() -> dict[str, set[str]]:
    """Use case to the roles that may, as the page says."""
    rows = [line.strip("| ").split(" | ") for line in PAGE.read_text(encoding="utf-8").splitlines() if "|" in line]
    return {
        name: {role for role, said in zip(ROLES, answers, strict=True) if said == "yes"} for name, *answers in rows[2:]
    }


def test_the_page_is_as_the_policy_is(sqlite_database: Database) -> None:
    """Whoever changes a right writes the page anew: `python -m tests.storage.permission_table`."""
    assert PAGE.read_text(encoding="utf-8") == page(sqlite_database)


def test_nobody_from_outside() -> None:
    """A stranger may nothing, a suspended person what is theirs alone and no chat leads to."""
    assert [name for name, roles in table().items() if "stranger" in roles] == []
    assert {name for name, roles in table().items() if "suspended" in roles} <= OPEN_TO_SUSPENDED


@pytest.mark.parametrize("name", DIRECTORS_ALONE)
def test_the_directors_own(name: str) -> None:
    """These are the director's, and the deputy's neither."""
    assert table()[name] == {"director"}


@pytest.mark.parametrize("name", DECISIONS)
def test_decisions(name: str) -> None:
    """The director, and the deputy in the director's place."""
    assert table()[name] == {"deputy", "director"}


@pytest.mark.parametrize("name", OWN_OR_DIRECTOR)
def test_the_own_portfolio(name: str) -> None:
    """Whose it is, and the director; no other agent, deputy or not."""
    assert table()[name] == {"agent", "director"}
