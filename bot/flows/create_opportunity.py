"""A new deal by one message: only the client is asked for, and whether a like deal is meant where one is open."""

from collections.abc import Sequence
from typing import Any

from bot.cards.activities import who
from bot.cards.deals import both_prices, customer_of_deal, short, stage_name, value_words, vehicle
from bot.dialogue.flow import Flow, Values, per_client
from bot.dialogue.hearing import Heard
from bot.dialogue.slots import ClientSlot, Slot, answer_button
from bot.dialogue.state import Form
from bot.dialogue.turn import Button, Turn
from bot.flows.deal_changes import WORDS, apply, enter
from bot.flows.deal_doubts import refuse_doubt
from bot.flows.deal_slot import is_request
from bot.flows.deal_values import RETRY, VALUE_SLOTS, changes_of, is_stage, reason_slot, said_of_deal
from bot.understanding.acts import Act
from bot.understanding.folding import fold
from domain.opportunities import CLOSED_STAGES, Opportunity, Stage, create_opportunity, like_deals
from domain.permissions import customer_to_change
from texts.catalog import Html

NEW = 0  # the answer that none of the open deals is meant
_SAYS_NEW = frozenset({"new", "nou", "noua", "alta", "another", "separate"})


class LikeDealSlot(Slot):
    """Whether an open deal of the same customer and a like vehicle is meant."""

    name = "same_deal"
    question = "yes_no"

    def fill(self, turn: Turn, form: Form) -> bool:
        """Nothing to ask where there is none."""
        return form.values.get(self.name) is not None or not _like(turn, form)

    def read(self, turn: Turn, form: Form, heard: Heard) -> Any:
        """Yes, it is that one; no, or "new"."""
        likes = _like(turn, form)
        if is_request(turn, form, heard):
            return None
        if _SAYS_NEW & set(fold(heard.text).split()):
            return NEW
        agreed = super().read(turn, form, heard)
        if agreed is None or (agreed and len(likes) > 1):
            return None
        return likes[0].id if agreed else NEW

    def words(self, turn: Turn, form: Form) -> Html:
        """Which is open already."""
        likes = _like(turn, form)
        customer = customer_of_deal(turn, likes[0])
        return turn.t("question.like_deal", who=who(turn, customer), deal=short(turn, likes[0]))

    def buttons(self, turn: Turn, form: Form) -> Sequence[Sequence[Button]]:
        """Update it (or one of them), or a new one."""
        likes = _like(turn, form)
        if len(likes) == 1:
            rows = [[answer_button(turn.t("btn.update_that"), form, self.name, {self.name: likes[0].id})]]
        else:
            rows = [
                [
                    answer_button(
                        turn.t("btn.update_deal", deal=short(turn, deal)), form, self.name, {self.name: deal.id}
                    )
                ]
                for deal in likes
            ]
        return [*rows, [answer_button(turn.t("btn.new_deal"), form, self.name, {self.name: NEW})]]


def _like(turn: Turn, form: Form) -> list[Opportunity]:
    customer_id = form.values["customer_id"]
    model = form.values.get("model") or customer_to_change(turn.unit, turn.agent, customer_id).interest
    return like_deals(turn.unit, turn.agent, customer_id=customer_id, model=model)


def _is_lost(_turn: Turn, form: Form) -> bool:
    return is_stage(form.values, Stage.LOST)


class CreateOpportunity(Flow):
    """`create_opportunity`."""

    intent = "create_opportunity"
    slots = (ClientSlot(), LikeDealSlot(), reason_slot(_is_lost), *VALUE_SLOTS)
    retry = RETRY

    def start(self, turn: Turn, act: Act) -> list[Values]:  # noqa: ARG002
        """One deal a client; clients and models in step belong together."""
        values = act.entities
        clients, models = values.get("client"), values.get("model")
        if isinstance(clients, list) and isinstance(models, list) and len(clients) == len(models):
            counts = values.get("quantity")
            in_step = isinstance(counts, list) and len(counts) == len(models)
            return [
                said_of_deal(
                    {**values, "client": client, "model": models[at]}
                    | ({"quantity": counts[at]} if in_step and counts else {}),
                    act.text,
                )
                for at, client in enumerate(clients)
            ]
        return per_client(said_of_deal(dict(values), act.text))

    def complete(self, turn: Turn, form: Form) -> None:
        """Save it, or change the one that is meant."""
        values = form.values
        refuse_doubt(values)
        if values.get("same_deal"):
            apply(turn, values, values["same_deal"], text=form.text)
            return
        stage = Stage(values.get("stage") or Stage.NEW)
        deal = create_opportunity(
            turn.unit,
            turn.agent,
            customer_id=values["customer_id"],
            changes=changes_of(values),
            stage=Stage.NEW if stage in CLOSED_STAGES else stage,
        )
        if stage in CLOSED_STAGES:
            enter(turn, deal, stage, values, text=values.get(WORDS, form.text))
        turn.wrote()
        turn.add(_told(turn, deal), _next_steps(turn, deal))
        turn.unit.flush()
        turn.state.see(deal.id, deal.version)


def _next_steps(turn: Turn, deal: Opportunity) -> list[Button]:
    opened = Button(turn.t("btn.open_deal"), "deal.open", {"deal": deal.id})
    if not deal.is_open or turn.unit.activities.planned(deal.owner_id, customer_id=deal.customer_id):
        return [opened]
    return [Button(turn.t("btn.deal_next"), "client.plan", {"customer": deal.customer_id}), opened]


def _told(turn: Turn, deal: Opportunity) -> Html:
    stage = stage_name(turn, deal.stage, sold=not deal.signed_without_order)
    lines = [
        turn.t("deal.created", vehicle=vehicle(turn, deal), who=who(turn, customer_of_deal(turn, deal))),
        turn.t("deal.stage_likely", stage=stage, percent=deal.probability) if deal.is_open else stage,
    ]
    if deal.value:
        lines.append(turn.t("deal.worth", value=both_prices(turn, deal.value)))
    if deal.close_on:
        lines.append(turn.t("deal.closes", day=turn.formats.day(deal.close_on, turn.today)))
    lines += [
        turn.t("deal.field", field=turn.t(f"deal_field.{name}"), value=value_words(turn, name, getattr(deal, name)))
        for name in ("deadline", "decision_maker", "source", "loss_reason", "loss_note", "competitor")
        if getattr(deal, name) is not None
    ]
    return Html("\n".join(lines))
