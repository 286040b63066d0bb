"""Drafts of orders: made of configured cars or of a car in stock, which Sales is asked to hold, and priced anew before a launch."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.cards.orders import order_rows, order_text
from bot.dialogue.turn import Button, Turn
from bot.flows.configure import complete_or_none, showroom_of
from bot.flows.create_offer import deal_for, wished
from domain.calendar import next_working_day
from domain.catalog import Catalog, Model
from domain.configuration import InvalidConfigurationError
from domain.configurations import SavedConfiguration
from domain.errors import ConflictError
from domain.money import Money
from domain.offer_terms import OfferedLine, OfferTerms, configured_line, stock_line, terms_of
from domain.offers import with_allowances, with_discount
from domain.orders import Order, draft_order
from domain.ports import Showroom
from domain.sales import OrderKind
from domain.stock import StockCar
from texts.catalog import Html

RESERVED_DAYS = 2  # working days


def show_order(turn: Turn, order: Order) -> None:
    """Put the order's card into the chat."""
    turn.state.focus = order.customer_id
    turn.ask(order_text(turn, order), *order_rows(turn, order))


def show_fleet(turn: Turn, papers: list[SavedConfiguration], customer_id: int) -> None:
    """What the fleet is made of, and what of it is still open."""
    showroom = showroom_of(turn)
    lines, rows = [], []
    for at, paper in enumerate(papers, start=1):
        model = showroom.catalog.model(paper.model_id)
        name = f"{model.make} {model.name}" if model else paper.model_id
        ready = complete_or_none(turn, paper) is not None
        lines.append(turn.t("fleet.ready" if ready else "fleet.open", at=at, quantity=paper.quantity, car=name))
        rows.append([Button(turn.t("btn.configure", at=at, car=name), "order.configure", {"paper": paper.id})])
    args = {"papers": [paper.id for paper in papers], "customer": customer_id}
    rows.append([Button(turn.t("btn.order_fleet"), "order.fleet", args)])
    turn.ask(Html("\n").join([turn.t("fleet.head"), *lines, turn.t("fleet.how")]), *rows)


def order_papers(turn: Turn, papers: list[SavedConfiguration], customer_id: int) -> None:
    """A draft of complete cars: one of them a new car, several a fleet."""
    catalog = showroom_of(turn).catalog
    lines = [configured_line(catalog, paper.configuration, quantity=paper.quantity) for paper in papers]
    terms = wished(terms_of(catalog, lines), papers[0].wish)
    kind = OrderKind.NEW_CAR if terms.cars == 1 else OrderKind.FLEET
    deal = papers[0].opportunity_id or deal_for(turn, customer_id, _model(catalog, papers[0].model_id))
    show_order(turn, draft_order(turn.unit, turn.agent, opportunity_id=deal, terms=terms, kind=kind))


def order_stock_car(turn: Turn, car: StockCar, customer_id: int) -> None:
    """A draft for a physical car, which Sales is asked to hold for two working days."""
    catalog = showroom_of(turn).catalog
    terms = terms_of(catalog, [stock_line(catalog, car)])
    deal = deal_for(turn, customer_id, _model(catalog, car.configuration.model_id))
    order = draft_order(turn.unit, turn.agent, opportunity_id=deal, terms=terms, kind=OrderKind.STOCK)
    order.location = car.location
    reserve(turn, order)
    show_order(turn, order)


def reserve(turn: Turn, order: Order) -> None:
    """Ask Sales to hold the car until the end of the second working day from now, or from the end of the hold so far."""
    holder = turn.unit.team.get(order.agent_id)
    if holder is None:  # the foreign key forbids it
        raise LookupError(order.agent_id)
    day = turn.today
    if order.reserved_until and order.reserved_until > turn.unit.now:
        day = holder.local(order.reserved_until).date()
    for _ in range(RESERVED_DAYS):
        day = next_working_day(turn.unit, holder, day)
    until = datetime.combine(day, holder.work_to, tzinfo=holder.zone).astimezone(UTC)
    key = f"reserve:{order.reference}:{until:%Y%m%d%H%M}"
    turn.unit.add_job(
        kind="reserve_car",
        key=key,
        payload={
            "order_id": order.id,
            "vin": order.vin,
            "agent": [str(holder.id), holder.name],
            "reference": order.reference,
            "until": until.isoformat(),
            "key": key,
        },
    )


def release(turn: Turn, order: Order) -> None:
    """Let the car go; one whose reservation has not come yet is let go when it comes."""
    if order.reservation:
        turn.unit.add_job(
            kind="release_car", key=f"release:{order.reservation}", payload={"reservation": order.reservation}
        )


def hand_over(turn: Turn, order: Order, *, again: bool = False) -> None:
    """Let an action server launch it; Sales knows the order by its reference, so that a second job launches nothing twice."""
    key = f"launch:{order.id}:{turn.unit.entry.id}" if again else f"launch:{order.id}"
    turn.unit.add_job(kind="launch_order", key=key, payload={"order_id": order.id})
    turn.state.final = turn.unit.entry.id


def as_priced_now(turn: Turn, order: Order) -> OfferTerms:
    """The order's cars at the Catalog's prices of now, with the discount as it was given."""
    showroom, terms = showroom_of(turn), order.terms
    try:
        lines = [_line_now(showroom, line) for line in terms.lines]
    except InvalidConfigurationError as error:
        raise ConflictError("car_incomplete") from error
    now = replace(terms_of(showroom.catalog, lines), monthly_rate=terms.monthly_rate)
    if terms.discount_percent is not None:
        now = with_discount(now, percent=terms.discount_percent)
    elif terms.discount:
        now = with_discount(now, amount=Money(terms.discount, terms.currency))
    return with_allowances(now, terms.allowances) if terms.allowances else now


def _line_now(showroom: Showroom, line: OfferedLine) -> OfferedLine:
    if line.vin is None:
        return configured_line(showroom.catalog, line.configuration, quantity=line.quantity)
    car = next((one for one in showroom.stock if one.vin == line.vin), None)
    if car is None:
        raise ConflictError("car_sold")
    return stock_line(showroom.catalog, car)


def _model(catalog: Catalog, model_id: str) -> Model:
    model = catalog.model(model_id)
    if model is None:
        raise ConflictError("model_gone")
    return model
