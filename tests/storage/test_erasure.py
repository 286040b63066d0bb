"""An erasure reaches every place where a person can stand, and leaves the sums, the others and what waits as they are."""

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from domain.agenda import Kind, Status
from domain.customers import Consent, ContactPerson, Customer, Purpose, Vehicle, Visit, find_by_name
from domain.erasure import Progress, erase_step, erasure_outlook
from domain.errors import ConflictError, NotAllowedError, NotFoundError
from domain.merging import merge
from domain.messages import SendKind
from domain.opportunities import LossReason, Stage
from domain.permissions import customer_to_see
from domain.portfolio import request_customer
from domain.team import Agent, Role
from storage.database import Database
from storage.erasure_sweep import UNTOUCHED, swept_tables
from storage.tables import business, metadata
from storage.tables import queues as q
from storage.types import Choice, SortText, Text, UtcDateTime
from tests.factories import (
    NOW,
    keep,
    keep_agent,
    make_activity,
    make_card,
    make_customer,
    make_message,
    make_note,
    make_opportunity,
    make_received,
)
from tests.fakes import FakeClock
from tests.storage.history import rows, turn_of

NAME, PHONE, EMAIL = "Ion Țuțuianu", "+40722123456", "ion.t@example.ro"
TRACES = ("Tutuianu", "722123456", "722 123 456", EMAIL)
SAID = f"{NAME}, 0722 123 456, {EMAIL}"
NAMELESS = "(erased)"


@pytest.fixture
def ana(database: Database) -> Agent:
    """An agent."""
    return keep_agent(database)


@pytest.fixture
def elena(database: Database) -> Agent:
    """The director."""
    return keep_agent(database, name="Elena Stan", telegram_user_id=9, chat_id=9, role=Role.DIRECTOR)


def erase(database: Database, director: Agent, customer: Customer) -> Progress:
    """All steps of an erasure, each a transaction; what was found on the way."""
    progress: Progress = {"customer": customer.id}
    while True:
        with turn_of(database, director) as unit:
            following = erase_step(unit, director, progress=progress, name=NAMELESS)
        if following is None:
            return progress
        progress = following


def plant(database: Database, ana: Agent) -> Customer:
    """The person in every table that can hold a text."""
    customer = make_customer(
        name=NAME, owner_id=ana.id, phones=(PHONE,), emails=(EMAIL,), town="Cluj", interest=f"for {SAID}", tax_id="7"
    )
    other = make_customer(name="Acme SRL", owner_id=ana.id, interest=f"as {SAID}")
    customer.contacts = [ContactPerson(NAME, "self", PHONE, EMAIL)]
    other.contacts = [ContactPerson(NAME, "buyer", PHONE, EMAIL), ContactPerson("Dana Marin")]
    customer.vehicles = [Vehicle("Logan", NOW, note=SAID)]
    customer.consents = [Consent(Purpose.CONTACT, given=True, at=NOW, wording=SAID)]
    other.vehicles = [Vehicle(f"car of {NAME}", NOW, note=SAID)]
    other.consents = [Consent(Purpose.CONTACT, given=True, at=NOW, wording=SAID)]
    keep(database, customer, other)
    for one in (customer, other):
        keep(database, make_note(customer_id=one.id, author_id=ana.id, text=SAID))
        keep(database, make_activity(agent_id=ana.id, customer_id=one.id, title=SAID, note=SAID, kind=Kind.TASK))
        deal = make_opportunity(customer_id=one.id, owner_id=ana.id, net=20_000, stage=Stage.LOST)
        deal.loss_reason, deal.loss_note, deal.competitor = LossReason.PRICE, SAID, SAID
        deal.decision_maker, deal.model = SAID, f"Duster of {SAID}"
        keep(database, deal)
    dan = keep_agent(database, name="Dan", telegram_user_id=5)
    with turn_of(database, ana) as unit:
        unit.customers.add_visit(Visit(ana.id, NOW, interest=SAID, note=SAID))
        request_customer(unit, dan, customer_id=customer.id)
    plant_queues(database, ana)
    plant_rest(database)
    return customer


