"""The last good answers of the Catalog, kept as they came and read once for each version."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from domain.catalog import Catalog
from domain.ports import Showroom
from domain.stock import StockCar
from storage.tables import queues as q

CATALOG, STOCK = "catalog", "stock"
_s = q.snapshots.c


@dataclass(slots=True)
class Reader:
    """How kept answers become values, and what was read of them last: a snapshot is large, and turns are many."""

    catalog: Callable[[Any], Catalog]
    stock: Callable[[Any], tuple[StockCar, ...]]
    known: dict[str, tuple[str, Any]] = field(default_factory=dict)

    def read(self, name: str, version: str, body: Callable[[], Any]) -> Any:
        """The values of one answer; its body is fetched only where another version was read last."""
        if name not in self.known or self.known[name][0] != version:
            decode = self.catalog if name == CATALOG else self.stock
            self.known[name] = (version, decode(body()))
        return self.known[name][1]


class KeptShelf:
    """`domain.ports.Shelf`."""

    def __init__(self, session: Session, reader: Reader | None, now: datetime) -> None:
        self._session = session
        self._reader = reader
        self._now = now

    def showroom(self) -> Showroom | None:
        """What may be offered; None until the Catalog was read once."""
        if self._reader is None:
            return None
        heads = self._session.execute(sa.select(_s.name, _s.version, _s.checked_at)).all()
        found = {head.name: head for head in heads}
        if not {CATALOG, STOCK} <= found.keys():
            return None
        catalog = self._reader.read(CATALOG, found[CATALOG].version, partial(self._body, CATALOG))
        stock = self._reader.read(STOCK, found[STOCK].version, partial(self._body, STOCK))
        return Showroom(catalog, stock, min(found[name].checked_at for name in (CATALOG, STOCK)))

    def version(self, name: str) -> str | None:
        """The version (ETag, or a cursor) of what is kept under a name."""
        return self._session.scalar(sa.select(_s.version).where(_s.name == name))

    def keep(self, name: str, *, version: str, body: object) -> None:
        """Put a newer answer in the place of the one before."""
        values = {"version": version, "body": body, "changed_at": self._now, "checked_at": self._now}
        changed = sa.update(q.snapshots).where(_s.name == name).values(values).returning(_s.name)
        if self._session.scalar(changed) is None:
            self._session.execute(sa.insert(q.snapshots).values(name=name, **values))

    def confirm(self, name: str) -> None:
        """It has not changed since."""
        self._session.execute(sa.update(q.snapshots).where(_s.name == name).values(checked_at=self._now))

    def _body(self, name: str) -> Any:
        return self._session.scalar(sa.select(_s.body).where(_s.name == name))
