"""A new customer: from a sentence, from a shared contact, from a card that was sent."""

from bot.cards.activities import who
from bot.dialogue.engine import Engine
from bot.dialogue.flow import Flow, Values
from bot.dialogue.slots import TextSlot, answer_button, capitalised
from bot.dialogue.state import Form
from bot.dialogue.turn import Button, Turn
from bot.dialogue.words import refusal
from bot.telegram.incoming import Incoming
from bot.understanding.acts import Act
from domain.customers import Customer, Source, add_customer, add_note, find_by_name, normal_phone
from domain.errors import DuplicateCustomerError, InvalidValueError
from texts.catalog import Html


class NameSlot(TextSlot):
    """The name; with a phone at hand one may do without."""

    def buttons(self, turn: Turn, form: Form) -> list[list[Button]]:
        """The number as a name, where there is one."""
        phones = _listed(form.values.get("phone"))
        if not phones:
            return []
        return [[answer_button(turn.t("btn.skip"), form, self.name, {"client": turn.formats.phone(phones[0])})]]

    def accept(self, form: Form, value: object) -> None:
        """Take it as typed."""
        form.values[self.name] = " ".join(value) if isinstance(value, list) else value


class AddClient(Flow):
    """`add_client`: a name or a phone is enough."""

    intent = "add_client"
    slots = (NameSlot("client", key="question.name", question="name"),)
    retry = {"name_empty": "client", "name_long": "client"}

    def start(self, turn: Turn, act: Act) -> list[Values]:  # noqa: ARG002
        """Several names are several customers, but then none of them owns the phone."""
        clients = act.entities.get("client")
        if not isinstance(clients, list):
            return [dict(act.entities)]
        shared = {name: value for name, value in act.entities.items() if name not in {"phone", "email", "client"}}
        return [{**shared, "client": client} for client in clients]

    def complete(self, turn: Turn, form: Form) -> None:
        """Save; a namesake is told of, a known number leads to whose it is."""
        values = form.values
        values["client"] = capitalised(values["client"])
        namesakes = find_by_name(turn.unit, turn.agent, values["client"]).exact
        phones, emails = _listed(values.get("phone")), _listed(values.get("email"))
        model = values.get("model")
        try:
            customer = add_customer(
                turn.unit,
                turn.agent,
                name=values["client"],
                phones=phones,
                emails=emails,
                source=Source(values["source"]) if values.get("source") else None,
                interest=model if isinstance(model, str) else None,
            )
        except DuplicateCustomerError as duplicate:
            turn.add(
                turn.t("error.duplicate_own", **duplicate.values),
                [Button(turn.t("btn.open"), "client.open", {"customer": duplicate.customer_id})],
            )
            return
        if values.get("note"):
            add_note(turn.unit, turn.agent, customer_id=customer.id, text=values["note"])
        values["customer_id"] = customer.id
        turn.wrote()
        turn.add(_told(turn, customer, values.get("note")), next_steps(turn, customer))
        for namesake in namesakes[:1]:
            turn.say("client.namesake", who=who(turn, namesake))


def next_steps(turn: Turn, customer: Customer) -> list[Button]:
    """What usually follows a new customer."""
    args = {"customer": customer.id}
    return [Button(turn.t("btn.plan"), "client.plan", args), Button(turn.t("btn.open"), "client.open", args)]


def usable_phones(turn: Turn, typed: list[str]) -> list[str]:
    """Those of the numbers that are valid; what is not is simply not ours to keep as a number."""
    found = []
    for number in typed:
        # Telegram gives the international number without its plus sign
        for written in (number, f"+{number}"):
            try:
                found.append(normal_phone(written, turn.unit.defaults.region))
                break
            except InvalidValueError as error:
                invalid = error
        else:
            turn.add(refusal(turn, invalid))
    return found


def _told(turn: Turn, customer: Customer, note: str | None) -> Html:
    lines = [turn.t("client.added", name=customer.name)]
    lines += [turn.t("client.phone", phone=turn.formats.phone(phone.e164)) for phone in customer.phones]
    lines += [turn.t("client.email", email=email.address) for email in customer.emails]
    if customer.source:
        lines.append(turn.t("client.source", source=turn.t(f"source.{customer.source}")))
    if customer.interest:
        lines.append(turn.t("client.interest", interest=customer.interest))
    if note:
        lines.append(turn.t("client.note_kept", note=note))
    return Html("\n".join(lines))


def _listed(value: object) -> list[str]:
    if value is None:
        return []
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def shared_contact(engine: Engine, turn: Turn, incoming: Incoming) -> None:
    """A contact shared from the phone's address book."""
    contact = incoming.contact
    if contact is None:
        return
    if contact.user_id == incoming.user_id:
        turn.say("received.own_contact")
        return
    name = " ".join(part for part in (contact.first_name, contact.last_name) if part).strip()
    phones = usable_phones(turn, [contact.phone_number])
    values: Values = {"client": name or (turn.formats.phone(phones[0]) if phones else ""), "phone": phones}
    engine.open_form(turn, "add_client", {key: value for key, value in values.items() if value})
