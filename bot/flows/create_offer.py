"""An offer from a sentence: a car that is clear becomes a PDF at once; what is missing is chosen on the card first."""

import re
from collections.abc import Sequence
from typing import Any

from bot.cards.offers import offer_text
from bot.cards.portfolio import tell_deciders
from bot.dialogue.engine import Engine
from bot.dialogue.flow import Flow, Register, Values, per_client
from bot.dialogue.hearing import Heard
from bot.dialogue.slots import ClientSlot, Slot, TextSlot, answer_button
from bot.dialogue.state import Form
from bot.dialogue.turn import Button, Turn
from bot.flows.configure import begin, complete_or_none, read_car, said_of, save_as, show, showroom_of
from bot.ports import Card
from bot.understanding.acts import Act
from bot.understanding.folding import fold
from domain.catalog import Model
from domain.configurations import SavedConfiguration, own_configuration
from domain.errors import ConflictError
from domain.money import Money
from domain.offer_terms import Allowance, OfferTerms, configured_line, terms_of
from domain.offers import Offer, OfferStatus, create_offer, with_allowances, with_discount
from domain.opportunities import Changes, create_opportunity, like_deals, open_deals, update_opportunity
from domain.permissions import customer_to_change
from domain.sales import AllowanceKind
from domain.wishes import find_models
from texts.catalog import Html

MODELS_SHOWN = 12
SAVED_SHOWN = 4
_OFF = re.compile(r"\b(?:off|discount|reducere|reduceri|rabat|scade|minus)\b")
_TRADED = re.compile(r"\b(?:trade[- ]?in|buy[- ]?back|in schimb|preluare|la schimb)\b")


class CarSlot(Slot):
    """One model of the Catalog."""

    name = "model_id"
    question = "text"

    def fill(self, turn: Turn, form: Form) -> bool:
        """The model that was typed, else the one that the deal or the customer's interest names."""
        if form.values.get("paper") or form.values.get(self.name):
            return True
        if not form.values.get("model"):
            form.values["model"] = _wanted(turn, form)
        found = _models(turn, form)
        if len(found) == 1:
            form.values[self.name] = found[0].id
        return len(found) == 1

    def read(self, turn: Turn, form: Form, heard: Heard) -> Any:  # noqa: ARG002
        """Words that name a model."""
        return heard.text if find_models(showroom_of(turn).catalog, heard.text) else None

    def accept(self, form: Form, value: Any) -> None:
        """Take the words in the place of those before."""
        form.values["model"] = value

    def forget(self, form: Form) -> None:
        """Drop model and words."""
        for key in (self.name, "model"):
            form.values.pop(key, None)

    def words(self, turn: Turn, form: Form) -> Html:
        """Which model, with what was typed where nothing is called so."""
        typed = form.values.get("model")
        if typed and not _models(turn, form):
            return turn.t("question.car_unknown", model=typed)
        return turn.t("question.car")

    def buttons(self, turn: Turn, form: Form) -> Sequence[Sequence[Button]]:
        """Those that fit, else the agent's saved cars and the first of the Catalog; others are typed."""
        models = _models(turn, form) or showroom_of(turn).catalog.models[:MODELS_SHOWN]
        found = [
            answer_button(f"{model.make} {model.name}", form, self.name, {"model": f"{model.make} {model.name}"})
            for model in models[:MODELS_SHOWN]
        ]
        saved = [] if _models(turn, form) else turn.unit.configurations.named(turn.agent.id, limit=SAVED_SHOWN)
        opened = {"customer": form.values.get("customer_id")}
        rows = [[Button(f"★ {one.name}", "car.open", opened | {"paper": one.id})] for one in saved]
        return [*rows, *(found[at : at + 2] for at in range(0, len(found), 2))]


class CreateOffer(Flow):
    """`create_offer`."""

    intent = "create_offer"
    slots = (ClientSlot(), CarSlot())

    def start(self, turn: Turn, act: Act) -> list[Values]:  # noqa: ARG002
        """One offer a client; a sum is a discount or a trade-in only where the words say so."""
        values = dict(act.entities)
        said = fold(act.text)
        amount = values.pop("amount", None)
        if isinstance(amount, dict) and _TRADED.search(said):
            values["trade_in"] = amount
        elif isinstance(amount, dict) and _OFF.search(said):
            values["discount"] = amount
        return per_client(values)

    def complete(self, turn: Turn, form: Form) -> None:
        """Offer a car that is clear; show the card of one that is not."""
        values = form.values
        if values.get("paper"):
            _offer_paper(turn, values["paper"], values["customer_id"])
            return
        reading = read_car(turn, values)
        deal_id = values.get("deal_id") or deal_for(turn, values["customer_id"], reading.models[0])
        quantity = values.get("quantity")
        paper = begin(
            turn,
            reading,
            customer_id=values["customer_id"],
            opportunity_id=deal_id,
            quantity=quantity if isinstance(quantity, int) else 1,
            wish={name: values[name] for name in ("percent", "discount", "trade_in", "language") if name in values},
        )
        if complete_or_none(turn, paper) and not reading.unclear:
            make_offer(turn, paper)
        else:
            show(turn, paper, notice=said_of(turn, reading))


