"""Opportunities: kept whole, summed in the database, and found where nobody looks after them."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from domain import reactions
from domain.agenda import Kind, Status, log
from domain.customers import CustomerKind
from domain.errors import ConflictError, InvalidValueError, NotAllowedError, NotFoundError
from domain.money import Basis, Money, Price
from domain.opportunities import (
    Changes,
    LossReason,
    Stage,
    create_opportunity,
    is_like,
    lose,
    move_stage,
    reopen,
    sold,
    stages_of,
    touch,
    unsold,
    update_opportunity,
    win,
)
from domain.pipeline import (
    DealFilter,
    Grouping,
    deals,
    forecast,
    grouped,
    neglect_of,
    neglected,
    pipeline,
    untouched_since,
)
from domain.ports import Owners
from domain.team import Role
from storage.database import Database
from tests.factories import (
    NOW,
    TODAY,
    keep,
    keep_agent,
    make_activity,
    make_agent,
    make_customer,
    make_opportunity,
)
from tests.fakes import FakeClock

EUR_22K = Money(2_200_000, "EUR")


def test_a_persons_value_is_gross_and_a_companys_net(database: Database) -> None:
    """What is said without a word on VAT has it for a person and has it not for a company; the net is kept beside it."""
    agent = keep_agent(database)
    person = make_customer(owner_id=agent.id)
    firm = make_customer(owner_id=agent.id, name="Acme SRL", kind=CustomerKind.COMPANY)
    keep(database, person, firm)
    with database.command_unit("deal") as unit:
        one = create_opportunity(unit, agent, customer_id=person.id, changes=Changes(value=EUR_22K))
        two = create_opportunity(unit, agent, customer_id=firm.id, changes=Changes(value=EUR_22K))
        ids = one.id, two.id
    with database.command_unit("look") as unit:
        kept, net = (unit.opportunities.get(deal_id) for deal_id in ids)
        assert kept is not None
        assert net is not None
        assert kept.value == Price(2_200_000, "EUR", Basis.GROSS, 2100)
        assert kept.net_minor == 1_818_182
        assert net.value == Price(2_200_000, "EUR", Basis.NET, 2100)
        assert net.net_minor == 2_200_000
        update_opportunity(unit, agent, opportunity_id=kept.id, changes=Changes(vat_included=False))
        assert (kept.net_minor, kept.value) == (2_200_000, Price(2_200_000, "EUR", Basis.NET, 2100))


def test_a_deal_without_value_reads_back_without_one(database: Database) -> None:
    """No value is None, not an empty price."""
    agent = keep_agent(database)
    customer = make_customer(owner_id=agent.id)
    keep(database, customer)
    keep(database, make_opportunity(customer_id=customer.id, owner_id=agent.id))
    with database.command_unit("look") as unit:
        (deal,) = unit.opportunities.of_customer(customer.id)
        assert (deal.value, deal.net, deal.net_minor) == (None, None, None)


def test_a_probability_set_by_hand_stays_until_the_deal_is_closed(database: Database, clock: FakeClock) -> None:
    """Moving keeps it; won is 100 whatever was set, and reopening begins with the stage's own."""
    agent = keep_agent(database)
    customer = make_customer(owner_id=agent.id)
    keep(database, customer)
    with database.command_unit("deal") as unit:
        deal = create_opportunity(unit, agent, customer_id=customer.id, changes=Changes(probability=55))
        move_stage(unit, agent, opportunity_id=deal.id, stage=Stage.OFFER)
        assert deal.probability == 55
        win(unit, agent, opportunity_id=deal.id)
        assert (deal.probability, deal.signed_without_order) == (100, True)
        reopen(unit, agent, opportunity_id=deal.id)
        assert (deal.stage, deal.probability, deal.closed_at) == (Stage.OFFER, 60, None)
        deal_id = deal.id
    clock.advance(days=3)
    with database.command_unit("look") as unit:
        stays = stages_of(unit, agent, opportunity_id=deal_id)
        assert [(one.change.before, one.change.after) for one in stays] == [
            (None, Stage.NEW),
            (Stage.NEW, Stage.OFFER),
            (Stage.OFFER, Stage.WON),
            (Stage.WON, Stage.OFFER),
        ]
        assert stays[-1].lasted == timedelta(days=3)


