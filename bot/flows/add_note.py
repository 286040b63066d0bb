"""A note on a customer, as typed."""

from bot.cards.activities import who
from bot.dialogue.flow import Flow, Values, per_client
from bot.dialogue.slots import ClientSlot, TextSlot
from bot.dialogue.state import Form
from bot.dialogue.turn import Turn
from bot.understanding.acts import Act
from domain.customers import add_note
from domain.permissions import customer_to_change


class AddNote(Flow):
    """`add_note`."""

    intent = "add_note"
    slots = (ClientSlot(), TextSlot("note", key="question.note"))
    retry = {"note_empty": "note", "note_long": "note"}

    def start(self, turn: Turn, act: Act) -> list[Values]:  # noqa: ARG002
        """One note a customer."""
        return per_client(act.entities)

    def complete(self, turn: Turn, form: Form) -> None:
        """Keep it."""
        values = form.values
        note = add_note(turn.unit, turn.agent, customer_id=values["customer_id"], text=values["note"])
        customer = customer_to_change(turn.unit, turn.agent, values["customer_id"])
        turn.wrote()
        turn.say("note.added", who=who(turn, customer), note=note.text)
