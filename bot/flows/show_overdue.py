"""What is overdue."""

from bot.cards.agenda import overdue_card
from bot.dialogue.flow import Flow
from bot.dialogue.state import Form
from bot.dialogue.turn import Turn


class ShowOverdue(Flow):
    """`show_overdue`."""

    intent = "show_overdue"
    writes = False
    repeatable = False

    def complete(self, turn: Turn, form: Form) -> None:  # noqa: ARG002  it needs nothing
        """Show it with its buttons."""
        text, rows = overdue_card(turn)
        turn.add(text, *rows)
