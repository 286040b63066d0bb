"""The agent's customers, ten a page."""

from bot.dialogue.flow import Flow
from bot.dialogue.state import Form
from bot.dialogue.turn import Button, Turn
from bot.flows.colleagues import asked_of
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
        agent = asked_of(turn, form.values)
        if agent is None:
            return
        portfolio = form.values.get("portfolio", "personal")
        text, rows = clients_page(turn, offset=0, portfolio=portfolio, agent_id=agent.id)
        turn.add(text, *rows)


def clients_page(
    turn: Turn, *, offset: int, portfolio: str, agent_id: int | None = None
) -> tuple[Html, list[list[Button]]]:
    """A page with a button for each customer and the ways on; a colleague's only for who may see everybody's."""
    visible = visible_owners(turn.agent)
    other = turn.unit.team.get(agent_id) if agent_id not in {None, turn.agent.id} and visible.everybody else None
    company = portfolio == "company" and visible.company
    owners = Owners(agent_id=None, company=True) if company else Owners(agent_id=other.id if other else turn.agent.id)
    total = turn.unit.customers.count(owners)
    if not total and company:
        return turn.t("clients.none_company"), []
    if not total and other:
        return turn.t("clients.none_agent", agent=other.name), []
    if not total:
        return turn.t("clients.none"), [[Button(turn.t("menu.new_client"), "menu.new_client")]]
    page = turn.unit.customers.page(owners, offset=offset, limit=PAGE)
    lines = [turn.t("clients.of_agent", agent=other.name)] if other and not company else []
    lines.append(turn.n("clients.heading", total))
    for number, customer in enumerate(page, start=offset + 1):
        phone = turn.formats.phone(customer.phones[0].e164) if customer.phones else ""
        lines.append(turn.t("clients.line", number=number, name=customer.name, phone=phone))
    opens = [
        Button(turn.t("btn.open_line", number=number, name=one.name), "client.open", {"customer": one.id})
        for number, one in enumerate(page, start=offset + 1)
    ]
    rows = [opens[at : at + 2] for at in range(0, len(opens), 2)]
    whose = {"portfolio": portfolio, "agent": other.id if other else None}
    ways = []
    if offset:
        ways.append(Button(turn.t("btn.earlier"), "clients.page", {"offset": max(0, offset - PAGE), **whose}))
    if offset + PAGE < total:
        ways.append(Button(turn.t("btn.later"), "clients.page", {"offset": offset + PAGE, **whose}))
    return Html("\n".join(lines)), [*rows, ways] if ways else rows
