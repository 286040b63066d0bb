"""Buttons of agenda lines and of activities: done, move, importance, another day."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.cards.activities import what, when
from bot.cards.agenda import days_card, draw
from bot.dialogue.engine import Engine
from bot.dialogue.flow import Register
from bot.dialogue.slots import usual_days
from bot.dialogue.turn import Button, Turn
from bot.flows.complete_activity import ask_outcome
from bot.flows.schedule_activity import tell_clashes
from bot.flows.show_agenda import neighbours
from bot.ports import Card
from domain.agenda import Activity, Importance, When, complete, reschedule, set_importance
from domain.calendar import next_working_day
from domain.permissions import activity_to_change

Args = dict[str, Any]


def register_activity_buttons(register: Register, engine: Engine) -> None:
    """What the buttons of an activity do."""

    def done(turn: Turn, card: Card, args: Args) -> None:
        activity = complete(turn.unit, turn.agent, activity_id=args["activity"])
        _redraw(turn, card, args)
        turn.wrote()
        turn.say("activity.completed_line", what=what(turn, activity))
        ask_outcome(engine, turn, activity)

    def move(turn: Turn, card: Card, args: Args) -> None:  # noqa: ARG001  the card stays as it is
        activity = activity_to_change(turn.unit, turn.agent, args["activity"])
        turn.add(turn.t("question.move", what=what(turn, activity), when=when(turn, activity)), *_ways(turn, activity))

    def move_to(turn: Turn, card: Card, args: Args) -> None:
        whither = When.of(datetime.fromisoformat(args["at"]) if "T" in args["at"] else date.fromisoformat(args["at"]))
        activity = reschedule(turn.unit, turn.agent, activity_id=args["activity"], when=whither)
        turn.edit(card, None)
        turn.wrote()
        turn.say("activity.moved", what=what(turn, activity), when=when(turn, activity))
        tell_clashes(turn, activity)

    def move_ask(turn: Turn, card: Card, args: Args) -> None:
        turn.edit(card, None)
        engine.open_form(turn, "reschedule_activity", {"activity_id": args["activity"]})

    def importance(turn: Turn, card: Card, args: Args) -> None:  # noqa: ARG001
        activity = activity_to_change(turn.unit, turn.agent, args["activity"])
        row = [
            Button(turn.t(f"importance.{one}"), "activity.importance_set", {"activity": activity.id, "to": one.value})
            for one in Importance
        ]
        turn.add(turn.t("question.importance", what=what(turn, activity)), row)

    def importance_set(turn: Turn, card: Card, args: Args) -> None:
        activity = set_importance(
            turn.unit, turn.agent, activity_id=args["activity"], importance=Importance(args["to"])
        )
        turn.edit(card, None)
        turn.wrote()
        turn.say("activity.importance_set", sign=turn.t(f"importance.{activity.importance}"), what=what(turn, activity))

    def show(turn: Turn, card: Card, args: Args) -> None:
        first, last = date.fromisoformat(args["first"]), date.fromisoformat(args["last"])
        text, rows = days_card(turn, first, last)
        turn.edit(card, text, *rows, neighbours(turn, first, last))

    register.press("activity.done", done)
    register.press("activity.move", move)
    register.press("activity.move_to", move_to)
    register.press("activity.move_ask", move_ask)
    register.press("activity.importance", importance)
    register.press("activity.importance_set", importance_set)
    register.press("agenda.show", show)


def _redraw(turn: Turn, card: Card, args: Args) -> None:
    """Show the list as it is now; a card that is no list loses its buttons."""
    view = args.get("view")
    if view is None:
        turn.edit(card, None)
        return
    text, rows = draw(turn, view)
    turn.edit(card, text, *rows)


def _ways(turn: Turn, activity: Activity) -> list[list[Button]]:
    """An hour later, the usual days, another time by words."""

    def to(label: str, at: date | datetime) -> Button:
        value = at.isoformat(timespec="minutes") if isinstance(at, datetime) else at.isoformat()
        return Button(label, "activity.move_to", {"activity": activity.id, "at": value})

    rows: list[list[Button]] = []
    if activity.starts_at:
        base = max(activity.starts_at, turn.unit.now.astimezone(UTC))
        later = turn.agent.local(base + timedelta(hours=1)).replace(tzinfo=None, second=0, microsecond=0)
        if later.date() == turn.today:
            rows.append([to(turn.t("btn.in_an_hour"), later)])
    days = [(label, day) for label, day in usual_days(turn) if day != activity.day]
    if activity.day < turn.today and _still_ahead_today(turn, activity):
        days.insert(0, (turn.t("btn.today"), turn.today))
    working = next_working_day(turn.unit, turn.agent, turn.today)
    if working not in {day for _, day in days}:
        days.insert(0, (turn.t("btn.next_working_day"), working))
    rows.append([to(label, day) for label, day in days])
    rows.append([Button(turn.t("btn.other_time"), "activity.move_ask", {"activity": activity.id})])
    return rows


def _still_ahead_today(turn: Turn, activity: Activity) -> bool:
    """Whether what was missed can still be done today: a day alone always, an hour (which it keeps) while ahead."""
    return activity.starts_at is None or turn.agent.local(activity.starts_at).time() > turn.now.time()
