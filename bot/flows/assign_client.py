"""The director hands customers over: one or several by name, or all of an agent's after a look at how many they are."""

from collections.abc import Sequence
from typing import Any

from bot.cards.activities import who
from bot.cards.portfolio import with_owner
from bot.dialogue.engine import Engine
from bot.dialogue.flow import Flow, Register, Values, per_client
from bot.dialogue.slots import ClientSlot, Slot, answer_button
from bot.dialogue.state import Form
from bot.dialogue.turn import Button, Turn
from bot.flows.colleagues import colleagues
from bot.flows.handovers import tell_handover
from bot.ports import Card
from bot.understanding.acts import Act
from bot.understanding.folding import fold
from bot.understanding.lexicon import lexicon
from domain.permissions import customer_to_see, require_director
from domain.portfolio import assign_customer, count_of
from domain.team import Agent, AgentStatus, Role
from texts.catalog import Html

Args = dict[str, Any]
COMPANY = 0  # in the place of an agent's id


def _is_director(turn: Turn, form: Form) -> bool:  # noqa: ARG001
    return turn.agent.role is Role.DIRECTOR


def _names_client(turn: Turn, form: Form) -> bool:
    """Whether customers are meant one by one; whoever may not hand over is asked for nothing."""
    return _is_director(turn, form) and not _all_of(form)


def _all_of(form: Form) -> str | int | None:
    """The agent all of whose customers are meant: a name that was typed, an id that was pressed."""
    meant = form.values.get("from_agent")
    named = form.values.get("client") or form.values.get("customer_id")
    return meant if isinstance(meant, str | int) and not named else None


class AgentSlot(Slot):
    """Who gets the customers: an active colleague, or the company portfolio."""

    name = "agent_id"
    question = "agent"

    def __init__(self) -> None:
        super().__init__(_is_director)

    def fill(self, turn: Turn, form: Form) -> bool:
        """A name that one colleague alone bears."""
        if form.values.get(self.name) is not None:
            return True
        typed = form.values.get("agent")
        if isinstance(typed, str):
            found = colleagues(turn, typed)
            if len(found) == 1:
                form.values[self.name] = found[0].id
        elif any(place.value == "company" for place in lexicon("portfolio").find(fold(form.text))):
            form.values[self.name] = COMPANY
        return form.values.get(self.name) is not None

    def accept(self, form: Form, value: Any) -> None:
        """A typed name."""
        form.values["agent"] = value[0] if isinstance(value, list) else value

    def forget(self, form: Form) -> None:
        """Drop name and agent."""
        for key in (self.name, "agent"):
            form.values.pop(key, None)

    def words(self, turn: Turn, form: Form) -> Html:
        """Who, or that nobody is called so."""
        typed = form.values.get("agent")
        return turn.t("question.agent_unknown", name=typed) if isinstance(typed, str) else turn.t("question.agent")

    def buttons(self, turn: Turn, form: Form) -> Sequence[Sequence[Button]]:
        """The team, then the company portfolio."""
        team = [one for one in turn.unit.team.all() if one.status is AgentStatus.ACTIVE]
        rows = [[answer_button(one.name, form, self.name, {self.name: one.id})] for one in team]
        return [*rows, [answer_button(turn.t("btn.to_company"), form, self.name, {self.name: COMPANY})]]


class AssignClient(Flow):
    """`assign_client`."""

    intent = "assign_client"
    slots = (ClientSlot(_names_client, addable=False), AgentSlot())

    def start(self, turn: Turn, act: Act) -> list[Values]:  # noqa: ARG002
        """One run a name: each is told and looked up by itself."""
        return per_client(act.entities)

    def complete(self, turn: Turn, form: Form) -> None:
        """Hand over; all of an agent's are shown first."""
        require_director(turn.agent)
        to = form.values["agent_id"] or None
        meant = _all_of(form)
        if meant is not None:
            _all_card(turn, meant, to)
            return
        done = assign_customer(turn.unit, turn.agent, customer_id=form.values["customer_id"], agent_id=to)
        turn.wrote()
        turn.say("assign.done", names=who(turn, done.customer), owner=with_owner(turn, done.customer))
        tell_handover(turn, done)


def _all_card(turn: Turn, meant: str | int, to: int | None) -> None:
    team = turn.unit.team.all()
    found = colleagues(turn, meant) if isinstance(meant, str) else [one for one in team if one.id == meant]
    if len(found) != 1:
        turn.say("agent.unknown", name=str(meant), team=turn.formats.list_of([agent.name for agent in team]))
        return
    count = count_of(turn.unit, turn.agent, agent_id=found[0].id)
    if found[0].id == to:
        turn.say("error.assigned_already")
    elif not count:
        turn.say("clients.none_agent", agent=found[0].name)
    else:
        args = {"from": found[0].id, "to": to}
        text = turn.n("assign.all_confirm", count, agent=found[0].name, owner=owner_words(turn, to))
        turn.add(
            text,
            [Button(turn.t("btn.assign_all"), "clients.assign_all", args)],
            [Button(turn.t("btn.leave"), "client.leave")],
        )


def owner_words(turn: Turn, agent_id: int | None) -> Html:
    """With whom, in words: an agent or the company portfolio."""
    agent: Agent | None = turn.unit.team.get(agent_id) if agent_id else None
    return turn.t("portfolio.of_agent", agent=agent.name) if agent else turn.t("portfolio.of_company")


def assigned_all(turn: Turn, fact: dict[str, Any]) -> None:
    """What became of handing over all of an agent's customers; both agents hear of it."""
    if fact.get("failed"):
        turn.say(f"error.{fact.get('code', 'refused')}", **fact.get("values", {}))
        return
    before = turn.unit.team.get(fact["from"])
    if fact["customers"]:
        turn.wrote()
    name = before.name if before else ""
    turn.add(turn.n("assign.all_done", fact["customers"], agent=name, owner=owner_words(turn, fact["to"])))
    said = {"kind": "clients_moved", "customers": fact["customers"], "from": fact["from"], "to": fact["to"]}
    for agent in (before, turn.unit.team.get(fact["to"]) if fact["to"] else None):
        if agent and agent.id != turn.agent.id and agent.telegram_user_id is not None:
            turn.unit.notify(person=agent.telegram_user_id, payload=said)


def clients_moved(turn: Turn, fact: dict[str, Any]) -> None:
    """All of a colleague's customers came, or all of one's own went."""
    if fact["from"] == turn.agent.id:
        turn.add(turn.n("assign.all_gone", fact["customers"], owner=owner_words(turn, fact["to"])))
    else:
        turn.add(turn.n("assign.all_come", fact["customers"], owner=owner_words(turn, fact["from"])))


def register_assign_buttons(register: Register, engine: Engine) -> None:
    """From the card of a customer, and all of an agent's."""

    def assign(turn: Turn, card: Card, args: Args) -> None:  # noqa: ARG001  the card stays
        require_director(turn.agent)
        customer = customer_to_see(turn.unit, turn.agent, args["customer"])
        engine.open_form(turn, AssignClient.intent, {"customer_id": customer.id})

    def assign_all(turn: Turn, card: Card, args: Args) -> None:
        require_director(turn.agent)
        turn.edit(card, None)
        payload = {"from": args["from"], "to": args["to"]}
        turn.unit.add_job(kind="assign_clients", key=f"assign:{turn.unit.entry.id}", payload=payload)
        turn.say("assign.all_started")

    register.press("client.assign_to", assign)
    register.press("clients.assign_all", assign_all)
