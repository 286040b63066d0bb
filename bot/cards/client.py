"""The card of one customer: how to reach them, how they stand, what comes next, what was last, and the likely next steps."""

from urllib.parse import quote

from bot.cards.activities import outcome_words, when
from bot.cards.client_details import consent_words, contact_words, vehicle_words
from bot.cards.deals import price_words, short, stage_of, vehicle
from bot.cards.portfolio import ask_row, whole_rows
from bot.dialogue.turn import Button, Turn
from domain.customer_details import consent_on
from domain.customers import Customer, CustomerKind, Purpose, Relationship
from domain.opportunities import Opportunity
from domain.permissions import may_change, may_see_opportunity
from domain.relationships import relationship_of
from texts.catalog import Html

NOTES_SHOWN = 3
DEALS_SHOWN = 3
Rows = list[list[Button]]


def whatsapp(e164: str, text: str = "") -> str:
    """The address that opens a WhatsApp chat with a number (https://faq.whatsapp.com/5913398998672934)."""
    return f"https://wa.me/{e164.lstrip('+')}" + (f"?text={quote(text)}" if text else "")


def client_card(turn: Turn, customer: Customer) -> tuple[Html, Rows]:
    """Text and buttons: the numbers stand at the top, where a thumb finds them."""
    turn.unit.flush()
    relationship = turn.t(f"relationship.{relationship_of(turn.unit, customer)}")
    lines = [turn.t("client.heading", name=customer.name, relationship=relationship)]
    lines += _reach(turn, customer)
    lines += _facts(turn, customer)
    deals = [deal for deal in turn.unit.opportunities.of_customer(customer.id) if _is_shown(turn, deal)]
    lines += [_deal_words(turn, deal) for deal in deals]
    lines += _steps(turn, customer)
    lines += _notes(turn, customer)
    return Html("\n".join(lines)), _buttons(turn, customer, deals)


def _reach(turn: Turn, customer: Customer) -> list[Html]:
    lines = [turn.t("client.phone", phone=turn.formats.phone(phone.e164)) for phone in customer.phones]
    lines += [turn.t("client.email", email=email.address) for email in customer.emails]
    return lines + [turn.t("client.contact", contact=contact_words(turn, contact)) for contact in customer.contacts]


def _facts(turn: Turn, customer: Customer) -> list[Html]:
    lines = []
    if customer.tax_id:
        lines.append(turn.t("client.tax_id", tax_id=customer.tax_id))
    elif customer.kind is CustomerKind.COMPANY:
        lines.append(turn.t("customer_kind.company"))
    if customer.town:
        lines.append(turn.t("client.town", town=customer.town))
    if customer.location:
        lines.append(turn.t("client.location", location=customer.location))
    if customer.interest:
        lines.append(turn.t("client.interest", interest=customer.interest))
    if customer.source:
        lines.append(turn.t("client.source", source=turn.t(f"source.{customer.source}")))
    lines += [
        turn.t("client.trade_in" if car.trade_in else "client.owned", vehicle=vehicle_words(turn, car))
        for car in customer.vehicles
    ]
    said = [consent_words(turn, purpose, consent) for purpose in Purpose if (consent := consent_on(customer, purpose))]
    if said:
        lines.append(turn.t("client.consents", consents=Html("; ").join(said)))
    if customer.owner_id is None:
        lines.append(turn.t("client.company_portfolio"))
    elif customer.owner_id != turn.agent.id:
        owner = turn.unit.team.get(customer.owner_id)
        lines.append(turn.t("client.owner", owner=owner.name if owner else ""))
    return lines


def _is_shown(turn: Turn, deal: Opportunity) -> bool:
    return deal.is_open and may_see_opportunity(turn.agent, deal)


def _deal_words(turn: Turn, deal: Opportunity) -> Html:
    said = [vehicle(turn, deal), stage_of(turn, deal)]
    if deal.value:
        said.append(price_words(turn, deal.value))
    if deal.close_on:
        key = "deal.line_overdue" if deal.close_on < turn.today else "deal.line_closes"
        said.append(turn.t(key, day=turn.formats.day(deal.close_on, turn.today)))
    return turn.t("client.deal", deal=Html(" · ").join(said))


