"""Contacts into a portfolio: the use case, the job of a file sent in the chat, and the command line."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions.import_customers import STEP
from actions.importing import read_candidates
from actions.importing.report import ROWS_TOLD
from actions.runner import failures
from bot.flows.import_customers import ROWS_SHOWN
from domain.customers import CustomerKind, NameMatches, Purpose, Relationship, Source, find_by_name
from domain.errors import NotAllowedError, StaleError
from domain.importing import (
    CandidateConsent,
    CandidateCustomer,
    CandidateVehicle,
    ImportReport,
    RowResult,
    import_customers,
)
from domain.permissions import changeable_owners
from domain.team import Agent, AgentStatus, Role
from presales.import_customers import run_import_customers
from storage.database import Database
from storage.tables import metadata, queues
from tests.factories import keep, keep_agent, make_customer
from tests.import_jobs import run_step, step
from texts.catalog import LANGUAGES, Texts

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "vcards"


def run(database: Database, agent: Agent, *candidates: CandidateCustomer) -> ImportReport:
    """Import in a turn of its own."""
    with database.command_unit("import") as unit:
        actor = unit.team.get(agent.id)
        assert actor is not None
        unit.actor_id = actor.id
        return import_customers(unit, actor, candidates)


def fates(report: ImportReport) -> list[tuple[str, str]]:
    """What became of each row."""
    return [(row.result.value, row.reason) for row in report.rows]


def portfolio(database: Database, agent: Agent) -> list[tuple[str, list[str], list[str], list[str]]]:
    """Names, numbers, addresses and notes of all whom the agent may change."""
    with database.command_unit("look") as unit:
        page = unit.customers.page(changeable_owners(agent), offset=0, limit=100)
        return [
            (
                customer.name,
                [phone.e164 for phone in customer.phones],
                [email.address for email in customer.emails],
                [note.text for note in unit.customers.notes(customer.id, limit=100)],
            )
            for customer in page
        ]


def test_a_card_is_taken(database: Database) -> None:
    """Name, number and address join the agent's portfolio; where the person works is noted."""
    agent = keep_agent(database)
    card = CandidateCustomer(1, "Ion Popescu", "Acme SRL", ("0722 123 456",), ("Ion@Popescu.RO",), "wants a tow bar")

    report = run(database, agent, card)

    assert fates(report) == [("taken", "taken")]
    assert portfolio(database, agent) == [
        ("Ion Popescu", ["+40722123456"], ["ion@popescu.ro"], ["Acme SRL\nwants a tow bar"])
    ]


def test_an_organisation_is_a_company(database: Database) -> None:
    """A card of an organisation alone is a company."""
    agent = keep_agent(database)
    run(database, agent, CandidateCustomer(1, company="Fundația Căminul", phones=("021 312 3456",)))

    with database.command_unit("look") as unit:
        (customer,) = unit.customers.by_phone("+40213123456")
        assert (customer.name, customer.kind.value) == ("Fundația Căminul", "company")


def test_a_number_alone_is_its_name(database: Database) -> None:
    """Without a name a number that can be called is enough."""
    agent = keep_agent(database)

    assert fates(run(database, agent, CandidateCustomer(1, phones=("0722123456",)))) == [("taken", "taken")]
    assert portfolio(database, agent)[0][0] == "+40 722 123 456"


def test_neither_name_nor_phone(database: Database) -> None:
    """An address alone, or nothing, is refused; with a number that was written it is taken."""
    agent = keep_agent(database)
    report = run(
        database,
        agent,
        CandidateCustomer(1, emails=("ion@popescu.ro",)),
        CandidateCustomer(2),
        CandidateCustomer(3, name="😀", phones=("word",)),
        CandidateCustomer(4, phones=("(905) 555-1234",)),
        CandidateCustomer(5, phones=("(905) 555-1234",), emails=("jane@doe.com",)),
    )

    refused = ("refused", "name_and_phone_missing")
    assert fates(report) == [refused, refused, refused, refused, ("taken", "taken")]
    assert portfolio(database, agent) == [("jane@doe.com", [], ["jane@doe.com"], ["Tel.: (905) 555-1234"])]


