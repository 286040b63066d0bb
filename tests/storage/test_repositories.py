"""What the repositories find, in which order, and for whom."""

from datetime import datetime, time, timedelta

import pytest
import sqlalchemy as sa

from domain.customers import CustomerKind, Source, find_by_name
from domain.errors import StaleError
from domain.ports import Owners
from domain.team import AgentStatus, Role, hash_code, invite, join
from storage.database import Database
from storage.tables import business
from tests.factories import (
    NOW,
    TODAY,
    keep,
    keep_agent,
    make_absence,
    make_activity,
    make_agent,
    make_closure,
    make_customer,
    make_note,
)
from tests.fakes import FakeClock


def _names(found: object) -> list[str]:
    return [customer.name for customer in found]  # type: ignore[attr-defined]


def test_every_value_of_an_agent_comes_back(database: Database) -> None:
    """An agent is read as it was written, with its enums, times and large Telegram ids."""
    agent = make_agent(
        name="Ștefan Țuțuianu",
        role=Role.DIRECTOR,
        status=AgentStatus.SUSPENDED,
        telegram_user_id=2**51,
        chat_id=-(2**51),
        agenda_time=time(7, 45),
        working_days="123456",
    )
    keep(database, agent)
    with database.command_unit("read") as unit:
        kept = unit.team.by_telegram(2**51)
        assert kept is not None
        assert kept is not agent
        for name in ("id", "version", "name", "role", "status", "chat_id", "agenda_time", "working_days", "created_at"):
            assert getattr(kept, name) == getattr(agent, name), name
        assert isinstance(kept.role, Role)
        assert unit.team.by_telegram(5) is None


def test_team_is_sorted_by_folded_name(database: Database) -> None:
    """Everybody stands in the order of the names, whatever their letters."""
    for number, name in enumerate(["Zoe", "Ștefan", "ana", "Țuțu", "Tudor"]):
        keep_agent(database, name=name, telegram_user_id=number + 1)
    with database.command_unit("read") as unit:
        assert [agent.name for agent in unit.team.all()] == ["ana", "Ștefan", "Tudor", "Țuțu", "Zoe"]


def test_joining_uses_the_invitation_up(database: Database) -> None:
    """An invitation lets one account in, and wrong codes are counted over turns."""
    with database.command_unit("invite") as unit:
        code = invite(unit, name="Ana", role=Role.AGENT)
    for _ in range(2):
        with database.command_unit("join") as unit:
            assert join(unit, code="WRONG", telegram_user_id=7, chat_id=7, language="ro") is None
    with database.command_unit("join") as unit:
        assert unit.team.join_attempts(7).failed == 2
        agent = join(unit, code=code, telegram_user_id=7, chat_id=7, language="ro")
        assert agent is not None
    with database.command_unit("join") as unit:
        invitation = unit.team.invitation(hash_code(code))
        assert invitation is not None
        assert (invitation.agent_id, invitation.used_at) == (agent.id, unit.now)
        assert join(unit, code=code, telegram_user_id=8, chat_id=8, language="ro") is None


def test_every_value_of_a_customer_comes_back(database: Database) -> None:
    """A customer is read as written, with phones and e-mails in the order they were given."""
    customer = make_customer(
        name="Acme Trans SRL",
        kind=CustomerKind.COMPANY,
        source=Source.WALK_IN,
        town="Iași",
        interest="Duster",
        phones=("+40722000002", "+40722000001"),
        emails=("b@example.com", "a@example.com"),
    )
    keep(database, customer)
    with database.command_unit("read") as unit:
        kept = unit.customers.get(customer.id)
        assert kept is not None
        assert (kept.kind, kept.source, kept.town, kept.interest) == (
            CustomerKind.COMPANY,
            Source.WALK_IN,
            "Iași",
            "Duster",
        )
        assert [phone.e164 for phone in kept.phones] == ["+40722000002", "+40722000001"]
        assert [email.address for email in kept.emails] == ["b@example.com", "a@example.com"]
        assert list(unit.customers.by_phone("+40722000001")) == [kept]
        assert list(unit.customers.by_email("a@example.com")) == [kept]
        assert list(unit.customers.by_phone("+40722000003")) == []


