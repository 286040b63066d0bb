"""The pipeline as a message: by stage with sums, the weighted total, and the deals as a page of buttons."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from bot.cards.deals import line, rounded
from bot.dialogue.turn import Button, Turn
from domain.customers import Source
from domain.money import Money
from domain.opportunities import CLOSED_STAGES, OPEN_STAGES, Stage
from domain.pipeline import (
    DealFilter,
    Grouping,
    Pipeline,
    StageSum,
    deals,
    grouped,
    neglect_of,
    pipeline,
    untouched_since,
)
from domain.ports import Owners
from texts.catalog import Html

PAGE = 8
GROUPS = 15
Spec = dict[str, Any]
"""Which deals, as JSON that a button can carry: agent or everybody, stages, days, amounts, model, customer, source, idle."""


def pipeline_card(turn: Turn, spec: Spec, *, offset: int = 0) -> tuple[Html, list[list[Button]]]:
    """Sums and the page that begins at `offset`; without any deal, what to do."""
    wanted = deal_filter(turn, spec)
    found = pipeline(turn.unit, turn.agent, wanted)
    if not found.count:
        return _empty(turn, spec)
    heading = turn.n(_heading(spec), found.count, whose=_whose(turn, spec))
    lines: list[str] = [heading, *_filters(turn, spec)]
    if "group_by" in spec:
        lines += _groups(turn, wanted, Grouping(spec["group_by"]))
    elif len(wanted.stages) > 1 and found.count > 1:
        lines += _stages(turn, found.stages)
    if found.count > 1:  # of a single deal the list says it all
        lines += _totals(turn, found, weighted=wanted.stages[0] in OPEN_STAGES)
    page = deals(turn.unit, turn.agent, wanted, offset=offset, limit=PAGE)
    customers = turn.unit.customers.several([deal.customer_id for deal in page])
    neglects = neglect_of(turn.unit, page)
    stage = None
    for number, deal in enumerate(page, start=offset + 1):
        if deal.stage is not stage and len(wanted.stages) > 1:
            stage = deal.stage
            lines += ["", turn.t("pipeline.stage_heading", stage=turn.t(f"stage.{stage}"))]
        lines.append(line(turn, deal, number, neglects.get(deal.id)))
    names = {customer.id: customer.name for customer in customers}
    opens = [
        Button(
            turn.t("btn.open_line", number=number, name=names[deal.customer_id]),
            "deal.open",
            {"deal": deal.id},
        )
        for number, deal in enumerate(page, start=offset + 1)
    ]
    rows = [opens[at : at + 2] for at in range(0, len(opens), 2)]
    return Html("\n".join(lines)), [*rows, _ways(turn, spec, offset, found.count), _looks(turn, spec)]


def deal_filter(turn: Turn, spec: Spec) -> DealFilter:
    """The spec as the domain takes it."""
    owners = Owners(None, everybody=True) if spec.get("everybody") else Owners(spec.get("agent") or turn.agent.id)
    return DealFilter(
        owners=owners,
        stages=tuple(Stage(stage) for stage in spec["stages"]) if spec.get("stages") else OPEN_STAGES,
        first=_day(spec.get("first")),
        last=_day(spec.get("last")),
        least=_money(spec.get("least")),
        most=_money(spec.get("most")),
        model=spec.get("model"),
        customer_id=spec.get("customer"),
        source=Source(spec["source"]) if spec.get("source") else None,
        closed=_instants(turn, spec["closed"]) if spec.get("closed") else None,
        untouched_since=untouched_since(turn.unit) if spec.get("idle") else None,
    )


def sums(turn: Turn, amounts: Iterable[Money]) -> str:
    """Amounts of several currencies beside each other; empty where there is none."""
    return " + ".join(rounded(turn, amount) for amount in amounts if amount.minor)


def _heading(spec: Spec) -> str:
    if spec.get("idle"):
        return "pipeline.heading_idle"
    if spec.get("stages") == [Stage.WON.value]:
        return "pipeline.heading_won"
    if spec.get("stages") == [Stage.LOST.value]:
        return "pipeline.heading_lost"
    return "pipeline.heading"


def _whose(turn: Turn, spec: Spec) -> Html:
    """Whose deals, where they are not the reader's own."""
    if spec.get("everybody"):
        return turn.t("pipeline.of_all")
    agent = turn.unit.team.get(spec["agent"]) if spec.get("agent") not in {None, turn.agent.id} else None
    return turn.t("pipeline.of_agent", agent=agent.name) if agent else Html("")


