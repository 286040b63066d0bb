"""Take a planned activity off the agenda: at once, since one press brings it back."""

from bot.cards.activities import what, when
from bot.dialogue.flow import Flow
from bot.dialogue.state import Form
from bot.dialogue.turn import Turn
from bot.flows.planned import NAMED_CLIENT, PlannedSlot
from domain.agenda import cancel


class CancelActivity(Flow):
    """`cancel_activity`."""

    intent = "cancel_activity"
    slots = (NAMED_CLIENT, PlannedSlot(by_time=True))
    repeatable = False

    def complete(self, turn: Turn, form: Form) -> None:
        """Cancel it."""
        activity = cancel(turn.unit, turn.agent, activity_id=form.values["activity_id"])
        form.values["customer_id"] = activity.customer_id
        turn.wrote()
        turn.say("activity.cancelled", what=what(turn, activity), when=when(turn, activity))
