"""Days on which nobody is pushed: absences, the own or a colleague's, and closures of the house."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from bot.cards.portfolio import tell_directors
from bot.cards.team import absences_card, closures_card, period
from bot.dialogue.engine import Engine
from bot.dialogue.flow import Flow, Register
from bot.dialogue.slots import Slot, answer_button, usual_days
from bot.dialogue.state import Form
from bot.dialogue.turn import Button, Turn
from bot.ports import Card
from domain.errors import NotFoundError
from domain.staff import add_absence, close_house, end_absence, open_house
from domain.team import Agent
from texts.catalog import Html

Args = dict[str, Any]


class FirstDay(Slot):
    """The first of some days; an answer such as "from monday to friday" gives the last one too."""

    name = "first"
    question = "time"

    def accept(self, form: Form, value: Any) -> None:
        """A day, or a period."""
        if "from" in value:
            form.values["first"], form.values["last"] = value["from"], value["to"]
        else:
            form.values[self.name] = value["value"][:10]

    def words(self, turn: Turn, form: Form) -> Html:  # noqa: ARG002
        """From when."""
        return turn.t("question.first_day")

    def buttons(self, turn: Turn, form: Form) -> Sequence[Sequence[Button]]:
        """Today and the usual days."""
        days = [(Html(turn.formats.day(turn.today, turn.today)), turn.today), *usual_days(turn)]
        found = [answer_button(label, form, self.name, {self.name: day.isoformat()}) for label, day in days]
        return [found[at : at + 2] for at in range(0, len(found), 2)]


class LastDay(FirstDay):
    """The last of them."""

    name = "last"

    def words(self, turn: Turn, form: Form) -> Html:
        """Until when."""
        return turn.t("question.last_day", first=turn.formats.day(_day(form, "first"), turn.today))

    def buttons(self, turn: Turn, form: Form) -> Sequence[Sequence[Button]]:
        """That day alone, the week's Friday, a week, two weeks."""
        first = _day(form, "first")
        ends = {
            first,
            first + timedelta(days=max(0, 4 - first.weekday())),
            *(first + timedelta(days=n) for n in (6, 13)),
        }
        found = [
            answer_button(turn.formats.day(day, turn.today), form, self.name, {self.name: day.isoformat()})
            for day in sorted(ends)
        ]
        return [found[at : at + 2] for at in range(0, len(found), 2)]


class AddAbsence(Flow):
    """Somebody is away, by the button alone."""

    intent = "add_absence"
    slots = (FirstDay(), LastDay())
    repeatable = False
    retry = {"days_order": "last", "days_past": "first", "days_many": "last"}

    def complete(self, turn: Turn, form: Form) -> None:
        """Keep it; the directors hear of an agent's own."""
        first, last = _day(form, "first"), _day(form, "last")
        absence = add_absence(turn.unit, turn.agent, agent_id=form.values["agent_id"], first=first, last=last)
        turn.wrote()
        days = period(turn, absence)
        if absence.agent_id == turn.agent.id:
            turn.say("absence.added_own", days=days)
            tell_directors(turn, {"kind": "absence_told", "absence": absence.id})
        else:
            turn.say("absence.added", name=_named(turn, absence.agent_id).name, days=days)


class CloseHouse(Flow):
    """The house is closed, by the director's button alone."""

    intent = "close_house"
    slots = (FirstDay(), LastDay())
    repeatable = False
    retry = AddAbsence.retry

    def complete(self, turn: Turn, form: Form) -> None:
        """Keep the days."""
        added = close_house(turn.unit, turn.agent, first=_day(form, "first"), last=_day(form, "last"))
        turn.wrote()
        turn.say("closure.added", days=turn.formats.list_of([turn.formats.day(one.day, turn.today) for one in added]))


def absence_told(turn: Turn, fact: Args) -> None:
    """A director hears that somebody will be away, unless that was taken back."""
    absence = turn.unit.calendar.absence(fact["absence"])
    if absence is not None:
        turn.say("absence.told", name=_named(turn, absence.agent_id).name, days=period(turn, absence))


def register_absence_buttons(register: Register, engine: Engine) -> None:
    """Lists, new ones, ends."""

    def listed(turn: Turn, card: Card, args: Args) -> None:  # noqa: ARG001  the card stays
        text, rows = absences_card(turn, _named(turn, args.get("agent", turn.agent.id)))
        turn.add(text, *rows)

    def added(turn: Turn, card: Card, args: Args) -> None:
        turn.edit(card, None)
        engine.open_form(turn, AddAbsence.intent, {"agent_id": args["agent"]})

    def ended(turn: Turn, card: Card, args: Args) -> None:
        agent = end_absence(turn.unit, turn.agent, absence_id=args["absence"])
        turn.edit(card, None)
        turn.wrote()
        turn.say("absence.ended", name=agent.name)

    def closures(turn: Turn, card: Card, args: Args) -> None:  # noqa: ARG001  the card stays
        text, rows = closures_card(turn)
        turn.add(text, *rows)

    def close(turn: Turn, card: Card, args: Args) -> None:  # noqa: ARG001
        turn.edit(card, None)
        engine.open_form(turn, CloseHouse.intent, {})

    def reopen(turn: Turn, card: Card, args: Args) -> None:
        day = open_house(turn.unit, turn.agent, closure_id=args["closure"])
        turn.edit(card, None)
        turn.wrote()
        turn.say("closure.opened", day=turn.formats.day(day, turn.today))

    register.press("absence.list", listed)
    register.press("absence.new", added)
    register.press("absence.end", ended)
    register.press("closure.list", closures)
    register.press("closure.new", close)
    register.press("closure.open", reopen)


def _named(turn: Turn, agent_id: int) -> Agent:
    agent = turn.unit.team.get(agent_id)
    if agent is None:
        raise NotFoundError
    return agent


def _day(form: Form, name: str) -> date:
    return date.fromisoformat(form.values[name])