def plant_rest(database: Database) -> None:
    """A row in every other table that may hold a text, whatever it is: its texts name the person."""
    with database.engine.begin() as connection:
        for table in swept_tables():
            if connection.execute(sa.select(table).limit(1)).first() is None:
                connection.execute(sa.insert(table).values({one.name: said_in(one) for one in table.columns}))


def said_in(column: sa.Column[Any]) -> Any:  # noqa: PLR0911  one line a type
    """A value that the column takes, and that names the person where it is a text."""
    kind = column.type
    if column.foreign_keys or isinstance(kind, sa.Integer):
        return 1
    if isinstance(kind, Choice):
        return next(iter(kind.choices))
    if isinstance(kind, sa.JSON):
        return {"text": [SAID]}
    if isinstance(kind, UtcDateTime):
        return NOW
    if isinstance(kind, sa.Boolean):
        return False
    if isinstance(kind, sa.Date):
        return NOW.date()
    if isinstance(kind, sa.Time):
        return NOW.time()
    if isinstance(kind, sa.String) and kind.length:
        return PHONE if kind.length > len(PHONE) and not column.primary_key else "x"
    return SAID


def plant_queues(database: Database, ana: Agent) -> None:
    """Messages in and out, cards, files, jobs and the conversation."""
    message = {"message_id": 31, "chat": {"id": 7}, "text": SAID}
    database.turns.receive([make_received(1, payload={"update_id": 1, "message": message})])
    (entry,) = database.turns.waiting(skip=(), limit=9)
    with database.turns.turn(entry.id) as unit:
        assert unit
        card = make_card(agent_id=ana.id, actions=[{"do": "x", "args": {"name": SAID}}])
        unit.add_card(card)
        file_id = unit.add_file(name=f"{NAME}.txt", media_type="text/plain", data=SAID.encode())
        unit.send(make_message(f"Added {SAID}", card_id=card.id))
        unit.send(make_message("yours", kind=SendKind.DOCUMENT, file_id=file_id))
        unit.add_job(kind="done", key="done", payload={"text": SAID})
        unit.save_conversation(
            {"forms": [{"values": {"client": NAME}}], "last": {"text": SAID}, "told": {"1": SAID}, "focus": 1}
        )
    while claimed := database.outbox.claim(skip_chats=(), limit=9):
        for outgoing in claimed:
            database.outbox.sent(outgoing.id, message_id=40 + outgoing.id)
    job = database.jobs.claim(["done"], lease_seconds=60)
    assert job
    with database.jobs.run(job) as run:
        assert run
        run.result({"kind": "done", "text": SAID})
    (entry,) = database.turns.waiting(skip=(), limit=9)
    with database.turns.turn(entry.id):
        pass


def everything_kept(database: Database) -> str:
    """Every value of every table as text, bytes decoded."""
    found = []
    with database.engine.connect() as connection:
        for table in metadata.sorted_tables:
            for row in connection.execute(sa.select(table)):
                for value in row:
                    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
                    found.append(text)
    return "\n".join(found)


def test_nothing_of_the_person_is_left(database: Database, ana: Agent, elena: Agent) -> None:
    """Name, phone and e-mail stand in every table first, and in none at the end; on SQLite not in the file's bytes either."""
    customer = plant(database, ana)
    planted = everything_kept(database)
    assert all(trace in planted for trace in (NAME, "722123456", "722 123 456", EMAIL))

    erase(database, elena, customer)

    left = everything_kept(database)
    assert [trace for trace in (NAME, "Țuțuianu", "\\u021au\\u021buianu", *TRACES) if trace in left] == []
    if database.engine.dialect.name == "sqlite":
        path = Path(str(database.engine.url.database))
        database.close()
        data = b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))
        marks = (NAME, "Țuțuianu", "\\u021au\\u021buianu", *TRACES)
        assert [mark for mark in marks if mark.encode() in data] == []


