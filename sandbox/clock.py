"""The sandbox's clock: real time and an offset, so that the morning can be let come without waiting for it."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


class ClockError(ValueError):
    """A request to move the clock that cannot be carried out; its text is for the person who asked."""


class Clock:
    """Real time shifted by an offset that only grows, until it is reset."""

    def __init__(self, offset: timedelta = timedelta(0)) -> None:
        self.offset = offset

    def now(self) -> datetime:
        """Tell the sandbox's present instant in UTC."""
        return datetime.now(UTC) + self.offset

    def timestamp(self) -> int:
        """Tell the present in whole seconds since 1970, as Telegram dates messages."""
        return int(self.now().timestamp())

    def as_json(self) -> dict[str, Any]:
        """Describe the clock for whoever follows it."""
        return {"offset_seconds": self.offset.total_seconds(), "now": instant(self.now())}

    def move(self, request: dict[str, Any]) -> None:
        """Carry out one request of the clock's address; raises ClockError where it is unclear or goes back."""
        if request.get("reset") is True:
            self.offset = timedelta(0)
        elif "advance_seconds" in request:
            self.offset += _seconds(request["advance_seconds"])
        elif "to" in request:
            self._move_to(_local(request["to"], _zone(request)))
        elif "to_next" in request:
            self._move_to(self._next(request["to_next"], _zone(request)))
        else:
            raise ClockError("Say one of advance_seconds, to, to_next or reset.")

    def _move_to(self, target: datetime) -> None:
        step = target - self.now()
        if step < timedelta(0):
            raise ClockError("The clock moves only forward; reset it to come back.")
        self.offset += step

    def _next(self, value: object, zone: ZoneInfo) -> datetime:
        here = self.now().astimezone(zone)
        today = _local(f"{here.date().isoformat()}T{value}", zone)
        if today > self.now():
            return today
        return _local(f"{(here.date() + timedelta(days=1)).isoformat()}T{value}", zone)


def instant(moment: datetime) -> str:
    """Write an instant as the phone's JSON has it: UTC, whole seconds, a Z."""
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def _seconds(value: object) -> timedelta:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ClockError("advance_seconds must be a number.")
    # A century is more than any rehearsal needs, and keeps the dates representable.
    if not 0 <= value <= 3_155_760_000:
        raise ClockError("The clock moves only forward; reset it to come back.")
    return timedelta(seconds=value)


def _zone(request: dict[str, Any]) -> ZoneInfo:
    name = request.get("timezone", "UTC")
    try:
        return ZoneInfo(str(name))
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ClockError(f"There is no time zone {name!r}.") from error


def _local(value: object, zone: ZoneInfo) -> datetime:
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError as error:
        raise ClockError(f"{value!r} is no date and time in ISO 8601.") from error
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
