"""What an offer is bound by: the dealer's own terms, or the usual ones, each only where it applies."""

from decimal import Decimal

from actions.documents.offer_data import OfferDocument
from actions.documents.sheet import Sheet
from actions.documents.text import width, wrap
from actions.documents.theme import HEADING, Style
from actions.documents.wording import Wording

TERM = Style(size=8)


def draw_terms(sheet: Sheet, offer: OfferDocument, words: Wording) -> None:
    """Numbered, each beside its number."""
    terms = offer.terms or _usual(offer, words)
    sheet.heading(words.t("document.offer.terms"), style=HEADING, keep=3 * TERM.leading)
    indent = width(f"{len(terms)}. ", TERM)
    for number, term in enumerate(terms, start=1):
        sheet.need(min(2, len(wrap(term, TERM, sheet.width - indent))) * TERM.leading)
        sheet.text(sheet.left, sheet.y - TERM.size, f"{number}.", TERM)
        sheet.paragraph(term, TERM, indent=indent, after=2)


def _usual(offer: OfferDocument, words: Wording) -> tuple[str, ...]:
    terms = [
        words.t("document.terms.validity", day=words.formats.date_full(offer.valid_until)),
        words.t("document.terms.vat", rate=words.formats.percent(Decimal(offer.prices.vat_rate) / 100)),
    ]
    if offer.prices.deductions:
        terms.append(words.t("document.terms.deductions"))
    if offer.in_lei:
        terms.append(words.t("document.terms.lei"))
    if offer.monthly_rate:
        terms.append(words.t("document.terms.monthly_rate"))
    if any(car.technical for car in offer.cars):
        terms.append(words.t("document.terms.technical"))
    terms.append(words.t("document.terms.order"))
    return tuple(terms)
