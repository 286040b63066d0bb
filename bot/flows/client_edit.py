"""One field of a client, of a contact person or of a car: asked for, read as what it is, kept and told."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.cards.activities import who
from bot.cards.client_details import contact_words, vehicle_words
from bot.dialogue.flow import Flow, Values
from bot.dialogue.hearing import Heard
from bot.dialogue.slots import TextSlot, answer_button, capitalised
from bot.dialogue.state import Form
from bot.dialogue.turn import Button, Turn
from bot.flows.add_trade_in import money_of, read_figure
from bot.flows.client_duplicates import ReasonSlot, tell_known
from bot.flows.client_edit_words import canonical_town, person_of
from bot.flows.update_client import reach_line
from domain.customer_details import (
    ContactDetails,
    add_contact,
    change_contact,
    rename,
    set_location,
    set_tax_id,
    set_town,
)
from domain.customers import Customer, set_interest
from domain.errors import DuplicateCustomerError, ForeignCustomerError, InvalidValueError
from domain.permissions import customer_to_change
from domain.reach import Way, add_reach
from domain.vehicles import VehicleDetails, change_vehicle
from texts.catalog import Html

NOTHING = ""  # the answer that a field is to be emptied
Kept = Callable[[Turn, Values, Any], Html]


@dataclass(frozen=True, slots=True)
class Field:
    """How a field's answer is read (`question`), kept, and whether it may be emptied."""

    question: str
    keep: Kept
    optional: bool = False


class FieldSlot(TextSlot):
    """The new value of one field."""

    shown = frozenset({"customer_id"})

    def __init__(self, name: str, field: Field) -> None:
        super().__init__(
            name,
            key=f"client.ask.{name}",
            question=field.question,
            needed=lambda _turn, form: form.values["field"] == name,
        )
        self._optional = field.optional

    def read(self, turn: Turn, form: Form, heard: Heard) -> Any:
        """As what the field is; words are taken as typed."""
        if self.question in {"year", "mileage", "price"}:
            return read_figure(turn, self.question, heard.text)
        return super().read(turn, form, heard)

    def words(self, turn: Turn, form: Form) -> Html:
        """Which field of whom."""
        customer = customer_to_change(turn.unit, turn.agent, form.values["customer_id"])
        return turn.t(self._key, who=who(turn, customer))

    def buttons(self, turn: Turn, form: Form) -> Sequence[Sequence[Button]]:
        """To empty the field, where it has something."""
        customer = customer_to_change(turn.unit, turn.agent, form.values["customer_id"])
        if self._optional and getattr(customer, self.name, None):
            return [[answer_button(turn.t("btn.empty_field"), form, self.name, {self.name: NOTHING})]]
        return ()


def _customer(turn: Turn, values: Values) -> Customer:
    return customer_to_change(turn.unit, turn.agent, values["customer_id"])


def _told(turn: Turn, values: Values, name: str, value: str | None) -> Html:
    field = turn.t(f"client.field.{name}")
    told = turn.t("client.now", field=field, value=value) if value else turn.t("client.emptied", field=field)
    return Html("\n").join([turn.t("client.changed", who=who(turn, _customer(turn, values))), told])


def _name(turn: Turn, values: Values, typed: Any) -> Html:
    customer = rename(turn.unit, turn.agent, customer_id=values["customer_id"], name=capitalised(typed))
    return _told(turn, values, "name", customer.name)


def _town(turn: Turn, values: Values, typed: Any) -> Html:
    town = canonical_town(typed) if typed else None
    customer = set_town(turn.unit, turn.agent, customer_id=values["customer_id"], town=town)
    return _told(turn, values, "town", customer.town)


def _location(turn: Turn, values: Values, typed: Any) -> Html:
    customer = set_location(turn.unit, turn.agent, customer_id=values["customer_id"], location=typed)
    return _told(turn, values, "location", customer.location)


def _interest(turn: Turn, values: Values, typed: Any) -> Html:
    customer = set_interest(turn.unit, turn.agent, customer_id=values["customer_id"], interest=typed)
    return _told(turn, values, "interest", customer.interest)


