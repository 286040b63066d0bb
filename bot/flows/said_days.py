"""The days that a message means by a period or a single day, and their beginnings as instants."""

from datetime import UTC, date, datetime, time
from typing import Any

from bot.dialogue.turn import Turn


def said_days(values: dict[str, Any]) -> tuple[date | None, date | None]:
    """First and last day of the contract's `period`, or the day of its `time` twice; None where nothing was said."""
    period, moment = values.get("period"), values.get("time")
    if period:
        return date.fromisoformat(period["from"]), date.fromisoformat(period["to"])
    if moment:
        day = datetime.fromisoformat(moment["value"]).date()
        return day, day
    return None, None


def midnight(turn: Turn, day: date | None) -> datetime | None:
    """The instant (UTC) at which the agent's local day begins; None for none."""
    return None if day is None else datetime.combine(day, time(), tzinfo=turn.agent.zone).astimezone(UTC)
