"""Change a client by message: "Popescu moved to ion@x.ro", "schimbă telefonul lui Ionescu în 0744…"; else show the fields."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from bot.cards.activities import who
from bot.cards.client_details import consent_wording, consent_words, contact_words, fields_rows
from bot.dialogue.flow import Flow, Values, per_client
from bot.dialogue.slots import ClientSlot
from bot.dialogue.state import Form
from bot.dialogue.turn import Button, Turn
from bot.flows.add_client import listed
from bot.flows.client_duplicates import ReasonSlot, tell_known
from bot.flows.client_edit_words import (
    canonical_town,
    consent_said,
    contact_said,
    is_replacing,
    kind_said,
    name_said,
    tax_id_said,
    town_said,
)
from bot.understanding.acts import Act
from domain.customer_details import (
    ContactDetails,
    add_contact,
    change_contact,
    record_consent,
    rename,
    set_kind,
    set_source,
    set_tax_id,
    set_town,
)
from domain.customers import ContactPerson, Customer, CustomerKind, Purpose, Source
from domain.errors import DuplicateCustomerError, ForeignCustomerError
from domain.names import stems, words
from domain.permissions import customer_to_change
from domain.reach import Way, add_reach, values_of
from texts.catalog import Html

_SAID = ("name", "town", "tax_id", "kind", "consent", "contact", "source", "phone", "email")


class UpdateClient(Flow):
    """`update_client`."""

    intent = "update_client"
    slots = (ClientSlot(), ReasonSlot())

    def start(self, turn: Turn, act: Act) -> list[Values]:  # noqa: ARG002
        """What is to be changed, for each client named."""
        values = {**act.entities, **_said_in_text(act)}
        if values.get("contact"):  # the numbers said are that person's
            values = {key: value for key, value in values.items() if key not in {"phone", "email"}}
        return per_client(values)

    def complete(self, turn: Turn, form: Form) -> None:
        """Change what was said, each for itself; with nothing said, show what can be changed."""
        values = form.values
        customer = customer_to_change(turn.unit, turn.agent, values["customer_id"])
        if not any(values.get(name) for name in _SAID):
            turn.add(turn.t("client.what_to_change", who=who(turn, customer)), *fields_rows(turn, customer))
            return
        lines = _details(turn, customer, values)
        changes = _Reached()
        person = _contact_meant(customer, values.get("client"))
        for way in Way:
            for typed in listed(values.get(way.value)):
                again = {"customer_id": customer.id, way.value: typed}
                with changes.known_instead(again):
                    if person:
                        changes.lines.append(_reach_of_contact(turn, customer, person, way, typed))
                    else:
                        changes.add(turn, customer, way, typed=typed, values=values)
        if values.get("contact"):
            with changes.known_instead({}):
                details = ContactDetails(**values["contact"])
                contact = add_contact(turn.unit, turn.agent, customer_id=customer.id, details=details)
                changes.lines.append(turn.t("client.contact", contact=contact_words(turn, contact)))
        if lines or changes.lines:
            turn.wrote()
            told = [turn.t("client.changed", who=who(turn, customer)), *lines, *changes.lines]
            opened = Button(turn.t("btn.open"), "client.open", {"customer": customer.id})
            turn.add(Html("\n").join(told), *[[button] for button in changes.removes], [opened])
        for known, again in changes.known:
            tell_known(turn, known, self.intent, again)


@dataclass(slots=True)
class _Reached:
    """What became of the numbers and addresses of a message: kept, offered for removal, or known of somebody else."""

    lines: list[Html] = field(default_factory=list)
    removes: list[Button] = field(default_factory=list)
    known: list[tuple[DuplicateCustomerError | ForeignCustomerError, Values]] = field(default_factory=list)

    @contextmanager
    def known_instead(self, again: Values) -> Iterator[None]:
        """One that somebody else has is told of, and does not hold up the rest; `again` is what a press brings anew."""
        try:
            yield
        except (DuplicateCustomerError, ForeignCustomerError) as error:
            self.known.append((error, again))

    def add(self, turn: Turn, customer: Customer, way: Way, *, typed: str, values: Values) -> None:
        """A new number or address first; what was there before is kept, and one press takes it off."""
        before = values_of(customer, way)
        kept = add_reach(
            turn.unit,
            turn.agent,
            customer_id=customer.id,
            way=way,
            typed=typed,
            replacing=before[0] if values.get("replacing") and before else None,
            anyway=values.get("anyway"),
        )
        line = reach_line(turn, way, kept)
        others = [one for one in values_of(customer, way) if one != kept]
        if others:
            rest = turn.t("client.kept_too", values=turn.formats.list_of([shown(turn, way, one) for one in others]))
            args: dict[str, Any] = {"customer": customer.id, "field": way.value, "value": others[0], "answered": True}
            label = turn.t("btn.remove_value", value=shown(turn, way, others[0]))
            self.removes.append(Button(label, "client.reach_remove", args))
            line = Html(" ").join([line, rest])
        self.lines.append(line)


def _said_in_text(act: Act) -> Values:
    client = act.entities.get("client")
    name = client if isinstance(client, str) else ""
    kind, consent = kind_said(act.text), consent_said(act.text)
    said: Values = {
        "name": name_said(act.text),
        "town": town_said(act.text, client=name),
        "tax_id": tax_id_said(act.text),
        "kind": kind.value if kind else None,
        "consent": [consent[0].value, consent[1]] if consent else None,
        "contact": contact_said(act.text, client=name),
        "replacing": is_replacing(act.text),
    }
    return {key: value for key, value in said.items() if value}


def _details(turn: Turn, customer: Customer, values: Values) -> list[Html]:
    """What is no number: changed, and each change in a line."""
    uow, actor, own = turn.unit, turn.agent, {"customer_id": customer.id}
    lines = []
    if values.get("name"):
        rename(uow, actor, **own, name=values["name"])
        lines.append(turn.t("client.now", field=turn.t("client.field.name"), value=customer.name))
    if values.get("town"):
        set_town(uow, actor, **own, town=canonical_town(values["town"]))
        lines.append(turn.t("client.town", town=customer.town))
    if values.get("source"):
        set_source(uow, actor, **own, source=Source(values["source"]))
        lines.append(turn.t("client.source", source=turn.t(f"source.{values['source']}")))
    if values.get("tax_id"):
        set_tax_id(uow, actor, **own, tax_id=values["tax_id"])
        lines.append(turn.t("client.tax_id", tax_id=customer.tax_id))
    if values.get("kind"):
        set_kind(uow, actor, **own, kind=CustomerKind(values["kind"]))
        lines.append(turn.t(f"customer_kind.{customer.kind}"))
    if values.get("consent"):
        purpose, given = Purpose(values["consent"][0]), bool(values["consent"][1])
        wording = consent_wording(turn, purpose)
        consent = record_consent(uow, actor, **own, purpose=purpose, given=given, wording=wording)
        lines += [consent_words(turn, purpose, consent), turn.t("consent.sentence", words=wording)]
    return lines


def _reach_of_contact(turn: Turn, customer: Customer, person: ContactPerson, way: Way, typed: str) -> Html:
    details = ContactDetails(**{way.value: typed})
    contact = change_contact(turn.unit, turn.agent, customer_id=customer.id, contact_id=person.id, details=details)
    return turn.t("client.contact", contact=contact_words(turn, contact))


def _contact_meant(customer: Customer, typed: object) -> ContactPerson | None:
    """The contact person whom the typed name means, where it is none of the company's own."""
    said = [stems(word) for word in words(typed)] if isinstance(typed, str) else []
    if not said or all(forms & set(words(customer.name)) for forms in said):
        return None
    found = [one for one in customer.contacts if all(forms & set(words(one.name)) for forms in said)]
    return found[0] if len(found) == 1 else None


def reach_line(turn: Turn, way: Way, value: str) -> Html:
    """A number or address as a card shows it."""
    if way is Way.PHONE:
        return turn.t("client.phone", phone=shown(turn, way, value))
    return turn.t("client.email", email=value)


def shown(turn: Turn, way: Way, value: str) -> str:
    """A number spaced as people read it, an address as it is."""
    return turn.formats.phone(value) if way is Way.PHONE else value
