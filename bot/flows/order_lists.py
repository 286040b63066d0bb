"""Orders looked up: listed, found by number or client, cancelled, given to another agent by the director."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from bot.cards.orders import mirrored_line, order_line, order_name
from bot.dialogue.flow import Flow, Register, Values
from bot.dialogue.slots import ClientSlot, answer_button
from bot.dialogue.state import Form
from bot.dialogue.turn import Button, Turn
from bot.flows.assign_client import AgentSlot
from bot.flows.cancel_order import ask_to_cancel
from bot.flows.colleagues import asked_of, colleagues
from bot.flows.order_drafts import show_order
from bot.flows.said_days import midnight, said_days
from bot.ports import Card
from domain.errors import NotFoundError
from domain.orders import CANCELLABLE, Order, OrderStatus, order_to_reassign, order_to_see
from domain.permissions import changeable_owners, require_director
from domain.ports import Owners
from domain.team import AgentStatus, Role
from texts.catalog import Html

Args = dict[str, Any]
PAGE = 10
LOOKED_AT = 200


def _by_client(_turn: Turn, form: Form) -> bool:
    return bool(form.values.get("client") or form.values.get("customer_id")) and not form.values.get("order_number")


class ShowOrders(Flow):
    """`show_orders`: one by its number, or a list."""

    intent = "show_orders"
    slots = (ClientSlot(_by_client, addable=False),)
    writes = False

    def complete(self, turn: Turn, form: Form) -> None:
        """The own orders; the director's are all that Sales has, and what is not there yet."""
        values = form.values
        if values.get("order_number"):
            _show_numbered(turn, values["order_number"])
            return
        if turn.agent.role is Role.DIRECTOR and not any(values.get(name) for name in ("customer_id", "agent", "model")):
            _show_all(turn, *said_days(values), offset=0)
            return
        found = _found(turn, values)
        if found is None:
            return
        if not found:
            turn.say("order.none")
            return
        _list(turn, found[:PAGE], turn.n("order.count", len(found)))


class CancelOrder(Flow):
    """`cancel_order`: never without a press."""

    intent = "cancel_order"
    slots = (ClientSlot(lambda _turn, form: not form.values.get("order_number"), addable=False),)
    writes = False
    repeatable = False

    def complete(self, turn: Turn, form: Form) -> None:
        """Of several that can be cancelled one is pressed."""
        found = _meant(turn, form.values)
        can = [one for one in found if one.status in {OrderStatus.DRAFT, *CANCELLABLE}]
        if len(can) == 1 or len(found) == 1:
            ask_to_cancel(turn, (can or found)[0])
        elif not can:
            turn.say("order.none_to_cancel")
        else:
            _list(turn, can[:PAGE], turn.t("order.cancel_which"), do="order.cancel")


class _NewAgentSlot(AgentSlot):
    """Who gets the order: an active colleague."""

    def fill(self, turn: Turn, form: Form) -> bool:
        """A name that one colleague alone bears."""
        typed = form.values.get("agent")
        found = colleagues(turn, typed) if isinstance(typed, str) and form.values.get(self.name) is None else []
        if len(found) == 1:
            form.values[self.name] = found[0].id
        return form.values.get(self.name) is not None

    def buttons(self, turn: Turn, form: Form) -> Sequence[Sequence[Button]]:
        """The team."""
        team = [one for one in turn.unit.team.all() if one.status is AgentStatus.ACTIVE]
        return [[answer_button(one.name, form, self.name, {self.name: one.id})] for one in team]


class ReassignOrder(Flow):
    """`reassign_order`: Sales is told first."""

    intent = "reassign_order"
    slots = (
        ClientSlot(
            lambda turn, form: turn.agent.role is Role.DIRECTOR and not form.values.get("order_number"), addable=False
        ),
        _NewAgentSlot(),
    )
    writes = False
    repeatable = False

    def complete(self, turn: Turn, form: Form) -> None:
        """Of several orders one is pressed."""
        require_director(turn.agent)
        found = [one for one in _meant(turn, form.values) if one.number]
        if len(found) == 1:
            _reassign(turn, found[0].id, form.values["agent_id"])
        elif not found:
            turn.say("order.none")
        else:
            more = {"agent": form.values["agent_id"]}
            _list(turn, found[:PAGE], turn.t("order.reassign_which"), do="order.reassign", more=more)


def register_order_list_buttons(register: Register) -> None:
    """Pages, and the order that was meant."""

    def page(turn: Turn, card: Card, args: Args) -> None:
        require_director(turn.agent)
        turn.edit(card, None)
        first, last = (date.fromisoformat(args[name]) if args[name] else None for name in ("first", "last"))
        _show_all(turn, first, last, offset=args["offset"])

    def reassign(turn: Turn, card: Card, args: Args) -> None:
        require_director(turn.agent)
        turn.edit(card, None)
        _reassign(turn, args["order"], args["agent"])

    register.press("order.page", page)
    register.press("order.reassign", reassign)


