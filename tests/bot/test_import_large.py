"""Ten thousand rows, 8% of them faulty: all good ones in, each faulty one told with its reason, the chat answering meanwhile."""

import asyncio
import csv
import io

import sqlalchemy as sa

from bot.flows.import_customers import ROWS_SHOWN
from storage.database import Database
from storage.tables import business as b
from tests.bot.chat_driver import ChatDriver, words
from tests.bot.conftest import ANA
from tests.bot.scripted import ScriptedUnderstander, act
from tests.customer_files import csv_file, faulty
from tests.import_jobs import step
from texts.catalog import Texts

ROWS = 10_000
FILE = {"file_id": "f1", "file_unique_id": "u1", "file_size": 500, "file_name": "clienti.csv"}


def test_ten_thousand_rows(sqlite_database: Database, runner: asyncio.Runner) -> None:
    """Between two steps of the import a message is answered at once, and what it adds stands beside what the file adds."""
    driver = ChatDriver(sqlite_database, ScriptedUnderstander(), runner)
    ana = driver.person(ANA).joined(name="Ana Ionescu")
    ana.client("Zorro")
    driver.telegram.files["f1"] = csv_file(ROWS)
    ana.message(document=FILE)
    assert step(sqlite_database)
    driver.settle()
    wrong = faulty(ROWS)
    good = ROWS - len(wrong)
    assert (len(wrong), ana.last.labels[0]) == (800, f"Import {good} rows")

    ana.press("Import")
    steps = 0
    while step(sqlite_database):
        steps += 1
        if steps % 50 == 1:
            said = ana.say(f"note {steps}", act("add_note", client="Zorro", note=f"fact {steps}"))
            assert "Zorro" in said
    driver.settle()

    assert steps > 200
    told = ana.last.text.splitlines()
    assert told[0] == words("import.done", taken=good, merged=0, refused=len(wrong))
    assert told[-1] == f"… and {len(wrong) - ROWS_SHOWN} more."
    reasons = [Texts("en").t(f"import.reason.{code}").unescape() for code in wrong.values()]
    (_, content), *_ = driver.telegram.documents[ana.id]
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert len(rows) == ROWS + 1
    refused = {number: row[-1] for number, row in enumerate(rows, start=1) if row[-2] == "refused"}
    assert refused == dict(zip(wrong, reasons, strict=True))
    assert [row[-2] for row in rows].count("added") == good
    with sqlite_database.engine.connect() as connection:
        phones = list(connection.scalars(sa.select(b.customer_phones.c.e164)))
        notes = list(connection.scalars(sa.select(b.notes.c.text)))
        customers = connection.scalar(sa.select(sa.func.count()).select_from(b.customers))
    expected = [f"+40722{number // 1000:03}{number % 1000:03}" for number in range(ROWS) if number + 2 not in wrong]
    assert sorted(phones) == expected
    own = [f"client {n}" for n in range(0, ROWS, 4) if n + 2 not in wrong]
    assert sorted(notes) == sorted([*own, *(f"fact {n}" for n in range(1, steps + 1, 50))])
    assert customers == good + 1
