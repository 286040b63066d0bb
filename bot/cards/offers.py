"""How an offer reads in the chat: its number, the cars, and the sums down to what is paid."""

from decimal import Decimal

from bot.cards.activities import who
from bot.dialogue.turn import Turn
from domain.money import Money
from domain.offers import Offer, OfferStatus
from texts.catalog import Html


def offer_line(turn: Turn, offer: Offer) -> Html:
    """One line of a list."""
    customer = turn.unit.customers.get(offer.customer_id)
    return turn.t(
        "offer.line",
        name=offer.name,
        who=who(turn, customer) if customer else Html(""),
        cars=_cars(offer),
        payable=_money(turn, offer.terms.payable),
        day=turn.formats.day(turn.agent.local(offer.created_at).date(), turn.today),
    )


def offer_text(turn: Turn, offer: Offer) -> Html:
    """The offer in a few lines."""
    terms = offer.terms
    customer = turn.unit.customers.get(offer.customer_id)
    lines = [
        turn.t("offer.head", name=offer.name, who=who(turn, customer) if customer else Html("")),
        Html.escape(_cars(offer)),
    ]
    lines.append(turn.t("offer.listed", amount=_money(turn, terms.listed.money)))
    if terms.discount:
        lines.append(
            turn.t(
                "offer.discount",
                percent=turn.formats.number(Decimal(terms.discount_share) / 100),
                amount=_money(turn, Money(terms.discount, terms.currency)),
            )
        )
    lines += [
        turn.t("offer.off", label=one.label, amount=_money(turn, Money(one.minor, terms.currency)))
        for one in terms.allowances
    ]
    lines.append(turn.t("offer.payable", gross=_money(turn, terms.payable), net=_money(turn, terms.agreed.net)))
    lines.append(turn.t("offer.valid", day=turn.formats.day(offer.valid_until, turn.today)))
    if offer.status is not OfferStatus.ISSUED:
        lines.append(turn.t(f"offer_status.{offer.status}"))
    return Html("\n".join(lines))


def _cars(offer: Offer) -> str:
    lines = offer.terms.lines
    return ", ".join(f"{line.quantity} × {line.title}" if line.quantity > 1 else line.title for line in lines)


def _money(turn: Turn, money: Money) -> str:
    return turn.formats.money(money.minor, money.currency)
