"""A customer's card; for a bare name, number or address too."""

from typing import Any

from bot.cards.client import client_card
from bot.dialogue.engine import Engine
from bot.dialogue.flow import Flow, Values, per_client
from bot.dialogue.slots import ClientSlot
from bot.dialogue.state import Form
from bot.dialogue.turn import Button, Turn
from bot.understanding.acts import Act
from domain.customers import Customer, NameMatches, find_by_name
from domain.permissions import customer_to_see, may_change, may_see, visible_owners


class VisibleClientSlot(ClientSlot):
    """A customer whom the agent may read: the company portfolio's too."""

    @staticmethod
    def matches(turn: Turn, form: Form) -> NameMatches:
        """Among all that may be seen."""
        typed = form.values.get("client")
        if not isinstance(typed, str):
            return NameMatches()
        return find_by_name(turn.unit, turn.agent, typed, owners=visible_owners(turn.agent))

    def permitted(self, turn: Turn, customer: Customer) -> bool:
        """Reading is enough."""
        return may_see(turn.agent, customer)


class ShowClient(Flow):
    """`show_client`."""

    intent = "show_client"
    slots = (VisibleClientSlot(addable=False),)
    writes = False

    def start(self, turn: Turn, act: Act) -> list[Values]:
        """One card a name; a number or an address finds its customer too."""
        phone, email = act.entities.get("phone"), act.entities.get("email")
        found = [
            *(turn.unit.customers.by_phone(phone) if isinstance(phone, str) else ()),
            *(turn.unit.customers.by_email(email) if isinstance(email, str) else ()),
        ]
        seen = [{"customer_id": customer.id} for customer in found if may_see(turn.agent, customer)]
        return seen or per_client(act.entities)

    def complete(self, turn: Turn, form: Form) -> None:
        """Show it."""
        text, rows = client_card(turn, customer_to_see(turn.unit, turn.agent, form.values["customer_id"]))
        turn.add(text, *rows)


def whose(turn: Turn, values: Values) -> bool:
    """Whether the message is a number or address that no visible client has: asked whose it is, the last client first."""
    reach = {way: values[way] for way in ("phone", "email") if isinstance(values.get(way), str)}
    if not reach:
        return False
    focus = turn.unit.customers.get(turn.state.focus) if turn.state.focus else None
    rows = []
    if focus and may_change(turn.agent, focus):
        rows.append([Button(focus.name, "client.take", {**reach, "customer": focus.id})])
    rows.append([Button(turn.t("btn.other_client"), "client.take", {**reach, "flow": "update_client"})])
    rows.append([Button(turn.t("menu.new_client"), "client.take", {**reach, "flow": "add_client"})])
    said = turn.formats.phone(reach["phone"]) if "phone" in reach else reach["email"]
    turn.add(turn.t("client.whose", value=said), *rows)
    return True


def take_reach(engine: Engine, turn: Turn, args: dict[str, Any]) -> None:
    """The number goes to the client who was pressed, to one still to be named, or to a new one."""
    values = {key: value for key, value in args.items() if key in {"phone", "email"}}
    if "customer" in args:
        values["customer_id"] = args["customer"]
    engine.open_form(turn, args.get("flow", "update_client"), values)
