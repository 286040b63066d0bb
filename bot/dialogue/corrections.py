"""What a form becomes when one of its values is replaced: "no, thursday" keeps the hour, "no, Ionescu" the rest."""

from datetime import date, datetime
from typing import Any

from bot.understanding.intents import ALLOWED
from bot.understanding.moments import Moment, PartialMoment

Values = dict[str, Any]


def corrected(flow: str, values: Values, changed: Values) -> Values | None:
    """The form's values with the change; None where the flow takes nothing of that sort."""
    if not changed or not set(changed) <= ALLOWED.get(flow, frozenset()):
        return None
    result = dict(values)
    for name, value in changed.items():
        if name == "time":
            moment = _moment(values.get("time"), value)
            if moment is None:
                return None
            result["time"] = moment.as_json()
            result.pop("period", None)
        else:
            result[name] = value
    if "client" in changed:
        result.pop("customer_id", None)
        result.pop("no_client", None)
    if "time" not in changed and "period" in changed:
        result.pop("time", None)
    return result


def _moment(earlier: Values | None, said: Any) -> Moment | None:
    """The earlier moment with the day or the hour that was said; None where that means nothing alone."""
    if not isinstance(said, PartialMoment):
        return None
    if earlier is not None:
        return said.onto(_read(earlier))
    if said.day is None:
        return None
    return said.onto(Moment(said.day))


def _read(time: Values) -> Moment:
    if time["grain"] == "minute":
        return Moment(datetime.fromisoformat(time["value"]))
    return Moment(date.fromisoformat(time["value"]))
