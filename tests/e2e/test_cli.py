"""The command line: what is wrong is one clear line and a non-zero status; invitations join."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from presales.main import main
from tests.e2e.bot_process import ROOT, BotProcess, Phones, arrange, environment, open_database
from tests.e2e.sandbox_process import SandboxProcess

pytestmark = pytest.mark.e2e

WRONG = 2


def presales(
    data_dir: Path, *arguments: str, root: Path = ROOT, given: str | None = None, **settings: str
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(  # noqa: S603  our own command
        [sys.executable, "-m", "presales.main", *arguments],
        cwd=root,
        env=environment(data_dir, COLUMNS="200", **settings),
        input=given,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def refused(done: subprocess.CompletedProcess[str], *words: str) -> None:
    """One line on standard error with these words, nothing on standard output, and status 2."""
    assert done.returncode == WRONG, done.stderr
    [line] = done.stderr.strip().splitlines()
    assert line.startswith("presales: ")
    for word in words:
        assert word in line


SETTINGS = {
    "PRESALES_TELEGRAM_TOKEN": ("no token",),
    "PRESALES_TELEGRAM_API_URL": ("ftp://api.telegram.org", "http://127.0.0.1:port", "http://"),
    "PRESALES_DATABASE_URL": ("mysql://localhost/x",),
    "PRESALES_NLU_URL": ("localhost:5005", "http://127.0.0.1:99999", "http://127.0.0.1:5005,there"),
    "PRESALES_CATALOG_URL": ("catalog",),
    "PRESALES_SALES_URL": ("sales",),
    "PRESALES_TIMEZONE": ("Bucharest", "../etc/passwd"),
    "PRESALES_LANGUAGE": ("de",),
    "PRESALES_CURRENCY": ("euro",),
    "PRESALES_REGION": ("Romania",),
    "PRESALES_LOG_FORMAT": ("xml",),
    "PRESALES_SANDBOX_PORT": ("many", "0", "70000"),
}


@pytest.mark.parametrize("name", SETTINGS)
def test_a_wrong_setting_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """The one line says which setting, and nothing is started or made."""
    for given in SETTINGS[name]:
        monkeypatch.setenv("PRESALES_DATA_DIR", str(tmp_path / "data"))
        monkeypatch.setenv(name, given)
        monkeypatch.setattr(sys, "argv", ["presales", "migrate"])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        assert ended.value.code == WRONG
        assert printed.out == ""
        assert printed.err.startswith(f"presales: {name}: ")
        assert printed.err.count("\n") == 1
        assert not (tmp_path / "data").exists()


def test_a_wrong_setting_ends_the_process(tmp_path: Path) -> None:
    """The same from outside."""
    refused(presales(tmp_path / "data", "migrate", PRESALES_TIMEZONE="Bucharest"), "PRESALES_TIMEZONE")


def test_no_token(tmp_path: Path) -> None:
    """Without a token neither the bot nor the whole starts; the line says what to do."""
    for command in ("bot", "run"):
        refused(presales(tmp_path / "data", command), "PRESALES_TELEGRAM_TOKEN", "--sandbox")


def test_a_token_that_telegram_refuses(tmp_path: Path, sandbox_server: SandboxProcess) -> None:
    """A wrong token is told, not tried for ever."""
    phones = Phones(sandbox_server.url)
    phones.fault("", method="getMe", kind="bad_request", status=401, description="Unauthorized", count=0)
    phones.close()
    done = presales(
        tmp_path / "data",
        "bot",
        PRESALES_TELEGRAM_TOKEN="1:wrong",
        PRESALES_TELEGRAM_API_URL=sandbox_server.url,
    )
    assert done.returncode == WRONG
    assert "PRESALES_TELEGRAM_TOKEN: Telegram does not know this token" in done.stderr


def test_a_port_in_use(tmp_path: Path) -> None:
    """The sandbox's port is named, and the setting that changes it."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        for command in (("run", "--sandbox"), ("sandbox",)):
            done = presales(tmp_path / "data", *command, PRESALES_SANDBOX_PORT=port)
            refused(done, port, "PRESALES_SANDBOX_PORT")


