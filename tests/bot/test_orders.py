"""Orders by chat: drafted, completed, launched by a press, followed at Sales; refused, cancelled, and told to whom it concerns."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from actions.clients.no_sales import NoSales
from actions.sales_orders import sales_handlers
from actions.schedule import tick
from domain.opportunities import Stage
from domain.orders import OrderStatus
from domain.parts import StockStatus
from domain.sales import OrderStatus as SalesStatus
from domain.sales import PartyKind
from storage.tables import business
from tests.bot.chat_driver import ChatDriver, Person, words
from tests.bot.sales_jobs import SalesDesk, sales_desk
from tests.bot.scripted import act
from tests.bot.showroom import put_on_shelf, stock
from tests.bot.test_offers import CAR
from tests.factories import make_card
from tests.fakes import FakeClock

NO_UPHOLSTERY = {name: value for name, value in CAR.items() if name != "upholstery"}
EUR = {"currency": "EUR"}


@pytest.fixture
def sells(driver: ChatDriver, ana: Person) -> Person:
    """Ana, with the Catalog read and one client."""
    put_on_shelf(driver.database)
    ana.client("Ion Popescu", "+40722000111")
    return ana


@pytest.fixture
def sales(driver: ChatDriver, runner: asyncio.Runner, clock: FakeClock, tmp_path: Path) -> Iterator[SalesDesk]:
    """Sales, and an action server that works when it is told to."""
    with sales_desk(driver, runner, clock, tmp_path / "sales") as desk:
        yield desk


def orders(driver: ChatDriver) -> list[dict[str, Any]]:
    """All orders."""
    return driver.rows(business.orders)


def deal(driver: ChatDriver) -> dict[str, Any]:
    """The one deal."""
    (found,) = driver.rows(business.opportunities)
    return found


def draft(person: Person) -> None:
    """A whole car from one sentence, paid in cash by the customer: ready to be launched."""
    person.say("order", act("order_new_car", client="Popescu", **CAR))
    person.press("Cash")
    person.press("Invoice: customer")


def launched(person: Person) -> None:
    """The same, launched."""
    draft(person)
    person.press("Launch")


def a_car(at: int = 0) -> Any:
    """A Duster that is to be had."""
    return [one for one in stock() if one.status is StockStatus.AVAILABLE and one.configuration.model_id == "duster"][
        at
    ]


def test_a_sentence_becomes_a_draft_and_a_press_an_order(driver: ChatDriver, sells: Person, sales: SalesDesk) -> None:
    """Nothing is launched before party and payment are said; then one order is at Sales, accepted, and the deal is won."""
    sells.say("order", act("order_new_car", client="Popescu", **CAR))
    assert orders(driver)[0]["status"] is OrderStatus.DRAFT
    assert not any("Launch" in label for label in sells.last.labels)
    sells.press("Cash")
    sells.press("Invoice: customer")
    assert sales.work() == 0
    sells.press("Launch")
    sales.work()
    (taken,) = sales.orders()
    assert taken.request.reference == "PS-000001"
    assert taken.request.invoice_party.name == "Ion Popescu"
    (order,) = orders(driver)
    assert (order["status"], order["number"]) == (OrderStatus.ACCEPTED, taken.id)
    assert deal(driver)["stage"] is Stage.WON
    assert deal(driver)["sold_at"] is not None
    assert any(f"accepted order {taken.id}" in one.text for one in sells.shown)


def test_details_are_asked_one_by_one(driver: ChatDriver, sells: Person) -> None:
    """Leasing company, deposit, delivery and location are typed; a deposit over the price is refused and asked again."""
    sells.say("order", act("order_new_car", client="Popescu", **CAR))
    sells.press("Invoice: leasing")
    sells.say("Țiriac Leasing")
    sells.press("Deposit")
    sells.say("900000 euro")
    assert words("error.deposit_range") in sells.shown[-1].text + sells.shown[-2].text
    sells.say("1500 euro")
    sells.press("Delivery")
    sells.press("tomorrow")
    sells.press("Location")
    sells.say("Brașov")
    (order,) = orders(driver)
    assert (order["party_kind"], order["party_name"]) == (PartyKind.LEASING_COMPANY, "Țiriac Leasing")
    assert (order["deposit_minor"], order["location"]) == (150_000, "Brașov")
    assert str(order["delivery_on"]) == "2026-02-12"


def test_the_latest_offer_is_ordered(driver: ChatDriver, sells: Person) -> None:
    """Without a car in the sentence, the car of the offer at its prices."""
    sells.say("offer", act("create_offer", client="Popescu", percent="3", **CAR))
    sells.say("order", act("order_new_car", client="Popescu"))
    (order,) = orders(driver)
    (offer,) = driver.rows(business.offers)
    assert order["offer_id"] == offer["id"]
    assert order["kept"] == offer["kept"]


def test_a_discount_over_the_limit_is_not_ordered_past_the_director(driver: ChatDriver, sells: Person) -> None:
    """A car configured with eight percent off cannot be ordered without an approved offer."""
    sells.say("offer", act("create_offer", client="Popescu", percent="8", **NO_UPHOLSTERY))
    sells.press("Black cloth")
    assert words("error.order_discount") in sells.press("Order")
    assert orders(driver) == []


def test_a_changed_price_is_asked(driver: ChatDriver, sells: Person, sales: SalesDesk) -> None:
    """A draft from before the Catalog changed its price is not launched until the new price is taken."""
    draft(sells)
    before = orders(driver)[0]["net_minor"]
    dearer(sales)
    sales.read_catalog()
    said = sells.press("Launch")
    assert "price has changed" in said
    assert sales.work() == 0
    sells.press("Take the new price")
    assert orders(driver)[0]["net_minor"] > before
    sells.press("Launch")
    sales.work()
    assert orders(driver)[0]["status"] is OrderStatus.ACCEPTED


def dearer(sales: SalesDesk) -> None:
    """Dusters cost five percent more; the snapshot does not know it yet."""
    sales.control("/catalog/control/prices", model_id="duster", percent=5)


def test_a_price_changed_behind_the_snapshot_comes_back_as_a_rejection(
    driver: ChatDriver, sells: Person, sales: SalesDesk
) -> None:
    """Sales refuses the old price; once the Catalog was read, one press makes the order anew at the new price."""
    draft(sells)
    dearer(sales)
    sells.press("Launch")
    sales.work()
    assert orders(driver)[0]["status"] is OrderStatus.REJECTED
    assert words("rejection.price_changed") in sells.last.text
    assert words("order.price_not_yet") in sells.press("Take the new price")
    sales.read_catalog()
    sells.press("Take the new price")
    again = orders(driver)[1]
    assert (again["status"], again["party_name"]) == (OrderStatus.DRAFT, "Ion Popescu")


def test_a_launch_waits_for_sales_and_is_told_twice(
    driver: ChatDriver, sells: Person, sales: SalesDesk, clock: FakeClock
) -> None:
    """Sales is down: told once that it waits, and once that it went through; one order is there."""
    sales.fault(kind="server_error", method="launchOrder", count=6)
    launched(sells)
    sales.work()
    waits = words("order.waits", name="PS-000001", who="Ion Popescu …111")
    assert waits in sells.last.text
    for _ in range(4):
        clock.advance(minutes=2)
        sales.work()
    assert sum(waits in one.text for one in sells.shown) == 1
    assert orders(driver)[0]["status"] is OrderStatus.ACCEPTED
    assert len(sales.orders()) == 1


def test_without_sales_an_order_waits(driver: ChatDriver, sells: Person, sales: SalesDesk, clock: FakeClock) -> None:
    """Where no Sales is set up the agent is told that the order waits; set up later, it goes there."""
    later, sales.handlers = sales.handlers, sales_handlers(NoSales())
    launched(sells)
    sales.work()
    assert words("order.waits", name="PS-000001", who="Ion Popescu …111") in sells.last.text
    sales.handlers = later
    clock.advance(minutes=2)
    sales.work()
    assert orders(driver)[0]["status"] is OrderStatus.ACCEPTED


def test_undo_takes_no_order_back(driver: ChatDriver, sells: Person, sales: SalesDesk) -> None:
    """A typed undo after the launch, and after Sales accepted, changes nothing and says so."""
    launched(sells)
    assert sells.say("undo", act("undo")) == words("undo.final")
    sales.work()
    before = driver.business()
    assert sells.say("undo", act("undo")) == words("undo.final")
    assert driver.business() == before
    assert len(sales.orders()) == 1


def test_the_status_follows_sales(driver: ChatDriver, sells: Person, elena: Person, sales: SalesDesk) -> None:
    """Invoiced and delivered are told as they come."""
    launched(sells)
    sales.work()
    number = sales.orders()[0].id
    for status in ("invoiced", "delivered"):
        sales.control(f"/sales/control/orders/{number}/advance")
        sales.follow()
        assert words(f"order_news.{status}", name=number, who="Ion Popescu …111") in sells.last.text
    assert not any(number in one.text for one in elena.shown)


def test_sales_cancels(driver: ChatDriver, sells: Person, elena: Person, sales: SalesDesk) -> None:
    """An order cancelled at Sales reopens its deal; agent and director are told."""
    launched(sells)
    sales.work()
    number = sales.orders()[0].id
    sales.control(f"/sales/control/orders/{number}/cancel", reason="withdrawn")
    sales.follow()
    told = words("order_news.cancelled", name=number, who="Ion Popescu …111")
    assert told in sells.last.text
    assert told in elena.last.text
    assert deal(driver)["stage"] is not Stage.WON
    assert deal(driver)["sold_at"] is None


def test_an_agent_cancels(driver: ChatDriver, sells: Person, elena: Person, sales: SalesDesk) -> None:
    """Cancelling takes a press, goes to Sales, and comes back as its word."""
    launched(sells)
    sales.work()
    sells.say("cancel the order", act("cancel_order", client="Popescu"))
    assert sales.work() == 0
    sells.press("Yes, cancel it")
    sales.work()
    assert sales.orders()[0].status is SalesStatus.CANCELLED
    assert orders(driver)[0]["status"] is OrderStatus.CANCELLED
    assert deal(driver)["sold_at"] is None
    assert "cancelled" in elena.last.text


def test_sales_refuses_to_cancel(driver: ChatDriver, sells: Person, sales: SalesDesk) -> None:
    """An order invoiced meanwhile stays, and that is said."""
    launched(sells)
    sales.work()
    number = sales.orders()[0].id
    sells.say("cancel the order", act("cancel_order", client="Popescu"))
    sales.control(f"/sales/control/orders/{number}/advance")
    sells.press("Yes, cancel it")
    sales.work()
    assert words("order_refused.not_cancellable", name=number) in sells.last.text
    assert sales.orders()[0].status is SalesStatus.INVOICED


def test_a_draft_is_dropped(driver: ChatDriver, sells: Person, sales: SalesDesk) -> None:
    """A draft never reaches Sales; one dropped cannot be launched from an old card."""
    draft(sells)
    data, shown = sells.button("Launch")
    sells.press("Drop the draft")
    assert orders(driver)[0]["status"] is OrderStatus.CANCELLED
    sells.press_data(data, shown.message_id)
    assert sales.work() == 0
    assert sales.orders() == []


def test_a_fleet_is_one_order(driver: ChatDriver, sells: Person, sales: SalesDesk) -> None:
    """Two models with their quantities: each is completed on its card, then all go in one order."""
    sells.say("fleet", act("order_fleet", client="Popescu", model=["Duster", "Logan"], quantity=[3, 2]))
    assert "3 × Dacia Duster" in sells.last.text
    assert words("error.car_incomplete") in sells.press("Order the fleet")
    fleet = next(one for one in sells.shown if "Order the fleet" in one.labels)
    for at in (1, 2):
        sells.press(f"{at}. Dacia", on=fleet)
        complete(sells)
    sells.press("Order the fleet", on=fleet)
    sells.press("Leasing")
    sells.press("Invoice: customer")
    sells.press("Launch")
    sales.work()
    (taken,) = sales.orders()
    assert [line.quantity for line in taken.request.lines] == [3, 2]
    assert taken.status is SalesStatus.ACCEPTED


def complete(person: Person) -> None:
    """Take the first choice of each step until the car may be offered."""
    card = person.last
    for _ in range(8):
        if any("Order" in label for label in card.labels):
            return
        person.press(card.labels[0], on=card)
    raise AssertionError(card.labels)


def test_the_stock_is_searched(sells: Person) -> None:
    """Automatic Dusters under a price that are not black: each one shown is one, and dearer ones are not."""
    said = sells.say(
        "automatic Dusters under 28000, not black",
        act(
            "search_stock",
            "automatic Dusters under 28000, not black",
            model="Dusters",
            transmission="automatic",
            colour="black",
            max_amount={"value": "28000", **EUR},
        ),
    )
    assert "Dacia Duster" in said
    assert "lack" not in said
    assert "Logan" not in said
    assert sells.say("stock", act("search_stock", model="Batmobile")) == words("stock.none")


def test_a_car_of_the_stock_is_reserved_and_ordered(
    driver: ChatDriver, sells: Person, sales: SalesDesk, clock: FakeClock
) -> None:
    """Chosen from the list, held at Sales until the second working day's end, and ordered under the hold."""
    sells.say("stock", act("search_stock", model="Duster"))
    sells.press("Order 1")
    sells.press("Popescu") if "customer" in sells.last.text else sells.say("Popescu", act("inform", client="Popescu"))
    (order,) = orders(driver)
    sales.work()
    order = orders(driver)[0]
    assert order["reservation"]
    assert order["reserved_until"].date().isoformat() == "2026-02-13"
    assert "reserved until" in sells.last.text
    draft_card = next(one for one in reversed(sells.shown) if "Cash" in one.labels)
    sells.press("Cash", on=draft_card)
    sells.press("Invoice: customer", on=draft_card)
    sells.press("Launch")
    sales.work()
    assert sales.orders()[0].request.lines[0].vin == order["vin"]
    assert orders(driver)[0]["status"] is OrderStatus.ACCEPTED


