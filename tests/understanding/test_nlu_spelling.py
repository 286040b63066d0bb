"""Misspelt words in the model's eyes: read as the known word, unless they are known themselves or like none."""

import subprocess
from pathlib import Path

import pytest

NLU = Path(__file__).resolve().parents[2] / "nlu"
PYTHON = NLU / ".venv" / "bin" / "python"
KNOWN = "meeting move cancel opportunity muta maria intalnire"


def near(word: str) -> str:
    """Ask the component, in the NLU environment."""
    script = f"from components.spelling import Spelling\nprint(Spelling({KNOWN!r}.split()).near({word!r}))"
    done = subprocess.run(  # noqa: S603  our own command
        [str(PYTHON), "-c", script], cwd=NLU, capture_output=True, text=True, timeout=60, check=True
    )
    return done.stdout.strip()


@pytest.mark.nlu
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("metting", "meeting"),
        ("moev", "move"),
        ("cancle", "cancel"),
        ("cnacel", "cancel"),
        ("oportunitty", "opportunity"),
        ("intalnrie", "intalnire"),
    ],
)
def test_a_slip_is_read_as_the_word_it_was_meant_to_be(typed: str, meant: str) -> None:
    """Lost, doubled and swapped letters do not make another word."""
    assert near(typed) == meant


@pytest.mark.nlu
@pytest.mark.parametrize("word", ["muta", "zamfirescu", "td", "0722123456"])
def test_what_is_known_short_or_far_stays_as_it_is(word: str) -> None:
    """A name, a number and an abbreviation are no slips."""
    assert near(word) == word
