"""The card of one deal: what it is worth, where it stands, what comes next, and the likely next presses."""

from datetime import timedelta

from bot.cards.activities import when, who
from bot.cards.deals import both_prices, customer_of_deal, neglect_words, stage_of, value_words, vehicle
from bot.dialogue.turn import Button, Turn
from domain.opportunities import OPEN_STAGES, LossReason, Opportunity, stages_of
from domain.permissions import may_change_opportunity
from domain.pipeline import neglect_of
from texts.catalog import Html

Rows = list[list[Button]]


def deal_card(turn: Turn, deal: Opportunity) -> tuple[Html, Rows]:
    """Text and buttons as the deal is now; whoever sees it has seen this version of it."""
    turn.unit.flush()  # its version is what the buttons carry
    turn.state.see(deal.id, deal.version)
    customer = customer_of_deal(turn, deal)
    lines = [turn.t("deal.name", vehicle=vehicle(turn, deal), who=who(turn, customer))]
    since = turn.formats.day(turn.agent.local(deal.stage_since).date(), turn.today)
    lines.append(turn.t("deal.stage_since", stage=stage_of(turn, deal), day=since))
    if deal.is_open:
        key = "deal.likely_by_hand" if deal.probability_by_hand else "deal.likely"
        lines.append(turn.t(key, percent=deal.probability))
    if deal.value:
        lines.append(turn.t("deal.worth", value=both_prices(turn, deal.value)))
    lines += _dates(turn, deal)
    lines += [
        turn.t("deal.field", field=turn.t(f"deal_field.{name}"), value=value_words(turn, name, getattr(deal, name)))
        for name in ("quantity", "deadline", "decision_maker", "source", "loss_reason", "loss_note", "competitor")
        if getattr(deal, name) is not None
    ]
    if deal.owner_id != turn.agent.id:
        owner = turn.unit.team.get(deal.owner_id)
        lines.append(turn.t("client.owner", owner=owner.name if owner else ""))
    if neglect := neglect_of(turn.unit, [deal]).get(deal.id):
        lines.append(neglect_words(turn, neglect))
    return Html("\n".join(lines)), _buttons(turn, deal)


def _dates(turn: Turn, deal: Opportunity) -> list[Html]:
    """When it is to close, or was closed, and the next thing planned with the customer."""
    if not deal.is_open:
        closed = turn.agent.local(deal.closed_at or deal.stage_since).date()
        return [turn.t("deal.closed_on", day=turn.formats.day(closed, turn.today))]
    lines = []
    if deal.close_on:
        key = "deal.close_overdue" if deal.close_on < turn.today else "deal.closes"
        lines.append(turn.t(key, day=turn.formats.day(deal.close_on, turn.today)))
    else:
        lines.append(turn.t("deal.no_close"))
    coming = turn.unit.activities.planned(deal.owner_id, customer_id=deal.customer_id)
    if coming:
        lines.append(turn.t("client.next", what=turn.t(f"kind.{coming[0].kind}"), when=when(turn, coming[0])))
    return lines


