"""Writing a message out: short forms, slips and courtesies become plain words, names and notes stay."""

import pytest

from bot.understanding.plain import write_out


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("td w stanescu tmrw 4pm", "test drive with stanescu tomorrow 4pm"),
        ("cxl ord 1188", "cancel order 1188"),
        ("mv mtg to fri", "move meeting to fri"),
        ("cl nou ion rusu", "client nou ion rusu"),
        ("int cu rusu vin la 11", "intalnire cu rusu vineri la 11"),
        ("anul int cu rusu", "anuleaza intalnire cu rusu"),
        ("sunat rusu, nu rasp, msj maine", "sunat rusu, nu raspunde, mesaj maine"),
        ("of pt rusu logan auto", "oferta pt rusu logan automatic"),
    ],
)
def test_short_forms_are_written_out(typed: str, plain: str) -> None:
    """What agents shorten has one plain word, in both languages."""
    assert write_out(typed).text == plain


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("offer 4 rusu", "offer for rusu"),
        ("offer duster 4 him", "offer duster for him"),
        ("order 1188 2 mihnea", "order 1188 to mihnea"),
        ("order 4 logans", "order 4 logans"),
        ("call rusu at 4", "call rusu at 4"),
    ],
)
def test_a_figure_for_a_word_is_told_by_its_neighbours(typed: str, plain: str) -> None:
    """Four and two are words before a person or a day, figures before cars and hours."""
    assert write_out(typed).text == plain


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("cnacel the meetign", "cancel the meeting"),
        ("ofefr for Rusu", "offer for Rusu"),
        ("oportuntate pentru Rusu", "oportunitate pentru Rusu"),
        ("programaeza o intalnrie", "programeaza o intalnire"),
        ("call Manuel Tesat", "call Manuel Tesat"),
        ("intalniri si vizite", "intalniri si vizite"),
        ("call oprea and marina", "call oprea and marina"),
    ],
)
def test_slips_are_mended_names_and_other_forms_are_not(typed: str, plain: str) -> None:
    """One slip within a known word is mended; capitals, known names and other endings stay."""
    assert write_out(typed).text == plain


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("Would you kindly cancel the call?", "please cancel the call?"),
        ("Vă rog să anulați apelul", "anuleaza apelul"),
        ("Va rog sa-i trimiteti oferta", "trimite-i oferta"),
        ("Te rog s-o programezi", "programeaza-o"),
        ("May I see the offers?", "show me the offers?"),
        ("oferta dumneaei", "oferta ei"),
    ],
)
def test_the_polite_register_becomes_the_plain_request(typed: str, plain: str) -> None:
    """Courtesies say nothing of what is asked."""
    assert write_out(typed).text == plain


def test_a_note_stays_as_typed() -> None:
    """What stands behind a note's colon is the agent's own text, and so is what a stretch gives back."""
    assert write_out("note on Rusu: td w wife").text == "note on Rusu: td w wife"
    plain = write_out("cxl td cu Rusu")
    start = plain.text.index("test drive")
    assert plain.text == "cancel test drive cu Rusu"
    assert plain.typed(start, start + len("test drive")) == "td"
    assert plain.typed(0, len(plain.text)) == "cxl td cu Rusu"
    assert plain.typed(plain.text.index("Rusu"), len(plain.text)) == "Rusu"