@pytest.mark.parametrize(
    "name",
    ['<b>&"Ion"</b>', "O'Neill", "'; DROP TABLE customers; --", "😀 Ion", "%_\\", "\u202eIon", "Ion {x} %s :p"],
)
def test_hostile_names_come_back_as_typed(database: Database, name: str) -> None:
    """No character of a name means anything to the database."""
    keep(database, make_customer(name=name))
    with database.command_unit("read") as unit:
        assert _names(unit.customers.page(Owners(None, everybody=True), offset=0, limit=5)) == [name]


@pytest.mark.parametrize(("typed", "kept"), [("I\x00on", "Ion"), ("Ion\ud800", "Ion\ufffd"), ("\udc00", "\ufffd")])
def test_what_no_database_keeps_is_cleaned(database: Database, typed: str, kept: str) -> None:
    """NUL falls away and a lone surrogate is replaced, in the row and in its audit, so that an undo still fits."""
    agent = keep_agent(database)
    customer = make_customer(name=typed)
    with database.command_unit("add") as unit:
        unit.actor_id = agent.id
        unit.customers.add(customer)
    with database.command_unit("read") as reading:
        assert _names(reading.customers.page(Owners(None, everybody=True), offset=0, limit=5)) == [kept]
        assert list(reading.customers.by_email("a\x00\ud800")) == []
        reading.undo(unit.turn_id or 0)


def test_names_are_found_by_words_and_owner(database: Database) -> None:
    """A name is found by its folded words, in the portfolios asked for alone, sorted by folded name."""
    ana, mihai = keep_agent(database), keep_agent(database, telegram_user_id=8)
    keep(
        database,
        make_customer(name="Țuțuianu Ion", owner_id=ana.id),
        make_customer(name="Ion Popescu", owner_id=ana.id),
        make_customer(name="Ion Ion", owner_id=mihai.id),
        make_customer(name="Ion Vasile"),
    )
    own, company = Owners(ana.id), Owners(ana.id, company=True)
    everybody = Owners(None, everybody=True)
    with database.command_unit("read") as unit:
        ion = [frozenset({"ion"})]
        assert _names(unit.customers.with_words(ion, own)) == ["Ion Popescu", "Țuțuianu Ion"]
        assert _names(unit.customers.with_words(ion, company)) == ["Ion Popescu", "Ion Vasile", "Țuțuianu Ion"]
        assert len(unit.customers.with_words(ion, everybody)) == 4
        assert _names(unit.customers.with_words(ion, company, limit=2)) == ["Ion Popescu", "Ion Vasile"]
        both = [frozenset({"ion", "x"}), frozenset({"tutuianu", "y"})]
        assert _names(unit.customers.with_words(both, own)) == ["Țuțuianu Ion"]
        assert list(unit.customers.with_words([], own)) == []
        assert list(unit.customers.with_words([frozenset()], own)) == []
        assert list(unit.customers.words_like("", own, limit=10)) == ["ion", "popescu", "tutuianu"]
        assert list(unit.customers.words_like("t", own, limit=10)) == ["tutuianu"]
        assert list(unit.customers.words_like("v", company, limit=10)) == ["vasile"]
        assert list(unit.customers.words_like("i", everybody, limit=1)) == ["ion"]
        assert [unit.customers.count(owners) for owners in (own, company, everybody)] == [2, 3, 4]
        assert _names(unit.customers.page(company, offset=1, limit=1)) == ["Ion Vasile"]


def test_renamed_and_reassigned_customer_is_found_anew(database: Database) -> None:
    """The words of a name follow a change of the name and of the owner."""
    ana, mihai = keep_agent(database), keep_agent(database, telegram_user_id=8)
    customer = make_customer(name="Ion Popescu", owner_id=ana.id)
    keep(database, customer)
    with database.command_unit("rename") as unit:
        kept = unit.customers.get(customer.id)
        assert kept is not None
        kept.name, kept.owner_id = "Maria Rusu", mihai.id
    with database.command_unit("read") as unit:
        assert find_by_name(unit, ana, "popescu").only is None
        assert find_by_name(unit, mihai, "popescu").only is None
        assert find_by_name(unit, mihai, "rusu").only is not None
        assert find_by_name(unit, ana, "rusu").only is None


