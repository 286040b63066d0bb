"""Who works here, and how much each has to do: the director's card of the team."""

from bot.cards.team import team_card
from bot.dialogue.flow import Flow
from bot.dialogue.state import Form
from bot.dialogue.turn import Turn


class ListTeam(Flow):
    """`list_team`."""

    intent = "list_team"
    writes = False
    repeatable = False

    def complete(self, turn: Turn, form: Form) -> None:  # noqa: ARG002
        """One card."""
        text, rows = team_card(turn)
        turn.add(text, *rows)
