"""Closures of the dealership and absences of agents."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from domain.calendar import Absence, Closure
from storage.tables import business as t


class Calendar:
    """`domain.ports.CalendarRepository`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def closures(self, first: date, last: date) -> Sequence[Closure]:
        day = t.closures.c.day
        return self._session.scalars(sa.select(Closure).where(day.between(first, last)).order_by(day)).all()

    def absences(self, agent_id: int, first: date, last: date) -> Sequence[Absence]:
        columns = t.absences.c
        query = sa.select(Absence).where(columns.agent_id == agent_id, columns.first <= last, columns.last >= first)
        return self._session.scalars(query.order_by(columns.first, columns.id)).all()

    def add_closure(self, closure: Closure) -> None:
        self._session.add(closure)

    def add_absence(self, absence: Absence) -> None:
        self._session.add(absence)

    def closure(self, closure_id: int) -> Closure | None:
        return self._session.get(Closure, closure_id)

    def absence(self, absence_id: int) -> Absence | None:
        return self._session.get(Absence, absence_id)

    def remove(self, kept: Closure | Absence) -> None:
        self._session.delete(kept)
