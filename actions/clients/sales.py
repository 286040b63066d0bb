"""The client of the Sales module, by `actions/contracts/sales.yaml`."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any, Final, TypeVar

from actions.clients.http import OutsideHttp, Reply
from actions.clients.orders import order_json, read_order
from actions.clients.reading import Json, UnreadableError, checked_vin, read_as, read_json, unusable
from domain.outside import MissingError
from domain.sales import (
    ChangePage,
    OrderChange,
    OrderFilter,
    OrderPage,
    OrderRequest,
    Reservation,
    SalesAgent,
    SalesOrder,
)

T = TypeVar("T")

MOST_LETTERS: Final = 80
_ORDER: Final = re.compile(r"SO-[0-9]{6,10}")
_RESERVATION: Final = re.compile(r"RS-[0-9]{6,10}")


class SalesClient:
    """Acts in Sales; implements domain.outside.SalesService."""

    def __init__(self, http: OutsideHttp) -> None:
        self._http = http

    async def launch(self, request: OrderRequest, *, key: str) -> SalesOrder:
        """Launch an order once under the key; raises OutsideError, ValueError for an incomplete configuration."""
        body = order_json(request)
        reply = await self._http.ask("POST", "v1/orders", body=_bytes(body), key=key)
        return self._read(
            reply, read_order, lambda order: order.request.reference == request.reference, maybe_done=True
        )

    async def order(self, order_id: str) -> SalesOrder:
        """One order as it is now; raises OutsideError."""
        self._check(_ORDER, order_id)
        reply = await self._http.ask("GET", f"v1/orders/{order_id}")
        return self._read(reply, read_order, lambda order: order.id == order_id)

    async def orders(self, wanted: OrderFilter, *, cursor: str | None = None, limit: int | None = None) -> OrderPage:
        """Orders of the dealer that pass the filter; raises OutsideError."""
        query: dict[str, str | int] = {}
        for field in fields(wanted):
            value = getattr(wanted, field.name)
            if value is not None:
                # The last word may be cut: Sales finds parts of words.
                query["q" if field.name == "words" else field.name] = str(value).strip()[:MOST_LETTERS]
        query |= {"cursor": cursor} if cursor else {}
        query |= {"limit": limit} if limit else {}
        return self._read(await self._http.ask("GET", "v1/orders", query=query), _order_page)

    async def changes(self, *, since: str | None = None) -> ChangePage:
        """What happened since; a change may come more than once. Raises OutsideError."""
        query = {"since": since} if since else None
        return self._read(await self._http.ask("GET", "v1/changes", query=query), _change_page)

    async def reassign(self, order_id: str, agent: SalesAgent, *, key: str) -> SalesOrder:
        """Give an order to another agent; raises OutsideError."""
        return await self._change(order_id, "reassign", {"agent": _agent(agent)}, key=key)

    async def cancel(self, order_id: str, reason: str, *, key: str) -> SalesOrder:
        """Cancel an order before it is invoiced; raises OutsideError, NotCancellableError where that is over."""
        return await self._change(order_id, "cancel", {"reason": reason}, key=key)

    async def reserve(self, vin: str, *, agent: SalesAgent, reference: str, until: datetime, key: str) -> Reservation:
        """Hold a car until an aware instant; raises OutsideError, CarSoldError, CarReservedError."""
        self._check_vin(vin)
        body = {
            "vin": vin,
            "agent": _agent(agent),
            "reference": reference,
            "until": until.astimezone(UTC).replace(tzinfo=None, microsecond=0).isoformat() + "Z",
        }
        reply = await self._http.ask("POST", "v1/reservations", body=_bytes(body), key=key)
        return self._read(
            reply,
            _reservation,
            lambda found: (found.vin, found.reference) == (vin, reference),
            maybe_done=True,
        )

    async def reservation(self, reservation_id: str) -> Reservation:
        """One reservation as it is now; raises OutsideError."""
        self._check(_RESERVATION, reservation_id)
        reply = await self._http.ask("GET", f"v1/reservations/{reservation_id}")
        return self._read(reply, _reservation, lambda found: found.id == reservation_id)

    async def reservations(self, *, vin: str | None = None, agent_id: str | None = None) -> Sequence[Reservation]:
        """Those that hold now; raises OutsideError."""
        query = {name: value for name, value in (("vin", vin), ("agent_id", agent_id)) if value}
        reply = await self._http.ask("GET", "v1/reservations", query=query)
        return self._read(reply, lambda value: tuple(_reservation(one) for one in value["reservations"]))

    async def release(self, reservation_id: str) -> Reservation:
        """Let a car go; one let go already stays so. Raises OutsideError."""
        self._check(_RESERVATION, reservation_id)
        reply = await self._http.ask("DELETE", f"v1/reservations/{reservation_id}")
        return self._read(reply, _reservation, lambda found: found.id == reservation_id, maybe_done=True)

    async def _change(self, order_id: str, what: str, body: Json, *, key: str) -> SalesOrder:
        self._check(_ORDER, order_id)
        reply = await self._http.ask("POST", f"v1/orders/{order_id}/{what}", body=_bytes(body), key=key)
        return self._read(reply, read_order, lambda order: order.id == order_id, maybe_done=True)

    def _check(self, pattern: re.Pattern[str], value: str) -> None:
        """An id that cannot be one of theirs never becomes a part of an address."""
        if not pattern.fullmatch(value):
            raise MissingError(self._http.service, "not-found")

    def _check_vin(self, vin: str) -> None:
        try:
            checked_vin(vin)
        except UnreadableError:
            raise MissingError(self._http.service, "not-found") from None

    def _read(
        self,
        reply: Reply,
        reader: Callable[[Any], T],
        is_asked: Callable[[T], bool] = lambda _found: True,
        *,
        maybe_done: bool = False,
    ) -> T:
        """Read an answer and see that it is about what was asked."""
        try:
            found = reader(read_json(reply.body))
        except (UnreadableError, KeyError, TypeError, AttributeError, ValueError) as error:
            raise unusable(self._http.service, error, maybe_done=maybe_done) from error
        if not is_asked(found):
            raise unusable(self._http.service, UnreadableError("about something else"), maybe_done=maybe_done)
        return found


def _order_page(value: Mapping[str, Any]) -> OrderPage:
    cursor = value.get("next_cursor")
    return OrderPage(tuple(read_order(order) for order in value["orders"]), _text_or_none(cursor))


def _change_page(value: Mapping[str, Any]) -> ChangePage:
    changes = tuple(
        read_as(OrderChange, {**change, "order": read_order(change["order"])}) for change in value["changes"]
    )
    return ChangePage(changes, read_as(str, value["next_cursor"]), read_as(bool, value["has_more"]))


def _reservation(value: Mapping[str, Any]) -> Reservation:
    return read_as(Reservation, value)


def _text_or_none(value: Any) -> str | None:
    return None if value is None else read_as(str, value)


def _agent(agent: SalesAgent) -> Json:
    return {"id": agent.id, "name": agent.name}


def _bytes(body: Json) -> bytes:
    return json.dumps(body).encode()
