"""What a report is asked for, and what it is made from."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from domain.customers import Source
from domain.opportunities import Stage
from domain.ports import Owners
from domain.reports.queries import ReportUnit, Scope
from domain.team import Agent, Role


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """Which report, and what was said of it; what is None or empty is the report's own default.

    `first` and `last` are local days, both included; without `agent_id` a director's report is of all.
    """

    name: str
    agent_id: int | None = None
    customer_ids: tuple[int, ...] = ()
    first: date | None = None
    last: date | None = None
    group_by: str | None = None
    source: Source | None = None
    stage: Stage | None = None
    company: bool = False  # the company portfolio instead of a person's
    fields: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """As a job or a subscription keeps it."""
        said = {field.name: getattr(self, field.name) for field in fields(self)}
        plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in said.items()}
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in plain.items()
            if value not in (None, (), False)
        }

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> "ReportRequest":
        """From what was kept."""
        values = dict(kept)
        for name in ("first", "last"):
            if values.get(name):
                values[name] = date.fromisoformat(values[name])
        for name in ("customer_ids", "fields"):
            values[name] = tuple(values.get(name) or ())
        if values.get("source"):
            values["source"] = Source(values["source"])
        if values.get("stage"):
            values["stage"] = Stage(values["stage"])
        return cls(**values)


@dataclass(frozen=True, slots=True)
class Asked:
    """A permitted request with its defaults: days on the reader's calendar, instants as that calendar bounds them."""

    unit: ReportUnit
    actor: Agent
    request: ReportRequest
    agent: Agent | None  # whose; None where it is of all
    first: date
    last: date

    @property
    def today(self) -> date:
        """The reader's local day."""
        return self.actor.local(self.unit.now).date()

    @property
    def start(self) -> datetime:
        """The first instant of the period."""
        return self.midnight(self.first)

    @property
    def end(self) -> datetime:
        """The instant after the period."""
        return self.midnight(self.last + timedelta(days=1))

    @property
    def scope(self) -> Scope:
        """Which rows."""
        if self.request.company:
            owners = Owners(None, company=True)
        else:
            owners = Owners(self.agent.id) if self.agent else Owners(None, everybody=True)
        return Scope(owners, self.request.customer_ids, self.request.source, self.request.stage)

    @property
    def of_all(self) -> bool:
        """Whether it is grouped by agent."""
        return self.agent is None and not self.request.company

    def midnight(self, day: date) -> datetime:
        """The first instant of a local day, in UTC."""
        return datetime.combine(day, time(), tzinfo=self.actor.zone).astimezone(UTC)

    def local_day(self, instant: datetime | None) -> date | None:
        """The reader's day of an instant."""
        return self.actor.local(instant).date() if instant else None

    @property
    def is_director(self) -> bool:
        """Whether the reader may see everybody's."""
        return self.actor.role is Role.DIRECTOR