def test_numbers_that_cannot_be_dialled_are_kept_in_the_note(database: Database) -> None:
    """A foreign number without its country is kept as written, a word is left out, and both are told."""
    agent = keep_agent(database)
    report = run(database, agent, CandidateCustomer(1, "John Doe", phones=("(905) 555-1234", "MobilePhone")))

    assert report.rows[0].warnings == ("phone_kept_in_note", "phone_is_a_word")
    assert portfolio(database, agent) == [("John Doe", [], [], ["Tel.: (905) 555-1234"])]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("0722.123.456", ["+40722123456"]),
        ("0040 722 123 456", ["+40722123456"]),
        ("+40 (0) 722 123 456", ["+40722123456"]),
        ("0722 123 456 / 0744 123 456", ["+40722123456", "+40744123456"]),
        ("0722123456, 0722 123 456", ["+40722123456"]),
        ("021 312 34 56 int. 12", ["+40213123456"]),
        ("+49 30 901820", ["+4930901820"]),
    ],
)
def test_notations_of_numbers(sqlite_database: Database, written: str, kept: list[str]) -> None:
    """Numbers are understood as people write them, also two in one field."""
    agent = keep_agent(sqlite_database)
    run(sqlite_database, agent, CandidateCustomer(1, "Ion Popescu", phones=(written,)))

    assert portfolio(sqlite_database, agent)[0][1] == kept


def test_an_extension_is_not_lost(sqlite_database: Database) -> None:
    """The number can be called, and its extension stands in the note."""
    agent = keep_agent(sqlite_database)
    run(sqlite_database, agent, CandidateCustomer(1, "Ion Popescu", phones=("021 312 34 56 int. 12",)))

    assert portfolio(sqlite_database, agent)[0][3] == ["Tel.: 021 312 34 56 int. 12"]


def test_an_address_that_is_none(sqlite_database: Database) -> None:
    """It is kept in the note and told."""
    agent = keep_agent(sqlite_database)
    report = run(sqlite_database, agent, CandidateCustomer(1, "Ion Popescu", emails=("ion at work", "ION@x.ro")))

    assert report.rows[0].warnings == ("email_kept_in_note",)
    assert portfolio(sqlite_database, agent)[0][2:] == (["ion@x.ro"], ["E-mail: ion at work"])


def test_what_is_new_is_added(database: Database) -> None:
    """A card with a number or address of an own customer adds what is new, and once."""
    agent = keep_agent(database)
    keep(database, make_customer(name="Ion P.", phones=("+40722123456",), owner_id=agent.id))
    card = CandidateCustomer(1, "Ion Popescu", phones=("0722123456", "0744123456"), emails=("ion@x.ro",), note="red")

    assert fates(run(database, agent, card)) == [("merged", "added")]
    assert fates(run(database, agent, card)) == [("merged", "nothing_new")]
    assert portfolio(database, agent) == [("Ion P.", ["+40722123456", "+40744123456"], ["ion@x.ro"], ["red"])]


def test_cards_of_one_file_meet(database: Database) -> None:
    """A second card with the number of the first is merged with it."""
    agent = keep_agent(database)
    report = run(
        database,
        agent,
        CandidateCustomer(1, "Ion Popescu", phones=("0722123456",)),
        CandidateCustomer(2, "Popescu Ion", phones=("+40 722 123 456",), emails=("ion@x.ro",)),
    )

    assert fates(report) == [("taken", "taken"), ("merged", "added")]
    assert len(portfolio(database, agent)) == 1


def test_a_number_of_another_own_customer_stays_there(database: Database) -> None:
    """A card that fits two customers is merged with the first, and takes nothing from the second."""
    agent = keep_agent(database)
    keep(
        database,
        make_customer(name="Ion", phones=("+40722123456",), owner_id=agent.id),
        make_customer(name="Maria", phones=("+40744123456",), owner_id=agent.id),
    )
    report = run(database, agent, CandidateCustomer(1, "Ion", phones=("0722123456", "0744123456")))

    assert fates(report) == [("merged", "nothing_new")]
    assert report.rows[0].warnings == ("known_elsewhere",)


