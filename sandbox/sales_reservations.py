"""Reservations of the Sales module: one holder a car, until a moment."""

import json
from typing import Any

from sandbox.clock import Clock, instant
from sandbox.problems import ProblemError, not_found
from sandbox.sales_keys import Keys
from sandbox.showroom import Showroom, moment
from sandbox.store import Store

Json = dict[str, Any]


class Reservations:
    """Who holds which car."""

    def __init__(self, *, store: Store, clock: Clock, showroom: Showroom) -> None:
        self._store = store
        self._clock = clock
        self._showroom = showroom
        self._keys = Keys(store)

    def reserve(self, key: str, request: Json) -> tuple[Json, bool]:
        """Hold a car, or move the end of the own reservation; False where the key or the holder was known already."""
        vin, until = request["vin"], instant(moment(request["until"]))
        with self._store.together():
            known = self._keys.number(key, ["reserve", request])
            if known is not None:
                return self._one(known), False
            car = self._showroom.car(vin)
            if car is None:
                raise not_found("car")
            if car["status"] == "sold":
                raise ProblemError("car-sold", 409)
            for number, body in self._showroom.held(vin):
                if body["reference"] != request["reference"]:
                    raise ProblemError("car-reserved", 409, f"It is reserved until {body['until']}.")
                self._write(number, {**body, "until": until, "agent": request["agent"]})
                self._keys.keep(key, ["reserve", request], number)
                return self._one(number), False
            body = {**request, "until": until, "status": "held", "created_at": instant(self._clock.now())}
            number = self._store.insert("INSERT INTO reservations (vin, body) VALUES (?, ?)", (vin, json.dumps(body)))
            self._keys.keep(key, ["reserve", request], number)
            return self._one(number), True

    def get(self, reservation_id: str) -> Json:
        """One reservation; raises ProblemError."""
        return self._one(self._number(reservation_id))

    def holding(self) -> list[Json]:
        """Those that hold now, the first to end first."""
        return [{"id": _id(number), **body} for number, body in self._showroom.held()]

    def release(self, reservation_id: str) -> Json:
        """Let a car go; one that does not hold any more stays as it is."""
        number = self._number(reservation_id)
        body = self._one(number)
        if body["status"] == "held":
            self._write(number, {**body, "status": "released"})
        return self._one(number)

    def use(self, vin: str) -> None:
        """The car went into an order."""
        for number, body in self._showroom.held(vin):
            self._write(number, {**body, "status": "ordered"})

    def _write(self, number: int, body: Json) -> None:
        kept = {key: value for key, value in body.items() if key != "id"}
        self._store.rows("UPDATE reservations SET body = ? WHERE number = ?", (json.dumps(kept), number))

    def _one(self, number: int) -> Json:
        [row] = self._store.rows("SELECT body FROM reservations WHERE number = ?", (number,))
        body = json.loads(row["body"])
        if body["status"] == "held" and body["until"] <= instant(self._clock.now()):
            body["status"] = "ended"
        return {"id": _id(number), **body}

    def _number(self, reservation_id: str) -> int:
        number = int(reservation_id.removeprefix("RS-"))
        found = self._store.rows("SELECT 1 FROM reservations WHERE number = ?", (number,))
        if reservation_id != _id(number) or not found:
            raise not_found("reservation")
        return number


def _id(number: int) -> str:
    return f"RS-{number:06d}"
