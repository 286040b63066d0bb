"""Corrects an intent by the values found: what is said of no car, client or deal is no order, offer or closing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from bot.understanding.acts import OUT_OF_SCOPE, JsonValue
from bot.understanding.folding import fold
from bot.understanding.mentions import Sheet

_FLEET: Final = re.compile(r"(?<!\w)(?:fleet|flota|flotei)(?!\w)")
_CAR: Final = re.compile(
    r"(?<!\w)(?:cars?|vehicles?|suvs?|vans?|masin\w+|autoturism\w*|autovehicul\w*|stoc\w*|stock|configura\w+)(?!\w)"
)
_DEAL: Final = re.compile(
    r"(?<!\w)(?:deals?|opportunit\w+|clients?|customers?|leads?|sale|contract\w*|oportunitat\w+|afacer\w+|client\w*|vanzar\w+|him|her|them|he|she|they|it|l-am|i-am|le-am|am pierdut-[lo]|el|ea|ei)(?!\w)"
)
_NOT_YET: Final = re.compile(
    r"(?<!\w)(?:(?:has|have|had|did|do|does|is|are|was|were)(?: not|n't|nt)|not|never|nu|n-a|n-au|n-am|inca nu|isn't|ain't)"
    r"(?: l-| i-)?(?: ?(?:yet|even|really|a|au|am|inca|mai|l-am|i-am|le-am|been|be)){0,3} (?:sign\w*|semn\w+|won|win|castig\w+|lost|lose|pierd\w*)(?!\w)"
    r"|(?<!\w)(?:will|shall|going to|might|may|could|would|should|wants? to|hopes? to|promised to|if|when|o sa|va|vor|urmeaza sa|vrea sa|daca|cand|sper ca|a promis ca)"
    r"(?: \w+){0,2} (?:sign|signs|semn\w+|win|wins|castig\w+|lose|pierd\w*)(?!\w)"
)
_ASKS_WHO: Final = re.compile(
    r"(?:and |si )?(?:who|whose|which|what|when|why|did|has|have|cine|care|cand|de ce|oare)(?!\w)"
)
_WITH_OTHERS: Final = re.compile(
    r"(?<!\w)(?:signed|semnat|bought|cumparat|won|castigat)(?: the contract| contractul)? (?:with|at|from|cu|la|de la) (?:the |an?)?(?:other|another|competit\w+|someone|somebody|alt\w*|concuren\w+|dealerul|toyota|"
    r"hyundai|skoda|vw|volkswagen|ford|opel|kia|peugeot|citroen|bmw|audi|mercedes|mazda|nissan|honda|suzuki|fiat|seat|volvo|tesla)(?!\w)"
)
_SIGNED: Final = re.compile(r"(?<!\w)(?:(?:has |have |just )?signed|(?:a|au) semnat)(?!\w)")
_ORDERS: Final = re.compile(r"(?<!\w)(?:orders?|ordered|reserve|buy|comand\w*|rezerv\w*)(?!\w)")
_CLOSING_WORDS: Final = re.compile(
    r"(?<!\w)(?:signed|semnat\w*|lost|pierdut\w*|castigat\w*|close\w*|mark\w*|just|finally|tocmai|azi|today|because|since|pentru|fiindca|deoarece|reason|motiv\w*|please|inchide\w*|trece\w*)(?!\w)"
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
_CLIENT: Final = re.compile(
    r"(?<!\w)(?:clients?|customers?|leads?|prospects?|client\w*|him|her|them|his|he|she|lui|ei|el|ea)(?!\w)"
)
_POINTS: Final = re.compile(
    r"(?<!\w)(?:it|that|this|them|all|everything|one|activity|appointment|tot|toate|asta|aia|activitat\w*|programar\w*)(?!\w)|-[lo](?!\w)"
)
_SUBSCRIBES: Final = re.compile(
    r"(?<!\w)(?:subscrib\w+|abon\w+|every|each|daily|weekly|monthly|regularly|fiecare|zilnic|lunar|saptamanal)(?!\w)"
)
_WORDS: Final = re.compile(r"[^\W\d_]{3,}")
_FILLERS: Final = re.compile(r"(?<!\w)(?:the|for|and|then|please|pls|maybe|pentru|atunci|poate|rog)(?!\w)")
_THAT_OFFER: Final = re.compile(r"(?<!\w)oferta (?!noua)|(?:the|his|her|their|that|this|[\w-]+'s) offer(?!\w)")
LARGEST_DISCOUNT: Final = 30.0
"""Percent: dearer gifts than this no dealer makes."""
_OFF: Final = re.compile(
    r"(?<!\w)(?:off|discounts?|reducer\w*|reduc\w*|offer|quote|ofert\w*|less|scade\w*|din pret)(?!\w)"
)
_ORDER: Final = re.compile(r"(?<!\w)(?:orders?|comen\w+|comand\w+|it|that|this|all|-o|-l)(?!\w)")
_DENOUNCES: Final = re.compile(
    r"report (?:the|a|an|my|him|her|them|this|that) (?!\w*(?:report|stage|sales|forecast|agenda|loss))"
)
_STOCK_WORDS: Final = re.compile(
    r"(?<!\w)(?:stoc\w*|stock\w*|have|what|whats|which|show|list|search|look|find|check|cars?|vehicles?|masin\w+|autoturism\w*|avem|arata\w*|"
    r"cauta\w*|vezi|verifica|listeaza|disponibil\w*|available|right|acum|there|anything|something|still|left|please|currently|ready|delivery|"
    r"livrare|livrabil\w*|rapid|imediat\w*|gata|from|with|inventory|units?|unitati|mele|noastre|nostru|today|astazi|care|sunt|mai|ceva|toate|tot|all|"
    r"dealer\w*|showroom|parc|parcare\w*|yard|modele|models?|demo|noi|used|second|hand|rulate|are|our|some|free|libere|could|would|can|see|give|tell|"
    r"spune\w*|zi-mi|dati-mi|vreau|as|vrea|vad|pot|this|that|moment|momentan|present|offer|sale|vanzare|any|here|aici|pentru|client\w*)(?!\w)"
)
_CHANGES: Final = frozenset(
    {"transmission", "amount", "percent", "colour", "option", "engine", "upholstery", "fuel", "vat"}
)


def settle(intent: str, entities: Mapping[str, JsonValue], text: str, sheet: Sheet) -> str:
    """The intent that the values bear out."""
    check = _CHECKS.get(intent)
    return check(intent, entities, fold(text), sheet.folded) if check else intent


def _order(intent: str, entities: Mapping[str, JsonValue], folded: str, left: str) -> str:  # noqa: ARG001
    """An order of several cars is a fleet's, of one it is not, of no car none."""
    if "client" in entities and _SIGNED.search(folded) and not _ORDERS.search(folded):
        return "close_won"
    if not ({"model", "engine", "client"} & entities.keys() or _CAR.search(folded)):
        return OUT_OF_SCOPE
    quantity = entities.get("quantity")
    several = isinstance(quantity, list) or (isinstance(quantity, int) and quantity > 1)
    if intent == "order_stock":
        return intent
    if several or _FLEET.search(folded):
        return "order_fleet"
    return "order_new_car" if quantity == 1 else intent