def _steps(turn: Turn, customer: Customer) -> list[Html]:
    """What comes next; an attempt that reached nobody stands apart from the last contact."""
    coming = turn.unit.activities.planned(customer.owner_id or turn.agent.id, customer_id=customer.id)
    lines = []
    if coming:
        lines.append(turn.t("client.next", what=turn.t(f"kind.{coming[0].kind}"), when=when(turn, coming[0])))
    else:
        lines.append(turn.t("client.no_next"))
    attempt = turn.unit.activities.last_done(customer.id, contact_only=False)
    contact = turn.unit.activities.last_done(customer.id, contact_only=True)
    if contact:
        lines.append(turn.t("client.last_contact", what=turn.t(f"kind.{contact.kind}"), when=when(turn, contact)))
    if attempt and attempt is not contact:
        lines.append(turn.t("client.last_attempt", what=turn.t(f"kind.{attempt.kind}"), when=when(turn, attempt)))
    return lines


def _notes(turn: Turn, customer: Customer) -> list[Html]:
    lines = []
    for note in turn.unit.customers.notes(customer.id, limit=NOTES_SHOWN):
        day = turn.formats.day(turn.agent.local(note.created_at).date(), turn.today)
        lines.append(turn.t("client.note", day=day, text=note.text))
    attempt = turn.unit.activities.last_done(customer.id, contact_only=False)
    if attempt and attempt.note:
        lines.append(turn.t("client.note", day=when(turn, attempt), text=attempt.note))
    return lines


def _buttons(turn: Turn, customer: Customer, deals: list[Opportunity]) -> Rows:
    rows: Rows = []
    args = {"customer": customer.id}
    if may_change(turn.agent, customer):
        rows.append(
            [Button(turn.t("btn.log_call"), "client.log", args), Button(turn.t("btn.plan"), "client.plan", args)]
        )
        rows.append(
            [Button(turn.t("btn.note"), "client.note", args), Button(turn.t("btn.history"), "client.history", args)]
        )
        new = {"values": {"customer_id": customer.id}}
        rows.append(
            [Button(turn.t("btn.new_deal"), "deal.create", new), Button(turn.t("btn.new_offer"), "offer.new", args)]
        )
    rows += [[Button(short(turn, deal), "deal.open", {"deal": deal.id})] for deal in deals[:DEALS_SHOWN]]
    if number := first_number(customer):
        rows.append([Button(turn.t("btn.whatsapp"), url=whatsapp(number))])
    if may_change(turn.agent, customer):
        rows.append([Button(turn.t("btn.edit"), "client.edit", args), Button(turn.t("btn.more"), "client.more", args)])
    else:
        rows.append(ask_row(turn, customer))
    return rows


def first_number(customer: Customer) -> str | None:
    """The number to use: the customer's own, else that of a contact person."""
    numbers = [phone.e164 for phone in customer.phones]
    numbers += [contact.phone for contact in customer.contacts if contact.phone]
    return numbers[0] if numbers else None


def more_rows(turn: Turn, customer: Customer) -> Rows:
    """What is done less often."""
    args = {"customer": customer.id}

    def button(name: str) -> Button:
        return Button(turn.t(f"client.more.{name}"), f"client.{name}", args)

    return [
        [button("contacts"), button("consent")],
        [button("vehicles"), button("relationship")],
        *whole_rows(turn, customer),
        [Button(turn.t("btn.back"), "client.back", args)],
    ]


def relationship_rows(turn: Turn, customer: Customer) -> Rows:
    """Every standing, and to let it follow from deals and contacts again."""
    args = {"customer": customer.id}
    buttons = [
        Button(turn.t(f"relationship.{one}"), "client.relationship_set", {**args, "relationship": one.value})
        for one in Relationship
    ]
    derive = Button(turn.t("btn.derive"), "client.relationship_set", {**args, "relationship": None})
    back = Button(turn.t("btn.back"), "client.back", args)
    return [buttons[:3], buttons[3:], *([[derive]] if customer.relationship_set else []), [back]]


def history_card(turn: Turn, customer: Customer) -> Html:
    """The last activities with a customer."""
    items = turn.unit.activities.of_customer(customer.id, limit=15)
    if not items:
        return turn.t("client.history_empty", name=customer.name)
    lines = [turn.t("client.history", name=customer.name)]
    for item in items:
        outcome = f" — {outcome_words(turn, item)}" if item.outcome else ""
        lines.append(
            turn.t(
                "client.history_line",
                when=when(turn, item),
                what=turn.t(f"kind.{item.kind}"),
                status=turn.t(f"status.{item.status}"),
                outcome=Html(outcome),
                note=f" · {item.note}" if item.note else "",
            )
        )
    return Html("\n".join(lines))
