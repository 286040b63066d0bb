"""Which planned activity a message means: by customer, kind and day; one is taken, several are shown."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from bot.cards.activities import what, when
from bot.dialogue.hearing import Heard
from bot.dialogue.slots import CHOICES_SHOWN, ClientSlot, Slot, answer_button
from bot.dialogue.state import Form
from bot.dialogue.turn import Button, Turn, plain
from domain.agenda import Activity
from domain.errors import ConflictError
from domain.names import words
from texts.catalog import Html

TELLING = 5


def _client_named(_turn: Turn, form: Form) -> bool:
    return bool(form.values.get("client") or form.values.get("customer_id")) and not form.values.get("activity_id")


NAMED_CLIENT = ClientSlot(_client_named, addable=False)


class PlannedSlot(Slot):
    """One planned activity of the agent; `by_time` tells whether the act's `time` says which (else it says whereto)."""

    name = "activity_id"
    question = "choice"

    def __init__(self, *, by_time: bool) -> None:
        super().__init__()
        self._by_time = by_time

    def fill(self, turn: Turn, form: Form) -> bool:
        """Take the only one that fits; raises ConflictError where none does."""
        if form.values.get(self.name):
            return True
        fitting = self._fitting(turn, form)
        if not fitting:
            raise ConflictError("nothing_planned")
        if len(fitting) == 1 and self._is_named(form, fitting[0]):
            form.values[self.name] = fitting[0].id
            return True
        return False

    def read(self, turn: Turn, form: Form, heard: Heard) -> Any:
        """By its number among the buttons, the first being 1; by a yes, where there is but one."""
        shown = self._fitting(turn, form)[:CHOICES_SHOWN]
        number = super().read(turn, form, heard)
        if number is None and len(shown) == 1 and heard.answer("yes_no") is True:
            number = 1
        return shown[number - 1].id if number is not None and 1 <= number <= len(shown) else None

    def words(self, turn: Turn, form: Form) -> Html:
        """Which of them."""
        fitting = self._fitting(turn, form)
        more = len(fitting) - CHOICES_SHOWN
        return turn.n("question.activity_more", more) if more > 0 else turn.t("question.activity")

    def buttons(self, turn: Turn, form: Form) -> Sequence[Sequence[Button]]:
        """The soonest that fit."""
        return [
            [answer_button(f"{when(turn, item)} · {_label(turn, item, form)}", form, self.name, {self.name: item.id})]
            for item in self._fitting(turn, form)[:CHOICES_SHOWN]
        ]

    def _is_named(self, form: Form, item: Activity) -> bool:
        """Something must say which one is meant: the only entry of an agenda is not meant by saying nothing.

        Where the message names another kind than the only one planned with the customer, that one is asked about.
        """
        kind = form.values.get("kind")
        if kind:
            return bool(item.kind.value == kind)
        time = form.values.get("time") if self._by_time else None
        return bool(form.values.get("customer_id") or time or _title_words(item) & _words(form.text))

    def _fitting(self, turn: Turn, form: Form) -> list[Activity]:
        values = form.values
        planned = list(turn.unit.activities.planned(turn.agent.id, customer_id=values.get("customer_id")))
        of_kind = [item for item in planned if item.kind == values.get("kind")]
        fitting = of_kind or ([] if values.get("kind") and not values.get("customer_id") else planned)
        time = values.get("time") if self._by_time else None
        if time:
            fitting = [item for item in fitting if _at(turn, item, time["value"])]
        titled = [item for item in fitting if _title_words(item) & _words(form.text)]
        return titled or fitting


def _words(text: str) -> set[str]:
    """The words that can tell one title from another: short ones stand in all of them."""
    return {word for word in words(text) if len(word) >= TELLING}


def _title_words(item: Activity) -> set[str]:
    return _words(item.title)


def _at(turn: Turn, item: Activity, value: str) -> bool:
    if "T" not in value:
        return item.day == date.fromisoformat(value)
    if item.starts_at is None:
        return False
    return turn.agent.local(item.starts_at).replace(tzinfo=None) == datetime.fromisoformat(value)


def _label(turn: Turn, item: Activity, form: Form) -> str:
    """With whom; the kind too where the message did not say it."""
    who_or_what = _with(turn, item)
    return who_or_what if form.values.get("kind") else f"{turn.t(f'kind.{item.kind}')} · {who_or_what}"


def _with(turn: Turn, item: Activity) -> str:
    customer = turn.unit.customers.get(item.customer_id) if item.customer_id else None
    return customer.name if customer else item.title or plain(what(turn, item))
