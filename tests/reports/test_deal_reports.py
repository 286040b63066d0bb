"""Reports of deals against plain loops over the same rows, on both databases, for both roles and every filter."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest

from domain.customers import Source
from domain.opportunities import OPEN_STAGES, Stage
from tests.reports.conftest import AGENT, DIRECTOR, Ask, amount, rows, table
from tests.reports.data import NOW, Dealership, Row, local_day, of_agents, within

TODAY = local_day(NOW)
LONG = (date(2024, 8, 1), TODAY)
PERIODS = [LONG, (date(2025, 3, 1), date(2025, 3, 31)), (date(2025, 10, 26), date(2025, 10, 26))]
WHO = [
    pytest.param({"by": DIRECTOR}, None, id="director"),
    pytest.param({"by": DIRECTOR, "agent_id": 3}, 3, id="director-one-agent"),
    pytest.param({"by": AGENT}, AGENT, id="agent"),
]
FOR_DIRECTOR = WHO[:2]
Sums = dict[tuple[Any, ...], list[int]]


def half_up(value: Decimal) -> int:
    """Rounded as people do."""
    return int(value.quantize(Decimal(1), ROUND_HALF_UP))


def share(part: int, whole: int) -> int | None:
    """In whole percent."""
    return half_up(Decimal(100 * part) / whole) if whole else None


def source_of(made: Dealership, deal: Row) -> Source | None:
    """A deal's own source, else its customer's."""
    found: Source | None = deal["source"] or made.customers[deal["customer_id"] - 1]["source"]
    return found


def settled(found: Sums) -> Sums:
    """Deals without a value are counted beside the first currency of the same key."""
    result: Sums = {}
    for key, figures in found.items():
        currencies = sorted(other[-1] for other in found if other[:-1] == key[:-1] and other[-1])
        place = key if key[-1] or not currencies else (*key[:-1], currencies[0])
        result[place] = [a + b for a, b in zip(result.get(place, [0] * len(figures)), figures, strict=True)]
    return result


def summed(deals: list[Row], key: Callable[[Row], tuple[Any, ...]], figures: Callable[[Row], list[int]]) -> Sums:
    """Figures added up by key and currency."""
    found: Sums = {}
    for deal in deals:
        place = (*key(deal), deal["value_currency"] or "")
        found[place] = [a + b for a, b in zip(found.get(place, [0] * 20), figures(deal), strict=False)]
    return settled(found)


def currency_of(row: dict[str, Any], *columns: str) -> str:
    """The currency of a row's first amount."""
    return next((row[column]["currency"] for column in columns if row[column]), "")


def minor(value: dict[str, str] | None) -> int:
    """An amount in minor units."""
    return int(Decimal(value["amount"]) * 100) if value else 0


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize(("who", "agent"), WHO)
@pytest.mark.parametrize(
    "filters", [{}, {"source": Source.WEBSITE}, {"stage": Stage.WON}, {"customer_ids": ()}], ids=str
)
def test_agent_opportunities(
    ask: Ask, made: Dealership, *, period: tuple[date, date], who: Row, agent: int | None, filters: Row
) -> None:
    """Every deal opened in the period, in that order, with sums by currency."""
    mine = [one for one in of_agents(made.deals, "owner_id", agent) if within(one["created_at"], *period)]
    if "source" in filters:
        mine = [one for one in mine if source_of(made, one) is filters["source"]]
    if "stage" in filters:
        mine = [one for one in mine if one["stage"] is filters["stage"]]
    if "customer_ids" in filters:
        filters = {"customer_ids": tuple(row["id"] for row in of_agents(made.customers, "owner_id", agent)[:5])}
        mine = [one for one in mine if one["customer_id"] in filters["customer_ids"]]
    mine.sort(key=lambda one: (one["owner_id"] if agent is None else 0, one["created_at"], one["id"]))

    found = table(ask("agent_opportunities", first=period[0], last=period[1], **who, **filters), "opportunities")

    assert [
        (row["opened"], row["customer"], row["model"], row["stage"], row["value"], row["source"]) for row in rows(found)
    ] == [
        (
            local_day(one["created_at"]).isoformat(),
            made.customers[one["customer_id"] - 1]["name"],
            one["model"],
            one["stage"].value,
            amount(one["net_minor"] or 0, one["value_currency"]),
            (source_of(made, one) or "unknown"),
        )
        for one in mine
    ]
    totals = found["totals"] or [total for section in found["sections"] for total in section["totals"]]
    expected: dict[str, int] = defaultdict(int)
    for one in mine:
        if one["value_currency"]:
            expected[one["value_currency"]] += one["net_minor"]
    assert {row["value"]["currency"]: minor(row["value"]) for row in totals if row["value"]} == dict(expected)
    assert sum(row["deals"] for row in totals) == len(mine)


