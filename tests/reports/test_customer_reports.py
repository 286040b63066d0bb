"""Reports of customers and activities against plain loops, on both databases, for both roles and every filter."""

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from domain.agenda import EVENT_KINDS, Outcome, Status
from domain.customers import Relationship, Source
from domain.names import display_order
from domain.opportunities import OPEN_STAGES, Stage
from tests.reports.conftest import AGENT, DIRECTOR, Ask, amount, rows, table
from tests.reports.data import NOW, ZONE, Dealership, Row, local_day, of_agents, within

TODAY = local_day(NOW)
ATTEMPTS = {Outcome.NO_ANSWER, Outcome.NO_SHOW}
WHO = [
    pytest.param({"by": DIRECTOR}, None, id="director"),
    pytest.param({"by": DIRECTOR, "agent_id": 3}, 3, id="director-one-agent"),
    pytest.param({"by": AGENT}, AGENT, id="agent"),
    pytest.param({"by": AGENT, "company": True}, 0, id="company"),
]


def of_owner(made: Dealership, agent: int | None, source: Source | None = None) -> list[Row]:
    """Customers who are not erased: everybody's, an agent's, or (0) the company's."""
    wanted = [one for one in made.customers if agent is None or one["owner_id"] == (agent or None)]
    return [one for one in wanted if not one["erased_at"] and (source is None or one["source"] is source)]


def is_contact(one: Row) -> bool:
    """Somebody was reached."""
    return one["status"] is Status.DONE and one["outcome"] not in ATTEMPTS


def is_attempt(one: Row) -> bool:
    """Somebody tried."""
    return one["status"] is Status.NO_SHOW or (one["status"] is Status.DONE and one["outcome"] in ATTEMPTS)


def latest(found: list[Row]) -> datetime | None:
    """When the last of them was finished."""
    return max((one["done_at"] for one in found), default=None)


def iso(instant: datetime | None) -> str | None:
    """Its local day as JSON has it."""
    return local_day(instant).isoformat() if instant else None


@pytest.mark.parametrize(("who", "agent"), WHO)
@pytest.mark.parametrize("source", [None, Source.REFERRAL])
@pytest.mark.parametrize("months", [(date(2025, 11, 11), TODAY), (date(2025, 3, 1), date(2025, 3, 31))])
def test_inactive_clients(
    ask: Ask, made: Dealership, *, who: Row, agent: int | None, source: Source | None, months: tuple[date, date]
) -> None:
    """Whoever was known before and not spoken with in the time; attempts and contacts apart, with the open value."""
    expected = []
    for customer in of_owner(made, agent, source):
        done = [one for one in made.activities if one["customer_id"] == customer["id"]]
        contacts = [one for one in done if is_contact(one)]
        if local_day(customer["created_at"]) >= months[0] or any(within(one["done_at"], *months) for one in contacts):
            continue
        deals = [one for one in made.deals if one["customer_id"] == customer["id"] and one["stage"] in OPEN_STAGES]
        last = latest(contacts)
        phones = [one["e164"] for one in made.phones if one["customer_id"] == customer["id"]]
        common = (
            customer["name"],
            phones[0] if phones else None,
            iso(last),
            iso(latest([one for one in done if is_attempt(one)])),
            (TODAY - local_day(last or customer["created_at"])).days,
        )
        currencies = sorted({one["value_currency"] for one in deals if one["value_currency"]})
        for currency in currencies or [None]:
            without = [one for one in deals if not one["value_currency"]] if currency in currencies[:1] else []
            of_it = [one for one in deals if one["value_currency"] == currency] + without
            value = amount(sum(one["net_minor"] or 0 for one in of_it), currency)
            expected.append((*common, len(of_it), value and tuple(value.items())))

    report = ask("inactive_clients", first=months[0], last=months[1], source=source, **who)

    names = ("customer", "phone", "last_contact", "last_attempt", "silent_days", "open_deals", "open_value")
    found = [
        tuple(tuple(row[name].items()) if isinstance(row[name], dict) else row[name] for name in names)
        for row in rows(table(report, "inactive"))
    ]
    assert Counter(found) == Counter(expected)
    silent = [row[2] or "" for row in found]
    if agent is not None:
        assert silent == sorted(silent)


