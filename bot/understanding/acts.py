"""What a message asks for, as the rest of the software reads it: acts with an intent and values of a fixed shape."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from bot.understanding.moments import PartialMoment

JsonValue = Any
"""A value made of JSON's own types: text, whole numbers, lists and objects of them."""

CUSTOMER_INTENTS: Final = (
    "add_client",
    "update_client",
    "show_client",
    "list_clients",
    "add_note",
    "add_trade_in",
    "request_client",
)
AGENDA_INTENTS: Final = (
    "schedule_activity",
    "log_activity",
    "complete_activity",
    "reschedule_activity",
    "cancel_activity",
    "show_agenda",
    "show_overdue",
)
OPPORTUNITY_INTENTS: Final = (
    "create_opportunity",
    "update_opportunity",
    "close_won",
    "close_lost",
    "list_opportunities",
    "show_forecast",
)
OFFER_INTENTS: Final = ("create_offer", "update_offer", "show_offer", "list_offers")
ORDER_INTENTS: Final = (
    "order_new_car",
    "order_fleet",
    "order_stock",
    "search_stock",
    "cancel_order",
    "show_orders",
)
DIRECTOR_INTENTS: Final = ("assign_client", "reassign_order", "list_team", "invite_agent")
REPORT_INTENTS: Final = ("request_report", "subscribe_report")
SMALL_TALK_INTENTS: Final = ("affirm", "deny", "cancel", "back", "undo", "help", "greet", "goodbye", "thanks")
CONVERSATION_INTENTS: Final = (*SMALL_TALK_INTENTS, "inform", "set_preference")

OUT_OF_SCOPE: Final = "out_of_scope"

BUSINESS_INTENTS: Final = frozenset(
    {
        *CUSTOMER_INTENTS,
        *AGENDA_INTENTS,
        *OPPORTUNITY_INTENTS,
        *OFFER_INTENTS,
        *ORDER_INTENTS,
        *DIRECTOR_INTENTS,
        *REPORT_INTENTS,
        "set_preference",
    }
)
INTENTS: Final = frozenset({*BUSINESS_INTENTS, *CONVERSATION_INTENTS, OUT_OF_SCOPE})

ENTITIES: Final = frozenset(
    {
        "client",
        "agent",
        "kind",
        "importance",
        "time",
        "period",
        "phone",
        "email",
        "amount",
        "stage",
        "source",
        "loss_reason",
        "model",
        "engine",
        "colour",
        "upholstery",
        "option",
        "time_of_day",
        "transmission",
        "quantity",
        "min_amount",
        "max_amount",
        "percent",
        "fuel",
        "vat",
        "year",
        "mileage",
        "outcome",
        "duration",
        "portfolio",
        "from_agent",
        "group_by",
        "format",
        "recurrence",
        "order_number",
        "report",
        "language",
        "note",
    }
)

MAX_ACTS: Final = 4
"""One message is up to four acts; a longer one is a text, not a request."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value came from: for `--explain` and for tests, never for a decision."""

    entity: str
    by: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Act:
    """One thing asked for; `text` is its part of the message as typed."""

    intent: str
    confidence: float
    entities: dict[str, JsonValue] = field(default_factory=dict)
    text: str = ""
    runners_up: tuple[tuple[str, float], ...] = ()
    origins: tuple[Origin, ...] = ()
    partial: PartialMoment | None = None
    """What was said of the moment to plan or to move to: "to 11" keeps the day that the activity has."""

    def as_json(self) -> dict[str, JsonValue]:
        """The shape that the contract fixes."""
        return {"intent": self.intent, "confidence": round(self.confidence, 4), "entities": self.entities}


@dataclass(frozen=True, slots=True)
class Understanding:
    """All acts of one message, in the order typed; never empty."""

    acts: list[Act]
    degraded: bool = False

    @property
    def refused(self) -> bool:
        """Whether nothing was understood."""
        return len(self.acts) == 1 and self.acts[0].intent == OUT_OF_SCOPE

    def as_json(self) -> dict[str, JsonValue]:
        """The shape that the contract fixes."""
        return {"acts": [act.as_json() for act in self.acts]}


def out_of_scope(text: str, confidence: float = 1.0) -> Understanding:
    """The answer where nothing is to be understood, or nothing may be."""
    return Understanding([Act(OUT_OF_SCOPE, confidence, {}, text)])
