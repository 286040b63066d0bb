"""Where deals stand, and how they came there."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from domain.opportunities import OPEN_STAGES
from domain.reports.queries import Scope, StageMoves, StageNow
from storage.reports.parts import CURRENCY, deal, deals_from, of_deals, seconds_of
from storage.tables import business as t


class StageQueries:
    """Of `domain.reports.queries.ReportQueries`."""

    _session: Session

    def stages_now(self, scope: Scope) -> Sequence[StageNow]:
        """Open deals by agent, stage and currency."""
        net = sa.func.coalesce(deal.net_minor, 0)
        query = (
            sa.select(
                deal.owner_id,
                deal.stage,
                CURRENCY,
                sa.func.count(),
                sa.func.sum(net),
                sa.func.sum(net * deal.probability),
            )
            .select_from(deals_from())
            .where(*of_deals(scope), deal.stage.in_(OPEN_STAGES))
            .group_by(deal.owner_id, deal.stage, CURRENCY)
        )
        return [
            StageNow(owner, stage, currency, count, int(value), int(weighted))
            for owner, stage, currency, count, value, weighted in self._session.execute(query)
        ]

    def stage_moves(self, scope: Scope, *, start: datetime, end: datetime, now: datetime) -> Sequence[StageMoves]:
        """Each change is paired with the deal's next one; who has none is still there."""
        change = t.stage_changes.c
        moves = (
            sa.select(
                deal.owner_id,
                change.after.label("stage"),
                change.at,
                sa.func.lead(change.after, type_=change.after.type)
                .over(partition_by=change.opportunity_id, order_by=change.id)
                .label("following"),
                sa.func.lead(change.at, type_=change.at.type)
                .over(partition_by=change.opportunity_id, order_by=change.id)
                .label("left_at"),
            )
            .select_from(deals_from().join(t.stage_changes, change.opportunity_id == deal.id))
            .where(*of_deals(scope))
            .subquery()
            .c
        )
        left_at = sa.func.coalesce(moves.left_at, sa.literal(now, change.at.type))
        stayed = seconds_of(self._session, left_at) - seconds_of(self._session, moves.at)
        query = (
            sa.select(moves.owner_id, moves.stage, moves.following, sa.func.count(), sa.func.sum(stayed))
            .where(moves.stage.in_(OPEN_STAGES), moves.at >= start, moves.at < end)
            .group_by(moves.owner_id, moves.stage, moves.following)
        )
        return [
            StageMoves(owner, stage, following, count, max(int(seconds), 0))
            for owner, stage, following, count, seconds in self._session.execute(query)
        ]