def reserve(person: Person, vin: str, client: str) -> None:
    """Press the button that orders a car, as the search shows it."""
    (customer,) = [one for one in person.driver.customers if one["name"] == client]
    actions = [{"do": "stock.order", "args": {"vin": vin, "customer": customer["id"]}}]
    card = make_card(agent_id=person.agent.id, token=f"t{person.id}{vin}", actions=actions, chat_id=person.id)
    with person.driver.database.command_unit("card") as unit:
        unit.add_card(card)
    person.press_data(f"t{person.id}{vin}:1:0")


def test_two_agents_want_one_car(driver: ChatDriver, sells: Person, mihai: Person, sales: SalesDesk) -> None:
    """Both press before Sales has answered: one holds it, the other reads that at once, with others like it to be ordered."""
    mihai.client("Maria Ene")
    vin = a_car().vin
    reserve(sells, vin, "Ion Popescu")
    reserve(mihai, vin, "Maria Ene")
    assert len(orders(driver)) == 2
    sales.work()
    first, second = orders(driver)
    assert (first["status"], second["status"]) == (OrderStatus.DRAFT, OrderStatus.REJECTED)
    assert words("rejection.car_reserved", "ro") in mihai.last.text
    assert "Popescu" not in "".join(one.text for one in mihai.shown)
    mihai.press("Comandă 1")
    sales.work()
    third = orders(driver)[2]
    assert third["vin"] != vin
    assert third["reservation"]