@pytest.mark.parametrize(("who", "agent"), WHO)
@pytest.mark.parametrize("source", [None, Source.WALK_IN])
@pytest.mark.parametrize("fields", [(), ("phone", "email")])
def test_phone_contacts(
    ask: Ask, made: Dealership, *, who: Row, agent: int | None, source: Source | None, fields: tuple[str, ...]
) -> None:
    """All customers by name, with the chosen fields or all."""
    everybody = sorted(of_owner(made, agent, source), key=lambda one: (display_order(one["name"]), one["id"]))
    expected = []
    for customer in everybody:
        phones = "\n".join(one["e164"] for one in made.phones if one["customer_id"] == customer["id"]) or None
        emails = "\n".join(one["address"] for one in made.emails if one["customer_id"] == customer["id"]) or None
        told: Row = {"customer": customer["name"], "phone": phones, "email": emails}
        if not fields:
            told |= {"town": customer["town"], "source": customer["source"] or "unknown"}
            told |= {"interest": customer["interest"], "since": iso(customer["created_at"])}
        expected.append(told)

    report = ask("phone_contacts", source=source, fields=fields, **who)

    found = [
        {k: v for k, v in row.items() if k not in {"agent", "portfolio"}} for row in rows(table(report, "contacts"))
    ]
    if agent is None:
        found.sort(key=lambda row: display_order(row["customer"]))
    assert found == expected


def test_phone_contacts_of_chosen_ones(ask: Ask, made: Dealership) -> None:
    """Only those who were named."""
    chosen = tuple(one["id"] for one in of_owner(made, None)[:3])

    found = rows(table(ask("phone_contacts", customer_ids=chosen), "contacts"))

    assert {row["customer"] for row in found} == {made.customers[one - 1]["name"] for one in chosen}


@pytest.mark.parametrize(("who", "agent"), WHO[:2])
@pytest.mark.parametrize("source", [None, Source.PARTNER])
def test_client_status(ask: Ask, made: Dealership, *, who: Row, agent: int | None, source: Source | None) -> None:
    """Each customer who may still buy: how they stand, the furthest open deal, the last contact and what is planned."""
    order = list(Stage)
    expected = []
    for customer in of_owner(made, agent, source):
        deals = [one for one in made.deals if one["customer_id"] == customer["id"]]
        done = [one for one in made.activities if one["customer_id"] == customer["id"]]
        last = latest([one for one in done if is_contact(one)])
        is_open = [one for one in deals if one["stage"] in OPEN_STAGES]
        newest = max(deals, key=lambda one: (one["closed_at"] or one["changed_at"], one["id"]), default=None)
        if any(one["sold_at"] for one in deals):
            relationship = Relationship.CUSTOMER
        elif is_open or any(one["stage"] is Stage.WON for one in deals):
            relationship = Relationship.ACTIVE
        elif newest and newest["stage"] is Stage.LOST:
            relationship = Relationship.LOST
        elif NOW - max(last or customer["created_at"], customer["created_at"]) > timedelta(days=180):
            relationship = Relationship.DORMANT
        else:
            relationship = Relationship.PROSPECT
        if relationship not in {Relationship.PROSPECT, Relationship.ACTIVE} and not is_open:
            continue
        best = max(is_open, key=lambda one: (order.index(one["stage"]), one["id"]), default=None)
        planned = [one for one in done if one["status"] is Status.PLANNED]
        step = min(
            planned,
            key=lambda one: (one["day"], one["starts_at"] is None, one["starts_at"] or NOW, one["id"]),
            default=None,
        )
        value = amount(best["net_minor"] or 0, best["value_currency"]) if best else None
        expected.append(
            (
                customer["name"],
                relationship.value,
                best["stage"].value if best else None,
                best["model"] if best else None,
                value and value["amount"],
                iso(last),
                step["kind"].value if step else None,
                step["day"].isoformat() if step else None,
            )
        )

    report = ask("client_status", source=source, **who)

    found = [
        (
            row["customer"],
            row["relationship"],
            row["stage"],
            row["model"],
            row["value"] and row["value"]["amount"],
            row["last_contact"],
            row["next_step"],
            row["next_day"],
        )
        for row in rows(table(report, ""))
    ]
    assert Counter(found) == Counter(expected)


