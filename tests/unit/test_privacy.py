"""Personal codes are found in a text, and nothing else is taken for one."""

import pytest

from domain.privacy import without_personal_codes


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("CNP 1800101221144.", "CNP …."),
        ("CNP 1800101221145 mistyped", "CNP … mistyped"),
        ("180-0101-221144", "…"),
        ("1 800101 221144", "…"),
        ("１８００１０１２２１１４４", "…"),
        ("1800101\u200b221144 and 1800101\u00a0 221144", "… and …"),
        ("180-0101-221145", "180-0101-221145"),
        ("1801301221144", "1801301221144"),
        ("0040722123456 and +40722123456", "0040722123456 and +40722123456"),
        ("18001012211440", "18001012211440"),
        ("5 cars, 0722 123 456", "5 cars, 0722 123 456"),
    ],
)
def test_personal_codes_are_taken_out(text: str, clean: str) -> None:
    """Thirteen digits with a date are a code, also a mistyped one; with gaps the control digit decides."""
    assert without_personal_codes(text) == clean
