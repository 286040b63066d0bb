"""Orders to launch."""

from dataclasses import replace
from datetime import date

from domain.catalog import Catalog
from domain.configuration import Configuration
from domain.configurator import Configurator
from domain.money import Money
from domain.parts import STEPS, Item, ItemKind
from domain.sales import (
    Allowance,
    AllowanceKind,
    OrderKind,
    OrderLine,
    OrderRequest,
    Party,
    PartyKind,
    Payment,
    SalesAgent,
)
from domain.stock import StockCar

ANA = SalesAgent("7", "Ana Ionescu")
MIHAI = SalesAgent("8", "Mihai Radu")
POPESCU = Party(PartyKind.PERSON, "Ion Popescu", phone="+40722123456")
LEASING = Party(PartyKind.LEASING_COMPANY, "Țiriac Leasing IFN SA", tax_id="RO12345678", address="Str. Lungă 1, Brașov")


def duster(catalog: Catalog, *wishes: Item) -> tuple[Configuration, OrderLine]:
    """A complete Duster with these wishes, and a line for one of it at list price."""
    model = catalog.model("duster")
    assert model is not None
    configurator = Configurator(model)
    configuration = configurator.assemble(wishes)[0].configuration
    for step in STEPS:
        if configuration.of(step) is None:
            choice = configurator.choices(configuration, step)[0]
            configuration = choice.change.configuration
    configurator.check(configuration)
    price = configurator.quote(configuration).total
    return configuration, OrderLine(configuration, 1, price, price)


def order(reference: str, line: OrderLine) -> OrderRequest:
    """A plain order of a new car, or of the car in stock that the line names."""
    return OrderRequest(
        reference=reference,
        kind=OrderKind.STOCK if line.vin else OrderKind.NEW_CAR,
        agent=ANA,
        customer=POPESCU,
        invoice_party=POPESCU,
        payment=Payment.CASH,
        lines=(line,),
    )


def stock_order(reference: str, car: StockCar) -> OrderRequest:
    """An order of a physical car at what is asked for it."""
    return order(reference, OrderLine(car.configuration, 1, car.price, car.price, vin=car.vin))


def full_order(reference: str, *lines: OrderLine) -> OrderRequest:
    """An order with everything that can be said."""
    return replace(
        order(reference, lines[0]),
        kind=OrderKind.FLEET,
        invoice_party=LEASING,
        payment=Payment.LEASING,
        lines=lines,
        allowances=(Allowance(AllowanceKind.TRADE_IN, "2016 Polo", Money(450_000, "EUR")),),
        deposit=Money(100_000, "EUR"),
        delivery_date=date(2027, 2, 1),
        location="Brașov",
        note="Două chei; a se preda împreună.\nȘofer: 😀",
    )


def item(kind: ItemKind, item_id: str) -> Item:
    """An item by its kind and id."""
    return Item(kind, item_id)
