"""What a clause means after the one before it: a wish, or a noun whose verb was said already."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.understanding.acts import BUSINESS_INTENTS, OUT_OF_SCOPE
from bot.understanding.choose import SPLIT_CONFIDENCE, Choice
from bot.understanding.folding import fold
from bot.understanding.keywords import read_keywords
from bot.understanding.lexicon import lexicon
from bot.understanding.moments import find_moments
from bot.understanding.vehicles import find_models

_DONE_LIST: Final = re.compile(
    r"^(?:all )?(?:done|finished|completed|ticked off|gata|terminat|rezolvat|facut|bifat|bifeaza|finalizat|incheiat)\s*(?::|-)"
)
_PLANS: Final = frozenset({"schedule_activity", "reschedule_activity"})
_ANY_DAY: Final = datetime(2026, 1, 6, 7, 0)  # noqa: DTZ001 - a local moment, as the date grammar takes it
ELIDED: Final = "verb said before"
_WANTS: Final = re.compile(
    r"^(?:he |she |they |it |el |ea |ei |clientul |clienta |the client |customer |client )?(?:is |are |e |este |sunt )?"
    r"(?:wants?|would like|interested|interesat\w*|vrea|vor|doreste|doresc)(?!\w)"
)
_NAMES_ACTIVITY: Final = re.compile(
    r"^(?:(?:the|my) (?:[\w'-]+ ){0,3}|[\w-]+'s )(?:call|meeting|test drive|test-drive|appointment|visit|email|message)(?!\w)"
    r"|^(?:apelul|telefonul|intalnirea|sedinta|vizita|test drive-ul|drive test-ul|programarea|emailul|mailul|mesajul)(?!\w)"
)
_NAMES_ORDER: Final = re.compile(r"^(?:the |my )?(?:order|comanda)(?!\w)")
_OFFER: Final = re.compile(r"(?<!\w)(?:an? (?:offer|quote|quotation)|(?:o )?oferta)(?!\w)")
_DEAL: Final = re.compile(
    r"^(?:the |his |her |their )?(?:opportunity|deal|oportunitate\w*|oportunitatii|afacere\w*|(?:opportunity |deal )?value|valoarea)(?!\w)"
)
_CLOSES: Final = re.compile(
    r"^(?:we |he |she |they |el |ea |ei |ar |o sa |va |to |it |se )*(?:clos(?:e|es|ing)|sign(?:s|ing)?|inchi(?:de|dem|d|s|dere)|inchei\w*|semn(?:am|eaza|ez)|finaliz\w+|deadline|termen\w*|expected|estimat\w*)(?!\w)"
)
_BARE_NAME: Final = re.compile(
    r"^(?:(?:pe|cu|with)\s+)?(?!(?:the|o|un|a|deal|opportunity|oportunitatea|afacerea|order|comanda|offer|oferta|client)\s)[^\W\d_][\w'-]+(?: [^\W\d_][\w'-]+)? "
    r"(?:at|la|in the|tomorrow|maine|poimaine|dimineata|dupa-amiaza|dupa amiaza|on|to|pe)(?!\w)"
)
_HIS_OFFER: Final = re.compile(
    r"^(?:also |si )?(?:(?:his|her|their) (?:last )?(?:offer|quote)|(?:ultima )?oferta (?:lui|ei|lor))\W*$"
)
_NEW: Final = re.compile(
    r"(?<!\w)(?:new|another|open|create|add|noua|noi|deschide|creeaza|adauga|alta|inca o|fa-i)(?!\w)"
)
_HANDS_CLIENT: Final = re.compile(
    r"^(?:the )?(?:client(?:ul|a)? )?[^\W\d_][\w-]+(?: [^\W\d_][\w-]+)? (?:to|la|lui|catre) [^\W\d_][\w-]+\W*$"
)
_HANDED: Final = re.compile(r"\s(?:to|lui|catre|la)\s")


_LEADS_ON: Final = frozenset(
    {"schedule_activity", "log_activity", "complete_activity", "add_client", "reschedule_activity"}
)


def in_context(part: str, choice: Choice, previous: Choice, before: str) -> Choice:
    """The clause's reading, changed where the clause `before` says more than its own words."""
    if previous.intent in _PLANS and has_moment(before) and _says_name_and_hour(part, choice):
        return Choice(previous.intent, previous.confidence, ELIDED, choice.parse, sure=True)
    if previous.intent == "complete_activity" and _among_the_done(part, previous, before):
        return Choice(previous.intent, previous.confidence, ELIDED, choice.parse, sure=True)
    if (
        previous.intent in {"create_opportunity", "update_opportunity"}
        and _CLOSES.match(fold(part))
        and has_moment(part)
    ):
        return Choice(OUT_OF_SCOPE, 0.0, "rule", choice.parse)
    for rule in (_known_deal, _by_words, _as_wish, _with_verb_said_before):
        changed = rule(part, choice, previous)
        if changed is not None:
            return changed
    return choice


def _says_name_and_hour(part: str, choice: Choice) -> bool:
    return not choice.sure and not kinds(part) and _BARE_NAME.match(fold(part)) is not None


