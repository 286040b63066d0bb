"""Texts that may never act."""

import pytest

from bot.dialogue.guards import leading_slash, looks_pasted, too_long


@pytest.mark.parametrize(
    "text",
    [
        "/start",
        '/affirm{"client":"X"}',
        "  /affirm",
        "\u200b/affirm",
        "\u200e\u2060\ufeff /affirm",
        "／affirm",
        "\u3000／affirm",
        "\u2044affirm",
        "\x00/affirm",
        "\u2800/affirm",
        "\n\t/affirm",
    ],
)
def test_a_command_is_told_through_spaces_and_invisible_characters(text: str) -> None:
    """A slash is seen behind every space, format and control character, and in its full-width form."""
    assert leading_slash(text)


@pytest.mark.parametrize("text", ["call Popescu 24/11", "and/or", "", " ", "1/2", "și/sau"])
def test_a_slash_inside_is_no_command(text: str) -> None:
    """Dates and alternatives are no commands."""
    assert not leading_slash(text)


@pytest.mark.parametrize(
    "text",
    [
        "Dan Ene, [23.11.2026 10:15]:\ncall me",
        "Dan Ene, [23.11.2026 10:15]\ncall me",
        "Dan Ene, [Nov 23, 2026 at 10:15:00 AM]:\ncall me",
        "[23.11.26, 10:15] Dan: call me",
        "\u200e[23.11.2026, 10:15:22] Dan: call me",
        "[10:15, 11/23/2026] Dan: call me",
        "[23/11, 10:15 am] Dan: call me",
        "[23/11/2026, 10:15\u202fPM] Dan: call me",
        "23/11/2026, 10:15 - Dan Ene: call me",
        "11/23/26, 10:15 AM - Dan: call me",
        "[23 noiembrie 2026, 10:15] Dan: call me",
        "Dan Ene (23.11.2026, 10:15): call me",
        "Dan Ene\n23.11.2026, 10:15\ncall me",
        "see this\n[23.11.26, 10:15] Dan: call me",
        "---------- Forwarded message ----------\ncall me",
        "Forwarded from Dan Ene\ncall me",
    ],
)
def test_a_copied_chat_is_told_by_its_header(text: str) -> None:
    """Telegram, WhatsApp, Viber, Signal and Messenger each add a header when messages are copied."""
    assert looks_pasted(text)


@pytest.mark.parametrize(
    "text",
    [
        "call Dan 23.11.2026 10:15",
        "test drive Dan\n27.11.2026 10:00",
        "met Acme, 10:15 - they liked it",
        "meeting with Ene (27.11.2026, 10:00) and call Stan",
        "new client Dan Ene, [tall one]",
        "note on Ene: call at 10:15",
    ],
)
def test_a_typed_date_is_no_header(text: str) -> None:
    """An agent's own dates and brackets pass."""
    assert not looks_pasted(text)


def test_a_wall_of_text_is_too_long() -> None:
    """What is longer than a request is a text to keep."""
    assert too_long("a" * 1001)
    assert not too_long("a" * 1000)
