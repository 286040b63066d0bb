"""What a capability needs to know, one slot a question: how it is filled, asked for and answered."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from bot.dialogue.hearing import Heard
from bot.dialogue.state import Form
from bot.dialogue.turn import Button, Turn
from bot.understanding.acts import OUT_OF_SCOPE
from domain.agenda import When
from domain.customers import Customer, NameMatches, find_by_name
from domain.names import LEGAL_FORMS, fold, stems, words
from domain.permissions import may_change
from texts.catalog import Html

CHOICES_SHOWN = 8
LATEST_TODAY = 18  # after this hour nobody plans for the same day without saying an hour
_BARE = frozenset({"inform", "show_client", OUT_OF_SCOPE})  # what a name alone is read as
Condition = Callable[[Turn, Form], bool]


def always(_turn: Turn, _form: Form) -> bool:
    """The slot is always needed."""
    return True


class Slot(ABC):
    """One thing that a form needs. `question` is what `read_answer` calls the type of the answer."""

    name: str
    question: str
    shown: frozenset[str] = frozenset()  # values that the question's own words show

    def __init__(self, needed: Condition = always) -> None:
        self.needed = needed

    def fill(self, turn: Turn, form: Form) -> bool:  # noqa: ARG002  slots that resolve names need the turn
        """Whether the value is known, after taking what the form already says."""
        return form.values.get(self.name) is not None

    def read(self, turn: Turn, form: Form, heard: Heard) -> Any:  # noqa: ARG002  what is offered depends on them
        """The value that a text gives as a bare answer, or None where it is none."""
        return heard.answer(self.question)

    def accept(self, form: Form, value: Any) -> None:
        """Take an answer."""
        form.values[self.name] = value

    def forget(self, form: Form) -> None:
        """Drop the value, so that it is asked for again."""
        form.values.pop(self.name, None)

    def ask(self, turn: Turn, form: Form, about: Html | None) -> None:
        """Put the question, under what the form is about; a soft one stands in the answer and needs no way out."""
        words, buttons = self.words(turn, form), self.buttons(turn, form)
        if form.soft:
            turn.add(words, *buttons)
        else:
            turn.ask(Html(f"{about}\n{words}") if about else words, *buttons, [cancel_button(turn, form)])

    @abstractmethod
    def words(self, turn: Turn, form: Form) -> Html:
        """The question's words."""

    def buttons(self, turn: Turn, form: Form) -> Sequence[Sequence[Button]]:  # noqa: ARG002  most offer none
        """Rows of answers that can be pressed."""
        return ()


def answer_button(label: str, form: Form, slot: str, values: dict[str, Any]) -> Button:
    """A button that answers the form's question with `values`."""
    return Button(label, "form.answer", {"form": form.id, "slot": slot, "values": values})


def cancel_button(turn: Turn, form: Form) -> Button:
    """The way out of a form."""
    return Button(turn.t("btn.cancel"), "form.cancel", {"form": form.id})


def customer_label(turn: Turn, customer: Customer, *, typed: str | None = None) -> str:
    """Enough to tell two namesakes apart: name, whom of a company `typed` means, town, and the phone's last three digits."""
    tail = turn.formats.phone_tail(customer.phones[0].e164) if customer.phones else ""
    told = [part for part in (_contact_named(customer, typed or ""), customer.town) if part]
    return " ".join(part for part in (customer.name, f"({', '.join(told)})" if told else "", tail) if part)


def _contact_named(customer: Customer, typed: str) -> str | None:
    """The contact person that the name means where it is not the customer's own."""
    said = {stem for word in words(typed) for stem in stems(word)}
    if said & set(words(customer.name)):
        return None
    return next((contact.name for contact in customer.contacts if said & set(words(contact.name))), None)


