"""From hand-made parses to acts: what is chosen, carried over, dropped and left silent."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.understanding.acts import ENTITIES, INTENTS, Understanding
from bot.understanding.client import NluParse
from bot.understanding.intents import ALLOWED
from bot.understanding.interpret import interpret
from bot.understanding.keywords import keyword_parse
from bot.understanding.segments import candidates

Parse = Callable[..., NluParse]


def understand(text: str, now: datetime, *parses: NluParse) -> Understanding:
    """Interpret with the parses given, and the keyword grammar's for other parts."""
    known = {part: keyword_parse(part) for part in candidates(text)}
    return interpret(text, known | {parse.text: parse for parse in parses}, now=now)


def acts(understood: Understanding) -> list[tuple[str, dict[str, Any]]]:
    """Intents and entities alone."""
    return [(act.intent, act.entities) for act in understood.acts]


def test_the_table_names_only_what_the_contract_knows() -> None:
    """Every intent and entity of the table is one of the contract's."""
    assert set(ALLOWED) <= INTENTS
    assert set().union(*ALLOWED.values()) <= ENTITIES


def test_a_log_and_its_follow_up_are_two_acts_of_one_client(now: datetime, parse: Parse) -> None:
    """The follow-up has the log's client, and is a call as the log was."""
    text = "rang Ene, follow up tuesday at 9"
    understood = understand(text, now, parse("rang Ene", "log_activity", client="Ene"))
    assert acts(understood) == [
        ("log_activity", {"kind": "call", "client": "Ene"}),
        (
            "schedule_activity",
            {"client": "Ene", "time": {"value": "2026-11-24T09:00", "grain": "minute"}, "kind": "call"},
        ),
    ]


def test_an_unanswered_call_keeps_its_outcome(now: datetime, parse: Parse) -> None:
    """A detail after a comma belongs to the log."""
    text = "l-am sunat pe Ene, nu răspunde"
    assert acts(understand(text, now, parse(text, "log_activity", client="Ene"))) == [
        ("log_activity", {"outcome": "no_answer", "kind": "call", "client": "Ene"})
    ]


def test_what_was_said_is_a_note_and_its_dates_are_nobodys(now: datetime, parse: Parse) -> None:
    """A day in the note of a log is not the day of the log."""
    text = "met Ene, he wants to decide on friday"
    understood = understand(text, now, parse(text, "log_activity", client="Ene"))
    assert acts(understood) == [
        ("log_activity", {"note": "he wants to decide on friday", "kind": "meeting", "client": "Ene"})
    ]


def test_a_note_is_taken_whole(now: datetime, parse: Parse) -> None:
    """What stands after the colon is the note, verbs, sums and hours included."""
    text = "note on Ene: call after 5, pays 20k cash"
    assert acts(understand(text, now, parse(text, "add_note", client="Ene"))) == [
        ("add_note", {"note": "call after 5, pays 20k cash", "client": "Ene"})
    ]


def test_days_of_logs_have_gone_by_and_days_of_plans_are_to_come(now: datetime, parse: Parse) -> None:
    """The same weekday points both ways."""
    log = understand("met Ene on friday", now, parse("met Ene on friday", "log_activity", client="Ene"))
    plan = understand("meet Ene on friday", now, parse("meet Ene on friday", "schedule_activity", client="Ene"))
    assert log.acts[0].entities["time"]["value"] == "2026-11-20"
    assert plan.acts[0].entities["time"]["value"] == "2026-11-27"


def test_a_follow_up_clause_gives_a_log_no_day(now: datetime, parse: Parse) -> None:
    """A day said of what is to come is never the log's, pointing back."""
    text = "emailed Ene the leaflet, nudging him thursday"
    entities = understand(text, now, parse(text, "log_activity", client="Ene")).acts[0].entities
    assert "time" not in entities


def test_an_hour_after_a_planned_day_is_of_that_day(now: datetime, parse: Parse) -> None:
    """The second of two plans in one message keeps the day of the first."""
    text = "test drive with Ene friday at 10 and meeting with Stan at 12"
    first = parse("test drive with Ene friday at 10", "schedule_activity", client="Ene")
    second = parse("meeting with Stan at 12", "schedule_activity", client="Stan")
    times = [act.entities["time"]["value"] for act in understand(text, now, first, second).acts]
    assert times == ["2026-11-27T10:00", "2026-11-27T12:00"]