def test_two_agents_launch_one_car(driver: ChatDriver, sells: Person, mihai: Person, sales: SalesDesk) -> None:
    """Launched at the same moment, before any hold: Sales accepts one, the other is told with alternatives."""
    mihai.client("Maria Ene")
    vin = a_car().vin
    for person, client, pay, bill, go in (
        (sells, "Ion Popescu", "Cash", "Invoice: customer", "Launch"),
        (mihai, "Maria Ene", "Integral", "Factură: client", "Lansează"),
    ):
        reserve(person, vin, client)
        person.press(pay)
        person.press(bill)
        person.press(go)
    sales.work()
    assert sorted(one.status for one in sales.orders()) == [SalesStatus.ACCEPTED, SalesStatus.REJECTED]
    assert sorted(one["status"] for one in orders(driver)) == [OrderStatus.ACCEPTED, OrderStatus.REJECTED]
    loser = mihai if orders(driver)[0]["status"] is OrderStatus.ACCEPTED else sells
    assert any("1" in label for label in loser.last.labels)
    assert "Dacia Duster" in loser.last.text


def test_a_dropped_draft_lets_the_car_go(driver: ChatDriver, sells: Person, mihai: Person, sales: SalesDesk) -> None:
    """Dropped before or after the hold came, another may have the car."""
    mihai.client("Maria Ene")
    vin = a_car().vin
    reserve(sells, vin, "Ion Popescu")
    sells.press("Drop the draft")
    sales.work()
    reserve(mihai, vin, "Maria Ene")
    sales.work()
    assert orders(driver)[1]["reservation"]
    mihai.press("Renunță")
    sales.work()
    assert orders(driver)[1]["status"] is OrderStatus.CANCELLED


