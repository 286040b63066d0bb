"""What the act before says holds for the next where it says nothing: the client, a call's kind, the day of an hour."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from bot.understanding.acts import Act, JsonValue
from bot.understanding.folding import fold
from bot.understanding.intents import ABOUT_ONE_CLIENT, ALLOWED
from bot.understanding.moments import Moment, PartialMoment

_FOLLOW_UP: Final = re.compile(
    r"(?<!\w)(?:follow(?:ing)?[ -]?up|revin|revenim|revenire|recontact\w*|resun|try|trying|retry|mai incerc|incerc|mai incearca|incearca|reincearca)(?!\w)"
)
_HIS: Final = re.compile(r"(?<!\w)(?:his|her|their|him|them|lui|ei|lor)(?!\w)|(?<=[a-z])-i(?!\w)")
_ANOTHER: Final = re.compile(r"(?<!\w)(?:another one|a new one|alta|altul|una noua|unul nou)(?!\w)")


def carry_over(act: Act, before: Sequence[Act], *, elided: bool = False) -> Act:
    """The act with what it leaves to those before it; `elided` tells that even the verb was said there."""
    if not before:
        return act
    previous = before[-1]
    entities = dict(act.entities)
    client = previous.entities.get("client")
    numbered = "order_number" in entities and _HIS.search(fold(act.text)) is None
    if client is not None and "client" not in entities and not numbered and _about_one(act):
        entities = {"client": client, **entities}
    if act.intent == "schedule_activity":
        _kind(act, before, entities, elided=elided)
        return replace(act, entities=entities, partial=_day(act, previous, entities))
    return replace(act, entities=entities)


def _about_one(act: Act) -> bool:
    takes_client = "client" in ALLOWED.get(act.intent, frozenset())
    of_client = act.entities.get("report") in {"client_sheet", "activity_history"} or _HIS.search(fold(act.text))
    return act.intent in ABOUT_ONE_CLIENT or (takes_client and bool(of_client))


def _kind(act: Act, before: Sequence[Act], entities: dict[str, JsonValue], *, elided: bool) -> None:
    """A follow-up of a call is a call; "and Maria at 12" is of the kind said before."""
    kind = next((earlier.entities["kind"] for earlier in reversed(before) if "kind" in earlier.entities), None)
    said = fold(act.text)
    follows = (kind == "call" and _FOLLOW_UP.search(said) is not None) or _ANOTHER.search(said) is not None
    if "kind" not in entities and kind is not None and (follows or elided):
        entities["kind"] = kind


def _day(act: Act, previous: Act, entities: dict[str, JsonValue]) -> PartialMoment | None:
    """An hour alone is of the day said just before: "friday at 10 with Maria and at 12 with Acme"."""
    planned = previous.intent in {"schedule_activity", "reschedule_activity"}
    said, before = act.partial, previous.partial
    if not planned or said is None or before is None or said.day is not None or said.hour_minute is None:
        return said
    time = previous.entities.get("time")
    if before.day is None or not isinstance(time, dict):
        return said
    day = date.fromisoformat(time["value"][:10])
    entities["time"] = Moment(datetime.combine(day, said.hour_minute)).as_json()
    return replace(said, day=day)
