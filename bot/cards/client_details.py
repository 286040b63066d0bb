"""How the parts of a customer read: a contact person, a car, a consent, a number's place."""

from bot.dialogue.turn import Button, Turn
from domain.customer_details import consent_on
from domain.customers import Consent, ContactPerson, Customer, Purpose, Source, Vehicle
from domain.reach import Way, values_of
from texts.catalog import Html

Rows = list[list[Button]]
SHOWN = 6  # numbers, contact persons or cars with buttons in one message


def contact_words(turn: Turn, contact: ContactPerson) -> Html:
    """Name, role, number as text that can be tapped, address."""
    said = [f"{contact.name} ({contact.role})" if contact.role else contact.name]
    said += [turn.formats.phone(contact.phone)] if contact.phone else []
    said += [contact.email] if contact.email else []
    return Html(", ").join(said)


def vehicle_words(turn: Turn, vehicle: Vehicle) -> Html:
    """As "VW Golf 2017, 120,000 km, asks €8,000"."""
    said = [f"{vehicle.model} {vehicle.year}" if vehicle.year else vehicle.model]
    if vehicle.mileage is not None:
        said.append(turn.t("client.kilometres", km=turn.formats.number(vehicle.mileage)))
    if vehicle.price:
        price = turn.formats.money(vehicle.price.minor, vehicle.price.currency)
        said.append(turn.t("client.asks", price=price))
    return Html(", ").join(said)


def consent_words(turn: Turn, purpose: Purpose, consent: Consent | None) -> Html:
    """Given, refused or not asked, and since when."""
    word = turn.t(f"purpose.{purpose}")
    if consent is None:
        return turn.t("consent.none", purpose=word)
    day = turn.formats.day(turn.agent.local(consent.at).date(), turn.today)
    return turn.t("consent.given" if consent.given else "consent.refused", purpose=word, day=day)


def fields_rows(turn: Turn, customer: Customer) -> Rows:
    """Every field that can be changed, two a row."""
    names = ("name", "phone", "email", "town", "location", "source", "interest", "tax_id")
    opens = {"phone": "client.reach", "email": "client.reach", "source": "client.sources"}
    buttons = [
        Button(
            turn.t(f"client.field.{name}"),
            opens.get(name, "client.edit_field"),
            {"customer": customer.id, "field": name},
        )
        for name in names
    ]
    other = "person" if customer.kind == "company" else "company"
    switch = Button(turn.t(f"client.make_{other}"), "client.kind", {"customer": customer.id, "kind": other})
    rows = [buttons[at : at + 2] for at in range(0, len(buttons), 2)]
    return [*rows, [switch], [Button(turn.t("btn.back"), "client.back", {"customer": customer.id})]]


def reach_rows(turn: Turn, customer: Customer, way: Way) -> Rows:
    """Each number or address with what can be done to it, and a new one."""
    rows: Rows = []
    for place, value in enumerate(values_of(customer, way)[:SHOWN]):
        shown = turn.formats.phone_tail(value) if way is Way.PHONE else value
        args = {"customer": customer.id, "field": way.value, "value": value}
        if place:
            rows.append([Button(turn.t("btn.use_first", value=shown), "client.reach_first", args)])
        rows.append(
            [
                Button(turn.t("btn.replace_value", value=shown), "client.reach_replace", args),
                Button(turn.t("btn.remove_value", value=shown), "client.reach_remove", args),
            ]
        )
    args = {"customer": customer.id, "field": way.value}
    add = Button(turn.t("btn.add_phone" if way is Way.PHONE else "btn.add_email"), "client.edit_field", args)
    return [*rows, [add], [Button(turn.t("btn.back"), "client.edit", {"customer": customer.id})]]


def sources_rows(turn: Turn, customer: Customer) -> Rows:
    """Every source, three a row."""
    buttons = [
        Button(turn.t(f"source.{source}"), "client.source", {"customer": customer.id, "source": source.value})
        for source in Source
    ]
    rows = [buttons[at : at + 3] for at in range(0, len(buttons), 3)]
    return [*rows, [Button(turn.t("btn.back"), "client.edit", {"customer": customer.id})]]


