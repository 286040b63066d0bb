"""The order book of the Sales module in the sandbox: each order once, every change kept in order."""

import json
import unicodedata
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any

from sandbox import catalog_rules
from sandbox.clock import Clock, instant
from sandbox.problems import ProblemError, not_found
from sandbox.sales_keys import Keys
from sandbox.sales_reservations import Reservations
from sandbox.showroom import Showroom
from sandbox.store import Store

Json = dict[str, Any]

# How long an order stays in a status, by the sandbox's clock, and what comes then.
AHEAD = {
    "received": (timedelta(minutes=1), "accepted"),
    "accepted": (timedelta(days=2), "invoiced"),
    "invoiced": (timedelta(days=5), "delivered"),
}


class Orders:
    """Orders of the dealer, whoever launched them."""

    def __init__(self, *, store: Store, clock: Clock, showroom: Showroom, reservations: Reservations) -> None:
        self._store = store
        self._clock = clock
        self._showroom = showroom
        self._reservations = reservations
        self._keys = Keys(store)

    def launch(self, key: str, request: Json) -> tuple[Json, bool]:
        """Take an order and decide on it, unless decisions wait; the same key again gives the same order, and False."""
        with self._store.together():
            self.catch_up()
            known = self._keys.number(key, ["launch", request])
            if known is not None:
                return self._order(known), False
            number = self.add(request, origin="presales", at=self._clock.now())
            self._keys.keep(key, ["launch", request], number)
            if not self._store.get("sales_decide_later", False):
                self._decide(number)
            return self._order(number), True

    def is_empty(self) -> bool:
        """Whether nothing was ever ordered."""
        return not self._store.rows("SELECT 1 FROM orders LIMIT 1")

    def together(self) -> AbstractContextManager[None]:
        """Several changes that are kept all or none."""
        return self._store.together()

    def add(self, request: Json, *, origin: str, at: datetime) -> int:
        """Keep a new order, not decided yet."""
        body = {**request, "version": 0, "origin": origin, "created_at": instant(at), "history": []}
        number = self._store.insert("INSERT INTO orders (status, body) VALUES ('', ?)", (json.dumps(body),))
        self.move(number, "received", at)
        return number

    def get(self, order_id: str) -> Json:
        """One order; raises ProblemError."""
        self.catch_up()
        return self._order(self._number(order_id))

    def all(self) -> list[Json]:
        """Every order, the newest first."""
        self.catch_up()
        rows = self._store.rows("SELECT number, body FROM orders ORDER BY number DESC")
        return [_public(row["number"], row["body"]) for row in rows]

    def changes(self, since: int, limit: int) -> tuple[list[Json], bool]:
        """Changes after a sequence number with the orders as they are now, and whether there are more."""
        self.catch_up()
        rows = self._store.rows(
            "SELECT c.*, o.body FROM order_changes c JOIN orders o USING (number) WHERE sequence > ? ORDER BY sequence LIMIT ?",
            (since, limit + 1),
        )
        found = [
            {
                "sequence": row["sequence"],
                "status": row["status"],
                "at": row["at"],
                "order": _public(row["number"], row["body"]),
            }
            for row in rows
        ]
        return found[:limit], len(found) > limit

    def reassign(self, key: str, order_id: str, agent: Json) -> Json:
        """Give an order to another agent."""
        with self._store.together():
            self.catch_up()
            number = self._number(order_id)
            if self._keys.number(key, ["reassign", order_id, agent]) is None:
                self._keys.keep(key, ["reassign", order_id, agent], number)
                if self._order(number)["agent"] != agent:
                    self.move(number, None, self._clock.now(), agent=agent)
            return self._order(number)

    def cancel(self, key: str, order_id: str, reason: str) -> Json:
        """Cancel an order before it is invoiced; its car can be had again."""
        with self._store.together():
            self.catch_up()
            number = self._number(order_id)
            known = self._keys.number(key, ["cancel", order_id, reason])
            order = self._order(number)
            if known is None and order["status"] not in {"received", "accepted", "cancelled"}:
                raise ProblemError("not-cancellable", 409, f"The order is {order['status']}.")
            if known is None:
                self._keys.keep(key, ["cancel", order_id, reason], number)
                if order["status"] != "cancelled":
                    self._end(number, reason)
            return self._order(number)

    def advance(self, order_id: str) -> Json:
        """Take an order to its next status now."""
        with self._store.together():
            self.catch_up()
            number = self._number(order_id)
            self._next(number, self._order(number)["status"], self._clock.now())
            return self._order(number)

    def end_elsewhere(self, order_id: str, reason: str) -> Json:
        """Sales itself cancels an order, in whatever status short of its end."""
        with self._store.together():
            self.catch_up()
            number = self._number(order_id)
            if self._order(number)["status"] not in {"rejected", "cancelled", "delivered"}:
                self._end(number, reason)
            return self._order(number)

    def catch_up(self) -> None:
        """Let happen what the clock has brought since."""
        now = instant(self._clock.now())
        with self._store.together():
            while rows := self._store.rows("SELECT * FROM orders WHERE due <= ? ORDER BY due, number LIMIT 1", (now,)):
                row = rows[0]
                self._next(row["number"], row["status"], datetime.fromisoformat(row["due"]))

    def move(self, number: int, status: str | None, at: datetime, **changes: Any) -> None:
        """Write a change of an order: a status, or what else is new, and when its next status is due."""
        [row] = self._store.rows("SELECT status, due, body FROM orders WHERE number = ?", (number,))
        body = {**json.loads(row["body"]), **changes}
        body["version"] += 1
        body["updated_at"] = instant(at)
        due = row["due"]
        if status is not None:
            body["status"] = status
            body["history"] = [*body["history"], {"status": status, "at": instant(at)}]
            due = instant(at + AHEAD[status][0]) if status in AHEAD else None
        status = body["status"]
        values = (status, due, json.dumps(body), number)
        self._store.rows("UPDATE orders SET status = ?, due = ?, body = ? WHERE number = ?", values)
        self._store.insert(
            "INSERT INTO order_changes (number, status, at) VALUES (?, ?, ?)", (number, status, instant(at))
        )

    def _next(self, number: int, status: str, at: datetime) -> None:
        if status == "received":
            self._decide(number, at)
        elif status in AHEAD:
            self.move(number, AHEAD[status][1], at)

    def _decide(self, number: int, at: datetime | None = None) -> None:
        """Accept an order, which takes its car out of stock, or reject it."""
        at = at or self._clock.now()
        order = self._order(number)
        rejection = self._objection(order)
        if rejection:
            self.move(number, "rejected", at, rejection=rejection)
            return
        for line in order["lines"]:
            if "vin" in line:
                self._showroom.sell(line["vin"], number)
                self._reservations.use(line["vin"])
        self.move(number, "accepted", at)

    def _objection(self, order: Json) -> Json | None:
        """Why an order cannot be accepted, for its first line that is in the way."""
        for place, line in enumerate(order["lines"]):
            model = self._showroom.model(line["configuration"]["model_id"])
            if order["kind"] == "stock":
                if "vin" not in line or len(order["lines"]) > 1 or line["quantity"] != 1:
                    return {"reason": "not_orderable", "line": place}
                found = self._car_objection(order, line)
            elif "vin" in line or model is None or not catalog_rules.is_orderable(model, line["configuration"]):
                found = {"reason": "not_orderable"}
            else:
                found = _price_objection(line, catalog_rules.list_price(model, line["configuration"]))
            if found:
                return {**found, "line": place}
        return None

    def _car_objection(self, order: Json, line: Json) -> Json | None:
        car = self._showroom.car(line["vin"])
        if car is None or car["configuration"] != line["configuration"]:
            return {"reason": "not_orderable"}
        if car["status"] == "sold":
            return {"reason": "car_sold"}
        holders = [body["reference"] for _, body in self._showroom.held(line["vin"])]
        if holders and order["reference"] not in holders:
            return {"reason": "car_reserved"}
        return _price_objection(line, car["price"])

    def _end(self, number: int, reason: str) -> None:
        self._store.rows("DELETE FROM sold_cars WHERE order_number = ?", (number,))
        self.move(number, "cancelled", self._clock.now(), cancellation_reason=reason)

    def _order(self, number: int) -> Json:
        [row] = self._store.rows("SELECT body FROM orders WHERE number = ?", (number,))
        return _public(number, row["body"])

    def _number(self, order_id: str) -> int:
        digits = order_id.removeprefix("SO-")
        number = int(digits) if digits.isdecimal() and len(digits) <= 10 else 0
        # Only the id that was given names the order: no other number of zeros.
        if order_id != _id(number) or not self._store.rows("SELECT 1 FROM orders WHERE number = ?", (number,)):
            raise not_found("order")
        return number


def matches(order: Json, wanted: str) -> bool:
    """Whether all the words stand somewhere in what a person would search an order by."""
    parts = [order["id"], order["reference"], order["agent"]["name"]]
    parts += [order[party]["name"] for party in ("customer", "invoice_party")]
    parts += [line["configuration"]["model_id"] for line in order["lines"]]
    text = _folded(" ".join(parts))
    return all(word in text for word in _folded(wanted).split())


def _price_objection(line: Json, current: Json) -> Json | None:
    if line["list_price"] == current:
        return None
    return {"reason": "price_changed", "current_price": current}


def _public(number: int, body: str) -> Json:
    return {"id": _id(number), **json.loads(body)}


def _id(number: int) -> str:
    return f"SO-{number:06d}"


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
