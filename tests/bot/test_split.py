"""Answers longer than a message of Telegram's."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.split import LIMIT, fits, split_text
from sandbox.html_entities import parse_html, utf16_length


def shown(parts: list[str]) -> list[str]:
    """What Telegram shows of each part; raises HtmlError where it would refuse one."""
    return [parse_html(part)[0] for part in parts]


def test_a_short_text_is_one_part() -> None:
    """Nothing is touched that fits."""
    assert split_text("<b>Ion</b>\nPopescu") == ["<b>Ion</b>\nPopescu"]


def test_cut_between_lines() -> None:
    """Lines stay whole where they can."""
    line = "x" * 1000
    assert [part.count("\n") + 1 for part in split_text("\n".join([line] * 10))] == [4, 4, 2]


@pytest.mark.parametrize("letter", ["a", "ș", "🚗", "&", "<"])
def test_a_long_line_is_cut_without_adding_anything(letter: str) -> None:
    """A note of thousands of letters comes as it was typed, letter for letter."""
    text = f"Noted on <b>Ion</b>: <i>{html.escape(letter * 4090)}</i>"
    parts = split_text(text)
    assert "".join(shown(parts)) == f"Noted on Ion: {letter * 4090}"
    assert len(parts) > 1


def test_a_note_of_several_lines_keeps_its_italics_in_every_part() -> None:
    """A tag that spans the cut is closed before it and opened after it."""
    parts = split_text("<i>" + "\n".join(["line &amp; more"] * 900) + "</i>")
    assert len(parts) > 1
    assert all(part.startswith("<i>") and part.endswith("</i>") for part in parts)
    assert "\n".join(shown(parts)) == "\n".join(["line & more"] * 900)


@given(st.lists(st.tuples(st.sampled_from(["b", "i", ""]), st.text("a<&\n 🚗\"'", max_size=3000)), max_size=6))
def test_every_part_is_taken_by_telegram(pieces: list[tuple[str, str]]) -> None:
    """Whatever is said, each part parses and fits, and no character but line ends is lost."""
    text = "".join(f"<{tag}>{html.escape(said)}</{tag}>" if tag else html.escape(said) for tag, said in pieces)
    parts = shown(split_text(text))
    assert all(utf16_length(part) <= LIMIT for part in parts)
    whole = "".join(said for _, said in pieces)
    assert "".join("".join(parts).split()) == "".join(whole.split())
    if fits(text) and whole.strip():
        assert parts == [whole]
