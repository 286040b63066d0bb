"""Demo people and data for a first look: two agents, a director, their customers, and a day that is worth opening.

Run once by `python -m sandbox.demo`; a database that has anybody in it is left as it is.
"""

import argparse
import sys
from datetime import date, datetime, time, timedelta

from domain.agenda import Importance, Kind, Outcome, When, log, schedule
from domain.customers import Source, add_customer, add_note
from domain.money import Money
from domain.opportunities import (
    OPEN_STAGES,
    Changes,
    LossReason,
    Stage,
    create_opportunity,
    lose,
    move_stage,
    win,
)
from domain.ports import Defaults, UnitOfWork
from domain.team import Agent, Role
from presales.clocks import SystemClock
from presales.wiring import LegalHolidays
from storage.database import Database
from storage.errors import StorageError

PEOPLE = (
    ("Ana Ionescu", Role.AGENT, 1001, "en"),
    ("Mihai Radu", Role.AGENT, 1002, "ro"),
    ("Elena Stan", Role.DIRECTOR, 1003, "ro"),
)
# name, phone, e-mail, source, vehicle in mind, note; whose the customer is follows from the list
CUSTOMERS = {
    1001: (
        ("Ion Popescu", "0722 123 456", "ion.popescu@example.com", Source.WEBSITE, "Duster Journey", "wants a tow bar"),
        ("Maria Dumitrescu", "0733 555 012", "", Source.WALK_IN, "Sandero Stepway", "prefers afternoons"),
        ("Șerban Țăranu", "0744 010 203", "serban.taranu@example.com", Source.REFERRAL, "Jogger", ""),
        (
            "Acme Logistic SRL",
            "021 310 20 30",
            "flota@acme.example",
            Source.PHONE,
            "Logan",
            "12 cars, deadline in March",
        ),
        ("Elena Popa", "0755 321 654", "", Source.SOCIAL_MEDIA, "Spring", "asks about the charger at home"),
        ("Gheorghe Munteanu", "0766 777 888", "", Source.RETURNING, "Duster", ""),
        ("Kovács Réka", "0745 112 358", "reka@example.com", Source.EVENT, "Captur", ""),
    ),
    1002: (
        ("Andrei Popescu", "0721 999 111", "andrei@example.com", Source.WEBSITE, "Megane E-Tech", ""),
        ("Ioana Marinescu", "0723 444 555", "", Source.REFERRAL, "Clio", "trade-in: 2016 Polo"),
        ("Transilvania Trans SA", "0264 40 50 60", "achizitii@tt.example", Source.PARTNER, "Logan", ""),
        ("Vasile Câmpeanu", "0740 222 333", "", Source.WALK_IN, "Duster", ""),
    ),
}


# customer (place in the list above), thousands of EUR as said, days until it closes, stage, days since it began
DEALS = {
    1001: (
        (0, 22, 12, Stage.QUALIFIED, 9),
        (1, 17, 30, Stage.NEW, 3),
        (2, 21, 20, Stage.OFFER, 25),
        (3, 150, 60, Stage.NEGOTIATION, 18),
        (4, 18, 45, Stage.LOST, 20),
        (5, 24, 5, Stage.WON, 28),
        (6, 16, 40, Stage.NEW, 17),
    ),
    1002: ((0, 38, 25, Stage.TEST_DRIVE, 12), (1, 19, 15, Stage.NEGOTIATION, 16), (2, 180, 70, Stage.OFFER, 21)),
}