def test_every_table_with_texts_is_planted(database: Database, ana: Agent) -> None:
    """So a new table is swept without being listed; those that are not swept hold no free text."""
    plant(database, ana)
    planted = set()
    with database.engine.connect() as connection:
        for table in metadata.sorted_tables:
            for row in connection.execute(sa.select(table)):
                text = "".join(value.decode() if isinstance(value, bytes) else str(value) for value in row)
                if any(mark in text for mark in (NAME, *TRACES)):
                    planted.add(table.name)

    assert {table.name for table in swept_tables()} - planted == set()
    for name in UNTOUCHED - {"agents", "invitations", "customer_phones", "customer_emails", "customer_words"}:
        kinds = (Text, SortText, sa.JSON, sa.LargeBinary)
        assert not [column for column in metadata.tables[name].columns if isinstance(column.type, kinds)]


def test_sums_stay(database: Database, ana: Agent, elena: Agent) -> None:
    """Values, stages, dates and the counted activities stay, on a customer without a name that nobody finds or opens."""
    customer = make_customer(name=NAME, owner_id=ana.id, phones=(PHONE,))
    keep(database, customer)
    done = make_activity(agent_id=ana.id, customer_id=customer.id, status=Status.DONE, note="x")
    planned = make_activity(agent_id=ana.id, customer_id=customer.id, title="x")
    deal = make_opportunity(customer_id=customer.id, owner_id=ana.id, net=20_000, stage=Stage.WON, model="Duster")
    keep(database, done, planned, deal)
    before = rows(database, business.opportunities)

    erase(database, elena, customer)

    after = rows(database, business.opportunities)
    assert [{**row, "version": 0} for row in after] == [{**row, "version": 0} for row in before]
    assert [row["status"] for row in rows(database, business.activities)] == [Status.DONE, Status.CANCELLED]
    assert {(row["title"], row["note"]) for row in rows(database, business.activities)} == {("", None)}
    kept = rows(database, business.customers)[0]
    assert (kept["name"], kept["owner_id"], kept["erased_at"]) == (NAMELESS, ana.id, NOW)
    with turn_of(database, elena) as unit:
        assert find_by_name(unit, elena, NAMELESS).exact == ()
        with pytest.raises(NotFoundError):
            customer_to_see(unit, elena, customer.id)
        with pytest.raises(NotFoundError):
            erasure_outlook(unit, elena, customer_id=customer.id)


def test_others_stay(database: Database, ana: Agent, elena: Agent) -> None:
    """Another customer keeps name, numbers and notes; of a namesake nothing is taken out."""
    customer = make_customer(name=NAME, owner_id=ana.id, phones=(PHONE,))
    namesake = make_customer(name=NAME, owner_id=ana.id, phones=("+40733000111",))
    keep(database, customer, namesake)
    keep(database, make_note(customer_id=namesake.id, author_id=ana.id, text=f"{NAME} likes red"))

    erase(database, elena, customer)

    assert [row["text"] for row in rows(database, business.notes)] == [f"{NAME} likes red"]
    assert [row["e164"] for row in rows(database, business.customer_phones)] == ["+40733000111"]
    with turn_of(database, ana) as unit:
        assert [one.id for one in find_by_name(unit, ana, NAME).exact] == [namesake.id]


def test_a_former_name_is_known(database: Database, ana: Agent, elena: Agent) -> None:
    """What the person was called before a merge, and a phone that was dropped, is taken out too."""
    customer, other = make_customer(name="Ion", owner_id=ana.id), make_customer(name=NAME, owner_id=ana.id)
    bystander = make_customer(name="Acme SRL", owner_id=ana.id)
    keep(database, customer, other, bystander)
    keep(database, make_note(customer_id=bystander.id, author_id=ana.id, text=f"knows {NAME}, 0722 123 456"))
    with turn_of(database, ana) as unit:
        merge(unit, ana, keep_id=customer.id, gone_id=other.id, wording=lambda _: "was another")
    with turn_of(database, ana) as unit:
        kept = unit.customers.get(customer.id)
        assert kept
        kept.phones.append(type(make_customer(phones=(PHONE,)).phones[0])(PHONE))
    with turn_of(database, ana) as unit:
        kept = unit.customers.get(customer.id)
        assert kept
        kept.phones.clear()

    erase(database, elena, customer)

    assert [row["text"] for row in rows(database, business.notes)] == ["knows …, …"]
    assert NAME not in everything_kept(database)


