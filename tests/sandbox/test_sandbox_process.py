"""The sandbox as a process: start, stop, restart, refusals, and who may reach it."""

import asyncio
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardMarkup

from sandbox.server import running
from tests.sandbox.phone_client import ANA, Phone, make_bot

COMMAND = [sys.executable, "-m", "sandbox", "serve"]


@contextmanager
def process(data_dir: Path, *options: str) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """Start the command on a free port; give the process and its address."""
    command = [*COMMAND, "--port", "0", "--data-dir", str(data_dir), *options]
    with subprocess.Popen(  # noqa: S603  # our own command
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as started:
        assert started.stdout is not None
        line = started.stdout.readline()
        found = re.fullmatch(r"sandbox ready: phone (http://127\.0\.0\.1:\d+)/ , Bot API \1/bot\n", line)
        try:
            assert found, line
            yield started, found[1]
        finally:
            started.kill()


async def test_everything_survives_a_restart(tmp_path: Path) -> None:
    """Messages, files, updates, ids, commands, keyboards, people, blocks and the clock are there after a restart."""
    with running(tmp_path) as url:
        async with make_bot(url) as bot, httpx.AsyncClient(base_url=url) as web:
            phone = Phone(web)
            await phone.act("text", text="a")
            await phone.act("text", text="b")
            confirmed = (await bot.get_updates())[0].update_id + 1
            await bot.get_updates(offset=confirmed)
            keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("x", callback_data="d")]])
            sent = await bot.send_document(ANA, b"%PDF", filename="a.pdf", reply_markup=keyboard)
            await bot.send_message(ANA, "menu", reply_markup=ReplyKeyboardMarkup([["A"]]))
            await bot.set_my_commands([("help", "Help")])
            query = await phone.act("press", message_id=sent.message_id, row=0, column=0)
            await phone.of(1002).act("block", blocked=True)
            await web.post("/phone/api/people", json={"name": "Ion", "id": 5000})
            await web.post("/clock", json={"advance_seconds": 3600})
            before = await phone.screen()
    with running(tmp_path) as url:
        async with make_bot(url) as bot, httpx.AsyncClient(base_url=url) as web:
            after = await Phone(web).screen()
            for screen in (before, after):
                assert 3600 <= screen.pop("clock")["offset_seconds"] < 3601
            assert after == before
            updates = await bot.get_updates()
            assert updates[0].update_id == confirmed
            assert updates[1].callback_query is not None
            assert await bot.answer_callback_query(query["callback_query_id"])
            assert sent.document is not None
            file = await bot.get_file(sent.document.file_id)
            assert bytes(await file.download_as_bytearray()) == b"%PDF"
            people = {person["id"]: person for person in (await web.get("/phone/api/people")).json()["people"]}
            assert (people[1002]["blocked"], people[5000]["name"]) == (True, "Ion")
            fresh = (await Phone(web).act("text", text="c"))["message"]
            assert fresh["message_id"] > before["messages"][-1]["message_id"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_ends_it_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    """With a poll, a stream and a held call open, a signal ends it within two seconds, silently, status 0."""
    with process(tmp_path) as (started, url):
        async with httpx.AsyncClient(base_url=url, timeout=20) as web:
            await web.post("/faults", json={"kind": "timeout_before", "method": "getMe", "seconds": 30})
            held = asyncio.create_task(web.get("/bot42:sandbox/getMe"))
            poll = asyncio.create_task(web.get("/bot42:sandbox/getUpdates", params={"timeout": 30}))
            stream = asyncio.create_task(web.get(f"/phone/api/people/{ANA}/events"))
            await asyncio.sleep(0.5)
            begun = time.monotonic()
            started.send_signal(number)
            _, errors = await asyncio.to_thread(started.communicate)
            assert time.monotonic() - begun < 2.5
            answers = await asyncio.gather(held, poll, stream, return_exceptions=True)
        assert (started.returncode, errors) == (0, "")
        assert isinstance(answers[1], httpx.Response)
        assert answers[1].json() == {"ok": True, "result": []}


def test_it_ends_with_its_parent(tmp_path: Path) -> None:
    """With --exit-with-parent the end of standard input is the end."""
    with process(tmp_path, "--exit-with-parent") as (started, _):
        assert started.stdin is not None
        started.stdin.close()
        assert started.wait(5) == 0


def refused(*options: str) -> str:
    """Run a command that must be refused with status 2 and one line; return the line."""
    done = subprocess.run([*COMMAND, *options], capture_output=True, text=True, timeout=20, check=False)  # noqa: S603
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr


def test_bad_starts_are_one_line_each(tmp_path: Path) -> None:
    """A port in use, a directory that is a file and people that cannot be read are told in one line."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert f"port {port}" in refused("--port", port, "--data-dir", str(tmp_path))
    plain = tmp_path / "file"
    plain.write_text("[{}]")
    assert str(plain) in refused("--port", "0", "--data-dir", str(plain))
    assert "name" in refused("--port", "0", "--people", str(plain))


def test_own_people(tmp_path: Path) -> None:
    """A file of people takes the place of the default ones."""
    file = tmp_path / "people.json"
    file.write_text('[{"name": "Ioana Pop", "role": "director", "phone": "+40733"}]')
    with process(tmp_path / "data", "--people", str(file)) as (_, url):
        people = httpx.get(f"{url}/phone/api/people").json()["people"]
    assert [(person["name"], person["role"], person["phone"]) for person in people] == [
        ("Ioana Pop", "director", "+40733")
    ]


def memory_of(process_id: int) -> str:
    """Read what Linux says of a process's memory."""
    return Path(f"/proc/{process_id}/smaps_rollup").read_text()


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="memory is read from Linux's /proc")
async def test_it_stays_small(tmp_path: Path) -> None:
    """After fifty messages and a document of 10 MB the process has less than 60 MiB."""
    with process(tmp_path) as (started, url):
        async with make_bot(url) as bot:
            for number in range(50):
                await bot.send_message(ANA, f"<b>{number}</b>", parse_mode="HTML")
            await bot.send_document(ANA, os.urandom(10 << 20), filename="big.bin", write_timeout=60)
        memory = memory_of(started.pid)
    found = re.search(r"^Pss:\s+(\d+) kB", memory, re.MULTILINE)
    assert found is not None
    assert int(found[1]) < 60 * 1024