def capitalised(name: str) -> str:
    """A name typed with one hand, "ion popescu", as it is written; one that has a capital or a sign stays as typed."""
    if name != name.lower() or not name.replace(" ", "").replace("-", "").isalpha():
        return name
    parts = (
        word.upper() if fold(word) in LEGAL_FORMS else "-".join(part[:1].upper() + part[1:] for part in word.split("-"))
        for word in name.split(" ")
    )
    return " ".join(parts)


class ClientSlot(Slot):
    """A customer whom the actor may change: only an exact and unique name is taken without asking."""

    name = "customer_id"
    question = "client"
    shown = frozenset({"client"})

    def __init__(self, needed: Condition = always, *, optional: Condition | None = None, addable: bool = True) -> None:
        super().__init__(needed)
        self._optional, self._addable = optional, addable

    def fill(self, turn: Turn, form: Form) -> bool:
        """Resolve the typed name where it is exact and unique; a customer chosen before stays."""
        if form.values.get("no_client"):
            return True
        known = form.values.get("customer_id")
        if known is not None:
            customer = turn.unit.customers.get(known)
            if customer and self.permitted(turn, customer):
                return True
            form.values.pop("customer_id")
        only = self._looked_up(turn, form).only
        if only:
            form.values["customer_id"] = only.id
        return only is not None

    def read(self, turn: Turn, form: Form, heard: Heard) -> Any:
        """A typed name; a yes, where one customer alone is offered for the name typed before, or a no to all of them."""
        if _asks_for_more(heard):
            return None
        name = super().read(turn, form, heard)
        if name is not None or not form.values.get("client"):
            return name
        matches = self._looked_up(turn, form)
        offered = [*matches.exact, *matches.near]
        agreed = heard.answer("yes_no")
        if agreed is True:
            return offered[0].id if len(offered) == 1 else None
        return "" if agreed is False else None

    def accept(self, form: Form, value: Any) -> None:
        """A typed name, or the customer that was offered; an empty name where none of the offered is meant."""
        if isinstance(value, int):
            form.values[self.name] = value
            return
        self.forget(form)
        if value:
            form.values["client"] = value[0] if isinstance(value, list) else value

    def forget(self, form: Form) -> None:
        """Drop name and customer."""
        for key in ("customer_id", "client", "no_client"):
            form.values.pop(key, None)

    def words(self, turn: Turn, form: Form) -> Html:
        """Which one, did you mean, unknown, or who."""
        typed, matches = form.values.get("client"), self._looked_up(turn, form)
        if not typed:
            return turn.t("question.client")
        if matches.exact:
            return turn.t("question.client_which", name=typed)
        if matches.near:
            return turn.t("question.client_near", name=typed)
        return turn.t("question.client_unknown", name=typed)

    def buttons(self, turn: Turn, form: Form) -> Sequence[Sequence[Button]]:
        """The candidates, then adding the name as a new client, then none."""
        typed, matches = form.values.get("client"), self._looked_up(turn, form)
        candidates: list[Customer] = [*matches.exact, *matches.near][:CHOICES_SHOWN]
        focus = turn.unit.customers.get(turn.state.focus) if turn.state.focus and not typed else None
        if focus and self.permitted(turn, focus):
            candidates.append(focus)
        rows = [
            [answer_button(customer_label(turn, one, typed=typed), form, self.name, {"customer_id": one.id})]
            for one in candidates
        ]
        if typed and self._addable:
            rows.append(
                [
                    Button(
                        turn.t("btn.add_new", name=capitalised(typed)),
                        "form.new_client",
                        {"form": form.id, "name": typed},
                    )
                ]
            )
        if self._optional and self._optional(turn, form):
            rows.append([answer_button(turn.t("btn.no_client"), form, self.name, {"no_client": True})])
        return rows

    def _looked_up(self, turn: Turn, form: Form) -> NameMatches:
        """The matches, read from the database once a turn: filling, wording and buttons all ask."""
        key = (type(self).__name__, str(form.values.get("client")))
        if key not in turn.looked_up:
            turn.looked_up[key] = self.matches(turn, form)
        return turn.looked_up[key]

    @staticmethod
    def matches(turn: Turn, form: Form) -> NameMatches:
        """Whom the typed name may mean."""
        typed = form.values.get("client")
        return find_by_name(turn.unit, turn.agent, typed) if isinstance(typed, str) else NameMatches()

    def permitted(self, turn: Turn, customer: Customer) -> bool:
        """Whether the agent may do this to the customer."""
        return may_change(turn.agent, customer)


