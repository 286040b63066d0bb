"""`presales import customers`: what it prints before, what it writes beside the file, and whose the rows become."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from domain.team import Agent, Role
from presales.import_customers import run_import_customers
from storage.database import Database
from storage.tables import business as b
from tests.factories import keep, keep_agent, make_customer

TABLE = """Nume;Telefon;Localitate;Agent;Cod
Ion Popescu;0722 123 456;Iași;Mihai Pop;K7
Maria Rus;12;Cluj;Nimeni Altul;
;;Arad;;
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A table of three rows."""
    path = tmp_path / "clients.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


@pytest.fixture
def mihai(sqlite_database: Database) -> Agent:
    """An agent."""
    return keep_agent(sqlite_database, name="Mihai Pop", telegram_user_id=8, chat_id=8)


def owners(database: Database) -> dict[str, int | None]:
    """Whose each customer is."""
    with database.engine.connect() as connection:
        rows = connection.execute(sa.select(b.customers.c.name, b.customers.c.owner_id))
        return {row.name: row.owner_id for row in rows}


def test_a_dry_run_takes_nothing(
    sqlite_database: Database, file: Path, mihai: Agent, capsys: pytest.CaptureFixture[str]
) -> None:
    """It prints what the chat shows, and writes nothing: no customer, no file."""
    keep_agent(sqlite_database, name="Ana Ionescu")

    assert run_import_customers(sqlite_database, file, "Ana", dry_run=True) == 0
    lines = capsys.readouterr().out.splitlines()

    assert lines == [
        "clients.csv: 3 rows. Nothing is taken yet.",
        "Read as UTF-8, cells parted by: semicolon.",
        "Recognised: Nume → name, Telefon → phone, Localitate → town, Agent → owner.",
        "Not recognised, each kept as a line of the note: Cod.",
        "1 × refused: neither a name nor a phone",
        "1 × a word stood in place of a number, left out",
        "The first ones:",
        "2. Ion Popescu · 0722 123 456 · Iași · Cod: K7",
        "3. Maria Rus · 12 · Cluj",
        "The owners in the file don't count: all become clients of Ana Ionescu, who is no director.",
    ]
    assert owners(sqlite_database) == {}
    assert [path.name for path in file.parent.iterdir() if path.suffix == ".csv"] == ["clients.csv"]


def test_a_director_imports_to_owners(
    sqlite_database: Database, file: Path, mihai: Agent, capsys: pytest.CaptureFixture[str]
) -> None:
    """Named agents get their rows; a name that nobody bears leaves them with the director, and says so."""
    elena = keep_agent(sqlite_database, name="Elena Stan", role=Role.DIRECTOR)

    assert run_import_customers(sqlite_database, file, "Elena", dry_run=True) == 0
    shown = capsys.readouterr().out.splitlines()
    assert run_import_customers(sqlite_database, file, "Elena") == 0
    told = capsys.readouterr().out.splitlines()

    assert shown[-1] == "Owners: Mihai Pop → Mihai Pop: 1, Nimeni Altul → Elena Stan: 1."
    assert owners(sqlite_database) == {"Ion Popescu": mihai.id, "Maria Rus": elena.id}
    assert "no agent of ours has the owner's name" in told[1]


def test_an_agents_file_names_nobody_else(sqlite_database: Database, file: Path, mihai: Agent) -> None:
    """An agent cannot give customers to others."""
    ana = keep_agent(sqlite_database, name="Ana Ionescu")
    run_import_customers(sqlite_database, file, "Ana")

    assert set(owners(sqlite_database).values()) == {ana.id}


def test_the_result_stands_beside_the_file(sqlite_database: Database, file: Path, mihai: Agent) -> None:
    """Under a name of its own, each time, or where it was asked for."""
    other = file.with_name("there.csv")
    run_import_customers(sqlite_database, file, "Mihai")
    run_import_customers(sqlite_database, file, "Mihai")
    run_import_customers(sqlite_database, file, "Mihai", result=other)

    first, second = (
        file.with_name(name).read_text("utf-8-sig") for name in ("clients-result.csv", "clients-result-2.csv")
    )
    assert first.splitlines()[1:] == [
        "Ion Popescu;0722 123 456;Iași;Mihai Pop;K7;added;added",
        'Maria Rus;12;Cluj;Nimeni Altul;;added;"added; a word stood in place of a number, left out"',
        ";;Arad;;;refused;refused: neither a name nor a phone",
    ]
    assert second.splitlines()[1].endswith(";known;already known, nothing new")
    assert other.read_text("utf-8-sig") == second


def test_no_place_for_the_result(
    sqlite_database: Database, file: Path, mihai: Agent, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is told before anything is taken."""
    nowhere = file.parent / "no" / "where.csv"

    assert run_import_customers(sqlite_database, file, "Mihai", result=nowhere) == 2
    assert "--result" in capsys.readouterr().err
    assert owners(sqlite_database) == {}


def test_rows_that_a_later_row_settles(
    sqlite_database: Database, tmp_path: Path, mihai: Agent, capsys: pytest.CaptureFixture[str]
) -> None:
    """A row that stood against another agent's number fits a customer that a step much later brings."""
    ana = keep_agent(sqlite_database, name="Ana Ionescu")
    keep(sqlite_database, make_customer(phones=("+40733123456",), owner_id=mihai.id))
    rows = ["Name;Phone", "Ion;0733123456, 0744123456", "Dan;0733123456", *(f"X{n:c}y;" for n in range(97, 123))]
    rows += [f"Z{n:c}{m:c};" for n in range(97, 123) for m in range(97, 100)]
    path = tmp_path / "c.csv"
    path.write_text("\n".join([*rows, "Ion;0744123456"]))

    assert run_import_customers(sqlite_database, path, "Ana") == 0
    told = capsys.readouterr().out.splitlines()

    assert told[0].startswith("2. Ion: already known, nothing new")
    assert told[1] == "3. Dan: refused: with Mihai Pop, ask the director"
    assert owners(sqlite_database)["Ion"] == ana.id
