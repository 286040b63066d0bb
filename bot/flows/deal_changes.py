"""One way for every message and button to change a deal: written at once, told from → to, undone by one press."""

import re
from dataclasses import replace
from typing import Any

from bot.cards.activities import who
from bot.dialogue.flow import Values
from bot.dialogue.turn import Button, Turn
from bot.flows.deal_edits import Change
from bot.flows.deal_reopen import reopen_rows
from bot.flows.deal_values import BY_STAGE, changes_of
from bot.understanding.folding import fold
from bot.understanding.vehicles import find_models
from domain.names import words
from domain.opportunities import (
    CLOSED_STAGES,
    LossReason,
    Opportunity,
    Stage,
    is_like,
    lose,
    move_stage,
    probability_by_stage,
    update_opportunity,
    win,
)
from domain.permissions import customer_to_change, opportunity_to_change

WORDS = "words"  # the agent's own, for the deal that a press opens
CARS = "cars"  # vehicles that a loss names: the deal's own, or what was bought instead
KEPT_FOR_NEW = (
    *("model", "amount", "vat", "time", "percent", "quantity", "source", "stage", "loss_reason"),
    *("deadline", "decision_maker", CARS),
)
_BECAUSE = re.compile(
    r"[,;:–—]|\s-\s|\b(?:because|since|as|pentru c[aă]|fiindc[aă]|deoarece|c[aă] e|motiv(?:ul)?)\b", re.IGNORECASE
)
_TOOK_ANOTHER = re.compile(
    r"\b(?:bought|buys|took|chose|picked|went (?:with|to|for)|signed with|got a|lost\b.*\bto|"
    r"luat|cumparat|ales|mers (?:la|pe)|trecut la|semnat cu)\b"
)
_SHORTEST_NOTE = 4


def apply(turn: Turn, values: Values, deal_id: int, *, text: str = "") -> None:
    """Write what the values say into the deal, and tell it; `text` is the agent's own words for a loss."""
    deal = opportunity_to_change(turn.unit, turn.agent, deal_id)
    change = Change(turn, deal)
    stage = Stage(values["stage"]) if values.get("stage") else None
    changes = changes_of(values)
    if is_of(deal, changes.model):  # it named the deal, and is no news
        changes = replace(changes, model=None)
    if changes.some or changes.vat_included is not None:
        update_opportunity(turn.unit, turn.agent, opportunity_id=deal.id, changes=changes)
    if values.get(BY_STAGE):
        probability_by_stage(turn.unit, turn.agent, opportunity_id=deal.id)
    enter(turn, deal, stage, values, text=text)
    change.tell([opened_by(turn, deal)])


def enter(turn: Turn, deal: Opportunity, stage: Stage | None, values: Values, *, text: str = "") -> None:
    """Bring the deal to the stage that was said, if one was; a loss takes its reason and words along."""
    if stage is Stage.WON:
        win(turn.unit, turn.agent, opportunity_id=deal.id)
    elif stage is Stage.LOST:
        lose(
            turn.unit,
            turn.agent,
            opportunity_id=deal.id,
            reason=LossReason(values["loss_reason"]),
            note=loss_note(text),
            competitor=_competitor(values, deal, text),
        )
    elif stage is not None:
        move_stage(turn.unit, turn.agent, opportunity_id=deal.id, stage=stage)


def offer_new(turn: Turn, values: Values, *, text: str = "") -> None:
    """No deal is open: one press opens it with what was said, or goes on with one that was closed."""
    customer = customer_to_change(turn.unit, turn.agent, values["customer_id"])
    kept: dict[str, Any] = {name: values[name] for name in KEPT_FOR_NEW if values.get(name) is not None}
    kept |= {"customer_id": customer.id} | ({WORDS: text} if text else {})
    closing = values.get("stage") in {stage.value for stage in CLOSED_STAGES}
    if closing:
        label = turn.t("btn.new_deal_closed", stage=turn.t(f"stage.{values['stage']}"))
    elif values.get("model"):
        label = turn.t("btn.new_deal_of", model=values["model"])
    else:
        label = turn.t("btn.new_deal")
    turn.add(
        turn.t("deal.none_open", who=who(turn, customer)),
        [Button(label, "deal.create", {"values": kept})],
        *([] if closing else reopen_rows(turn, customer.id)),
    )


def is_of(deal: Opportunity, model: str | None) -> bool:
    """Whether the deal is of this vehicle already, as closely as it was said."""
    return bool(model and deal.model) and set(words(model or "")) <= set(words(deal.model or ""))


def opened_by(turn: Turn, deal: Opportunity) -> Button:
    """The way from an answer to the deal's card."""
    return Button(turn.t("btn.open_deal"), "deal.open", {"deal": deal.id})


def named_cars(text: str) -> list[str]:
    """Every vehicle in the words of a loss."""
    return [str(car.value) for car in find_models(text, about_cars=True)]


def loss_note(text: str) -> str | None:
    """Why, in the agent's own words: what stands behind the first comma or "because"."""
    found = _BECAUSE.search(text)
    note = text[found.end() :].strip(" ,.;:-–—") if found else ""
    return note if len(note) >= _SHORTEST_NOTE else None


def _competitor(values: Values, deal: Opportunity, text: str) -> str | None:
    """What was bought instead: a vehicle that is not the deal's, in the words of somebody who took another."""
    if values["loss_reason"] != LossReason.COMPETITOR and not _TOOK_ANOTHER.search(fold(text)):
        return None
    others = [car for car in values.get(CARS, ()) if deal.model is None or not is_like(car, deal.model)]
    return others[-1] if others else None
