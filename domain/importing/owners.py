"""Whose the customers of a file become."""

from domain.names import words
from domain.ports import UnitOfWork
from domain.team import Agent, AgentStatus, Role


class ImportOwners:
    """Whose a row becomes: the actor's, unless the director's file names somebody else."""

    def __init__(self, uow: UnitOfWork, actor: Agent) -> None:
        self._actor = actor
        self._team: list[Agent] | None = None
        self._uow = uow

    def of(self, named: str) -> tuple[Agent, str]:
        """The agent, and a warning where the name in the file does not decide."""
        wanted = frozenset(words(named))
        if not wanted or self._actor.role is not Role.DIRECTOR or wanted == frozenset(words(self._actor.name)):
            return self._actor, ""
        if self._team is None:
            self._team = [agent for agent in self._uow.team.all() if agent.status is AgentStatus.ACTIVE]
        found = [agent for agent in self._team if frozenset(words(agent.name)) == wanted]
        return (found[0], "") if len(found) == 1 else (self._actor, "owner_unknown")
