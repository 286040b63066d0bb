"""Holds the evaluation files to the contract's form, so that a wrong figure never comes from a wrong label."""

import json
import re
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

EVALUATION = Path(__file__).parent / "evaluation"
TRAINING = Path(__file__).parents[2] / "nlu" / "data"
SENTENCE_FILES = {
    "dev_en": 300,
    "dev_ro": 300,
    "more_en": 220,
    "more_ro": 220,
    "held_en": 120,
    "held_ro": 120,
    "fresh_en": 130,
    "fresh_ro": 130,
    "voices_en": 320,
    "voices_ro": 320,
    "last_en": 220,
    "last_ro": 220,
}
UNSEEN = ("held", "fresh", "last")
DATE_FILES = {"dates_en": 150, "dates_ro": 150}
LEAST_PER_INTENT = {"dev": 4, "more": 2, "held": 1, "fresh": 1, "voices": 4, "last": 3}

INTENT_NAMES = (
    "add_client update_client show_client list_clients add_note add_trade_in request_client "
    "schedule_activity log_activity complete_activity reschedule_activity cancel_activity show_agenda show_overdue "
    "create_opportunity update_opportunity close_won close_lost list_opportunities show_forecast "
    "create_offer update_offer show_offer list_offers "
    "order_new_car order_fleet order_stock search_stock cancel_order show_orders "
    "assign_client reassign_order list_team invite_agent request_report subscribe_report "
    "affirm deny cancel back undo help greet goodbye thanks inform set_preference out_of_scope "
)
INTENTS = frozenset(INTENT_NAMES.split())
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday"
CHOICES = {
    name: frozenset(values.split())
    for name, values in {
        "kind": "call meeting test_drive email message task event",
        "importance": "high normal low",
        "stage": "new qualified test_drive offer negotiation won lost",
        "source": "walk_in phone website referral event social_media advertising partner marketplace importer "
        "returning other",
        "loss_reason": "price competitor financing availability postponed no_response trade_in other",
        "transmission": "manual automatic",
        "fuel": "petrol diesel hybrid plug_in_hybrid electric lpg",
        "vat": "included excluded",
        "outcome": "reached no_answer no_show call_back",
        "portfolio": "personal company",
        "group_by": "client stage agent",
        "format": "pdf xlsx",
        "recurrence": f"daily monthly {WEEKDAYS}",
        "language": "en ro",
        "report": "client_sheet inactive_clients agenda activity_history phone_contacts agent_opportunities "
        "sales_plan client_acquisition opportunities_by_source client_status opportunity_stage forecast loss_reasons",
    }.items()
}
PATTERNS = {
    "phone": r"\+[1-9]\d{6,14}",
    "email": r"[a-z0-9._%+-]+@[a-z0-9.-]+\.[a-z]{2,}",
    "percent": r"\d{1,3}(\.\d+)?",
    "time_of_day": r"([01]\d|2[0-3]):[0-5]\d",
    "order_number": r"[^#\s]+",
}
ONE_OR_SEVERAL = frozenset({"client", "model", "engine", "colour", "upholstery", "option"})
NAMES = frozenset({"agent", "from_agent", "note"})
NUMBERS = {"year": (1950, 2035), "mileage": (0, 2_000_000), "duration": (1, 24 * 60)}


