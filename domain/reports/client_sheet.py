"""All about one customer on paper: who, how to reach them, what was agreed, done, offered and ordered."""

from collections.abc import Sequence
from typing import ClassVar

from domain.agenda import Activity
from domain.customers import Customer
from domain.money import Money
from domain.opportunities import Opportunity
from domain.permissions import customer_to_see, may_see_opportunity
from domain.ports import EVERY, Owners
from domain.relationships import relationship_of
from domain.reports.kind import ReportKind
from domain.reports.request import Asked
from domain.reports.table import Block, Column, ColumnType, Fact, Facts, Row, Section, Table

KIND = Column("kind", ColumnType.WORD, words="kind")
STATUS = Column("status", ColumnType.WORD, words="status")
VALUE = Column("value", ColumnType.MONEY)
AGENT = Column("agent")
ACTIVITIES = (
    Column("day", ColumnType.DATE),
    KIND,
    Column("title"),
    STATUS,
    Column("outcome", ColumnType.WORD, words="outcome"),
    AGENT,
    Column("note"),
)
DEALS = (
    Column("opened", ColumnType.DATE),
    Column("model"),
    Column("stage", ColumnType.WORD, words="stage"),
    VALUE,
    Column("probability", ColumnType.PERCENT),
    Column("close_date", ColumnType.DATE),
    Column("closed", ColumnType.DATE),
    Column("loss_reason", ColumnType.WORD, words="loss_reason"),
    AGENT,
)
OFFERS = (
    Column("number"),
    Column("day", ColumnType.DATE),
    Column("offer_status", ColumnType.WORD, words="offer_status"),
    Column("valid_until", ColumnType.DATE),
    Column("payable", ColumnType.MONEY),
    AGENT,
)
ORDERS = (
    Column("number"),
    Column("day", ColumnType.DATE),
    Column("order_status", ColumnType.WORD, words="order_status"),
    Column("delivery", ColumnType.DATE),
    VALUE,
    AGENT,
)
NOTES = (Column("day", ColumnType.DATE), Column("note"), AGENT)


class ClientSheet(ReportKind):
    """`client_sheet`."""

    name: ClassVar[str] = "client_sheet"
    takes: ClassVar[frozenset[str]] = frozenset({"client"})
    needs_client: ClassVar[bool] = True

    def blocks(self, asked: Asked) -> Sequence[Block]:
        """Facts first, then what happened, newest first; what there is none of is left out."""
        customer = customer_to_see(asked.unit, asked.actor, asked.request.customer_ids[0])
        names = {agent.id: agent.name for agent in asked.unit.team.all()}
        facts = [
            *_who(asked, customer, names),
            Fact(
                Column("relationship", ColumnType.WORD, words="relationship"),
                relationship_of(asked.unit, customer).value,
            ),
        ]
        tables = [
            _table("opportunities", DEALS, _deals(asked, customer, names)),
            _table("activities", ACTIVITIES, _activities(asked, customer, names)),
            _table("offers", OFFERS, _offers(asked, customer, names)),
            _table("orders", ORDERS, _orders(asked, customer, names)),
            _table("notes", NOTES, _notes(asked, customer, names)),
        ]
        return (
            Facts(tuple(fact for fact in facts if fact.value not in (None, "")), code="about_client"),
            *(one for one in tables if not one.is_empty),
        )


def _table(code: str, columns: tuple[Column, ...], rows: list[Row]) -> Table:
    return Table(columns, (Section(rows=tuple(rows)),) if rows else (), code=code)


def _who(asked: Asked, customer: Customer, names: dict[int, str]) -> list[Fact]:
    contacts = [
        ", ".join(part for part in (one.name, one.role, one.phone, one.email) if part) for one in customer.contacts
    ]
    vehicles = [" ".join(str(part) for part in (one.model, one.year) if part) for one in customer.vehicles]
    return [
        Fact(Column("customer"), customer.name),
        Fact(Column("customer_kind", ColumnType.WORD, words="customer_kind"), customer.kind.value),
        Fact(AGENT, names.get(customer.owner_id)) if customer.owner_id else Fact(_PORTFOLIO, "company"),
        Fact(Column("phone"), "\n".join(phone.e164 for phone in customer.phones)),
        Fact(Column("email"), "\n".join(email.address for email in customer.emails)),
        Fact(Column("town"), customer.town),
        Fact(Column("site"), customer.location),
        Fact(Column("tax_id"), customer.tax_id),
        Fact(Column("source", ColumnType.WORD, words="source"), customer.source.value if customer.source else None),
        Fact(Column("interest"), customer.interest),
        Fact(Column("contact_persons"), "\n".join(contacts)),
        Fact(Column("vehicles"), "\n".join(vehicles)),
        Fact(Column("since", ColumnType.DATE), asked.local_day(customer.created_at)),
    ]


_PORTFOLIO = Column("portfolio", ColumnType.WORD, words="portfolio")


def _deals(asked: Asked, customer: Customer, names: dict[int, str]) -> list[Row]:
    def row(deal: Opportunity) -> Row:
        return (
            asked.local_day(deal.created_at),
            deal.model,
            deal.stage.value,
            deal.net,
            deal.probability,
            deal.close_on,
            asked.local_day(deal.closed_at),
            deal.loss_reason.value if deal.loss_reason else None,
            names.get(deal.owner_id),
        )

    deals = asked.unit.opportunities.of_customer(customer.id)
    return [row(deal) for deal in deals if may_see_opportunity(asked.actor, deal)]


def _activities(asked: Asked, customer: Customer, names: dict[int, str]) -> list[Row]:
    def row(one: Activity) -> Row:
        return (
            one.day,
            one.kind.value,
            one.title or None,
            one.status.value,
            one.outcome.value if one.outcome else None,
            names.get(one.agent_id),
            one.note,
        )

    return [row(one) for one in asked.unit.activities.of_customer(customer.id, limit=EVERY)]


def _whose(asked: Asked) -> Owners:
    return Owners(None, everybody=True) if asked.is_director else Owners(asked.actor.id)


def _offers(asked: Asked, customer: Customer, names: dict[int, str]) -> list[Row]:
    offers = asked.unit.offers.latest(_whose(asked), customer_id=customer.id, limit=EVERY)
    return [
        (
            f"{one.number}/{one.edition}",
            asked.local_day(one.created_at),
            one.status.value,
            one.valid_until,
            Money(one.payable_minor, one.currency),
            names.get(one.agent_id),
        )
        for one in offers
    ]


def _orders(asked: Asked, customer: Customer, names: dict[int, str]) -> list[Row]:
    orders = asked.unit.orders.page(_whose(asked), customer_id=customer.id, offset=0, limit=EVERY)
    return [
        (
            one.number or one.reference,
            asked.local_day(one.created_at),
            one.status.value,
            one.delivery_on,
            Money(one.net_minor, one.currency),
            names.get(one.agent_id),
        )
        for one in orders
    ]


def _notes(asked: Asked, customer: Customer, names: dict[int, str]) -> list[Row]:
    notes = asked.unit.customers.notes(customer.id, limit=EVERY)
    return [(asked.local_day(one.created_at), one.text, names.get(one.author_id)) for one in notes]
