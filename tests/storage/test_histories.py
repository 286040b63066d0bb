"""Any sequence of operations and permitted undos ends where the sequence without the undone ones would have ended.

An operation is what it did when it was done: the deal that a test drive moved is part of it. Each is played as a turn of
its own at a minute of its own, so that two plays can be compared to the row.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from shutil import copy
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from domain.agenda import Kind, Outcome, When, cancel, complete, log, reschedule, schedule
from domain.customer_details import ContactDetails, add_contact, record_consent, set_town
from domain.customers import Purpose, Source, add_customer, add_note, set_interest
from domain.errors import ConflictError, DomainError
from domain.merging import merge
from domain.money import Money
from domain.opportunities import (
    OPEN_STAGES,
    Changes,
    LossReason,
    Stage,
    create_opportunity,
    lose,
    move_stage,
    reopen,
    update_opportunity,
    win,
)
from domain.pipeline import DealFilter, pipeline
from domain.ports import Defaults, Owners
from domain.reactions import StageMoved, react
from domain.team import Agent
from domain.vehicles import VehicleDetails, add_vehicle
from storage.database import Database
from storage.tables import business
from storage.turns import Turn
from tests.factories import NOW, TODAY, keep_agent
from tests.fakes import FakeClock, FakeHolidays
from tests.storage.history import everything, turn_of

LENGTH = 50
CURRENCIES = ("EUR", "RON")


@dataclass(slots=True)
class Done:
    """An operation as it was carried out: on which things, and what followed from it."""

    number: int
    name: str
    seed: int
    target: int | None = None  # the operation that made what this one is about
    other: int | None = None  # and what it is about besides
    moved: list[int] = field(default_factory=list)  # deals, by the operations that made them, that a test drive moved


@dataclass(slots=True)
class Play:
    """A database with what the operations so far have made in it, by the number of the operation."""

    database: Database
    clock: FakeClock
    agent: Agent
    made: dict[str, dict[int, int]] = field(default_factory=lambda: {"customers": {}, "deals": {}, "activities": {}})

    def forget(self, number: int) -> None:
        """What the operation has made is not there any more."""
        for made in self.made.values():
            made.pop(number, None)

    @contextmanager
    def turn(self, number: int) -> Iterator[Turn]:
        """The operation's turn, at its minute."""
        self.clock.set(NOW + timedelta(minutes=number))
        with turn_of(self.database, self.agent) as unit:
            yield unit


@dataclass(frozen=True, slots=True)
class Operation:
    """What an operation is about, what it makes, and how it is done with a target, a number to vary and its place."""

    about: str | None
    makes: str | None
    do: Callable[[Turn, Agent, Any, int, int], Any]
    pair: bool = False  # about two of them: the number to vary is then the other's id


def changing(about: str, do: Callable[[Turn, Agent, Any, int, int], Any]) -> Operation:
    """One that makes nothing new."""
    return Operation(about, None, do)


