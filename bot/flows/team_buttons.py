"""What the director does by the buttons of the team's card: nothing of it by words, so that none is misheard."""

from typing import Any

from bot.cards.portfolio import tell
from bot.cards.team import agent_card, team_card
from bot.dialogue.engine import Engine
from bot.dialogue.flow import Register
from bot.dialogue.turn import Button, Turn
from bot.flows.list_clients import ListFilter, clients_page
from bot.ports import Card
from domain.errors import NotFoundError
from domain.permissions import require_director
from domain.portfolio import count_of
from domain.staff import name_deputy, reactivate, suspend
from domain.team import Agent

Args = dict[str, Any]


def deputy_named(turn: Turn, fact: Args) -> None:
    """Somebody hears that they decide in the director's place, or no longer do; not where that changed since."""
    named = fact["deputy"]
    if turn.agent.deputy is named:
        turn.say("deputy.you_are" if named else "deputy.you_were")


def back_in(turn: Turn, fact: Args) -> None:  # noqa: ARG001
    """Somebody is let in again."""
    turn.say("team.back_in")


def register_team_buttons(register: Register, engine: Engine) -> None:
    """Look at the team and at one person, invite, hand the customers over; then what changes a person."""
    _register_changes(register)

    def show(turn: Turn, card: Card, args: Args) -> None:  # noqa: ARG001
        text, rows = team_card(turn)
        turn.edit(card, text, *rows)

    def opened(turn: Turn, card: Card, args: Args) -> None:
        _agent(turn, args)
        _shown(turn, card, args)

    def clients(turn: Turn, card: Card, args: Args) -> None:  # noqa: ARG001  the card stays
        agent = _agent(turn, args)
        text, rows = clients_page(turn, ListFilter(portfolio="personal", agent_id=agent.id), offset=0)
        turn.add(text, *rows)

    def hand_over(turn: Turn, card: Card, args: Args) -> None:  # noqa: ARG001  the card stays
        agent = _agent(turn, args)
        engine.open_form(turn, "assign_client", {"from_agent": agent.id})

    def invite(turn: Turn, card: Card, args: Args) -> None:  # noqa: ARG001  the card stays
        require_director(turn.agent)
        engine.open_form(turn, "invite_agent", {})

    register.press("team.show", show)
    register.press("team.open", opened)
    register.press("team.clients", clients)
    register.press("team.hand_over", hand_over)
    register.press("team.invite", invite)


def _register_changes(register: Register) -> None:
    """Suspend and let in again, each after a confirmation; make or end the deputy."""

    def ask_suspend(turn: Turn, card: Card, args: Args) -> None:
        agent = _agent(turn, args)
        _confirm(turn, card, args, key="team.suspend_confirm", label="btn.suspend_now", do="team.suspend_do", of=agent)

    def ask_reactivate(turn: Turn, card: Card, args: Args) -> None:
        agent = _agent(turn, args)
        label, do = "btn.reactivate_now", "team.reactivate_do"
        _confirm(turn, card, args, key="team.reactivate_confirm", label=label, do=do, of=agent)

    def suspended(turn: Turn, card: Card, args: Args) -> None:
        agent = suspend(turn.unit, turn.agent, agent_id=args["agent"])
        turn.unit.cut_off(agent)
        turn.wrote()
        _shown(turn, card, args)
        left = count_of(turn.unit, turn.agent, agent_id=agent.id)
        button = Button(turn.t("btn.hand_over_all"), "team.hand_over", args)
        said = turn.t("team.suspended_done", name=agent.name)
        turn.add(said)
        if left:
            turn.add(turn.n("team.clients_left", left, name=agent.name), [button])

    def reactivated(turn: Turn, card: Card, args: Args) -> None:
        agent = reactivate(turn.unit, turn.agent, agent_id=args["agent"])
        turn.wrote()
        _shown(turn, card, args)
        turn.say("team.reactivated_done", name=agent.name)
        tell(turn, agent, {"kind": "back_in"})

    def deputy(turn: Turn, card: Card, args: Args) -> None:
        agent = name_deputy(turn.unit, turn.agent, agent_id=args["agent"], deputy=args["deputy"])
        turn.wrote()
        _shown(turn, card, args)
        turn.say("deputy.named" if agent.deputy else "deputy.ended", name=agent.name)
        tell(turn, agent, {"kind": "deputy_named", "deputy": agent.deputy})

    register.press("team.suspend", ask_suspend)
    register.press("team.suspend_do", suspended)
    register.press("team.reactivate", ask_reactivate)
    register.press("team.reactivate_do", reactivated)
    register.press("team.deputy", deputy)


def _shown(turn: Turn, card: Card, args: Args) -> None:
    text, rows = agent_card(turn, args["agent"])
    turn.edit(card, text, *rows)


def _confirm(turn: Turn, card: Card, args: Args, *, key: str, label: str, do: str, of: Agent) -> None:
    turn.edit(
        card,
        turn.t(key, name=of.name),
        [Button(turn.t(label), do, args)],
        [Button(turn.t("btn.leave"), "team.open", args)],
    )


def _agent(turn: Turn, args: Args) -> Agent:
    require_director(turn.agent)
    agent = turn.unit.team.get(args["agent"])
    if agent is None:
        raise NotFoundError
    return agent
