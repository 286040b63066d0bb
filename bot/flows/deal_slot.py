"""Which of a customer's open deals is meant: the only one, the one whose vehicle was named, or the one that is pressed."""

from collections.abc import Sequence
from typing import Any

from bot.cards.deals import short
from bot.dialogue.engine import NO_REQUEST
from bot.dialogue.hearing import Heard
from bot.dialogue.slots import CHOICES_SHOWN, Condition, Slot, answer_button
from bot.dialogue.state import Form
from bot.dialogue.turn import Button, Turn
from domain.names import stems, words
from domain.opportunities import Opportunity, is_like, open_deals
from texts.catalog import Html

_DEAL_TALK = NO_REQUEST | {"create_opportunity", "update_opportunity", "close_won", "close_lost"}
_FEW_WORDS = 3


def one_at_least(_turn: Turn, form: Form) -> bool:
    """Whether the form is about a customer at all."""
    return form.values.get("customer_id") is not None


class DealSlot(Slot):
    """An open deal of the customer; `deal_id` stays empty where there is none, and the flow says so."""

    name = "deal_id"
    question = "choice"

    def __init__(self, needed: Condition = one_at_least) -> None:
        super().__init__(needed)

    def fill(self, turn: Turn, form: Form) -> bool:
        """Take the only one that can be meant; a deal of another customer is forgotten."""
        deals = candidates(turn, form)
        chosen = form.values.get(self.name)
        if chosen is not None and any(deal.id == chosen for deal in deals):
            return True
        form.values.pop(self.name, None)
        named = narrowed(deals, form.values.get("model"), *form.values.get("cars", ()))
        if len(named) == 1:
            form.values[self.name] = named[0].id
        return len(named) <= 1

    def read(self, turn: Turn, form: Form, heard: Heard) -> Any:
        """A number of the list, or words of one vehicle."""
        deals = candidates(turn, form)
        number = heard.answer(self.question)
        if isinstance(number, int):
            return deals[number - 1].id if 1 <= number <= len(deals) else None
        if is_request(turn, form, heard):
            return None
        said = set(words(heard.text))
        named = [deal for deal in deals if deal.model and said & set(words(deal.model))]
        return named[0].id if len(named) == 1 else None

    def words(self, turn: Turn, form: Form) -> Html:  # noqa: ARG002
        """Which one."""
        return turn.t("question.deal")

    def buttons(self, turn: Turn, form: Form) -> Sequence[Sequence[Button]]:
        """One a row: vehicle, stage and value."""
        return [
            [answer_button(short(turn, deal), form, self.name, {self.name: deal.id})]
            for deal in candidates(turn, form)[:CHOICES_SHOWN]
        ]


def is_request(turn: Turn, form: Form, heard: Heard) -> bool:
    """Whether a text with a fitting word in it asks for something else: of another client, or at length and not of deals."""
    customer = turn.unit.customers.get(form.values["customer_id"])
    own = set(words(customer.name)) if customer else set()
    acts = heard.acts()
    for act in acts:
        named = act.entities.get("client")
        for name in named if isinstance(named, list) else [named]:
            if isinstance(name, str) and not own & {stem for word in words(name) for stem in (word, *stems(word))}:
                return True
    return len(heard.text.split()) > _FEW_WORDS and any(act.intent not in _DEAL_TALK for act in acts)


def candidates(turn: Turn, form: Form) -> Sequence[Opportunity]:
    """The open deals of the form's customer."""
    return open_deals(turn.unit, turn.agent, customer_id=form.values["customer_id"])


def narrowed(deals: Sequence[Opportunity], *models: object) -> Sequence[Opportunity]:
    """Those whose vehicle was named, where several could be meant; all where none of them is."""
    said = [model for model in models if isinstance(model, str)]
    if len(deals) < 2:
        return deals
    return [deal for deal in deals if deal.model and any(is_like(deal.model, model) for model in said)] or deals