def test_a_number_that_two_share(database: Database) -> None:
    """Another name under an own customer's number is never lost: a colleague at a company, else a line of a note."""
    agent = keep_agent(database)
    report = run(
        database,
        agent,
        CandidateCustomer(1, company="Acme SRL", phones=("021 312 3456",)),
        CandidateCustomer(2, "Dan Vlaicu", "Acme SRL", phones=("021 312 3456",)),
        CandidateCustomer(3, "Ion Pop", phones=("0722123456",)),
        CandidateCustomer(4, "Maria Rus", phones=("0722123456",), note="red"),
    )

    assert fates(report) == [("taken", "taken"), ("merged", "added"), ("taken", "taken"), ("merged", "added")]
    assert report.rows[3].warnings == ("name_kept_in_note",)
    assert [notes for *_, notes in portfolio(database, agent)] == [["Acme SRL"], ["Maria Rus\nred"]]
    with database.command_unit("look") as unit:
        (company,) = unit.customers.by_phone("+40213123456")
        assert [contact.name for contact in company.contacts] == ["Dan Vlaicu"]


def test_all_that_a_row_says(database: Database) -> None:
    """Everything has its place; what an own customer lacks is filled in, and nothing is overwritten or added twice."""
    agent = keep_agent(database)
    full = CandidateCustomer(
        1,
        company="Acme SRL",
        phones=("0722123456",),
        contact="Dan Vlaicu",
        role="Buyer",
        source=Source.REFERRAL,
        relationship=Relationship.CUSTOMER,
        town="Cluj",
        location="Nord",
        tax_id="1234567",
        interest="Duster",
        vehicle=CandidateVehicle("Logan", year=2014, mileage=85_000, note="B 12 ABC"),
        consents=(CandidateConsent(Purpose.MARKETING, given=False, wording="Acord: nu", on=date(2025, 2, 1)),),
    )
    beta = {"name": "Beta SRL", "kind": CustomerKind.COMPANY, "town": "Iași"}
    keep(database, make_customer(phones=("+40733123456",), owner_id=agent.id, **beta))
    known = replace(full, company="Beta SRL", phones=("0733123456",))

    assert fates(run(database, agent, full, known)) == [("taken", "taken"), ("merged", "added")]
    assert fates(run(database, agent, full, known)) == [("merged", "nothing_new")] * 2
    with database.command_unit("look") as unit:
        for phone, town in (("+40722123456", "Cluj"), ("+40733123456", "Iași")):
            (one,) = unit.customers.by_phone(phone)
            (contact,), (vehicle,), (consent,) = one.contacts, one.vehicles, one.consents
            assert (one.source, one.relationship_set, one.town) == (Source.REFERRAL, Relationship.CUSTOMER, town)
            assert (one.location, one.interest) == ("Nord", "Duster")
            assert (contact.name, contact.role) == ("Dan Vlaicu", "Buyer")
            assert (vehicle.model, vehicle.year, vehicle.mileage, vehicle.trade_in) == ("Logan", 2014, 85_000, False)
            assert (consent.purpose, consent.given, consent.wording) == (Purpose.MARKETING, False, "Acord: nu")
            assert agent.local(consent.at).date() == date(2025, 2, 1)


def test_anothers_customer_is_refused(database: Database) -> None:
    """The owner's name is told and nothing else; nothing of the card is kept."""
    ana, mihai = keep_agent(database), keep_agent(database, name="Mihai Pop", telegram_user_id=8, chat_id=8)
    keep(database, make_customer(name="Secret Name", phones=("+40722123456",), owner_id=mihai.id))

    report = run(database, ana, CandidateCustomer(1, "Ion", phones=("0722123456", "0744123456"), note="red"))

    row = report.rows[0]
    assert (row.result, row.reason, row.owner, row.name) == (
        RowResult.REFUSED,
        "duplicate_foreign",
        "Mihai Pop",
        "Ion",
    )
    assert portfolio(database, ana) == []


def test_the_companys_customer_is_refused(database: Database) -> None:
    """An agent does not change the company's portfolio; the director does."""
    agent = keep_agent(database)
    director = keep_agent(database, name="Elena", role=Role.DIRECTOR, telegram_user_id=8, chat_id=8)
    keep(database, make_customer(phones=("+40722123456",)))
    card = CandidateCustomer(1, "Ion", phones=("0722123456",), emails=("ion@x.ro",))

    assert fates(run(database, agent, card)) == [("refused", "company_portfolio")]
    assert fates(run(database, director, card)) == [("merged", "added")]


