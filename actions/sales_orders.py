"""Orders into Sales and back: launched once under their own key, cancelled, and followed by Sales' list of changes."""

import asyncio
import logging
from contextlib import AbstractContextManager
from typing import Any, Protocol

from pydantic import TypeAdapter

from actions.ports import DueUnit, Job, JobUnit
from actions.reservations import RELEASE, RESERVE, pause_after, release_job, reserve_job
from actions.runner import AnyHandler, Remote, RunBlocking
from domain import orders
from domain.orders import Order
from domain.outside import (
    KeyReusedError,
    NotCancellableError,
    OutsideError,
    RefusedError,
    SalesService,
)
from domain.reactions import StageMoved, react
from domain.sales import ChangePage, OrderFilter, OrderRequest, RejectionReason, SalesAgent, SalesOrder

log = logging.getLogger(__name__)

LAUNCH, CANCEL, REASSIGN, NEWS = "launch_order", "cancel_order", "reassign_order", "order_news"
FOLLOW_SECONDS = 20.0
CURSOR = "sales"

_REQUEST: TypeAdapter[OrderRequest] = TypeAdapter(OrderRequest)
_STATE: TypeAdapter[SalesOrder] = TypeAdapter(SalesOrder)


class FollowStore(Protocol):
    """Where the follower writes."""

    def tick(self) -> AbstractContextManager[DueUnit]: ...


def launch_job(service: SalesService) -> Remote:
    """Launch an order: tried with growing pauses until Sales has answered; the agent hears of the wait once."""

    async def call(job: Job) -> SalesOrder | OutsideError | None:
        if "request" not in job.payload:
            return None
        request = _REQUEST.validate_python(job.payload["request"])
        try:
            return await service.launch(request, key=request.reference)
        except KeyReusedError as error:  # an earlier job sent it with other words, and Sales may have it
            return await _known_to(service, request.reference) or error
        except OutsideError as error:
            return error

    def handle(unit: JobUnit, job: Job, answer: SalesOrder | OutsideError | None) -> None:
        order = _order(unit, job)
        if answer is None:  # written down before it is first sent: under one key Sales takes one request alone
            request = _REQUEST.dump_python(orders.request_of(unit, order), mode="json")
            unit.again({**job.payload, "request": request})
        elif isinstance(answer, SalesOrder):
            _taken(unit, order, answer)
        elif isinstance(answer, RefusedError):
            log.warning("order %s: %s", order.reference, answer)
            orders.refuse(order, orders.reason_of(answer, default=RejectionReason.NOT_ORDERABLE))
            unit.result(_news(order))
        else:
            _wait(unit, job, order, answer)

    return Remote(call, handle)


def cancel_job(service: SalesService) -> Remote:
    """Cancel an order at Sales: it says whether that can still be."""

    async def call(job: Job) -> SalesOrder | OutsideError:
        try:
            return await service.cancel(job.payload["number"], job.payload["reason"], key=job.payload["key"])
        except OutsideError as error:
            return error

    def handle(unit: JobUnit, job: Job, answer: SalesOrder | OutsideError) -> None:
        order = _order(unit, job)
        if isinstance(answer, SalesOrder):
            _taken(unit, order, answer)
        elif isinstance(answer, RefusedError):
            late = isinstance(answer, NotCancellableError)
            unit.result({**_news(order), "refused": "not_cancellable" if late else "refused"})
        else:
            _wait(unit, job, order, answer)

    return Remote(call, handle)


def reassign_job(service: SalesService) -> Remote:
    """Give an order to another agent, here once Sales has done it."""

    async def call(job: Job) -> SalesOrder | OutsideError:
        agent = SalesAgent(*job.payload["agent"])
        try:
            return await service.reassign(job.payload["number"], agent, key=job.payload["key"])
        except OutsideError as error:
            return error

    def handle(unit: JobUnit, job: Job, answer: SalesOrder | OutsideError) -> None:
        order = _order(unit, job)
        if isinstance(answer, SalesOrder):
            before, order.agent_id = order.agent_id, int(job.payload["agent"][0])
            unit.orders.mirror(orders.mirror_of(answer))
            unit.result({**_news(order), "from": before})
        elif isinstance(answer, RefusedError):
            unit.result({**_news(order), "refused": "not_reassigned"})
        else:
            _wait(unit, job, order, answer)

    return Remote(call, handle)


