"""Buttons of customer cards and lists."""

from datetime import timedelta
from typing import Any

from bot.cards.client import client_card, history_card
from bot.dialogue.engine import Engine
from bot.dialogue.flow import Register
from bot.dialogue.turn import Turn
from bot.flows.list_clients import clients_page
from bot.ports import Card
from domain.permissions import customer_to_see

Args = dict[str, Any]


def register_client_buttons(register: Register, engine: Engine) -> None:
    """Open, log a call, plan, note, history, try again tomorrow, the next page."""

    def open_card(turn: Turn, card: Card, args: Args) -> None:  # noqa: ARG001  the list stays
        customer = customer_to_see(turn.unit, turn.agent, args["customer"])
        turn.state.focus = customer.id
        text, rows = client_card(turn, customer)
        turn.add(text, *rows)

    def log(turn: Turn, card: Card, args: Args) -> None:  # noqa: ARG001
        engine.open_form(turn, "log_activity", {"kind": "call", "customer_id": args["customer"]})

    def plan(turn: Turn, card: Card, args: Args) -> None:  # noqa: ARG001
        engine.open_form(turn, "schedule_activity", {"customer_id": args["customer"]})

    def note(turn: Turn, card: Card, args: Args) -> None:  # noqa: ARG001
        engine.open_form(turn, "add_note", {"customer_id": args["customer"]})

    def history(turn: Turn, card: Card, args: Args) -> None:  # noqa: ARG001
        turn.add(history_card(turn, customer_to_see(turn.unit, turn.agent, args["customer"])))

    def again(turn: Turn, card: Card, args: Args) -> None:
        turn.edit(card, None)
        tomorrow = turn.today + timedelta(days=1)
        values = {
            "customer_id": args["customer"],
            "kind": args["kind"],
            "time": {"value": tomorrow.isoformat(), "grain": "day"},
        }
        engine.open_form(turn, "schedule_activity", values)

    def page(turn: Turn, card: Card, args: Args) -> None:
        text, rows = clients_page(turn, offset=args["offset"], portfolio=args["portfolio"], agent_id=args.get("agent"))
        turn.edit(card, text, *rows)

    register.press("client.open", open_card)
    register.press("client.log", log)
    register.press("client.plan", plan)
    register.press("client.note", note)
    register.press("client.history", history)
    register.press("client.again", again)
    register.press("clients.page", page)
