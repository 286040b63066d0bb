"""One function an entity: whole and valid by default, with the values that a test is about."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from domain.agenda import Activity, Kind
from domain.calendar import Absence, Closure
from domain.customers import Customer, CustomerKind, Email, Note, Phone
from domain.messages import Card, Message, Received, SendKind
from domain.money import Basis, Price
from domain.opportunities import PROBABILITY, Opportunity, Stage
from domain.team import Agent, Invitation, Role, hash_code
from storage.database import Database

NOW = datetime(2026, 2, 11, 9, 0, tzinfo=UTC)
TODAY = date(2026, 2, 11)


def make_agent(**values: Any) -> Agent:
    """An active agent in Bucharest with a Telegram account."""
    return Agent(
        **{"name": "Ana Ionescu", "role": Role.AGENT, "telegram_user_id": 7, "chat_id": 7, "created_at": NOW} | values
    )


def make_invitation(*, code: str = "ABCDEFGHJK", **values: Any) -> Invitation:
    """An invitation that is open for a week."""
    usual = {"name": "Ana Ionescu", "role": Role.AGENT, "created_at": NOW, "expires_at": NOW + timedelta(days=7)}
    return Invitation(code_hash=hash_code(code), **usual | values)


def make_customer(*, phones: tuple[str, ...] = (), emails: tuple[str, ...] = (), **values: Any) -> Customer:
    """A person of the company portfolio, unless `owner_id` says whose."""
    usual = {"name": "Ion Popescu", "kind": CustomerKind.PERSON, "owner_id": None, "created_at": NOW}
    return Customer(
        **usual | values, phones=[Phone(phone) for phone in phones], emails=[Email(address) for address in emails]
    )


def make_note(*, customer_id: int, author_id: int, **values: Any) -> Note:
    """A note on a customer."""
    return Note(**{"customer_id": customer_id, "author_id": author_id, "text": "Likes red", "created_at": NOW} | values)


def make_activity(*, agent_id: int, **values: Any) -> Activity:
    """A planned call at ten in Bucharest, today."""
    usual = {"kind": Kind.CALL, "day": TODAY, "starts_at": NOW - timedelta(hours=1), "created_at": NOW}
    return Activity(agent_id=agent_id, **usual | values)


def make_opportunity(*, customer_id: int, owner_id: int, net: int | None = None, **values: Any) -> Opportunity:
    """A new deal; `net` in major units of EUR."""
    stage = values.get("stage", Stage.NEW)
    usual = {
        "stage": stage,
        "stage_since": NOW,
        "probability": PROBABILITY[stage],
        "created_at": NOW,
        "changed_at": NOW,
    }
    if net is not None:
        usual |= {"value": Price(net * 100, "EUR", Basis.NET, 2100), "net_minor": net * 100}
    return Opportunity(customer_id=customer_id, owner_id=owner_id, **usual | values)


def make_closure(**values: Any) -> Closure:
    """The house is closed today."""
    return Closure(**{"day": TODAY, "reason": "Stocktaking"} | values)


def make_absence(*, agent_id: int, **values: Any) -> Absence:
    """Away today."""
    return Absence(agent_id=agent_id, **{"first": TODAY, "last": TODAY} | values)


def make_card(*, agent_id: int, **values: Any) -> Card:
    """A card with one button that is good for a day."""
    usual = {"token": "token", "actions": [{"do": "x"}], "expires_at": NOW + timedelta(days=1)}
    return Card(agent_id=agent_id, **usual | values)


def make_message(text: str = "Hello", **values: Any) -> Message:
    """A reply to chat 7."""
    return Message(**{"chat_id": 7, "kind": SendKind.SEND, "payload": {"text": text}} | values)


def make_received(number: int = 1, **values: Any) -> Received:
    """An update from person 7."""
    return Received(**{"key": f"update:{number}", "person": 7, "payload": {"update_id": number}} | values)


def keep(database: Database, *entities: Any) -> None:
    """Commit entities as a command line's turn, in the order given; their ids are set afterwards."""
    with database.command_unit("arrange") as unit:
        adders = {
            Agent: unit.team.add,
            Invitation: unit.team.add_invitation,
            Customer: unit.customers.add,
            Note: unit.customers.add_note,
            Activity: unit.activities.add,
            Opportunity: unit.opportunities.add,
            Closure: unit.calendar.add_closure,
            Absence: unit.calendar.add_absence,
        }
        for entity in entities:
            adders[type(entity)](entity)
            unit.flush()


def keep_agent(database: Database, **values: Any) -> Agent:
    """A committed agent."""
    agent = make_agent(**values)
    keep(database, agent)
    return agent
