"""Messages without punctuation, telegraphic names, and closings that have not happened."""

from collections.abc import Callable

import pytest

from bot.understanding.client import NluParse
from bot.understanding.compose import group_clauses
from bot.understanding.interpret import interpret
from bot.understanding.keywords import keyword_parse, read_keywords
from bot.understanding.segments import candidates, clauses
from bot.understanding.telegraphic import find_telegraphic
from tests.understanding.conftest import NOW


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "I rang Rusu this morning send him an offer for a Spring",
            ["I rang Rusu this morning", "send him an offer for a Spring"],
        ),
        ("am sunat la Rusu programeaza test drive joi", ["am sunat la Rusu", "programeaza test drive joi"]),
        ("visited Rusu he wants a Spring call him monday", ["visited Rusu", "he wants a Spring", "call him monday"]),
        ("am vazut-o pe Ilie vrea un Spring o sun joi", ["am vazut-o pe Ilie", "vrea un Spring", "o sun joi"]),
        ("Rusu asked me to call him monday", ["Rusu asked me to call him monday"]),
        ("ce oportunitati sunt in negociere", ["ce oportunitati sunt in negociere"]),
        ("anuleaza si vizita la Rusu", ["anuleaza si vizita la Rusu"]),
        ("cancel order 118", ["cancel order 118"]),
    ],
)
def test_a_dictated_message_is_cut_before_verbs(text: str, parts: list[str]) -> None:
    """A verb said to the assistant begins an act; what depends on another verb, and questions, stay whole."""
    assert [text[clause.start : clause.end] for clause in clauses(text)] == parts


def test_an_unsure_verb_after_an_act_stays_with_it(parse: Callable[..., NluParse]) -> None:
    """A cut without a separator holds only where the second act is sure."""
    text = "offer for Rusu in red make it quick"
    parses = {part: parse(part, "create_offer") for part in candidates(text)}
    parses["make it quick"] = parse("make it quick", "update_offer", 0.6)
    assert [group.choice.intent for group in group_clauses(text, parses)] == ["create_offer"]


@pytest.mark.parametrize(
    "text",
    [
        "Rusu has not signed yet",
        "Rusu n-a semnat",
        "Rusu nu a semnat inca",
        "Rusu vrea sa semneze luni",
        "who won the tender",
    ],
)
def test_what_has_not_happened_closes_no_deal(parse: Callable[..., NluParse], text: str) -> None:
    """Not yet, maybe or a question: nothing is won, whatever the model says."""
    parses = {part: parse(part, "close_won") for part in candidates(text)}
    assert [act.intent for act in interpret(text, parses, now=NOW).acts] == ["out_of_scope"]


@pytest.mark.parametrize("text", ["Rusu signed with another dealer", "Rusu a semnat cu Toyota"])
def test_a_contract_with_others_is_lost(parse: Callable[..., NluParse], text: str) -> None:
    """Who signs elsewhere is won by nobody here: lost to a competitor, whatever the model says."""
    parses = {part: parse(part, "close_won") for part in candidates(text)}
    acts = interpret(text, parses, now=NOW).acts
    assert [(act.intent, act.entities.get("loss_reason")) for act in acts] == [("close_lost", "competitor")]


def test_a_trade_in_told_as_the_reason_of_a_loss_is_no_trade_in(parse: Callable[..., NluParse]) -> None:
    """Lost, our trade-in price too low: that closes a deal and adds no car."""
    text = "lost Ene, our trade-in price too low"
    parses = {
        part: parse(part, "close_lost", client="Ene") if "Ene" in part else parse(part, "add_trade_in", 0.7)
        for part in candidates(text)
    }
    acts = interpret(text, parses, now=NOW).acts
    assert [(act.intent, act.entities.get("loss_reason")) for act in acts] == [("close_lost", "trade_in")]


def test_what_is_listed_as_done_is_done(parse: Callable[..., NluParse]) -> None:
    """A list after "done:" plans nothing."""
    text = "done: call Ene, email Stan"
    parses = {
        part: parse(part, "schedule_activity", client="Stan" if "Stan" in part else "Ene") for part in candidates(text)
    }
    acts = interpret(text, parses, now=NOW).acts
    assert [(act.intent, act.entities.get("kind")) for act in acts] == [
        ("complete_activity", "call"),
        ("complete_activity", "email"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "call of duty tonight",
        "the offer at lidl ends sunday",
        "programare la stomatolog mâine la 10",
        "Steaua a câștigat",
    ],
)
def test_what_only_sounds_like_business_is_none(parse: Callable[..., NluParse], text: str) -> None:
    """Games, shops, the agent's own life and sport, whatever the model says."""
    parses = {part: parse(part, "schedule_activity") for part in candidates(text)}
    assert [act.intent for act in interpret(text, parses, now=NOW).acts] == ["out_of_scope"]