def test_what_is_to_be_deleted_in_chats(database: Database, clock: FakeClock, ana: Agent, elena: Agent) -> None:
    """Messages younger than 48 hours are given to be deleted, older ones are counted, files on phones are listed."""
    customer = plant(database, ana)
    clock.advance(hours=47)
    sent = rows(database, q.outbox)

    progress = erase(database, elena, customer)

    assert progress["deletions"] == [[7, 31], *([7, row["message_id"]] for row in sent)]
    assert progress["files"] == [[7, NOW.isoformat()]]
    assert progress["older"] == 0


def test_old_messages_are_only_counted(database: Database, clock: FakeClock, ana: Agent, elena: Agent) -> None:
    """After 48 hours Telegram deletes no more."""
    customer = plant(database, ana)
    clock.advance(hours=48)

    progress = erase(database, elena, customer)

    assert (progress["deletions"], progress["older"]) == ([], 3)


def test_what_waits_is_not_lost(database: Database, ana: Agent, elena: Agent) -> None:
    """A waiting message of somebody's stays; one that waits to be sent goes out without the name."""
    customer = make_customer(name=NAME, owner_id=ana.id)
    keep(database, customer)
    database.turns.receive(
        [make_received(1, payload={"message": {"text": f"call {NAME}"}}), make_received(2, person=8)]
    )
    with database.command_unit("say") as unit:
        unit.send(make_message(f"Call {NAME} at ten"))

    erase(database, elena, customer)

    assert rows(database, q.inbox)[-1]["key"]
    assert [entry.payload for entry in database.turns.waiting(skip=(8,), limit=9)] == [
        {"message": {"text": f"call {NAME}"}}
    ]
    assert [row.payload["text"] for row in database.outbox.claim(skip_chats=(), limit=9)] == ["Call … at ten"]


def test_it_cannot_be_undone(database: Database, ana: Agent, elena: Agent) -> None:
    """Neither the erasure nor a turn whose images went with it; the trail says who and when."""
    with turn_of(database, ana) as unit:
        customer = make_customer(name=NAME, owner_id=ana.id)
        unit.customers.add(customer)
        added = unit.turn_id or 0
    erase(database, elena, customer)

    audit = rows(database, metadata.tables["audit"])
    assert (audit[-1]["agent_id"], audit[-1]["row_id"], audit[-1]["after"]) == (elena.id, customer.id, None)
    for turn in (added, audit[-1]["turn_id"]):
        with pytest.raises(ConflictError, match="undo_erased"), turn_of(database, elena) as unit:
            unit.undo(turn)
    with turn_of(database, elena) as unit:
        assert unit.last_undoable(elena.id) is None
        assert unit.last_undoable(ana.id) != added


def test_only_the_director(database: Database, ana: Agent) -> None:
    """An agent erases not even an own customer."""
    customer = make_customer(name=NAME, owner_id=ana.id)
    keep(database, customer)
    with pytest.raises(NotAllowedError), turn_of(database, ana) as unit:
        erase_step(unit, ana, progress={"customer": customer.id}, name=NAMELESS)
    with pytest.raises(NotAllowedError), turn_of(database, ana) as unit:
        erasure_outlook(unit, ana, customer_id=customer.id)


def test_steps_are_small(database: Database, ana: Agent, elena: Agent, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many texts take many transactions, and the last one is as clean as the first."""
    monkeypatch.setattr("storage.erasure_sweep.ROWS", 3)
    customer = plant(database, ana)
    steps: list[Any] = []
    progress: Progress = {"customer": customer.id}
    while True:
        with turn_of(database, elena) as unit:
            following = erase_step(unit, elena, progress=progress, name=NAMELESS)
        if following is None:
            break
        progress = following
        steps.append(progress)

    assert len(steps) > 10
    assert "needles" in steps[0]
    assert "needles" not in steps[-1]
    assert [trace for trace in (NAME, *TRACES) if trace in everything_kept(database)] == []