def test_a_sale_is_told_apart_from_a_signature(database: Database) -> None:
    """Only an accepted order makes a sale; a cancelled one opens the deal again, and a sale cannot be reopened by hand."""
    agent = keep_agent(database)
    customer = make_customer(owner_id=agent.id)
    keep(database, customer)
    with database.command_unit("deal") as unit:
        deal = create_opportunity(unit, agent, customer_id=customer.id)
        win(unit, agent, opportunity_id=deal.id)
        sold(unit, agent, opportunity_id=deal.id)
        assert not deal.signed_without_order
        with pytest.raises(ConflictError) as refusal:
            reopen(unit, agent, opportunity_id=deal.id)
        assert refusal.value.code == "opportunity_sold"
        unsold(unit, agent, opportunity_id=deal.id)
        assert (deal.stage, deal.sold_at) == (Stage.NEW, None)


def test_a_closed_deal_is_not_changed_and_wrong_values_are_refused(database: Database) -> None:
    """Lost is lost until it is reopened; a past closing date, 120 % and no cars at all are no values."""
    agent, other = keep_agent(database), keep_agent(database, telegram_user_id=8, chat_id=8)
    customer = make_customer(owner_id=agent.id)
    keep(database, customer)
    with database.command_unit("deal") as unit:
        deal = create_opportunity(unit, agent, customer_id=customer.id)
        for changes, code in (
            (Changes(close_on=TODAY - timedelta(days=1)), "date_past"),
            (Changes(probability=120), "probability_range"),
            (Changes(quantity=0), "quantity_range"),
        ):
            with pytest.raises(InvalidValueError) as wrong:
                update_opportunity(unit, agent, opportunity_id=deal.id, changes=changes)
            assert wrong.value.code == code
        with pytest.raises(NotFoundError):
            move_stage(unit, other, opportunity_id=deal.id, stage=Stage.OFFER)
        lose(unit, agent, opportunity_id=deal.id, reason=LossReason.PRICE, note="too expensive")
        with pytest.raises(ConflictError):
            update_opportunity(unit, agent, opportunity_id=deal.id, changes=Changes(model="Duster"))


def test_sums_by_stage_and_currency_and_the_order_of_the_list(database: Database) -> None:
    """Each currency has its own sum; deals without a value are counted; weights are exact."""
    agent = keep_agent(database)
    customer = make_customer(owner_id=agent.id)
    keep(database, customer)
    lei = Price(5_000_000, "RON", Basis.NET, 2100)
    keep(
        database,
        make_opportunity(customer_id=customer.id, owner_id=agent.id, net=10_000),
        make_opportunity(customer_id=customer.id, owner_id=agent.id, net=20_000, stage=Stage.OFFER),
        make_opportunity(customer_id=customer.id, owner_id=agent.id, value=lei, net_minor=5_000_000),
        make_opportunity(customer_id=customer.id, owner_id=agent.id),
        make_opportunity(customer_id=customer.id, owner_id=agent.id, net=1, stage=Stage.LOST),
    )
    with database.command_unit("look") as unit:
        found = pipeline(unit, agent, DealFilter(Owners(agent.id)))
        assert [(one.stage, one.currency, one.count, one.money) for one in found.stages] == [
            (Stage.NEW, "", 1, None),
            (Stage.NEW, "EUR", 1, Money(1_000_000, "EUR")),
            (Stage.NEW, "RON", 1, Money(5_000_000, "RON")),
            (Stage.OFFER, "EUR", 1, Money(2_000_000, "EUR")),
        ]
        assert found.count == 4
        assert found.totals == (Money(3_000_000, "EUR"), Money(5_000_000, "RON"))
        assert found.weighted == (Money(1_300_000, "EUR"), Money(500_000, "RON"))
        listed = deals(unit, agent, DealFilter(Owners(agent.id)), offset=0, limit=2)
        assert [deal.stage for deal in listed] == [Stage.OFFER, Stage.NEW]


