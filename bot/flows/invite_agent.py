"""The director lets somebody in: a code for one use, to be handed on, and the link that carries it."""

import re
from collections.abc import Callable

from bot.dialogue.flow import Flow, Values
from bot.dialogue.slots import TextSlot, capitalised
from bot.dialogue.state import Form
from bot.dialogue.turn import Turn
from bot.understanding.acts import Act
from bot.understanding.folding import fold
from domain.permissions import require_director
from domain.staff import invite_agent
from domain.team import CODE_VALID_FOR, Role

JoinLink = Callable[[str], str]
_DIRECTOR = re.compile(
    r"\b(?:as|ca|for|pentru|rol\w*|role|new|add|invite|invita|adauga)\b.{0,20}\b(?:direct(?:or|oare)|manager)\w*"
)


def _is_director(turn: Turn, form: Form) -> bool:  # noqa: ARG001
    return turn.agent.role is Role.DIRECTOR


class InviteAgent(Flow):
    """`invite_agent`."""

    intent = "invite_agent"
    slots = (TextSlot("agent", key="question.invite_name", question="name", needed=_is_director),)
    writes = False  # an invitation is not taken back; it ends by itself
    repeatable = False

    def __init__(self, join_link: JoinLink | None = None) -> None:
        self._join_link = join_link

    def start(self, turn: Turn, act: Act) -> list[Values]:  # noqa: ARG002
        """One invitation a name."""
        names = act.entities.get("agent")
        return [{"agent": name} for name in names] if isinstance(names, list) else [dict(act.entities)]

    def complete(self, turn: Turn, form: Form) -> None:
        """Say code and link, which nobody can show again."""
        require_director(turn.agent)
        name = capitalised(str(form.values["agent"]))
        role = Role.DIRECTOR if _DIRECTOR.search(fold(form.text)) else Role.AGENT
        code = invite_agent(turn.unit, turn.agent, name=name, role=role)
        turn.say("invite.done", name=name, role=turn.t(f"role.{role}"), code=code, days=CODE_VALID_FOR.days)
        if self._join_link is not None:
            turn.say("invite.link", link=self._join_link(code))
