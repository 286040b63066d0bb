"""What became of an order at Sales, told to its agent: it waits, went through, was accepted, refused, cancelled."""

from datetime import datetime
from typing import Any

from bot.cards.activities import who
from bot.cards.orders import cars_of, order_name
from bot.dialogue.turn import Button, Turn
from bot.flows.configure import showroom_of
from bot.flows.order_drafts import show_order
from bot.flows.stock import SHOWN, show_cars
from domain.errors import ConflictError
from domain.orders import Order, OrderStatus
from domain.orders import in_charge as in_charge_of
from domain.ports import Owners
from domain.sales import OrderKind, RejectionReason
from domain.stock_search import like_cars
from domain.team import AgentStatus, Role
from texts.catalog import Html

Fact = dict[str, Any]
STILL_SHOWN = 20
GONE = frozenset({RejectionReason.CAR_SOLD, RejectionReason.CAR_RESERVED})


def order_news(turn: Turn, fact: Fact) -> None:
    """One piece of news; what it did to the deal is told with it, and nothing of it is taken back by an undo."""
    if fact.get("failed"):
        job_failed(turn, fact)
        return
    order = turn.unit.orders.get(fact["order"])
    if order is None:  # orders are never deleted
        raise LookupError(fact["order"])
    turn.state.final = turn.unit.entry.id
    if "from" in fact:
        _reassigned(turn, order, fact)
        return
    if "told" not in fact:
        _tell_others(turn, order, fact)
    if fact.get("refused"):
        turn.say(f"order_refused.{fact['refused']}", **_names(turn, order))
    elif fact.get("waiting"):
        turn.say("order.waits" if order.status is OrderStatus.QUEUED else "order.change_waits", **_names(turn, order))
    else:
        _told(turn, order, fact)


def car_reserved(turn: Turn, fact: Fact) -> None:
    """Sales holds the car, or another has it: then others like it are offered at once."""
    order = turn.unit.orders.get(fact["order"])
    if order is None:
        raise LookupError(fact["order"])
    if fact.get("waiting"):
        turn.say("order.reservation_waits", **_names(turn, order))
    elif fact["until"] is None:
        _rejected(turn, order)
    elif order.status is OrderStatus.DRAFT:
        until = turn.agent.local(datetime.fromisoformat(fact["until"])).replace(tzinfo=None)
        turn.say("order.is_reserved", until=turn.formats.moment(until, turn.today), **_names(turn, order))
        holder = turn.unit.team.get(order.agent_id)
        if holder and holder.id != turn.agent.id and holder.telegram_user_id:
            turn.unit.notify(person=holder.telegram_user_id, payload={**fact, "kind": "car_reserved"})


def reservation_ended(turn: Turn, fact: Fact) -> None:
    """Two working days are over and the order was not launched."""
    order = turn.unit.orders.get(fact["order"])
    if order is None or order.status is not OrderStatus.DRAFT or order.agent_id != turn.agent.id:
        return
    if order.reserved_until is None or order.reserved_until > turn.unit.now:
        return  # it was extended
    turn.say("order.reservation_ended", **_names(turn, order))
    show_order(turn, order)


def job_failed(turn: Turn, fact: Fact) -> None:
    """An action server has given up, by a fault of ours: nothing is known to have happened, and it can be tried again."""
    turn.say(f"order_failed.{fact['kind']}")
    if fact["kind"] != "launch_order":
        return
    still = turn.unit.orders.page(Owners(turn.agent.id), open_only=True, offset=0, limit=STILL_SHOWN)
    for order in (one for one in still if one.status is OrderStatus.QUEUED):
        turn.add(
            turn.t("order.still_here", **_names(turn, order)),
            [Button(turn.t("btn.try_again"), "order.retry", {"order": order.id})],
        )


def _told(turn: Turn, order: Order, fact: Fact) -> None:
    status = OrderStatus(fact["status"])
    if status is OrderStatus.REJECTED:
        _rejected(turn, order)
        return
    buttons = [Button(turn.t("btn.show_order"), "order.show", {"order": order.id})]
    lines = [turn.t(f"order_news.{status}", **_names(turn, order))]
    if fact.get("before") and fact["before"] != fact["after"]:
        deal = turn.unit.opportunities.get(order.opportunity_id)
        lines.append(
            turn.t(
                "effect.stage_moved",
                model=(deal.model if deal else None) or turn.t("deal.no_model"),
                before=turn.t(f"stage.{fact['before']}"),
                after=turn.t(f"stage.{fact['after']}"),
            )
        )
    turn.add(Html("\n").join(lines), buttons)


def _rejected(turn: Turn, order: Order) -> None:
    """Why, and what can be done now."""
    reason = turn.t(f"rejection.{order.rejection}") if order.rejection else ""
    told = Html("\n").join([turn.t("order_news.rejected", **_names(turn, order)), Html(reason)])
    if order.rejection is RejectionReason.PRICE_CHANGED:
        turn.add(told, [Button(turn.t("btn.take_price"), "order.again", {"order": order.id})])
        return
    turn.add(told)
    if order.kind is OrderKind.STOCK and order.rejection in GONE:
        _alternatives(turn, order)


def _alternatives(turn: Turn, order: Order) -> None:
    try:
        showroom = showroom_of(turn)
    except ConflictError:  # the Catalog was never read: then there is nothing to offer
        return
    (line,) = order.terms.lines
    cars = like_cars(showroom.stock, line.configuration, minor=line.listed, vin=order.vin)
    if cars:
        turn.say("order.alternatives")
    show_cars(turn, cars[:SHOWN], customer_id=order.customer_id)


def _reassigned(turn: Turn, order: Order, fact: Fact) -> None:
    """The director, the agent before and the one after each hear of it."""
    agent = turn.unit.team.get(order.agent_id)
    turn.say("order.reassigned", agent=agent.name if agent else "", **_names(turn, order))
    if "told" in fact:
        return
    for other in (turn.unit.team.get(fact["from"]), agent):
        if other and other.id != turn.agent.id and other.telegram_user_id and other.status is AgentStatus.ACTIVE:
            turn.unit.notify(person=other.telegram_user_id, payload={**fact, "told": True})


def _tell_others(turn: Turn, order: Order, fact: Fact) -> None:
    """The order's agent hears what came of another's press; a cancellation is the director's and the deal's owner's business too."""
    wanted = {order.agent_id}
    if fact["status"] == OrderStatus.CANCELLED and not fact.get("refused"):
        wanted |= {one.id for one in turn.unit.team.all() if one.role is Role.DIRECTOR}
        wanted |= {owner.id for owner in [in_charge_of(turn.unit, order)] if owner}
    for other in turn.unit.team.all():
        active = other.status is AgentStatus.ACTIVE and other.telegram_user_id
        if other.id in wanted - {turn.agent.id} and active and other.telegram_user_id:
            turn.unit.notify(person=other.telegram_user_id, payload={**fact, "told": True})


def _names(turn: Turn, order: Order) -> dict[str, object]:
    customer = turn.unit.customers.get(order.customer_id)
    return {"name": order_name(order), "who": who(turn, customer) if customer else "", "cars": cars_of(order)}
