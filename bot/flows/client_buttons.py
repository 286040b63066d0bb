"""Buttons of customer cards and lists."""

from datetime import date, timedelta
from typing import Any

from bot.cards.client import client_card, history_card, more_rows
from bot.dialogue.engine import Engine
from bot.dialogue.flow import PressHandler, Register
from bot.dialogue.turn import Turn
from bot.flows.list_clients import ListFilter, clients_page
from bot.flows.show_client import take_reach
from bot.ports import Card
from domain.customers import Source
from domain.permissions import customer_to_change, customer_to_see

Args = dict[str, Any]


def register_client_buttons(register: Register, engine: Engine) -> None:
    """Open, log a call, plan, note, history, more, try again tomorrow, add anyway, the next page."""

    def open_card(turn: Turn, card: Card, args: Args) -> None:  # noqa: ARG001  the list stays
        customer = customer_to_see(turn.unit, turn.agent, args["customer"])
        turn.state.focus = customer.id
        text, rows = client_card(turn, customer)
        turn.add(text, *rows)

    def back(turn: Turn, card: Card, args: Args) -> None:
        text, rows = client_card(turn, customer_to_see(turn.unit, turn.agent, args["customer"]))
        turn.edit(card, text, *rows)

    def more(turn: Turn, card: Card, args: Args) -> None:
        turn.edit(card, None, *more_rows(turn, customer_to_see(turn.unit, turn.agent, args["customer"])))

    def opens(flow: str, **values: Any) -> PressHandler:
        def opened(turn: Turn, card: Card, args: Args) -> None:  # noqa: ARG001
            customer = customer_to_change(turn.unit, turn.agent, args["customer"])
            engine.open_form(turn, flow, {**values, "customer_id": customer.id})

        return opened

    def history(turn: Turn, card: Card, args: Args) -> None:  # noqa: ARG001
        turn.add(history_card(turn, customer_to_see(turn.unit, turn.agent, args["customer"])))

    def again(turn: Turn, card: Card, args: Args) -> None:
        customer = customer_to_change(turn.unit, turn.agent, args["customer"])
        turn.edit(card, None)
        tomorrow = turn.today + timedelta(days=1)
        values = {
            "customer_id": customer.id,
            "kind": args["kind"],
            "time": {"value": tomorrow.isoformat(), "grain": "day"},
        }
        engine.open_form(turn, "schedule_activity", values)

    def anyway(turn: Turn, card: Card, args: Args) -> None:
        turn.edit(card, None)
        engine.open_form(turn, args["flow"], args["values"])

    def take(turn: Turn, card: Card, args: Args) -> None:
        turn.edit(card, None)
        take_reach(engine, turn, args)

    def named(turn: Turn, card: Card, args: Args) -> None:  # noqa: ARG001
        engine.open_form(turn, "add_client", {"source": Source.WALK_IN.value})

    def page(turn: Turn, card: Card, args: Args) -> None:
        wanted = ListFilter(
            portfolio=args["portfolio"],
            agent_id=args.get("agent"),
            source=args.get("source"),
            first=date.fromisoformat(args["first"]) if args.get("first") else None,
            last=date.fromisoformat(args["last"]) if args.get("last") else None,
        )
        text, rows = clients_page(turn, wanted, offset=args["offset"])
        turn.edit(card, text, *rows)

    register.press("client.open", open_card)
    register.press("client.back", back)
    register.press("client.more", more)
    register.press("client.log", opens("log_activity", kind="call"))
    register.press("client.plan", opens("schedule_activity"))
    register.press("client.note", opens("add_note"))
    register.press("client.history", history)
    register.press("client.again", again)
    register.press("client.anyway", anyway)
    register.press("client.take", take)
    register.press("visit.named", named)
    register.press("clients.page", page)
