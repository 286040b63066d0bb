"""Move a planned activity to another time."""

from datetime import datetime, time
from typing import Any

from bot.cards.activities import what, when
from bot.dialogue.flow import Flow, Values
from bot.dialogue.hearing import Heard
from bot.dialogue.slots import TimeSlot, when_of
from bot.dialogue.state import Form
from bot.dialogue.turn import Turn
from bot.flows.planned import NAMED_CLIENT, PlannedSlot
from bot.flows.schedule_activity import tell_clashes
from bot.understanding.acts import Act
from bot.understanding.moments import Moment, PartialMoment
from domain.agenda import reschedule
from domain.permissions import activity_to_change


class NewTimeSlot(TimeSlot):
    """Where to: an hour alone ("to 11") keeps the day that the activity has, whatever day is today."""

    def fill(self, turn: Turn, form: Form) -> bool:
        """Put the hour onto the activity's day, now that it is known which activity is meant."""
        hour = form.values.pop("hour", None)
        if hour is not None:
            activity = activity_to_change(turn.unit, turn.agent, form.values["activity_id"])
            form.values[self.name] = Moment(datetime.combine(activity.day, time.fromisoformat(hour))).as_json()
        return super().fill(turn, form)

    def read(self, turn: Turn, form: Form, heard: Heard) -> Any:
        """The moment, or the hour alone."""
        value = super().read(turn, form, heard)
        return value if value is None else _hour(heard.partial()) or value

    def accept(self, form: Form, value: Any) -> None:
        """Take an hour alone apart from a moment."""
        if "hour" in value:
            form.values |= value
        else:
            super().accept(form, value)


class RescheduleActivity(Flow):
    """`reschedule_activity`."""

    intent = "reschedule_activity"
    slots = (NAMED_CLIENT, PlannedSlot(by_time=False), NewTimeSlot())
    retry = {"time_past": "time", "hour_skipped": "time"}

    def start(self, turn: Turn, act: Act) -> list[Values]:  # noqa: ARG002
        """The act's values, with the hour alone where no more of the moment was said."""
        hour = _hour(act.partial) if act.partial else None
        if hour is None:
            return [dict(act.entities)]
        return [{name: value for name, value in act.entities.items() if name != "time"} | hour]

    def complete(self, turn: Turn, form: Form) -> None:
        """Move it; a clash is told."""
        values = form.values
        activity = reschedule(turn.unit, turn.agent, activity_id=values["activity_id"], when=when_of(values["time"]))
        values["customer_id"] = activity.customer_id
        turn.wrote()
        turn.say("activity.moved", what=what(turn, activity), when=when(turn, activity))
        tell_clashes(turn, activity)


def _hour(said: PartialMoment) -> Values | None:
    """The hour, where no day was said."""
    if said.day is not None or said.hour_minute is None:
        return None
    return {"hour": said.hour_minute.isoformat(timespec="minutes")}
