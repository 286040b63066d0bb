"""The forecast: in words at once, and as a picture that an action server draws."""

from datetime import date
from typing import Any

from bot.cards.forecast import agents_text, chart_of, forecast_text
from bot.cards.pipeline import Spec
from bot.dialogue.flow import Flow, Values
from bot.dialogue.state import Form
from bot.dialogue.turn import Button, Turn
from bot.flows.colleagues import asked_of
from bot.flows.deal_values import month_end
from bot.flows.list_opportunities import OWN, whose
from bot.ports import Message, Priority, SendKind
from bot.understanding.acts import Act
from bot.understanding.folding import fold
from domain.pipeline import forecast
from domain.ports import Owners
from texts.catalog import Html

MONTHS = 3  # shown where no period is said
LONGEST = 24  # months that a chart can show
Fact = dict[str, Any]


class ShowForecast(Flow):
    """`show_forecast`."""

    intent = "show_forecast"
    writes = False
    repeatable = False

    def start(self, turn: Turn, act: Act) -> list[Values]:  # noqa: ARG002
        """Whether a director means the own deals is in the words alone."""
        return [dict(act.entities) | {"own": bool(OWN.search(fold(act.text)))}]

    def complete(self, turn: Turn, form: Form) -> None:
        """The months in words; the picture follows where there is something to see."""
        agent = asked_of(turn, form.values)
        if agent is None:
            return
        spec = whose(turn, form.values, agent.id)
        first, last = _period(turn, form.values)
        owners = Owners(None, everybody=True) if spec.get("everybody") else Owners(agent.id)
        months = forecast(turn.unit, turn.agent, owners, first=first, last=last)
        named = _named(turn, spec)
        if not months:
            turn.add(
                turn.t("forecast.empty", whose=named), [Button(turn.t("btn.deals_all"), "deals.show", {"filter": spec})]
            )
            return
        parts = [forecast_text(turn, months, first, last, whose=named)]
        if spec.get("everybody") and form.values.get("group_by") == "agent":
            each = [
                (one.name, forecast(turn.unit, turn.agent, Owners(one.id), first=first, last=last))
                for one in turn.unit.team.all()
            ]
            parts.append(agents_text(turn, each))
        turn.add(Html("\n\n").join(parts), [Button(turn.t("btn.deals_all"), "deals.show", {"filter": spec})])
        if any(one.month is not None for one in months):
            turn.unit.add_job(
                kind="forecast_chart",
                key=f"forecast_chart:{turn.unit.entry.id}",
                payload={"chart": chart_of(turn, months, first, last, whose=named)},
            )


def forecast_picture(turn: Turn, fact: Fact) -> None:
    """The picture is drawn: send it; where it could not be, the words have been sent anyway."""
    if fact.get("failed") or turn.agent.chat_id is None:
        turn.say("forecast.no_picture")
        return
    turn.unit.send(
        Message(
            chat_id=turn.agent.chat_id,
            kind=SendKind.PHOTO,
            payload={"caption": fact["title"]},
            priority=Priority.REPLY,
            file_id=fact["file_id"],
        )
    )


def _period(turn: Turn, values: Values) -> tuple[date, date]:
    """The days that were said, at most two years; else this month and the two after it."""
    said = values.get("period")
    if said:
        first, last = date.fromisoformat(said["from"]), date.fromisoformat(said["to"])
    elif values.get("time"):
        day = date.fromisoformat(values["time"]["value"][:10])
        first, last = min(day, turn.today).replace(day=1), month_end(day)
    else:
        first = turn.today.replace(day=1)
        last = _months_on(first, MONTHS - 1)
    return first, min(last, _months_on(first, LONGEST - 1))


def _months_on(first: date, count: int) -> date:
    """The end of the month that is `count` months after that of `first`."""
    month = first.month - 1 + count
    return month_end(date(first.year + month // 12, month % 12 + 1, 1))


def _named(turn: Turn, spec: Spec) -> Html:
    if spec.get("everybody"):
        return turn.t("pipeline.of_all")
    agent = turn.unit.team.get(spec["agent"]) if "agent" in spec else None
    return turn.t("pipeline.of_agent", agent=agent.name) if agent else Html("")
