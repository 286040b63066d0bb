"""Queries of reports: sums and rows are made in the database, alike on SQLite and PostgreSQL."""

from sqlalchemy.orm import Session

from domain.reports.queries import ReportQueries
from storage.reports.activities import ActivityQueries
from storage.reports.customers import CustomerQueries
from storage.reports.deals import DealQueries
from storage.reports.stages import StageQueries
from storage.unit import Outside, Unit

__all__ = ["Look"]


class Queries(DealQueries, StageQueries, CustomerQueries, ActivityQueries):
    """`domain.reports.queries.ReportQueries`."""


class Look(Unit):
    """`domain.reports.queries.ReportUnit`: one consistent look, in which nothing can be written."""

    def __init__(self, session: Session, outside: Outside) -> None:
        super().__init__(session, outside)
        self.reports: ReportQueries = Queries(session)
