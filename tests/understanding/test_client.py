"""The NLU client: what it trusts, and what a dead server costs."""

import json
from collections.abc import Callable

import httpx
import pytest

from bot.understanding.client import HttpNluClient, NluUnavailable, read_answer_body

Handler = Callable[[httpx.Request], httpx.Response]


def client(handler: Handler, *addresses: str, clock: Callable[[], float] = lambda: 0.0) -> HttpNluClient:
    """A client whose servers are one function."""
    http = httpx.AsyncClient(transport=httpx.MockTransport(handler))
    return HttpNluClient(addresses or ("http://nlu",), http=http, clock=clock)


def answer(request: httpx.Request) -> httpx.Response:
    """A server that takes everything for a greeting."""
    texts = json.loads(request.content)["text"]
    body = json.dumps([{"text": text, "intent": {"name": "greet", "confidence": 0.9}} for text in texts])
    return httpx.Response(200, content=body.encode())


async def test_answers_come_in_the_order_asked() -> None:
    """One parse a text, also beyond what one request may hold."""
    texts = [f"hello {number}" for number in range(150)]
    parses = await client(answer).parse(texts)
    assert [parse.text for parse in parses] == texts


async def test_nothing_asked_needs_no_server() -> None:
    """An empty list is answered without a request."""

    def refuse(request: httpx.Request) -> httpx.Response:
        raise AssertionError(request)

    assert await client(refuse).parse([]) == []


async def test_the_next_server_is_tried() -> None:
    """Where one address fails, the next answers."""

    def one_is_down(request: httpx.Request) -> httpx.Response:
        if request.url.host == "down":
            raise httpx.ConnectError("refused")
        return answer(request)

    parses = await client(one_is_down, "http://down", "http://up").parse(["hello"])
    assert parses[0].intent == "greet"


async def test_a_server_that_failed_is_left_alone_for_seconds_and_then_tried_again() -> None:
    """The breaker makes further messages fail at once, and lets the server back in soon."""
    now, asked = [0.0], []

    def down(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        raise httpx.ConnectTimeout("slow")

    down_client = client(down, clock=lambda: now[0])
    for _ in range(3):
        with pytest.raises(NluUnavailable):
            await down_client.parse(["hello"])
    assert len(asked) == 1
    now[0] = 10.0
    with pytest.raises(NluUnavailable):
        await down_client.parse(["hello"])
    assert len(asked) == 2


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        [1],
        [{}],
        [{"intent": None}],
        [{"intent": {"name": 5, "confidence": 0.5}}],
        [{"intent": {"name": "greet", "confidence": "high"}}],
        [{"intent": {"name": "greet", "confidence": True}}],
        [{"intent": {"name": "greet", "confidence": 1}, "entities": ["x"]}],
        "greet",
        None,
    ],
)
def test_an_answer_of_another_shape_is_refused(body: object) -> None:
    """Nothing of a malformed answer is used."""
    with pytest.raises(ValueError, match=r"."):
        read_answer_body(body, ["hello"])


@pytest.mark.parametrize("status", [400, 404, 500, 503])
async def test_an_error_status_is_no_answer(status: int) -> None:
    """A server's error makes it unavailable."""
    with pytest.raises(NluUnavailable):
        await client(lambda _: httpx.Response(status, json=[])).parse(["hello"])


@pytest.mark.parametrize("text", ["\ud800", "a\x00b", "<b>&\"'", "👋🏽" * 10])
async def test_any_text_can_be_asked(text: str) -> None:
    """Lone surrogates, control characters and emoji reach the server and close no breaker."""
    parses = await client(answer).parse([text])
    assert parses[0].intent == "greet"


def test_spans_outside_the_text_or_of_other_names_are_dropped() -> None:
    """Only spans of ours that lie in the text are kept."""
    entities = [
        {"entity": "client", "start": 5, "end": 8, "confidence": 0.9},
        {"entity": "client", "start": 5, "end": 80},
        {"entity": "client", "start": 8, "end": 5},
        {"entity": "client", "start": -1, "end": 3},
        {"entity": "client", "start": "5", "end": 8},
        {"entity": "password", "start": 5, "end": 8},
        {"entity": "client", "start": 4, "end": 5},
    ]
    body = [{"intent": {"name": "show_client", "confidence": 3.5}, "entities": entities}]
    parse = read_answer_body(body, ["find Dan"])[0]
    assert [(span.start, span.end) for span in parse.entities] == [(5, 8)]
    assert parse.confidence == 1.0


def test_an_entity_whose_name_is_no_word_is_dropped() -> None:
    """A span whose name is a list or nothing is no span, and no error."""
    spans = [{"entity": name, "start": 0, "end": 3} for name in (["client"], {}, None)]
    body = [{"intent": {"name": "greet", "confidence": 1}, "entities": spans}]
    assert read_answer_body(body, ["Dan"])[0].entities == ()
