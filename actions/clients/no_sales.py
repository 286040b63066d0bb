"""Sales where none is set up: whatever is asked of it waits, and the agent is told so as when Sales is down."""

from collections.abc import Sequence
from datetime import datetime
from typing import NoReturn

from domain.outside import UnavailableError
from domain.sales import ChangePage, OrderFilter, OrderPage, OrderRequest, Reservation, SalesAgent, SalesOrder


class NoSales:
    """Implements domain.outside.SalesService; every method raises UnavailableError."""

    async def launch(self, request: OrderRequest, *, key: str) -> SalesOrder:  # noqa: ARG002
        """It waits."""
        _none()

    async def order(self, order_id: str) -> SalesOrder:  # noqa: ARG002
        """It waits."""
        _none()

    async def orders(
        self,
        wanted: OrderFilter,  # noqa: ARG002
        *,
        cursor: str | None = None,  # noqa: ARG002
        limit: int | None = None,  # noqa: ARG002
    ) -> OrderPage:
        """It waits."""
        _none()

    async def changes(self, *, since: str | None = None) -> ChangePage:  # noqa: ARG002
        """It waits."""
        _none()

    async def reassign(self, order_id: str, agent: SalesAgent, *, key: str) -> SalesOrder:  # noqa: ARG002
        """It waits."""
        _none()

    async def cancel(self, order_id: str, reason: str, *, key: str) -> SalesOrder:  # noqa: ARG002
        """It waits."""
        _none()

    async def reserve(
        self,
        vin: str,  # noqa: ARG002
        *,
        agent: SalesAgent,  # noqa: ARG002
        reference: str,  # noqa: ARG002
        until: datetime,  # noqa: ARG002
        key: str,  # noqa: ARG002
    ) -> Reservation:
        """It waits."""
        _none()

    async def reservation(self, reservation_id: str) -> Reservation:  # noqa: ARG002
        """It waits."""
        _none()

    async def reservations(
        self,
        *,
        vin: str | None = None,  # noqa: ARG002
        agent_id: str | None = None,  # noqa: ARG002
    ) -> Sequence[Reservation]:
        """It waits."""
        _none()

    async def release(self, reservation_id: str) -> Reservation:  # noqa: ARG002
        """It waits."""
        _none()


def _none() -> NoReturn:
    service = "sales"
    raise UnavailableError(service, "not set up")