def test_forecast_by_month_of_the_agents_calendar(database: Database) -> None:
    """Weighted by the closing month, won by the local month of the signature, and what has no date to come apart."""
    agent = keep_agent(database)
    customer = make_customer(owner_id=agent.id)
    keep(database, customer)
    of_agent = {"customer_id": customer.id, "owner_id": agent.id}
    # 23:30 UTC on 28 February is March in Bucharest
    late = datetime(2026, 2, 28, 23, 30, tzinfo=UTC)
    keep(
        database,
        make_opportunity(**of_agent, net=10_000, close_on=date(2026, 2, 28)),
        make_opportunity(**of_agent, net=20_000, close_on=date(2026, 3, 31), stage=Stage.OFFER),
        make_opportunity(**of_agent, net=30_000, close_on=date(2026, 4, 1)),
        make_opportunity(**of_agent, net=40_000),
        make_opportunity(**of_agent, net=50_000, stage=Stage.WON, closed_at=late, sold_at=late),
        make_opportunity(**of_agent, net=60_000, stage=Stage.WON, closed_at=NOW),
    )
    with database.command_unit("look") as unit:
        months = forecast(unit, agent, Owners(agent.id), first=date(2026, 1, 1), last=date(2026, 3, 31))
        assert [(one.month, one.weighted.minor, one.won.minor, one.sold.minor) for one in months] == [
            (date(2026, 2, 1), 100_000, 6_000_000, 0),
            (date(2026, 3, 1), 1_200_000, 5_000_000, 5_000_000),
            (None, 400_000, 0, 0),
        ]


def test_deals_that_nobody_looks_after(database: Database) -> None:
    """Nothing planned, or neither changed nor followed up for two weeks; both are told apart."""
    agent = keep_agent(database)
    long_ago = NOW - timedelta(days=20)
    named = {name: make_customer(owner_id=agent.id, name=name) for name in ("Busy", "Idle", "Bare", "Called")}
    keep(database, *named.values())
    planned: dict[str, Any] = {"agent_id": agent.id, "day": TODAY + timedelta(days=1), "starts_at": None}
    keep(
        database,
        *(make_activity(customer_id=named[name].id, **planned) for name in ("Busy", "Idle", "Called")),
        make_activity(
            agent_id=agent.id, customer_id=named["Called"].id, status=Status.DONE, done_at=NOW - timedelta(days=2)
        ),
        make_opportunity(customer_id=named["Busy"].id, owner_id=agent.id),
        make_opportunity(customer_id=named["Idle"].id, owner_id=agent.id, changed_at=long_ago),
        make_opportunity(customer_id=named["Bare"].id, owner_id=agent.id),
        make_opportunity(customer_id=named["Called"].id, owner_id=agent.id, changed_at=long_ago),
        make_opportunity(customer_id=named["Bare"].id, owner_id=agent.id, stage=Stage.LOST, changed_at=long_ago),
    )
    with database.command_unit("look") as unit:
        found = neglected(unit, agent, limit=20)
        assert [(one.opportunity.customer_id, one.no_next, one.untouched_days) for one in found] == [
            (named["Idle"].id, False, 20),
            (named["Bare"].id, True, None),
        ]


