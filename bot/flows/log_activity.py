"""Keep what happened: a call, a meeting, a test drive, with its outcome and what was said."""

import re
from datetime import datetime

from bot.cards.activities import outcome_words, what, when
from bot.dialogue.flow import Flow, Values, per_client
from bot.dialogue.slots import ChoiceSlot, ClientSlot, when_of
from bot.dialogue.state import Form
from bot.dialogue.turn import Button, Turn
from bot.flows.interest import keep_wish
from bot.understanding.acts import Act
from bot.understanding.folding import fold
from domain.agenda import Activity, Kind, Outcome, When, complete, log

SPOKE = re.compile(r"\b(?:spoke|talked|am vorbit|vorbit)\b")
KINDS_OFFERED = ("call", "meeting", "test_drive", "message", "email")
HAPPENED = "happened"
TRY_AGAIN = frozenset({Outcome.NO_ANSWER, Outcome.CALL_BACK, Outcome.NO_SHOW})


def _may_be_alone(_turn: Turn, form: Form) -> bool:
    return form.values.get("kind") in {"task", "event", "meeting"}


class LogActivity(Flow):
    """`log_activity`."""

    intent = "log_activity"
    slots = (
        ChoiceSlot("kind", "kind", key="question.kind_past", prefix="kind", values=KINDS_OFFERED),
        ClientSlot(lambda _turn, form: form.values.get("kind") != "task", optional=_may_be_alone),
    )

    def start(self, turn: Turn, act: Act) -> list[Values]:  # noqa: ARG002
        """One log a client; who "spoke" with somebody called, unless the message says otherwise."""
        spoke = "kind" not in act.entities and SPOKE.search(fold(act.text))
        return per_client({**act.entities, "kind": "call"} if spoke else act.entities)

    def complete(self, turn: Turn, form: Form) -> None:
        """Save it; the planned activity that it fulfils is marked done instead of being doubled."""
        values = form.values
        kind, customer_id = Kind(values["kind"]), values.get("customer_id")
        outcome = Outcome(values["outcome"]) if values.get("outcome") else None
        planned = _fulfilled(turn, kind, customer_id) if "time" not in values else None
        if planned:
            activity = complete(turn.unit, turn.agent, activity_id=planned.id, outcome=outcome, note=values.get("note"))
        else:
            activity = log(
                turn.unit,
                turn.agent,
                kind=kind,
                customer_id=customer_id,
                when=_when(turn, values),
                outcome=outcome,
                note=values.get("note"),
                minutes=values.get("duration"),
            )
        if activity.starts_at:
            values.setdefault(HAPPENED, activity.starts_at.isoformat())
        follows = any(item["flow"] == "schedule_activity" for item in form.waiting)
        tell_done(
            turn, activity, key="activity.logged_planned" if planned else "activity.logged", try_again=not follows
        )
        model = values.get("model")
        if customer_id and isinstance(model, str):
            keep_wish(turn, customer_id, model)


def _when(turn: Turn, values: Values) -> When | None:
    """The time that was said; for a log that a correction runs again, when it was first written; else now."""
    if "time" in values:
        return when_of(values["time"])
    if HAPPENED in values:
        return When.of(turn.agent.local(datetime.fromisoformat(values[HAPPENED])).replace(tzinfo=None))
    return None


def tell_done(turn: Turn, activity: Activity, *, key: str, try_again: bool = True) -> None:
    """Say what was kept, and offer another try where nobody was reached and nothing else is planned yet."""
    outcome = turn.t("activity.outcome", outcome=outcome_words(turn, activity)) if activity.outcome else ""
    note = turn.t("activity.note", note=activity.note) if activity.note else ""
    turn.wrote()
    turn.say(key, what=what(turn, activity), when=when(turn, activity), outcome=outcome, note=note)
    if not try_again or activity.outcome not in TRY_AGAIN or activity.customer_id is None:
        return
    if not turn.unit.activities.planned(activity.agent_id, customer_id=activity.customer_id):
        args = {"customer": activity.customer_id, "kind": activity.kind.value}
        turn.add(turn.t("activity.try_again"), [Button(turn.t("btn.again_tomorrow"), "client.again", args)])


def _fulfilled(turn: Turn, kind: Kind, customer_id: int | None) -> Activity | None:
    """The one planned activity of this kind and customer that was due by today."""
    if customer_id is None:
        return None
    planned = turn.unit.activities.planned(turn.agent.id, customer_id=customer_id)
    due = [item for item in planned if item.kind is kind and item.day <= turn.today]
    return due[0] if len(due) == 1 else None