def test_a_refused_row_leaves_the_others(database: Database) -> None:
    """What a refused row had begun is taken back, and the rows around it stay."""
    agent = keep_agent(database)
    report = run(
        database,
        agent,
        CandidateCustomer(1, "Ana", phones=("0722123456",)),
        CandidateCustomer(2, emails=("ion@x.ro",)),
        CandidateCustomer(3, problems=("unreadable", "line_unreadable")),
        CandidateCustomer(4, "Everybody", problems=("not_a_contact",)),
        CandidateCustomer(5, "Maria", phones=("0744123456",)),
    )

    assert [row.reason for row in report.rows] == [
        "taken",
        "name_and_phone_missing",
        "unreadable",
        "not_a_contact",
        "taken",
    ]
    assert [name for name, *_ in portfolio(database, agent)] == ["Ana", "Maria"]


def test_a_failure_within_a_row_leaves_no_half_of_it(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the note cannot be kept, neither is its customer."""
    agent = keep_agent(database)
    keep(database, make_customer(name="Ana", owner_id=agent.id))
    monkeypatch.setattr("domain.importing.taking.add_note", lambda *_args, **_values: raise_not_allowed())

    report = run(database, agent, CandidateCustomer(1, "Ana", note="red"), CandidateCustomer(2, "Maria"))

    assert fates(report) == [("refused", "not_allowed"), ("taken", "taken")]
    assert [name for name, *_ in portfolio(database, agent)] == ["Ana", "Maria"]


def raise_not_allowed() -> None:
    """Refuse."""
    raise NotAllowedError


def test_a_lost_race_is_no_refusal(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another turn's change ends the whole import, so that it is tried again."""
    agent = keep_agent(sqlite_database)

    def lost(*_args: object, **_values: object) -> None:
        raise StaleError

    keep(sqlite_database, make_customer(name="Ana", owner_id=agent.id))
    monkeypatch.setattr("domain.importing.taking.add_note", lost)
    with pytest.raises(StaleError):
        run(sqlite_database, agent, CandidateCustomer(1, "Ana", note="red"), CandidateCustomer(2, "Maria"))
    assert [name for name, *_ in portfolio(sqlite_database, agent)] == ["Ana"]


def test_names_alone_come_once(database: Database) -> None:
    """A card without number and address is known again by its name and note; another note is another person."""
    agent = keep_agent(database)
    cards = (
        CandidateCustomer(1, "Ion Popescu", note="baker"),
        CandidateCustomer(2, "Ion Popescu", note="butcher"),
        CandidateCustomer(3, "Ion Popescu", phones=("12345",)),
    )

    first, second = run(database, agent, *cards), run(database, agent, *cards)

    assert [row.result for row in first.rows] == [RowResult.TAKEN] * 3
    assert "namesake" in first.rows[1].warnings
    assert fates(second) == [("merged", "nothing_new")] * 3
    assert len(portfolio(database, agent)) == 3


def test_personal_codes_are_never_kept(database: Database) -> None:
    """A CNP in a note, a name or a number is left out and told; a phone of 13 digits is none."""
    agent = keep_agent(database)
    card = CandidateCustomer(
        1, "Ion 1800101221144", phones=("1800101221144", "0040722123456"), note="CNP 2 1800101221144, ok"
    )

    report = run(database, agent, card)
    kept = str(portfolio(database, agent))

    assert "personal_code_left_out" in report.rows[0].warnings
    assert "1800101221144" not in kept
    assert "+40722123456" in kept


def test_what_is_too_long_is_cut(sqlite_database: Database) -> None:
    """A long name and a long note are cut, and told; the rest of the card is taken."""
    agent = keep_agent(sqlite_database)
    card = CandidateCustomer(1, "Ion " * 60, note="word " * 2000)

    assert run(sqlite_database, agent, card).rows[0].warnings == ("note_cut", "name_cut")
    assert fates(run(sqlite_database, agent, card)) == [("merged", "nothing_new")]


def test_order_does_not_matter_twice(database: Database) -> None:
    """A card that fits an own customer only after a later card came adds its details now, and not the next time."""
    ana, mihai = keep_agent(database), keep_agent(database, name="Mihai Pop", telegram_user_id=8, chat_id=8)
    keep(database, make_customer(phones=("+40722123456",), owner_id=mihai.id))
    cards = (
        CandidateCustomer(1, "Ion", phones=("0722123456", "0744123456"), emails=("ion@x.ro",)),
        CandidateCustomer(2, "Ion", phones=("0744123456",)),
    )

    first, second = run(database, ana, *cards), run(database, ana, *cards)

    assert fates(first) == [("merged", "added"), ("taken", "taken")]
    assert fates(second) == [("merged", "nothing_new")] * 2


def test_a_suspended_agent_imports_nothing(sqlite_database: Database) -> None:
    """Who may not act may not import."""
    agent = keep_agent(sqlite_database, status=AgentStatus.SUSPENDED)

    with pytest.raises(NotAllowedError):
        run(sqlite_database, agent, CandidateCustomer(1, "Ion"))


def test_what_was_imported_is_found_by_name(sqlite_database: Database) -> None:
    """A customer from a file is a customer like any other."""
    agent = keep_agent(sqlite_database)
    run(sqlite_database, agent, CandidateCustomer(1, "Maria Ionescu"))

    with sqlite_database.command_unit("look") as unit:
        found: NameMatches = find_by_name(unit, agent, "Mariei")
        assert found.only is not None


def test_real_files(database: Database) -> None:
    """The real samples: every card has its fate, and the same files again add nothing."""
    if not REAL.exists():
        pytest.skip("the sample cards are not at hand")
    agent = keep_agent(database)
    files = [read_candidates(path.name, path.read_bytes()) for path in sorted(REAL.glob("*.vcf"))]

    first = [run(database, agent, *candidates) for candidates in files]
    before = portfolio(database, agent)
    second = [run(database, agent, *candidates) for candidates in files]

    assert sum(len(report.rows) for report in first) == 18
    assert sum(report.count(RowResult.REFUSED) for report in first) == 2  # an address alone, twice
    assert all(report.count(RowResult.TAKEN) == 0 for report in second)
    assert not any(row.reason == "added" for report in second for row in report.rows)
    assert portfolio(database, agent) == before


CARDS = st.builds(
    CandidateCustomer,
    row=st.just(1),
    name=st.sampled_from(["", "Ion", "Ion Popescu", "ION  popescu", "Ștefan", "😀", "x" * 201]),
    company=st.sampled_from(["", "Acme SRL"]),
    phones=st.lists(st.sampled_from(["0722123456", "+40 744 123 456", "0733123456", "word", "12345"]), max_size=3).map(
        tuple
    ),
    emails=st.lists(st.sampled_from(["ion@x.ro", "ION@X.RO", "ana@x.ro", "none"]), max_size=2).map(tuple),
    note=st.sampled_from(["", "red", "1800101221144"]),
    problems=st.sampled_from([(), ("no_end",), ("unreadable",)]),
)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cards=st.lists(CARDS, max_size=6))
def test_the_same_cards_twice_add_nothing(sqlite_database: Database, cards: list[CandidateCustomer]) -> None:
    """Whatever the cards, each has a fate, and a second time nothing is taken or added."""
    with sqlite_database.engine.begin() as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(table.delete())
    agent = keep_agent(sqlite_database)

    other = keep_agent(sqlite_database, name="Mihai Pop", telegram_user_id=8, chat_id=8)
    keep(sqlite_database, make_customer(phones=("+40733123456",), owner_id=other.id))

    first, second = run(sqlite_database, agent, *cards), run(sqlite_database, agent, *cards)

    assert len(first.rows) == len(second.rows) == len(cards)
    assert not [row for row in second.rows if row.reason in {"taken", "added"}]


