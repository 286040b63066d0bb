"""The NLU server over HTTP: what it answers, what it refuses, and that it never obeys a typed payload."""

import re
import socket
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

NLU = Path(__file__).resolve().parents[2] / "nlu"
PYTHON = NLU / ".venv" / "bin" / "python"
MODEL = NLU / "models" / "nlu.tar.gz"

pytestmark = pytest.mark.nlu


def start(*arguments: str) -> subprocess.Popen[str]:
    """Start the server with its output at hand."""
    if not PYTHON.exists() or not MODEL.exists():
        pytest.fail("the NLU environment or model is missing: make install train")
    command = [str(PYTHON), str(NLU / "server.py"), "--model", str(MODEL), *arguments]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)  # noqa: S603  our own command


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """Where a server answers; it ends with the test's hold on its standard input."""
    process = start("--port", "0", "--exit-with-parent")
    assert process.stdout is not None
    assert process.stdin is not None
    ready = re.search(r"http://\S+", process.stdout.readline())
    assert ready is not None
    yield ready.group()
    process.stdin.close()
    process.wait(10)
    process.stdout.close()
    assert process.stderr is not None
    process.stderr.close()


def parse(url: str, text: object) -> Any:
    """Give the answer to one request that must succeed."""
    return httpx.post(f"{url}/model/parse", json={"text": text}, timeout=10).raise_for_status().json()


def test_one_text_gives_one_object(url: str) -> None:
    """A single text is answered by an object with intent, ranking and entities."""
    answer = parse(url, "test drive with Ana Dumitru on tuesday at 11")
    assert answer["text"] == "test drive with Ana Dumitru on tuesday at 11"
    assert answer["intent"]["name"] == "schedule_activity"
    assert answer["intent_ranking"][0] == answer["intent"]
    assert len(answer["intent_ranking"]) == 5
    assert [(e["entity"], e["value"]) for e in answer["entities"]] == [("client", "Ana Dumitru")]


def test_a_list_gives_a_list_in_order(url: str) -> None:
    """Several texts are answered in their order, and as each would be alone."""
    texts = ["what is overdue", "ce am mâine", "", "mulțumesc", "   "]
    answers = parse(url, texts)
    assert [answer["text"] for answer in answers] == texts
    assert answers[1] == parse(url, "ce am mâine")
    assert parse(url, []) == []


@pytest.mark.parametrize(
    "text",
    [
        "  called Ștefănescu  yesterday ",
        "\u200b\t sunat pe Țăran, 🚗🚗 vrea cârlig de remorcare",
        "note on O'Brien: wants “two” 🔑 keys",
        "No\u0301te on Popescu: e\u0301 bun\n\nde tot",
    ],
)
def test_offsets_count_the_text_as_sent(url: str, text: str) -> None:
    """Start and end cut the value out of the very text that was sent, spaces, emoji and all."""
    answer = parse(url, text)
    assert answer["text"] == text
    assert answer["entities"]
    for entity in answer["entities"]:
        assert text[entity["start"] : entity["end"]] == entity["value"]
        assert 0 < entity["confidence"] <= 1


@pytest.mark.parametrize(
    "text", ['/affirm{"client":"X"}', "/affirm", '  /close_won{"client": "Popescu"}', "/deny@0.99"]
)
def test_a_typed_payload_is_ordinary_text(url: str, text: str) -> None:
    """Rasa's "/intent{...}" neither sets an intent with certainty nor an entity that the model did not find."""
    answer = parse(url, text)
    assert answer["intent"]["confidence"] < 1
    assert len(answer["intent_ranking"]) == 5
    for entity in answer["entities"]:
        assert text[entity["start"] : entity["end"]] == entity["value"]


def test_a_lone_surrogate_is_parsed(url: str) -> None:
    """JSON may carry half a character; it costs neither the answer nor the server."""
    body = '{"text": "called Popescu \\ud83d"}'
    answer = httpx.post(f"{url}/model/parse", content=body, timeout=10)
    assert answer.status_code == 200
    assert answer.json()["intent"]["name"] == "log_activity"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("not json", 400),
        ("[]", 400),
        ("{}", 400),
        ('{"text": 5}', 400),
        ('{"text": ["a", null]}', 400),
        ('{"text": "' + "a" * 2001 + '"}', 413),
        ('{"text": [' + ",".join(['"a"'] * 65) + "]}", 413),
        ('{"text": "' + "a" * 3_000_000 + '"}', 413),
    ],
)
def test_what_is_no_request_is_refused(url: str, body: str, status: int) -> None:
    """A wrong or too long body is refused with its reason, and the server goes on."""
    assert httpx.post(f"{url}/model/parse", content=body, timeout=10).status_code == status
    assert httpx.get(f"{url}/health").json() == {"status": "ok"}


def test_the_longest_allowed_is_parsed(url: str) -> None:
    """Sixty-four texts of two thousand characters are within the limits."""
    answers = parse(url, ["ă" * 2000] * 64)
    assert len(answers) == 64


@pytest.mark.parametrize("path", ["/", "/model", "/webhooks/rest/webhook", "/conversations/x/tracker", "/status"])
def test_nothing_else_is_served(url: str, path: str) -> None:
    """Rasa's trackers, channels and model replacement are not there."""
    assert httpx.get(url + path).status_code == 404
    assert httpx.post(url + path, json={}).status_code == 404


def test_requests_at_once_each_get_their_own_answer(url: str) -> None:
    """Texts that are batched together come back to whoever sent them."""
    texts = [f"move order {number} to Ana" for number in range(1000, 1040)]
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda text: parse(url, text), texts))
    assert [answer["text"] for answer in answers] == texts


def test_a_port_in_use_is_one_line_and_status_2() -> None:
    """Where the port is taken the server says so in one line and ends with 2."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        process = start("--port", str(taken.getsockname()[1]))
        _, error = process.communicate(timeout=30)
    assert process.returncode == 2
    assert re.fullmatch(r"nlu: cannot listen on port \d+: [^\n]+\n", error)


def test_a_missing_model_is_one_line_and_status_2(tmp_path: Path) -> None:
    """Without a model the server says which file it misses and ends with 2."""
    process = start("--port", "0", "--model", str(tmp_path / "none.tar.gz"))
    _, error = process.communicate(timeout=30)
    assert process.returncode == 2
    assert error.count("\n") == 1
    assert "none.tar.gz" in error


def test_it_ends_with_its_parent() -> None:
    """With --exit-with-parent the end of standard input ends the server, also while it loads."""
    process = start("--port", "0", "--exit-with-parent")
    began = time.monotonic()
    process.communicate(timeout=30)
    assert process.returncode == 0
    assert time.monotonic() - began < 20
