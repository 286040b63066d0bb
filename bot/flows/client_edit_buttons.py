"""Buttons that change a client: fields, numbers, contact persons, consent, cars, relationship."""

from typing import Any

from bot.cards.activities import who
from bot.cards.client import client_card, relationship_rows
from bot.cards.client_details import (
    consent_card,
    consent_wording,
    consent_words,
    contact_card,
    contacts_card,
    fields_rows,
    reach_rows,
    sources_rows,
    vehicle_card,
    vehicles_card,
)
from bot.dialogue.engine import Engine
from bot.dialogue.flow import Register
from bot.dialogue.turn import Turn
from bot.flows.update_client import shown
from bot.ports import Card
from domain.customer_details import contact_of, record_consent, remove_contact, set_kind, set_source
from domain.customers import Customer, CustomerKind, Purpose, Relationship, Source
from domain.permissions import customer_to_change
from domain.reach import Way, make_first, remove_reach
from domain.relationships import relationship_of, set_relationship
from domain.vehicles import VehicleDetails, change_vehicle, remove_vehicle, vehicle_of
from texts.catalog import Html

Args = dict[str, Any]


def register_client_edit_buttons(register: Register, engine: Engine) -> None:
    """Every change that a press makes; each can be undone."""
    for name, handler in {**_FIELDS, **_CONTACTS, **_CARS}.items():
        register.press(name, handler)

    def field(turn: Turn, card: Card, args: Args) -> None:
        if not {"contact", "vehicle"} & set(args):  # the menu of fields closes; the card of a person or car stays
            _redraw(turn, card, _customer(turn, args))
        values = {"customer_id": args["customer"], **{key: args[key] for key in args if key != "customer"}}
        engine.open_form(turn, "edit_client", values)

    def replace(turn: Turn, card: Card, args: Args) -> None:
        _redraw(turn, card, _customer(turn, args))
        values = {"customer_id": args["customer"], "field": args["field"], "replacing": args["value"]}
        engine.open_form(turn, "edit_client", values)

    def add_contact(turn: Turn, card: Card, args: Args) -> None:  # noqa: ARG001
        engine.open_form(turn, "edit_client", {"customer_id": args["customer"], "field": "contact"})

    def trade_in(turn: Turn, card: Card, args: Args) -> None:  # noqa: ARG001
        engine.open_form(turn, "add_trade_in", {"customer_id": args["customer"]})

    register.press("client.edit_field", field)
    register.press("client.reach_replace", replace)
    register.press("client.contact_add", add_contact)
    register.press("client.trade_in", trade_in)


def _customer(turn: Turn, args: Args) -> Customer:
    return customer_to_change(turn.unit, turn.agent, args["customer"])


def _done(turn: Turn, customer: Customer, line: Html) -> None:
    turn.wrote()
    turn.add(Html("\n").join([turn.t("client.changed", who=who(turn, customer)), line]))


def _redraw(turn: Turn, card: Card, customer: Customer) -> None:
    text, rows = client_card(turn, customer)
    turn.edit(card, text, *rows)


def _edit(turn: Turn, card: Card, args: Args) -> None:
    turn.edit(card, None, *fields_rows(turn, _customer(turn, args)))


def _reach(turn: Turn, card: Card, args: Args) -> None:
    turn.edit(card, None, *reach_rows(turn, _customer(turn, args), Way(args["field"])))


def _first(turn: Turn, card: Card, args: Args) -> None:
    way = Way(args["field"])
    customer = make_first(turn.unit, turn.agent, customer_id=args["customer"], way=way, value=args["value"])
    _redraw(turn, card, customer)
    _done(turn, customer, turn.t("client.first_now", value=shown(turn, way, args["value"])))


def _remove(turn: Turn, card: Card, args: Args) -> None:
    way = Way(args["field"])
    customer = remove_reach(turn.unit, turn.agent, customer_id=args["customer"], way=way, value=args["value"])
    if not args.get("answered"):  # an answer keeps its own Undo
        _redraw(turn, card, customer)
    _done(turn, customer, turn.t("client.removed", what=shown(turn, way, args["value"])))


def _sources(turn: Turn, card: Card, args: Args) -> None:
    turn.edit(card, None, *sources_rows(turn, _customer(turn, args)))


def _source(turn: Turn, card: Card, args: Args) -> None:
    customer = set_source(turn.unit, turn.agent, customer_id=args["customer"], source=Source(args["source"]))
    _redraw(turn, card, customer)
    _done(turn, customer, turn.t("client.source", source=turn.t(f"source.{args['source']}")))


