"""What is said where somebody is known already, and the ways on: open it, share it for a reason, ask the director."""

from collections.abc import Sequence

from bot.cards.activities import who
from bot.dialogue.flow import Values
from bot.dialogue.slots import TextSlot, answer_button
from bot.dialogue.state import Form
from bot.dialogue.turn import Button, Turn
from domain.customers import Customer
from domain.duplicates import like_in_town, owner_name
from domain.errors import DuplicateCustomerError, ForeignCustomerError
from domain.permissions import may_see

REASONS = {"reach": ("family", "colleague", "shared"), "name": ("relative", "namesake")}


class ReasonSlot(TextSlot):
    """Why somebody is added who seems to be known: kept as a note, so that the next one does not wonder."""

    def __init__(self) -> None:
        super().__init__(
            "anyway", key="question.anyway", needed=lambda _turn, form: form.values.get("share") is not None
        )

    def buttons(self, turn: Turn, form: Form) -> Sequence[Sequence[Button]]:
        """The usual reasons."""
        return [
            [answer_button(words, form, self.name, {self.name: words.striptags()})]
            for reason in REASONS[form.values["share"]]
            for words in (turn.t(f"anyway.{reason}"),)
        ]


def tell_known(turn: Turn, error: DuplicateCustomerError | ForeignCustomerError, flow: str, values: Values) -> None:
    """Somebody has the phone or e-mail: open it, or share it (`flow` again with `values`) where it is one's own."""
    if isinstance(error, ForeignCustomerError):
        turn.add(turn.t("client.known_foreign", **error.values), *_ask_director(turn, error.customer_id))
        return
    row = [Button(turn.t("btn.open_it"), "client.open", {"customer": error.customer_id})]
    if error.own:
        args = {"flow": flow, "values": {**values, "share": "reach"}}
        row.append(Button(turn.t("btn.add_anyway"), "client.anyway", args))
    turn.add(turn.t("error.duplicate_own", **error.values), row)


def told_like(turn: Turn, *, name: str, town: str | None, flow: str, values: Values) -> bool:
    """Whether a like name in the same town was told of, so that nothing is added before a press."""
    found = like_in_town(turn.unit, name=name, town=town)
    if not found:
        return False
    seen = [customer for customer in found if may_see(turn.agent, customer)]
    if seen:
        _tell_seen(turn, seen[0], flow, values)
    else:
        another = Button(
            turn.t("btn.another_person"), "client.anyway", {"flow": flow, "values": {**values, "alike": True}}
        )
        owner = owner_name(turn.unit, found[0])
        turn.add(turn.t("client.like_foreign", owner=owner, town=town), *_ask_director(turn, found[0].id), [another])
    return True


def _tell_seen(turn: Turn, customer: Customer, flow: str, values: Values) -> None:
    opened = Button(turn.t("btn.open_it"), "client.open", {"customer": customer.id})
    args = {"flow": flow, "values": {**values, "share": "name"}}
    anyway = Button(turn.t("btn.add_anyway"), "client.anyway", args)
    turn.add(turn.t("client.like_own", who=who(turn, customer), town=customer.town), [opened, anyway])


def _ask_director(turn: Turn, customer_id: int | None) -> list[list[Button]]:
    if customer_id is None:
        return []
    return [[Button(turn.t("btn.ask_director"), "client.ask_director", {"customer": customer_id})]]
