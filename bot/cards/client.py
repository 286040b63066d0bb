"""The card of one customer: how to reach them, what comes next, what was last, and the likely next steps."""

from urllib.parse import quote

from bot.cards.activities import outcome_words, when
from bot.dialogue.turn import Button, Turn
from domain.customers import Customer
from domain.permissions import may_change
from texts.catalog import Html

NOTES_SHOWN = 3


def whatsapp(e164: str, text: str = "") -> str:
    """The address that opens a WhatsApp chat with a number (https://faq.whatsapp.com/5913398998672934)."""
    return f"https://wa.me/{e164.lstrip('+')}" + (f"?text={quote(text)}" if text else "")


def client_card(turn: Turn, customer: Customer) -> tuple[Html, list[list[Button]]]:
    """Text and buttons."""
    today = turn.today
    lines = [turn.t("client.name", name=customer.name)]
    lines += [turn.t("client.phone", phone=turn.formats.phone(phone.e164)) for phone in customer.phones]
    lines += [turn.t("client.email", email=email.address) for email in customer.emails]
    if customer.town:
        lines.append(turn.t("client.town", town=customer.town))
    if customer.interest:
        lines.append(turn.t("client.interest", interest=customer.interest))
    if customer.source:
        lines.append(turn.t("client.source", source=turn.t(f"source.{customer.source}")))
    if customer.owner_id is None:
        lines.append(turn.t("client.company_portfolio"))
    elif customer.owner_id != turn.agent.id:
        owner = turn.unit.team.get(customer.owner_id)
        lines.append(turn.t("client.owner", owner=owner.name if owner else ""))
    coming = turn.unit.activities.planned(customer.owner_id or turn.agent.id, customer_id=customer.id)
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
    for note in turn.unit.customers.notes(customer.id, limit=NOTES_SHOWN):
        day = turn.formats.day(turn.agent.local(note.created_at).date(), today)
        lines.append(turn.t("client.note", day=day, text=note.text))
    if attempt and attempt.note:
        lines.append(turn.t("client.note", day=when(turn, attempt), text=attempt.note))
    return Html("\n".join(lines)), _buttons(turn, customer)


def _buttons(turn: Turn, customer: Customer) -> list[list[Button]]:
    rows: list[list[Button]] = []
    args = {"customer": customer.id}
    if may_change(turn.agent, customer):
        rows.append(
            [Button(turn.t("btn.log_call"), "client.log", args), Button(turn.t("btn.plan"), "client.plan", args)]
        )
        rows.append(
            [Button(turn.t("btn.note"), "client.note", args), Button(turn.t("btn.history"), "client.history", args)]
        )
    if customer.phones:
        rows.append([Button(turn.t("btn.whatsapp"), url=whatsapp(customer.phones[0].e164))])
    return rows


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
