"""The chat goes on when the NLU server is down; what is unreadable or sent again does no harm."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.understanding.keywords import keyword_parse
from storage.tables import business, queues
from tests.e2e.bot_process import BotProcess, Phones, arrange, open_database
from tests.e2e.sandbox_process import SandboxProcess

pytestmark = pytest.mark.e2e

ANA, MIHAI, STRANGER = 1001, 1002, 1999
ODD = "the quick brown fox"  # what no keyword knows; the model of this test takes it for the agenda


class FakeNlu:
    """Speaks the NLU server's protocol on one port, and can be ended and started again there."""

    def __init__(self) -> None:
        self._server: ThreadingHTTPServer | None = None
        self.port = 0
        self.start()

    @property
    def url(self) -> str:
        """Its address, the same after each start."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Serve."""
        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), _Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        """End; the port refuses connections."""
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server = None


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        """One parse a text."""
        texts = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["text"]
        body = json.dumps([self._parse(text) for text in texts]).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    @staticmethod
    def _parse(text: str) -> dict[str, Any]:
        name = "show_agenda" if text == ODD else keyword_parse(text).intent
        intent = {"name": name, "confidence": 0.98}
        return {"text": text, "intent": intent, "intent_ranking": [intent], "entities": []}

    def log_message(self, *_: Any) -> None:
        """Keep the test's output clean."""


@pytest.fixture
def nlu() -> Iterator[FakeNlu]:
    """A model of the test's own."""
    server = FakeNlu()
    yield server
    server.stop()


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """Two agents with a client each."""
    arrange(tmp_path / "data", {ANA: "Ana Ionescu", MIHAI: "Mihai Radu"})
    return tmp_path / "data"


@pytest.fixture
def phones(sandbox_server: SandboxProcess, data_dir: Path, nlu: FakeNlu) -> Iterator[Phones]:
    """Phones with the bot behind them."""
    bot = BotProcess(data_dir, sandbox_server.url, nlu_url=nlu.url)
    bot.start()
    phones = Phones(sandbox_server.url)
    yield phones
    phones.close()
    bot.stop()


def wait_for(found: Callable[[], bool], seconds: float) -> float:
    """Wait until it is so; returns how long that took, fails after `seconds`."""
    begun = time.monotonic()
    while not found():
        assert time.monotonic() - begun < seconds, f"not within {seconds} s"
        time.sleep(0.02)
    return time.monotonic() - begun


def answer(phones: Phones, person: int, text: str, seconds: float = 15) -> str:
    """Write, and wait for the next text of the bot's."""
    before = len(phones.heard(person))
    phones.say(person, text)
    wait_for(lambda: len(phones.heard(person)) > before, seconds)
    return phones.heard(person)[before]


def test_nlu_stopped_and_back(phones: Phones, nlu: FakeNlu) -> None:
    """Without the server commands and plain sentences work within 2 s; within 10 s of its return it is used again."""
    assert "Nothing planned." in answer(phones, ANA, ODD, seconds=30)
    nlu.stop()
    assert answer(phones, ANA, ODD, seconds=2).startswith("I can only read simple sentences at the moment.")
    assert "Nothing planned." in answer(phones, ANA, "/agenda", seconds=2)
    time.sleep(1)  # Telegram takes one message a second in a chat
    assert answer(phones, ANA, "note on Popescu: likes red", seconds=2).startswith("Noted on Ion Popescu")
    nlu.start()
    begun = time.monotonic()
    while not answer(phones, ANA, ODD).endswith("Nothing planned."):
        assert time.monotonic() - begun < 10
        time.sleep(0.5)


def test_the_same_update_ten_times(phones: Phones, data_dir: Path) -> None:
    """Delivered ten times, in batches of their own and in one, an update has one effect and one answer."""
    answer(phones, ANA, "/agenda", seconds=30)
    for number, together in enumerate((False, True)):
        phones.fault("duplicate", times=10, together=together)
        answer(phones, ANA, f"note on Popescu: only once {number}")
        answer(phones, ANA, "/agenda")
    database = open_database(data_dir)
    with database.engine.connect() as connection:
        assert sorted(connection.scalars(sa.select(business.notes.c.text))) == ["only once 0", "only once 1"]
    database.close()
    noted = [text for text in phones.heard(ANA) if text.startswith("Noted")]
    assert len(noted) == 2


def test_an_unreadable_update_delays_nobody(phones: Phones, data_dir: Path) -> None:
    """Whatever stands in the queue before it, a message is answered; restarted update ids do not matter either."""
    answer(phones, ANA, "/agenda", seconds=30)
    user = {"id": ANA, "is_bot": False, "first_name": "Ana"}
    for raw in (
        {"message": "no message"},
        {"message": {"from": user, "chat": {"id": ANA, "type": "private"}}},
        {"message": {"message_id": "x", "date": "y", "from": user, "chat": {"id": ANA, "type": "private"}}},
        {"callback_query": {"id": 5, "from": {"id": "seven"}}},
        {"message": {"from": {"id": 2**80}, "chat": {"id": -(2**80)}, "text": "x", "date": 1, "message_id": 1}},
        {"edited_message": None},
        {"something_new": {"from": user}},
        {},
    ):
        phones.fault("raw-update", **raw)
    assert "Nothing planned." in answer(phones, ANA, "/agenda", seconds=3)
    assert "Nothing planned." in answer(phones, MIHAI, "/agenda", seconds=3)
    phones.fault("restart-update-ids", next=1)
    assert answer(phones, MIHAI, "note on Popescu: after the restart", seconds=3).startswith("Noted")
    database = open_database(data_dir)
    with database.engine.connect() as connection:
        wait_for(lambda: not connection.scalar(pending()) or bool(connection.rollback()), 10)
    database.close()


def pending() -> sa.Select[tuple[int]]:
    """How many entries still wait."""
    return sa.select(sa.func.count()).where(queues.inbox.c.state == "pending")


def test_a_stranger_writes_nothing(phones: Phones, data_dir: Path) -> None:
    """A stranger gets the polite line, and the business is as it was."""
    database = open_database(data_dir)
    with database.engine.connect() as connection:
        before = [connection.execute(sa.select(table)).all() for table in business.AUDITED]
    assert "echipa de vânzări a dealerului" in answer(phones, STRANGER, "note on Popescu: x", seconds=30)
    with database.engine.connect() as connection:
        assert [connection.execute(sa.select(table)).all() for table in business.AUDITED] == before
    database.close()
