"""How one deal reads: its vehicle, value, stage and what it lacks, in answers, lists and on buttons."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from bot.cards.activities import who
from bot.dialogue.turn import Turn
from domain.customers import Customer
from domain.money import Basis, Money, Price
from domain.opportunities import Opportunity, Stage
from domain.pipeline import Neglect
from texts.catalog import Html

SHOWN = (
    *("stage", "probability", "model", "value", "close_on", "quantity", "deadline", "decision_maker", "source"),
    *("loss_reason", "loss_note", "competitor"),
)
BY_HAND = "probability_by_hand"
Values = dict[str, Any]


def customer_of_deal(turn: Turn, deal: Opportunity) -> Customer:
    """Whose deal it is."""
    customer = turn.unit.customers.get(deal.customer_id)
    if customer is None:  # the foreign key forbids it
        raise LookupError(deal.customer_id)
    return customer


def vehicle(turn: Turn, deal: Opportunity) -> Html:
    """The vehicle, of a fleet with how many: "12 × Logan"; "deal" where none is known."""
    model = Html.escape(deal.model) if deal.model else turn.t("deal.no_model")
    if deal.quantity and deal.quantity > 1 and "×" not in model:  # several models say their own numbers
        return turn.t("deal.several", quantity=deal.quantity, model=model)
    return model


def deal_name(turn: Turn, deal: Opportunity) -> Html:
    """Vehicle and customer, as the heading of an answer."""
    return turn.t("deal.name", vehicle=vehicle(turn, deal), who=who(turn, customer_of_deal(turn, deal)))


def money(turn: Turn, amount: Money) -> str:
    """An amount as the reader writes it."""
    return turn.formats.money(amount.minor, amount.currency)


def rounded(turn: Turn, amount: Money) -> str:
    """A sum without cents, for lists where nobody counts them."""
    return turn.formats.money(round(amount.minor, -2), amount.currency)


def price_words(turn: Turn, price: Price) -> Html:
    """As it was said, and without VAT where that is another amount: "€22,000 with VAT (€18,182 net)"."""
    if price.basis is Basis.GROSS:
        return turn.t("deal.gross", amount=money(turn, price.money), net=rounded(turn, price.net))
    return turn.t("deal.net", amount=money(turn, price.money))


def both_prices(turn: Turn, price: Price) -> Html:
    """Without VAT and with it, as the card shows it: what was said stands first."""
    if price.basis is Basis.GROSS:
        return price_words(turn, price)
    return turn.t("deal.net_both", amount=money(turn, price.money), gross=rounded(turn, price.gross))


def stage_name(turn: Turn, stage: Stage | str, *, sold: bool = True) -> Html:
    """The stage; what is won without an accepted order is a signature, and no sale yet."""
    if stage == Stage.WON and not sold:
        return turn.t("deal.signed_no_order")
    return turn.t(f"stage.{stage}")


def stage_of(turn: Turn, deal: Opportunity) -> Html:
    """The deal's stage in words."""
    return stage_name(turn, deal.stage, sold=not deal.signed_without_order)


def short(turn: Turn, deal: Opportunity) -> str:
    """Vehicle, stage and value on one button, to tell a customer's deals apart."""
    parts = [vehicle(turn, deal).unescape(), stage_of(turn, deal).unescape()]
    if deal.net:
        parts.append(rounded(turn, deal.net))
    return " · ".join(parts)


def neglect_words(turn: Turn, neglect: Neglect) -> Html:
    """What the deal lacks, with its sign."""
    parts = []
    if neglect.no_next:
        parts.append(turn.t("deal.no_next"))
    if neglect.untouched_days is not None:
        parts.append(turn.n("deal.untouched", neglect.untouched_days))
    return turn.t("deal.neglected", what=Html(", ").join(parts))


def line(turn: Turn, deal: Opportunity, number: int, neglect: Neglect | None) -> Html:
    """One deal of a list: customer, vehicle, net value, closing day, a colleague's name; what it lacks on a line below."""
    parts = [turn.t("deal.line", number=number, name=customer_of_deal(turn, deal).name, vehicle=vehicle(turn, deal))]
    if deal.net:
        parts.append(Html.escape(rounded(turn, deal.net)))
    if deal.is_open and deal.close_on:
        key = "deal.line_overdue" if deal.close_on < turn.today else "deal.line_closes"
        parts.append(turn.t(key, day=turn.formats.day(deal.close_on, turn.today)))
    elif deal.signed_without_order:
        parts.append(stage_of(turn, deal))
    elif deal.loss_reason:
        parts.append(turn.t(f"loss_reason.{deal.loss_reason}"))
    if deal.owner_id != turn.agent.id:
        parts.append(_agent(turn, deal.owner_id))
    text = Html(" · ").join(parts)
    return Html(f"{text}\n      {neglect_words(turn, neglect)}") if neglect else text


def snapshot(deal: Opportunity) -> Values:
    """The values that answers tell of, to compare with after a change."""
    return {name: getattr(deal, name) for name in (*SHOWN, BY_HAND)}


def value_words(turn: Turn, name: str, value: Any) -> Html:
    """One value of a deal in words; "none" where there is none."""
    if value is None:
        return turn.t("deal.none")
    if isinstance(value, date):
        return Html.escape(turn.formats.day(value, turn.today))
    in_words = _IN_WORDS.get(name)
    return in_words(turn, value) if in_words else Html.escape(str(value))


def both_words(turn: Turn, name: str, before: Any, after: Any) -> tuple[Html, Html]:
    """A value before and after; of two prices that are both with VAT, or both without, that is said once."""
    now = value_words(turn, name, after)
    if isinstance(before, Price) and isinstance(after, Price) and before.basis is after.basis:
        return Html.escape(money(turn, before.money)), now
    return value_words(turn, name, before), now


def _agent(turn: Turn, agent_id: int) -> Html:
    agent = turn.unit.team.get(agent_id)
    return Html.escape(agent.name if agent else "")


_IN_WORDS: dict[str, Callable[[Turn, Any], Html]] = {
    "stage": lambda turn, value: turn.t(f"stage.{value}"),
    "value": price_words,
    "probability": lambda turn, value: turn.t("deal.percent", percent=value),
    "source": lambda turn, value: turn.t(f"source.{value}"),
    "loss_reason": lambda turn, value: turn.t(f"loss_reason.{value}"),
    "owner_id": _agent,
}


def changes_told(turn: Turn, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Html]:
    """One line for each value that is another now, from → to; the stage brings its probability along."""
    lines = []
    for name in SHOWN:
        if before[name] == after[name] or (name == "probability" and before["stage"] != after["stage"]):
            continue
        was, now = both_words(turn, name, before[name], after[name])
        if name == "stage" and before["probability"] != after["probability"]:
            now = turn.t("deal.stage_likely", stage=now, percent=after["probability"])
        key = "deal.set" if before[name] is None else "deal.changed"
        lines.append(turn.t(key, field=turn.t(f"deal_field.{name}"), before=was, after=now))
    if before[BY_HAND] != after[BY_HAND] and before["stage"] == after["stage"]:
        key = "deal.now_by_hand" if after[BY_HAND] else "deal.now_by_stage"
        lines.append(turn.t(key, percent=after["probability"]))
    return lines
