"""The bot as its own process against a sandbox, to be killed and started again, and phones over plain HTTP."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx

from domain.ports import Defaults
from presales.clocks import SystemClock
from presales.wiring import LegalHolidays
from storage.database import Database
from tests.factories import keep, make_agent, make_customer

ROOT = Path(__file__).parents[2]
NOBODY_LISTENS = "http://127.0.0.1:9"  # so that the keyword grammar answers, at once


def environment(data_dir: Path, **values: str) -> dict[str, str]:
    """The settings of a process of ours, and none of whoever runs the tests."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("PRESALES_")}
    return ours | {"PRESALES_DATA_DIR": str(data_dir), "PRESALES_NLU_URL": NOBODY_LISTENS} | values


def open_database(data_dir: Path) -> Database:
    """The database that the process works on."""
    url = f"sqlite:///{data_dir / 'presales.db'}"
    return Database(url, clock=SystemClock(), defaults=Defaults(), holidays=LegalHolidays("RO"))


class BotProcess:
    """`presales bot`; what it logs is kept beside its data."""

    def __init__(self, data_dir: Path, telegram_url: str, *, nlu_url: str = NOBODY_LISTENS) -> None:
        self._log = data_dir / "bot.log"
        self._environment = environment(
            data_dir,
            PRESALES_TELEGRAM_TOKEN="42:sandbox",
            PRESALES_TELEGRAM_API_URL=telegram_url,
            PRESALES_NLU_URL=nlu_url,
        )
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; it answers when it is ready."""
        with self._log.open("a") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "presales.main", "bot"], cwd=ROOT, env=self._environment, stderr=log, stdout=log
            )

    def kill(self) -> None:
        """Kill it without a warning."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End it as an operator does."""
        self._end(signal.SIGTERM)

    def log(self) -> str:
        """What it has said."""
        return self._log.read_text() if self._log.exists() else ""

    def _end(self, number: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.send_signal(number)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


class Phones:
    """The sandbox's phones over their JSON API."""

    def __init__(self, url: str) -> None:
        self._http = httpx.Client(base_url=f"{url}/phone/api", timeout=20, trust_env=False)
        self._root = httpx.Client(base_url=url, timeout=20, trust_env=False)

    def close(self) -> None:
        """Give the connections back."""
        self._http.close()
        self._root.close()

    def add(self, person: int, name: str) -> None:
        """A person with a phone."""
        self._http.post("/people", json={"id": person, "name": name}).raise_for_status()

    def say(self, person: int, text: str) -> None:
        """Write a text to the bot."""
        self._http.post(f"/people/{person}/text", json={"text": text}).raise_for_status()

    def heard(self, person: int) -> list[str]:
        """The bot's texts on this phone, oldest first."""
        answer = self._http.get(f"/people/{person}/messages", params={"limit": 5000}).raise_for_status().json()
        return [one["text"] or "" for one in answer["messages"] if one["from"] == "bot"]

    def fault(self, path: str, **content: Any) -> None:
        """Ask the sandbox for a fault."""
        self._root.post(f"/faults/{path}".rstrip("/"), json=content).raise_for_status()


def arrange(data_dir: Path, people: dict[int, str]) -> None:
    """A migrated database in which each of these people is an agent with one client, Ion Popescu."""
    data_dir.mkdir(parents=True, exist_ok=True)
    database = open_database(data_dir)
    database.migrate()
    for person, name in people.items():
        agent = make_agent(name=name, telegram_user_id=person, chat_id=person)
        keep(database, agent)
        keep(database, make_customer(owner_id=agent.id))
    database.close()


def numbers(texts: list[str], pattern: str) -> list[int]:
    """The numbers that the pattern's first group finds in these texts."""
    return [int(found) for text in texts for found in re.findall(pattern, text)]