def _reassign(turn: Turn, order_id: int, agent_id: int) -> None:
    order, agent = order_to_reassign(turn.unit, turn.agent, order_id=order_id, agent_id=agent_id)
    key = f"reassign:{order.reference}:{turn.unit.entry.id}"
    payload = {"order_id": order.id, "number": order.number, "agent": [str(agent.id), agent.name], "key": key}
    turn.unit.add_job(kind="reassign_order", key=key, payload=payload)
    turn.say("order.reassigning", name=order_name(order), agent=agent.name)


def _show_numbered(turn: Turn, number: str) -> None:
    order = _numbered(turn, number)
    if order:
        show_order(turn, order)
        return
    if turn.agent.role is Role.DIRECTOR:
        mirrored = turn.unit.orders.mirrored(number=_sales_number(number), offset=0, limit=1)
        if mirrored:
            turn.add(mirrored_line(turn, mirrored[0]))
            return
    turn.say("order.unknown", number=number)


def _numbered(turn: Turn, number: str) -> Order | None:
    """An order that the person may see, by Sales' number or ours; one of another's is none."""
    known = turn.unit.orders
    found = known.by_number(_sales_number(number)) or known.by_reference(number.strip().upper())
    try:
        return order_to_see(turn.unit, turn.agent, found.id) if found else None
    except NotFoundError:
        return None


def _sales_number(typed: str) -> str:
    """As Sales writes it: "123" is SO-000123."""
    digits = typed.strip().upper().removeprefix("SO-").removeprefix("SO").strip()
    return f"SO-{digits:0>6}" if digits.isascii() and digits.isdecimal() else typed.strip().upper()


def _meant(turn: Turn, values: Values) -> list[Order]:
    if values.get("order_number"):
        order = _numbered(turn, values["order_number"])
        if order is None:
            raise NotFoundError
        return [order]
    owners = changeable_owners(turn.agent)
    found = turn.unit.orders.page(owners, customer_id=values["customer_id"], offset=0, limit=LOOKED_AT)
    over = {OrderStatus.CANCELLED, OrderStatus.REJECTED, OrderStatus.DELIVERED}
    return [one for one in found if one.status not in over and _is_of_model(one, values)]


def _found(turn: Turn, values: Values) -> list[Order] | None:
    """Own orders (the director's: everybody's or an agent's) that pass the filters; None where the agent is unclear."""
    agent = asked_of(turn, values)
    if agent is None:
        return None
    director = turn.agent.role is Role.DIRECTOR and not values.get("agent")
    first, last = said_days(values)
    found = turn.unit.orders.page(
        Owners(agent.id, everybody=director),
        customer_id=values.get("customer_id"),
        first=midnight(turn, first),
        last=midnight(turn, last and last + timedelta(days=1)),
        offset=0,
        limit=LOOKED_AT,
    )
    return [one for one in found if _is_of_model(one, values)]


def _is_of_model(order: Order, values: Values) -> bool:
    model = values.get("model")
    return not isinstance(model, str) or any(model.casefold() in line.title.casefold() for line in order.terms.lines)


def _show_all(turn: Turn, first: date | None, last: date | None, *, offset: int) -> None:
    """All that Sales has, page by page; before them the orders that have not come there."""
    since, before = midnight(turn, first), midnight(turn, last and last + timedelta(days=1))
    everybody = Owners(turn.agent.id, everybody=True)
    waiting = turn.unit.orders.page(
        everybody, open_only=True, unnumbered=True, first=since, last=before, offset=0, limit=PAGE
    )
    if offset == 0 and waiting:
        _list(turn, waiting, turn.t("order.not_at_sales"))
    page = turn.unit.orders.mirrored(first=since, last=before, offset=offset, limit=PAGE + 1)
    if not page and not waiting:
        turn.say("order.none")
    if not page:
        return
    shown = page[:PAGE]
    lines = [Html(f"{at}. {mirrored_line(turn, one)}") for at, one in enumerate(shown, start=offset + 1)]
    buttons = [
        Button(one.number, "order.show", {"order": ours.id})
        for one in shown
        if (ours := turn.unit.orders.by_number(one.number))
    ]
    rows = [buttons[at : at + 3] for at in range(0, len(buttons), 3)]
    if len(page) > PAGE:
        days = {name: day.isoformat() if day else None for name, day in (("first", first), ("last", last))}
        rows.append([Button(turn.t("btn.later"), "order.page", {"offset": offset + PAGE, **days})])
    turn.add(Html("\n").join([turn.t("order.at_sales"), *lines]), *rows)


def _list(turn: Turn, found: Sequence[Order], head: Html, *, do: str = "order.show", more: Args | None = None) -> None:
    lines = [Html(f"{at}. {order_line(turn, one)}") for at, one in enumerate(found, start=1)]
    buttons = [
        Button(f"{at} {order_name(one)}", do, {"order": one.id, **(more or {})}) for at, one in enumerate(found, 1)
    ]
    turn.add(Html("\n").join([head, *lines]), *(buttons[at : at + 3] for at in range(0, len(buttons), 3)))
