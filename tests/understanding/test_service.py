"""The one way from a message to acts."""

from collections.abc import Sequence
from datetime import datetime

from bot.understanding.client import NluParse, NluUnavailable
from bot.understanding.service import Understander


class Silent:
    """A server that is down."""

    async def parse(self, texts: Sequence[str]) -> list[NluParse]:  # noqa: ARG002 - nobody reads them
        """Never answer."""
        raise NluUnavailable


class Asked:
    """A server that takes everything for a greeting, and remembers what it was asked."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    async def parse(self, texts: Sequence[str]) -> list[NluParse]:
        """Greet."""
        self.texts += texts
        return [NluParse(text, "greet", 0.99, (("greet", 0.99),)) for text in texts]


async def test_without_nlu_the_keyword_grammar_answers(now: datetime) -> None:
    """Common requests work, names are told by their capitals, and the answer says that it is degraded."""
    understander = Understander(Silent())
    parsed = await understander.parse("called Ana Popescu, no answer")
    assert parsed.degraded
    act = understander.interpret(parsed, now).acts[0]
    assert act.intent == "log_activity"
    assert act.entities == {"client": "Ana Popescu", "kind": "call", "outcome": "no_answer"}


async def test_without_nlu_the_unsure_is_not_understood(now: datetime) -> None:
    """The menu follows, and nothing is guessed."""
    understood = await Understander(Silent()).understand("hmm the thing from before", now)
    assert understood.refused


async def test_guarded_texts_are_never_sent(now: datetime) -> None:
    """A command or a pasted chat does not reach the server."""
    client = Asked()
    understander = Understander(client)
    for text in ("/affirm", "\u200b／affirm", "[23.11.26, 10:15] Ene: hi", "x" * 5000, ""):
        assert (await understander.understand(text, now)).refused
    assert client.texts == []


async def test_all_parts_of_all_texts_are_asked_for_once() -> None:
    """One request a batch, without repeats."""
    client = Asked()
    await Understander(client).parse_all(["rang Ene, call Stan", "rang Ene, call Stan", "hello"])
    assert sorted(client.texts) == sorted(set(client.texts))
    assert "hello" in client.texts


async def test_questions_corrections_and_repetitions_are_read_of_a_parsed_text(now: datetime) -> None:
    """The dialogue asks the same object for all of them."""
    understander = Understander(Silent())
    answer = understander.read_answer("client", await understander.parse("Ene"), now)
    assert answer is not None
    assert answer.value == "Ene"
    assert understander.read_correction(await understander.parse("nu, 23k"), now) == {
        "amount": {"value": "23000.00", "currency": "EUR"}
    }
    assert understander.read_ellipsis(await understander.parse("and for Ana"), now) == {"client": "Ana"}
