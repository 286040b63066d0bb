"""Erasing one customer, for the director: a card that says what goes and what stays, then the job, then what it came to."""

from datetime import datetime
from typing import Any

from bot.cards.portfolio import erasure_card
from bot.dialogue.flow import Register
from bot.dialogue.turn import Turn
from bot.ports import Card, Message, Priority, SendKind
from domain.erasure import erasure_outlook
from texts.catalog import Html

Args = dict[str, Any]
FILES_SHOWN = 20


def erased(turn: Turn, fact: dict[str, Any]) -> None:
    """Delete what stands in chats, and list what stands on phones."""
    if fact.get("failed"):
        turn.say(f"error.{fact.get('code', 'refused')}")
        return
    for chat_id, message_id in fact["deletions"]:
        payload = {"message_id": message_id}
        turn.unit.send(Message(chat_id=chat_id, kind=SendKind.DELETE, payload=payload, priority=Priority.BULK))
    lines = [turn.t("erase.done"), turn.n("erase.deleted", len(fact["deletions"]))]
    if fact["older"]:
        lines.append(turn.n("erase.older", fact["older"]))
    if fact["files"]:
        lines.append(turn.t("erase.files"))
        lines += [_file_line(turn, chat_id, at) for chat_id, at in fact["files"][:FILES_SHOWN]]
        if len(fact["files"]) > FILES_SHOWN:
            lines.append(turn.n("erase.more_files", len(fact["files"]) - FILES_SHOWN))
    turn.add(Html("\n").join(lines))


def register_erase_buttons(register: Register) -> None:
    """Ask, and do it."""

    def ask(turn: Turn, card: Card, args: Args) -> None:  # noqa: ARG001  the card stays
        text, rows = erasure_card(turn, erasure_outlook(turn.unit, turn.agent, customer_id=args["customer"]))
        turn.ask(text, *rows)

    def do(turn: Turn, card: Card, args: Args) -> None:
        erasure_outlook(turn.unit, turn.agent, customer_id=args["customer"])
        turn.edit(card, None)
        payload = {"customer": args["customer"], "name": turn.t("erase.nameless")}
        turn.unit.add_job(kind="erase_customer", key=f"erase:{turn.unit.entry.id}", payload=payload)
        turn.say("erase.started")

    register.press("client.erase", ask)
    register.press("client.erase_do", do)


def _file_line(turn: Turn, chat_id: int, at: str) -> Html:
    agent = next((one.name for one in turn.unit.team.all() if one.chat_id == chat_id), "—")
    day = turn.agent.local(datetime.fromisoformat(at)).date()
    return turn.t("erase.file_line", agent=agent, day=turn.formats.day(day, turn.today))
