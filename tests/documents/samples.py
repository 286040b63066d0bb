"""Offers of every size, with the letters of Romanian, Hungarian and German names."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

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
from domain.dealer import Dealer
from domain.money import Basis, Money, rounded_share

DEALER = Dealer(
    name="Autocenter Țăndărei S.R.L.",
    address="Șoseaua București 12, 925200 Țăndărei, Ialomița",
    cui="RO12345678",
    registration="J21/123/2010",
    iban="RO49 AAAA 1B31 0075 9384 0000",
    bank="Banca Exemplu",
    phone="+40 243 123 456",
    email="vanzari@autocenter.example",
    web="www.autocenter.example",
)
OPTIONS = (
    "Climatizare automată bizonă",
    "Pachet iarnă: scaune și volan încălzite, duze încălzite",
    "Cârlig de remorcare detașabil",
    "Cameră de marșarier cu linii dinamice",
    "Roată de rezervă",
    "Jante din aliaj de 18 inchi, negre, tăiate cu diamant",
    "Bare longitudinale de pavilion modulare",
    "Sistem multimedia cu ecran de 10,1 inchi și navigație",
)
TECHNICAL = (
    Pair("Putere", "96 kW (130 CP)"),
    Pair("Cuplu", "240 Nm la 1.600 rpm"),
    Pair("Consum mixt (WLTP)", "5,6 l/100 km"),
    Pair("CO₂ (WLTP)", "127 g/km"),
    Pair("Lungime", "4.343 mm"),
    Pair("Lățime", "1.813 mm"),
    Pair("Volum portbagaj", "517 l"),
)


def eur(minor: int) -> Money:
    """An amount in euro cents."""
    return Money(minor, "EUR")


def car(*, options: int = 6, quantity: int = 1, title: str = "Dacia Duster Journey TCe 130 4x2") -> OfferedCar:
    """A car with so many options; each third is included, each has a code of its own."""
    extras = [
        OfferLine(f"{OPTIONS[n % len(OPTIONS)]}", None if n % 3 == 2 else eur(15_000 + 2_550 * n), f"OPT{n:03}")
        for n in range(options)
    ]
    facts = (
        Pair("Versiune", "Journey"),
        Pair("Motor", "TCe 130 mild hybrid"),
        Pair("Transmisie", "manuală, 6 trepte"),
        Pair("Culoare", "Verde Oxid, metalizată"),
        Pair("Tapițerie", "textil, gri cu cusături portocalii"),
    )
    return OfferedCar(title, (OfferLine(title, eur(2_190_000), "BASE"), *extras), facts, TECHNICAL, quantity)


def prices(
    cars: tuple[OfferedCar, ...],
    *,
    basis: Basis = Basis.GROSS,
    percent: int = 3,
    deductions: tuple[Deduction, ...] = (),
) -> OfferPrices:
    """Computed from the cars, with a discount of so many percent and Romania's VAT."""
    listed = sum(car.price * car.quantity for car in cars)
    discount = rounded_share(listed, percent, 100)
    rest = listed - discount
    net = rest if basis is Basis.NET else rounded_share(rest, 10_000, 12_100)
    gross = rest if basis is Basis.GROSS else rounded_share(rest, 12_100, 10_000)
    return OfferPrices(
        basis=basis,
        listed=eur(listed),
        net=eur(net),
        vat_rate=2100,
        vat=eur(gross - net),
        gross=eur(gross),
        payable=eur(gross - sum(deduction.amount.minor for deduction in deductions)),
        discount=eur(discount) if discount else None,
        discount_percent=Decimal(percent) if discount else None,
        deductions=deductions,
    )


def offer(*cars: OfferedCar, language: str = "ro", basis: Basis = Basis.GROSS, percent: int = 3) -> OfferDocument:
    """An offer for those cars, with everything that an offer may have."""
    cars = cars or (car(),)
    deductions = (
        Deduction("Preluare Dacia Logan 2015, 142.000 km", eur(410_000)),
        Deduction("Voucher Rabla Plus", eur(295_050)),
    )
    computed = prices(cars, basis=basis, percent=percent, deductions=deductions)
    return OfferDocument(
        language=language,
        number="2026-000123",
        version=2,
        issued_at=datetime(2026, 11, 24, 9, 30, tzinfo=UTC),
        valid_until=date(2026, 12, 8),
        dealer=DEALER,
        agent=OfferAgent("Ana Ionescu-Müller", "+40 722 123 456", "ana.ionescu@autocenter.example"),
        customer=OfferCustomer(
            "Ștefan Kőrösi-Weiß", ("+40 744 000 111", "stefan@example.com", "Str. Mărășești 5, Târgu Mureș")
        ),
        cars=cars,
        prices=computed,
        in_lei=InLei(
            Money(rounded_share(computed.payable.minor, 50_912, 10_000), "RON"), Decimal("5.0912"), date(2026, 11, 23)
        ),
        monthly_rate="Rată estimată: 289 EUR pe lună, 60 de luni, avans 20%.",
    )


def bare(*, language: str = "en") -> OfferDocument:
    """An offer with one line and nothing that may be left out."""
    one = OfferedCar("Dacia Sandero", (OfferLine("Dacia Sandero", eur(1_390_000)),))
    full = offer(one, language=language, percent=0)
    return replace(
        full,
        dealer=Dealer("PreSales"),
        agent=OfferAgent("Ana"),
        customer=OfferCustomer("Ion"),
        prices=prices((one,), percent=0),
        in_lei=None,
        monthly_rate="",
    )