def main() -> int:
    """Write the demo data; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m sandbox.demo")
    parser.add_argument("--database-url", required=True)
    parser.add_argument("--timezone", default="Europe/Bucharest")
    options = parser.parse_args()
    defaults = Defaults(timezone=options.timezone)
    database = Database(options.database_url, clock=SystemClock(), defaults=defaults, holidays=LegalHolidays("RO"))
    try:
        database.migrate()
        with database.command_unit("demo") as unit:
            if unit.team.all():
                return 0
            _people(unit)
            for telegram_id in CUSTOMERS:
                agent = _agent(unit, telegram_id)
                customers = _customers(unit, agent, telegram_id)
                _days(unit, agent, customers)
                _deals(unit, agent, customers)
    except StorageError as error:
        sys.stderr.write(f"sandbox.demo: {error}\n")
        return 1
    finally:
        database.close()
    return 0


def _people(unit: UnitOfWork) -> None:
    for name, role, telegram_id, language in PEOPLE:
        unit.team.add(
            Agent(
                name=name,
                role=role,
                language=language,
                timezone=unit.defaults.timezone,
                telegram_user_id=telegram_id,
                chat_id=telegram_id,
                created_at=unit.now - timedelta(days=30),
            )
        )
    unit.flush()


def _customers(unit: UnitOfWork, agent: Agent, telegram_id: int) -> list[int]:
    ids = []
    for name, phone, email, source, interest, note in CUSTOMERS[telegram_id]:
        customer = add_customer(
            unit, agent, name=name, phones=[phone], emails=[email] if email else [], source=source, interest=interest
        )
        if note:
            add_note(unit, agent, customer_id=customer.id, text=note)
        ids.append(customer.id)
    return ids


def _days(unit: UnitOfWork, agent: Agent, customers: list[int]) -> None:
    """Work behind, and the next working days."""
    today = agent.local(unit.now).date()
    for back, customer, kind, outcome, note in (
        (1, 0, Kind.CALL, Outcome.REACHED, "comes for a test drive this week"),
        (2, 1, Kind.CALL, Outcome.NO_ANSWER, None),
        (3, 2, Kind.MEETING, Outcome.REACHED, "compares with a used one"),
    ):
        moment = When.of(datetime.combine(today - timedelta(days=back), time(11, 0)))
        log(unit, agent, kind=kind, customer_id=customers[customer], when=moment, outcome=outcome, note=note)
    for ahead, hour, customer, planned, importance in (
        (1, time(9, 30), 0, Kind.TEST_DRIVE, Importance.HIGH),
        (1, time(11, 0), 1, Kind.CALL, Importance.NORMAL),
        (1, time(15, 0), 3, Kind.MEETING, Importance.HIGH),
        (1, None, 2, Kind.EMAIL, Importance.LOW),
        (2, time(10, 0), 2, Kind.MEETING, Importance.NORMAL),
        (3, time(12, 0), 1, Kind.TEST_DRIVE, Importance.NORMAL),
    ):
        day = _workday(today, ahead)
        when = When.of(datetime.combine(day, hour)) if hour else When(day)
        schedule(unit, agent, kind=planned, when=when, customer_id=customers[customer], importance=importance)


def _deals(unit: UnitOfWork, agent: Agent, customers: list[int]) -> None:
    """Deals as they stand after some weeks of work: each stage reached a while after the one before."""
    now = unit.now
    for place, thousands, ahead, stage, age in DEALS[agent.telegram_user_id or 0]:
        unit.now = now - timedelta(days=age)
        changes = Changes(
            value=Money(thousands * 100_000, "EUR"),
            close_on=now.date() + timedelta(days=ahead),
            quantity=12 if thousands > 100 else None,
        )
        deal = create_opportunity(unit, agent, customer_id=customers[place], changes=changes)
        reached = OPEN_STAGES[1 : OPEN_STAGES.index(stage) + 1] if stage in OPEN_STAGES else OPEN_STAGES[1:4]
        for step, one in enumerate(reached, start=1):
            unit.now = now - timedelta(days=age) + timedelta(days=age * step / (len(reached) + 2))
            move_stage(unit, agent, opportunity_id=deal.id, stage=one)
        unit.now = now - timedelta(days=2)
        if stage is Stage.WON:
            win(unit, agent, opportunity_id=deal.id)
        elif stage is Stage.LOST:
            lose(unit, agent, opportunity_id=deal.id, reason=LossReason.PRICE, note="bought a used one")
    unit.now = now


def _agent(unit: UnitOfWork, telegram_id: int) -> Agent:
    agent = unit.team.by_telegram(telegram_id)
    if agent is None:  # written just above
        raise LookupError(telegram_id)
    return agent


def _workday(today: date, ahead: int) -> date:
    day = today
    for _ in range(ahead):
        day += timedelta(days=1)
        while day.isoweekday() > 5:
            day += timedelta(days=1)
    return day


if __name__ == "__main__":
    sys.exit(main())
