"""The menu's buttons and the slash commands: each opens a capability by hand."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from bot.dialogue.engine import Engine
from bot.dialogue.flow import Register
from bot.dialogue.menu import menu_rows
from bot.dialogue.turn import Turn
from bot.flows.set_preference import change, preferences_card
from bot.ports import Card

Opener = Callable[[Turn], None]
COMMANDS = (
    "menu",
    "agenda",
    "week",
    "overdue",
    "clients",
    "deals",
    "forecast",
    "reports",
    "new",
    "cancel",
    "undo",
    "settings",
    "help",
)


def openers(engine: Engine) -> dict[str, Opener]:
    """What can be opened without understanding a word."""

    def flow(name: str, **values: Any) -> Opener:
        return lambda turn: engine.open_form(turn, name, values)

    def week(turn: Turn) -> None:
        monday = turn.today - timedelta(days=turn.today.weekday())
        sunday = monday + timedelta(days=6)
        engine.open_form(turn, "show_agenda", {"period": {"from": monday.isoformat(), "to": sunday.isoformat()}})

    def settings(turn: Turn) -> None:
        text, rows = preferences_card(turn)
        turn.add(text, *rows)

    def menu(turn: Turn) -> None:
        turn.add(turn.t("menu.heading"), *menu_rows(turn))

    def cancel(turn: Turn) -> None:
        if turn.state.open:
            engine.cancel(turn, turn.state.open)
        else:
            engine.nothing_open(turn)

    return {
        "today": flow("show_agenda"),
        "agenda": flow("show_agenda"),
        "week": week,
        "overdue": flow("show_overdue"),
        "clients": flow("list_clients"),
        "deals": flow("list_opportunities"),
        "forecast": flow("show_forecast"),
        "team": flow("list_team"),
        "reports": flow("request_report", by_menu=True),
        "new_client": flow("add_client"),
        "new": flow("add_client"),
        "plan": flow("schedule_activity"),
        "log": flow("log_activity"),
        "settings": settings,
        "help": flow("help"),
        "menu": menu,
        "start": menu,
        "cancel": cancel,
        "undo": engine.undo,
    }


def register_menu_buttons(register: Register, engine: Engine) -> None:
    """The menu's buttons and the preferences'."""
    known = openers(engine)

    def opened(name: str) -> Callable[[Turn, Card, dict[str, Any]], None]:
        return lambda turn, _card, _args: known[name](turn)

    for name in ("today", "week", "overdue", "clients", "deals", "new_client", "plan", "log", "settings", "team"):
        register.press(f"menu.{name}", opened(name))
    register.press("preference.set", lambda turn, _card, args: change(turn, **args))
