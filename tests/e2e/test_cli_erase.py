"""`presales export` and `presales erase`: one customer, found as people name one, given out or erased for good."""

import json
from pathlib import Path

import pytest

from domain.customers import Customer
from tests.e2e.bot_process import open_database
from tests.e2e.test_cli import WRONG, presales
from tests.factories import keep, keep_agent, make_customer, make_note

pytestmark = pytest.mark.e2e


@pytest.fixture
def customer(tmp_path: Path) -> Customer:
    """A customer of Ana's, and a namesake of Mihai's."""
    database = open_database(tmp_path)
    database.migrate()
    ana = keep_agent(database)
    mihai = keep_agent(database, name="Mihai Radu", telegram_user_id=8)
    one = make_customer(name="Ion Țuțuianu", owner_id=ana.id, phones=("+40722123456",), emails=("ion@x.ro",))
    keep(
        database,
        one,
        make_customer(name="Dan Stoica", owner_id=ana.id),
        make_customer(name="Dan Stoica", owner_id=mihai.id),
    )
    keep(database, make_note(customer_id=one.id, author_id=ana.id, text="Likes red"))
    database.close()
    return one


@pytest.mark.parametrize("typed", ["#1", "1", "0722 123 456", "ION@x.ro", "tutuianu"])
def test_export(tmp_path: Path, customer: Customer, typed: str) -> None:
    """By number, phone, e-mail or name: JSON on standard output."""
    done = presales(tmp_path, "export", typed)
    assert done.returncode == 0, done.stderr
    exported = json.loads(done.stdout)
    assert exported["customer"]["name"] == "Ion Țuțuianu"
    assert exported["notes"][0]["text"] == "Likes red"


def test_who_is_meant(tmp_path: Path, customer: Customer) -> None:
    """Several are listed by their numbers, and told apart by their agent; nobody is a clear line."""
    several = presales(tmp_path, "export", "Dan Stoica")
    assert several.returncode == WRONG
    assert "#2" in several.stderr
    assert "#3" in several.stderr
    assert json.loads(presales(tmp_path, "export", "Dan Stoica", "--agent", "mihai").stdout)["owner"] == "Mihai Radu"
    nobody = presales(tmp_path, "erase", "Vlad Nobody", "--yes")
    assert nobody.returncode == WRONG
    assert "no customer" in nobody.stderr


def test_erase_asks(tmp_path: Path, customer: Customer) -> None:
    """Another word than the name leaves everything as it is."""
    done = presales(tmp_path, "erase", "#1", given="yes\n")
    assert done.returncode == 1
    assert json.loads(presales(tmp_path, "export", "#1").stdout)["customer"]["name"] == "Ion Țuțuianu"


@pytest.mark.parametrize(("arguments", "given"), [(("--yes",), None), ((), "ion tutuianu\n")])
def test_erase(tmp_path: Path, customer: Customer, arguments: tuple[str, ...], given: str | None) -> None:
    """With --yes, or the name typed: nothing is left in the file, and asking again finds nobody."""
    done = presales(tmp_path, "erase", "#1", *arguments, given=given)
    assert done.returncode == 0, done.stderr
    data = b"".join(path.read_bytes() for path in tmp_path.glob("*.db*"))
    assert [mark for mark in ("Țuțuianu", "tutuianu", "+40722123456", "Likes red") if mark.encode() in data] == []
    assert presales(tmp_path, "export", "#1").returncode == WRONG
