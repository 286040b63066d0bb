"""A new customer: from a sentence, from a shared contact, from a card that was sent; a nameless walk-in is a visit."""

from typing import Any

from bot.cards.activities import who
from bot.cards.client_details import contact_words
from bot.dialogue.engine import Engine
from bot.dialogue.flow import Flow, Values
from bot.dialogue.slots import TextSlot, answer_button, capitalised
from bot.dialogue.state import Form
from bot.dialogue.turn import Button, Turn
from bot.dialogue.words import refusal
from bot.flows.client_duplicates import ReasonSlot, tell_known, told_like
from bot.flows.client_edit_words import contact_at, contact_said, is_visit, tax_id_said, town_said
from bot.flows.visits import count_visit
from bot.telegram.incoming import Incoming
from bot.understanding.acts import Act
from bot.understanding.quantities import find_emails, find_phones
from domain.customer_details import ContactDetails, add_contact, set_tax_id
from domain.customers import Customer, Source, add_customer, add_note, find_by_name, normal_phone
from domain.duplicates import refuse_known
from domain.errors import DuplicateCustomerError, ForeignCustomerError, InvalidValueError
from domain.names import LEGAL_FORMS, words
from texts.catalog import Html


def _is_person(_turn: Turn, form: Form) -> bool:
    return not form.values.get("visit")


class NameSlot(TextSlot):
    """The name; with a phone at hand one may do without, and without either it is a visit."""

    def buttons(self, turn: Turn, form: Form) -> list[list[Button]]:
        """The number as a name, where there is one; else to count a visitor."""
        phones = listed(form.values.get("phone"))
        if phones:
            named = {"client": turn.formats.phone(phones[0])}
            return [[answer_button(turn.t("btn.skip"), form, self.name, named)]]
        return [[answer_button(turn.t("btn.only_visit"), form, self.name, {"visit": True})]]

    def accept(self, form: Form, value: object) -> None:
        """Take it as typed."""
        form.values[self.name] = " ".join(value) if isinstance(value, list) else value


class AddClient(Flow):
    """`add_client`: a name or a phone is enough."""

    intent = "add_client"
    slots = (NameSlot("client", key="question.name", question="name", needed=_is_person), ReasonSlot())
    retry = {"name_empty": "client", "name_long": "client"}

    def start(self, turn: Turn, act: Act) -> list[Values]:  # noqa: ARG002
        """Several names are several customers, but then none of them owns the phone."""
        values = {**act.entities, **said_in_text(act)}
        clients = values.get("client")
        if not isinstance(clients, list):
            return [values]
        shared = {name: value for name, value in values.items() if name not in {"phone", "email", "client"}}
        return [{**shared, "client": client} for client in clients]

    def complete(self, turn: Turn, form: Form) -> None:
        """Save; who seems to be known is told of first, a contact person goes to the company of the same message."""
        values = form.values
        if values.get("visit"):
            count_visit(turn, form)
            return
        values["client"] = capitalised(values["client"])
        company = _company_before(turn) if values.get("contact_alone") else None
        known = None if company else _company_known(turn, values)
        try:
            with (
                turn.unit.savepoint()
            ):  # a contact person's number may be somebody's, and then there is no company either
                if company:
                    _add_to_company(turn, form, company)
                elif known:
                    _add_to_known(turn, values, known)
                else:
                    self._add(turn, form)
        except (DuplicateCustomerError, ForeignCustomerError) as taken:
            values.pop("customer_id", None)
            tell_known(turn, taken, self.intent, _again(values))

    def _add(self, turn: Turn, form: Form) -> None:
        values = form.values
        sure = values.get("anyway") or values.get("alike")
        own, contact = _whose(values)
        if not sure and values.get("town"):
            refuse_known(
                turn.unit, turn.agent, phones=own["phone"], emails=own["email"]
            )  # a number says more than a name
            again = _again(values)
            if told_like(turn, name=values["client"], town=values["town"], flow=self.intent, values=again):
                return
        namesakes = find_by_name(turn.unit, turn.agent, values["client"]).exact
        model = values.get("model")
        customer = add_customer(
            turn.unit,
            turn.agent,
            name=values["client"],
            phones=own["phone"],
            emails=own["email"],
            source=Source(values["source"]) if values.get("source") else None,
            interest=model if isinstance(model, str) else None,
            town=values.get("town"),
            anyway=values.get("anyway"),
        )
        values["customer_id"] = customer.id
        turn.wrote()
        warnings = []
        if contact:
            add_contact(turn.unit, turn.agent, customer_id=customer.id, details=ContactDetails(**contact))
        if values.get("tax_id"):
            try:
                set_tax_id(turn.unit, turn.agent, customer_id=customer.id, tax_id=values["tax_id"])
            except InvalidValueError as wrong:  # the client is kept, and the number told
                warnings.append(refusal(turn, wrong))
        if values.get("note"):
            add_note(turn.unit, turn.agent, customer_id=customer.id, text=values["note"])
        turn.add(Html("\n").join([_told(turn, customer, values), *warnings]), next_steps(turn, customer))
        if not sure:
            for namesake in namesakes[:1]:
                both = {"keep": namesake.id, "gone": customer.id}
                turn.add(
                    turn.t("client.namesake", who=who(turn, namesake)),
                    [Button(turn.t("btn.merge"), "client.merge_both", both)],
                )


