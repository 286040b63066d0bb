"""Cars in stock held at Sales for a draft, and let go again."""

import logging
from datetime import datetime

from actions.ports import Job, JobUnit
from actions.runner import Remote
from domain import orders
from domain.orders import OrderStatus
from domain.outside import OutsideError, RefusedError, SalesService
from domain.sales import RejectionReason, Reservation, SalesAgent

log = logging.getLogger(__name__)

RESERVE, RELEASE, HELD = "reserve_car", "release_car", "car_reserved"
FIRST_PAUSE, LONGEST_PAUSE = 5.0, 600.0
LET_GO = "let_go"  # in a payload: the reservation that came for an order dropped meanwhile


def pause_after(tries: int) -> float:
    """Seconds until Sales is asked again."""
    return float(min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(tries, 16)))


def reserve_job(service: SalesService) -> Remote:
    """Hold a car until a moment: tried with growing pauses while that moment has not come."""

    async def call(job: Job) -> Reservation | OutsideError:
        payload = job.payload
        try:
            if LET_GO in payload:
                return await service.release(payload[LET_GO])
            return await service.reserve(
                payload["vin"],
                agent=SalesAgent(*payload["agent"]),
                reference=payload["reference"],
                until=datetime.fromisoformat(payload["until"]),
                key=payload["key"],
            )
        except OutsideError as error:
            return error

    def handle(unit: JobUnit, job: Job, answer: Reservation | OutsideError) -> None:
        order = unit.orders.get(job.payload["order_id"])
        if order is None:
            raise LookupError(job.payload["order_id"])
        if LET_GO in job.payload:
            _again_where_down(unit, job, answer)
        elif isinstance(answer, Reservation):
            order.reservation, order.reserved_until = answer.id, answer.until
            if order.status in {OrderStatus.CANCELLED, OrderStatus.REJECTED}:
                unit.again({**job.payload, LET_GO: answer.id})
            elif order.status is OrderStatus.DRAFT:
                unit.result({"kind": HELD, "order": order.id, "until": answer.until.isoformat()})
        elif order.status is not OrderStatus.DRAFT:
            return  # dropped or launched meanwhile: Sales decides on the order itself
        elif isinstance(answer, RefusedError):
            orders.refuse(order, orders.reason_of(answer, default=RejectionReason.NOT_ORDERABLE))
            unit.result({"kind": HELD, "order": order.id, "until": None})
        elif unit.now < datetime.fromisoformat(job.payload["until"]):
            if "tries" not in job.payload:
                unit.result({"kind": HELD, "order": order.id, "waiting": True})
            _again_where_down(unit, job, answer)

    return Remote(call, handle)


def release_job(service: SalesService) -> Remote:
    """Let a car go; nobody needs to hear of it."""

    async def call(job: Job) -> Reservation | OutsideError:
        try:
            return await service.release(job.payload["reservation"])
        except OutsideError as error:
            return error

    return Remote(call, _again_where_down)


def _again_where_down(unit: JobUnit, job: Job, answer: Reservation | OutsideError) -> None:
    if isinstance(answer, Reservation | RefusedError):
        return
    tries = int(job.payload.get("tries", 0))
    log.warning("%s; a reservation waits", answer)
    unit.later({**job.payload, "tries": tries + 1}, seconds=pause_after(tries))
