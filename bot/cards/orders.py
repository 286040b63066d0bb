"""How an order reads: what is ordered, for whom, how it is paid, and where it stands."""

from bot.cards.activities import who
from bot.dialogue.turn import Button, Turn
from domain.money import Money
from domain.orders import CANCELLABLE, MirroredOrder, Order, OrderStatus, missing
from domain.sales import OrderKind, Payment
from domain.team import Role
from texts.catalog import Html

Rows = list[list[Button]]


def order_name(order: Order) -> str:
    """What Sales calls it, else our own number."""
    return order.number or order.reference


def cars_of(order: Order) -> str:
    """The cars, with how many."""
    lines = order.terms.lines
    return ", ".join(f"{line.quantity} × {line.title}" if line.quantity > 1 else line.title for line in lines)


def order_text(turn: Turn, order: Order) -> Html:
    """The order in full."""
    customer = turn.unit.customers.get(order.customer_id)
    terms = order.terms
    lines = [
        turn.t("order.head", name=order_name(order), who=who(turn, customer) if customer else Html("")),
        turn.t(f"order_kind.{order.kind}"),
        Html.escape(cars_of(order)),
    ]
    if order.vin:
        lines.append(turn.t("order.vin", vin=order.vin))
    if order.reserved_until and order.status is OrderStatus.DRAFT:
        until = turn.agent.local(order.reserved_until).replace(tzinfo=None)
        lines.append(turn.t("order.reserved", until=turn.formats.moment(until, turn.today)))
    if terms.discount:
        lines.append(turn.t("order.discount", amount=_money(turn, Money(terms.discount, terms.currency))))
    lines.append(turn.t("order.sum", gross=_money(turn, terms.payable), net=_money(turn, terms.agreed.net)))
    party = order.party.name if order.party else "—"
    payment = turn.t(f"payment.{order.payment}") if order.payment else "—"
    lines += [turn.t("order.party", name=party), turn.t("order.payment", payment=payment)]
    if order.deposit_minor is not None:
        lines.append(turn.t("order.deposit", amount=_money(turn, Money(order.deposit_minor, order.currency))))
    if order.delivery_on:
        lines.append(turn.t("order.delivery", day=turn.formats.day(order.delivery_on, turn.today)))
    if order.location:
        lines.append(turn.t("order.location", location=order.location))
    lines.append(turn.t("order.status", status=turn.t(f"order_status.{order.status}")))
    if order.rejection:
        lines.append(turn.t(f"rejection.{order.rejection}"))
    return Html("\n".join(lines))


def order_rows(turn: Turn, order: Order) -> Rows:
    """What can be done with it now."""
    args = {"order": order.id}
    if order.status is OrderStatus.DRAFT:
        rows = [
            [Button(turn.t(f"payment.{one}"), "order.pay", args | {"payment": one.value}) for one in Payment],
            [
                Button(turn.t("btn.party_customer"), "order.party", args),
                Button(turn.t("btn.party_other"), "order.ask", args | {"field": "party"}),
                Button(turn.t("btn.party_leasing"), "order.ask", args | {"field": "leasing"}),
            ],
            [
                Button(turn.t("btn.deposit"), "order.ask", args | {"field": "deposit"}),
                Button(turn.t("btn.delivery"), "order.ask", args | {"field": "delivery"}),
                Button(turn.t("btn.location"), "order.ask", args | {"field": "location"}),
            ],
        ]
        if order.vin and turn.agent.role is Role.DIRECTOR:
            rows.append([Button(turn.t("btn.extend"), "order.extend", args)])
        if not missing(order):
            rows.append([Button(turn.t("btn.launch"), "order.launch", args)])
        return [*rows, [Button(turn.t("btn.drop_order"), "order.drop", args)]]
    if order.status in CANCELLABLE and order.number:
        return [[Button(turn.t("btn.cancel_order"), "order.cancel", args)]]
    return []


def order_line(turn: Turn, order: Order) -> Html:
    """One line of a list."""
    customer = turn.unit.customers.get(order.customer_id)
    return turn.t(
        "order.line",
        name=order_name(order),
        customer=customer.name if customer else "",
        cars=cars_of(order),
        amount=_money(turn, order.terms.payable),
        status=turn.t(f"order_status.{order.status}"),
    )


def mirrored_line(turn: Turn, order: MirroredOrder) -> Html:
    """One line of what Sales has."""
    kind = turn.t(f"order_kind.{order.kind}") if order.kind is not OrderKind.FLEET else f"{order.cars} ×"
    return turn.t(
        "order.mirrored",
        name=order.number,
        customer=order.customer_name,
        agent=order.agent_name,
        cars=f"{kind} {order.model_id}",
        amount=_money(turn, Money(order.net_minor, order.currency)),
        status=turn.t(f"order_status.{order.status}"),
    )


def _money(turn: Turn, money: Money) -> str:
    return turn.formats.money(money.minor, money.currency)
