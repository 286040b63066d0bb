"""Agents, invitations and join attempts."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from domain.names import display_order
from domain.team import Agent, Invitation, JoinAttempts, Role
from storage.tables import business as t
from storage.tables import queues as q


class Team:
    """`domain.ports.TeamRepository`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, agent: Agent) -> None:
        self._session.add(agent)

    def get(self, agent_id: int) -> Agent | None:
        return self._session.get(Agent, agent_id)

    def by_telegram(self, telegram_user_id: int) -> Agent | None:
        return self._session.scalar(sa.select(Agent).where(t.agents.c.telegram_user_id == telegram_user_id))

    def all(self) -> Sequence[Agent]:
        everybody = self._session.scalars(sa.select(Agent).order_by(t.agents.c.id))
        return sorted(everybody, key=lambda agent: display_order(agent.name))

    def hold_directors(self) -> Sequence[Agent]:
        query = sa.select(Agent).where(t.agents.c.role == Role.DIRECTOR).order_by(t.agents.c.id).with_for_update()
        return self._session.scalars(query, execution_options={"populate_existing": True}).all()

    def last_active(self) -> Mapping[int, datetime]:
        talked = q.conversations.c
        query = (
            sa.select(t.agents.c.id, talked.active_at)
            .join(q.conversations, talked.person == t.agents.c.telegram_user_id)
            .where(talked.active_at.is_not(None))
        )
        return {row.id: row.active_at for row in self._session.execute(query)}

    def add_invitation(self, invitation: Invitation) -> None:
        self._session.add(invitation)

    def invitation(self, code_hash: str) -> Invitation | None:
        # Locked, so that two who type one code at once do not both join.
        query = sa.select(Invitation).where(t.invitations.c.code_hash == code_hash).with_for_update()
        return self._session.scalar(query)

    def join_attempts(self, telegram_user_id: int) -> JoinAttempts:
        """The row of this account, made when there is none."""
        attempts = self._session.get(JoinAttempts, telegram_user_id)
        if attempts is None:
            attempts = JoinAttempts(telegram_user_id)
            self._session.add(attempts)
        return attempts
