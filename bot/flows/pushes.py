"""What is pushed unasked: the morning's agenda, a reminder ahead of an appointment, a to-do that falls due.

The scheduler gave a fact; what is said is read from the agenda as it is now, and nothing is said where the fact has
been overtaken (done, moved, cancelled).
"""

import html
from datetime import date, datetime
from typing import Any

from bot.cards.activities import customer_of, what, when
from bot.cards.agenda import morning_card
from bot.cards.client import whatsapp
from bot.dialogue.turn import Button, Turn
from bot.ports import Priority
from domain.agenda import Activity, Status
from domain.calendar import is_absent, within_hours

Fact = dict[str, Any]


def agenda(turn: Turn, fact: Fact) -> None:
    """The morning's message; not when its day is over."""
    day = date.fromisoformat(fact["local_date"])
    if day != turn.today or is_absent(turn.unit, turn.agent, day):
        return
    turn.priority = Priority.BULK
    text, rows = morning_card(turn, day)
    turn.add(text, *rows)


def reminder(turn: Turn, fact: Fact) -> None:
    """Ahead of an appointment, with a text to confirm it."""
    activity = _still(turn, fact)
    if activity is None or activity.starts_at is None or activity.starts_at <= turn.unit.now:
        return
    customer = customer_of(turn, activity)
    rows: list[list[Button]] = []
    phone = ""
    if customer and customer.phones:
        phone = turn.formats.phone(customer.phones[0].e164)
        hour = turn.formats.clock(turn.agent.local(activity.starts_at).time())
        words = html.unescape(turn.t(f"confirm.{activity.kind}", hour=hour, agent=turn.agent.name))
        rows.append([Button(turn.t("btn.confirm_whatsapp"), url=whatsapp(customer.phones[0].e164, words))])
    rows.append([Button(turn.t("btn.done"), "activity.done", {"activity": activity.id}), _move(turn, activity)])
    turn.priority = Priority.BULK
    turn.add(
        turn.t(
            "push.reminder",
            sign=turn.t(f"sign.{activity.importance}"),
            what=what(turn, activity),
            when=when(turn, activity),
            phone=f"\n{phone}" if phone else "",
        ),
        *rows,
    )


def todo(turn: Turn, fact: Fact) -> None:
    """A to-do with an hour, when it falls due."""
    activity = _still(turn, fact)
    if activity is None:
        return
    customer = customer_of(turn, activity)
    phone = turn.formats.phone(customer.phones[0].e164) if customer and customer.phones else ""
    turn.priority = Priority.BULK
    turn.add(
        turn.t(
            "push.todo",
            sign=turn.t(f"sign.{activity.importance}"),
            what=what(turn, activity),
            phone=f"\n{phone}" if phone else "",
        ),
        [Button(turn.t("btn.done"), "activity.done", {"activity": activity.id}), _move(turn, activity)],
    )


def _move(turn: Turn, activity: Activity) -> Button:
    return Button(turn.t("btn.move"), "activity.move", {"activity": activity.id})


def _still(turn: Turn, fact: Fact) -> Activity | None:
    """The activity, if it is still planned for that time and the agent is at work."""
    activity = turn.unit.activities.get(fact["activity"])
    if activity is None or activity.status is not Status.PLANNED or activity.starts_at is None:
        return None
    if activity.starts_at != datetime.fromisoformat(fact["starts_at"]):
        return None
    if is_absent(turn.unit, turn.agent, turn.today) or not within_hours(turn.agent, turn.unit.now):
        return None
    return activity
