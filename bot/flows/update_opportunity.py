"""What a message changes in a deal: its stage, value, closing day, probability, vehicle, quantity, who decides."""

from bot.cards.activities import who
from bot.cards.deal import deal_card
from bot.dialogue.flow import Flow, Values, per_client
from bot.dialogue.slots import ClientSlot
from bot.dialogue.state import Form
from bot.dialogue.turn import Turn
from bot.flows.deal_changes import apply, offer_new
from bot.flows.deal_doubts import refuse_doubt
from bot.flows.deal_slot import DealSlot
from bot.flows.deal_values import (
    CARD,
    CONFIGURATION,
    RETRY,
    VALUE_SLOTS,
    has_changes,
    is_stage,
    reason_slot,
    said_of_deal,
)
from bot.flows.interest import keep_interest, keep_wish
from bot.understanding.acts import Act
from domain.customers import add_note
from domain.opportunities import Stage
from domain.permissions import customer_to_change, opportunity_to_change

WISH = frozenset({"client", "customer_id", "model", *CONFIGURATION})


def _of_some_deal(_turn: Turn, form: Form) -> bool:
    """Whether one deal is meant: a wish for a vehicle is kept even where no deal is open, or several are."""
    return form.values.get("customer_id") is not None and not _is_wish(form.values)


def _is_lost(_turn: Turn, form: Form) -> bool:
    return is_stage(form.values, Stage.LOST) and form.values.get("deal_id") is not None


def _is_wish(values: Values) -> bool:
    """Whether the message says nothing but which vehicle is wanted."""
    return isinstance(values.get("model"), str) and set(values) <= WISH


class UpdateOpportunity(Flow):
    """`update_opportunity`."""

    intent = "update_opportunity"
    slots = (ClientSlot(), DealSlot(_of_some_deal), reason_slot(_is_lost), *VALUE_SLOTS)
    retry = RETRY

    def start(self, turn: Turn, act: Act) -> list[Values]:  # noqa: ARG002
        """One change a client."""
        return per_client(said_of_deal(dict(act.entities), act.text))

    def complete(self, turn: Turn, form: Form) -> None:
        """Change it, and say from what to what; without an open deal offer one."""
        values = form.values
        refuse_doubt(values)
        deal_id = values.get("deal_id")
        if _is_wish(values):
            keep_wish(turn, values["customer_id"], values["model"])
            _keep_configuration(turn, values, form.text)
        elif deal_id is None:
            if isinstance(values.get("model"), str):
                keep_interest(turn, values["customer_id"], values["model"])
            offer_new(turn, values)
        elif has_changes(values):
            apply(turn, values, deal_id, text=form.text)
            _redraw(turn, values, deal_id)
            _keep_configuration(turn, values, form.text)
        elif not _keep_configuration(turn, values, form.text):
            text, rows = deal_card(turn, opportunity_to_change(turn.unit, turn.agent, deal_id))
            turn.add(text, *rows)


def _redraw(turn: Turn, values: Values, deal_id: int) -> None:
    """The card whose button asked for the value shows it."""
    card = turn.unit.card(values[CARD]) if CARD in values else None
    if card is not None:
        text, rows = deal_card(turn, opportunity_to_change(turn.unit, turn.agent, deal_id))
        turn.edit(card, text, *rows)


def _keep_configuration(turn: Turn, values: Values, text: str) -> bool:
    """Colour, gearbox and the like stand on the offer; until there is one they are kept as a note, in the agent's words."""
    if not text or not any(values.get(name) for name in CONFIGURATION):
        return False
    note = add_note(turn.unit, turn.agent, customer_id=values["customer_id"], text=text)
    customer = customer_to_change(turn.unit, turn.agent, values["customer_id"])
    turn.wrote()
    turn.say("note.added", who=who(turn, customer), note=note.text)
    return True