def _buttons(turn: Turn, deal: Opportunity) -> Rows:
    """Two a row, the likeliest first."""
    args = {"deal": deal.id, "version": deal.version, "card": True}
    look = [
        Button(turn.t("btn.deal_history"), "deal.history", {"deal": deal.id}),
        Button(customer_of_deal(turn, deal).name, "client.open", {"customer": deal.customer_id}),
    ]
    if not may_change_opportunity(turn.agent, deal):
        return [look]
    if not deal.is_open:
        return [[Button(turn.t("btn.deal_reopen"), "deal.reopen", args)], look]
    place = OPEN_STAGES.index(deal.stage)
    steps = []
    if place:
        back = OPEN_STAGES[place - 1]
        steps.append(
            Button(
                turn.t("btn.stage_back", stage=turn.t(f"stage.{back}")), "deal.move_to", args | {"stage": back.value}
            )
        )
    if place + 1 < len(OPEN_STAGES):
        on = OPEN_STAGES[place + 1]
        steps.append(
            Button(turn.t("btn.stage_on", stage=turn.t(f"stage.{on}")), "deal.move_to", args | {"stage": on.value})
        )
    return [
        steps,
        [
            Button(turn.t("btn.deal_next"), "client.plan", {"customer": deal.customer_id}),
            Button(turn.t("btn.deal_value"), "deal.ask", args | {"field": "amount"}),
        ],
        [
            Button(turn.t("btn.deal_closing"), "deal.ask", args | {"field": "time"}),
            Button(turn.t("btn.deal_probability"), "deal.ask", args | {"field": "percent"}),
        ],
        [Button(turn.t("btn.new_offer"), "offer.new", {"customer": deal.customer_id, "deal": deal.id})],
        [Button(turn.t("btn.deal_won"), "deal.win", args), Button(turn.t("btn.deal_lost"), "deal.reasons", args)],
        [
            Button(turn.t("btn.deal_stage"), "deal.stages", args),
            Button(turn.t("btn.deal_fleet"), "deal.fleet", args),
        ],
        look,
    ]


def stage_rows(turn: Turn, deal: Opportunity) -> Rows:
    """Every open stage but its own, and the way back to the card."""
    args = {"deal": deal.id, "version": deal.version, "card": True}
    stages = [
        Button(turn.t(f"stage.{stage}"), "deal.move_to", args | {"stage": stage.value})
        for stage in OPEN_STAGES
        if stage is not deal.stage
    ]
    return [*in_twos(stages), [_back(turn, deal)]]


def reason_rows(turn: Turn, deal: Opportunity) -> Rows:
    """Why it was lost, and the way back to the card."""
    args = {"deal": deal.id, "version": deal.version, "card": True}
    reasons = [
        Button(turn.t(f"loss_reason.{reason}"), "deal.lose", args | {"reason": reason.value}) for reason in LossReason
    ]
    return [*in_twos(reasons), [_back(turn, deal)]]


def fleet_rows(turn: Turn, deal: Opportunity) -> Rows:
    """What a fleet deal carries beside the rest."""
    args = {"deal": deal.id, "version": deal.version, "card": True}
    fields = [
        Button(turn.t(f"deal_field.{name}"), "deal.ask", args | {"field": name})
        for name in ("quantity", "deadline", "decision_maker")
    ]
    return [*in_twos(fields), [_back(turn, deal)]]


def in_twos(buttons: list[Button]) -> Rows:
    """Two a row: more are cut off on a phone."""
    return [buttons[at : at + 2] for at in range(0, len(buttons), 2)]


def history_card(turn: Turn, deal: Opportunity) -> Html:
    """Every stage that the deal came to: when, by whom, from where, and for how long."""
    lines = [turn.t("deal.history", vehicle=vehicle(turn, deal), who=who(turn, customer_of_deal(turn, deal)))]
    stays = stages_of(turn.unit, turn.agent, opportunity_id=deal.id)
    for stay in stays:
        change = stay.change
        agent = turn.unit.team.get(change.agent_id)
        told = turn.t(
            "deal.history_line" if change.before else "deal.history_first",
            when=turn.formats.moment(turn.agent.local(change.at).replace(tzinfo=None), turn.today),
            agent=agent.name if agent else "",
            before=turn.t(f"stage.{change.before}") if change.before else "",
            after=turn.t(f"stage.{change.after}"),
            lasted=_lasted(turn, stay.lasted) if change is not stays[-1].change or deal.is_open else "",
        )
        lines.append(Html(told.rstrip()))
    return Html("\n".join(lines))


def _lasted(turn: Turn, lasted: timedelta) -> Html:
    hours = int(lasted.total_seconds() // 3600)
    if lasted.days:
        return turn.n("deal.lasted_days", lasted.days)
    return turn.n("deal.lasted_hours", hours) if hours else turn.t("deal.lasted_short")


def _back(turn: Turn, deal: Opportunity) -> Button:
    return Button(turn.t("btn.deal_back"), "deal.show", {"deal": deal.id})
