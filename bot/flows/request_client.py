"""Asking for a customer: of the company portfolio by name, of a colleague's only through the director.

What is answered about a name that the company portfolio does not have is the same whether or not a colleague has it.
"""

from typing import Any

from bot.cards.activities import who
from bot.cards.portfolio import tell_deciders, tell_directors
from bot.dialogue.flow import Flow, Register, Values, per_client
from bot.dialogue.slots import ClientSlot
from bot.dialogue.state import Form
from bot.dialogue.turn import Button, Turn
from bot.flows.handovers import tell_handover
from bot.ports import Card
from bot.understanding.acts import Act
from domain.customers import Customer, NameMatches, find_by_name
from domain.permissions import changeable_owners, require_active
from domain.portfolio import assign_customer, request_customer
from domain.ports import Owners
from domain.team import Role

Args = dict[str, Any]
COMPANY = Owners(agent_id=None, company=True)


class PortfolioSlot(ClientSlot):
    """A customer of the company portfolio; the director looks among everybody's."""

    def __init__(self) -> None:
        super().__init__(_is_sought, addable=False)

    @staticmethod
    def matches(turn: Turn, form: Form) -> NameMatches:
        """Among those that may be asked for by name."""
        typed = form.values.get("client")
        owners = changeable_owners(turn.agent) if turn.agent.role is Role.DIRECTOR else COMPANY
        return find_by_name(turn.unit, turn.agent, typed, owners=owners) if isinstance(typed, str) else NameMatches()

    def permitted(self, turn: Turn, customer: Customer) -> bool:
        """Whom everybody may read of, and the director any."""
        return customer.owner_id is None or turn.agent.role is Role.DIRECTOR


def _is_sought(turn: Turn, form: Form) -> bool:
    """No name yet, or one that somebody in reach bears."""
    typed = form.values.get("client")
    if not isinstance(typed, str):
        return True
    matches = PortfolioSlot.matches(turn, form)
    return bool(matches.exact or matches.near)


class RequestClient(Flow):
    """`request_client`."""

    intent = "request_client"
    slots = (PortfolioSlot(),)
    repeatable = False

    def start(self, turn: Turn, act: Act) -> list[Values]:  # noqa: ARG002
        """One request a name."""
        return per_client(act.entities)

    def complete(self, turn: Turn, form: Form) -> None:
        """Ask the director; the director simply takes the customer."""
        customer_id = form.values.get("customer_id")
        if customer_id is None:
            _by_name(turn, str(form.values["client"]))
        else:
            ask(turn, customer_id)


def ask(turn: Turn, customer_id: int) -> None:
    """Put the request to the directors, once while it is open; a director simply takes the customer."""
    if turn.agent.role is Role.DIRECTOR:
        done = assign_customer(turn.unit, turn.agent, customer_id=customer_id, agent_id=turn.agent.id)
        turn.wrote()
        turn.say("assign.taken", who=who(turn, done.customer))
        tell_handover(turn, done)
        return
    known = {request.id for request in turn.unit.customers.open_requests(customer_id)}
    request = request_customer(turn.unit, turn.agent, customer_id=customer_id)
    if request.id in known:
        turn.say("request.open")
    elif tell_deciders(
        turn,
        {"kind": "client_request", "request": request.id},
        asked_at=request.created_at,
        asker_id=request.agent_id,
    ):
        turn.say("request.sent")
    else:
        turn.say("request.no_director")


def _by_name(turn: Turn, name: str) -> None:
    own = find_by_name(turn.unit, turn.agent, name).exact
    if own:
        turn.add(
            turn.t("request.own", who=who(turn, own[0])),
            [Button(turn.t("btn.open"), "client.open", {"customer": own[0].id})],
        )
        return
    button = Button(turn.t("btn.ask_director"), "request.by_name", {"name": name})
    turn.add(turn.t("request.not_in_company", name=name), [button])


def register_request_buttons(register: Register) -> None:
    """Ask for a customer whose owner was told, or for a name."""

    def ask_for(turn: Turn, card: Card, args: Args) -> None:
        turn.edit(card, None)
        ask(turn, args["customer"])

    def ask_by_name(turn: Turn, card: Card, args: Args) -> None:
        turn.edit(card, None)
        require_active(turn.agent)
        fact = {"kind": "client_wanted", "agent": turn.agent.id, "name": args["name"]}
        turn.say("request.sent" if tell_directors(turn, fact) else "request.no_director")

    register.press("client.ask_director", ask_for)
    register.press("request.by_name", ask_by_name)