def test_a_test_drive_moves_the_one_deal_that_is_behind_it(database: Database) -> None:
    """One deal before the test drive moves with it; of several nobody guesses; a negotiation does not go back."""
    agent = keep_agent(database)
    customer = make_customer(owner_id=agent.id)
    keep(database, customer)
    behind = make_opportunity(customer_id=customer.id, owner_id=agent.id)
    ahead = make_opportunity(customer_id=customer.id, owner_id=agent.id, stage=Stage.NEGOTIATION)
    keep(database, behind, ahead)
    with database.command_unit("drive") as unit:
        log(unit, agent, kind=Kind.TEST_DRIVE, customer_id=customer.id)
        (moved,) = reactions.react(unit, agent)
        assert isinstance(moved, reactions.StageMoved)
        assert (moved.opportunity.id, moved.before, moved.opportunity.stage) == (behind.id, Stage.NEW, Stage.TEST_DRIVE)
        assert not unit.events
        for _ in range(2):
            create_opportunity(unit, agent, customer_id=customer.id)
        log(unit, agent, kind=Kind.TEST_DRIVE, customer_id=customer.id)
        (unclear,) = reactions.react(unit, agent)
        assert isinstance(unclear, reactions.StageUnclear)
        assert len(unclear.opportunities) == 2


def test_what_a_refused_part_emitted_is_forgotten(database: Database) -> None:
    """A test drive whose part was taken back moves no deal afterwards."""
    agent = keep_agent(database)
    customer = make_customer(owner_id=agent.id)
    keep(database, customer)
    keep(database, make_opportunity(customer_id=customer.id, owner_id=agent.id))
    with database.command_unit("drive") as unit:
        with suppress(InvalidValueError), unit.savepoint():
            log(unit, agent, kind=Kind.TEST_DRIVE, customer_id=customer.id)
            raise InvalidValueError("refused")
        assert reactions.react(unit, agent) == []
        (deal,) = unit.opportunities.of_customer(customer.id)
        assert deal.stage is Stage.NEW


def test_edits_say_who_changed_what(database: Database) -> None:
    """Each value with its before and after and whose turn it was; what follows from others is left out."""
    agent = keep_agent(database)
    customer = make_customer(owner_id=agent.id)
    keep(database, customer)
    deal = make_opportunity(customer_id=customer.id, owner_id=agent.id, model="Logan")
    keep(database, deal)
    with database.command_unit("edit") as unit:
        unit.actor_id = agent.id
        update_opportunity(unit, agent, opportunity_id=deal.id, changes=Changes(model="Duster"))
    with database.command_unit("look") as unit:
        edits = unit.opportunities.edits(deal.id, since=NOW)
        assert [(one.agent_id, one.name, one.before, one.after) for one in edits] == [
            (agent.id, "model", "Logan", "Duster")
        ]


def test_sums_by_client_and_by_agent(database: Database) -> None:
    """Each with count and net sum by currency, the largest first; what has no value is counted."""
    ana, mihai = keep_agent(database), keep_agent(database, telegram_user_id=8, chat_id=8)
    one, two = make_customer(owner_id=ana.id), make_customer(owner_id=mihai.id, name="Dan Rus")
    keep(database, one, two)
    keep(
        database,
        make_opportunity(customer_id=one.id, owner_id=ana.id, net=10_000),
        make_opportunity(customer_id=one.id, owner_id=ana.id, net=20_000, stage=Stage.OFFER),
        make_opportunity(customer_id=two.id, owner_id=mihai.id, net=40_000),
        make_opportunity(customer_id=two.id, owner_id=mihai.id),
    )
    everybody = DealFilter(Owners(None, everybody=True))
    with database.command_unit("look") as unit:
        director = make_agent(role=Role.DIRECTOR)
        by_agent = grouped(unit, director, everybody, by=Grouping.AGENT)
        assert [(found.key, found.currency, found.count, found.net) for found in by_agent] == [
            (mihai.id, "EUR", 1, 4_000_000),
            (ana.id, "EUR", 2, 3_000_000),
            (mihai.id, "", 1, 0),
        ]
        by_client = grouped(unit, ana, DealFilter(Owners(ana.id)), by=Grouping.CLIENT)
        assert [(found.key, found.count, found.weighted) for found in by_client] == [(one.id, 2, 130_000_000)]
        with pytest.raises(NotAllowedError):
            grouped(unit, ana, everybody, by=Grouping.AGENT)


