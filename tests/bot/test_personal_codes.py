"""A personal code is kept nowhere, whoever sends it and wherever in a message it stands."""

from typing import Any

import pytest

from domain.team import AgentStatus
from storage.tables import metadata
from tests.bot.chat_driver import ChatDriver, Person

CODE = "1800101221144"
REPLIED_TO = {"message_id": 5, "date": 1, "chat": {"id": 7, "type": "private"}, "text": f"his is {CODE}"}
PLACES: tuple[dict[str, Any], ...] = (
    {"contact": {"phone_number": "+40722111222", "first_name": f"Ion {CODE}"}},
    {"contact": {"phone_number": "+40722111222", "first_name": "Ion", "vcard": f"BEGIN:VCARD\nNOTE:{CODE}\nEND:VCARD"}},
    {"document": {"file_id": "a", "file_unique_id": "b", "file_name": f"CI {CODE}.pdf"}},
    {"text": "what is this", "reply_to_message": REPLIED_TO},
    {"text": "this?", "quote": {"text": CODE, "position": 0}},
    {"text": f"/new {CODE}"},
)


def kept_in(driver: ChatDriver) -> list[str]:
    """The tables that hold the code."""
    return [table.name for table in metadata.sorted_tables if CODE in str(driver.rows(table))]


@pytest.mark.parametrize("content", PLACES)
def test_a_code_anywhere_in_a_message_is_refused(driver: ChatDriver, ana: Person, content: dict[str, Any]) -> None:
    """The sender is told, nothing is written, and no table holds it."""
    before = driver.business()
    assert "personal code" in ana.message(**content)
    assert driver.business() == before
    assert kept_in(driver) == []


def test_a_code_of_somebody_who_is_not_let_in(driver: ChatDriver, ana: Person, stranger: Person) -> None:
    """Of a stranger, in a group, and of a suspended agent, the code is not kept either."""
    stranger.say(f"my code is {CODE}")
    ana.in_group(f"his code is {CODE}")
    with driver.database.command_unit("suspend") as unit:
        agent = unit.team.get(ana.agent.id)
        assert agent
        agent.status = AgentStatus.SUSPENDED
    ana.say(f"his code is {CODE}")
    assert kept_in(driver) == []