OPERATIONS = {
    "customer": Operation(
        None,
        "customers",
        lambda unit, agent, _, seed, at: add_customer(
            unit, agent, name=f"Ion Pop{at}escu", phones=[f"07221{at:05d}"], source=list(Source)[seed % 9]
        ),
    ),
    "note": changing(
        "customers", lambda unit, agent, one, _, at: add_note(unit, agent, customer_id=one, text=f"n{at}")
    ),
    "interest": changing(
        "customers", lambda unit, agent, one, seed, _: set_interest(unit, agent, customer_id=one, interest=f"D{seed}")
    ),
    "deal": Operation(
        "customers",
        "deals",
        lambda unit, agent, one, seed, at: create_opportunity(
            unit,
            agent,
            customer_id=one,
            changes=Changes(model=f"Logan {at}", value=Money(100 * (seed + 1), CURRENCIES[seed % 2])),
        ),
    ),
    "schedule": Operation(
        "customers",
        "activities",
        lambda unit, agent, one, seed, _: schedule(
            unit, agent, kind=Kind.CALL, when=When(TODAY + timedelta(days=seed % 9)), customer_id=one
        ),
    ),
    "call": Operation(
        "customers",
        "activities",
        lambda unit, agent, one, _, __: log(unit, agent, kind=Kind.CALL, customer_id=one, outcome=Outcome.REACHED),
    ),
    "test_drive": Operation(
        "customers",
        "activities",
        lambda unit, agent, one, _, __: log(unit, agent, kind=Kind.TEST_DRIVE, customer_id=one),
    ),
    "value": changing(
        "deals",
        lambda unit, agent, one, seed, _: update_opportunity(
            unit, agent, opportunity_id=one, changes=Changes(value=Money(100 * (seed + 7), CURRENCIES[seed % 2]))
        ),
    ),
    "probability": changing(
        "deals",
        lambda unit, agent, one, seed, _: update_opportunity(
            unit, agent, opportunity_id=one, changes=Changes(probability=seed % 101)
        ),
    ),
    "close_on": changing(
        "deals",
        lambda unit, agent, one, seed, _: update_opportunity(
            unit, agent, opportunity_id=one, changes=Changes(close_on=TODAY + timedelta(days=seed))
        ),
    ),
    "stage": changing(
        "deals",
        lambda unit, agent, one, seed, _: move_stage(unit, agent, opportunity_id=one, stage=OPEN_STAGES[seed % 5]),
    ),
    "lose": changing(
        "deals",
        lambda unit, agent, one, seed, at: lose(
            unit, agent, opportunity_id=one, reason=list(LossReason)[seed % 8], note=f"because {at}"
        ),
    ),
    "win": changing("deals", lambda unit, agent, one, _, __: win(unit, agent, opportunity_id=one)),
    "reopen": changing("deals", lambda unit, agent, one, _, __: reopen(unit, agent, opportunity_id=one)),
    "complete": changing(
        "activities",
        lambda unit, agent, one, _, __: complete(unit, agent, activity_id=one, outcome=Outcome.REACHED),
    ),
    "reschedule": changing(
        "activities",
        lambda unit, agent, one, seed, _: reschedule(
            unit, agent, activity_id=one, when=When(TODAY + timedelta(days=seed % 30))
        ),
    ),
    "town": changing(
        "customers", lambda unit, agent, one, seed, _: set_town(unit, agent, customer_id=one, town=f"Town {seed}")
    ),
    "trade_in": changing(
        "customers",
        lambda unit, agent, one, seed, at: add_vehicle(
            unit, agent, customer_id=one, details=VehicleDetails(model=f"Golf {at}", year=2000 + seed % 20)
        ),
    ),
    "consent": changing(
        "customers",
        lambda unit, agent, one, seed, at: record_consent(
            unit, agent, customer_id=one, purpose=Purpose.MARKETING, given=bool(seed % 2), wording=f"words {at}"
        ),
    ),
    "contact": changing(
        "customers",
        lambda unit, agent, one, _, at: add_contact(
            unit, agent, customer_id=one, details=ContactDetails(name=f"Maria Ene{at}")
        ),
    ),
    "merge": Operation(
        "customers",
        None,
        lambda unit, agent, one, other, _: merge(unit, agent, keep_id=one, gone_id=other, wording=str),
        pair=True,
    ),
    "cancel": changing("activities", lambda unit, agent, one, _, __: cancel(unit, agent, activity_id=one)),
}


def carry_out(play: Play, unit: Turn, done: Done, *, react_to_it: bool) -> None:
    """Do the operation; a first play lets the reactions run and keeps what they did, a second one repeats that."""
    operation = OPERATIONS[done.name]
    target = play.made[operation.about][done.target] if operation.about and done.target is not None else None
    seed = play.made["customers"][done.other] if operation.pair and done.other is not None else done.seed
    made = operation.do(unit, play.agent, target, seed, done.number)
    if operation.makes:
        play.made[operation.makes][done.number] = made.id
    if react_to_it:
        made_by = {deal_id: number for number, deal_id in play.made["deals"].items()}
        moved = [effect for effect in react(unit, play.agent) if isinstance(effect, StageMoved)]
        done.moved = [made_by[effect.opportunity.id] for effect in moved]
    else:
        unit.events.clear()
        for number in done.moved:
            move_stage(unit, play.agent, opportunity_id=play.made["deals"][number], stage=Stage.TEST_DRIVE)


def play_with_undos(play: Play, steps: list[tuple[str, int, int]]) -> list[Done]:
    """The first play: operations and undos as drawn; returns the operations that stand at the end."""
    turns: dict[int, int] = {}
    standing: dict[int, Done] = {}
    for number, (name, seed, pick) in enumerate(steps):
        if name == "undo":
            which = sorted(turns)[-1 - pick % len(turns)] if turns else None
            if which is not None and undo(play, number, turns[which]):
                del turns[which], standing[which]
                play.forget(which)
            continue
        about = OPERATIONS[name].about
        there = sorted(play.made[about]) if about else []
        if about and not there:
            continue
        done = Done(number, name, seed, there[-1 - pick % len(there)] if there else None)
        done.other = there[-1 - seed % len(there)] if there and OPERATIONS[name].pair else None
        before = everything(play.database)
        try:
            with play.turn(number) as unit:
                carry_out(play, unit, done, react_to_it=True)
        except DomainError:
            play.forget(number)
            assert everything(play.database) == before
            continue
        if everything(play.database) == before:
            continue  # it said what was so already
        standing[number] = done
        turns[number] = unit.turn_id or 0
    return list(standing.values())