def _kind(turn: Turn, card: Card, args: Args) -> None:
    kind = CustomerKind(args["kind"])
    customer = set_kind(turn.unit, turn.agent, customer_id=args["customer"], kind=kind)
    _redraw(turn, card, customer)
    _done(turn, customer, turn.t(f"customer_kind.{kind}"))


def _relationship(turn: Turn, card: Card, args: Args) -> None:
    turn.edit(card, None, *relationship_rows(turn, _customer(turn, args)))


def _set_relationship(turn: Turn, card: Card, args: Args) -> None:
    wanted = Relationship(args["relationship"]) if args["relationship"] else None
    customer = set_relationship(turn.unit, turn.agent, customer_id=args["customer"], relationship=wanted)
    _redraw(turn, card, customer)
    now = turn.t(f"relationship.{relationship_of(turn.unit, customer)}")
    key = "client.relationship_set" if wanted else "client.relationship_derived"
    _done(turn, customer, turn.t(key, relationship=now))


def _contacts(turn: Turn, card: Card, args: Args) -> None:  # noqa: ARG001
    text, rows = contacts_card(turn, _customer(turn, args))
    turn.add(text, *rows)


def _contact(turn: Turn, card: Card, args: Args) -> None:  # noqa: ARG001
    customer = _customer(turn, args)
    text, rows = contact_card(turn, customer, contact_of(customer, args["contact"]))
    turn.add(text, *rows)


def _contact_remove(turn: Turn, card: Card, args: Args) -> None:
    turn.edit(card, None)
    name = remove_contact(turn.unit, turn.agent, customer_id=args["customer"], contact_id=args["contact"])
    _done(turn, _customer(turn, args), turn.t("client.removed", what=name))


def _consent(turn: Turn, card: Card, args: Args) -> None:  # noqa: ARG001
    text, rows = consent_card(turn, _customer(turn, args))
    turn.add(text, *rows)


def _consent_set(turn: Turn, card: Card, args: Args) -> None:
    purpose = Purpose(args["purpose"])
    wording = consent_wording(turn, purpose)
    consent = record_consent(
        turn.unit,
        turn.agent,
        customer_id=args["customer"],
        purpose=purpose,
        given=args["given"],
        wording=wording,
    )
    customer = _customer(turn, args)
    text, rows = consent_card(turn, customer)
    turn.edit(card, text, *rows)
    _done(turn, customer, consent_words(turn, purpose, consent))


def _vehicles(turn: Turn, card: Card, args: Args) -> None:  # noqa: ARG001
    text, rows = vehicles_card(turn, _customer(turn, args))
    turn.add(text, *rows)


def _vehicle(turn: Turn, card: Card, args: Args) -> None:  # noqa: ARG001
    customer = _customer(turn, args)
    text, rows = vehicle_card(turn, customer, vehicle_of(customer, args["vehicle"]))
    turn.add(text, *rows)


def _vehicle_trade_in(turn: Turn, card: Card, args: Args) -> None:
    vehicle = change_vehicle(
        turn.unit,
        turn.agent,
        customer_id=args["customer"],
        vehicle_id=args["vehicle"],
        details=VehicleDetails(),
        trade_in=args["trade_in"],
    )
    customer = _customer(turn, args)
    text, rows = vehicle_card(turn, customer, vehicle)
    turn.edit(card, text, *rows)
    key = "client.as_trade_in" if vehicle.trade_in else "client.no_trade_in"
    _done(turn, customer, turn.t(key, model=vehicle.model))


def _vehicle_remove(turn: Turn, card: Card, args: Args) -> None:
    turn.edit(card, None)
    model = remove_vehicle(turn.unit, turn.agent, customer_id=args["customer"], vehicle_id=args["vehicle"])
    _done(turn, _customer(turn, args), turn.t("client.removed", what=model))


_FIELDS = {
    "client.edit": _edit,
    "client.reach": _reach,
    "client.reach_first": _first,
    "client.reach_remove": _remove,
    "client.sources": _sources,
    "client.source": _source,
    "client.kind": _kind,
    "client.relationship": _relationship,
    "client.relationship_set": _set_relationship,
}
_CONTACTS = {
    "client.contacts": _contacts,
    "client.contact": _contact,
    "client.contact_remove": _contact_remove,
    "client.consent": _consent,
    "client.consent_set": _consent_set,
}
_CARS = {
    "client.vehicles": _vehicles,
    "client.vehicle": _vehicle,
    "client.vehicle_trade_in": _vehicle_trade_in,
    "client.vehicle_remove": _vehicle_remove,
}
