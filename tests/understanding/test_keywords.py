"""The keyword grammar: all there is while the NLU is down."""

import pytest

from bot.understanding.keywords import keyword_parse, read_keywords


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("what do I have today", "show_agenda"),
        ("ce am de făcut azi?", "show_agenda"),
        ("my agnda", "show_agenda"),
        ("what's overdue", "show_overdue"),
        ("ce am restant", "show_overdue"),
        ("called Ene, busy", "log_activity"),
        ("yesterday met Ene", "log_activity"),
        ("l-am sunat pe Ene", "log_activity"),
        ("schedule a meeting with Ene", "schedule_activity"),
        ("amintește-mi să-l sun pe Ene", "schedule_activity"),
        ("note for Ene: likes red", "add_note"),
        ("notează la Ene că vrea roșu", "add_note"),
        ("find client Ene", "show_client"),
        ("new client Dan Ene", "add_client"),
        ("client nou Dan Ene", "add_client"),
        ("done with the call to Ene", "complete_activity"),
        ("mută întâlnirea cu Ene pe joi", "reschedule_activity"),
        ("cancel the meeting with Ene", "cancel_activity"),
        ("undo", "undo"),
        ("help", "help"),
        ("Bună ziua!", "greet"),
        ("da", "affirm"),
        ("nu", "deny"),
        ("send my agenda at 7", "set_preference"),
        ("delete client Ene", "out_of_scope"),
        ("merge Ana Pop with Anna Pop", "out_of_scope"),
        ("sunt în concediu săptămâna viitoare", "out_of_scope"),
        ("export my clients", "out_of_scope"),
        ("reopen the Ene deal", "out_of_scope"),
    ],
)
def test_common_requests_are_told_by_words(text: str, intent: str) -> None:
    """Both languages, with and without diacritics, a slip of the thumb included."""
    reading = read_keywords(text)
    assert reading is not None
    assert reading.intent == intent


@pytest.mark.parametrize("text", ["Popescu", "the sky is blue", "o zi frumoasă de vară", "22000", "🙂", ""])
def test_what_is_unsure_gives_nothing(text: str) -> None:
    """The bot then shows its menu."""
    assert read_keywords(text) is None
    assert keyword_parse(text).intent == "out_of_scope"


def test_who_won_a_match_is_no_sale() -> None:
    """Everyday winning and losing is no deal's."""
    for text in ("who won the match", "cine a câștigat meciul", "my car won't start"):
        reading = read_keywords(text)
        assert reading is None or reading.intent != "close_won"
