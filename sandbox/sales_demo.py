"""Orders that were launched at the dealer's desk and not from PreSales, so that the director sees them beside ours."""

import random
from datetime import UTC, datetime, time, timedelta
from typing import Any

from sandbox.sales_orders import Orders
from sandbox.showroom import Showroom

Json = dict[str, Any]

_AGENTS = (("desk-1", "Cristina Vlad"), ("desk-2", "Dan Olteanu"))
_CUSTOMERS = (
    ("person", "Adrian Neagu"),
    ("person", "Simona Rusu"),
    ("person", "Florin Tudor"),
    ("person", "Daniela Iliescu"),
    ("person", "Bogdan Sava"),
    ("person", "Kiss Ildikó"),
    ("person", "Mircea Țugui"),
    ("company", "Delta Distribuție SRL"),
    ("company", "Carpați Construct SA"),
    ("company", "Medis Clinic SRL"),
)
_ORDERS = 24
_DAYS = 60
_CANCELLED = {6: "Financing refused", 15: "Customer withdrew", 22: "Customer withdrew"}


def launched_elsewhere(orders: Orders, showroom: Showroom) -> None:
    """Write them once, over the last two months; the clock then moves them on like all others."""
    if not orders.is_empty():
        return
    chance = random.Random(20261102)  # noqa: S311  # not a secret: the same orders each time
    cars = showroom.cars()
    start = datetime.combine(showroom.day, time(8), UTC) - timedelta(days=_DAYS)
    with orders.together():
        for number in range(_ORDERS):
            at = start + timedelta(days=number * _DAYS / _ORDERS, minutes=chance.randrange(540))
            kept = orders.add(_order(number, chance, chance.choice(cars)), origin="other", at=at)
            if number in _CANCELLED:
                orders.move(kept, "accepted", at + timedelta(minutes=1))
                orders.move(kept, "cancelled", at + timedelta(days=1), cancellation_reason=_CANCELLED[number])


def _order(number: int, chance: random.Random, car: Json) -> Json:
    agent_id, agent = chance.choice(_AGENTS)
    kind, name = chance.choice(_CUSTOMERS)
    party = {"kind": kind, "name": name} | (
        {"tax_id": f"RO{chance.randrange(10**7, 10**8)}"} if kind == "company" else {}
    )
    quantity = chance.randint(3, 12) if kind == "company" and chance.random() < 0.5 else 1
    price = car["list_price"]
    return {
        "reference": f"DESK-{number + 1:04d}",
        "kind": "new_car" if quantity == 1 else "fleet",
        "agent": {"id": agent_id, "name": agent},
        "customer": party,
        "invoice_party": party,
        "payment": chance.choice(("cash", "credit", "leasing")),
        "lines": [
            {
                "configuration": car["configuration"],
                "quantity": quantity,
                "list_price": price,
                "agreed_price": {**price, "minor": price["minor"] * (100 - chance.randint(0, 4)) // 100},
            }
        ],
        "location": car["location"],
    }
