"""Whose agenda or clients a message asks for: the own ones, or a colleague's where the director asks."""

from bot.dialogue.flow import Values
from bot.dialogue.turn import Turn
from domain.names import stems, words
from domain.team import Agent, Role


def asked_of(turn: Turn, values: Values) -> Agent | None:
    """The agent who is named, else the one who asks; None, having said why, where that is refused or unclear."""
    typed = values.get("agent")
    if not isinstance(typed, str):
        return turn.agent
    found = colleagues(turn, typed)
    if len(found) != 1:
        team = turn.unit.team.all()
        turn.say("agent.unknown", name=typed, team=turn.formats.list_of([agent.name for agent in team]))
    elif found[0].id != turn.agent.id and turn.agent.role is not Role.DIRECTOR:
        turn.say("agent.own_only", name=found[0].name)
    else:
        return found[0]
    return None


def colleagues(turn: Turn, typed: str) -> list[Agent]:
    """Everybody of the team whom the typed name may mean."""
    said = words(typed)
    team = turn.unit.team.all() if said else ()
    return [agent for agent in team if all(stems(word) & set(words(agent.name)) for word in said)]