def _asks_for_more(heard: Heard) -> bool:
    """Whether the words name somebody and ask for something: "Marinescu 27k" is no name, and must not become one."""
    first = heard.acts()[0]
    client = first.entities.get("client")
    if first.intent in _BARE or not isinstance(client, str):
        return False
    return len(words(client)) < len(words(heard.text))


class TimeSlot(Slot):
    """A moment or a day to come, as the contract's `time`."""

    name = "time"
    question = "time"

    def words(self, turn: Turn, form: Form) -> Html:  # noqa: ARG002
        """When."""
        return turn.t("question.when")

    def buttons(self, turn: Turn, form: Form) -> Sequence[Sequence[Button]]:
        """Today while it lasts, and the usual days."""
        days = usual_days(turn)
        if turn.now.hour < LATEST_TODAY:
            days.insert(0, (Html(turn.formats.day(turn.today, turn.today)), turn.today))
        buttons = [
            answer_button(label, form, self.name, {"time": {"value": day.isoformat(), "grain": "day"}})
            for label, day in days
        ]
        return [buttons[at : at + 2] for at in range(0, len(buttons), 2)] if len(buttons) > 3 else [buttons]


def usual_days(turn: Turn) -> list[tuple[Html, date]]:
    """Tomorrow, the day after, and next Monday, with their names."""
    today = turn.today
    tomorrow = date.fromordinal(today.toordinal() + 1)
    after = date.fromordinal(today.toordinal() + 2)
    monday = date.fromordinal(today.toordinal() + 7 - today.weekday())
    days = [tomorrow, after] + ([monday] if monday not in {tomorrow, after} else [])
    return [(Html(turn.formats.day(day, today)), day) for day in days]


class ChoiceSlot(Slot):
    """One of a few values, each a button labelled `<prefix>.<value>`."""

    def __init__(
        self, name: str, question: str, *, key: str, prefix: str, values: Sequence[str], needed: Condition = always
    ) -> None:
        super().__init__(needed)
        self.name, self.question = name, question
        self._key, self._prefix, self._values = key, prefix, values

    def words(self, turn: Turn, form: Form) -> Html:  # noqa: ARG002
        """The question."""
        return turn.t(self._key)

    def buttons(self, turn: Turn, form: Form) -> Sequence[Sequence[Button]]:
        """Two a row."""
        all_of_them = [
            answer_button(turn.t(f"{self._prefix}.{value}"), form, self.name, {self.name: value})
            for value in self._values
        ]
        return [all_of_them[at : at + 2] for at in range(0, len(all_of_them), 2)]


class TextSlot(Slot):
    """Free text, taken as typed."""

    def __init__(self, name: str, *, key: str, question: str = "text", needed: Condition = always) -> None:
        super().__init__(needed)
        self.name, self.question, self._key = name, question, key

    def words(self, turn: Turn, form: Form) -> Html:  # noqa: ARG002
        """The question."""
        return turn.t(self._key)


def when_words(turn: Turn, time: dict[str, Any]) -> Html:
    """The contract's `time` in words."""
    when = when_of(time)
    return Html(turn.formats.moment(when.hour, turn.today) if when.hour else turn.formats.day(when.day, turn.today))


def when_of(time: dict[str, Any]) -> When:
    """The contract's `time` as the domain takes it."""
    if time["grain"] == "minute":
        return When.of(datetime.fromisoformat(time["value"]))
    return When.of(date.fromisoformat(time["value"]))
