"""An offer as PDF: what a dealer hands over, and the picture of its first page."""

from actions.documents.charts.picture import page_png
from actions.documents.grid import GridColumn, GridRow, draw_grid
from actions.documents.letterhead import draw_letterhead, foot_line
from actions.documents.offer_data import OfferDocument, OfferedCar, Pair
from actions.documents.offer_prices import car_rows, draw_fleet, draw_prices, prices_height
from actions.documents.offer_terms import draw_terms
from actions.documents.qr import contact_card, qr_paint
from actions.documents.sheet import About, Sheet
from actions.documents.text import shorten, wrap
from actions.documents.theme import BODY, BOLD, HEADING, INK, LABEL, SHADE, SMALL, STRONG, TITLE, WHITE, Style
from actions.documents.wording import Wording
from domain.money import Basis

QR = 66.0  # points a side: a phone reads it from paper
CARD_LINES = 14  # of a customer's or an agent's box; more is no address
CODE_WIDTH = 74.0
PRICE_WIDTH = 108.0
LABEL_SHARE = 0.19  # of the width, for each of the two labels of a row of facts
BIG = Style(BOLD, 10.5, INK)


def offer_pdf(offer: OfferDocument) -> bytes:
    """A4, fonts embedded; the same offer gives the same bytes."""
    words = Wording(offer.language)
    name = words.t("document.offer.title", number=offer.number, version=offer.version)
    sheet = Sheet(
        About(
            title=f"{name} – {offer.customer.name}",
            author=offer.dealer.name,
            subject=", ".join(car.title for car in offer.cars),
            language=offer.language,
            made_at=offer.issued_at,
            foot=foot_line(offer.dealer, words),
            page_of=lambda page, pages: words.t("document.page", page=page, pages=pages),
        )
    )
    draw_letterhead(sheet, offer.dealer, words)
    _title(sheet, offer, words)
    _people(sheet, offer, words)
    for number, car in enumerate(offer.cars, start=1):
        _car(sheet, offer, car, number, words)
    if offer.is_fleet:
        draw_fleet(sheet, offer, words)
    draw_prices(sheet, offer, words)
    _technical(sheet, offer, words)
    draw_terms(sheet, offer, words)
    return sheet.save()


def preview_png(pdf: bytes) -> bytes:
    """The first page, for the chat: 1190 by 1684 pixels."""
    return page_png(pdf)


def _title(sheet: Sheet, offer: OfferDocument, words: Wording) -> None:
    """Number and version, with the day of issue and the last day of validity on the right."""
    dates = (
        words.t("document.offer.issued", day=words.formats.date_full(offer.issued_at.date())),
        words.t("document.offer.valid_until", day=words.formats.date_full(offer.valid_until)),
    )
    title = words.t("document.offer.title", number=offer.number, version=offer.version)
    sheet.text(sheet.left, sheet.y - TITLE.size, shorten(title, TITLE, sheet.width * 0.66), TITLE)
    for row, (said, style) in enumerate(zip(dates, (LABEL, STRONG), strict=True)):
        sheet.text_right(sheet.right, sheet.y - 8 - row * STRONG.leading, said, style)
    sheet.y -= 34


def _people(sheet: Sheet, offer: OfferDocument, words: Wording) -> None:
    """The customer's box and the agent's, as high as the longer one."""
    half = (sheet.width - 12) / 2
    customer = [*_lines(offer.customer.name, BIG, half - 16)]
    for said in offer.customer.lines:
        customer += _lines(said, BODY, half - 16)
    agent = [*_lines(offer.agent.name, BIG, half - QR - 22)]
    for said in (offer.agent.phone, offer.agent.email):
        agent += _lines(said, BODY, half - QR - 22) if said else []
    has_code = bool(offer.agent.phone or offer.agent.email)
    if has_code:
        agent += _lines(words.t("document.offer.scan"), SMALL, half - QR - 22)
    longest = max(sum(style.leading for _, style in block[:CARD_LINES]) for block in (customer, agent))
    height = max(longest + LABEL.leading, QR if has_code else 0) + 14
    y = sheet.y - height
    for x, label, block in (
        (sheet.left, words.t("document.offer.customer"), customer),
        (sheet.left + half + 12, words.t("document.offer.agent"), agent),
    ):
        sheet.box(x, y, (half, height), fill=SHADE)
        sheet.text(x + 8, sheet.y - 7 - LABEL.size, label, LABEL)
        below = sheet.y - 7 - LABEL.leading
        for line, style in block[:CARD_LINES]:
            sheet.text(x + 8, below - style.size, line, style)
            below -= style.leading
    if has_code:
        _code(sheet, offer)
    sheet.y = y - 16


def _code(sheet: Sheet, offer: OfferDocument) -> None:
    """The agent's contact, in the upper right corner of the box."""
    agent = offer.agent
    card = contact_card(name=agent.name, organisation=offer.dealer.name, phone=agent.phone, email=agent.email)
    corner = (sheet.right - QR - 7, sheet.y - QR - 7)
    sheet.box(*corner, (QR, QR), fill=WHITE)
    sheet.paint(qr_paint(card, *corner, QR))


def _lines(text: str, style: Style, room: float) -> list[tuple[str, Style]]:
    return [(line, style) for line in wrap(text, style, room)]


def _car(sheet: Sheet, offer: OfferDocument, car: OfferedCar, number: int, words: Wording) -> None:
    """What it is, and the table of what it is made of; the last table brings the prices along."""
    title = f"{number}. {car.title}" if offer.is_fleet else car.title
    sheet.heading(title, style=HEADING, keep=90)
    if car.facts:
        _pairs(sheet, car.facts)
        sheet.y -= 8
    rows, has_codes = car_rows(offer, car, words)
    item = sheet.width - PRICE_WIDTH - (CODE_WIDTH if has_codes else 0)
    columns = [GridColumn(words.t("document.offer.item"), item)]
    if has_codes:
        columns.append(GridColumn(words.t("document.offer.code"), CODE_WIDTH))
    price = "document.offer.price_net" if offer.prices.basis is Basis.NET else "document.offer.price_gross"
    columns.append(GridColumn(words.t(price, currency=offer.prices.listed.currency), PRICE_WIDTH, is_right=True))
    tail = 0 if offer.is_fleet else prices_height(sheet, offer, words)
    draw_grid(sheet, columns, rows, tail=tail)
    sheet.y -= 18 if offer.is_fleet else 0


def _pairs(sheet: Sheet, pairs: tuple[Pair, ...]) -> None:
    """Two to a row, read from left to right."""
    label, value = sheet.width * LABEL_SHARE, sheet.width * (0.5 - LABEL_SHARE)
    columns = [GridColumn("", width) for width in (label, value, label, value)]
    cells = [(pair.label, pair.value) for pair in pairs]
    if len(cells) % 2:
        cells.append(("", ""))
    draw_grid(sheet, columns, [GridRow((*cells[at], *cells[at + 1])) for at in range(0, len(cells), 2)])


def _technical(sheet: Sheet, offer: OfferDocument, words: Wording) -> None:
    """Once for all cars that share it."""
    shared: dict[tuple[Pair, ...], list[str]] = {}
    for car in offer.cars:
        if car.technical:
            shared.setdefault(car.technical, []).append(car.title)
    for pairs, titles in shared.items():
        heading = words.t("document.offer.technical")
        about = ", ".join(dict.fromkeys(titles))
        sheet.heading(f"{heading}: {about}" if len(offer.cars) > 1 else heading, style=HEADING, keep=60)
        _pairs(sheet, pairs)
        sheet.y -= 16
