"""What Telegram gives is kept whatever it looks like: nothing stops the receiver."""

from typing import Any

import pytest

from bot.telegram.receive import received


@pytest.mark.parametrize(
    "update",
    [
        {"callback_query": {"id": "1", "from": "x", "message": "boo"}},
        {"callback_query": {"message": [1]}},
        {"message": {"from": {"id": "7"}, "chat": 5}},
        {"message": {"message": {"chat": {"id": 2**70}}}},
        {"update_id": {"not": "a number"}, "message": 1},
    ],
)
def test_a_malformed_update_is_received_for_nobody(update: dict[str, Any]) -> None:
    """An update of no known form belongs to nobody, and is no error."""
    assert received(42, update).person == 0


def test_a_malformed_press_still_belongs_to_its_sender() -> None:
    """Whoever can be read as the sender keeps the order of the own entries."""
    assert received(42, {"callback_query": {"from": {"id": 7}, "message": "boo"}}).person == 7
