"""Figures of a deal that cannot be right: understanding leaves them aside, so they are told and asked for, never passed over."""

import re
from decimal import Decimal

from bot.dialogue.flow import Values
from bot.understanding.folding import fold
from domain.errors import InvalidValueError
from domain.opportunities import LARGEST_FLEET

DOUBT = "doubt"  # the code of the refusal, until it is said
_CURRENCY = r"(?:eur\w*|€|lei|leu|ron|usd|dolari|dollars|\$)"
_PERCENT = re.compile(
    r"(?<![\w.,%])(?P<minus>-\s?)?(?P<figure>\d{1,15}(?:[.,]\d+)?)\s?(?:%|percent\b|pct\b|procente?\b|la suta\b)"
)
_DISCOUNT = re.compile(r"\b(?:discount\w*|reducer\w*|rebate)\b")
_BELOW_ZERO = re.compile(r"(?:^|[\s:(])-[€$]?\d")
_NO_SUM = re.compile(
    rf"(?<![\d.,])(?:\d(?:[.,' ]?\d){{8,}}|0+(?:[.,]0+)?)\s?(?:(?:k|mii|mil\w*)\s?(?:de\s)?)?{_CURRENCY}(?!\w)"
    r"|[€$]\s?(?:\d(?:[.,']?\d){8,}|0+(?:[.,]0+)?(?![\d.,]))"
)
_NO_COUNT = re.compile(
    r"(?<![\d.,])(?:0|\d{6,})\s?(?:x\b|×|(?:de\s)?(?:buc\w*|pieces|units|cars?|masini)\b)"
    r"|\b(?:quantity|cantitat\w*)\W{0,3}(?:0|\d{6,})\b"
)
_NO_DAY = re.compile(
    r"\b(?:3[01](?:st|th)?\s(?:of\s|de\s)?feb\w*|31(?:st)?\s(?:of\s|de\s)?(?:apr|jun|iun|sep|nov|noi)\w*"
    r"|feb\w*\s3[01]\b|(?:apr|jun|sep|nov)\w*\s31\b|3[01][./](?:02\b|2[./]\d)|31[./](?:0[469]\b|11\b|[469][./]\d))"
)


def doubt_in(values: Values, text: str) -> str | None:
    """The code of the refusal that the words deserve, or None; a figure that was understood is the domain's to judge."""
    folded = fold(text)
    if not _DISCOUNT.search(folded) and any(_is_no_share(found) for found in _PERCENT.finditer(folded)):
        return "probability_range"
    if "amount" in values and _BELOW_ZERO.search(folded):
        return "amount_out_of_range"
    if "amount" not in values and _NO_SUM.search(folded):
        return "amount_out_of_range"
    if "quantity" not in values and _NO_COUNT.search(folded):
        return "quantity_range"
    if "time" not in values and _NO_DAY.search(folded):
        return "date_none"
    return None


def refuse_doubt(values: Values) -> None:
    """Raise InvalidValueError for what cannot be right, once: the answer to the question that follows is taken."""
    code = values.pop(DOUBT, None)
    if code == "quantity_range":
        raise InvalidValueError(code, limit=LARGEST_FLEET)
    if code:
        raise InvalidValueError(code)


def _is_no_share(found: re.Match[str]) -> bool:
    return bool(found["minus"]) or Decimal(found["figure"].replace(",", ".")) > 100
