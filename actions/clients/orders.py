"""Orders between the domain's values and the JSON of Sales."""

from collections.abc import Mapping
from typing import Any

from actions.clients.reading import Json, configuration, configuration_json, price, read_as
from domain.money import Money, Price
from domain.sales import OrderLine, OrderRequest, Party, SalesOrder

_REQUEST = ("reference", "kind", "agent", "customer", "invoice_party", "payment")
_OPTIONAL = ("allowances", "deposit", "delivery_date", "location", "note")
_OF_ORDER = ("id", "version", "status", "created_at", "updated_at")


def order_json(request: OrderRequest) -> Json:
    """An order as it is launched; what is not said is left out. Raises ValueError for an incomplete configuration."""
    body: Json = {
        "reference": request.reference,
        "kind": request.kind.value,
        "agent": {"id": request.agent.id, "name": request.agent.name},
        "customer": _party(request.customer),
        "invoice_party": _party(request.invoice_party),
        "payment": request.payment.value,
        "lines": [_line(line) for line in request.lines],
        "allowances": [
            {"kind": one.kind.value, "label": one.label, "amount": _amount(one.amount)} for one in request.allowances
        ],
        "deposit": _amount(request.deposit) if request.deposit else None,
        "delivery_date": request.delivery_date.isoformat() if request.delivery_date else None,
        "location": request.location,
        "note": request.note,
    }
    return {key: value for key, value in body.items() if value not in (None, [])}


def read_order(value: Mapping[str, Any]) -> SalesOrder:
    """An order as Sales has it; raises UnreadableError or what JSON of another shape brings."""
    request = {key: value[key] for key in _REQUEST} | {key: value[key] for key in _OPTIONAL if key in value}
    request["lines"] = [_read_line(line) for line in value["lines"]]
    shaped = {key: value[key] for key in _OF_ORDER}
    shaped["is_ours"] = value["origin"] == "presales"
    shaped["request"] = read_as(OrderRequest, request)
    shaped["history"] = [(step["status"], step["at"]) for step in value["history"]]
    shaped["cancellation_reason"] = value.get("cancellation_reason")
    if "rejection" in value:
        rejection = dict(value["rejection"])
        if "current_price" in rejection:
            rejection["current_price"] = price(rejection["current_price"])
        shaped["rejection"] = rejection
    return read_as(SalesOrder, shaped)


def _party(party: Party) -> Json:
    found = {
        "kind": party.kind.value,
        "name": party.name,
        "tax_id": party.tax_id,
        "phone": party.phone,
        "email": party.email,
        "address": party.address,
    }
    return {key: value for key, value in found.items() if value is not None}


def _line(line: OrderLine) -> Json:
    return {
        "configuration": configuration_json(line.configuration),
        "quantity": line.quantity,
        "list_price": _price(line.list_price),
        "agreed_price": _price(line.agreed_price),
        **({"vin": line.vin} if line.vin else {}),
    }


def _read_line(value: Mapping[str, Any]) -> OrderLine:
    shaped = {**value, "configuration": configuration(value["configuration"])}
    shaped |= {key: price(value[key]) for key in ("list_price", "agreed_price")}
    return read_as(OrderLine, shaped)


def _price(value: Price) -> Json:
    return {"minor": value.minor, "currency": value.currency, "basis": value.basis.value, "vat_basis_points": value.vat}


def _amount(value: Money) -> Json:
    return {"minor": value.minor, "currency": value.currency}