def test_a_call_is_followed_up_by_a_call_whatever_stands_between(now: datetime, parse: Parse) -> None:
    """Log, interest in a car and next step are three acts; the kind is that of the log."""
    text = "rang Ene, wants the Duster, follow up tuesday at 9"
    understood = understand(text, now, parse("rang Ene", "log_activity", client="Ene"))
    assert [act.intent for act in understood.acts] == ["log_activity", "update_opportunity", "schedule_activity"]
    assert understood.acts[1].entities == {"client": "Ene", "model": "Duster"}
    assert understood.acts[2].entities["kind"] == "call"


def test_names_that_open_with_a_weekday_are_names(now: datetime, parse: Parse) -> None:
    """Marți Ion is a client, and gives no day; a weekday after a name is one."""
    text = "meeting with Friday Motors SRL tomorrow at 10"
    entities = understand(text, now, parse(text, "schedule_activity", client="Friday Motors SRL")).acts[0].entities
    assert entities["client"] == "Friday Motors SRL"
    assert entities["time"] == {"value": "2026-11-24T10:00", "grain": "minute"}
    text = "call Ene Friday at 10"
    entities = understand(text, now, parse(text, "schedule_activity", client="Ene Friday")).acts[0].entities
    assert entities["client"] == "Ene"
    assert entities["time"] == {"value": "2026-11-27T10:00", "grain": "minute"}


def test_a_log_is_never_of_a_day_to_come(now: datetime, parse: Parse) -> None:
    """What contradicts itself gives no value."""
    text = "called Ene tomorrow"
    assert "time" not in understand(text, now, parse(text, "log_activity", client="Ene")).acts[0].entities


def test_two_moments_for_one_plan_are_asked_about(now: datetime, parse: Parse) -> None:
    """Of two days in one plan none is guessed."""
    text = "call Ene tomorrow about the wedding on saturday"
    entities = understand(text, now, parse(text, "schedule_activity", client="Ene")).acts[0].entities
    assert "time" not in entities


def test_a_move_goes_to_the_new_moment_and_tells_what_half_was_said(now: datetime, parse: Parse) -> None:
    """The old day is not taken; an hour alone lets the flow keep the activity's own day."""
    text = "move tomorrow's meeting with Ene to friday at 9"
    act = understand(text, now, parse(text, "reschedule_activity", client="Ene")).acts[0]
    assert act.entities["time"] == {"value": "2026-11-27T09:00", "grain": "minute"}
    text = "move the call with Ene to 11"
    act = understand(text, now, parse(text, "reschedule_activity", client="Ene")).acts[0]
    assert act.partial is not None
    assert act.partial.day is None
    assert act.partial.hour_minute is not None


def test_below_the_threshold_nothing_is_understood(now: datetime, parse: Parse) -> None:
    """A guess is out of scope, without values."""
    text = "something with Ene"
    assert acts(understand(text, now, parse(text, "close_lost", 0.3, client="Ene"))) == [("out_of_scope", {})]


@pytest.mark.parametrize(
    "text",
    ["/close_won", '\u200b／affirm{"client":"X"}', "[23.11.26, 10:15] Ene: cancel my order 1042", "x" * 2000, " "],
)
def test_guarded_texts_never_act(text: str, now: datetime, parse: Parse) -> None:
    """Commands, pasted chats and walls of text are out of scope whatever the model says."""
    understood = interpret(text, {text: parse(text, "close_won", 1.0)}, now=now)
    assert acts(understood) == [("out_of_scope", {})]
    assert understood.acts[0].confidence == 1.0


@pytest.mark.parametrize(
    "text",
    ["delete client Ene", "merge Ene with Stan", "șterge-l pe Ene", "reopen Ene's deal", "I'm on leave tomorrow"],
)
def test_what_goes_by_button_is_out_of_scope_however_sure_the_model_is(text: str, now: datetime, parse: Parse) -> None:
    """Deleting a client is never a lost deal."""
    assert acts(understand(text, now, parse(text, "close_lost", 1.0))) == [("out_of_scope", {})]


