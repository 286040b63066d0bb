"""`presales import opportunities`: each row taken whole, known already or refused; ten thousand and the reports agree."""

import csv
import io
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from actions.importing.deals import read_deals
from actions.importing.errors import ImportFileError
from actions.report_json import report_json
from domain.importing.deals import DealImport
from domain.reports.make import make_report
from domain.reports.request import ReportRequest
from domain.team import Agent, Role
from presales import import_opportunities as command
from presales.import_opportunities import REFUSED_FILE, WRONG_ARGUMENT, run_import_opportunities
from storage.database import Database
from storage.tables import business as t
from tests.factories import keep_agent
from tests.reports.conftest import rows, table
from tests.reports.deal_files import DealTable, deal_table, value_of

TAKEN, KNOWN = "added", "known"
LONG = {"first": date(2024, 1, 1), "last": date(2026, 2, 11)}


@pytest.fixture(autouse=True)
def no_breath(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody else writes in these tests."""
    monkeypatch.setattr(command, "BREATH_SECONDS", 0)


def written(path: Path, made: DealTable, **how: Any) -> Path:
    """The file."""
    path.write_bytes(made.csv(**how))
    return path


def counted(database: Database) -> dict[str, int]:
    """How many rows of each table."""
    with database.engine.connect() as connection:
        return {
            one.name: len(connection.execute(one.select()).all())
            for one in (t.agents, t.customers, t.opportunities, t.stage_changes)
        }


def fates(path: Path) -> list[list[str]]:
    """The last two columns of the file given back."""
    found = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    return [row[-2:] for row in found[1:]]


def as_director(database: Database, name: str, **said: Any) -> dict[str, Any]:
    """A report of everybody's."""
    with database.look() as unit:
        reader = Agent(name="Elena", role=Role.DIRECTOR)
        return report_json(make_report(unit, reader, ReportRequest(name, **{**LONG, **said})))


def total(found: dict[str, Any], code: str, column: str) -> Decimal:
    """The sum of a column's amounts over the rows of a table."""
    return sum((Decimal(row[column]["amount"]) for row in rows(table(found, code)) if row[column]), Decimal(0))


def count(found: dict[str, Any], code: str, column: str) -> int:
    """The sum of a column's numbers."""
    return sum(row[column] for row in rows(table(found, code)))


def test_ten_thousand_deals_and_every_report_agrees(sqlite_database: Database, tmp_path: Path) -> None:
    """Every report's sums equal the file's."""
    made = deal_table(10_000)
    path = written(tmp_path / "deals.csv", made)

    assert run_import_opportunities(sqlite_database, path) == 0

    assert counted(sqlite_database)["opportunities"] == 10_000
    won, lost, still_open = made.of("Won"), made.of("Lost"), made.of("Engaging", "Prospecting")
    deals = as_director(sqlite_database, "agent_opportunities")
    assert total(deals, "opportunities", "value") == value_of(made.rows)
    by_agent = Counter(row["sales_agent"] for row in made.rows)
    assert Counter(row["agent"] for row in rows(table(deals, "opportunities"))) == by_agent

    plan = as_director(sqlite_database, "sales_plan", group_by="client")
    assert total(plan, "plan", "won") == total(plan, "plan", "of_it_ordered") == value_of(won)
    assert count(plan, "plan", "won_deals") == len(won)
    assert total(plan, "undated", "value") == value_of(still_open)

    sources = as_director(sqlite_database, "opportunities_by_source")
    assert count(sources, "all_agents", "deals") == count(sources, "each_agent", "deals") == 10_000
    assert total(sources, "all_agents", "won") == value_of(won)
    assert count(sources, "all_agents", "lost_deals") == len(lost)

    acquired = as_director(sqlite_database, "client_acquisition")
    assert count(acquired, "all_agents", "sales") == count(acquired, "each_agent", "sales") == len(won)
    assert total(acquired, "all_agents", "sales_value") == value_of(won)
    assert count(acquired, "all_agents", "new_customers") == len({row["account"] for row in made.rows})

    stages = as_director(sqlite_database, "opportunity_stage")
    assert count(stages, "standing", "deals") == len(still_open)
    assert total(stages, "standing", "value") == value_of(still_open)
    assert count(stages, "moves", "entered") == 10_000
    assert count(stages, "moves", "lost") == len(lost)
    assert count(stages, "moves", "went_on") == len(won)

    losses = as_director(sqlite_database, "loss_reasons")
    for code in ("lost_by_reason", "lost_by_competitor", "lost_by_model"):
        assert count(losses, code, "deals") == len(lost)
    models = Counter(row["product"] for row in lost)
    assert {row["model"]: row["deals"] for row in rows(table(losses, "lost_by_model"))} == models

    forecast = as_director(sqlite_database, "forecast", first=date(2024, 10, 1), last=date(2026, 2, 11))
    assert total(forecast, "months", "won") == value_of(won)
    assert total(forecast, "each_agent", "won") == value_of(won)

    inactive = as_director(sqlite_database, "inactive_clients", first=date(2026, 2, 10), last=date(2026, 2, 11))
    assert total(inactive, "inactive", "open_value") == value_of(still_open)
    assert count(inactive, "inactive", "open_deals") == len(still_open)


def test_the_same_file_twice_adds_nothing(database: Database, tmp_path: Path) -> None:
    """Also where two of its rows are alike: both are kept, and both are known the second time."""
    made = deal_table(60)
    made.rows.append(dict(made.rows[0]))
    path = written(tmp_path / "deals.csv", made)

    assert run_import_opportunities(database, path, result=tmp_path / "first.csv") == 0
    before = counted(database)
    assert before["opportunities"] == 61
    assert run_import_opportunities(database, path, result=tmp_path / "second.csv") == 0

    assert counted(database) == before
    assert {status for status, _ in fates(tmp_path / "second.csv")} == {KNOWN}


def test_a_killed_import_goes_on(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was taken before the kill is known afterwards, and the rest is taken."""
    monkeypatch.setattr(command, "STEP", 20)
    made = deal_table(70)
    path = written(tmp_path / "deals.csv", made)
    steps = iter((None, None, KeyboardInterrupt()))

    def killed(_seconds: float) -> None:
        if error := next(steps):
            raise error

    monkeypatch.setattr("presales.import_opportunities.time.sleep", killed)
    with pytest.raises(KeyboardInterrupt):
        run_import_opportunities(database, path, result=tmp_path / "first.csv")
    assert counted(database)["opportunities"] == 60

    monkeypatch.setattr("presales.import_opportunities.time.sleep", lambda _seconds: None)
    assert run_import_opportunities(database, path, result=tmp_path / "second.csv") == 0
    assert counted(database)["opportunities"] == 70
    assert Counter(status for status, _ in fates(tmp_path / "second.csv")) == {KNOWN: 60, TAKEN: 10}


WRONG = [
    ({"account": ""}, "no client is named"),
    ({"sales_agent": "", "manager": ""}, "no agent is named"),
    ({"deal_stage": ""}, "no stage is given"),
    ({"deal_stage": "Somewhere"}, "the stage is not known"),
    ({"engage_date": "soon"}, "a date cannot be read; write it as 2026-11-24"),
    ({"close_value": "much"}, "the value is no amount"),
    ({"close_value": "-5"}, "the value is no amount"),
    ({"deal_stage": "Won", "close_date": ""}, "a won or lost deal needs its close date"),
    ({"deal_stage": "Won", "close_date": "2024-01-01"}, "the deal closes before it begins"),
    ({"deal_stage": "Won", "close_date": "2027-01-01"}, "a day that is past lies in the future"),
]


@pytest.mark.parametrize(("change", "why"), WRONG)
def test_a_wrong_row_is_refused_alone(
    sqlite_database: Database, tmp_path: Path, change: dict[str, str], why: str
) -> None:
    """Its reason stands in the file given back, nothing of it is kept, and its neighbours are taken."""
    made = deal_table(3)
    made.rows[1] |= change
    path = written(tmp_path / "deals.csv", made)

    assert run_import_opportunities(sqlite_database, path, result=tmp_path / "told.csv") == 0

    assert fates(tmp_path / "told.csv")[1] == ["refused", why]
    assert counted(sqlite_database)["opportunities"] == 2
    assert counted(sqlite_database)["stage_changes"] == sum(
        1 + (row["deal_stage"] in {"Won", "Lost"}) for row in made.rows[::2]
    )


def test_a_manager_stands_in_where_no_agent_is_named(sqlite_database: Database, tmp_path: Path) -> None:
    """The deal is the manager's."""
    made = deal_table(1)
    made.rows[0]["sales_agent"] = ""

    assert run_import_opportunities(sqlite_database, written(tmp_path / "deals.csv", made)) == 0

    with sqlite_database.look() as unit:
        assert [agent.name for agent in unit.team.all()] == [made.rows[0]["manager"]]


def test_known_agents_alone(sqlite_database: Database, tmp_path: Path) -> None:
    """Where nobody is to be added, a row of a stranger is refused."""
    keep_agent(sqlite_database, name="Popa Agent 01")  # the words in whichever order
    made = deal_table(2)
    made.rows[0]["sales_agent"], made.rows[1]["sales_agent"] = "Agent 01 Popa", "Zorro"

    wanted = DealImport(known_agents=True)
    path = written(tmp_path / "deals.csv", made)
    assert run_import_opportunities(sqlite_database, path, wanted=wanted, result=tmp_path / "told.csv") == 0

    assert [status for status, _ in fates(tmp_path / "told.csv")] == [TAKEN, "refused"]
    assert counted(sqlite_database)["agents"] == 1


def test_rows_without_a_client_can_be_given_one(sqlite_database: Database, tmp_path: Path) -> None:
    """By name, where the person says so."""
    made = deal_table(2)
    made.rows[0]["account"] = ""

    path = written(tmp_path / "deals.csv", made)
    assert run_import_opportunities(sqlite_database, path, wanted=DealImport(unnamed="Walk-in customers")) == 0

    assert counted(sqlite_database)["opportunities"] == 2


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_romanian_headings_are_recognised(delimiter: str) -> None:
    """Whatever stands between the cells."""
    headings = {
        "sales_agent": "Agent de vânzări",
        "account": "Nume client",
        "product": "Produs",
        "deal_stage": "Stadiul",
        "engage_date": "Data deschiderii",
        "close_date": "Data închiderii",
        "close_value": "Valoare",
    }

    file = read_deals("d.csv", deal_table(3).csv(delimiter=delimiter, headings=headings))

    assert set(file.columns) == {"agent", "account", "product", "stage", "engaged", "closes", "value", "manager"}


def test_unknown_headings_can_be_mapped(sqlite_database: Database, tmp_path: Path) -> None:
    """A table whose headings nobody knows is refused with what is missing, and read once they are named."""
    made = deal_table(5)
    path = written(tmp_path / "deals.csv", made, headings={"sales_agent": "Wer", "deal_stage": "Wo"})

    assert run_import_opportunities(sqlite_database, path) == REFUSED_FILE
    assert counted(sqlite_database)["opportunities"] == 0
    assert run_import_opportunities(sqlite_database, path, mapped=["agent=Wer", "stage=Wo"]) == 0
    assert counted(sqlite_database)["opportunities"] == 5


def test_wrong_arguments(sqlite_database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each is one clear line."""
    path = written(tmp_path / "deals.csv", deal_table(1))

    assert run_import_opportunities(sqlite_database, path, mapped=["agent"]) == WRONG_ARGUMENT
    assert run_import_opportunities(sqlite_database, path, mapped=["shoe=Agent"]) == REFUSED_FILE
    assert run_import_opportunities(sqlite_database, tmp_path / "none.csv") == WRONG_ARGUMENT
    assert run_import_opportunities(sqlite_database, path, result=tmp_path / "no" / "x.csv") == WRONG_ARGUMENT
    assert capsys.readouterr().err.count("\n") == 4
    with pytest.raises(ImportFileError):
        read_deals("deals.pdf", b"x")


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("22000", "22000", ""),
        ("22,000.50", "22000.50", ""),
        ("22.000,50 lei", "22000.50", "RON"),
        ("€1,054", "1054", "EUR"),
        ("1054.5", "1054.5", ""),
        ("22 000", "22000", ""),
    ],
)
def test_amounts_as_programs_write_them(text: str, value: str, currency: str) -> None:
    """With either sign for thousands, and a currency beside them."""
    made = deal_table(1)
    made.rows[0]["close_value"] = text

    read = read_deals("d.csv", made.csv(delimiter=";")).candidates[0]

    assert (read.value, read.currency) == (Decimal(value), currency)
