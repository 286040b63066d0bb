"""The dealer at the head of a document's first page, and in one line at the foot of each."""

import logging
from functools import lru_cache
from pathlib import Path

from reportlab.lib.utils import ImageReader

from actions.documents.sheet import Sheet
from actions.documents.text import wrap
from actions.documents.theme import ACCENT, BOLD, SMALL, Style
from actions.documents.wording import Wording
from domain.dealer import Dealer

log = logging.getLogger(__name__)

NAME = Style(BOLD, 13, ACCENT)
LOGO = (150.0, 46.0)  # points, at most
LINES = 3  # of each value


def draw_letterhead(sheet: Sheet, dealer: Dealer, words: Wording) -> None:
    """Logo or name on the left, the rest on the right; `sheet.y` goes below."""
    half = sheet.width / 2 - 8
    top = sheet.y
    left = top - _sign(sheet, dealer, half)
    for said in _details(dealer, words):
        for line in wrap(said, SMALL, half)[:LINES]:
            sheet.text_right(sheet.right, sheet.y - SMALL.size, line, SMALL)
            sheet.y -= SMALL.leading
    sheet.y = min(sheet.y, left) - 5
    sheet.rule(sheet.y, weight=1.1, colour=ACCENT)
    sheet.y -= 12


def foot_line(dealer: Dealer, words: Wording) -> str:
    """Who signs, in one line."""
    said = [dealer.name]
    if dealer.cui:
        said.append(words.t("document.cui", value=dealer.cui))
    said.extend(value for value in (dealer.phone, dealer.web) if value)
    return " · ".join(said)


def _sign(sheet: Sheet, dealer: Dealer, room: float) -> float:
    """The logo with the name under it, or the name alone; returns the height."""
    used = 0.0
    logo = _logo(dealer.logo) if dealer.logo else None
    if logo is not None:
        width, height = logo.getSize()
        scale = min(LOGO[0] / width, LOGO[1] / height)
        used = height * scale + 6
        sheet.image(logo, sheet.left, sheet.y - height * scale, (width * scale, height * scale))
    for line in wrap(dealer.name, NAME, room)[:LINES]:
        sheet.text(sheet.left, sheet.y - used - NAME.size, line, NAME)
        used += NAME.leading
    return used


def _details(dealer: Dealer, words: Wording) -> list[str]:
    legal = []
    if dealer.cui:
        legal.append(words.t("document.cui", value=dealer.cui))
    if dealer.registration:
        legal.append(words.t("document.registration", value=dealer.registration))
    account = words.t("document.iban", value=dealer.iban) if dealer.iban else ""
    lines = [
        dealer.address,
        " · ".join(value for value in (dealer.phone, dealer.email) if value),
        dealer.web,
        " · ".join(legal),
        " · ".join(value for value in (account, dealer.bank if account else "") if value),
    ]
    return [line for line in lines if line]


@lru_cache(maxsize=4)
def _logo(path: Path) -> ImageReader | None:
    """None where it cannot be read: a document without a logo is better than none."""
    try:
        return ImageReader(str(path))
    except Exception as error:  # noqa: BLE001  whatever Pillow makes of a broken file
        log.warning("the logo %s cannot be read: %s", path, type(error).__name__)
        return None
