"""Mark a planned activity as done at once, and ask how it went."""

from bot.dialogue.engine import Engine
from bot.dialogue.flow import Flow
from bot.dialogue.slots import ChoiceSlot
from bot.dialogue.state import Form
from bot.dialogue.turn import Turn
from bot.flows.log_activity import tell_done
from bot.flows.planned import NAMED_CLIENT, PlannedSlot
from domain.agenda import Activity, Kind, Outcome, complete, set_outcome

ASKED_OF = frozenset({Kind.CALL, Kind.MEETING, Kind.TEST_DRIVE})
OUTCOMES = {
    Kind.CALL: ("reached", "no_answer", "call_back"),
    Kind.MEETING: ("reached", "no_show"),
    Kind.TEST_DRIVE: ("reached", "no_show"),
}


class CompleteActivity(Flow):
    """`complete_activity`."""

    intent = "complete_activity"
    slots = (NAMED_CLIENT, PlannedSlot(by_time=True))
    repeatable = False

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def complete(self, turn: Turn, form: Form) -> None:
        """Done at once; the outcome is asked for where the message did not say it."""
        values = form.values
        outcome = Outcome(values["outcome"]) if values.get("outcome") else None
        activity = complete(
            turn.unit, turn.agent, activity_id=values["activity_id"], outcome=outcome, note=values.get("note")
        )
        values["customer_id"] = activity.customer_id
        tell_done(turn, activity, key="activity.completed")
        if outcome is None:
            ask_outcome(self._engine, turn, activity)


class ActivityOutcome(Flow):
    """The follow-up question of a completed activity; no intent of its own leads here."""

    intent = "activity_outcome"
    slots = (ChoiceSlot("outcome", "outcome", key="question.outcome", prefix="outcome", values=OUTCOMES[Kind.CALL]),)
    repeatable = False

    def complete(self, turn: Turn, form: Form) -> None:
        """Keep it."""
        activity = set_outcome(
            turn.unit, turn.agent, activity_id=form.values["activity_id"], outcome=Outcome(form.values["outcome"])
        )
        tell_done(turn, activity, key="activity.outcome_kept")


class EventOutcome(ActivityOutcome):
    """The same of a meeting or test drive, to which somebody may not have come."""

    intent = "event_outcome"
    slots = (
        ChoiceSlot("outcome", "outcome", key="question.outcome", prefix="event_outcome", values=OUTCOMES[Kind.MEETING]),
    )


def ask_outcome(engine: Engine, turn: Turn, activity: Activity) -> None:
    """Ask how it went, softly: whoever goes on to something else is not held up."""
    if activity.kind in ASKED_OF:
        flow = ActivityOutcome.intent if activity.kind is Kind.CALL else EventOutcome.intent
        engine.open_form(turn, flow, {"activity_id": activity.id}, soft=True)