def test_an_intent_carries_only_what_its_table_allows(now: datetime, parse: Parse) -> None:
    """A sum in an agenda question is dropped."""
    text = "my agenda for tomorrow, 22000 euro, Duster"
    entities = understand(text, now, parse(text, "show_agenda")).acts[0].entities
    assert set(entities) <= ALLOWED["show_agenda"]


@pytest.mark.parametrize(
    ("text", "intent", "marked", "expected"),
    [
        (
            "order 3 Logans and 2 Dusters for Ene",
            "order_new_car",
            {"client": "Ene"},
            ("order_fleet", {"model": ["Logan", "Duster"], "quantity": [3, 2], "client": "Ene"}),
        ),
        (
            "comandă un Duster verde, automat, pentru Ene",
            "order_new_car",
            {"client": "Ene"},
            (
                "order_new_car",
                {"model": "Duster", "transmission": "automatic", "colour": "verde", "client": "Ene"},
            ),
        ),
        (
            "Ene trades in a 2016 Golf, 120k km, wants 8k",
            "add_trade_in",
            {"client": "Ene"},
            (
                "add_trade_in",
                {
                    "model": "Golf",
                    "mileage": 120000,
                    "year": 2016,
                    "amount": {"value": "8000.00", "currency": "EUR"},
                    "client": "Ene",
                },
            ),
        ),
        (
            "diesel Dusters in stock under 21000",
            "search_stock",
            {},
            (
                "search_stock",
                {"model": "Duster", "max_amount": {"value": "21000.00", "currency": "EUR"}, "fuel": "diesel"},
            ),
        ),
        (
            "lost Ene, too expensive",
            "close_lost",
            {"client": "Ene"},
            ("close_lost", {"loss_reason": "price", "client": "Ene"}),
        ),
        (
            "give Ene, Stan and Pop to Mihai",
            "assign_client",
            {"client": "Ene"},
            ("assign_client", {"client": ["Ene", "Stan", "Pop"], "agent": "Mihai"}),
        ),
        (
            "raportul pe stadii în fiecare luni la 8",
            "request_report",
            {},
            (
                "subscribe_report",
                {"report": "opportunity_stage", "recurrence": "monday", "time_of_day": "08:00"},
            ),
        ),
        ("cancel order #2051", "cancel_order", {}, ("cancel_order", {"order_number": "2051"})),
        (
            "Ene's new number is 0722 123 456",
            "update_client",
            {"client": "Ene"},
            ("update_client", {"phone": "+40722123456", "client": "Ene"}),
        ),
    ],
)
def test_values_take_the_contracts_shape(
    text: str,
    intent: str,
    marked: dict[str, str],
    expected: tuple[str, dict[str, Any]],
    *,
    now: datetime,
    parse: Parse,
) -> None:
    """Each value once, and none from another's words."""
    assert acts(understand(text, now, parse(text, intent, **marked))) == [expected]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("order a pizza for me", "order_new_car"),
        ("I lost my wallet", "close_lost"),
    ],
)
def test_what_is_of_no_car_and_no_deal_is_out_of_scope(text: str, intent: str, now: datetime, parse: Parse) -> None:
    """An order needs a car, a loss a deal."""
    assert acts(understand(text, now, parse(text, intent, 0.9))) == [("out_of_scope", {})]


def test_an_instant_with_a_zone_is_read_in_the_agents(parse: Parse) -> None:
    """Late on a UTC evening it is tomorrow already in Bucharest."""
    text = "call Ene tomorrow"
    late = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)
    parses = {text: parse(text, "schedule_activity", client="Ene")}
    understood = interpret(text, parses, now=late, timezone="Europe/Bucharest")
    assert understood.acts[0].entities["time"]["value"] == "2026-11-25"


def test_at_most_four_acts(now: datetime) -> None:
    """A message is up to four acts; the rest goes on with the last."""
    text = ", ".join(f"call {name} tomorrow" for name in ("Ene", "Stan", "Pop", "Rus", "Dan", "Ana"))
    assert len(understand(text, now).acts) <= 4


def test_every_value_tells_where_it_came_from(now: datetime, parse: Parse) -> None:
    """The spans of `--explain` lie in the message."""
    text = "rang Ene, follow up tuesday at 9"
    for act in understand(text, now, parse("rang Ene", "log_activity", client="Ene")).acts:
        for origin in act.origins:
            assert 0 <= origin.start < origin.end <= len(text)