def follow_order(unit: JobUnit, job: Job) -> None:
    """One change that Sales told of an order launched from here."""
    state = _STATE.validate_python(job.payload["state"])
    order = unit.orders.by_reference(state.request.reference)
    if order is not None:
        _taken(unit, order, state)


def sales_handlers(service: SalesService) -> dict[str, AnyHandler]:
    """The jobs that need Sales."""
    return {
        LAUNCH: launch_job(service),
        CANCEL: cancel_job(service),
        REASSIGN: reassign_job(service),
        NEWS: follow_order,
        RESERVE: reserve_job(service),
        RELEASE: release_job(service),
    }


class SalesFollower:
    """Reads Sales' changes from where it was left; several beside each other do no harm."""

    def __init__(
        self,
        service: SalesService,
        store: FollowStore,
        *,
        run_blocking: RunBlocking,
        seconds: float = FOLLOW_SECONDS,
    ) -> None:
        self._service = service
        self._store = store
        self._blocking = run_blocking
        self._seconds = seconds
        self._is_down = False

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            while await self.follow():
                pass
            await asyncio.sleep(self._seconds)

    async def follow(self) -> bool:
        """Read one page; whether there is more. A Sales that does not answer is told once in the log."""
        cursor = await self._blocking(self._cursor)
        try:
            page = await self._service.changes(since=cursor)
        except OutsideError as error:
            if not self._is_down:
                log.warning("%s; orders are followed once it answers", error)
            self._is_down = True
            return False
        self._is_down = False
        if page.changes or page.next_cursor != cursor:
            await self._blocking(lambda: self._keep(page))
        return page.has_more

    def _cursor(self) -> str | None:
        with self._store.tick() as unit:
            return unit.shelf.version(CURSOR)

    def _keep(self, page: ChangePage) -> None:
        with self._store.tick() as unit:
            for state in {change.order.id: change.order for change in page.changes}.values():
                unit.orders.mirror(orders.mirror_of(state))
                order = unit.orders.by_reference(state.request.reference) if state.is_ours else None
                owner = unit.team.get(order.agent_id) if order else None
                if order is None or owner is None or state.version <= order.sales_version:
                    continue
                unit.add_job(
                    kind=NEWS,
                    key=f"{NEWS}:{state.id}:{state.version}",
                    payload={"state": _STATE.dump_python(state, mode="json")},
                    person=owner.telegram_user_id or 0,
                    actor_id=owner.id,
                )
            unit.shelf.keep(CURSOR, version=page.next_cursor, body=None)


def _taken(unit: JobUnit, order: Order, state: SalesOrder) -> None:
    """What Sales says of our order, with what follows from it, told to the agent."""
    unit.orders.mirror(orders.mirror_of(state))
    order.told_waiting = False
    actor = orders.in_charge(unit, order)
    if actor is None:  # nobody is left who may change the deal: tried again once somebody is
        raise LookupError(order.id)
    if orders.follow(unit, state) is None:
        return
    moved = [effect for effect in react(unit, actor) if isinstance(effect, StageMoved)]
    news = _news(order)
    if moved:
        news |= {"before": moved[0].before.value, "after": moved[0].opportunity.stage.value}
    unit.result(news)


def _wait(unit: JobUnit, job: Job, order: Order, error: OutsideError) -> None:
    tries = int(job.payload.get("tries", 0))
    if not order.told_waiting:
        order.told_waiting = True
        unit.result({**_news(order), "waiting": True})
    log.warning("order %s waits: %s", order.reference, error)
    unit.later({**job.payload, "tries": tries + 1}, seconds=pause_after(tries))


async def _known_to(service: SalesService, reference: str) -> SalesOrder | None:
    try:
        found = await service.orders(OrderFilter(reference=reference))
    except OutsideError:
        return None
    return next((one for one in found.orders if one.is_ours and one.request.reference == reference), None)


def _news(order: Order) -> dict[str, Any]:
    return {
        "kind": NEWS,
        "order": order.id,
        "status": order.status.value,
        "rejection": order.rejection.value if order.rejection else None,
    }


def _order(unit: JobUnit, job: Job) -> Order:
    order = unit.orders.get(job.payload["order_id"])
    if order is None:
        raise LookupError(job.payload["order_id"])
    return order