def test_every_code_has_its_words() -> None:
    """Reasons and warnings are told in both languages."""
    root = Path(__file__).resolve().parents[2]
    source = "".join(path.read_text(encoding="utf-8") for path in (root / "domain" / "importing").glob("*.py"))
    reasons = {"taken", "added", "nothing_new", "name_and_phone_missing", "company_portfolio", "duplicate_foreign"}
    reasons |= {"unreadable", "not_a_contact", "name_empty", "shifted"}
    warnings = {"phone_kept_in_note", "phone_is_a_word", "email_kept_in_note", "personal_code_left_out", "note_cut"}
    warnings |= {"known_elsewhere", "namesake", "name_cut", "no_end", "line_unreadable", "characters_lost"}
    warnings |= {"name_kept_in_note", "owner_unknown", "owner_kept", "phone_cut_off", "consent_unclear"}

    for language in LANGUAGES:
        texts = Texts(language)
        assert all(texts.has(f"import.reason.{code}") for code in reasons)
        assert all(texts.has(f"import.warning.{code}") for code in warnings)
    assert all(
        code in source for code in ("company_portfolio", "known_elsewhere", "namesake", "note_cut", "owner_kept")
    )


VCF = "BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nTEL:{phone}\nEND:VCARD\n"


def enqueue(database: Database, agent: Agent, name: str, data: bytes) -> None:
    """A file sent in the chat, as the bot keeps it."""
    with database.command_unit("send") as unit:
        unit.actor_id = agent.id
        file_id = unit.add_file(name=name, media_type="text/vcard", data=data)
        payload = {"file_id": file_id, "region": "RO", "message_id": 5}
        unit.add_job(kind="import_customers", key=f"import:{file_id}", payload=payload)


