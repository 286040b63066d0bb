"""Where a message may be cut."""

import pytest

from bot.understanding.segments import MAX_CLAUSES, body, candidates, clauses


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("rang Ene, no answer", ["rang Ene, no answer"]),
        ("rang Ene, follow up tuesday at 9", ["rang Ene", "follow up tuesday at 9"]),
        ("met Stan and then schedule a call for monday", ["met Stan", "schedule a call for monday"]),
        ("l-am sunat pe Ene, revin joi la 10", ["l-am sunat pe Ene", "revin joi la 10"]),
        ("order 3 Logans and 2 Dusters for Ene", ["order 3 Logans and 2 Dusters for Ene"]),
        ("Dan and Ana", ["Dan and Ana"]),
        ("met Mr. Ene. Call him monday", ["met Mr. Ene", "Call him monday"]),
        ("offer for Ene: Duster, TCe 130, grey", ["offer for Ene: Duster, TCe 130, grey"]),
        ("remind me to call Ene and send the papers", ["remind me to call Ene and send the papers"]),
        ("hi, what do I have today? thanks", ["what do I have today?"]),
        ("salut, ce am azi", ["ce am azi"]),
    ],
)
def test_a_message_is_cut_where_an_act_may_begin(text: str, parts: list[str]) -> None:
    """Lists, details and courtesies stay with their act; a verb or activity after a separator begins one."""
    assert [text[clause.start : clause.end] for clause in clauses(text)] == parts


def test_a_courtesy_alone_is_the_message() -> None:
    """Thanks around a request are left out, thanks alone are what was said."""
    assert body("thanks") == (0, 6)
    text = "hi, my agenda please"
    assert text[slice(*body(text))] == "my agenda"


def test_all_runs_of_clauses_are_candidates_and_there_are_few() -> None:
    """Neighbouring clauses may be one act, so every run is asked about, within a bound."""
    text = "rang Ene, wants a Duster, follow up friday"
    assert "rang Ene" in candidates(text)
    assert text in candidates(text)
    long = ", ".join(["call Ene"] * 40)
    assert len(clauses(long)) == MAX_CLAUSES
    assert len(candidates(long)) <= MAX_CLAUSES * (MAX_CLAUSES + 1) // 2