def test_a_reservation_ends_and_is_told_once(
    driver: ChatDriver, sells: Person, sales: SalesDesk, clock: FakeClock
) -> None:
    """After two working days the agent hears that the hold is over, once."""
    reserve(sells, a_car().vin, "Ion Popescu")
    sales.work()
    clock.advance(days=3)
    for _ in range(2):
        tick(driver.database.due)
        driver.settle()
    told = words("order.reservation_ended", name="PS-000001", who="Ion Popescu …111")
    assert sum(told in one.text for one in sells.shown) == 1


def test_the_director_extends_a_hold(
    driver: ChatDriver, sells: Person, elena: Person, mihai: Person, sales: SalesDesk
) -> None:
    """Two more working days, told to both; the agent has no such button."""
    reserve(sells, a_car().vin, "Ion Popescu")
    sales.work()
    card = next(one for one in reversed(sells.shown) if "Cash" in one.labels)
    assert not any("Extend" in label for label in card.labels)
    elena.say("PS-000001", act("show_orders", order_number="PS-000001"))
    elena.press("Extend")
    sales.work()
    assert orders(driver)[0]["reserved_until"].date().isoformat() == "2026-02-17"
    assert "reserved until" in elena.last.text
    assert "17 Feb" in sells.last.text


def test_orders_are_shown(driver: ChatDriver, sells: Person, elena: Person, sales: SalesDesk) -> None:
    """Own ones as a list, one by either number; the director also sees what was launched elsewhere."""
    launched(sells)
    sales.work()
    number = sales.orders()[0].id
    draft(sells)
    said = sells.say("my orders", act("show_orders"))
    assert number in said
    assert "PS-000002" in said
    assert number in sells.say("one", act("show_orders", order_number=number.removeprefix("SO-")))
    assert "PS-000002" in sells.say("other", act("show_orders", order_number="PS-000002"))
    sales.follow()
    said = elena.say("orders", act("show_orders"))
    assert "PS-000002" in said
    assert said.count("SO-") >= 10
    assert "SO-" in elena.press("Later")


