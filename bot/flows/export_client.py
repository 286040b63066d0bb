"""Everything kept of one customer as a JSON file in the director's chat."""

from typing import Any

from bot.dialogue.flow import Register
from bot.dialogue.turn import Turn
from bot.ports import Card, Message, SendKind
from domain.permissions import customer_to_see, require_director


def exported(turn: Turn, fact: dict[str, Any]) -> None:
    """Send the file; it is the director's alone, so it cannot be passed on from the chat."""
    if fact.get("failed"):
        turn.say(f"error.{fact.get('code', 'refused')}")
        return
    if turn.agent.chat_id is None:
        return
    payload = {"caption": turn.t("export.caption"), "protect_content": True}
    turn.unit.send(
        Message(chat_id=turn.agent.chat_id, kind=SendKind.DOCUMENT, payload=payload, file_id=fact["file_id"])
    )


def register_export_buttons(register: Register) -> None:
    """Have it made."""

    def start(turn: Turn, card: Card, args: dict[str, Any]) -> None:  # noqa: ARG001  the card stays
        require_director(turn.agent)
        customer = customer_to_see(turn.unit, turn.agent, args["customer"])
        payload = {"customer": customer.id}
        turn.unit.add_job(kind="export_customer", key=f"export:{turn.unit.entry.id}", payload=payload)
        turn.say("export.started")

    register.press("client.export", start)
