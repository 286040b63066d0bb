"""The director invites by message: a code for one use."""

import re

import pytest

from bot.dialogue.chat import Chat
from bot.flows.register import build_chat
from domain.team import Role
from storage.tables import business
from tests.bot.chat_driver import ChatDriver, Person, words
from tests.bot.scripted import act


def code_in(said: str) -> str:
    """The code that the answer shows."""
    found = re.search(r"/start (\w+)", said)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("invite Ana Dumitru as agent", Role.AGENT),
        ("invite Ana Dumitru as director", Role.DIRECTOR),
        ("invit-o pe Ana Dumitru ca directoare", Role.DIRECTOR),
    ],
)
def test_the_code_lets_in_once(driver: ChatDriver, elena: Person, text: str, role: Role) -> None:
    """Whoever sends it is let in as what the words said; a second one is not."""
    said = elena.say(text, act("invite_agent", text, agent="Ana Dumitru"))
    newcomer, second = driver.person(20), driver.person(21)
    newcomer.say(f"/start {code_in(said)}")
    assert second.say(f"/start {code_in(said)}") == words("join.wrong_code")
    joined = driver.rows(business.agents, business.agents.c.telegram_user_id == 20)
    assert [(row["name"], row["role"]) for row in joined] == [("Ana Dumitru", role)]
    assert driver.rows(business.agents, business.agents.c.telegram_user_id == 21) == []


def test_the_name_is_asked(elena: Person) -> None:
    """A message without a name asks for it, once."""
    elena.say("invite somebody", act("invite_agent", "invite somebody"))
    assert elena.asked == words("question.invite_name")
    assert "Dan Popa" in elena.say("Dan Popa")


def test_the_link(driver: ChatDriver, elena: Person) -> None:
    """Where the bot knows its name, the link stands beside the code."""
    chat: Chat = build_chat(driver.understander, join_link=lambda code: f"https://t.me/some_bot?start={code}")
    driver.chat = driver._workers._chat = chat
    said = elena.say("invite Dan", act("invite_agent", "invite Dan", agent="Dan Popa"))
    assert f"https://t.me/some_bot?start={code_in(said)}" in said


def test_an_agent_invites_nobody(driver: ChatDriver, ana: Person) -> None:
    """Refused without a question, and nothing is kept."""
    assert ana.say("invite", act("invite_agent", "invite")) == words("error.not_allowed")
    assert driver.rows(business.invitations) == []
