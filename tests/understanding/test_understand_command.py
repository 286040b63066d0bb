"""The command `presales understand` on the trained model."""

import io
import json
from datetime import datetime

import pytest

from presales.nlu_process import NluNotStarted, NluProcess
from presales.understand import run_understand

pytestmark = [pytest.mark.nlu, pytest.mark.enable_socket]
NOW = datetime(2026, 11, 23, 9, 30)  # noqa: DTZ001 - the agent's local time


def run_lines(nlu_url: str, *lines: str) -> tuple[int, list[dict[str, object]]]:
    """Feed lines to the command, and read its answers."""
    target = io.StringIO()
    source = io.StringIO("".join(line + "\n" for line in lines))
    status = run_understand(None, jsonl=True, now=NOW, nlu_url=nlu_url, source=source, target=target)
    return status, [json.loads(line) for line in target.getvalue().splitlines()]


def test_a_text_is_one_json_object(nlu_url: str) -> None:
    """The contract's own example, word for word."""
    target = io.StringIO()
    text = "called Popescu, follow up friday at 10"
    assert run_understand(text, now=NOW, nlu_url=nlu_url, target=target) == 0
    acts = json.loads(target.getvalue())["acts"]
    assert [(act["intent"], act["entities"]) for act in acts] == [
        ("log_activity", {"client": "Popescu", "kind": "call"}),
        (
            "schedule_activity",
            {"client": "Popescu", "kind": "call", "time": {"value": "2026-11-27T10:00", "grain": "minute"}},
        ),
    ]


def test_lines_are_answered_in_order_and_keep_their_ids(nlu_url: str) -> None:
    """Many lines, one answer each, ids of any JSON kind."""
    lines = [json.dumps({"id": number, "text": f"call Popescu in {number % 9 + 1} days"}) for number in range(120)]
    status, answers = run_lines(nlu_url, *lines)
    assert status == 0
    assert [answer["id"] for answer in answers] == list(range(120))


def test_a_line_has_its_own_now_and_zone(nlu_url: str) -> None:
    """Each line may bring the moment that it is read against."""
    line = {"id": "a", "text": "my agenda for tomorrow", "now": "2027-02-27T23:30:00+00:00", "timezone": "Asia/Tokyo"}
    _, answers = run_lines(nlu_url, json.dumps(line))
    acts = answers[0]["acts"]
    assert isinstance(acts, list)
    assert acts[0]["entities"] == {"time": {"value": "2027-03-01", "grain": "day"}}


def test_a_bad_line_is_an_error_object_and_the_rest_goes_on(nlu_url: str) -> None:
    """What cannot be read is told on its line, and the exit status is not zero."""
    status, answers = run_lines(
        nlu_url,
        "{not json",
        "[1]",
        json.dumps({"id": 3}),
        json.dumps({"id": 4, "text": "hi", "now": "yesterday"}),
        json.dumps({"id": 5, "text": "hi", "timezone": "Mars/Base"}),
        json.dumps({"id": 6, "text": "hello"}),
    )
    assert status == 1
    assert ["error" in answer for answer in answers] == [True, True, True, True, True, False]
    assert [answer.get("id") for answer in answers] == [None, None, 3, 4, 5, 6]


def test_explain_tells_where_values_came_from(nlu_url: str) -> None:
    """Runners-up and the words of every value are shown."""
    target = io.StringIO()
    run_understand("call Popescu friday", now=NOW, nlu_url=nlu_url, explain=True, target=target)
    act = json.loads(target.getvalue())["acts"][0]
    assert act["runners_up"]
    assert {"client", "time", "kind"} <= {origin["entity"] for origin in act["from"]}


def test_no_text_is_a_wrong_call() -> None:
    """Exit status 2, as for every wrong use."""
    assert run_understand(None) == 2


def test_a_missing_model_is_one_clear_line(tmp_path: object) -> None:
    """It says what to run."""
    from pathlib import Path  # noqa: PLC0415 - used here alone

    with pytest.raises(NluNotStarted, match="make train"):
        NluProcess(model=Path(str(tmp_path)) / "none.tar.gz").start()


def test_a_server_of_ones_own_starts_and_stops() -> None:
    """The process serves while the block runs and is gone after it."""
    with NluProcess() as process:
        assert process.running()
        assert process.url.startswith("http://127.0.0.1:")
    assert not process.running()