def _closing(intent: str, entities: Mapping[str, JsonValue], folded: str, left: str) -> str:
    """What is won or lost is a deal, no game and no keys; what has not happened, or not with us, is neither."""
    if _NOT_YET.search(folded) or _ASKS_WHO.match(folded) or (intent == "close_won" and _WITH_OTHERS.search(folded)):
        return OUT_OF_SCOPE
    alone = re.search(r"[a-z]{4,}", _CLOSING_WORDS.sub(" ", left)) is None
    known = "client" in entities or ((_DEAL.search(folded) or alone) and not _MINE.search(folded))
    return intent if known else OUT_OF_SCOPE


def _client(intent: str, entities: Mapping[str, JsonValue], folded: str, left: str) -> str:  # noqa: ARG001
    """A question for a number changes none, and the agent's own is no client's."""
    if "client" not in entities and _MINE.search(folded):
        return OUT_OF_SCOPE
    asks = _ASKS.search(folded) and _CONTACT.search(folded)
    return "show_client" if asks and not {"phone", "email", "source"} & entities.keys() else intent


def _lookup(intent: str, entities: Mapping[str, JsonValue], folded: str, left: str) -> str:  # noqa: ARG001
    """Somebody is looked up, or at least a client is spoken of."""
    return intent if entities or _CLIENT.search(folded) or _CONTACT.search(folded) else OUT_OF_SCOPE