@pytest.mark.parametrize("by", ["client", "stage"])
@pytest.mark.parametrize(("who", "agent"), WHO)
@pytest.mark.parametrize("source", [None, Source.REFERRAL])
@pytest.mark.parametrize(
    "period", [(date(2026, 1, 1), date(2026, 3, 31)), (date(2026, 3, 1), date(2026, 4, 30)), LONG], ids=str
)
def test_sales_plan(
    ask: Ask,
    made: Dealership,
    *,
    by: str,
    who: Row,
    agent: int | None,
    source: Source | None,
    period: tuple[date, date],
) -> None:
    """Open deals that close in the period, weighted; won ones beside them; those without a day to come apart."""
    first, last = period
    mine = [one for one in of_agents(made.deals, "owner_id", agent) if source is None or source_of(made, one) is source]
    expected: dict[str, Sums] = {"plan": {}, "undated": {}}
    for code in expected:
        chosen = []
        for one in mine:
            is_open = one["stage"] in OPEN_STAGES
            in_period = one["close_on"] is not None and first <= one["close_on"] <= last
            past = one["close_on"] is None or one["close_on"] < TODAY
            won = one["stage"] is Stage.WON and within(one["closed_at"], first, last)
            if code == "plan" and ((is_open and in_period) or won):
                chosen.append(one)
            if code == "undated" and is_open and past and not in_period:
                chosen.append(one)
        names = {agent_row["id"]: agent_row["name"] for agent_row in made.agents}

        def key(one: Row, names: Row = names) -> tuple[Any, ...]:
            head = made.customers[one["customer_id"] - 1]["name"] if by == "client" else one["stage"].value
            return (names[one["owner_id"]] if agent is None else None, head)

        def figures(one: Row) -> list[int]:
            is_open, net = one["stage"] in OPEN_STAGES, one["net_minor"] or 0
            sold = net if one["sold_at"] and not is_open else 0
            return [is_open, is_open * net, is_open * net * one["probability"], not is_open, (not is_open) * net, sold]

        expected[code] = summed(chosen, key, figures)

    report = ask("sales_plan", first=first, last=last, group_by=by, source=source, **who)

    for code, sums in expected.items():
        blocks = [block for block in report["blocks"] if block.get("table") == code]
        found = {
            (row.get("agent"), row["customer" if by == "client" else "stage"], currency_of(row, "value", "won")): [
                row["open_deals"],
                minor(row["value"]),
                minor(row["weighted"]),
                row["won_deals"],
                minor(row["won"]),
                minor(row["of_it_ordered"]),
            ]
            for block in blocks
            for row in rows(block)
        }
        assert found == {
            place: [*values[:2], half_up(Decimal(values[2]) / 100), *values[3:6]] for place, values in sums.items()
        }


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize(("who", "agent"), FOR_DIRECTOR)
@pytest.mark.parametrize("stage", [None, Stage.LOST])
def test_opportunities_by_source(
    ask: Ask, made: Dealership, *, period: tuple[date, date], who: Row, agent: int | None, stage: Stage | None
) -> None:
    """Deals opened in the period by where they came from, and what became of them."""
    mine = [
        one
        for one in of_agents(made.deals, "owner_id", agent)
        if within(one["created_at"], *period) and (stage is None or one["stage"] is stage)
    ]

    def figures(one: Row) -> list[int]:
        net, is_open = one["net_minor"] or 0, one["stage"] in OPEN_STAGES
        won, lost = one["stage"] is Stage.WON, one["stage"] is Stage.LOST
        return [1, is_open, won, lost, net, is_open * net * one["probability"], won * net]

    expected = summed(mine, lambda one: (source_of(made, one) or "unknown",), figures)

    report = ask("opportunities_by_source", first=period[0], last=period[1], stage=stage, **who)

    found = {
        (row["source"], currency_of(row, "value")): (
            [
                *(row[name] for name in ("deals", "open_deals", "won_deals", "lost_deals")),
                *(minor(row[name]) for name in ("value", "weighted", "won")),
            ],
            row["win_rate"],
        )
        for row in rows(table(report, "all_agents"))
    }
    assert found == {
        place: ([*values[:5], half_up(Decimal(values[5]) / 100), values[6]], share(values[2], values[2] + values[3]))
        for place, values in expected.items()
    }
    if agent is None:
        each = rows(table(report, "each_agent"))
        assert sum(row["deals"] for row in each) == len(mine)
        by_agent = {row["name"]: sum(one["owner_id"] == row["id"] for one in mine) for row in made.agents}
        counted: dict[str, int] = defaultdict(int)
        for row in each:
            counted[row["agent"]] += row["deals"]
        assert dict(counted) == {name: count for name, count in by_agent.items() if count}


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize(("who", "agent"), FOR_DIRECTOR)
@pytest.mark.parametrize("source", [None, Source.PARTNER])
def test_client_acquisition(
    ask: Ask, made: Dealership, *, period: tuple[date, date], who: Row, agent: int | None, source: Source | None
) -> None:
    """Customers who came, those of them who have bought, and the sales of the period, by source."""
    buyers = {one["customer_id"] for one in made.deals if one["sold_at"]}
    found_sums: Sums = {}

    def add(place: tuple[Any, ...], figures: list[int]) -> None:
        found_sums[place] = [a + b for a, b in zip(found_sums.get(place, [0] * 4), figures, strict=True)]

    for customer in of_agents(made.customers, "owner_id", agent):
        meant = source is None or customer["source"] is source
        if meant and within(customer["created_at"], *period) and not customer["erased_at"]:
            add((customer["source"] or "unknown", ""), [1, customer["id"] in buyers, 0, 0])
    for deal in of_agents(made.deals, "owner_id", agent):
        if within(deal["sold_at"], *period) and (source is None or source_of(made, deal) is source):
            place = (source_of(made, deal) or "unknown", deal["value_currency"] or "")
            add(place, [0, 0, 1, deal["net_minor"] or 0])

    report = ask("client_acquisition", first=period[0], last=period[1], source=source, **who)

    found = {
        (row["source"], currency_of(row, "sales_value")): (
            [row["new_customers"], row["buyers"], row["sales"], minor(row["sales_value"])],
            row["conversion"],
        )
        for row in rows(table(report, "all_agents"))
    }
    assert found == {place: (values, share(values[1], values[0])) for place, values in settled(found_sums).items()}


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize(("who", "agent"), FOR_DIRECTOR)
def test_opportunity_stage(ask: Ask, made: Dealership, period: tuple[date, date], who: Row, agent: int | None) -> None:
    """Where deals stand, and for each stage who came in the period, where they went, and how long they stayed."""
    names = {row["id"]: row["name"] if agent is None else None for row in made.agents}
    mine = {one["id"]: one for one in of_agents(made.deals, "owner_id", agent)}
    standing = summed(
        [one for one in mine.values() if one["stage"] in OPEN_STAGES],
        lambda one: (names[one["owner_id"]], one["stage"].value),
        lambda one: [1, one["net_minor"] or 0],
    )
    order = list(Stage)
    moved: dict[tuple[Any, str], list[int]] = {}
    of_deal: dict[int, list[Row]] = defaultdict(list)
    for change in made.changes:
        of_deal[change["opportunity_id"]].append(change)
    for number, changes in of_deal.items():
        for place, change in enumerate(changes):
            if number not in mine or change["after"] not in OPEN_STAGES or not within(change["at"], *period):
                continue
            following = changes[place + 1] if place + 1 < len(changes) else None
            after = following["after"] if following else None
            seconds = int(((following["at"] if following else NOW) - change["at"]).total_seconds())
            ahead = after is not None and after is not Stage.LOST and order.index(after) > order.index(change["after"])
            back = after is not None and after is not Stage.LOST and not ahead
            figures = [1, ahead, back, after is Stage.LOST, after is None, seconds]
            key = (names[mine[number]["owner_id"]], change["after"].value)
            moved[key] = [a + b for a, b in zip(moved.get(key, [0] * 6), figures, strict=True)]

    report = ask("opportunity_stage", first=period[0], last=period[1], **who)

    assert {
        (row.get("agent"), row["stage"], currency_of(row, "value")): [row["deals"], minor(row["value"])]
        for row in rows(table(report, "standing"))
    } == {place: values[:2] for place, values in standing.items()}
    assert {
        (row.get("agent"), row["stage"]): [
            row[name] for name in ("entered", "went_on", "went_back", "lost", "stayed", "conversion", "days_in_stage")
        ]
        for row in rows(table(report, "moves"))
    } == {
        key: [*values[:5], share(values[1], values[0]), half_up(Decimal(values[5]) / 86_400 / values[0])]
        for key, values in moved.items()
    }


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize(("who", "agent"), WHO)
@pytest.mark.parametrize("source", [None, Source.PHONE])
@pytest.mark.parametrize("by", ["loss_reason", "competitor", "model"])
def test_loss_reasons(
    ask: Ask,
    made: Dealership,
    *,
    period: tuple[date, date],
    who: Row,
    agent: int | None,
    source: Source | None,
    by: str,
) -> None:
    """Each lost deal once by its reason, once by who got it and once by its model."""
    mine = [
        one
        for one in of_agents(made.deals, "owner_id", agent)
        if one["stage"] is Stage.LOST
        and within(one["closed_at"], *period)
        and (source is None or source_of(made, one) is source)
    ]
    nothing = "unknown" if by == "loss_reason" else "—"
    expected = summed(mine, lambda one: (one[by] or nothing,), lambda one: [1, one["net_minor"] or 0])

    report = ask("loss_reasons", first=period[0], last=period[1], source=source, **who)

    code = "lost_by_reason" if by == "loss_reason" else f"lost_by_{by}"
    found = {
        (row[by], currency_of(row, "value_lost")): [row["deals"], minor(row["value_lost"]), row["share"]]
        for row in rows(table(report, code))
    }
    assert found == {place: [*values[:2], share(values[0], len(mine))] for place, values in expected.items()}