def contacts_card(turn: Turn, customer: Customer) -> tuple[Html, Rows]:
    """The contact persons, each to be opened."""
    lines = [turn.t("client.contacts" if customer.contacts else "client.no_contacts", name=customer.name)]
    lines += [turn.t("client.contact", contact=contact_words(turn, contact)) for contact in customer.contacts]
    rows = [
        [Button(contact.name, "client.contact", {"customer": customer.id, "contact": contact.id})]
        for contact in customer.contacts[:SHOWN]
    ]
    args = {"customer": customer.id}
    return Html("\n".join(lines)), [*rows, [Button(turn.t("btn.add_contact"), "client.contact_add", args)]]


def contact_card(turn: Turn, customer: Customer, contact: ContactPerson) -> tuple[Html, Rows]:
    """One contact person, with every field that can be changed."""
    text = turn.t("client.contact_of", name=customer.name, contact=contact_words(turn, contact))
    args = {"customer": customer.id, "contact": contact.id}
    buttons = [
        Button(turn.t(f"client.field.{name}"), "client.edit_field", {**args, "field": f"contact_{name}"})
        for name in ("name", "role", "phone", "email")
    ]
    remove = Button(turn.t("btn.remove"), "client.contact_remove", args)
    return text, [buttons[:2], buttons[2:], [remove]]


def consent_card(turn: Turn, customer: Customer) -> tuple[Html, Rows]:
    """What was agreed to, and the sentence of each purpose that is read out before it is recorded."""
    lines: list[str] = [turn.t("consent.heading", name=customer.name)]
    rows: Rows = []
    for purpose in Purpose:
        consent = consent_on(customer, purpose)
        lines += [
            "",
            consent_words(turn, purpose, consent),
            turn.t("consent.sentence", words=consent_wording(turn, purpose)),
        ]
        args = {"customer": customer.id, "purpose": purpose.value}
        give = Button(turn.t(f"consent.agree_{purpose}"), "client.consent_set", {**args, "given": True})
        take = Button(turn.t(f"consent.decline_{purpose}"), "client.consent_set", {**args, "given": False})
        rows.append([take if consent and consent.given else give])
        if consent is None:
            rows[-1].append(take)
    return Html("\n".join(lines)), rows


def consent_wording(turn: Turn, purpose: Purpose) -> str:
    """The catalog's sentence that a customer agrees to, as plain text to keep."""
    return turn.t(f"consent.wording_{purpose}").striptags()


def vehicles_card(turn: Turn, customer: Customer) -> tuple[Html, Rows]:
    """The customer's cars, each to be opened."""
    lines = [turn.t("client.vehicles" if customer.vehicles else "client.no_vehicles", name=customer.name)]
    lines += [turn.t("client.vehicle_line", vehicle=vehicle_words(turn, vehicle)) for vehicle in customer.vehicles]
    rows = [
        [Button(vehicle.model, "client.vehicle", {"customer": customer.id, "vehicle": vehicle.id})]
        for vehicle in customer.vehicles[:SHOWN]
    ]
    args = {"customer": customer.id}
    return Html("\n".join(lines)), [*rows, [Button(turn.t("btn.add_trade_in"), "client.trade_in", args)]]


def vehicle_card(turn: Turn, customer: Customer, vehicle: Vehicle) -> tuple[Html, Rows]:
    """One car, with every field that can be changed."""
    key = "client.trade_in_of" if vehicle.trade_in else "client.owned_of"
    text = turn.t(key, name=customer.name, vehicle=vehicle_words(turn, vehicle))
    args = {"customer": customer.id, "vehicle": vehicle.id}
    buttons = [
        Button(turn.t(f"client.field.{name}"), "client.edit_field", {**args, "field": f"vehicle_{name}"})
        for name in ("model", "year", "mileage", "price")
    ]
    switch = turn.t("btn.no_trade_in" if vehicle.trade_in else "btn.as_trade_in")
    last = [
        Button(switch, "client.vehicle_trade_in", {**args, "trade_in": not vehicle.trade_in}),
        Button(turn.t("btn.remove"), "client.vehicle_remove", args),
    ]
    return text, [buttons[:2], buttons[2:], last]