class SaveConfiguration(Flow):
    """A car is kept under a name, by its button."""

    intent = "save_configuration"
    slots = (TextSlot("saved_as", key="question.save_as"),)
    repeatable = False

    def complete(self, turn: Turn, form: Form) -> None:
        """Keep it."""
        saved = save_as(turn, form.values["paper"], form.values["saved_as"])
        turn.add(
            turn.t("car.saved", name=saved.name), [Button(turn.t("btn.use_again"), "car.open", {"paper": saved.id})]
        )


def make_offer(turn: Turn, paper: SavedConfiguration) -> Offer:
    """The offer of a complete car, on its way to its document or to the director."""
    if paper.opportunity_id is None:
        raise LookupError(paper.id)
    terms = _terms(turn, paper)
    language = paper.wish.get("language") or turn.agent.language
    offer = create_offer(turn.unit, turn.agent, opportunity_id=paper.opportunity_id, terms=terms, language=language)
    announce(turn, offer)
    return offer


def announce(turn: Turn, offer: Offer) -> None:
    """Say what was offered; its document follows, or the director is asked first."""
    turn.state.focus = offer.customer_id
    if offer.status is OfferStatus.WAITING:
        turn.add(offer_text(turn, offer))
        fact = {"kind": "offer_approval", "offer": offer.id}
        tell_deciders(turn, fact, asked_at=offer.created_at, asker_id=offer.agent_id)
        return
    coming = turn.t("offer.coming")
    turn.add(Html(f"{offer_text(turn, offer)}\n\n{coming}"))
    order_document(turn, offer)


def order_document(turn: Turn, offer: Offer) -> None:
    """Let an action server make the document."""
    turn.unit.add_job(kind="offer_document", key=f"offer_document:{offer.id}", payload={"offer_id": offer.id})


def register_create_offer_buttons(register: Register, engine: Engine) -> None:
    """The end of the configurator's card, and the start from a card of a customer or a deal."""

    def offer(turn: Turn, card: Card, args: dict[str, Any]) -> None:
        paper = own_configuration(turn.unit, turn.agent, args["paper"])
        if complete_or_none(turn, paper) is None:
            raise ConflictError("car_incomplete")
        turn.edit(card, None)
        if paper.customer_id is None:
            engine.open_form(turn, "create_offer", {"paper": paper.id})
        else:
            _offer_paper(turn, paper.id, paper.customer_id)

    def start(turn: Turn, card: Card, args: dict[str, Any]) -> None:  # noqa: ARG001  the card stays
        of_deal = {"deal_id": args["deal"]} if args.get("deal") else {}
        engine.open_form(turn, "create_offer", {"customer_id": args["customer"]} | of_deal)

    register.press("car.offer", offer)
    register.press("offer.new", start)


def _offer_paper(turn: Turn, paper_id: int, customer_id: int) -> None:
    paper = own_configuration(turn.unit, turn.agent, paper_id)
    model = showroom_of(turn).catalog.model(paper.model_id)
    if model is None:
        raise ConflictError("model_gone")
    paper.customer_id = customer_id
    paper.opportunity_id = paper.opportunity_id or deal_for(turn, customer_id, model)
    make_offer(turn, paper)


def _terms(turn: Turn, paper: SavedConfiguration) -> OfferTerms:
    catalog = showroom_of(turn).catalog
    terms = terms_of(catalog, [configured_line(catalog, paper.configuration, quantity=paper.quantity)])
    return wished(terms, paper.wish)


def wished(terms: OfferTerms, wish: Values) -> OfferTerms:
    """The terms with the discount and the trade-in that were said."""
    if wish.get("percent"):
        terms = with_discount(terms, percent=round(float(wish["percent"]) * 100))
    elif wish.get("discount"):
        terms = with_discount(terms, amount=_money(wish["discount"]))
    if wish.get("trade_in"):
        allowance = Allowance(
            AllowanceKind.TRADE_IN, wish.get("trade_in_label", "Trade-in"), _money(wish["trade_in"]).minor
        )
        terms = with_allowances(terms, (allowance,))
    return terms


def _money(said: Values) -> Money:
    return Money.of(said["value"], said["currency"])


def deal_for(turn: Turn, customer_id: int, model: Model) -> int:
    """The open deal that the offer belongs to: one of a like vehicle, the only one, else a new one."""
    name = f"{model.make} {model.name}"
    like = like_deals(turn.unit, turn.agent, customer_id=customer_id, model=model.name)
    found = like or open_deals(turn.unit, turn.agent, customer_id=customer_id)
    if like:
        return like[0].id
    if len(found) == 1:  # the customer has changed their mind about the car
        changed = Changes(model=name)
        return update_opportunity(turn.unit, turn.agent, opportunity_id=found[0].id, changes=changed).id
    deal = create_opportunity(turn.unit, turn.agent, customer_id=customer_id, changes=Changes(model=name))
    return deal.id


def _wanted(turn: Turn, form: Form) -> str | None:
    """The vehicle that is known already."""
    customer = customer_to_change(turn.unit, turn.agent, form.values["customer_id"])
    deals = open_deals(turn.unit, turn.agent, customer_id=customer.id)
    meant = [deal for deal in deals if deal.id == form.values.get("deal_id", deal.id)]
    return (meant[0].model if len(meant) == 1 else None) or customer.interest


def _models(turn: Turn, form: Form) -> list[Model]:
    typed = form.values.get("model")
    return find_models(showroom_of(turn).catalog, typed) if isinstance(typed, str) else []
