"""The agent's deals: the pipeline by stage, narrowed by whatever the message says; the director sees everybody's."""

import re
from typing import Any

from bot.cards.pipeline import Spec, pipeline_card
from bot.dialogue.engine import Engine
from bot.dialogue.flow import Flow, Register, Values
from bot.dialogue.state import Form
from bot.dialogue.turn import Turn
from bot.flows.colleagues import asked_of, colleagues
from bot.flows.show_client import VisibleClientSlot
from bot.ports import Card
from bot.understanding.acts import Act
from bot.understanding.folding import fold
from domain.customers import find_by_name
from domain.opportunities import CLOSED_STAGES, Stage
from domain.permissions import visible_owners
from domain.team import Role

Args = dict[str, Any]
_IDLE = re.compile(
    r"\b(?:idle|untouched|neglected|stale|forgotten|inactiv\w*|neatins\w*|neglijat\w*|uitat\w*)\b|"
    r"\b(?:without|no|with no|fara)\b.{0,12}\b(?:next|activit\w*|follow|pas\w*)\b|"
    r"\b(?:nothing|nimic) (?:planned|scheduled|planificat|programat)\b"
)
_CLOSED = {
    Stage.WON: re.compile(r"\b(?:won|win|wins|signed|castigat\w*|semnat\w*)\b"),
    Stage.LOST: re.compile(r"\b(?:lost|lose|losses|pierdut\w*)\b"),
}
OWN = re.compile(r"\b(?:my|mine|own|mea|mele|meu|mei|proprii)\b")


def _names_client(_turn: Turn, form: Form) -> bool:
    return isinstance(form.values.get("client"), str)


class ListOpportunities(Flow):
    """`list_opportunities`."""

    intent = "list_opportunities"
    slots = (VisibleClientSlot(_names_client, addable=False),)
    writes = False

    def start(self, turn: Turn, act: Act) -> list[Values]:
        """What is said without an entity of its own: idle ones, the own ones; a name that is a colleague's is no client."""
        values = dict(act.entities)
        folded = fold(act.text)
        values["idle"] = bool(_IDLE.search(folded))
        values["own"] = bool(OWN.search(folded))
        for stage, said in _CLOSED.items():
            if said.search(folded):
                values.setdefault("stage", stage.value)
        name = values.get("client")
        if isinstance(name, str) and "agent" not in values and colleagues(turn, name):
            known = find_by_name(turn.unit, turn.agent, name, owners=visible_owners(turn.agent))
            if not known.exact:
                values["agent"] = values.pop("client")
        return [values]

    def complete(self, turn: Turn, form: Form) -> None:
        """The first page."""
        agent = asked_of(turn, form.values)
        if agent is None:
            return
        text, rows = pipeline_card(turn, whose(turn, form.values, agent.id) | _narrowed(form.values))
        turn.add(text, *rows)


def whose(turn: Turn, values: Values, agent_id: int) -> Spec:
    """The named agent's; a director who names nobody means everybody's, an agent the own ones."""
    if turn.agent.role is Role.DIRECTOR and not values.get("agent") and not values.get("own"):
        return {"everybody": True}
    return {} if agent_id == turn.agent.id else {"agent": agent_id}


def register_deal_list_buttons(register: Register, engine: Engine) -> None:
    """Another list, another page, a new deal."""

    def show(turn: Turn, card: Card, args: Args) -> None:  # noqa: ARG001  what stands above stays
        text, rows = pipeline_card(turn, args["filter"])
        turn.add(text, *rows)

    def page(turn: Turn, card: Card, args: Args) -> None:
        text, rows = pipeline_card(turn, args["filter"], offset=args["offset"])
        turn.edit(card, text, *rows)

    def new(turn: Turn, card: Card, args: Args) -> None:  # noqa: ARG001
        engine.open_form(turn, "create_opportunity", {})

    def forecast(turn: Turn, card: Card, args: Args) -> None:  # noqa: ARG001
        agent = turn.unit.team.get(args["filter"]["agent"]) if "agent" in args["filter"] else None
        engine.open_form(turn, "show_forecast", {"agent": agent.name} if agent else {})

    register.press("deals.show", show)
    register.press("deals.page", page)
    register.press("deals.new", new)
    register.press("deals.forecast", forecast)


def _narrowed(values: Values) -> Spec:
    """The act's values as a spec; of what is closed the days are those of the signature or the loss."""
    spec: Spec = {}
    stage = values.get("stage")
    if stage:
        spec["stages"] = [stage]
    if values.get("group_by") in {"client", "agent"}:
        spec["group_by"] = values["group_by"]
    for name, key in (("model", "model"), ("source", "source"), ("customer_id", "customer")):
        if isinstance(values.get(name), str | int):
            spec[key] = values[name]
    for name, key in (("min_amount", "least"), ("max_amount", "most")):
        if values.get(name):
            spec[key] = values[name]
    if values.get("idle"):
        spec["idle"] = True
    days = values.get("period")
    if values.get("time"):
        day = values["time"]["value"][:10]
        days = {"from": day, "to": day}
    if days and stage in {closed.value for closed in CLOSED_STAGES}:
        spec["closed"] = [days["from"], days["to"]]
    elif days:
        spec |= {"first": days["from"], "last": days["to"]}
    return spec
