"""How customers are reached: all of a portfolio or chosen ones, with all or chosen fields."""

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from domain.errors import InvalidValueError
from domain.reports.kind import ReportKind, by_agent
from domain.reports.queries import ContactRow
from domain.reports.request import Asked
from domain.reports.table import UNKNOWN, Block, Column, ColumnType, Section, Table, Value

NAME = Column("customer")
FIELDS: Mapping[str, tuple[Column, Callable[[Asked, ContactRow], Value]]] = {
    "phone": (Column("phone"), lambda _asked, one: "\n".join(one.phones) or None),
    "email": (Column("email"), lambda _asked, one: "\n".join(one.emails) or None),
    "town": (Column("town"), lambda _asked, one: one.town),
    "source": (Column("source", ColumnType.WORD, words="source"), lambda _asked, one: one.source or UNKNOWN),
    "interest": (Column("interest"), lambda _asked, one: one.interest),
    "since": (Column("since", ColumnType.DATE), lambda asked, one: asked.local_day(one.created_at)),
}


class PhoneContacts(ReportKind):
    """`phone_contacts`."""

    name: ClassVar[str] = "phone_contacts"
    takes: ClassVar[frozenset[str]] = frozenset({"agent", "client", "source", "company", "fields"})

    def blocks(self, asked: Asked) -> Sequence[Block]:
        """By name."""
        if unknown := set(asked.request.fields) - set(FIELDS):
            raise InvalidValueError("report_field", field=min(unknown), fields=", ".join(FIELDS))
        chosen = [FIELDS[name] for name in FIELDS if not asked.request.fields or name in asked.request.fields]
        columns = (NAME, *(column for column, _ in chosen))

        def section(found: list[ContactRow]) -> Section:
            return Section(rows=tuple((one.customer, *(read(asked, one) for _, read in chosen)) for one in found))

        contacts = asked.unit.reports.contacts(asked.scope)
        return (Table(columns, by_agent(asked, contacts, lambda one: one.agent_id, section), code="contacts"),)
