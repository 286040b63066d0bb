"""What each intent may carry, and which way its days point; a value outside this table is dropped."""

from __future__ import annotations

from typing import Final

_CAR: Final = frozenset({"model", "engine", "colour", "upholstery", "option", "transmission", "fuel"})
_PRICED: Final = _CAR | {"client", "quantity", "amount", "percent", "vat"}

ALLOWED: Final[dict[str, frozenset[str]]] = {
    "add_client": frozenset({"client", "phone", "email", "source", "portfolio", "agent"}),
    "update_client": frozenset({"client", "phone", "email", "source"}),
    "show_client": frozenset({"client", "phone", "email"}),
    "list_clients": frozenset({"portfolio", "agent", "source", "period", "time"}),
    "add_note": frozenset({"client", "note"}),
    "add_trade_in": frozenset({"client", "year", "mileage", "amount"}) | _CAR,
    "request_client": frozenset({"client", "portfolio", "from_agent"}),
    "schedule_activity": frozenset({"client", "kind", "time", "period", "importance", "duration", "model"}),
    "log_activity": frozenset({"client", "kind", "time", "period", "outcome", "duration", "model", "note"}),
    "complete_activity": frozenset({"client", "kind", "time", "outcome"}),
    "reschedule_activity": frozenset({"client", "kind", "time", "period", "duration", "model"}),
    "cancel_activity": frozenset({"client", "kind", "time", "period", "model"}),
    "show_agenda": frozenset({"client", "kind", "time", "period", "agent", "importance"}),
    "show_overdue": frozenset({"client", "kind", "agent", "importance", "time", "period"}),
    "create_opportunity": frozenset({"source", "stage", "time"}) | _PRICED,
    "update_opportunity": frozenset({"stage", "time"}) | _PRICED,
    "close_won": frozenset({"client", "model", "amount", "time"}),
    "close_lost": frozenset({"client", "loss_reason", "time"}),
    "list_opportunities": frozenset(
        {"client", "stage", "agent", "period", "time", "model", "source", "min_amount", "max_amount", "group_by"}
    ),
    "show_forecast": frozenset({"period", "time", "agent", "group_by"}),
    "create_offer": _PRICED | {"language"},
    "update_offer": _PRICED,
    "show_offer": frozenset({"client", "model", "time", "period", "format", "language"}),
    "list_offers": frozenset({"client", "model", "time", "period", "agent"}),
    "order_new_car": _PRICED,
    "order_fleet": _PRICED,
    "order_stock": frozenset({"client", "year", "mileage", "amount", "vat"}) | _CAR,
    "search_stock": frozenset({"min_amount", "max_amount", "year", "mileage", "vat"}) | _CAR,
    "cancel_order": frozenset({"client", "order_number", "model"}),
    "show_orders": frozenset({"client", "order_number", "period", "time", "model", "agent"}),
    "assign_client": frozenset({"client", "agent", "from_agent"}),
    "reassign_order": frozenset({"order_number", "client", "agent", "from_agent"}),
    "list_team": frozenset(),
    "invite_agent": frozenset({"agent", "phone", "email"}),
    "request_report": frozenset(
        {"report", "client", "agent", "period", "time", "group_by", "format", "portfolio", "source", "stage"}
    ),
    "subscribe_report": frozenset({"report", "recurrence", "time_of_day", "format", "group_by", "agent", "client"}),
    "inform": frozenset(
        {
            "client",
            "time",
            "period",
            "phone",
            "email",
            "amount",
            "stage",
            "source",
            "kind",
            "importance",
            "outcome",
            "loss_reason",
            "percent",
            "duration",
            "order_number",
            "mileage",
            "year",
        }
    )
    | _CAR,
    "set_preference": frozenset({"time_of_day", "language", "duration"}),
}
"""Intents that are not listed carry nothing."""

LOOKS_BACK: Final = frozenset(
    {
        "log_activity",
        "complete_activity",
        "request_report",
        "list_offers",
        "show_orders",
        "close_won",
        "close_lost",
        "show_overdue",
        "list_clients",
    }
)
"""Logs, reports and lists of what was: a day without a year or week is the last one gone by."""

LOOKS_AHEAD: Final = frozenset({"agenda", "sales_plan", "forecast"})
"""Reports of what is to come."""

ABOUT_ONE_CLIENT: Final = frozenset(
    {
        "update_client",
        "show_client",
        "add_note",
        "add_trade_in",
        "schedule_activity",
        "log_activity",
        "complete_activity",
        "reschedule_activity",
        "cancel_activity",
        "create_opportunity",
        "update_opportunity",
        "close_won",
        "close_lost",
        "create_offer",
        "update_offer",
        "show_offer",
        "order_new_car",
        "order_fleet",
        "order_stock",
        "assign_client",
        "request_client",
    }
)
"""What the act before says of a client holds for these where they name none."""