def _activity(intent: str, entities: Mapping[str, JsonValue], folded: str, left: str) -> str:  # noqa: ARG001
    """What is moved or cancelled is named, or pointed at."""
    return intent if entities or _POINTS.search(folded) else OUT_OF_SCOPE


def _offer(intent: str, entities: Mapping[str, JsonValue], folded: str, left: str) -> str:  # noqa: ARG001
    """An offer spoken of as known, with a value and no car, is changed."""
    changes = "model" not in entities and _THAT_OFFER.search(folded) and _CHANGES & entities.keys()
    discount = "percent" in entities and "model" not in entities
    return "update_offer" if changes or discount else intent


def _subscription(intent: str, entities: Mapping[str, JsonValue], folded: str, left: str) -> str:  # noqa: ARG001
    """A report without a rhythm is asked for once."""
    if "recurrence" in entities or _SUBSCRIBES.search(folded):
        return intent
    return "request_report" if "report" in entities else OUT_OF_SCOPE


def _plan(intent: str, entities: Mapping[str, JsonValue], folded: str, left: str) -> str:  # noqa: ARG001
    """A moment and nothing else answers a question."""
    bare = "time" in entities and not {"client", "kind"} & entities.keys()
    return "inform" if bare and not _WORDS.search(_FILLERS.sub(" ", left)) else intent


def _preference(intent: str, entities: Mapping[str, JsonValue], folded: str, left: str) -> str:  # noqa: ARG001
    """A setting without any value sets nothing."""
    return intent if entities else OUT_OF_SCOPE


def _stock(intent: str, entities: Mapping[str, JsonValue], folded: str, left: str) -> str:  # noqa: ARG001
    """A stock without any car is ours only where nothing else is spoken of: no beer, no coffee."""
    return intent if entities or not re.search(r"[a-z]{4,}", _STOCK_WORDS.sub(" ", left)) else OUT_OF_SCOPE


def _deal(intent: str, entities: Mapping[str, JsonValue], folded: str, left: str) -> str:  # noqa: ARG001
    """A deal that is changed is named, or its client is; a probability is no discount."""
    return intent if entities or _DEAL.search(folded) else OUT_OF_SCOPE


def _discount(intent: str, entities: Mapping[str, JsonValue], folded: str, left: str) -> str:  # noqa: ARG001
    """So many percent are taken off no price: they are a chance."""
    percent = entities.get("percent")
    chance = isinstance(percent, str) and float(percent) > LARGEST_DISCOUNT and not _OFF.search(folded)
    return "update_opportunity" if chance and not (_CHANGES - {"percent"}) & entities.keys() else intent


def _handed(intent: str, entities: Mapping[str, JsonValue], folded: str, left: str) -> str:  # noqa: ARG001
    """Who or what is handed over is named, or pointed at."""
    names = {"client", "agent", "from_agent", "order_number"} & entities.keys()
    orders = intent == "reassign_order" and not _ORDER.search(folded) and "order_number" not in entities
    return OUT_OF_SCOPE if not names or orders else intent


def _report(intent: str, entities: Mapping[str, JsonValue], folded: str, left: str) -> str:  # noqa: ARG001
    """Somebody who is reported is no report."""
    return OUT_OF_SCOPE if "report" not in entities and _DENOUNCES.match(folded) else intent


_CHECKS: Final[dict[str, Callable[[str, Mapping[str, JsonValue], str, str], str]]] = {
    "order_new_car": _order,
    "order_fleet": _order,
    "order_stock": _order,
    "close_won": _closing,
    "close_lost": _closing,
    "update_client": _client,
    "cancel_activity": _activity,
    "reschedule_activity": _activity,
    "show_client": _lookup,
    "create_offer": _offer,
    "subscribe_report": _subscription,
    "schedule_activity": _plan,
    "set_preference": _preference,
    "search_stock": _stock,
    "update_opportunity": _deal,
    "update_offer": _discount,
    "assign_client": _handed,
    "reassign_order": _handed,
    "request_report": _report,
}
