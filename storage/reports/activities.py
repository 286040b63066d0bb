"""Activities of a period."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from domain.reports.queries import ActivityRow, Scope
from storage.reports.parts import activity, customer, of_owner
from storage.tables import business as t


class ActivityQueries:
    """Of `domain.reports.queries.ReportQueries`."""

    _session: Session

    def activities(self, scope: Scope, *, first: date, last: date) -> Sequence[ActivityRow]:
        """In the day's order; cancelled ones too."""
        conditions = of_owner(activity.agent_id, scope.owners)
        if scope.customer_ids:
            conditions.append(activity.customer_id.in_(scope.customer_ids))
        query = (
            sa.select(
                activity.id,
                activity.agent_id,
                customer.name,
                activity.kind,
                activity.title,
                activity.importance,
                activity.status,
                activity.outcome,
                activity.day,
                activity.starts_at,
                activity.note,
            )
            .select_from(t.activities.outerjoin(t.customers, customer.id == activity.customer_id))
            .where(*conditions, activity.day.between(first, last))
            .order_by(activity.day, activity.starts_at.is_(None), activity.starts_at, activity.id)
        )
        return [ActivityRow(*row) for row in self._session.execute(query)]
