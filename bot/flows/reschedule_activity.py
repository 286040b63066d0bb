"""Move a planned activity to another time."""

from bot.cards.activities import what, when
from bot.dialogue.flow import Flow
from bot.dialogue.slots import TimeSlot, when_of
from bot.dialogue.state import Form
from bot.dialogue.turn import Turn
from bot.flows.planned import NAMED_CLIENT, PlannedSlot
from bot.flows.schedule_activity import tell_clashes
from domain.agenda import reschedule


class RescheduleActivity(Flow):
    """`reschedule_activity`."""

    intent = "reschedule_activity"
    slots = (NAMED_CLIENT, PlannedSlot(by_time=False), TimeSlot())
    retry = {"time_past": "time", "hour_skipped": "time"}

    def complete(self, turn: Turn, form: Form) -> None:
        """Move it; a clash is told."""
        values = form.values
        activity = reschedule(turn.unit, turn.agent, activity_id=values["activity_id"], when=when_of(values["time"]))
        values["customer_id"] = activity.customer_id
        turn.wrote()
        turn.say("activity.moved", what=what(turn, activity), when=when(turn, activity))
        tell_clashes(turn, activity)