def _filters(turn: Turn, spec: Spec) -> list[Html]:
    """What narrows the list, so that nobody takes a part for the whole."""
    parts: list[Html] = []
    if spec.get("stages") and len(spec["stages"]) == 1 and Stage(spec["stages"][0]) not in CLOSED_STAGES:
        parts.append(turn.t(f"stage.{spec['stages'][0]}"))
    if spec.get("customer"):
        parts.append(Html.escape(_customer(turn, spec["customer"])))
    if spec.get("model"):
        parts.append(Html.escape(spec["model"]))
    if spec.get("source"):
        parts.append(turn.t(f"source.{spec['source']}"))
    if least := _money(spec.get("least")):
        parts.append(turn.t("pipeline.least", amount=rounded(turn, least)))
    if most := _money(spec.get("most")):
        parts.append(turn.t("pipeline.most", amount=rounded(turn, most)))
    if spec.get("first"):
        days = turn.formats.period(date.fromisoformat(spec["first"]), date.fromisoformat(spec["last"]), turn.today)
        parts.append(turn.t("pipeline.closing", days=days))
    if spec.get("closed"):
        first, last = (date.fromisoformat(day) for day in spec["closed"])
        parts.append(Html.escape(turn.formats.period(first, last, turn.today)))
    return [turn.t("pipeline.filters", filters=Html(" · ").join(parts))] if parts else []


def _stages(turn: Turn, found: Sequence[StageSum]) -> list[Html]:
    """One line a stage: count and sum by currency."""
    lines = []
    for stage in dict.fromkeys(one.stage for one in found):
        of_it = [one for one in found if one.stage is stage]
        money = sums(turn, (Money(one.net, one.currency) for one in of_it if one.currency))
        lines.append(
            turn.t(
                "pipeline.stage" if money else "pipeline.stage_bare",
                stage=turn.t(f"stage.{stage}"),
                count=sum(one.count for one in of_it),
                sums=money,
            )
        )
    return lines


def _groups(turn: Turn, wanted: DealFilter, by: Grouping) -> list[Html]:
    """One line a client or agent, the largest first."""
    found = grouped(turn.unit, turn.agent, wanted, by=by)
    lines = []
    keys = list(dict.fromkeys(one.key for one in found))
    named = turn.unit.team.all() if by is Grouping.AGENT else turn.unit.customers.several(keys[:GROUPS])
    names = {one.id: one.name for one in named}
    for key in keys[:GROUPS]:
        of_it = [one for one in found if one.key == key]
        money = sums(turn, (Money(one.net, one.currency) for one in of_it if one.currency))
        lines.append(
            turn.t(
                "pipeline.stage" if money else "pipeline.stage_bare",
                stage=names[key],
                count=sum(one.count for one in of_it),
                sums=money,
            )
        )
    if len(keys) > GROUPS:
        lines.append(turn.n("pipeline.more_groups", len(keys) - GROUPS))
    return lines


def _totals(turn: Turn, found: Pipeline, *, weighted: bool) -> list[Html]:
    if not sums(turn, found.totals):
        return [turn.t("pipeline.no_values")]
    lines = [turn.t("pipeline.total", sums=sums(turn, found.totals))]
    if weighted:
        lines.append(turn.t("pipeline.weighted", sums=sums(turn, found.weighted)))
    return lines


def _ways(turn: Turn, spec: Spec, offset: int, total: int) -> list[Button]:
    ways = []
    if offset:
        ways.append(Button(turn.t("btn.earlier"), "deals.page", {"filter": spec, "offset": max(0, offset - PAGE)}))
    if offset + PAGE < total:
        ways.append(Button(turn.t("btn.later"), "deals.page", {"filter": spec, "offset": offset + PAGE}))
    return ways


def _looks(turn: Turn, spec: Spec) -> list[Button]:
    """From the plain list to the idle ones and to the forecast; the rest has its own way in."""
    if set(spec) - {"everybody", "agent"}:
        return []
    return [
        Button(turn.t("btn.deals_idle"), "deals.show", {"filter": spec | {"idle": True}}),
        Button(turn.t("btn.forecast"), "deals.forecast", {"filter": spec}),
    ]


def _empty(turn: Turn, spec: Spec) -> tuple[Html, list[list[Button]]]:
    whose = _whose(turn, spec)
    if spec.get("idle"):
        return turn.t("pipeline.none_idle"), []
    if set(spec) - {"everybody", "agent", "group_by"}:
        everything = {name: spec[name] for name in ("everybody", "agent") if name in spec}
        lines = [turn.t("pipeline.none_such", whose=whose), *_filters(turn, spec)]
        return Html("\n".join(lines)), [[Button(turn.t("btn.deals_all"), "deals.show", {"filter": everything})]]
    return turn.t("pipeline.none", whose=whose), [[Button(turn.t("btn.new_deal"), "deals.new")]]


def _customer(turn: Turn, customer_id: int) -> str:
    customer = turn.unit.customers.get(customer_id)
    return customer.name if customer else ""


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _money(value: dict[str, str] | None) -> Money | None:
    return Money.of(Decimal(value["value"]), value["currency"]) if value else None


def _instants(turn: Turn, days: Sequence[str]) -> tuple[datetime, datetime]:
    """From the first day's beginning to the last day's end on the reader's clock."""
    first, last = (date.fromisoformat(day) for day in days)
    zone = turn.agent.zone
    begin = datetime.combine(first, time(), tzinfo=zone)
    end = datetime.combine(last + timedelta(days=1), time(), tzinfo=zone)
    return begin.astimezone(UTC), end.astimezone(UTC)