@pytest.mark.parametrize(("who", "agent"), WHO)
def test_forecast(ask: Ask, made: Dealership, who: Row, agent: int | None) -> None:
    """Open deals by the month in which they close, weighted, against what was won in that month."""
    first, last = date(2026, 1, 1), date(2026, 4, 30)
    expected: dict[tuple[str | None, str], list[int]] = {}
    for one in of_agents(made.deals, "owner_id", agent):
        if not one["value_currency"]:
            continue
        net = one["net_minor"]
        if one["stage"] in OPEN_STAGES:
            past = one["close_on"] is None or one["close_on"] < TODAY
            if not past and one["close_on"] > last:
                continue
            month = None if past else one["close_on"].replace(day=1).isoformat()
            figures = [1, net * one["probability"], 0, 0]
        elif one["stage"] is Stage.WON and within(one["closed_at"], first, last):
            month = local_day(one["closed_at"]).replace(day=1).isoformat()
            figures = [1, 0, net, net if one["sold_at"] else 0]
        else:
            continue
        key = (month, one["value_currency"])
        expected[key] = [a + b for a, b in zip(expected.get(key, [0] * 4), figures, strict=True)]

    report = ask("forecast", first=first, last=last, **who)

    found = {
        (row["month"], row["weighted"]["currency"]): [
            row["deals"],
            minor(row["weighted"]),
            minor(row["won"]),
            minor(row["of_it_ordered"]),
            minor(row["expected"]),
        ]
        for row in rows(table(report, "months"))
    }
    undated = [row for block in report["blocks"] if block.get("table") == "undated" for row in rows(block)]
    found |= {
        (None, row["weighted"]["currency"]): [row["deals"], weighted := minor(row["weighted"]), 0, 0, weighted]
        for row in undated
    }
    assert found == {
        key: [deals, half_up(Decimal(weighted) / 100), won, sold, half_up(Decimal(weighted) / 100) + won]
        for key, (deals, weighted, won, sold) in expected.items()
    }
