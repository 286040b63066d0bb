"""The card of an order pressed: its details, the launch, and what ends it."""

from typing import Any

from bot.cards.orders import order_rows, order_text
from bot.dialogue.engine import Engine
from bot.dialogue.flow import Register
from bot.dialogue.turn import Button, Turn
from bot.flows.order_drafts import as_priced_now, hand_over, reserve, show_order
from bot.ports import Card
from domain.errors import ConflictError
from domain.orders import (
    Order,
    OrderStatus,
    default_party,
    draft_again,
    launch,
    order_to_see,
    reprice,
    set_details,
)
from domain.permissions import customer_to_change
from domain.sales import OrderKind, Payment
from texts.catalog import Html

Args = dict[str, Any]


def register_order_buttons(register: Register, engine: Engine) -> None:
    """Details, and the launch."""

    def show(turn: Turn, card: Card, args: Args) -> None:  # noqa: ARG001  the list stays
        show_order(turn, order_to_see(turn.unit, turn.agent, args["order"]))

    def pay(turn: Turn, card: Card, args: Args) -> None:
        payment = Payment(args["payment"])
        redraw(turn, card, set_details(turn.unit, turn.agent, order_id=args["order"], payment=payment))

    def party(turn: Turn, card: Card, args: Args) -> None:
        order = order_to_see(turn.unit, turn.agent, args["order"])
        customer = customer_to_change(turn.unit, turn.agent, order.customer_id)
        redraw(turn, card, set_details(turn.unit, turn.agent, order_id=order.id, party=default_party(customer)))

    def ask(turn: Turn, card: Card, args: Args) -> None:  # noqa: ARG001  the card is drawn anew with the answer
        order = order_to_see(turn.unit, turn.agent, args["order"])
        if order.status is not OrderStatus.DRAFT:
            raise ConflictError("order_not_draft", status=order.status.value)
        engine.open_form(turn, "order_detail", {"order": order.id, "field": args["field"]})

    def go(turn: Turn, card: Card, args: Args) -> None:
        order = order_to_see(turn.unit, turn.agent, args["order"])
        if order.status is OrderStatus.DRAFT and (changed := _price_changed(turn, order)):
            turn.add(changed, [Button(turn.t("btn.take_price"), "order.reprice", {"order": order.id})])
            return
        launch(turn.unit, turn.agent, order_id=order.id)
        hand_over(turn, order)
        redraw(turn, card, order)

    def take_price(turn: Turn, card: Card, args: Args) -> None:
        order = order_to_see(turn.unit, turn.agent, args["order"])
        fresh = reprice(turn.unit, turn.agent, order_id=order.id, terms=as_priced_now(turn, order))
        turn.edit(card, None)
        show_order(turn, fresh)

    def again(turn: Turn, card: Card, args: Args) -> None:
        order = order_to_see(turn.unit, turn.agent, args["order"])
        terms = as_priced_now(turn, order)
        if terms.listed == order.terms.listed:
            turn.say("order.price_not_yet")
            return
        fresh = draft_again(turn.unit, turn.agent, order_id=order.id, terms=terms)
        turn.edit(card, None)
        if fresh.kind is OrderKind.STOCK:
            reserve(turn, fresh)
        show_order(turn, fresh)

    for name, handler in {
        "order.show": show,
        "order.pay": pay,
        "order.party": party,
        "order.ask": ask,
        "order.launch": go,
        "order.reprice": take_price,
        "order.again": again,
    }.items():
        register.press(name, handler)


def _price_changed(turn: Turn, order: Order) -> Html | None:
    """What to say where the Catalog's prices are others by now."""
    before, now = order.terms.listed, as_priced_now(turn, order).listed
    if before == now:
        return None
    return turn.t(
        "order.price_changed",
        before=turn.formats.money(before.minor, before.currency),
        now=turn.formats.money(now.minor, now.currency),
    )


def redraw(turn: Turn, card: Card, order: Order) -> None:
    """The card as the order is now."""
    turn.edit(card, order_text(turn, order), *order_rows(turn, order))