def shown(database: Database) -> dict[str, Any]:
    """Run the one job to its end and return the fact that the chat gets; its turn is then done."""
    while step(database):
        pass
    (entry,) = database.turns.waiting(skip=(), limit=2)
    with database.turns.turn(entry.id) as unit:
        assert unit is not None
    return entry.payload


def confirm(database: Database, agent: Agent, preview: dict[str, Any]) -> None:
    """The press on Import, as the bot makes a job of it."""
    with database.command_unit("press") as unit:
        unit.actor_id = agent.id
        payload = {"stage": "take", "files": preview["files"], "name": preview["name"], "language": "en"}
        payload["heading_row"] = preview["heading_row"]
        unit.add_job(kind="import_customers", key=f"import:table:{preview['files'][0]}", payload=payload)


def work(database: Database, agent: Agent) -> dict[str, Any]:
    """Read, confirm and take; returns the fact of the result."""
    confirm(database, agent, shown(database))
    return shown(database)


def kept_files(database: Database) -> list[str]:
    """The names of all files that are kept."""
    with database.engine.connect() as connection:
        return list(connection.scalars(sa.select(queues.files.c.name)))


def test_nothing_is_taken_before_it_is_confirmed(database: Database) -> None:
    """The file is read and shown; until the press nobody is a customer."""
    agent = keep_agent(database)
    data = VCF.format(name="Ion Popescu", phone="0722 123 456") + VCF.format(name="", phone="")

    enqueue(database, agent, "contacts.vcf", data.encode())
    fact = shown(database)

    assert (fact["kind"], fact["rows"], fact["refused"]) == ("import_preview", 2, {"name_and_phone_missing": 1})
    assert fact["first"][0]["name"] == "Ion Popescu"
    assert portfolio(database, agent) == []


def test_the_job_tells_what_became_of_the_file(database: Database) -> None:
    """Counts and rows, in the shape that the chat renders."""
    agent = keep_agent(database)
    data = VCF.format(name="Ion Popescu", phone="0722 123 456") + VCF.format(name="", phone="")

    enqueue(database, agent, "contacts.vcf", data.encode())
    fact = work(database, agent)

    assert (fact["kind"], fact["taken"], fact["merged"], fact["refused"]) == ("import_customers", 1, 0, 1)
    assert [(row["row"], row["status"], row["reason"]) for row in fact["rows"]] == [
        (2, "refused", "name_and_phone_missing"),
        (1, "taken", "taken"),
    ]
    assert [name for name, *_ in portfolio(database, agent)] == ["Ion Popescu"]


def test_only_the_annotated_file_is_kept(database: Database) -> None:
    """Photos and whatever else of other people stands in the file are gone with the reading."""
    agent = keep_agent(database)
    enqueue(database, agent, "contacts.vcf", VCF.format(name="Ion", phone="0722123456").encode())
    fact = shown(database)
    assert set(kept_files(database)) == {"import"}
    confirm(database, agent, fact)
    shown(database)

    assert kept_files(database) == ["contacts-result.csv"]


def test_a_cancelled_file_is_gone(database: Database) -> None:
    """Nothing is taken and nothing is kept."""
    agent = keep_agent(database)
    enqueue(database, agent, "contacts.vcf", VCF.format(name="Ion", phone="0722123456").encode())
    fact = shown(database)
    with database.command_unit("press") as unit:
        unit.actor_id = agent.id
        unit.add_job(kind="import_customers", key="drop", payload={"stage": "drop", "files": fact["files"]})
    while step(database):
        pass

    assert (portfolio(database, agent), kept_files(database)) == ([], [])


