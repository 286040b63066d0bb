"""The agenda of a day or several, and what is overdue, as a message that is drawn again after each press."""

from collections.abc import Sequence
from datetime import date

from bot.cards.activities import line, line_buttons
from bot.cards.deal_neglect import neglected_lines
from bot.dialogue.turn import Button, Turn
from domain.agenda import Activity, Importance, agenda_of, overdue
from domain.team import Agent
from texts.catalog import Html

LINES_WITH_BUTTONS = 20  # two buttons a line; more would bury the text
View = dict[str, str]


def days_view(first: date, last: date) -> View:
    """The view of the days from `first` to `last`, both included."""
    return {"name": "days", "first": first.isoformat(), "last": last.isoformat()}


OVERDUE_VIEW: View = {"name": "overdue"}


def draw(turn: Turn, view: View) -> tuple[Html, list[list[Button]]]:
    """Text and buttons of a view as things stand now."""
    if view["name"] == "overdue":
        return overdue_card(turn)
    if view["name"] == "morning":
        return morning_card(turn, date.fromisoformat(view["first"]))
    return days_card(turn, date.fromisoformat(view["first"]), date.fromisoformat(view["last"]))


def days_card(turn: Turn, first: date, last: date, of: Agent | None = None) -> tuple[Html, list[list[Button]]]:
    """The agenda of a day, or of several with a heading for each; a colleague's is read, not changed."""
    view = days_view(first, last)
    agent = of or turn.agent
    items = agenda_of(turn.unit, agent, first, last)
    heading = (
        turn.t("agenda.day", day=turn.formats.day_long(first))
        if first == last
        else turn.t("agenda.days", period=turn.formats.period(first, last, turn.today))
    )
    if agent is not turn.agent:
        heading = turn.t("agenda.of_agent", agent=agent.name, heading=heading)
    if not items:
        return Html(f"{heading}\n{turn.t('agenda.empty')}"), []
    lines, rows = _lines(turn, items, view, headings=first != last)
    if any(item.importance is not Importance.NORMAL for item in items):
        lines += ["", turn.t("agenda.legend")]
    return Html("\n".join([str(heading), *lines])), rows if agent is turn.agent else []


def overdue_card(turn: Turn) -> tuple[Html, list[list[Button]]]:
    """What is overdue, oldest first."""
    items = overdue(turn.unit, turn.agent)
    if not items:
        return turn.t("overdue.none"), []
    lines, rows = _lines(turn, items, OVERDUE_VIEW, dated=True)
    return Html("\n".join([str(turn.n("overdue.heading", len(items))), *lines])), rows


def morning_card(turn: Turn, day: date) -> tuple[Html, list[list[Button]]]:
    """The morning's message: the day's agenda, what is overdue, and the deals that nobody looks after."""
    view = {"name": "morning", "first": day.isoformat()}
    items = agenda_of(turn.unit, turn.agent, day, day)
    missed = [item for item in overdue(turn.unit, turn.agent) if item.day < day]
    parts: list[str] = [turn.t("morning.heading", name=turn.agent.name.split()[0], day=turn.formats.day_long(day))]
    rows: list[list[Button]] = []
    if items:
        lines, rows = _lines(turn, items, view)
        parts += [*lines]
    else:
        parts.append(turn.t("agenda.empty"))
    if missed:
        lines, more = _lines(turn, missed, view, dated=True, start=len(items) + 1)
        parts += ["", turn.n("overdue.heading", len(missed)), *lines]
        rows += more
    neglected, answers = neglected_lines(turn, view, start=len(items) + len(missed) + 1)
    parts += neglected
    rows += answers
    return Html("\n".join(parts)), rows


def _lines(
    turn: Turn,
    items: Sequence[Activity],
    view: View,
    *,
    headings: bool = False,
    dated: bool = False,
    start: int = 1,
) -> tuple[list[str], list[list[Button]]]:
    lines: list[str] = []
    rows: list[list[Button]] = []
    day = None
    for number, item in enumerate(items, start=start):
        if headings and item.day != day:
            day = item.day
            lines += ["", turn.t("agenda.day", day=turn.formats.day_long(day))]
        lines.append(f"{number}. {line(turn, item, dated=dated)}")
        if number < start + LINES_WITH_BUTTONS:
            rows.append(line_buttons(turn, item, number=number, view=view))
    return lines, rows