def said_in_text(act: Act) -> Values:
    """What the message says beside the values that understanding gives."""
    entities = act.entities
    client = entities.get("client")
    name = client if isinstance(client, str) else ""
    said: Values = {"town": town_said(act.text, client=name), "tax_id": tax_id_said(act.text)}
    contact = contact_said(act.text, client=name)
    at = contact_at(act.text)
    if contact and name:
        said |= {"contact": contact, "own": _reach_in(act.text[:at])}
    elif at is not None and not act.text[:at].strip(" ,;:."):
        said["contact_alone"] = True
    if entities.get("source") == Source.WALK_IN and not {"client", "phone", "email"} & set(entities):
        said["visit"] = is_visit(act.text)
    return {key: value for key, value in said.items() if value}


def _reach_in(text: str) -> list[str]:
    return [span.value for span in (*find_phones(text), *find_emails(text))]


def _whose(values: Values) -> tuple[dict[str, list[str]], dict[str, Any] | None]:
    """Phones and e-mails: the customer's own, and the contact person's, who is named before them."""
    reach = {name: listed(values.get(name)) for name in ("phone", "email")}
    contact = values.get("contact")
    if not contact:
        return reach, None
    before = values.get("own", [])
    own = {name: [one for one in found if one in before] for name, found in reach.items()}
    of_contact = {name: [one for one in found if one not in before] for name, found in reach.items()}
    first = {name: found[0] if found else None for name, found in of_contact.items()}
    return own, {"name": contact["name"], "role": contact["role"], **first}


def _company_before(turn: Turn) -> int | None:
    """The client that this very turn has added before."""
    done = turn.state.last
    if done is None or done.entry != turn.unit.entry.id or not done.forms:
        return None
    item = done.forms[-1]
    company: int | None = item["values"].get("customer_id")
    return company if item["flow"] == AddClient.intent else None


def _company_known(turn: Turn, values: Values) -> Customer | None:
    """The one client of this very name, where the message brings nothing but a contact person: no second one is meant."""
    if not values.get("contact") or values.get("alike") or any(_whose(values)[0].values()):
        return None
    only = find_by_name(turn.unit, turn.agent, values["client"]).only
    return only if only and _bare(only.name) == _bare(values["client"]) else None


def _bare(name: str) -> frozenset[str]:
    return frozenset(words(name)) - LEGAL_FORMS


def _add_to_known(turn: Turn, values: Values, company: Customer) -> None:
    details = ContactDetails(**(_whose(values)[1] or {}))
    contact = add_contact(turn.unit, turn.agent, customer_id=company.id, details=details)
    values["customer_id"] = company.id
    turn.wrote()
    told = [
        turn.t("client.changed", who=who(turn, company)),
        turn.t("client.contact", contact=contact_words(turn, contact)),
    ]
    turn.add(Html("\n").join(told), [Button(turn.t("btn.open"), "client.open", {"customer": company.id})])


def _add_to_company(turn: Turn, form: Form, company_id: int) -> None:
    values = form.values
    phones, emails = listed(values.get("phone")), listed(values.get("email"))
    details = ContactDetails(
        name=values["client"], phone=phones[0] if phones else None, email=emails[0] if emails else None
    )
    contact = add_contact(turn.unit, turn.agent, customer_id=company_id, details=details)
    turn.wrote()
    turn.say("client.contact", contact=contact_words(turn, contact))


def _again(values: Values) -> Values:
    """What the form brings when a button runs it again."""
    return {name: value for name, value in values.items() if name not in {"customer_id", "anyway", "share", "alike"}}


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


def _told(turn: Turn, customer: Customer, values: Values) -> Html:
    lines = [turn.t("client.added", name=customer.name)]
    lines += [turn.t("client.phone", phone=turn.formats.phone(phone.e164)) for phone in customer.phones]
    lines += [turn.t("client.email", email=email.address) for email in customer.emails]
    lines += [turn.t("client.contact", contact=contact_words(turn, contact)) for contact in customer.contacts]
    if customer.tax_id:
        lines.append(turn.t("client.tax_id", tax_id=customer.tax_id))
    if customer.town:
        lines.append(turn.t("client.town", town=customer.town))
    if customer.source:
        lines.append(turn.t("client.source", source=turn.t(f"source.{customer.source}")))
    if customer.interest:
        lines.append(turn.t("client.interest", interest=customer.interest))
    lines += [turn.t("client.note_kept", note=values[name]) for name in ("note", "anyway") if values.get(name)]
    return Html("\n".join(lines))


def listed(value: object) -> list[str]:
    """One value or several, as a list."""
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
