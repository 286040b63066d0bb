"""Corrects an intent by the values found: what is said of no car, client or deal is no order, offer or closing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from bot.understanding.acts import OUT_OF_SCOPE, JsonValue
from bot.understanding.folding import fold
from bot.understanding.mentions import Sheet

_FLEET: Final = re.compile(r"(?<!\w)(?:fleet|flota|flotei)(?!\w)")
_CAR: Final = re.compile(
    r"(?<!\w)(?:cars?|vehicles?|suvs?|vans?|masin\w+|autoturism\w*|autovehicul\w*|stoc\w*|stock|configura\w+)(?!\w)"
)
_DEAL: Final = re.compile(
    r"(?<!\w)(?:deals?|opportunit\w+|clients?|customers?|leads?|sale|contract\w*|oportunitat\w+|afacer\w+|client\w*|vanzar\w+|him|her|them|he|she|they|it|l-am|i-am|am|au|a|o|"
    r"signed|semnat|lost|won|pierdut\w*|castigat\w*)(?!\w)"
)
_MINE: Final = re.compile(
    r"(?<!\w)(?:my|our|your|the (?:game|match|election|lottery)|meciul|jocul|alegerile|loteria|mei|mele|meu|mea|nostru)(?!\w)"
)
_ASKS: Final = re.compile(
    r"(?<!\w)(?:what|whats|which|need|give|have|tell|show|care|ce|da-mi|spune|zi-mi|vreau|imi trebuie|avem|stii)(?!\w)"
)
_CONTACT: Final = re.compile(
    r"(?<!\w)(?:phone|number|e-?mail|mobile|contact|address|telefon\w*|numar\w*|nr|mail\w*|adres\w+)(?!\w)"
)
_SUBSCRIBES: Final = re.compile(
    r"(?<!\w)(?:subscrib\w+|abon\w+|every|each|daily|weekly|monthly|regularly|fiecare|zilnic|lunar|saptamanal)(?!\w)"
)
_SCHEDULES: Final = re.compile(r"[^\W\d_]{3,}")
_THAT_OFFER: Final = re.compile(r"(?<!\w)oferta (?!noua)|(?:the|his|her|their|that|this|[\w-]+'s) offer(?!\w)")
_CHANGES: Final = frozenset({"transmission", "amount", "percent", "colour", "option", "engine", "upholstery", "fuel", "vat"})
_ORDERS: Final = frozenset({"order_new_car", "order_fleet", "order_stock"})


def settle(intent: str, entities: Mapping[str, JsonValue], text: str, sheet: Sheet) -> str:
    """The intent that the values bear out."""
    folded = fold(text)
    if intent in _ORDERS and not ({"model", "engine", "client"} & entities.keys() or _CAR.search(folded)):
        return OUT_OF_SCOPE
    if intent in {"order_new_car", "order_fleet"}:
        return _order(intent, entities.get("quantity"), folded)
    if (
        intent in {"close_won", "close_lost"}
        and "client" not in entities
        and (not _DEAL.search(folded) or _MINE.search(folded))
    ):
        return OUT_OF_SCOPE
    if intent == "update_client" and not ({"phone", "email", "source"} & entities.keys()):
        return "show_client" if _ASKS.search(folded) and _CONTACT.search(folded) else intent
    if intent == "create_offer" and "model" not in entities and _THAT_OFFER.search(folded) and _CHANGES & entities.keys():
        return "update_offer"
    if intent == "subscribe_report" and "recurrence" not in entities and not _SUBSCRIBES.search(folded):
        return "request_report" if "report" in entities else OUT_OF_SCOPE
    if intent == "schedule_activity" and not ({"client", "kind"} & entities.keys()):
        return intent if _SCHEDULES.search(_without_fillers(sheet.folded)) or "time" not in entities else "inform"
    return intent


def _order(intent: str, quantity: JsonValue, folded: str) -> str:
    """An order of several cars is a fleet's, of one it is not."""
    several = isinstance(quantity, list) or (isinstance(quantity, int) and quantity > 1)
    if several or _FLEET.search(folded):
        return "order_fleet"
    return "order_new_car" if quantity == 1 else intent


def _without_fillers(folded: str) -> str:
    return re.sub(r"(?<!\w)(?:the|for|and|then|please|pls|maybe|pentru|atunci|poate|rog)(?!\w)", " ", folded)
