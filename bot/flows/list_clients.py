"""Customers of a portfolio, by source or by when they came, ten a page."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.dialogue.flow import Flow
from bot.dialogue.state import Form
from bot.dialogue.turn import Button, Turn
from bot.flows.colleagues import asked_of
from bot.flows.said_days import said_days
from domain.customers import PAGE, Customer, CustomerFilter, Source
from domain.permissions import visible_owners
from domain.ports import Owners
from domain.team import Agent
from texts.catalog import Html

Rows = list[list[Button]]


@dataclass(frozen=True, slots=True)
class ListFilter:
    """Which list: of which portfolio or agent, from which source, added in which days (both included)."""

    portfolio: str = "personal"
    agent_id: int | None = None
    source: str | None = None
    first: date | None = None
    last: date | None = None

    @property
    def narrowed(self) -> bool:
        """Whether it is less than a whole portfolio."""
        return bool(self.source or self.first)

    def args(self) -> dict[str, Any]:
        """As a button carries it."""
        return {
            "portfolio": self.portfolio,
            "agent": self.agent_id,
            "source": self.source,
            "first": self.first.isoformat() if self.first else None,
            "last": self.last.isoformat() if self.last else None,
        }

    def among(self, turn: Turn) -> CustomerFilter:
        """As the database takes it; a day is the agent's local day."""
        return CustomerFilter(
            source=Source(self.source) if self.source else None,
            since=_midnight(turn, self.first) if self.first else None,
            before=_midnight(turn, self.last + timedelta(days=1)) if self.last else None,
        )


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
        first, last = said_days(form.values)
        wanted = ListFilter(
            portfolio=form.values.get("portfolio", "personal"),
            agent_id=agent.id,
            source=_one(form.values.get("source")),
            first=first,
            last=last,
        )
        text, rows = clients_page(turn, wanted, offset=0)
        turn.add(text, *rows)


def clients_page(turn: Turn, wanted: ListFilter, *, offset: int) -> tuple[Html, Rows]:
    """A page with a button for each customer and the ways on; a colleague's only for who may see everybody's."""
    visible = visible_owners(turn.agent)
    other = turn.unit.team.get(wanted.agent_id) if wanted.agent_id not in {None, turn.agent.id} else None
    other = other if visible.everybody else None
    company = wanted.portfolio == "company" and visible.company
    owners = Owners(agent_id=None, company=True) if company else Owners(agent_id=other.id if other else turn.agent.id)
    among = wanted.among(turn)
    total = turn.unit.customers.count(owners, among=among)
    if not total:
        return _nobody(turn, wanted, company=company, other=other)
    page = turn.unit.customers.page(owners, offset=offset, limit=PAGE, among=among)
    lines = [turn.t("clients.of_agent", agent=other.name)] if other and not company else []
    lines.append(Html(" · ").join([turn.n("clients.heading", total), *_narrowed(turn, wanted)]))
    lines += [_line(turn, number, customer) for number, customer in enumerate(page, start=offset + 1)]
    opens = [
        Button(turn.t("btn.open_line", number=number, name=one.name), "client.open", {"customer": one.id})
        for number, one in enumerate(page, start=offset + 1)
    ]
    rows = [opens[at : at + 2] for at in range(0, len(opens), 2)]
    ways = []
    if offset:
        ways.append(Button(turn.t("btn.earlier"), "clients.page", {"offset": max(0, offset - PAGE), **wanted.args()}))
    if offset + PAGE < total:
        ways.append(Button(turn.t("btn.later"), "clients.page", {"offset": offset + PAGE, **wanted.args()}))
    return Html("\n".join(lines)), [*rows, ways] if ways else rows


def _nobody(turn: Turn, wanted: ListFilter, *, company: bool, other: Agent | None) -> tuple[Html, Rows]:
    if wanted.narrowed:
        return Html(" · ").join([turn.t("clients.none_fit"), *_narrowed(turn, wanted)]), []
    if company:
        return turn.t("clients.none_company"), []
    if other:
        return turn.t("clients.none_agent", agent=other.name), []
    return turn.t("clients.none"), [[Button(turn.t("menu.new_client"), "menu.new_client")]]


def _narrowed(turn: Turn, wanted: ListFilter) -> list[Html]:
    said = [turn.t(f"source.{wanted.source}")] if wanted.source else []
    if wanted.first and wanted.last:
        period = turn.formats.period(wanted.first, wanted.last, turn.today)
        said.append(turn.t("clients.added_in", period=period))
    return said


def _line(turn: Turn, number: int, customer: Customer) -> Html:
    phone = turn.formats.phone(customer.phones[0].e164) if customer.phones else ""
    return turn.t("clients.line", number=number, name=customer.name, phone=phone)


def _one(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _midnight(turn: Turn, day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=turn.agent.zone)
