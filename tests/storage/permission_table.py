"""Writes docs/permissions.md, every use case walked by every role, when it is run by itself."""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from domain.errors import NotAllowedError, NotFoundError
from domain.ports import Defaults
from domain.team import Agent, AgentStatus, Role
from storage.database import Database
from tests.factories import keep, keep_agent, make_absence
from tests.fakes import FakeClock, FakeHolidays
from tests.storage.test_no_leak import USE_CASES, Target, foreign_customer, outcome, own_customer

PAGE = Path(__file__).resolve().parents[2] / "docs" / "permissions.md"
ROLES = ("agent", "other agent", "deputy", "director", "suspended", "stranger")
HEAD = """# Permissions

Made from the policy by `python -m tests.storage.permission_table`, which runs every use case in every role; a test
fails where this page is out of date. What is looked at is a customer of the *agent*'s with all that belongs to it:
deals, activities, offers, orders, requests, an absence. The *deputy* is another agent, while no director is there. A
*stranger* is nobody: whoever is not in the team has no actor to call a use case with, and is answered with one line.

Yes: it is not refused. What else may stand against it (a closed deal, a decided request) is not a matter of rights.
`customers.find_by_name` and the like answer everybody, each of the customers in reach.

"""


def permission_rows(database: Database) -> Iterator[tuple[str, ...]]:
    """Each use case, and for each role "yes" or "–"."""
    target = foreign_customer(database, keep_agent(database, name="Mihai Radu", telegram_user_id=8))
    director = keep_agent(database, name="Elena Stan", telegram_user_id=9, role=Role.DIRECTOR)
    suspended = {"status": AgentStatus.SUSPENDED, "name": "Sorin Dan", "telegram_user_id": 10}
    actors = {
        "agent": agent_of(database, target),
        "other agent": keep_agent(database, name="Ana Ionescu"),
        "deputy": keep_agent(database, name="Vlad Pop", telegram_user_id=11, deputy=True),
        "director": director,
        "suspended": keep_agent(database, **suspended),
    }
    keep(database, make_absence(agent_id=director.id))
    own = {role: own_customer(database, actor) for role, actor in actors.items()}
    for name in sorted(USE_CASES):
        yes = {
            role: is_permitted(database, actor, name, replace(target, own=own[role])) for role, actor in actors.items()
        }
        yield (name, *("yes" if yes.get(role, False) else "–" for role in ROLES))


def agent_of(database: Database, target: Target) -> Agent:
    """Whose customer the target is."""
    with database.look() as unit:
        agent = unit.team.get(target.agent)
    if agent is None:
        raise LookupError(target.agent)
    return agent


def is_permitted(database: Database, actor: Agent, name: str, target: Target) -> bool:
    """Whether the use case was not refused for want of a right."""
    answer = outcome(database, actor, name, target)
    return answer[0] != "refused" or answer[1] not in {NotAllowedError, NotFoundError}


def page(database: Database) -> str:
    """The whole page."""
    lines = [("use case", *ROLES), ("---",) * (len(ROLES) + 1), *permission_rows(database)]
    return HEAD + "".join(f"| {' | '.join(line)} |\n" for line in lines)


def main() -> None:
    """Write the page."""
    with tempfile.TemporaryDirectory() as directory:
        url = f"sqlite:///{directory}/permissions.db"
        database = Database(url, clock=FakeClock(), defaults=Defaults(), holidays=FakeHolidays())
        database.migrate()
        PAGE.write_text(page(database), encoding="utf-8")
        database.close()


if __name__ == "__main__":
    main()
