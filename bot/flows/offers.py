"""Offers after they were made: handed over, sent again, listed, changed into a new version, approved by the director."""

from datetime import timedelta
from typing import Any

from bot.cards.offers import offer_line, offer_text
from bot.dialogue.effects import follow_up
from bot.dialogue.flow import Flow, Register, Values, per_client
from bot.dialogue.slots import ClientSlot
from bot.dialogue.state import Form
from bot.dialogue.turn import Button, Turn
from bot.flows.configure import showroom_of, wishes_of
from bot.flows.create_offer import announce, order_document, wished
from bot.flows.said_days import midnight, said_days
from bot.ports import Card, Message, SendKind
from bot.understanding.acts import Act
from domain.agenda import Kind, When, schedule
from domain.calendar import next_working_day
from domain.configurator import Configurator
from domain.errors import ConflictError, NotFoundError
from domain.offer_terms import configured_line, terms_of
from domain.offers import Offer, OfferStatus, decide, expire, handed_over, offer_to_see, update_offer
from domain.permissions import changeable_owners, customer_to_see, may_decide
from domain.ports import Owners
from domain.team import Role
from domain.wishes import read_wishes
from texts.catalog import Html

Args = dict[str, Any]
LISTED = 15
FOLLOW_UP_DAYS = 3  # working days after which an offer is asked about
REQUEST_PARTS = frozenset({"engine", "colour", "upholstery", "option", "transmission", "fuel", "model"})


def offer_made(turn: Turn, fact: Args) -> None:
    """The document is there: handed over, the deal moves, and asking about it is planned."""
    if fact.get("failed"):
        turn.say("offer.failed")
        return
    offer = offer_to_see(turn.unit, turn.agent, fact["offer"])
    _send(turn, offer, picture=fact.get("picture"))
    handed_over(turn.unit, turn.agent, offer_id=offer.id)
    follow_up(turn)
    if not turn.unit.activities.planned(offer.agent_id, customer_id=offer.customer_id):
        day = turn.today
        for _ in range(FOLLOW_UP_DAYS):
            day = next_working_day(turn.unit, turn.agent, day)
        title = turn.t("offer.ask_title", name=offer.name).unescape()
        schedule(turn.unit, turn.agent, kind=Kind.CALL, when=When(day), customer_id=offer.customer_id, title=title)
        turn.wrote()
        turn.say("offer.follow_up", day=turn.formats.day(day, turn.today))


def offer_approval(turn: Turn, fact: Args) -> None:
    """The director, or the deputy, is asked for a discount over the agent's limit."""
    offer = turn.unit.offers.get(fact["offer"])
    if offer is None or offer.status is not OfferStatus.WAITING:
        return
    if not may_decide(turn.unit, turn.agent, asked_at=offer.created_at, asker_id=offer.agent_id):
        return
    agent = turn.unit.team.get(offer.agent_id)
    again = bool(fact.get("again"))
    asks = turn.t("offer.asks_again" if again else "offer.asks", agent=agent.name if agent else "")
    args = {"offer": offer.id}
    turn.add(
        Html(f"{asks}\n{offer_text(turn, offer)}"),
        [
            Button(turn.t("btn.approve"), "offer.decide", args | {"approved": True}),
            Button(turn.t("btn.refuse"), "offer.decide", args | {"approved": False}),
        ],
    )


def offer_decided(turn: Turn, fact: Args) -> None:
    """The agent hears what the director said; an approved offer goes to its document."""
    offer = offer_to_see(turn.unit, turn.agent, fact["offer"])
    turn.say("offer.approved" if offer.status is OfferStatus.ISSUED else "offer.refused", name=offer.name)
    if offer.status is OfferStatus.ISSUED:
        order_document(turn, offer)


def offer_expired(turn: Turn, fact: Args) -> None:
    """Nobody decided within a day: the agent may ask anew."""
    offer = expire(turn.unit, offer_id=fact["offer"])
    if offer is not None:
        turn.say("offer.expired", name=offer.name)


class ShowOffer(Flow):
    """`show_offer`: the latest one again."""

    intent = "show_offer"
    slots = (ClientSlot(addable=False),)
    writes = False

    def start(self, turn: Turn, act: Act) -> list[Values]:  # noqa: ARG002
        """One a client."""
        return per_client(act.entities)

    def complete(self, turn: Turn, form: Form) -> None:
        """Send its document as it was, or say where it stands."""
        customer = customer_to_see(turn.unit, turn.agent, form.values["customer_id"])
        offer = _latest(turn, customer.id)
        if offer is None:
            turn.add(
                turn.t("offer.none_for", name=customer.name),
                [Button(turn.t("btn.new_offer"), "offer.new", {"customer": customer.id})],
            )
            return
        turn.add(offer_text(turn, offer))
        if offer.file_id:
            _send(turn, offer)


