"""An offer's amounts: the lines of a car, a fleet's sum, and the way from the list price to what is paid."""

from decimal import Decimal

from actions.documents.grid import GridColumn, GridRow, draw_grid, grid_height
from actions.documents.offer_data import OfferDocument, OfferedCar, OfferPrices
from actions.documents.sheet import Sheet
from actions.documents.text import wrap
from actions.documents.theme import BODY, BOLD, HEADING, NOTE, SHADE, STRONG, Style
from actions.documents.wording import Wording
from domain.money import Basis, Money

AMOUNT_WIDTH = 130.0
NUMBER_WIDTH, QUANTITY_WIDTH, SUM_WIDTH = 26.0, 58.0, 100.0
TO_PAY = Style(BOLD, 11)


def car_rows(offer: OfferDocument, car: OfferedCar, words: Wording) -> tuple[list[GridRow], bool]:
    """A row for each part, and whether there are codes; in a fleet with the price of one at the end."""
    has_codes = any(line.code for line in car.lines)
    included = words.t("document.offer.included")
    rows = []
    for line in car.lines:
        price = words.formats.figure(line.amount) if line.amount else included
        rows.append(GridRow((line.text, line.code, price) if has_codes else (line.text, price)))
    if offer.is_fleet:
        total = words.formats.figure(Money(car.price, offer.prices.listed.currency))
        label = words.t("document.offer.price_of_one")
        rows.append(GridRow((label, "", total) if has_codes else (label, total), STRONG, SHADE))
    return rows, has_codes


def draw_fleet(sheet: Sheet, offer: OfferDocument, words: Wording) -> None:
    """Each configuration with its quantity and sum; the prices that follow stay with its end."""
    title = sheet.width - NUMBER_WIDTH - QUANTITY_WIDTH - 2 * SUM_WIDTH
    columns = (
        GridColumn("", NUMBER_WIDTH, is_right=True),
        GridColumn(words.t("document.offer.configuration"), title),
        GridColumn(words.t("document.offer.quantity"), QUANTITY_WIDTH, is_right=True),
        GridColumn(words.t("document.offer.each", currency=offer.prices.listed.currency), SUM_WIDTH, is_right=True),
        GridColumn(words.t("document.offer.sum", currency=offer.prices.listed.currency), SUM_WIDTH, is_right=True),
    )
    rows = []
    for number, car in enumerate(offer.cars, start=1):
        each = Money(car.price, offer.prices.listed.currency)
        total = Money(car.price * car.quantity, offer.prices.listed.currency)
        figures = (words.formats.number(car.quantity), words.formats.figure(each), words.formats.figure(total))
        rows.append(GridRow((f"{number}.", car.title, *figures)))
    sheet.heading(words.t("document.offer.fleet"), style=HEADING, keep=90)
    draw_grid(sheet, columns, rows, tail=prices_height(sheet, offer, words))


def draw_prices(sheet: Sheet, offer: OfferDocument, words: Wording) -> None:
    """List price, discount, net, VAT, gross; then what is taken off after VAT, and what remains to pay."""
    sheet.need(prices_height(sheet, offer, words))
    sheet.y -= 8
    draw_grid(sheet, _columns(sheet), _price_rows(offer.prices, words), tail=_notes_height(sheet, offer, words))
    sheet.y -= 6
    for note, style in _notes(offer, words):
        sheet.paragraph(note, style)
    sheet.y -= 12


def prices_height(sheet: Sheet, offer: OfferDocument, words: Wording) -> float:
    """What `draw_prices` needs, its notes among it."""
    return 14 + grid_height(_columns(sheet), _price_rows(offer.prices, words)) + _notes_height(sheet, offer, words)


def _notes_height(sheet: Sheet, offer: OfferDocument, words: Wording) -> float:
    return sum(len(wrap(note, style, sheet.width)) * style.leading + 4 for note, style in _notes(offer, words))


def _columns(sheet: Sheet) -> tuple[GridColumn, GridColumn]:
    return GridColumn("", sheet.width - AMOUNT_WIDTH), GridColumn("", AMOUNT_WIDTH, is_right=True)


def _price_rows(prices: OfferPrices, words: Wording) -> list[GridRow]:
    amount = words.formats.amount
    rate = words.formats.percent(Decimal(prices.vat_rate) / 100)
    listed = "document.offer.listed_net" if prices.basis is Basis.NET else "document.offer.listed_gross"
    rows = [GridRow((words.t(listed), amount(prices.listed)))]
    if prices.discount and prices.discount.minor:
        label = words.t("document.offer.discount")
        if prices.discount_percent is not None:
            label = f"{label} ({words.formats.percent(prices.discount_percent)})"
        rows.append(GridRow((label, amount(_minus(prices.discount)))))
    rows += [
        GridRow((words.t("document.offer.net"), amount(prices.net))),
        GridRow((words.t("document.offer.vat", rate=rate), amount(prices.vat))),
        GridRow((words.t("document.offer.gross"), amount(prices.gross)), STRONG, "" if prices.deductions else SHADE),
    ]
    rows += [GridRow((deduction.text, amount(_minus(deduction.amount)))) for deduction in prices.deductions]
    if prices.deductions:
        rows.append(GridRow((words.t("document.offer.payable"), amount(prices.payable)), TO_PAY, SHADE))
    return rows


def _notes(offer: OfferDocument, words: Wording) -> list[tuple[str, Style]]:
    notes = [(note, BODY) for note in (offer.monthly_rate, *offer.notes) if note]
    if offer.in_lei:
        said = words.t(
            "document.offer.in_lei",
            amount=words.formats.amount(offer.in_lei.amount),
            rate=words.formats.rate(offer.in_lei.rate),
            bank=offer.in_lei.bank,
            day=words.formats.date_full(offer.in_lei.day),
            currency=offer.prices.payable.currency,
        )
        notes.append((said, NOTE))
    return notes


def _minus(money: Money) -> Money:
    return Money(-money.minor, money.currency)
