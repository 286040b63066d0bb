"""Plan a call, a meeting, a test drive, a to-do: one message, and a clash is told while it is saved all the same."""

import re

from bot.cards.activities import what, when
from bot.dialogue.flow import Flow, Values, per_client
from bot.dialogue.slots import ChoiceSlot, ClientSlot, TimeSlot, when_of
from bot.dialogue.state import Form
from bot.dialogue.titles import title_of
from bot.dialogue.turn import Button, Turn
from bot.flows.interest import keep_interest
from bot.understanding.acts import Act
from bot.understanding.folding import fold
from domain.agenda import EVENT_KINDS, Activity, Importance, Kind, clashes, schedule

WITH_SOMEBODY = frozenset({"call", "test_drive", "email", "message", "meeting"})
KINDS_OFFERED = ("call", "meeting", "test_drive", "task")
FOLLOW_UP = re.compile(r"\b(?:follow(?:ing)?[ -]?up|reven(?:im|ire|i)|revin|recontact\w*)\b")


def _somebody(_turn: Turn, form: Form) -> bool:
    """Whether the activity is with somebody: a to-do is only where one is named."""
    return form.values.get("kind") in WITH_SOMEBODY or bool(form.values.get("client"))


def _may_be_alone(_turn: Turn, form: Form) -> bool:
    return form.values.get("kind") in {"meeting", "task", "event"}


class ScheduleActivity(Flow):
    """`schedule_activity`."""

    intent = "schedule_activity"
    slots = (
        ChoiceSlot("kind", "kind", key="question.kind", prefix="kind", values=KINDS_OFFERED),
        ClientSlot(_somebody, optional=_may_be_alone),
        TimeSlot(),
    )
    retry = {"time_past": "time", "hour_skipped": "time"}

    def start(self, turn: Turn, act: Act) -> list[Values]:
        """One activity a client, but a meeting with several is one."""
        entities = dict(act.entities)
        clients = entities.get("client")
        if isinstance(clients, list) and entities.get("kind") in EVENT_KINDS:
            title = turn.formats.list_of(clients)
            return [{**entities, "client": clients[0], "title": title}]
        if entities.get("kind") is None and FOLLOW_UP.search(fold(act.text)):
            entities["kind"] = "call"  # what else it may be is said; to ask would cost the one-message budget
        if entities.get("kind") in {"task", "event", None}:
            entities["title"] = title_of(act.text, turn.now, client=clients if isinstance(clients, str) else None)
        if entities.get("kind") is None and entities.get("title") and "client" not in entities:
            entities["kind"] = "task"
        return per_client(entities)

    def complete(self, turn: Turn, form: Form) -> None:
        """Save it, and tell of clashes."""
        values = form.values
        customer_id = values.get("customer_id")
        activity = schedule(
            turn.unit,
            turn.agent,
            kind=Kind(values["kind"]),
            when=when_of(values["time"]),
            customer_id=customer_id,
            title=values.get("title", "") if values["kind"] in {"task", "event", "meeting"} else "",
            importance=Importance(values.get("importance", "normal")),
            minutes=values.get("duration"),
            note=values.get("note"),
        )
        told = turn.t(
            "activity.scheduled",
            sign=turn.t(f"sign.{activity.importance}"),
            what=what(turn, activity),
            when=when(turn, activity),
        )
        turn.wrote()
        turn.add(told, planned_buttons(turn, activity))
        tell_clashes(turn, activity)
        model = values.get("model")
        if customer_id and isinstance(model, str):
            keep_interest(turn, customer_id, model)


def planned_buttons(turn: Turn, activity: Activity) -> list[Button]:
    """What one may want next of an activity just planned."""
    return [
        Button(turn.t("btn.move"), "activity.move", {"activity": activity.id}),
        Button(turn.t("btn.importance"), "activity.importance", {"activity": activity.id}),
    ]


def tell_clashes(turn: Turn, activity: Activity) -> None:
    """Say with what the activity shares time."""
    for other in clashes(turn.unit, activity):
        turn.say("activity.clash", what=what(turn, other), when=when(turn, other))
