"""`presales report`: each form, each refusal."""

import json
from datetime import date
from pathlib import Path

import pytest

from domain.team import Role
from presales.report import REFUSED, WRONG_ARGUMENT, ReportArguments, run_report
from presales.settings import Settings
from storage.database import Database
from tests.factories import keep, keep_agent, make_customer, make_opportunity


@pytest.fixture
def shop(sqlite_database: Database) -> Database:
    """Two agents, a deal of each, a director."""
    keep_agent(sqlite_database, name="Elena Stan", role=Role.DIRECTOR, telegram_user_id=1, chat_id=1)
    for number, name in enumerate(("Ana Ionescu", "Mihai Radu"), start=2):
        agent = keep_agent(sqlite_database, name=name, telegram_user_id=number, chat_id=number)
        customer = make_customer(name=f"Client of {name}", owner_id=agent.id, phones=(f"+4072200000{number}",))
        keep(sqlite_database, customer)
        keep(sqlite_database, make_opportunity(customer_id=customer.id, owner_id=agent.id, net=number * 10_000))
    return sqlite_database


def values(report: str) -> list[str]:
    """The amounts of the first table's rows."""
    table = next(block for block in json.loads(report)["blocks"] if "table" in block)
    return [row["value"]["amount"] for section in table["sections"] for row in section["rows"]]


def test_json_of_all_and_of_one(shop: Database, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a name everybody's, with one that agent's alone."""
    assert run_report(shop, Settings(), ReportArguments("agent_opportunities", form="json")) == 0
    assert values(capsys.readouterr().out) == ["20000.00", "30000.00"]

    assert run_report(shop, Settings(), ReportArguments("agent_opportunities", form="json", agent="Mihai")) == 0
    assert values(capsys.readouterr().out) == ["30000.00"]


def test_text_says_the_period_that_was_given(shop: Database, capsys: pytest.CaptureFixture[str]) -> None:
    """Days are heeded, and stand at the head."""
    asked = ReportArguments("agent_opportunities", first=date(2026, 1, 1), last=date(2026, 1, 31))

    assert run_report(shop, Settings(), asked) == 0
    said = capsys.readouterr().out
    assert "31 Jan 2026" in said
    assert "20,000" not in said


@pytest.mark.parametrize(("form", "begins"), [("pdf", b"%PDF"), ("xlsx", b"PK")])
def test_documents_are_written(shop: Database, tmp_path: Path, form: str, begins: bytes) -> None:
    """To the file that is named."""
    target = tmp_path / f"report.{form}"

    assert (
        run_report(shop, Settings(), ReportArguments("client_sheet", form=form, client="Ana Ionescu", out=target)) == 0
    )
    assert target.read_bytes().startswith(begins)


@pytest.mark.parametrize(
    ("asked", "status", "said"),
    [
        (ReportArguments("nothing"), WRONG_ARGUMENT, "opportunity_stage"),
        (ReportArguments("forecast", agent="Nobody"), WRONG_ARGUMENT, "Ana Ionescu, Elena Stan, Mihai Radu"),
        (ReportArguments("client_sheet"), WRONG_ARGUMENT, "--client"),
        (ReportArguments("client_sheet", client="Zorro"), WRONG_ARGUMENT, "Zorro"),
        (ReportArguments("forecast", source="moon"), WRONG_ARGUMENT, "website"),
        (ReportArguments("loss_reasons", first=date(2026, 2, 2), last=date(2026, 2, 1)), REFUSED, "before"),
        (ReportArguments("forecast", out=Path("/nowhere/x.txt")), WRONG_ARGUMENT, "cannot be written"),
    ],
    ids=lambda value: value.name if isinstance(value, ReportArguments) else "",
)
def test_refusals_are_one_line(
    shop: Database, capsys: pytest.CaptureFixture[str], *, asked: ReportArguments, status: int, said: str
) -> None:
    """Each says what is wrong and what there is."""
    assert run_report(shop, Settings(), asked) == status
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1


def test_many_contacts_are_noted_and_told(shop: Database, tmp_path: Path) -> None:
    """The command line too leaves a note, and the director hears."""
    keep(shop, *(make_customer(name=f"Client {n}", phones=(f"+4072211{n:04}",)) for n in range(20)))

    assert run_report(shop, Settings(), ReportArguments("phone_contacts", form="json", out=tmp_path / "x.json")) == 0

    assert [entry.payload for entry in shop.turns.waiting(skip=(), limit=5)] == [
        {"kind": "contacts_told", "agent": None, "report": "phone_contacts", "count": 22}
    ]
