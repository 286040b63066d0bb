"""Cards on whose a customer is: two to be merged, a request to decide, what an erasure takes."""

from collections.abc import Sequence
from datetime import datetime

from bot.cards.activities import who
from bot.dialogue.turn import Button, Turn
from domain.customers import Customer
from domain.erasure import Outlook
from domain.merging import Conflict
from domain.permissions import deciders, may_see
from domain.portfolio import directors
from domain.requests import ClientRequest
from domain.team import Agent, Role
from texts.catalog import Html

Rows = list[list[Button]]
NAMES_SHOWN = 20


def whole_rows(turn: Turn, customer: Customer) -> Rows:
    """What may be done with a customer as a whole; export and erasure are the director's."""
    args = {"customer": customer.id}
    rows = [[Button(turn.t("btn.merge"), "client.merge", args)]]
    if turn.agent.role is Role.DIRECTOR:
        rows[0].append(Button(turn.t("btn.assign"), "client.assign_to", args))
        rows.append(
            [Button(turn.t("btn.export"), "client.export", args), Button(turn.t("btn.erase"), "client.erase", args)]
        )
    return rows


def ask_row(turn: Turn, customer: Customer) -> list[Button]:
    """To ask for a customer of the company portfolio."""
    return [Button(turn.t("btn.ask_for"), "client.ask_director", {"customer": customer.id})]


def with_owner(turn: Turn, customer: Customer) -> Html:
    """Whose the customer is, in words."""
    owner = turn.unit.team.get(customer.owner_id) if customer.owner_id else None
    return turn.t("portfolio.of_agent", agent=owner.name) if owner else turn.t("portfolio.of_company")


def merge_card(turn: Turn, keep: Customer, gone: Customer) -> tuple[Html, Rows]:
    """Both side by side, and which of them stays."""
    text = turn.t("merge.confirm", keep=_summary(turn, keep), gone=_summary(turn, gone), name=keep.name)
    args = {"keep": keep.id, "gone": gone.id}
    swapped = {"keep": gone.id, "gone": keep.id}
    return text, [
        [Button(turn.t("btn.merge_now"), "client.merge_do", args)],
        [Button(turn.t("btn.merge_swap", name=gone.name), "client.merge_with", swapped)],
        [Button(turn.t("btn.leave"), "client.leave")],
    ]


def conflict_note(turn: Turn, conflicts: Sequence[Conflict]) -> str:
    """The note that keeps what the vanished customer said otherwise."""
    lines = []
    for conflict in conflicts:
        value: object = conflict.value
        if conflict.field == "source":
            value = turn.t(f"source.{conflict.value}")
        elif conflict.field == "relationship_set":
            value = turn.t(f"relationship.{conflict.value}")
        elif conflict.field == "created":
            value = turn.formats.day(conflict.value, turn.today)
        lines.append(turn.t(f"merge.was.{conflict.field}", value=value))
    return turn.t("merge.note", lines=Html("; ").join(lines)).unescape()


def request_card(turn: Turn, request: ClientRequest, customer: Customer, agent: Agent) -> tuple[Html, Rows]:
    """Who asks for whom, with whom the customer is, and the two answers."""
    text = turn.t("request.card", agent=agent.name, who=who(turn, customer), owner=with_owner(turn, customer))
    args = {"request": request.id}
    rows = [
        [
            Button(turn.t("btn.grant", agent=agent.name), "request.grant", args),
            Button(turn.t("btn.refuse"), "request.refuse", args),
        ]
    ]
    if may_see(turn.agent, customer):
        rows.append([Button(turn.t("btn.open"), "client.open", {"customer": customer.id})])
    return text, rows


def wanted_card(turn: Turn, agent: Agent, name: str, found: Sequence[Customer]) -> tuple[Html, Rows]:
    """Who asks for a name that the company portfolio does not have, and who may be meant."""
    if not found:
        return turn.t("request.wanted_nobody", agent=agent.name, name=name), []
    rows = [
        [
            Button(
                turn.t("btn.give_of", name=one.name, owner=with_owner(turn, one)),
                "client.give",
                {"customer": one.id, "agent": agent.id},
            )
        ]
        for one in found
    ]
    return turn.t("request.wanted", agent=agent.name, name=name), rows


def erasure_card(turn: Turn, outlook: Outlook) -> tuple[Html, Rows]:
    """What goes, what stays, and what cannot be called back."""
    text = turn.t(
        "erase.confirm",
        who=who(turn, outlook.customer),
        owner=with_owner(turn, outlook.customer),
        contacts=outlook.contacts,
        notes=outlook.notes,
        activities=outlook.activities,
        deals=outlook.deals,
    )
    args = {"customer": outlook.customer.id}
    return text, [
        [Button(turn.t("btn.erase_now"), "client.erase_do", args)],
        [Button(turn.t("btn.leave"), "client.leave")],
    ]


def names_of(turn: Turn, customers: Sequence[Customer]) -> Html:
    """Customers in one line, the first twenty of many."""
    shown = [who(turn, one) for one in customers[:NAMES_SHOWN]]
    rest = len(customers) - len(shown)
    listed = Html(turn.formats.list_of(shown))
    return turn.n("portfolio.and_more", rest, names=listed) if rest else listed


def tell_directors(turn: Turn, fact: dict[str, object]) -> bool:
    """Let every director hear; False where there is none to decide."""
    told = False
    for director in directors(turn.unit):
        if director.id != turn.agent.id and director.telegram_user_id is not None:
            turn.unit.notify(person=director.telegram_user_id, payload=fact)
            told = True
    return told


def tell_deciders(turn: Turn, fact: dict[str, object], *, asked_at: datetime, asker_id: int) -> bool:
    """Let whoever decides at this time hear; False where there is nobody."""
    found = deciders(turn.unit, asked_at=asked_at, asker_id=asker_id)
    for one in found:
        tell(turn, one, fact)
    return any(one.id != turn.agent.id and one.telegram_user_id is not None for one in found)


def tell(turn: Turn, agent: Agent | None, fact: dict[str, object]) -> None:
    """Let one person hear, unless it is who does it."""
    if agent and agent.id != turn.agent.id and agent.telegram_user_id is not None:
        turn.unit.notify(person=agent.telegram_user_id, payload=fact)


def _summary(turn: Turn, customer: Customer) -> Html:
    lines = [turn.t("merge.name", name=customer.name)]
    lines += [turn.t("client.phone", phone=turn.formats.phone(phone.e164)) for phone in customer.phones]
    lines += [turn.t("client.email", email=email.address) for email in customer.emails]
    if customer.town:
        lines.append(turn.t("client.town", town=customer.town))
    if customer.owner_id != turn.agent.id:
        lines.append(with_owner(turn, customer))
    return Html("\n").join(lines)