def _among_the_done(part: str, previous: Choice, before: str) -> bool:
    """Whether the clause is one more of what is done: "done: call Ene, email Stan", "gata telefonul la Ene, mailul lui Stan"."""
    if has_moment(part):
        return False
    listed = _DONE_LIST.match(fold(before)) is not None or previous.by == ELIDED
    return (listed and bool(kinds(part))) or _NAMES_ACTIVITY.match(fold(part)) is not None


def has_moment(text: str) -> bool:
    """Whether a moment is said; which one depends on now, whether there is one does not."""
    return bool(find_moments(text, now=_ANY_DAY))


def agreed(part: str, choice: Choice) -> Choice:
    """The choice, sure where model and words say the same; an activity with name and moment answers no question."""
    if choice.intent == "inform" and choice.parse.entities and kinds(part) and has_moment(part):
        return Choice("schedule_activity", choice.confidence, "rule", choice.parse)
    if choice.sure or not choice.understood or choice.intent not in BUSINESS_INTENTS:
        return choice
    if choice.intent == "schedule_activity" and kinds(part) and has_moment(part):
        return replace(choice, sure=True)
    words = read_keywords(part)
    said = words.intent if words is not None else None
    orders = said == "order_new_car" and choice.intent == "order_fleet"
    return replace(choice, sure=True) if said == choice.intent or orders else choice


def kinds(part: str) -> frozenset[str]:
    """Kinds of activity that the words name."""
    return frozenset(found.value for found in lexicon("kind").find(fold(part)))


def _by_words(part: str, choice: Choice, previous: Choice) -> Choice | None:
    """A clause that the model takes for an answer or small talk, and whose words ask for something."""
    if choice.intent in BUSINESS_INTENTS:
        return None
    words = read_keywords(part)
    if words is not None and words.intent in BUSINESS_INTENTS:
        return Choice(words.intent, words.confidence, "rule", choice.parse, sure=True)
    if choice.intent == "inform" and previous.intent in _LEADS_ON and kinds(part):
        return Choice("schedule_activity", choice.confidence, "rule", choice.parse, sure=True)
    return None


def _known_deal(part: str, choice: Choice, previous: Choice) -> Choice | None:
    """A sum or stage for "the opportunity", with no car and nothing new, is of the one that the client has."""
    speaks = choice.intent in {"create_opportunity", "list_opportunities", "inform"} and _DEAL.match(fold(part))
    if not speaks or previous.intent == "add_client" or _NEW.search(fold(part)) or find_models(part, about_cars=True):
        return None
    if previous.intent.startswith(("list_", "show_", "request_")) or not re.search(
        r"\d|nego|offer|ofert|calif|qual", fold(part)
    ):
        return None
    return Choice("update_opportunity", max(choice.confidence, SPLIT_CONFIDENCE), "rule", choice.parse, sure=True)


def _as_wish(part: str, choice: Choice, previous: Choice) -> Choice | None:
    """A wish for "the Duster" is the opportunity's; a wish without a car is a note of what stands before it."""
    if not _WANTS.match(fold(part)) or choice.intent == "add_trade_in":
        return None
    if _OFFER.search(fold(part)):
        return Choice("create_offer", max(choice.confidence, SPLIT_CONFIDENCE), "rule", choice.parse, sure=True)
    if kinds(part) and not lexicon("outcome").find(fold(part)):
        return Choice("schedule_activity", max(choice.confidence, SPLIT_CONFIDENCE), "rule", choice.parse, sure=True)
    if not find_models(part):
        return Choice(OUT_OF_SCOPE, 0.0, "rule", choice.parse)
    known = previous.intent in {"log_activity", "complete_activity"}
    intent = "update_opportunity" if known else "create_opportunity"
    return Choice(intent, max(choice.confidence, SPLIT_CONFIDENCE), "rule", choice.parse, sure=True)


def _with_verb_said_before(part: str, choice: Choice, previous: Choice) -> Choice | None:
    """The verb said once: "move the call to 11 and the meeting to 12", "give Popescu to Ana and order 1042 to Mihai"."""
    folded = fold(part)
    if previous.intent.startswith("show_") and _HIS_OFFER.match(folded):
        return Choice("show_offer", previous.confidence, "rule", choice.parse, sure=True)
    if previous.intent in {"reschedule_activity", "cancel_activity"} and _NAMES_ACTIVITY.match(folded):
        return Choice(previous.intent, previous.confidence, "rule", choice.parse, sure=True)
    if previous.intent == "cancel_order" and _NAMES_ACTIVITY.match(folded):
        return Choice("cancel_activity", previous.confidence, "rule", choice.parse, sure=True)
    if previous.intent in {"assign_client", "reassign_order"} and _HANDS_CLIENT.match(folded):
        return Choice("assign_client", previous.confidence, "rule", choice.parse, sure=True)
    if previous.intent in {"assign_client", "reassign_order"} and _NAMES_ORDER.match(folded) and _HANDED.search(folded):
        return Choice("reassign_order", previous.confidence, "rule", choice.parse, sure=True)
    return None
