"""Reports that come by themselves: ordered by a sentence, listed, paused and ended by a press."""

from datetime import time
from typing import Any

from bot.dialogue.engine import Engine
from bot.dialogue.flow import Flow, Register
from bot.dialogue.slots import ChoiceSlot
from bot.dialogue.state import Form
from bot.dialogue.turn import Button, Turn
from bot.flows.report_slots import ReportSlot, needs_client
from bot.flows.request_report import FORMATS, order_report, request_of
from bot.flows.show_client import VisibleClientSlot
from bot.ports import Card, Json
from domain.reports.subscriptions import Recurrence, Subscription, end, is_due, pause, subscribe, subscriptions_of
from texts.catalog import Html

Rows = list[list[Button]]


class SubscribeReport(Flow):
    """`subscribe_report`."""

    intent = "subscribe_report"
    slots = (
        ReportSlot(),
        VisibleClientSlot(needs_client, addable=False),
        ChoiceSlot(
            "recurrence",
            "recurrence",
            key="question.recurrence",
            prefix="recurrence",
            values=[one.value for one in Recurrence],
        ),
    )

    def complete(self, turn: Turn, form: Form) -> None:
        """Keep it; the hour is that of the agenda where none was said."""
        request = request_of(turn, form.values)
        if request is None:
            return
        hour, format_ = form.values.get("time_of_day"), form.values.get("format")
        kept = subscribe(
            turn.unit,
            turn.agent,
            request=request,
            recurrence=Recurrence(form.values["recurrence"]),
            at=time.fromisoformat(hour) if isinstance(hour, str) else turn.agent.agenda_time,
            format_=format_ if format_ in FORMATS else "pdf",
        )
        turn.wrote()
        turn.add(turn.t("subscription.kept", what=_told(turn, kept)), [_list_button(turn)])


def due_report(turn: Turn, fact: Json) -> None:
    """Its hour has struck: order it, unless it was ended or paused since, or its day is over."""
    if fact["local_date"] != turn.today.isoformat():
        return
    kept = turn.unit.subscriptions.get(fact["subscription"])
    if kept is None or kept.agent_id != turn.agent.id or not is_due(turn.unit, turn.agent, kept):
        return
    key = f"due:{kept.id}:{fact['local_date']}"
    order_report(turn, kept.asked, kept.format, unasked=True, key=key)


def subscriptions_card(turn: Turn) -> tuple[Html, Rows]:
    """Each with what may be done to it."""
    kept = subscriptions_of(turn.unit, turn.agent)
    if not kept:
        return turn.t("subscription.none"), [[Button(turn.t("menu.reports"), "menu.reports")]]
    lines = [turn.t("subscription.heading")]
    rows: Rows = []
    for number, one in enumerate(kept, start=1):
        key = "subscription.line_paused" if one.paused else "subscription.line"
        lines.append(turn.t(key, number=number, what=_told(turn, one)))
        resting = "btn.subscription_resume" if one.paused else "btn.subscription_pause"
        rows.append(
            [
                Button(turn.t(resting, number=number), "subscription.pause", {"id": one.id, "paused": not one.paused}),
                Button(turn.t("btn.subscription_end", number=number), "subscription.end", {"id": one.id}),
            ]
        )
    return Html("\n").join(lines), rows


def register_subscription_buttons(register: Register, engine: Engine) -> None:
    """List, pause, end; a new one from the menu."""

    def show(turn: Turn, card: Card, args: dict[str, Any]) -> None:  # noqa: ARG001  what stands above stays
        text, rows = subscriptions_card(turn)
        turn.add(text, *rows, [Button(turn.t("btn.subscription_new"), "subscription.new")])

    def new(turn: Turn, card: Card, args: dict[str, Any]) -> None:  # noqa: ARG001
        engine.open_form(turn, "subscribe_report", {})

    def rest(turn: Turn, card: Card, args: dict[str, Any]) -> None:
        pause(turn.unit, turn.agent, subscription_id=args["id"], paused=args["paused"])
        _again(turn, card)

    def stop(turn: Turn, card: Card, args: dict[str, Any]) -> None:
        gone = end(turn.unit, turn.agent, subscription_id=args["id"])
        turn.wrote()
        turn.say("subscription.ended", what=_told(turn, gone))
        turn.unit.flush()
        _again(turn, card)

    register.press("subscription.list", show)
    register.press("subscription.new", new)
    register.press("subscription.pause", rest)
    register.press("subscription.end", stop)


def _again(turn: Turn, card: Card) -> None:
    turn.unit.flush()
    text, rows = subscriptions_card(turn)
    turn.edit(card, text, *rows)


def _list_button(turn: Turn) -> Button:
    return Button(turn.t("btn.subscriptions"), "subscription.list")


def _told(turn: Turn, one: Subscription) -> Html:
    """As "Stage report, every Monday at 08:00"."""
    customer = turn.unit.customers.get(one.asked.customer_ids[0]) if one.asked.customer_ids else None
    agent = turn.unit.team.get(one.asked.agent_id) if one.asked.agent_id not in {None, turn.agent.id} else None
    title = turn.t(f"report.{one.asked.name}")
    named = [part.name for part in (customer, agent) if part]
    return turn.t(
        "subscription.what",
        title=" · ".join([str(title.unescape()), *named]),
        recurrence=turn.t(f"recurrence.{one.recurrence}"),
        hour=turn.formats.clock(one.at),
    )
