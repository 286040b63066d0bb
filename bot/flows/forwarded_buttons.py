"""What may be done with a forwarded or pasted message: keep it as a note, or start a new client from its sender."""

from typing import Any

from bot.dialogue.engine import Engine
from bot.dialogue.flow import Register
from bot.dialogue.turn import Turn
from bot.ports import Card

Args = dict[str, Any]


def register_forwarded_buttons(register: Register, engine: Engine) -> None:
    """Note and new client."""

    def note(turn: Turn, card: Card, args: Args) -> None:
        turn.edit(card, None)
        engine.open_form(turn, "add_note", {"note": args["text"]} | ({"client": args["name"]} if args["name"] else {}))

    def client(turn: Turn, card: Card, args: Args) -> None:
        turn.edit(card, None)
        engine.open_form(turn, "add_client", {"client": args["name"], "note": args["text"]})

    register.press("forwarded.note", note)
    register.press("forwarded.client", client)