def _rows(name: str) -> list[dict[str, Any]]:
    """Read one file, a JSON object a line."""
    lines = (EVALUATION / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def _is_text(value: object) -> bool:
    return isinstance(value, str) and value != "" and value == value.strip()


def _is_whole(value: object, low: int, high: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high


def _is_time(value: object) -> bool:
    if not isinstance(value, dict) or set(value) != {"value", "grain"}:
        return False
    shape = {"minute": "%Y-%m-%dT%H:%M", "day": "%Y-%m-%d"}[value["grain"]]
    parsed = datetime.strptime(value["value"], shape).replace(tzinfo=ZoneInfo("UTC"))
    return parsed.strftime(shape) == str(value["value"])


def _is_period(value: object) -> bool:
    if not isinstance(value, dict) or list(value) != ["from", "to"]:
        return False
    return date.fromisoformat(value["from"]) < date.fromisoformat(value["to"])


def _is_money(value: object) -> bool:
    if not isinstance(value, dict) or set(value) != {"value", "currency"}:
        return False
    return bool(re.fullmatch(r"\d+\.\d\d", value["value"]) and re.fullmatch(r"[A-Z]{3}", value["currency"]))


def _is_one_or_several(check: Callable[[object], bool], value: object) -> bool:
    return all(map(check, value)) and len(value) > 1 if isinstance(value, list) else check(value)


def _is_quantity(value: object) -> bool:
    return _is_whole(value, 1, 1000)


def _is_valid(name: str, value: object) -> bool:
    """Say whether an entity has the value form of the contract's table; an unknown name is none."""
    if name in CHOICES:
        return value in CHOICES[name]
    if name in PATTERNS:
        return isinstance(value, str) and re.fullmatch(PATTERNS[name], value) is not None
    if name in NUMBERS:
        return _is_whole(value, *NUMBERS[name])
    if name in ONE_OR_SEVERAL:
        return _is_one_or_several(_is_text, value)
    checks: dict[str, Callable[[object], bool]] = {
        "time": _is_time,
        "period": _is_period,
        "amount": _is_money,
        "min_amount": _is_money,
        "max_amount": _is_money,
    }
    if name == "quantity":
        return _is_one_or_several(_is_quantity, value)
    return checks[name](value) if name in checks else name in NAMES and _is_text(value)


def _is_moment(row: dict[str, Any]) -> bool:
    now = datetime.fromisoformat(str(row["now"]))
    return now.tzinfo is None and ZoneInfo(str(row["timezone"])).key == row["timezone"]


@pytest.mark.parametrize("name", SENTENCE_FILES)
def test_sentences_have_the_contracts_form(name: str) -> None:
    """Each sentence names known intents and entities, with values of the contract's form."""
    for row in _rows(name):
        where = f"{row['id']}: {row['text']}"
        assert list(row) == ["id", "lang", "tags", "text", "now", "timezone", "acts"], where
        assert row["lang"] in {"en", "ro", "mixed"}, where
        assert _is_text(row["text"]), where
        assert _is_moment(row), where
        acts = row["acts"]
        assert isinstance(acts, list), where
        assert 1 <= len(acts) <= 4, where
        for act in acts:
            assert list(act) == ["intent", "entities"], where
            assert act["intent"] in INTENTS, where
            assert [entity for entity, value in act["entities"].items() if not _is_valid(entity, value)] == [], where


@pytest.mark.parametrize("name", SENTENCE_FILES)
def test_out_of_scope_stands_alone(name: str) -> None:
    """A sentence out of scope is one act without entities, and is tagged as such."""
    for row in _rows(name):
        acts = row["acts"]
        tags = row["tags"]
        refused = any(act["intent"] == "out_of_scope" for act in acts)
        assert refused == ("out_of_scope" in tags), row["id"]
        assert (len(acts) > 1) == ("compound" in tags), row["id"]
        assert not refused or acts == [{"intent": "out_of_scope", "entities": {}}], row["id"]


@pytest.mark.parametrize("name", SENTENCE_FILES)
def test_every_intent_is_covered(name: str) -> None:
    """Each file has enough sentences, compound ones among them, and every intent often enough."""
    found = _rows(name)
    counts = Counter(act["intent"] for row in found for act in row["acts"])
    least = LEAST_PER_INTENT[name.partition("_")[0]]
    assert len(found) >= SENTENCE_FILES[name]
    assert {intent: counts[intent] for intent in INTENTS if counts[intent] < least} == {}
    assert sum("compound" in row["tags"] for row in found) * 10 >= len(found)
    assert counts["out_of_scope"] * 10 >= len(found)


@pytest.mark.parametrize("name", SENTENCE_FILES)
def test_every_entity_is_covered(name: str) -> None:
    """Each file uses every entity of the contract's table at least once."""
    used = {entity for row in _rows(name) for act in row["acts"] for entity in act["entities"]}
    known = {*CHOICES, *PATTERNS, *NUMBERS, *ONE_OR_SEVERAL, *NAMES}
    known |= {"time", "period", "amount", "min_amount", "max_amount", "quantity"}
    assert used == known


@pytest.mark.parametrize("name", DATE_FILES)
def test_dates_have_the_contracts_form(name: str) -> None:
    """Each date case expects one time, one period or nothing, on the side of now that its direction says."""
    found = _rows(name)
    assert len(found) >= DATE_FILES[name]
    assert {row["direction"] for row in found} == {"future", "past"}
    assert any(row["expect"] == {} for row in found)
    for row in found:
        where = f"{row['id']}: {row['text']}"
        assert list(row) == ["id", "text", "now", "timezone", "direction", "expect"], where
        assert _is_text(row["text"]), where
        assert _is_moment(row), where
        expect = row["expect"]
        assert isinstance(expect, dict), where
        assert list(expect) in ([], ["time"], ["period"]), where
        assert all(_is_valid(entity, value) for entity, value in expect.items()), where
        if "time" in expect:
            value, today = expect["time"]["value"], str(row["now"])[:10]
            assert value[:10] >= today if row["direction"] == "future" else value[:10] <= today, where


def test_no_sentence_stands_twice() -> None:
    """Ids are unique over all files, and no text of an untouched set is known from development or from another."""
    files = {name: _rows(name) for name in (*SENTENCE_FILES, *DATE_FILES)}
    ids = Counter(row["id"] for found in files.values() for row in found)
    assert [key for key, count in ids.items() if count > 1] == []
    seen = {name: {str(row["text"]).casefold() for row in files[name]} for name in SENTENCE_FILES}
    assert all(len(seen[name]) == len(files[name]) for name in SENTENCE_FILES)
    known = set().union(*(texts for name, texts in seen.items() if not name.startswith(UNSEEN)))
    assert known & (seen["held_en"] | seen["held_ro"]) == set()
    known |= seen["held_en"] | seen["held_ro"]
    assert known & (seen["fresh_en"] | seen["fresh_ro"]) == set()
    known |= seen["fresh_en"] | seen["fresh_ro"]
    assert known & (seen["last_en"] | seen["last_ro"]) == set()


def _plain(text: str) -> str:
    """Fold a training example or a sentence to its bare words: no annotation, case or punctuation."""
    bare = re.sub(r"\[([^\]]+)\](\([^)]*\)|\{[^}]*\})", r"\1", text)
    return " ".join(re.findall(r"\w+", bare.casefold()))


def test_no_sentence_is_trained() -> None:
    """No evaluation sentence of five words or more stands in the training data; shorter ones are everybody's."""
    lines = (line for path in TRAINING.rglob("*.yml") for line in path.read_text(encoding="utf-8").splitlines())
    trained = {_plain(line.strip().removeprefix("- ")) for line in lines}
    sentences = {row["id"]: _plain(row["text"]) for name in (*SENTENCE_FILES, *DATE_FILES) for row in _rows(name)}
    assert [key for key, text in sentences.items() if len(text.split()) >= 5 and text in trained] == []
