"""The agent's customers, ten a page."""

from bot.dialogue.flow import Flow
from bot.dialogue.slots import customer_label
from bot.dialogue.state import Form
from bot.dialogue.turn import Button, Turn
from domain.customers import PAGE
from domain.permissions import visible_owners
from domain.ports import Owners
from texts.catalog import Html


class ListClients(Flow):
    """`list_clients`."""

    intent = "list_clients"
    writes = False
    repeatable = False

    def complete(self, turn: Turn, form: Form) -> None:
        """The first page."""
        text, rows = clients_page(turn, offset=0, portfolio=form.values.get("portfolio", "personal"))
        turn.add(text, *rows)


def clients_page(turn: Turn, *, offset: int, portfolio: str) -> tuple[Html, list[list[Button]]]:
    """A page with a button for each customer and the ways on."""
    company = portfolio == "company" and visible_owners(turn.agent).company
    owners = Owners(agent_id=None, company=True) if company else Owners(agent_id=turn.agent.id)
    total = turn.unit.customers.count(owners)
    if not total:
        return turn.t("clients.none"), [[Button(turn.t("menu.new_client"), "menu.new_client")]]
    page = turn.unit.customers.page(owners, offset=offset, limit=PAGE)
    lines = [turn.n("clients.heading", total)]
    for number, customer in enumerate(page, start=offset + 1):
        phone = turn.formats.phone(customer.phones[0].e164) if customer.phones else ""
        lines.append(turn.t("clients.line", number=number, name=customer.name, phone=phone))
    rows = [[Button(customer_label(turn, one), "client.open", {"customer": one.id})] for one in page]
    ways = []
    if offset:
        ways.append(
            Button(turn.t("btn.earlier"), "clients.page", {"offset": max(0, offset - PAGE), "portfolio": portfolio})
        )
    if offset + PAGE < total:
        ways.append(Button(turn.t("btn.later"), "clients.page", {"offset": offset + PAGE, "portfolio": portfolio}))
    return Html("\n".join(lines)), [*rows, ways] if ways else rows
