"""Whatever is typed: no error, JSON-shaped values, the same answer twice, and quickly."""

import json
import time
from datetime import datetime
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.dialogue.guards import leading_slash, looks_pasted
from bot.understanding.acts import ENTITIES, INTENTS, MAX_ACTS
from bot.understanding.answers import read_answer
from bot.understanding.client import ModelEntity, NluParse
from bot.understanding.corrections import read_correction, read_ellipsis
from bot.understanding.interpret import interpret
from bot.understanding.segments import candidates

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=ZoneInfo("Europe/Bucharest"))
VOCABULARY = """
call called meet met Popescu lui Ana Anei and și then , . ; : + & friday vineri at 10 la 11 22k 22.000 euro 0722 123 456 # 1042
    Duster Loganuri green verde automatic no answer nu răspunde note notează că order comandă offer ofertă 3 % off move mută to pe cancel
    new client nou from website lost pierdut a semnat report raport every luni / - " 'S 🙂 <b> 31 february 2017 km in stock pe stoc
"""
WORDS = st.sampled_from(VOCABULARY.split())
TEXTS = st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=14).map(" ".join))


@st.composite
def read_texts(draw: st.DrawFn) -> tuple[str, dict[str, NluParse]]:
    """A text and any reading of its parts, however wrong the model may be."""
    text = draw(TEXTS)
    parses = {}
    for part in candidates(text):
        intent = draw(st.sampled_from([*sorted(INTENTS), "no_such_intent"]))
        sure = draw(st.sampled_from([0.0, 0.5, 0.7, 0.99]))
        start = draw(st.integers(0, len(part) - 1))
        end = draw(st.integers(start + 1, len(part)))
        name = draw(
            st.sampled_from(["client", "agent", "from_agent", "model", "option", "colour", "upholstery", "note"])
        )
        parses[part] = NluParse(part, intent, sure, ((intent, sure),), (ModelEntity(name, start, end, 0.9),))
    return text, parses


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(read_texts())
@example(("call Ana and", {}))
def test_any_text_gives_acts_of_the_contract(read: tuple[str, dict[str, NluParse]]) -> None:
    """One to four acts with known names, JSON all through, the same for the same text."""
    text, parses = read
    understood = interpret(text, parses, now=NOW)
    assert 1 <= len(understood.acts) <= MAX_ACTS
    for act in understood.acts:
        assert act.intent in INTENTS
        assert act.entities.keys() <= ENTITIES
        assert 0 <= act.confidence <= 1
    printed = json.dumps(understood.as_json())
    assert json.loads(printed) == understood.as_json()
    assert printed == json.dumps(interpret(text, parses, now=NOW).as_json())
    if leading_slash(text) or looks_pasted(text):
        assert understood.refused


@settings(max_examples=150, deadline=None)
@given(
    TEXTS, st.sampled_from(["client", "time", "kind", "amount", "phone", "name", "text", "outcome", "choice", "yes_no"])
)
def test_answers_and_corrections_never_fail(text: str, question: str) -> None:
    """Any text may follow a question."""
    understood = interpret(text, {}, now=NOW)
    answer = read_answer(question, text, understood, now=NOW)
    assert answer is None or json.dumps(answer.value)
    for changed in (read_correction(text, now=NOW), read_ellipsis(text, now=NOW)):
        assert changed is None or changed


def test_a_message_is_interpreted_within_milliseconds() -> None:
    """The turn's lock is held meanwhile; a loaded machine is allowed ten times the three that it takes."""
    text = "called Popescu, he wants a green Duster automatic, follow up friday at 10, note: pays cash 22.000 euro"
    interpret(text, {}, now=NOW)
    begin = time.perf_counter()
    for _ in range(20):
        interpret(text, {}, now=NOW)
    assert (time.perf_counter() - begin) / 20 < 0.03