def test_anothers_orders_stay_unknown(driver: ChatDriver, sells: Person, mihai: Person, sales: SalesDesk) -> None:
    """A colleague sees none of them: in no list, by no number, by no forged press."""
    launched(sells)
    sales.work()
    sales.follow()
    number = sales.orders()[0].id
    assert mihai.say("comenzi", act("show_orders")) == words("order.none", "ro")
    unknown = words("order.unknown", "ro", number=number)
    assert mihai.say("una", act("show_orders", order_number=number)) == unknown
    assert "Popescu" not in mihai.say("anulează", act("cancel_order", order_number=number))
    data, shown = sells.button("Show the order")
    assert "Popescu" not in mihai.press_data(data, shown.message_id)
    assert sales.work() == 0


def test_no_order_for_anothers_client(driver: ChatDriver, sells: Person, mihai: Person, sales: SalesDesk) -> None:
    """A forged press that names a colleague's client drafts nothing and reserves nothing; a client of nobody's reads the same."""
    mihai.client("Maria Ene")
    reserve(sells, a_car().vin, "Maria Ene")
    assert words("error.not_found") in sells.last.text + str(sells.toast)
    assert "Ene" not in "".join(one.text for one in sells.shown)
    assert orders(driver) == []
    assert sales.work() == 0


def test_an_order_is_given_to_another(
    driver: ChatDriver, sells: Person, mihai: Person, elena: Person, sales: SalesDesk
) -> None:
    """By the director, at Sales first; both agents are told, and the order is the other's from then on."""
    launched(sells)
    sales.work()
    number = sales.orders()[0].id
    mihai.say("ia", act("reassign_order", order_number=number, agent="Mihai"))
    elena.say("give", act("reassign_order", order_number=number, agent="Mihai"))
    assert orders(driver)[0]["agent_id"] == sells.agent.id
    sales.work()
    assert orders(driver)[0]["agent_id"] == mihai.agent.id
    assert sales.orders()[0].request.agent.name == "Mihai Radu"
    assert number in sells.last.text
    assert number in mihai.last.text
    assert number in mihai.say("una", act("show_orders", order_number=number))
    assert sells.say("one", act("show_orders", order_number=number)) == words("order.unknown", number=number)
    sales.control(f"/sales/control/orders/{number}/cancel", reason="withdrawn")
    sales.follow()
    assert words("order_news.cancelled", "ro", name=number, who="Ion Popescu …111") in mihai.last.text
    assert deal(driver)["sold_at"] is None