def test_a_file_that_waited_for_too_long(sqlite_database: Database) -> None:
    """What was read and is no longer kept is asked for again; nothing is taken."""
    agent = keep_agent(sqlite_database)
    enqueue(sqlite_database, agent, "contacts.vcf", VCF.format(name="Ion", phone="0722123456").encode())
    fact = shown(sqlite_database)
    with sqlite_database.engine.begin() as connection:
        connection.execute(queues.files.delete())
    confirm(sqlite_database, agent, fact)

    assert shown(sqlite_database)["reason"] == "gone"
    assert portfolio(sqlite_database, agent) == []


def test_the_job_tells_of_a_file_that_is_none(sqlite_database: Database) -> None:
    """A file without a card is an answer, not a failure to try again."""
    agent = keep_agent(sqlite_database)

    enqueue(sqlite_database, agent, "contacts.vcf", b"hello")

    assert shown(sqlite_database) == {"kind": "import_customers", "failed": True, "reason": "no_cards", "values": {}}


def test_the_job_tells_of_so_many_rows(sqlite_database: Database) -> None:
    """Of a long file the rows that say something come first."""
    agent = keep_agent(sqlite_database)
    cards = [VCF.format(name=f"Ion {number}", phone=f"0722 123 {number:03}") for number in range(60)]

    enqueue(sqlite_database, agent, "contacts.vcf", "".join([*cards, VCF.format(name="", phone="")]).encode())
    fact = work(sqlite_database, agent)

    assert (len(fact["rows"]), fact["telling"], fact["rows"][0]["row"]) == (ROWS_TOLD, 1, 61)
    assert ROWS_SHOWN <= ROWS_TOLD


def test_the_job_without_its_person_fails(sqlite_database: Database) -> None:
    """Nobody's file is imported for nobody."""
    with sqlite_database.command_unit("send") as unit:
        file_id = unit.add_file(name="contacts.vcf", media_type="text/vcard", data=VCF.encode())
        unit.add_job(kind="import_customers", key="import:1", payload={"file_id": file_id, "region": "RO"})
    with pytest.raises(LookupError):
        step(sqlite_database)


@pytest.fixture
def contacts(tmp_path: Path) -> Path:
    """A file of three contacts."""
    path = tmp_path / "contacts.vcf"
    cards = [("Ion <b>Popescu</b>", "0722 123 456"), ("Maria", "(905) 555-1234"), ("", "")]
    path.write_text("".join(VCF.format(name=name, phone=phone) for name, phone in cards), encoding="utf-8")
    return path


