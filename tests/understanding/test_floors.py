"""The figures that understanding may not fall below, on the evaluation sentences."""

import pytest

from bot.understanding.client import HttpNluClient
from bot.understanding.service import Understander
from tests.understanding.measure import EVALUATION, NoNlu, Score, measure


async def scores(understander: Understander, pattern: str) -> Score:
    """The figures of the files that match."""
    return (await measure(sorted(EVALUATION.glob(pattern)), understander))["all"]


@pytest.mark.nlu
@pytest.mark.enable_socket
async def test_understanding_stays_above_its_floors(nlu_url: str) -> None:
    """Development sentences, both languages."""
    client = HttpNluClient([nlu_url], read_seconds=60)
    score = await scores(Understander(client), "dev_*.jsonl")
    await client.aclose()
    assert score.intent_accuracy >= 0.96
    assert score.entity_f1 >= 0.97
    assert score.message_accuracy >= 0.96
    assert score.compound_accuracy >= 0.95
    assert score.outside_recall >= 0.95
    assert score.false_refusals <= 0.01


async def test_the_keyword_grammar_alone_serves_most_of_what_is_said() -> None:
    """Without NLU: more than half of all messages whole, and nearly nothing foreign taken for a request."""
    score = await scores(Understander(NoNlu()), "dev_*.jsonl")
    assert score.message_accuracy >= 0.70
    assert score.outside_recall >= 0.97
