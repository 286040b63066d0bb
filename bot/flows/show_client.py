"""A customer's card; for a bare name too."""

from bot.cards.client import client_card
from bot.dialogue.flow import Flow, Values, per_client
from bot.dialogue.slots import ClientSlot
from bot.dialogue.state import Form
from bot.dialogue.turn import Turn
from bot.understanding.acts import Act
from domain.customers import Customer, NameMatches, find_by_name
from domain.permissions import customer_to_see, may_see, visible_owners


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