def test_the_command_reports_row_by_row(database: Database, contacts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each card has its line, names come as typed, and the second time nothing is new."""
    agent = keep_agent(database, name="Ana Ionescu")

    assert run_import_customers(database, contacts, "ana") == 0
    first = capsys.readouterr().out.splitlines()
    assert run_import_customers(database, contacts, "Ana Ionescu") == 0
    second = capsys.readouterr().out.splitlines()

    assert first[:4] == [
        "1. Ion <b>Popescu</b>: added",
        "2. Maria: added; a number can't be dialled as written, kept in a note",
        "3. —: refused: neither a name nor a phone",
        "Contacts read. Added: 2, already known: 0, refused: 1.",
    ]
    assert first[4].startswith(str(contacts.with_name("contacts-result.csv")))
    assert second[4].startswith(str(contacts.with_name("contacts-result-2.csv")))
    assert second[0] == "1. Ion <b>Popescu</b>: already known, nothing new"
    assert len(portfolio(database, agent)) == 2


@pytest.mark.parametrize(
    "case",
    [
        ("missing.vcf", None, 2, "cannot be read"),
        ("folder.vcf", "", 2, "cannot be read"),
        ("contacts.vcf", "name;phone", 1, "no vCard"),
        ("contacts.pdf", "name;phone", 1, ".xlsx"),
        ("contacts.csv", "color;size\nred;7", 1, "headings"),
    ],
)
def test_the_command_refuses_in_one_line(
    sqlite_database: Database,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    case: tuple[str, str | None, int, str],
) -> None:
    """A file that is missing, a folder, no vCard, or of another format: one clear line and a status."""
    name, content, status, message = case
    keep_agent(sqlite_database)
    if content:
        (tmp_path / name).write_text(content, encoding="utf-8")
    elif content is not None:
        (tmp_path / name).mkdir()

    assert run_import_customers(sqlite_database, tmp_path / name, "Ana") == status
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.splitlines()) == 1
    assert message in told.err


def test_the_command_needs_one_agent(
    sqlite_database: Database, contacts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An unknown name, one of several people, and a suspended agent are told in one line."""
    keep_agent(sqlite_database, name="Ana Ionescu")
    keep_agent(sqlite_database, name="Ana Dumitru", telegram_user_id=8, chat_id=8)
    keep_agent(sqlite_database, name="Mihai", telegram_user_id=9, chat_id=9, status=AgentStatus.SUSPENDED)

    for name in ("Zoe", "ana", "Mihai", ""):
        assert run_import_customers(sqlite_database, contacts, name) == 2
        assert len(capsys.readouterr().err.splitlines()) == 1


def cards(count: int) -> bytes:
    """Cards of people who share nothing."""
    texts = (VCF.format(name=f"Client Nr{n}", phone=f"0722 {n // 1000:03} {n % 1000:03}") for n in range(1, count + 1))
    return "".join(texts).encode()


def test_a_long_file_goes_in_steps_that_are_one_turn(database: Database) -> None:
    """Turns come in between, everything is told once at the end, and one undo takes it all back."""
    agent = keep_agent(database)
    enqueue(database, agent, "contacts.vcf", cards(STEP + 7))
    confirm(database, agent, shown(database))
    counts = []
    while step(database):
        counts.append(len(portfolio(database, agent)))
        if len(counts) < 4:
            assert database.turns.waiting(skip=(), limit=2) == []

    assert counts == [STEP, STEP + 7, STEP + 7, STEP + 7]  # the last two: nothing more to do, the file back
    (entry,) = database.turns.waiting(skip=(), limit=2)
    assert (entry.payload["taken"], len(entry.payload["rows"])) == (STEP + 7, STEP + 7)
    with database.command_unit("undo") as unit:
        unit.actor_id = agent.id
        unit.undo(entry.id)
    assert portfolio(database, agent) == []


def test_a_step_that_fails_is_done_again_and_nothing_twice(database: Database) -> None:
    """A server that dies in a step loses that step alone; the next claim goes on from there."""
    agent = keep_agent(database)
    enqueue(database, agent, "contacts.vcf", cards(STEP + 3))
    confirm(database, agent, shown(database))
    assert step(database)
    job = database.jobs.claim(["import_customers"], lease_seconds=60)
    assert job is not None
    with pytest.raises(ZeroDivisionError):
        run_step(database, job, fail=True)
    assert failures(job) == 1
    database.jobs.postpone(job.id, seconds=0, error="ZeroDivisionError")

    fact = shown(database)

    assert fact["taken"] == STEP + 3
    assert len(portfolio(database, agent)) == STEP + 3


def test_a_long_file_that_is_given_up_says_so(database: Database) -> None:
    """The chat hears of it although earlier steps have been kept, and no file stays behind."""
    agent = keep_agent(database)
    enqueue(database, agent, "contacts.vcf", cards(STEP + 3))
    confirm(database, agent, shown(database))
    assert step(database)
    job = database.jobs.claim(["import_customers"], lease_seconds=60)
    assert job is not None
    database.jobs.give_up(job.id, error="never_ended", result={"kind": "import_customers", "failed": True})

    (entry,) = database.turns.waiting(skip=(), limit=2)
    assert entry.payload["failed"] is True
    assert kept_files(database) == []


def test_rows_that_stood_against_others_are_tried_again(database: Database) -> None:
    """A row refused in an early step fits a customer that the last one has brought; what never fits is told so."""
    ana, mihai = keep_agent(database), keep_agent(database, name="Mihai Pop", telegram_user_id=8, chat_id=8)
    keep(database, make_customer(phones=("+40733123456", "+40733123457"), owner_id=mihai.id))
    two = VCF.format(name="Ion", phone="0733 123 456").replace("END", "TEL:0744 123 456\nEND")
    first, last = two + VCF.format(name="Dan", phone="0733 123 457"), VCF.format(name="Ion", phone="0744 123 456")
    enqueue(database, ana, "contacts.vcf", first.encode() + cards(STEP) + last.encode())

    fact = work(database, ana)

    assert (fact["taken"], fact["merged"], fact["refused"]) == (STEP + 1, 1, 1)
    assert (fact["rows"][0]["row"], fact["rows"][0]["values"]) == (2, {"owner": "Mihai Pop"})
    assert ("Ion", ["+40744123456"]) in [entry[:2] for entry in portfolio(database, ana)]
