"""The job of an offer's document: made in another process from the version as it stands, kept for ever as it was made."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from actions.documents.offer import offer_pdf, preview_png
from actions.documents.offer_data import (
    Deduction,
    InLei,
    OfferAgent,
    OfferCustomer,
    OfferDocument,
    OfferedCar,
    OfferLine,
    OfferPrices,
    Pair,
)
from actions.documents.wording import Wording
from actions.ports import Desk, Job, JobUnit
from actions.runner import TwoPart
from domain.customers import Customer
from domain.dealer import Dealer
from domain.money import LeiRate, Money
from domain.offer_terms import OfferedLine, OfferTerms
from domain.offers import Offer, attach_file
from domain.parts import ItemKind
from domain.ports import UnitOfWork

KIND = "offer_document"
_FACTS = (ItemKind.TRIM, ItemKind.ENGINE, ItemKind.TRANSMISSION, ItemKind.COLOUR, ItemKind.UPHOLSTERY)
_CAR = "car"


@dataclass(frozen=True, slots=True)
class Made:
    """The document and a picture of its first page."""

    name: str
    pdf: bytes
    picture: bytes


def offer_document_job(dealer: Dealer, lei: LeiRate | None) -> TwoPart:
    """The job, for a dealership and today's rate; without a rate the sum in lei is left out."""

    def prepare(desk: Desk, job: Job) -> Made:
        with desk.reading() as uow:
            offer = uow.offers.get(job.payload["offer_id"])
            if offer is None:
                raise LookupError(job.payload["offer_id"])
            document = document_of(uow, offer, dealer, lei)
        pdf = desk.compute(offer_pdf, document)
        return Made(f"{offer.name.replace('/', '-')}.pdf", pdf, desk.compute(preview_png, pdf))

    return TwoPart(prepare=prepare, handle=keep)


def keep(unit: JobUnit, job: Job, made: Made) -> None:
    """Keep the document with its offer, and let the chat hand it over."""
    offer = unit.offers.get(job.payload["offer_id"])
    if offer is None:
        raise LookupError(job.payload["offer_id"])
    if offer.file_id is None:
        file_id = unit.add_file(name=made.name, media_type="application/pdf", data=made.pdf)
        attach_file(unit, offer_id=offer.id, file_id=file_id)
    picture = unit.add_file(name="preview.png", media_type="image/png", data=made.picture)
    unit.result({"kind": KIND, "offer": offer.id, "picture": picture})


def document_of(uow: UnitOfWork, offer: Offer, dealer: Dealer, lei: LeiRate | None) -> OfferDocument:
    """The version as the document says it; raises InconsistentOfferError where its sums do not add up."""
    customer, agent = uow.customers.get(offer.customer_id), uow.team.get(offer.agent_id)
    if customer is None or agent is None:  # the foreign keys forbid it
        raise LookupError(offer.id)
    words, terms = Wording(offer.language), offer.terms
    return OfferDocument(
        language=offer.language,
        number=offer.name.partition("/")[0],
        version=offer.edition,
        issued_at=agent.local(offer.created_at).replace(tzinfo=None),
        valid_until=offer.valid_until,
        dealer=dealer,
        agent=OfferAgent(agent.name, phone=dealer.phone, email=dealer.email),
        customer=_customer(customer, words),
        cars=tuple(_car(line, terms, words) for line in terms.lines),
        prices=_prices(terms),
        in_lei=_in_lei(terms, lei),
        monthly_rate=terms.monthly_rate,
    )


def _customer(customer: Customer, words: Wording) -> OfferCustomer:
    lines = [words.t("document.offer.tax_id", number=customer.tax_id)] if customer.tax_id else []
    lines += [person.name for person in customer.contacts[:1]]
    lines += [customer.town] if customer.town else []
    lines += [words.formats.phone(phone.e164) for phone in customer.phones[:1]]
    lines += [email.address for email in customer.emails[:1]]
    return OfferCustomer(customer.name, tuple(lines))


def _car(line: OfferedLine, terms: OfferTerms, words: Wording) -> OfferedCar:
    by_kind = {part.kind: part for part in line.parts if part.kind != _CAR}
    facts = [Pair(words.t("item.vin"), line.vin)] if line.vin else []
    facts += [
        Pair(words.t(f"item.{kind}"), by_kind[kind.value].text(words.language))
        for kind in _FACTS
        if kind.value in by_kind
    ]
    return OfferedCar(
        title=line.title,
        lines=tuple(
            OfferLine(
                part.text(words.language),
                None if part.included else Money(part.minor, terms.currency),
                code=part.code,
            )
            for part in line.parts
        ),
        facts=tuple(facts),
        technical=tuple(
            Pair(words.t(f"technical.{key}"), words.formats.number(Decimal(value)))
            for key, value in line.technical
            if words.has(f"technical.{key}")
        ),
        quantity=line.quantity,
    )


def _prices(terms: OfferTerms) -> OfferPrices:
    percent = None if terms.discount_percent is None else Decimal(terms.discount_percent) / 100
    return OfferPrices(
        basis=terms.basis,
        listed=terms.listed.money,
        net=terms.agreed.net,
        vat_rate=terms.vat,
        vat=terms.vat_amount,
        gross=terms.agreed.gross,
        payable=terms.payable,
        discount=Money(terms.discount, terms.currency) if terms.discount else None,
        discount_percent=percent if terms.discount else None,
        deductions=tuple(Deduction(one.label, Money(one.minor, terms.currency)) for one in terms.allowances),
    )


def _in_lei(terms: OfferTerms, lei: LeiRate | None) -> InLei | None:
    if lei is None or lei.currency != terms.currency:
        return None
    minor = int((terms.payable.minor * lei.rate).to_integral_value(ROUND_HALF_UP))
    return InLei(Money(minor, "RON"), lei.rate, lei.day)