def test_it_imports_nothing_of_ours_nor_the_client() -> None:
    """The sandbox stands on its own: neither our packages nor python-telegram-bot come into its process."""
    code = (
        "import sys, sandbox.server\n"
        "names = {name.partition('.')[0] for name in sys.modules}\n"
        "print(sorted(names & {'telegram','presales','domain','storage','texts','actions','bot','sqlalchemy'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout == "[]\n"


async def test_answers_come_without_delay(web: httpx.AsyncClient) -> None:
    """The middle one of thirty calls takes far less than the 40 ms that a delayed packet costs."""
    spans = []
    for _ in range(30):
        begun = time.monotonic()
        assert (await web.get("/bot42:sandbox/getMe")).status_code == 200
        spans.append(time.monotonic() - begun)
    assert statistics.median(spans) < 0.03


async def test_only_its_own_address_is_answered(web: httpx.AsyncClient) -> None:
    """A name that leads here by DNS rebinding, and writing from another page, are refused."""
    port = str(web.base_url).rpartition(":")[2].rstrip("/")
    for host in (f"localhost:{port}", f"127.0.0.1:{port}", f"[::1]:{port}"):
        assert (await web.get("/health", headers={"host": host})).json() == {"status": "ok"}
    for host in ("evil.example", f"localhost.evil.example:{port}", "[", ""):
        assert (await web.get("/health", headers={"host": host})).status_code in {400, 403}
    for origin in ("http://evil.example", "null"):
        answer = await web.post("/clock", json={"advance_seconds": 1}, headers={"origin": origin})
        assert answer.status_code == 403
    own = str(web.base_url).rstrip("/")
    assert (await web.post("/clock", json={"advance_seconds": 1}, headers={"origin": own})).status_code == 200
    form = await web.post(
        f"/phone/api/people/{ANA}/text", content=b'{"text":"x"}', headers={"content-type": "text/plain"}
    )
    assert form.status_code == 415


async def test_bodies_are_bounded(web: httpx.AsyncClient, bot: Bot) -> None:
    """More than 50 MB is refused, whether its size is announced or not."""
    reader, writer = await asyncio.open_connection("127.0.0.1", web.base_url.port)
    writer.write(b"POST /bot42:sandbox/sendMessage HTTP/1.1\r\nHost: localhost\r\nContent-Length: 62914560\r\n\r\n")
    assert (await reader.readline()).startswith(b"HTTP/1.1 413")
    writer.close()
    await writer.wait_closed()

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(60):
            yield bytes(1 << 20)

    json = {"content-type": "application/json"}
    try:
        answer = await web.post("/bot42:sandbox/sendMessage", content=endless(), headers=json)
    except (httpx.WriteError, httpx.ReadError):
        pass  # the connection was closed while the rest was still being sent
    else:
        assert answer.status_code == 413
    assert await bot.get_me()


async def test_the_other_places(web: httpx.AsyncClient) -> None:
    """Catalog and Sales tell that they are there, and the front door leads to the phone."""
    for path in ("/catalog/health", "/sales/health"):
        assert (await web.get(path)).json() == {"status": "ok"}
    assert (await web.get("/")).headers["location"] == "/phone/"