class ListOffers(Flow):
    """`list_offers`."""

    intent = "list_offers"
    writes = False

    def complete(self, turn: Turn, form: Form) -> None:
        """The latest version of each, newest first."""
        first, last = said_days(form.values)
        owners = Owners(None, everybody=True) if turn.agent.role is Role.DIRECTOR else Owners(turn.agent.id)
        found = turn.unit.offers.latest(
            owners,
            customer_id=form.values.get("customer_id"),
            first=midnight(turn, first),
            last=midnight(turn, last and last + timedelta(days=1)),
            limit=LISTED,
        )
        if not found:
            turn.say("offer.none")
            return
        lines = [f"{at}. {offer_line(turn, offer)}" for at, offer in enumerate(found, start=1)]
        buttons = [
            Button(f"{at} {offer.name}", "offer.send", {"offer": offer.id}) for at, offer in enumerate(found, start=1)
        ]
        turn.add(
            Html("\n".join([turn.n("offer.count", len(found)), *lines])),
            *(buttons[at : at + 3] for at in range(0, len(buttons), 3)),
        )


class UpdateOffer(Flow):
    """`update_offer`: a new version of the latest offer of a customer."""

    intent = "update_offer"
    slots = (ClientSlot(addable=False),)
    repeatable = False

    def complete(self, turn: Turn, form: Form) -> None:
        """Change the car, the discount or both; the version before stays as it was sent."""
        before = _latest(turn, form.values["customer_id"])
        if before is None or len(before.terms.lines) != 1 or before.terms.lines[0].vin:
            customer = customer_to_see(turn.unit, turn.agent, form.values["customer_id"])
            turn.say("offer.none_for", name=customer.name)
            return
        catalog = showroom_of(turn).catalog
        line = before.terms.lines[0]
        configuration = line.configuration
        values = {**form.values, "model": None}
        if any(form.values.get(name) for name in REQUEST_PARTS - {"model"}):
            model = catalog.model(line.model_id)
            if model is None:
                raise ConflictError("model_gone")
            reading = read_wishes(catalog, wishes_of({**values, "model": f"{model.make} {model.name}"}))
            if reading.unclear or reading.configuration is None:
                turn.say("offer.change_unclear")
                return
            configurator = Configurator(model)
            said = [item for item in configurator.model.items if item in reading.configuration.chosen]
            wanted = [item for item in said if item.kind.value in _kinds(form.values)]
            for item in wanted:
                configuration = configurator.choose(configuration, item).configuration
        quantity = form.values.get("quantity")
        terms = terms_of(
            catalog,
            [
                configured_line(
                    catalog, configuration, quantity=quantity if isinstance(quantity, int) else line.quantity
                )
            ],
        )
        kept = {"percent": before.terms.discount_percent / 100} if before.terms.discount_percent else {}
        offer = update_offer(turn.unit, turn.agent, offer_id=before.id, terms=wished(terms, kept | _wish(form.values)))
        announce(turn, offer)


def register_offer_buttons(register: Register) -> None:
    """Send again, decide."""

    def send(turn: Turn, card: Card, args: Args) -> None:  # noqa: ARG001  the list stays
        offer = offer_to_see(turn.unit, turn.agent, args["offer"])
        turn.add(offer_text(turn, offer))
        if offer.file_id:
            _send(turn, offer)

    def decided(turn: Turn, card: Card, args: Args) -> None:
        offer = decide(turn.unit, turn.agent, offer_id=args["offer"], approved=args["approved"])
        turn.edit(card, None)
        issued = offer.status is OfferStatus.ISSUED
        turn.say("offer.you_approved" if issued else "offer.you_refused", name=offer.name)
        agent = turn.unit.team.get(offer.agent_id)
        if agent and agent.telegram_user_id:
            turn.unit.notify(person=agent.telegram_user_id, payload={"kind": "offer_decided", "offer": offer.id})

    register.press("offer.send", send)
    register.press("offer.decide", decided)


def _send(turn: Turn, offer: Offer, *, picture: int | None = None) -> None:
    """The document as it was made, after a picture of its first page where there is one."""
    chat = turn.incoming.chat_id if turn.incoming else turn.agent.chat_id
    if chat is None or offer.file_id is None:
        raise NotFoundError
    if picture is not None:
        turn.unit.send(Message(chat_id=chat, kind=SendKind.PHOTO, payload={"caption": offer.name}, file_id=picture))
    turn.unit.send(
        Message(chat_id=chat, kind=SendKind.DOCUMENT, payload={"caption": offer.name}, file_id=offer.file_id)
    )


def _latest(turn: Turn, customer_id: int) -> Offer | None:
    owners = changeable_owners(turn.agent)
    found = turn.unit.offers.latest(owners, customer_id=customer_id, limit=1)
    return found[0] if found else None


def _kinds(values: Values) -> set[str]:
    """Which steps the message speaks of."""
    named = {name for name in ("engine", "colour", "upholstery", "transmission") if values.get(name)}
    return (
        named | ({"engine"} if values.get("fuel") else set()) | ({"option", "pack"} if values.get("option") else set())
    )


def _wish(values: Values) -> Values:
    found = {"percent": values["percent"]} if values.get("percent") else {}
    amount = values.get("amount")
    return {"discount": amount} if isinstance(amount, dict) and not found else found