def test_a_day_that_was_promised_is_not_the_day_of_the_log(parse: Callable[..., NluParse]) -> None:
    """A call told of today has no date in the past only because the client named a day to come."""
    for text in ("called Rusu he said he comes friday", "l-am sunat pe Rusu a zis ca vine vineri"):
        parses = {part: parse(part, "log_activity", client="Rusu") for part in candidates(text)}
        assert "time" not in interpret(text, parses, now=NOW).acts[0].entities


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("find zgripcea", "zgripcea"),
        ("done with meeting zgripcea, thanks", "zgripcea"),
        ("zgripcea pierdut, prea scump", "zgripcea"),
        ("test drive cu zgripcea", "zgripcea"),
        ("find something nice", None),
        ("am fost la mare", None),
    ],
)
def test_a_lower_case_name_is_told_by_its_place_and_by_no_list_knowing_it(text: str, name: str | None) -> None:
    """Only an unknown word where a name belongs is one."""
    place = find_telegraphic(text, text)
    assert (text[slice(*place)] if place else None) == name


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("I thank you very much indeed", "thanks"),
        ("va multumesc frumos pentru ajutor", "thanks"),
        ("this is entirely correct", "affirm"),
        ("i'm afraid not", "deny"),
        ("forget what I said", "cancel"),
        ("renunta, m-am razgandit", "cancel"),
        ("please reverse the last entry", "undo"),
        ("da inapoi", "undo"),
        ("could we return to the previous step", "back"),
        ("putem reveni la intrebarea anterioara", "back"),
        ("please explain how you can help me", "help"),
        ("good evening to you all", "greet"),
        ("va doresc o zi buna", "goodbye"),
    ],
)
def test_whole_polite_sentences_of_conversation_are_told_by_words(text: str, intent: str) -> None:
    """Courtesy in full sentences is small talk, not something foreign."""
    reading = read_keywords(text)
    assert reading is not None
    assert (reading.intent, reading.sure) == (intent, True)


def test_a_discount_on_a_known_offer_changes_it_and_a_stated_sum_the_known_deal() -> None:
    """The keyword grammar alone hears it too."""
    text = "-4% for Rusu"
    act = interpret(text, {part: keyword_parse(part) for part in candidates(text)}, now=NOW).acts[0]
    assert (act.intent, act.entities["percent"]) == ("update_offer", "4")


@pytest.mark.parametrize("text", ["Rusu signs on thursday", "Rusu semneaza joi la 12", "Rusu will sign next monday"])
def test_a_signature_to_come_is_a_plan(parse: Callable[..., NluParse], text: str) -> None:
    """It neither closes the deal nor is logged as a day gone by."""
    parses = {part: parse(part, "log_activity", client="Rusu") for part in candidates(text)}
    assert [act.intent for act in interpret(text, parses, now=NOW).acts] == ["schedule_activity"]


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("move Rusu to Ana and Ilie to Mihai", 2),
        ("assign Rusu, Ilie and Toma to Ana", 1),
        ("take Rusu from Mihai and give him to Ana", 1),
    ],
)
def test_each_hand_over_with_its_own_receiver_is_an_act(parse: Callable[..., NluParse], text: str, acts: int) -> None:
    """A list of clients shares one receiver; a second receiver begins a second act."""
    parses = {part: parse(part, "assign_client") for part in candidates(text)}
    assert len(group_clauses(text, parses)) == acts


def test_an_everyday_word_in_lower_case_is_nobody(parse: Callable[..., NluParse]) -> None:
    """What the model marks is checked: things to be ordered are no clients, names in lower case are."""
    for text, name in (("remind me to order flyers tomorrow", "flyers"), ("remind me to call zgripcea", "zgripcea")):
        parses = {part: parse(part, "schedule_activity", client=name) for part in candidates(text)}
        client = interpret(text, parses, now=NOW).acts[0].entities.get("client")
        assert client == (name if name == "zgripcea" else None)
