"""What a message says of a deal, as the domain takes it, and the questions for one value at a time."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from bot.cards.deal import in_twos
from bot.dialogue.flow import Values
from bot.dialogue.hearing import Heard
from bot.dialogue.slots import ChoiceSlot, Slot, TextSlot, TimeSlot, answer_button, when_of
from bot.dialogue.state import Form
from bot.dialogue.turn import Button, Turn
from bot.flows.deal_doubts import DOUBT, doubt_in
from bot.understanding.folding import fold
from domain.customers import Source
from domain.money import Money
from domain.opportunities import OPEN_STAGES, PROBABILITY, Changes, LossReason, Stage
from texts.catalog import Html

FIELD = "field"  # the one value that a card's button asks for
CARD = "card"  # the token of that card, to be drawn again with the answer
BY_STAGE = "by_stage"
PERCENTS = (10, 25, 50, 75, 90)
CONFIGURATION = ("engine", "colour", "upholstery", "option", "transmission", "fuel")
_AUTOMATIC = re.compile(r"(?=.*\bprobab\w*)(?=.*\b(?:automat\w*|by stage|by itself|dupa etapa|implicit\w*|default)\b)")
_DEADLINE = re.compile(r"\b(?:deadline|tender|licitati\w*|termen(?:ul)?(?: limita)?)\b")
_DECIDES = re.compile(
    r"\b(?:decision[- ]?maker|decident\w*|factor\w* de decizie)\b(?:\s+(?:at|of|for|la|de la|pentru)\s+(?P<client>[\w .&-]+?))?"
    r"\s*(?::|\bis\b|\be\b|\beste\b)\s*(?P<name>[^\d,;]{2,80}?)\s*[.]?$",
    re.IGNORECASE,
)


def said_of_deal(values: Values, text: str) -> Values:
    """The act's values, with what the words say beyond them: a deadline, who decides, the probability by stage again."""
    result = dict(values)
    if doubt := doubt_in(values, text):
        result[DOUBT] = doubt
    folded = fold(text)
    if _AUTOMATIC.search(folded):
        result.pop("transmission", None)
        result[BY_STAGE] = True
    if "time" in result and _DEADLINE.search(folded):
        result["deadline"] = result.pop("time")
    if decides := _DECIDES.search(text):
        result["decision_maker"] = decides["name"].strip()
        if decides["client"] and fold(str(result.get("client"))) in fold(decides["name"]):
            result["client"] = decides["client"].strip()  # who decides is no client
    return _one_model(result)


def _one_model(values: Values) -> Values:
    """Several models are one deal: "10 × Logan, 2 × Duster", and their number."""
    models, counts = values.get("model"), values.get("quantity")
    if not isinstance(models, list):
        return values | ({"quantity": counts[0]} if isinstance(counts, list) else {})
    if isinstance(counts, list) and len(counts) == len(models):
        named = [f"{count} × {model}" for count, model in zip(counts, models, strict=True)]
        return values | {"model": ", ".join(named), "quantity": sum(counts)}
    rest = dict(values)
    if isinstance(counts, list):
        rest.pop("quantity")
    return rest | {"model": ", ".join(models)}


def changes_of(values: Values) -> Changes:
    """What the values change in a deal."""
    changes = Changes(
        model=values.get("model"),
        probability=_percent(values.get("percent")),
        source=Source(values["source"]) if values.get("source") else None,
        quantity=values.get("quantity"),
        close_on=_day(values.get("time")),
        deadline=_day(values.get("deadline")),
        decision_maker=values.get("decision_maker"),
    )
    amount = values.get("amount")
    if amount:
        changes = replace(changes, value=money_of(amount))
    if values.get("vat"):
        changes = replace(changes, vat_included=values["vat"] == "included")
    return changes


def money_of(amount: dict[str, Any]) -> Money:
    """The contract's `amount`; raises InvalidValueError for more than can be kept."""
    return Money.of(Decimal(amount["value"]), amount["currency"])


def has_changes(values: Values) -> bool:
    """Whether the values say anything that a deal keeps."""
    return any(
        values.get(name) is not None
        for name in ("model", "percent", "source", "quantity", "time", "deadline", "decision_maker", "amount", "vat")
    ) or bool(values.get(BY_STAGE) or values.get("stage"))


def _percent(said: str | None) -> int | None:
    return None if said is None else round(Decimal(said))


def _day(time: dict[str, Any] | None) -> date | None:
    return None if time is None else when_of(time).day


def is_asked(name: str) -> Any:
    """The condition of a slot that is asked for only where a button, or a refusal, asks for it."""

    def asked(_turn: Turn, form: Form) -> bool:
        return form.values.get(FIELD) == name

    return asked


