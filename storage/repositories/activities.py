"""Activities by agent, customer and time."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from domain.agenda import Activity, Outcome, Status
from storage.tables import business as t

_LONGEST = timedelta(days=1)  # how far back an activity may begin that still lasts
_ATTEMPTS = (Outcome.NO_ANSWER, Outcome.NO_SHOW)
_c = t.activities.c
_EARLIEST_FIRST = (_c.day, _c.starts_at.is_(None), _c.starts_at, _c.id)  # within a day, hours before the day alone
_NEWEST_FIRST = (_c.day.desc(), _c.starts_at.is_(None), _c.starts_at.desc(), _c.id.desc())


class Activities:
    """`domain.ports.ActivityRepository`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, activity: Activity) -> None:
        self._session.add(activity)

    def get(self, activity_id: int) -> Activity | None:
        return self._session.get(Activity, activity_id)

    def of_days(self, agent_id: int, first: date, last: date) -> Sequence[Activity]:
        """Planned and finished ones whose local day lies in the range (both included), in the day's order."""
        kept = (Status.PLANNED, Status.DONE, Status.NO_SHOW)
        return self._all(_c.agent_id == agent_id, _c.status.in_(kept), _c.day.between(first, last))

    def planned(self, agent_id: int, *, customer_id: int | None = None) -> Sequence[Activity]:
        """Still to do, earliest first."""
        of_customer = [] if customer_id is None else [_c.customer_id == customer_id]
        return self._all(_c.agent_id == agent_id, _c.status == Status.PLANNED, *of_customer)

    def planned_before(self, agent_id: int, day: date, *, limit: int) -> Sequence[Activity]:
        """Planned ones whose local day is before or on `day`, oldest first."""
        return self._all(_c.agent_id == agent_id, _c.status == Status.PLANNED, _c.day <= day, limit=limit)

    def overlapping(self, agent_id: int, start: datetime, end: datetime) -> Sequence[Activity]:
        """Planned ones with an hour that share time with [start, end), UTC."""
        near = self._all(
            _c.agent_id == agent_id,
            _c.status == Status.PLANNED,
            _c.starts_at > start - _LONGEST,
            _c.starts_at < end,
        )
        return [activity for activity in near if activity.ends_at and activity.ends_at > start]

    def of_customer(self, customer_id: int, *, limit: int) -> Sequence[Activity]:
        """Newest first."""
        return self._all(_c.customer_id == customer_id, order=_NEWEST_FIRST, limit=limit)

    def last_done(self, customer_id: int, *, contact_only: bool) -> Activity | None:
        """The latest done one; `contact_only` leaves out attempts (no answer, no-show)."""
        finished = (Status.DONE,) if contact_only else (Status.DONE, Status.NO_SHOW)
        conditions = [_c.customer_id == customer_id, _c.status.in_(finished)]
        if contact_only:
            conditions.append(sa.or_(_c.outcome.is_(None), _c.outcome.not_in(_ATTEMPTS)))
        found = self._all(*conditions, order=(_c.done_at.desc(), _c.id.desc()), limit=1)
        return found[0] if found else None

    def starting_between(self, start: datetime, end: datetime) -> Sequence[Activity]:
        """Planned ones of every agent that start in [start, end), UTC."""
        conditions = (_c.status == Status.PLANNED, _c.starts_at >= start, _c.starts_at < end)
        return self._all(*conditions, order=(_c.starts_at, _c.id))

    def _all(
        self,
        *conditions: sa.ColumnElement[bool],
        order: Sequence[sa.ColumnElement[Any]] = _EARLIEST_FIRST,
        limit: int | None = None,
    ) -> Sequence[Activity]:
        return self._session.scalars(sa.select(Activity).where(*conditions).order_by(*order).limit(limit)).all()