def test_words_are_found_by_index(sqlite_database: Database) -> None:
    """Looking up names reads the index of one portfolio's words and never the whole table."""
    statements: list[str] = []
    sa.event.listen(sqlite_database.engine, "before_cursor_execute", lambda *event: statements.append(event[2]))
    with sqlite_database.command_unit("read") as unit:
        unit.customers.with_words([frozenset({"ion", "ioan"}), frozenset({"popescu"})], Owners(1))
        unit.customers.words_like("p", Owners(1), limit=5)
        unit.customers.words_like("p", Owners(None, everybody=True), limit=5)
        unit.customers.page(Owners(1), offset=0, limit=5)
        unit.customers.by_phone("+40722000001")
    queries = [query for query in statements if query.startswith("SELECT") and "customer" in query]
    assert len(queries) == 5
    with sqlite_database.engine.connect() as connection:
        for query in queries:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", tuple(["1"] * query.count("?")))
            steps = [row[3] for row in plan]
            assert not [step for step in steps if step.startswith("SCAN customer")], steps


def test_notes_newest_first(database: Database) -> None:
    """The latest notes of one customer come first, no more than asked for."""
    agent = keep_agent(database)
    one, other = make_customer(), make_customer(name="Maria Rusu")
    keep(database, one, other)
    for day, customer in enumerate([one, other, one, one]):
        at = NOW + timedelta(days=day)
        keep(database, make_note(customer_id=customer.id, author_id=agent.id, text=str(day), created_at=at))
    with database.command_unit("read") as unit:
        assert [note.text for note in unit.customers.notes(one.id, limit=2)] == ["3", "2"]


def test_closures_and_absences_of_a_range(database: Database) -> None:
    """Closed days and absences are found by any day that they share with the range."""
    agent, other = keep_agent(database), keep_agent(database, telegram_user_id=8)
    week = timedelta(days=7)
    keep(
        database,
        make_closure(),
        make_closure(day=TODAY + week),
        make_absence(agent_id=agent.id, first=TODAY - week, last=TODAY),
        make_absence(agent_id=other.id),
    )
    with database.command_unit("read") as unit:
        assert [closure.day for closure in unit.calendar.closures(TODAY, TODAY + week)] == [TODAY, TODAY + week]
        assert [absence.last for absence in unit.calendar.absences(agent.id, TODAY, TODAY + week)] == [TODAY]
        assert list(unit.calendar.absences(agent.id, TODAY + week, TODAY + week)) == []


def test_naive_instants_are_refused(database: Database) -> None:
    """An instant without a zone is never guessed at."""
    agent = keep_agent(database)
    with pytest.raises(sa.exc.StatementError, match="time zone"):
        keep(database, make_activity(agent_id=agent.id, starts_at=datetime(2026, 2, 11, 10)))  # noqa: DTZ001  on purpose


def test_second_of_two_editors_starts_again(database: Database, clock: FakeClock) -> None:
    """Who writes a row that another changed since it was read gets a StaleError, and nothing of that turn stays."""
    customer = make_customer()
    keep(database, customer)

    def edit_late() -> None:
        with database.command_unit("late") as unit:
            kept = unit.customers.get(customer.id)
            assert kept is not None
            newer = sa.update(business.customers).values(version=business.customers.c.version + 1)
            unit._session.execute(newer.where(business.customers.c.id == customer.id))  # another's turn, as it were
            kept.interest = "Logan"

    with pytest.raises(StaleError) as stale:
        edit_late()
    assert stale.value.code == "stale"
    with database.command_unit("read") as unit:
        kept = unit.customers.get(customer.id)
        assert kept is not None
        assert (kept.interest, kept.version) == (None, 1)


def test_two_editors_at_once_on_postgresql(database: Database) -> None:
    """Of two turns that change one customer at once, the one that commits first stays."""
    if database.engine.dialect.name == "sqlite":
        pytest.skip("SQLite has one writer: the second reads what the first has written")
    customer = make_customer()
    keep(database, customer)

    def edit(interest: str, between: object = None) -> None:
        with database.command_unit("edit") as unit:
            kept = unit.customers.get(customer.id)
            assert kept is not None
            if callable(between):
                between()
            kept.interest = interest

    with pytest.raises(StaleError):
        edit("late", between=lambda: edit("early"))
    with database.command_unit("read") as unit:
        kept = unit.customers.get(customer.id)
        assert kept is not None
        assert kept.interest == "early"