class AmountSlot(Slot):
    """A value, with or without a word on VAT."""

    name = "amount"
    question = "amount"

    def read(self, turn: Turn, form: Form, heard: Heard) -> Any:
        """A bare amount, or one with its VAT as the model reads it."""
        value = super().read(turn, form, heard)
        acts = heard.acts() if value is None else []
        if len(acts) == 1 and acts[0].intent in {"inform", "update_opportunity"}:
            form.values.update({"vat": acts[0].entities["vat"]} if "vat" in acts[0].entities else {})
            return acts[0].entities.get("amount")
        return value

    def words(self, turn: Turn, form: Form) -> Html:  # noqa: ARG002
        """How much."""
        return turn.t("question.amount")


class CloseDateSlot(TimeSlot):
    """When the deal is to close: a day."""

    def words(self, turn: Turn, form: Form) -> Html:  # noqa: ARG002
        """When."""
        return turn.t("question.closing")

    def buttons(self, turn: Turn, form: Form) -> Sequence[Sequence[Button]]:
        """In two weeks, and the ends of this month and the next."""
        ends = [month_end(turn.today), month_end(month_end(turn.today) + timedelta(days=1))]
        days = sorted({turn.today + timedelta(days=14), *ends})
        buttons = [
            answer_button(turn.formats.day(day, turn.today), form, self.name, {self.name: _time(day)})
            for day in days
            if day > turn.today
        ]
        return in_twos(buttons)


class DeadlineSlot(TimeSlot):
    """By when a fleet customer must decide."""

    name = "deadline"

    def words(self, turn: Turn, form: Form) -> Html:  # noqa: ARG002
        """By when."""
        return turn.t("question.deadline")

    def buttons(self, turn: Turn, form: Form) -> Sequence[Sequence[Button]]:  # noqa: ARG002
        """None: a deadline is a day that somebody else has set."""
        return ()


class PercentSlot(Slot):
    """A probability by hand, or the stage's again."""

    name = "percent"
    question = "percent"

    def fill(self, turn: Turn, form: Form) -> bool:  # noqa: ARG002
        """A percentage, or that the stage says it."""
        return form.values.get(self.name) is not None or bool(form.values.get(BY_STAGE))

    def read(self, turn: Turn, form: Form, heard: Heard) -> Any:
        """A percentage, or a bare number."""
        number = re.fullmatch(r"\s*(\d{1,3})\s*", heard.text)
        return number[1] if number else super().read(turn, form, heard)

    def words(self, turn: Turn, form: Form) -> Html:  # noqa: ARG002
        """How likely."""
        return turn.t("question.probability")

    def buttons(self, turn: Turn, form: Form) -> Sequence[Sequence[Button]]:
        """Usual ones, then what the stage says."""
        deal = turn.unit.opportunities.get(form.values.get("deal_id") or 0)
        usual = [
            answer_button(turn.t("deal.percent", percent=percent), form, self.name, {self.name: str(percent)})
            for percent in PERCENTS
        ]
        if deal is None or deal.stage not in OPEN_STAGES:
            return [usual]
        by_stage = turn.t("btn.by_stage", percent=PROBABILITY[deal.stage])
        return [usual, [answer_button(by_stage, form, self.name, {BY_STAGE: True})]]


class QuantitySlot(Slot):
    """How many cars."""

    name = "quantity"
    question = "choice"

    def read(self, turn: Turn, form: Form, heard: Heard) -> Any:  # noqa: ARG002
        """A whole number, with or without a word behind it."""
        number = re.fullmatch(r"\D{0,20}(\d{1,6})\D{0,20}", heard.text)
        return int(number[1]) if number else None

    def words(self, turn: Turn, form: Form) -> Html:  # noqa: ARG002
        """How many."""
        return turn.t("question.quantity")


def reason_slot(needed: Any) -> ChoiceSlot:
    """Why a deal was lost."""
    return ChoiceSlot(
        "loss_reason",
        "loss_reason",
        key="question.loss_reason",
        prefix="loss_reason",
        values=[reason.value for reason in LossReason],
        needed=needed,
    )


VALUE_SLOTS: tuple[Slot, ...] = (
    AmountSlot(is_asked("amount")),
    CloseDateSlot(is_asked("time")),
    PercentSlot(is_asked("percent")),
    QuantitySlot(is_asked("quantity")),
    DeadlineSlot(is_asked("deadline")),
    TextSlot("decision_maker", key="question.decision_maker", needed=is_asked("decision_maker")),
)
RETRY = {
    "amount_out_of_range": "amount",
    "date_past": "time",
    "date_none": "time",
    "deadline_past": "deadline",
    "probability_range": "percent",
    "quantity_range": "quantity",
}
"""Which value is asked for again where the domain refuses it."""


def is_stage(values: Values, *stages: Stage) -> bool:
    """Whether the values name one of these stages."""
    return values.get("stage") in {stage.value for stage in stages}


def month_end(day: date) -> date:
    """The last day of its month."""
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return following - timedelta(days=1)


def _time(day: date) -> dict[str, str]:
    return {"value": day.isoformat(), "grain": "day"}
