"""The director's card of the team, and what is done by its buttons alone."""

from datetime import timedelta

import pytest

from domain.team import AgentStatus
from storage.tables import business, queues
from tests.bot.chat_driver import ChatDriver, Person, words
from tests.bot.portfolio_jobs import run_jobs
from tests.bot.scripted import act
from tests.factories import TODAY, keep, make_absence, make_opportunity


def agent_row(driver: ChatDriver, person: Person) -> dict[str, object]:
    """The person's row as it is now."""
    return driver.rows(business.agents, business.agents.c.id == person.agent.id)[0]


def open_card(elena: Person, name: str) -> None:
    """The director opens one person of the team."""
    elena.say("team", act("list_team"))
    elena.press(name)


def test_load_of_everybody(driver: ChatDriver, ana: Person, mihai: Person, elena: Person) -> None:
    """Clients, open deals with their sum, what is overdue, who is away, and who was last there."""
    client = ana.client("Ion Popescu")
    ana.client("Dan Stoica")
    values = {"customer_id": client.id, "owner_id": ana.agent.id}
    keep(driver.database, make_opportunity(net=20000, **values), make_opportunity(net=5000, **values))
    ana.planned(client, day=TODAY - timedelta(days=3), starts_at=None)
    keep(driver.database, make_absence(agent_id=mihai.agent.id, last=TODAY + timedelta(days=1)))
    ana.say("/menu")

    said = elena.say("team", act("list_team"))

    block = next(part for part in said.split("\n\n") if "Ana" in part)
    assert all(figure in block for figure in ("2 clients", "2 open deals, €25,000", "1 overdue", "active today"))
    away = next(part for part in said.split("\n\n") if "Mihai" in part)
    assert "absent until tomorrow" in away
    assert "not active yet" in away
    assert "Elena Stan · director" in said


def test_an_agent_sees_no_team(ana: Person, elena: Person) -> None:
    """Neither by words nor by the menu."""
    assert ana.say("team", act("list_team")) == words("error.not_allowed")
    ana.say("/menu")
    assert "Team" not in ana.last.labels
    elena.say("/menu")
    assert "Elena Stan" in elena.press("Team")


def test_clients_of_one(ana: Person, elena: Person) -> None:
    """One's clients are a press away."""
    ana.client("Ion Popescu")
    open_card(elena, "Ana Ionescu")
    assert "Ion Popescu" in elena.press("Clients")


def test_suspended_at_once(driver: ChatDriver, ana: Person, elena: Person) -> None:
    """After a confirmation nothing is answered or pushed, an open form is gone, and Undo lets in again."""
    ana.say("call someone", act("schedule_activity", kind="call"))
    asked = ana.last
    open_card(elena, "Ana Ionescu")
    elena.press("Suspend")
    assert agent_row(driver, ana)["status"] is AgentStatus.ACTIVE
    elena.press("Yes, suspend")
    assert agent_row(driver, ana)["status"] is AgentStatus.SUSPENDED
    assert [row["state"] for row in driver.rows(queues.conversations, queues.conversations.c.person == ana.id)] == [{}]

    before = driver.business()
    assert ana.say("note", act("add_note", note="x")) == words("stranger.suspended")
    assert ana.press("Cancel", on=asked) == words("stranger.suspended")
    assert driver.business() == before

    elena.press("Undo")
    assert agent_row(driver, ana)["status"] is AgentStatus.ACTIVE
    assert "Team" not in ana.say("/menu")


def test_what_waits_for_the_suspended_is_not_sent(driver: ChatDriver, ana: Person, elena: Person) -> None:
    """A message that stands in the outbox stays there."""
    ana.say("/menu")
    open_card(elena, "Ana Ionescu")
    elena.press("Suspend")
    driver.receive(ana.raw_text("/menu"))
    driver.work()  # answered, not yet sent
    shown = len(ana.shown)
    driver.receive(elena.raw_press("Yes, suspend"))
    driver.work()
    while claimed := driver.database.outbox.claim(skip_chats=(), limit=50):
        assert ana.id not in {one.chat_id for one in claimed}
    assert len(ana.shown) == shown


def test_the_clients_of_the_suspended_are_handed_over(
    driver: ChatDriver, ana: Person, mihai: Person, elena: Person
) -> None:
    """A press, whom to, a count to confirm, and they are gone."""
    ana.client("Ion Popescu")
    ana.client("Dan Stoica")
    open_card(elena, "Ana Ionescu")
    elena.press("Suspend")
    assert "2 clients are still with Ana Ionescu" in elena.press("Yes, suspend")
    elena.press("Hand over the clients")
    assert "Ana Ionescu" not in elena.last.labels
    elena.press("Mihai Radu")
    elena.press("Hand over all")
    run_jobs(driver)
    assert {row["owner_id"] for row in driver.customers} == {mihai.agent.id}


def test_let_in_again(driver: ChatDriver, ana: Person, elena: Person) -> None:
    """By the card, confirmed; the person hears of it."""
    open_card(elena, "Ana Ionescu")
    elena.press("Suspend")
    elena.press("Yes, suspend")
    elena.press("Let in again")
    elena.press("Yes, let in")
    assert agent_row(driver, ana)["status"] is AgentStatus.ACTIVE
    assert ana.last.text == words("team.back_in")


def test_the_last_director_stays(driver: ChatDriver, ana: Person, elena: Person) -> None:
    """The only director cannot be suspended, and nobody suspends the own account."""
    open_card(elena, "Elena Stan")
    elena.press("Suspend")
    assert elena.press("Yes, suspend") == words("error.last_director")
    driver.person(10).joined(name="Vlad Pop", role="director")
    assert elena.press("Yes, suspend") == words("error.suspend_self")
    assert agent_row(driver, elena)["status"] is AgentStatus.ACTIVE


def test_one_deputy_at_a_time(driver: ChatDriver, ana: Person, mihai: Person, elena: Person) -> None:
    """Naming another ends the first; both presses can be undone, and the named one hears of it."""
    open_card(elena, "Ana Ionescu")
    elena.press("Make deputy")
    assert agent_row(driver, ana)["deputy"]
    assert ana.last.text == words("deputy.you_are")
    open_card(elena, "Mihai Radu")
    elena.press("Make deputy")
    assert (agent_row(driver, ana)["deputy"], agent_row(driver, mihai)["deputy"]) == (False, True)
    elena.press("Undo")
    assert (agent_row(driver, ana)["deputy"], agent_row(driver, mihai)["deputy"]) == (True, False)


@pytest.mark.parametrize("label", ["Suspend", "Make deputy", "Clients", "Absences"])
def test_a_director_no_more(driver: ChatDriver, ana: Person, elena: Person, label: str) -> None:
    """A card that was drawn for a director does nothing for who is none any more."""
    open_card(elena, "Ana Ionescu")
    with driver.database.engine.begin() as connection:
        connection.execute(business.agents.update().values(role="agent"))
    before = driver.business()
    assert elena.press(label) == words("error.not_allowed")
    assert driver.business() == before