def _tax_id(turn: Turn, values: Values, typed: Any) -> Html:
    customer = set_tax_id(turn.unit, turn.agent, customer_id=values["customer_id"], tax_id=typed or None)
    return _told(turn, values, "tax_id", customer.tax_id)


def _reach(turn: Turn, values: Values, typed: Any) -> Html:
    way = Way(values["field"])
    kept = add_reach(
        turn.unit,
        turn.agent,
        customer_id=values["customer_id"],
        way=way,
        typed=typed,
        replacing=values.get("replacing"),
        anyway=values.get("anyway"),
    )
    changed = turn.t("client.changed", who=who(turn, _customer(turn, values)))
    return Html("\n").join([changed, reach_line(turn, way, kept)])


def _new_contact(turn: Turn, values: Values, typed: Any) -> Html:
    details = ContactDetails(**person_of(typed, turn.unit.defaults.region))
    if not details.name:
        raise InvalidValueError("contact_name_missing")
    contact = add_contact(turn.unit, turn.agent, customer_id=values["customer_id"], details=details)
    return turn.t("client.contact_of", name=_customer(turn, values).name, contact=contact_words(turn, contact))


def _contact(name: str) -> Kept:
    def keep(turn: Turn, values: Values, typed: Any) -> Html:
        contact = change_contact(
            turn.unit,
            turn.agent,
            customer_id=values["customer_id"],
            contact_id=values["contact"],
            details=ContactDetails(**{name: typed}),
        )
        return turn.t("client.contact_of", name=_customer(turn, values).name, contact=contact_words(turn, contact))

    return keep


def _vehicle(name: str) -> Kept:
    def keep(turn: Turn, values: Values, typed: Any) -> Html:
        said: Values = {name: money_of(typed) if name == "price" else typed}
        vehicle = change_vehicle(
            turn.unit,
            turn.agent,
            customer_id=values["customer_id"],
            vehicle_id=values["vehicle"],
            details=VehicleDetails(**said),
        )
        key = "client.trade_in_of" if vehicle.trade_in else "client.owned_of"
        return turn.t(key, name=_customer(turn, values).name, vehicle=vehicle_words(turn, vehicle))

    return keep


FIELDS: Mapping[str, Field] = {
    "name": Field("name", _name),
    "phone": Field("phone", _reach),
    "email": Field("email", _reach),
    "town": Field("text", _town, optional=True),
    "location": Field("text", _location, optional=True),
    "interest": Field("text", _interest, optional=True),
    "tax_id": Field("text", _tax_id, optional=True),
    "contact": Field("text", _new_contact),
    "contact_name": Field("name", _contact("name")),
    "contact_role": Field("text", _contact("role")),
    "contact_phone": Field("phone", _contact("phone")),
    "contact_email": Field("email", _contact("email")),
    "vehicle_model": Field("text", _vehicle("model")),
    "vehicle_year": Field("year", _vehicle("year")),
    "vehicle_mileage": Field("mileage", _vehicle("mileage")),
    "vehicle_price": Field("price", _vehicle("price")),
}


class EditClient(Flow):
    """The value of a field that a press chose; no intent of its own leads here."""

    intent = "edit_client"
    slots = (*(FieldSlot(name, field) for name, field in FIELDS.items()), ReasonSlot())
    retry = {
        "name_empty": "name",
        "name_long": "name",
        "contact_name_missing": "contact",
        "tax_id_invalid": "tax_id",
        "vehicle_model": "vehicle_model",
        "vehicle_year": "vehicle_year",
        "vehicle_mileage": "vehicle_mileage",
        "vehicle_price": "vehicle_price",
        "amount_out_of_range": "vehicle_price",
    }
    repeatable = False

    def complete(self, turn: Turn, form: Form) -> None:
        """Keep it; a number that somebody has is told."""
        values = form.values
        name = values["field"]
        try:
            told = FIELDS[name].keep(turn, values, values[name])
        except (DuplicateCustomerError, ForeignCustomerError) as known:
            tell_known(turn, known, self.intent, {key: value for key, value in values.items() if key != "anyway"})
            return
        turn.wrote()
        opened = Button(turn.t("btn.open"), "client.open", {"customer": values["customer_id"]})
        turn.add(told, [opened])