def test_what_a_few_deals_lack_is_one_question(database: Database) -> None:
    """Whoever owns them; a deal that lacks nothing is not in the answer, and the list of those that wait holds the same."""
    ana, mihai = keep_agent(database), keep_agent(database, telegram_user_id=8, chat_id=8)
    bare, busy = make_customer(owner_id=mihai.id), make_customer(owner_id=mihai.id, name="Busy")
    keep(database, bare, busy)
    lacking = make_opportunity(customer_id=bare.id, owner_id=mihai.id)
    fine = make_opportunity(customer_id=busy.id, owner_id=mihai.id)
    keep(database, make_activity(agent_id=mihai.id, customer_id=busy.id, starts_at=None), lacking, fine)
    with database.command_unit("look") as unit:
        assert neglect_of(unit, []) == {}
        assert list(neglect_of(unit, [lacking, fine])) == [lacking.id]
        waiting = DealFilter(Owners(mihai.id), untouched_since=untouched_since(unit))
        assert [deal.id for deal in deals(unit, mihai, waiting, offset=0, limit=5)] == [lacking.id]
        assert neglected(unit, ana, limit=5) == []


def test_a_touch_counts_and_changes_nothing(database: Database, clock: FakeClock) -> None:
    """A touched deal is idle no longer; a closed one cannot be touched."""
    agent = keep_agent(database)
    customer = make_customer(owner_id=agent.id)
    keep(database, customer)
    deal = make_opportunity(customer_id=customer.id, owner_id=agent.id, changed_at=NOW - timedelta(days=20))
    keep(database, make_activity(agent_id=agent.id, customer_id=customer.id, starts_at=None), deal)
    with database.command_unit("touch") as unit:
        assert len(neglected(unit, agent, limit=5)) == 1
        touch(unit, agent, opportunity_id=deal.id)
        unit.flush()
        assert neglected(unit, agent, limit=5) == []
        assert list(unit.opportunities.edits(deal.id, since=NOW - timedelta(days=1))) == []
        lose(unit, agent, opportunity_id=deal.id, reason=LossReason.PRICE)
        with pytest.raises(ConflictError):
            touch(unit, agent, opportunity_id=deal.id)


def test_edits_since_a_version(database: Database) -> None:
    """Only what came after the version that somebody saw, prices as prices and days as days."""
    agent = keep_agent(database)
    customer = make_customer(owner_id=agent.id)
    keep(database, customer)
    deal = make_opportunity(customer_id=customer.id, owner_id=agent.id, net=20_000)
    keep(database, deal)
    seen = None
    for changes in (Changes(model="Duster"), Changes(value=EUR_22K, vat_included=False, close_on=TODAY)):
        with database.command_unit("edit") as unit:
            unit.actor_id = agent.id
            update_opportunity(unit, agent, opportunity_id=deal.id, changes=changes)
            unit.flush()
            found = unit.opportunities.get(deal.id)
            assert found is not None
            seen = seen or found.version
    with database.command_unit("look") as unit:
        edits = unit.opportunities.edits(deal.id, version=seen)
        assert [(one.name, one.before, one.after) for one in edits] == [
            ("value", Price(2_000_000, "EUR", Basis.NET, 2100), Price(2_200_000, "EUR", Basis.NET, 2100)),
            ("close_on", None, TODAY),
        ]
        assert [one.name for one in unit.opportunities.edits(deal.id, version=1)] == ["model", "value", "close_on"]


@pytest.mark.parametrize(
    ("one", "other", "like"),
    [
        ("Duster", "Dacia Duster Journey", True),
        ("duster", "Duster", True),
        ("Duster", "Spring", False),
        ("Duster Journey", "Duster Extreme", False),
        (None, "Duster", True),
        ("Duster", None, True),
    ],
)
def test_like_vehicles(one: str | None, other: str | None, like: bool) -> None:
    """All words of one are words of the other, in any spelling; what is not known yet may be any."""
    assert is_like(one, other) is like
