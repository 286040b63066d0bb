"""The agenda of today, of a day, of a week."""

from contextlib import suppress
from datetime import date, timedelta

from bot.cards.agenda import days_card
from bot.dialogue.flow import Flow
from bot.dialogue.slots import when_of
from bot.dialogue.state import Form
from bot.dialogue.turn import Button, Turn
from bot.flows.colleagues import asked_of

LONGEST = timedelta(days=62)


class ShowAgenda(Flow):
    """`show_agenda`."""

    intent = "show_agenda"
    writes = False

    def complete(self, turn: Turn, form: Form) -> None:
        """Today unless the message says otherwise."""
        values = form.values
        agent = asked_of(turn, values)
        if agent is None:
            return
        if period := values.get("period"):
            first, last = date.fromisoformat(period["from"]), date.fromisoformat(period["to"])
            last = first + min(last - first, LONGEST)
        elif values.get("time"):
            first = last = when_of(values["time"]).day
        else:
            first = last = turn.today
        text, rows = days_card(turn, first, last, agent)
        turn.add(text, *rows, *([neighbours(turn, first, last)] if agent is turn.agent else []))


def neighbours(turn: Turn, first: date, last: date) -> list[Button]:
    """Earlier and later by as many days as are shown."""
    days = (last - first).days + 1
    ways = []
    for label, step in (("btn.earlier", -days), ("btn.later", days)):
        with suppress(ValueError):  # the calendar ends with the year 9999
            shown = [date.fromordinal(day.toordinal() + step).isoformat() for day in (first, last)]
            ways.append(Button(turn.t(label), "agenda.show", {"first": shown[0], "last": shown[1]}))
    return ways
