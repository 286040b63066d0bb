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

NOTHING_TO_KEEP = frozenset(
    {"list_team", "invite_agent", "search_stock", "show_orders", "cancel_order", "reassign_order"}
)
TO_BE_DONE = frozenset({"order_new_car", "order_fleet", "order_stock"})


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
    rows: list[list[Button]] = []
    if form.text and form.flow not in NOTHING_TO_KEEP:
        row = [Button(turn.t("btn.keep_note"), "unavailable.note", args)]
        if form.flow in TO_BE_DONE:
            row.append(Button(turn.t("btn.remind"), "unavailable.remind", args))
        rows.append(row)
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

    def remind(turn: Turn, card: Card, args: dict[str, Any]) -> None:
        turn.edit(card, None)
        values = {"kind": "task", "title": args["text"]}
        engine.open_form(
            turn,
            "schedule_activity",
            values | ({"client": args["client"]} if isinstance(args["client"], str) else {}),
        )

    register.press("unavailable.note", note)
    register.press("unavailable.remind", remind)
