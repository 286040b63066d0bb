"""Capabilities that are understood but not served yet: said plainly, and the words can be kept as a note.

Nothing is written without a press.
"""

from typing import Any

from bot.dialogue.engine import Engine
from bot.dialogue.flow import Flow, Register
from bot.dialogue.state import Form
from bot.dialogue.turn import Button, Turn
from bot.ports import Card
from bot.understanding.acts import INTENTS


class Unavailable(Flow):
    """Says so, and offers to keep the words."""

    writes = False
    repeatable = False

    def complete(self, turn: Turn, form: Form) -> None:
        """Offer a note."""
        offer_note(turn, form)


def offer_note(turn: Turn, form: Form) -> None:
    """Say what is not served, and offer to keep the words as a note."""
    args = {"client": form.values.get("client"), "text": form.text}
    rows = [[Button(turn.t("btn.keep_note"), "unavailable.note", args)]] if form.text else []
    turn.add(turn.t(f"unavailable.{form.flow}"), *rows)


def unavailable_flows(served: set[str]) -> list[Flow]:
    """One for each intent of the contract that no flow serves; steering is the engine's own."""
    rest = INTENTS - served - {"cancel", "back", "undo"}
    return [type("Unavailable", (Unavailable,), {"intent": intent})() for intent in sorted(rest)]


def register_unavailable_buttons(register: Register, engine: Engine) -> None:
    """Keep the words as a note on the customer they name."""

    def note(turn: Turn, card: Card, args: dict[str, Any]) -> None:
        turn.edit(card, None)
        values = {"note": args["text"]} | ({"client": args["client"]} if isinstance(args["client"], str) else {})
        engine.open_form(turn, "add_note", values)

    register.press("unavailable.note", note)
