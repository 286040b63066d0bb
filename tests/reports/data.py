"""A dealership made by rule: plain rows that go into the database as they are, and that a test can count by hand."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from domain.agenda import EVENT_KINDS, Importance, Kind, Outcome, Status
from domain.customers import CustomerKind, Source
from domain.money import Basis
from domain.names import display_order
from domain.opportunities import OPEN_STAGES, PROBABILITY, LossReason, Stage
from domain.team import AgentStatus, Role
from storage.tables import business as t

Row = dict[str, Any]
ZONE = ZoneInfo("Europe/Bucharest")
NOW = datetime(2026, 2, 11, 9, 0, tzinfo=UTC)
SPAN = timedelta(days=540)  # how far back everything reaches
MODELS = ("Dacia Duster", "Dacia Logan", "Renault Clio", "Dacia Sandero Stepway", None)
COMPETITORS = ("Škoda", "Hyundai", None, None)
FIRST_NAMES = ("Ion", "Maria", "Ștefan", "Ioana", "Țuțu", "Andrei", "Zoltán")
LAST_NAMES = ("Popescu", "Ionescu", "Șerban", "Dumitru", "Kovács", "Rădulescu", "Țăranu")


@dataclass
class Dealership:
    """Rows by table; keys are ids."""

    agents: list[Row] = field(default_factory=list)
    customers: list[Row] = field(default_factory=list)
    phones: list[Row] = field(default_factory=list)
    emails: list[Row] = field(default_factory=list)
    activities: list[Row] = field(default_factory=list)
    deals: list[Row] = field(default_factory=list)
    changes: list[Row] = field(default_factory=list)

    def keep(self, engine: sa.Engine) -> None:
        """Put all rows into a migrated, empty database."""
        parts = (
            (t.agents, self.agents),
            (t.customers, self.customers),
            (t.customer_phones, self.phones),
            (t.customer_emails, self.emails),
            (t.activities, self.activities),
            (t.opportunities, self.deals),
            (t.stage_changes, self.changes),
        )
        with engine.begin() as connection:
            for table, rows in parts:
                for at in range(0, len(rows), 1000):
                    connection.execute(sa.insert(table), rows[at : at + 1000])


def dealership(
    *, agents: int = 4, customers: int = 60, activities: int = 400, deals: int = 120, seed: int = 1
) -> Dealership:
    """So many of each, the same for the same seed; agent 1 is the director, who sells too."""
    chance = random.Random(seed)  # noqa: S311  no secret
    made = Dealership()
    for number in range(1, agents + 1):
        made.agents.append(_agent(number))
    for number in range(1, customers + 1):
        made.customers.append(_customer(chance, number, agents))
        made.phones += _phones(chance, number)
        made.emails += [{"customer_id": number, "address": f"client{number}@example.ro", "position": 0}] * (
            chance.random() < 0.5
        )
    for number in range(1, activities + 1):
        made.activities.append(_activity(chance, number, made))
    for number in range(1, deals + 1):
        _deal(chance, number, made)
    return made


def local_day(instant: datetime) -> date:
    """On a Bucharest calendar."""
    return instant.astimezone(ZONE).date()


def within(instant: datetime | None, first: date, last: date) -> bool:
    """Whether an instant lies in local days, both included."""
    return instant is not None and first <= local_day(instant) <= last


def _agent(number: int) -> Row:
    return {
        "id": number,
        "version": 1,
        "name": f"Agent {number:03}",
        "role": Role.DIRECTOR if number == 1 else Role.AGENT,
        "language": "en",
        "timezone": "Europe/Bucharest",
        "agenda_time": time(8),
        "work_from": time(8),
        "work_to": time(20),
        "working_days": "12345",
        "reminder_minutes": 30,
        "status": AgentStatus.ACTIVE,
        "telegram_user_id": 1000 + number,
        "chat_id": 1000 + number,
        "created_at": NOW - SPAN,
    }


def _instant(chance: random.Random, *, back: timedelta = SPAN) -> datetime:
    """Some instant of the past, to the second; many near midnight, where days are easily confused."""
    at = NOW - timedelta(seconds=chance.randrange(int(back.total_seconds())))
    if chance.random() < 0.2:
        local = datetime.combine(local_day(at), time(chance.choice((0, 23)), chance.choice((0, 59))), tzinfo=ZONE)
        return min(local.astimezone(UTC), NOW)
    return at


def _customer(chance: random.Random, number: int, agents: int) -> Row:
    name = f"{chance.choice(FIRST_NAMES)} {chance.choice(LAST_NAMES)} {number}"
    return {
        "id": number,
        "version": 1,
        "name": name,
        "sort_name": display_order(name),
        "kind": CustomerKind.PERSON if number % 5 else CustomerKind.COMPANY,
        "owner_id": None if chance.random() < 0.1 else chance.randint(1, agents),
        "created_at": _instant(chance),
        "source": chance.choice((*Source, None)),
        "town": chance.choice(("Cluj", "Iași", None)),
        "interest": chance.choice(MODELS),
        "relationship_set": None,
        "erased_at": NOW if number % 29 == 28 else None,
    }


def _phones(chance: random.Random, customer: int) -> Iterator[Row]:
    for position in range(chance.choice((0, 1, 1, 1, 2))):
        yield {"customer_id": customer, "e164": f"+4072{position}{customer:06}", "position": position}


def _activity(chance: random.Random, number: int, made: Dealership) -> Row:
    kind = chance.choice(tuple(Kind))
    at = _instant(chance) if chance.random() < 0.8 else NOW + timedelta(hours=chance.randrange(1, 700))
    status = Status.PLANNED if at > NOW else chance.choice((Status.DONE,) * 6 + tuple(Status))
    if kind not in EVENT_KINDS and status is Status.NO_SHOW:
        status = Status.DONE
    outcome = chance.choice((None, *Outcome)) if status is Status.DONE else None
    customer = chance.choice(made.customers)["id"] if chance.random() < 0.9 else None
    finished = status in {Status.DONE, Status.NO_SHOW}
    return {
        "id": number,
        "version": 1,
        "agent_id": chance.choice(made.agents)["id"],
        "customer_id": customer,
        "kind": kind,
        "title": "" if customer else "Showroom duty",
        "importance": chance.choice(tuple(Importance)),
        "status": status,
        "day": local_day(at),
        "starts_at": at if chance.random() < 0.8 else None,
        "minutes": 30,
        "outcome": outcome,
        "note": "Asked for the white one" if chance.random() < 0.2 else None,
        "created_at": min(at, NOW),
        "done_at": at if finished else None,
    }


def _deal(chance: random.Random, number: int, made: Dealership) -> None:
    stage = chance.choice((*Stage, Stage.WON, Stage.LOST, Stage.WON, Stage.LOST))
    opened = _instant(chance)
    path = [stage_ for stage_ in OPEN_STAGES if chance.random() < 0.7] or [Stage.NEW]
    if stage in OPEN_STAGES:
        path = [one for one in path if OPEN_STAGES.index(one) < OPEN_STAGES.index(stage)]
    path = [*path, stage]
    if chance.random() < 0.1 and stage in OPEN_STAGES[2:]:  # it went back once
        path[-1:] = [stage, Stage.QUALIFIED, stage]
    steps = sorted(opened + (NOW - opened) * chance.random() for _ in path[1:])
    moments = [opened, *(step.replace(microsecond=0) for step in steps)]
    agent = chance.choice(made.agents)["id"]
    for before, after, at in zip((None, *path), path, moments, strict=False):
        made.changes.append({"opportunity_id": number, "before": before, "after": after, "at": at, "agent_id": agent})
    is_closed = stage in {Stage.WON, Stage.LOST}
    currency = None if chance.random() < 0.1 else "RON" if chance.random() < 0.15 else "EUR"
    net = chance.randrange(900_000, 6_000_000) if currency else None
    made.deals.append(
        {
            "id": number,
            "version": 1,
            "customer_id": made.customers[chance.randrange(len(made.customers))]["id"],
            "owner_id": agent,
            "stage": stage,
            "stage_since": moments[-1],
            "probability": chance.choice((PROBABILITY[stage], PROBABILITY[stage], 33)) if not is_closed else 0,
            "probability_by_hand": False,
            "model": chance.choice(MODELS),
            "value_minor": net,
            "value_currency": currency,
            "value_basis": Basis.NET if currency else None,
            "value_vat": 2100 if currency else None,
            "net_minor": net,
            "close_on": None if chance.random() < 0.2 else local_day(NOW) + timedelta(days=chance.randrange(-40, 120)),
            "source": chance.choice((None, *Source)),
            "loss_reason": chance.choice(tuple(LossReason)) if stage is Stage.LOST else None,
            "competitor": chance.choice(COMPETITORS) if stage is Stage.LOST else None,
            "fleet": False,
            "created_at": opened,
            "changed_at": moments[-1],
            "closed_at": moments[-1] if is_closed else None,
            "sold_at": moments[-1] if stage is Stage.WON and chance.random() < 0.7 else None,
        }
    )


def of_agents(rows: Sequence[Row], key: str, agent: int | None) -> list[Row]:
    """Those of one agent; all where none is named."""
    return [row for row in rows if agent is None or row[key] == agent]
