"""What ends an order or keeps it going: a draft dropped, an order cancelled at Sales, a hold extended, a launch retried."""

from typing import Any

from bot.cards.orders import order_name, order_text
from bot.dialogue.flow import Register
from bot.dialogue.turn import Button, Turn
from bot.flows.order_buttons import redraw
from bot.flows.order_drafts import hand_over, release, reserve, show_order
from bot.ports import Card
from domain.errors import ConflictError
from domain.orders import Order, OrderStatus, cancel_draft, order_to_cancel, order_to_see
from domain.permissions import require_director
from texts.catalog import Html

Args = dict[str, Any]


def register_cancel_order_buttons(register: Register) -> None:
    """Drop, cancel, extend, retry."""

    def drop(turn: Turn, card: Card, args: Args) -> None:
        order = cancel_draft(turn.unit, turn.agent, order_id=args["order"])
        release(turn, order)
        redraw(turn, card, order)

    def cancel(turn: Turn, card: Card, args: Args) -> None:  # noqa: ARG001  the card stays until Sales has answered
        ask_to_cancel(turn, order_to_see(turn.unit, turn.agent, args["order"]))

    def cancel_yes(turn: Turn, card: Card, args: Args) -> None:
        order = order_to_cancel(turn.unit, turn.agent, args["order"])
        turn.edit(card, None)
        key = f"cancel:{order.reference}:{turn.unit.entry.id}"
        reason = turn.t("order.cancel_reason", agent=turn.agent.name).unescape()
        payload = {"order_id": order.id, "number": order.number, "reason": reason, "key": key}
        turn.unit.add_job(kind="cancel_order", key=key, payload=payload)
        turn.state.final = turn.unit.entry.id
        turn.say("order.cancelling", name=order_name(order))

    def extend(turn: Turn, card: Card, args: Args) -> None:  # noqa: ARG001  it is told once Sales has done it
        require_director(turn.agent)
        order = order_to_see(turn.unit, turn.agent, args["order"])
        if order.status is not OrderStatus.DRAFT:
            raise ConflictError("order_not_draft", status=order.status.value)
        reserve(turn, order)
        turn.say("order.extending", name=order_name(order))

    def retry(turn: Turn, card: Card, args: Args) -> None:
        order = order_to_see(turn.unit, turn.agent, args["order"])
        if order.status is not OrderStatus.QUEUED:
            raise ConflictError("order_not_draft", status=order.status.value)
        turn.edit(card, None)
        hand_over(turn, order, again=True)
        turn.say("order.retrying", name=order_name(order))

    for name, handler in {
        "order.drop": drop,
        "order.cancel": cancel,
        "order.cancel_yes": cancel_yes,
        "order.extend": extend,
        "order.retry": retry,
    }.items():
        register.press(name, handler)


def ask_to_cancel(turn: Turn, order: Order) -> None:
    """A draft is dropped by its own button; what Sales has is cancelled there, after a press; else why it cannot be."""
    if order.status is OrderStatus.DRAFT:
        show_order(turn, order)
        return
    order_to_cancel(turn.unit, turn.agent, order.id)
    button = Button(turn.t("btn.cancel_sure"), "order.cancel_yes", {"order": order.id})
    turn.ask(Html("\n").join([turn.t("order.cancel_sure"), order_text(turn, order)]), [button])