def undo(play: Play, number: int, turn: int) -> bool:
    """Whether an operation could be taken back; where not, it was refused with a reason and nothing has changed."""
    before = everything(play.database)
    refusal = None
    try:
        with play.turn(number) as unit:
            unit.undo(turn)
    except ConflictError as error:
        refusal = error
    if refusal is None:
        return True
    assert refusal.code == "undo_nothing" or (refusal.code == "undo_changed" and refusal.values["what"])
    assert everything(play.database) == before
    return False


def state(database: Database) -> dict[str, list[dict[str, Any]]]:
    """All business rows by their place among those that stand, so that ids and versions do not matter."""
    found = everything(database)
    places = {name: {row["id"]: at for at, row in enumerate(rows)} for name, rows in found.items() if name in AUDITED}
    return {
        name: [
            {
                column: places[REFERENCES[name, column]].get(value) if (name, column) in REFERENCES else value
                for column, value in row.items()
                if column not in {"id", "version"}
            }
            for row in found[name]
        ]
        for name in AUDITED
        if name != business.agents.name
    }


AUDITED = [table.name for table in business.AUDITED]
REFERENCES = {
    (table.name, key.parent.name): key.column.table.name for table in business.AUDITED for key in table.foreign_keys
}

steps = st.lists(
    st.tuples(
        st.sampled_from((*OPERATIONS, "customer", "deal", "deal", "undo", "undo", "undo", "undo")),
        st.integers(0, 200),
        st.integers(0, 5),
    ),
    min_size=LENGTH,
    max_size=LENGTH,
)


def opened(url: str) -> Play:
    """A play on a migrated and empty database."""
    clock = FakeClock()
    database = Database(url, clock=clock, defaults=Defaults(), holidays=FakeHolidays())
    return Play(database, clock, keep_agent(database))


@settings(
    max_examples=20,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=steps)
def test_fifty_operations_with_undos_end_as_without_the_undone_ones(
    sqlite_template: Path, tmp_path: Path, steps: list[tuple[str, int, int]]
) -> None:
    """Operations and permitted undos, then the same without the undone ones in a fresh database: the same rows."""
    plays = []
    for name in ("with.db", "without.db"):
        copy(sqlite_template, tmp_path / name)
        plays.append(opened(f"sqlite:///{tmp_path / name}"))
    first, second = plays
    try:
        standing = play_with_undos(first, steps)
        for done in standing:
            with second.turn(done.number) as unit:
                carry_out(second, unit, done, react_to_it=False)
        assert state(first.database) == state(second.database)
        assert_totals(first)
    finally:
        for play in plays:
            play.database.close()


def assert_totals(play: Play) -> None:
    """The pipeline's sums are those of its deals, per currency, by a plain loop over the rows."""
    with turn_of(play.database, play.agent) as unit:
        found = pipeline(unit, play.agent, DealFilter(Owners(play.agent.id)))
    expected: Counter[str] = Counter()
    weighted: Counter[str] = Counter()
    deals = [row for row in everything(play.database)["opportunities"] if row["stage"] in OPEN_STAGES]
    for deal in deals:
        expected[deal["value_currency"]] += deal["net_minor"]
        weighted[deal["value_currency"]] += deal["net_minor"] * deal["probability"]
    assert {money.currency: money.minor for money in found.totals} == dict(expected)
    assert {money.currency: money.minor for money in found.weighted} == {
        currency: (minor + 50) // 100 for currency, minor in weighted.items()
    }
    assert found.count == len(deals)


def test_an_undo_that_would_orphan_a_row_is_refused(database: Database) -> None:
    """A customer with a deal cannot vanish by an undo: the refusal names what stands in the way, and nothing changes."""
    agent = keep_agent(database)
    with turn_of(database, agent) as unit:
        customer = add_customer(unit, agent, name="Ion Popescu")
    added = unit.turn_id or 0
    with turn_of(database, agent) as unit:
        create_opportunity(unit, agent, customer_id=customer.id)
    before = everything(database)
    with pytest.raises(ConflictError) as refusal, turn_of(database, agent) as unit:
        unit.undo(added)
    assert (refusal.value.code, refusal.value.values) == ("undo_changed", {"what": "opportunities"})
    assert everything(database) == before
