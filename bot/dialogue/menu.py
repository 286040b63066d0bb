"""The menu: what can be had by a press alone, also when understanding is down."""

from bot.dialogue.turn import Button, Turn
from domain.team import Role


def menu_rows(turn: Turn) -> list[list[Button]]:
    """Rows of the main menu."""
    rows = [
        [Button(turn.t("menu.today"), "menu.today"), Button(turn.t("menu.week"), "menu.week")],
        [Button(turn.t("menu.overdue"), "menu.overdue"), Button(turn.t("menu.clients"), "menu.clients")],
        [Button(turn.t("menu.deals"), "menu.deals"), Button(turn.t("menu.new_client"), "menu.new_client")],
        [Button(turn.t("menu.plan"), "menu.plan"), Button(turn.t("menu.log"), "menu.log")],
        [Button(turn.t("menu.reports"), "menu.reports"), Button(turn.t("menu.settings"), "menu.settings")],
    ]
    if turn.agent.role is Role.DIRECTOR:
        rows.append([Button(turn.t("menu.team"), "menu.team")])
    return rows
