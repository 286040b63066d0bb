"""Closed deals that may be gone on with: reopened by a press alone, offered where words ask for it or no deal is open."""

import re

from bot.cards.deals import short
from bot.dialogue.turn import Button, Turn
from bot.understanding.folding import fold
from domain.customers import find_by_name
from domain.opportunities import Opportunity
from domain.permissions import may_change_opportunity

SHOWN = 3
_REOPEN = re.compile(r"\b(?:re-?open\w*|redeschi\w*)\b")
_WORD = re.compile(r"[^\W\d_]{3,}")
_NO_NAMES = frozenset(
    {"deal", "deals", "opportunity", "oportunitatea", "oportunitate", "the", "for", "with", "lui", "pentru"}
)


def reopen_rows(turn: Turn, customer_id: int) -> list[list[Button]]:
    """A button for each of the customer's closed deals that is no sale, the latest first."""
    deals = [deal for deal in turn.unit.opportunities.of_customer(customer_id) if _may_reopen(turn, deal)]
    return [
        [
            Button(
                turn.t("btn.deal_reopen_this", deal=short(turn, deal)),
                "deal.reopen",
                {"deal": deal.id, "version": deal.version},
            )
        ]
        for deal in deals[:SHOWN]
    ]


def offer_reopening(turn: Turn, text: str) -> bool:
    """Whether the words ask to reopen a deal of somebody who is named in them; if so its buttons are shown."""
    folded = fold(text)
    if not _REOPEN.search(folded):
        return False
    named = [word for word in _WORD.findall(folded) if word not in _NO_NAMES and not _REOPEN.match(word)]
    found = {one.id for word in named for one in find_by_name(turn.unit, turn.agent, word).exact}
    rows = [row for customer_id in sorted(found) for row in reopen_rows(turn, customer_id)]
    if not rows:
        return False
    turn.add(turn.t("deal.reopen_by_button"), *rows[:SHOWN])
    return True


def _may_reopen(turn: Turn, deal: Opportunity) -> bool:
    return not deal.is_open and deal.sold_at is None and may_change_opportunity(turn.agent, deal)
