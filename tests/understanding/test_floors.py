"""The figures that understanding may not fall below, on the evaluation sentences; floors only ever rise."""

import pytest

from bot.understanding.client import HttpNluClient
from bot.understanding.service import Understander
from tests.understanding.measure import EVALUATION, NoNlu, Score, measure
from tests.understanding.measure_dates import measure_dates, read_dates

FIGURES = ("intent_accuracy", "entity_f1", "message_accuracy", "compound_accuracy", "outside_recall")
FLOORS = {
    "dev_en": (0.996, 0.995, 0.987, 0.98, 0.984),
    "dev_ro": (0.998, 0.997, 0.994, 0.98, 0.99),
    "more_en": (0.976, 0.978, 0.933, 0.91, 0.99),
    "more_ro": (0.989, 0.987, 0.964, 0.946, 0.968),
    "voices_en": (0.983, 0.975, 0.942, 0.90, 0.976),
    "voices_ro": (0.976, 0.964, 0.923, 0.90, 0.976),
}
"""One sentence below what was measured last, in the order of FIGURES."""
MOST_REFUSED = {name: 0.004 if name.startswith("voices") else 0.002 for name in FLOORS}
DATE_FLOORS = {"dates_en": 0.99, "dates_ro": 0.99}
MOST_WRONG_DATES = 1
"""A moment given wrongly is worse than none: of some 190 in each language."""


async def scores(understander: Understander, pattern: str) -> Score:
    """The figures of the files that match."""
    return (await measure(sorted(EVALUATION.glob(pattern)), understander))["all"]


@pytest.mark.nlu
@pytest.mark.enable_socket
@pytest.mark.parametrize("name", FLOORS)
async def test_understanding_stays_above_its_floors(nlu_url: str, name: str) -> None:
    """Each file's figures are no lower than they have been."""
    client = HttpNluClient([nlu_url], read_seconds=60)
    score = await scores(Understander(client), f"{name}.jsonl")
    await client.aclose()
    fallen = [
        f"{figure} {getattr(score, figure):.3f}, floor {floor}"
        for figure, floor in zip(FIGURES, FLOORS[name], strict=True)
        if getattr(score, figure) < floor
    ]
    if score.false_refusals > MOST_REFUSED[name]:
        fallen.append(f"false_refusals {score.false_refusals:.3f}, at most {MOST_REFUSED[name]}")
    how = f"python -m tests.understanding.measure {EVALUATION.relative_to(EVALUATION.parents[2])}/{name}.jsonl"
    assert not fallen, f"{name} fell: {'; '.join(fallen)}. Which sentences: {how}"


@pytest.mark.nlu
@pytest.mark.enable_socket
@pytest.mark.parametrize("name", DATE_FLOORS)
async def test_dates_stay_above_their_floors(nlu_url: str, name: str) -> None:
    """Moments and periods are as right as they have been, and hardly any is given wrongly."""
    client = HttpNluClient([nlu_url], read_seconds=60)
    score = await measure_dates(read_dates(EVALUATION / f"{name}.jsonl"), Understander(client))
    await client.aclose()
    failures = "\n".join(score.failures)
    assert score.accuracy >= DATE_FLOORS[name], f"{name}: {score.accuracy:.3f} right\n{failures}"
    assert score.wrong <= MOST_WRONG_DATES, f"{name}: {score.wrong} wrong values\n{failures}"


async def test_the_keyword_grammar_alone_serves_most_of_what_is_said() -> None:
    """Without NLU: more than half of all messages whole, and nearly nothing foreign taken for a request."""
    score = await scores(Understander(NoNlu()), "dev_*.jsonl")
    assert score.message_accuracy >= 0.60
    assert score.outside_recall >= 0.93
