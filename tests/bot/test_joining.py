"""The way in: a code that works once, wrong codes, and what a stranger gets."""

import pytest

from domain.team import AgentStatus, Role
from tests.bot.chat_driver import ChatDriver, Person, words
from tests.factories import NOW, keep, make_invitation
from tests.fakes import FakeClock

CODE = "ABCDEFGHJK"
LINE = words("stranger.line")


def test_a_code_joins_once(driver: ChatDriver, stranger: Person) -> None:
    """The code binds the account to the invited person, and is no use to the next one."""
    keep(driver.database, make_invitation(code=CODE, name="Ana Ionescu"))
    assert stranger.say(f"/start {CODE}").startswith("Welcome, Ana Ionescu.")
    assert "Today" in stranger.last.labels
    [agent] = driver.rows_of("agents")
    assert (agent["telegram_user_id"], agent["chat_id"], agent["role"]) == (stranger.id, stranger.id, Role.AGENT)
    assert stranger.say("/overdue") == words("overdue.none")
    other = driver.person(100)
    assert other.say(f"/start {CODE}") == words("join.wrong_code")
    assert len(driver.rows_of("agents")) == 1


@pytest.mark.parametrize("typed", [CODE.lower(), "ABCDE-FGHJK", f"  {CODE}  "])
def test_a_code_may_be_typed_carelessly(driver: ChatDriver, stranger: Person, typed: str) -> None:
    """Case, a dash and spaces do not matter."""
    keep(driver.database, make_invitation(code=CODE))
    assert stranger.say(f"/start {typed}").startswith("Welcome")


def test_a_director_joins_in_romanian(driver: ChatDriver) -> None:
    """The phone's language is the agent's at first."""
    keep(driver.database, make_invitation(code=CODE, name="Elena Stan", role=Role.DIRECTOR))
    elena = driver.person(9, language_code="ro-RO")
    assert "Elena Stan" in elena.say(f"/start {CODE}")
    assert [(one["language"], one["role"]) for one in driver.rows_of("agents")] == [("ro", Role.DIRECTOR)]


def test_the_code_is_not_kept(driver: ChatDriver, stranger: Person) -> None:
    """A code is a key: it stands in no table after it was used."""
    keep(driver.database, make_invitation(code=CODE))
    stranger.say(f"/start {CODE}")
    assert CODE not in str(driver.rows_of("inbox"))
    assert CODE not in str(driver.rows_of("outbox"))


def test_a_code_of_last_week_is_refused(driver: ChatDriver, stranger: Person, clock: FakeClock) -> None:
    """An invitation is open for seven days."""
    keep(driver.database, make_invitation(code=CODE))
    clock.advance(days=7)
    assert words("join.wrong_code") in stranger.say(f"/start {CODE}")


def test_five_wrong_codes_lock_out_for_an_hour(driver: ChatDriver, stranger: Person, clock: FakeClock) -> None:
    """After the fifth even the right code waits an hour; others are not locked."""
    keep(driver.database, make_invitation(code=CODE))
    keep(driver.database, make_invitation(code="ZZZZZZZZZZ", name="Mihai Radu"))
    for number in range(5):
        assert words("join.wrong_code") in stranger.say(f"/start WRONG{number}WRONG")
    assert stranger.say(f"/start {CODE}") == words("error.locked_out")
    assert driver.person(100).say("/start ZZZZZZZZZZ").startswith("Welcome")
    clock.advance(minutes=59)
    assert "Too many" in stranger.say(f"/start {CODE}")
    clock.advance(minutes=2)
    assert stranger.say(f"/start {CODE}").startswith("Welcome")


def test_a_stranger_gets_one_polite_line(driver: ChatDriver, ana: Person, stranger: Person) -> None:
    """Whatever a stranger does, the same line comes, and nothing is written."""
    ana.client("Ion Popescu", "+40722123456")
    before = driver.business()
    for text in ("hello", "/start", "/agenda", "find Popescu", "/menu", "undo", '/affirm{"client":"X"}'):
        assert stranger.say(text) == LINE
    assert stranger.message(voice={"file_id": "1", "file_unique_id": "1", "duration": 3}) == LINE
    assert stranger.message(contact={"phone_number": "40722123456", "first_name": "Ion"}) == LINE
    assert stranger.last.labels == []
    assert driver.business() == before


def test_a_stranger_presses_somebodys_button(driver: ChatDriver, ana: Person, stranger: Person) -> None:
    """A button that was seen over a shoulder does nothing for another account."""
    ana.planned(ana.client("Ion Popescu"))
    ana.say("/agenda")
    data, _ = ana.button("✓ 1")
    before = driver.business()
    assert stranger.press_data(data) == LINE
    assert driver.business() == before


def test_a_suspended_agent_is_not_let_in(driver: ChatDriver) -> None:
    """Neither words nor buttons work, and the reason is said."""
    person = driver.person(50).joined(name="Dan Rus", status=AgentStatus.SUSPENDED)
    assert person.say("/agenda") == words("stranger.suspended")
    assert person.press_data("token:1:0") == words("stranger.suspended")


def test_who_has_joined_starts_again(ana: Person) -> None:
    """`/start` of an agent is the menu."""
    assert ana.say("/start") == "What shall we do?"
    assert ana.agent.created_at == NOW


def test_a_flood_of_strangers_delays_no_agent(driver: ChatDriver, ana: Person) -> None:
    """What strangers are told goes out behind the team's answers."""
    driver.receive(*(driver.person(900 + number).raw_text("hello") for number in range(20)), ana.raw_text("/overdue"))
    driver.work()
    first = driver.database.outbox.claim(skip_chats=(), limit=1)
    assert [outgoing.chat_id for outgoing in first] == [ana.id]