@pytest.fixture(scope="module")
def bare_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program without its NLU environment."""
    root = tmp_path_factory.mktemp("bare")
    for package in ("presales", "domain", "storage", "texts", "actions", "bot", "sandbox"):
        shutil.copytree(ROOT / package, root / package, ignore=shutil.ignore_patterns("__pycache__"))
    return root


def test_no_nlu_environment(tmp_path: Path, bare_root: Path) -> None:
    """Where no NLU server is named and none can be started, the line says how to make one."""
    settings = {"PRESALES_NLU_URL": "", "PRESALES_TELEGRAM_TOKEN": "42:sandbox"}
    done = presales(tmp_path / "data", "bot", root=bare_root, **settings)
    refused(done, "the NLU environment is missing; run `make install`")
    done = presales(tmp_path / "data", "nlu", root=bare_root, **settings)
    refused(done, "the NLU environment is missing; run `make install`")
    done = presales(tmp_path / "data", "understand", "agenda", root=bare_root, **settings)
    assert done.returncode != 0
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only to root")
def test_a_data_directory_that_cannot_be_written(tmp_path: Path) -> None:
    """A read-only place is told."""
    tmp_path.chmod(0o500)
    done = presales(tmp_path / "data", "migrate")
    tmp_path.chmod(0o700)
    refused(done, "cannot")


def test_a_data_directory_that_is_a_file(tmp_path: Path) -> None:
    """What stands in the way is named."""
    (tmp_path / "data").write_text("in the way")
    for command in (("migrate",), ("scheduler",), ("invite", "--name", "Ana")):
        refused(presales(tmp_path / "data", *command), "PRESALES_DATA_DIR", str(tmp_path / "data"))


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("sqlite:////proc/nowhere/presales.db", "cannot be opened"),
        ("postgresql://nobody@127.0.0.1:9/none", "127.0.0.1"),
        ("sqlite:///", "must be a file"),
    ],
)
def test_a_database_that_cannot_be_used(tmp_path: Path, url: str, words: str) -> None:
    """A command that needs it says so in one line."""
    refused(presales(tmp_path / "data", "actions", PRESALES_DATABASE_URL=url), words)


def test_a_database_that_is_something_else(tmp_path: Path) -> None:
    """A file that is no database is left as it is."""
    (tmp_path / "presales.db").write_text("a letter, and a long one at that. " * 100)
    refused(presales(tmp_path, "migrate"), "not a SQLite database")
    assert (tmp_path / "presales.db").read_text().startswith("a letter")


def test_migrate_twice(tmp_path: Path) -> None:
    """The second time there is nothing to do."""
    for _ in range(2):
        done = presales(tmp_path / "data", "migrate")
        assert (done.returncode, done.stdout) == (0, "The database is up to date.\n")


def test_a_second_bot_on_one_database(tmp_path: Path, sandbox_server: SandboxProcess) -> None:
    """Telegram allows one poller: the second one says so and ends."""
    arrange(tmp_path / "data", {1001: "Ana Ionescu"})
    first = BotProcess(tmp_path / "data", sandbox_server.url)
    first.start()
    phones = Phones(sandbox_server.url)
    try:
        phones.say(1001, "/agenda")
        until(lambda: bool(phones.heard(1001)))
        settings = {"PRESALES_TELEGRAM_TOKEN": "42:sandbox", "PRESALES_TELEGRAM_API_URL": sandbox_server.url}
        done = presales(tmp_path / "data", "bot", **settings)
        assert done.returncode == WRONG
        assert "Another process already runs as 'bot-42'" in done.stderr
    finally:
        first.stop()
        phones.close()


def until(found: object, seconds: float = 30) -> None:
    """Wait until `found()` is true."""
    assert callable(found)
    deadline = time.monotonic() + seconds
    while not found():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.fixture
def joined(tmp_path: Path, sandbox_server: SandboxProcess) -> Iterator[tuple[Path, Phones]]:
    """A bot on an empty database, and phones."""
    data_dir = tmp_path / "data"
    arrange(data_dir, {})
    bot = BotProcess(data_dir, sandbox_server.url)
    bot.start()
    phones = Phones(sandbox_server.url)
    yield data_dir, phones
    phones.close()
    bot.stop()


def test_an_invitation_joins_once(joined: tuple[Path, Phones], sandbox_server: SandboxProcess) -> None:
    """The printed code, sent from a phone, makes its sender the invited person; a second phone is refused."""
    data_dir, phones = joined
    settings = {"PRESALES_TELEGRAM_TOKEN": "42:sandbox", "PRESALES_TELEGRAM_API_URL": sandbox_server.url}
    done = presales(data_dir, "invite", "--name", "Elena Stan", "--role", "director", **settings)
    assert done.returncode == 0
    code = done.stdout.split("/start ")[1].split()[0]
    assert f"https://t.me/presales_sandbox_bot?start={code}" in done.stdout
    phones.say(1003, f"/start {code}")
    until(lambda: bool(phones.heard(1003)))
    assert "Elena Stan" in phones.heard(1003)[0]
    phones.say(1999, f"/start {code}")
    until(lambda: bool(phones.heard(1999)))
    database = open_database(data_dir)
    with database.command_unit("look") as unit:
        assert [(agent.name, agent.role, agent.telegram_user_id) for agent in unit.team.all()] == [
            ("Elena Stan", "director", 1003)
        ]
    database.close()


def test_an_invitation_needs_a_name_and_a_role(tmp_path: Path) -> None:
    """An empty name and an unknown role make no code."""
    done = presales(tmp_path / "data", "invite", "--name", "  ")
    refused(done, "--name")
    assert presales(tmp_path / "data", "invite", "--name", "Ana", "--role", "boss").returncode == WRONG


def test_import_for_nobody(tmp_path: Path) -> None:
    """An agent whom nobody knows, and a file that is not there, are one line each."""
    arrange(tmp_path / "data", {1001: "Ana Ionescu"})
    cards = tmp_path / "cards.vcf"
    cards.write_text("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ion\r\nTEL:0722123456\r\nEND:VCARD\r\n")
    refused(
        presales(tmp_path / "data", "import", "customers", str(cards), "--agent", "Nobody"), "Nobody", "Ana Ionescu"
    )
    refused(presales(tmp_path / "data", "import", "customers", str(tmp_path / "no.vcf"), "--agent", "Ana"), "no.vcf")
    done = presales(tmp_path / "data", "import", "customers", str(cards), "--agent", "Ana")
    assert done.returncode == 0


def test_doctor_names_what_is_wrong(tmp_path: Path, sandbox_server: SandboxProcess) -> None:
    """A line a part; status 1 where one is wrong, and its line is all that is said."""
    done = presales(tmp_path / "data", "doctor")
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    parts = ["WRONG database", "WRONG NLU", "ok    Telegram", "ok    Catalog", "ok    Sales"]
    assert [line.split(":")[0] for line in lines] == parts
    assert done.stderr == ""
    arrange(tmp_path / "data", {})
    settings = {
        "PRESALES_TELEGRAM_TOKEN": "42:sandbox",
        "PRESALES_TELEGRAM_API_URL": sandbox_server.url,
        "PRESALES_CATALOG_URL": f"{sandbox_server.url}/catalog",
        "PRESALES_CATALOG_TOKEN": "sandbox",
        "PRESALES_SALES_URL": f"{sandbox_server.url}/sales",
        "PRESALES_SALES_TOKEN": "wrong",
    }
    done = presales(tmp_path / "data", "doctor", **settings)
    assert "ok    database" in done.stdout
    assert "ok    Catalog: 36 models" in done.stdout
    assert "WRONG Sales" in done.stdout
    assert done.stderr == ""
    assert "ok    Telegram: @presales_sandbox_bot" in done.stdout


@pytest.mark.parametrize("now", ["soon", "2026-13-01T10:00"])
def test_understand_with_a_wrong_now(tmp_path: Path, now: str) -> None:
    """A moment that is none is refused with an example, before anything starts."""
    done = presales(tmp_path / "data", "understand", "agenda", "--now", now)
    assert done.returncode == WRONG
    assert "is no ISO moment such as" in done.stderr
    assert done.stdout == ""


def test_understand_in_a_wrong_zone(tmp_path: Path) -> None:
    """So is a zone."""
    done = presales(tmp_path / "data", "understand", "agenda", "--timezone", "Mars/Base")
    assert done.returncode == WRONG
    assert "Mars/Base" in done.stderr


@pytest.mark.nlu
def test_understand_line_by_line(tmp_path: Path) -> None:
    """Each line gives one line, in order, a wrong one its error, and the status tells."""
    lines = [{"id": 1, "text": "what do I have today", "now": "2026-02-11T09:00"}, {"id": 2}, "no object"]
    given = "\n".join(json.dumps(line) for line in lines) + "\nno json\n"
    done = presales(tmp_path / "data", "understand", "--jsonl", given=given, PRESALES_NLU_URL="")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert answers[0]["id"] == 1
    assert answers[0]["acts"][0]["intent"] == "show_agenda"
    assert [sorted(answer) for answer in answers[1:]] == [["error", "id"], ["error"], ["error"]]
    assert done.returncode == 1
    assert not (tmp_path / "data").exists()