@pytest.mark.parametrize(("who", "agent"), WHO[:3])
@pytest.mark.parametrize("period", [(date(2026, 1, 1), TODAY), (date(2025, 10, 26), date(2025, 10, 26))])
@pytest.mark.parametrize("one_client", [False, True])
def test_activity_history(
    ask: Ask, made: Dealership, *, who: Row, agent: int | None, period: tuple[date, date], one_client: bool
) -> None:
    """Counts by type, kind and what came of it, then each activity."""
    mine = [one for one in of_agents(made.activities, "agent_id", agent) if period[0] <= one["day"] <= period[1]]
    said: dict[str, Any] = {}
    if one_client:
        chosen = of_agents(of_owner(made, None), "owner_id", agent)[0]["id"]
        said = {"customer_ids": (chosen,)}
        mine = [one for one in mine if one["customer_id"] == chosen]

    report = ask("activity_history", first=period[0], last=period[1], **who, **said)

    counted: Counter[tuple[str, str, str]] = Counter()
    for one in mine:
        fate = "attempts" if is_attempt(one) or one["outcome"] in ATTEMPTS else one["status"].value
        counted[("event" if one["kind"] in EVENT_KINDS else "task", one["kind"].value, fate)] += 1
    found = {
        (row["type"], row["kind"], fate): row[fate]
        for row in rows(table(report, "activity_counts"))
        for fate in ("done", "attempts", "planned", "cancelled")
        if row[fate]
    }
    assert found == dict(counted)
    listed = [
        (row["day"], row["hour"], row["customer"], row["status"], row["outcome"], row["note"])
        for row in rows(table(report, "activities"))
    ]
    assert Counter(listed) == Counter(
        (
            one["day"].isoformat(),
            f"{one['starts_at'].astimezone(ZONE):%H:%M}" if one["starts_at"] else None,
            made.customers[one["customer_id"] - 1]["name"] if one["customer_id"] else None,
            one["status"].value,
            one["outcome"].value if one["outcome"] else None,
            one["note"],
        )
        for one in mine
    )


@pytest.mark.parametrize(("who", "agent"), WHO[:3])
@pytest.mark.parametrize("week", [date(2026, 2, 9), date(2025, 10, 20)])
def test_agenda(ask: Ask, made: Dealership, *, who: Row, agent: int | None, week: date) -> None:
    """Each activity of the week stands once: in its day's column, in its hour's row, in its importance's colour."""
    days = [week + timedelta(days=ahead) for ahead in range(7)]
    mine = [
        one
        for one in of_agents(made.activities, "agent_id", agent)
        if one["day"] in days and one["status"] is not Status.CANCELLED
    ]

    report = ask("agenda", first=days[0], last=days[-1], **who)

    found = [
        (day.isoformat(), row["hour"], entry["kind"], entry["importance"], entry["at"])
        for row in rows(table(report, ""))
        for day in days
        for entry in row[day.isoformat()]
    ]
    expected = []
    for one in mine:
        local = one["starts_at"].astimezone(ZONE) if one["starts_at"] else None
        hour = f"{local:%H}:00" if local else None
        told = (one["kind"].value, one["importance"].value, f"{local:%H:%M}" if local else "")
        expected.append((one["day"].isoformat(), hour, *told))
    assert Counter(found) == Counter(expected)


@pytest.mark.parametrize("by", [DIRECTOR, AGENT])
def test_client_sheet(ask: Ask, made: Dealership, by: int) -> None:
    """Everything of one customer; an agent's sheet leaves out a colleague's deals."""
    own = [one for one in of_owner(made, None) if one["owner_id"] == AGENT]
    customer = max(own, key=lambda one: sum(deal["customer_id"] == one["id"] for deal in made.deals))
    deals = [one for one in made.deals if one["customer_id"] == customer["id"]]
    seen = [one for one in deals if by == DIRECTOR or one["owner_id"] == AGENT]

    report = ask("client_sheet", by=by, customer_ids=(customer["id"],))

    facts = next(block for block in report["blocks"] if "facts" in block)["values"]
    assert facts["customer"] == customer["name"]
    assert Counter(row["stage"] for row in rows(table(report, "opportunities"))) == Counter(
        one["stage"].value for one in seen
    )
    assert len(rows(table(report, "activities"))) == sum(
        one["customer_id"] == customer["id"] for one in made.activities
    )
