"""The one place where a typed refusal becomes words for a person."""

from bot.dialogue.turn import Turn
from domain.errors import DomainError
from texts.catalog import Html


def refusal(turn: Turn, error: DomainError) -> Html:
    """What was refused and what to do, in the person's language."""
    values = error.values
    if error.code == "undo_changed":  # storage says which table
        key = f"row.{values['what']}"
        values = {"what": turn.t(key if turn.texts.has(key) else "row.other")}
    return turn.t(f"error.{error.code}", **values)
