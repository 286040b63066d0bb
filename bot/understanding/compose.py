"""Chooses which clauses are acts of their own and which only add to the one before."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.understanding.acts import BUSINESS_INTENTS, MAX_ACTS, OUT_OF_SCOPE
from bot.understanding.choose import SPLIT_CONFIDENCE, THRESHOLD, Choice, choose
from bot.understanding.client import NluParse
from bot.understanding.context import ELIDED, agreed, has_moment, in_context, kinds
from bot.understanding.folding import fold
from bot.understanding.keywords import keyword_parse, read_keywords
from bot.understanding.lexicon import lexicon
from bot.understanding.people import is_name
from bot.understanding.segments import Clause, clauses
from bot.understanding.vehicles import find_models

LEAD_CONFIDENCE: Final = 0.65
SURE_LEAD: Final = 0.9
"""A log before a request is common; another act there is more often a reason, unless the model is sure of it."""
_SEPARATE: Final = frozenset(
    {"request_report", "subscribe_report", "reschedule_activity", "cancel_activity", "cancel_order", "reassign_order"}
)
_ADDED: Final = {
    "add_client": "source",
    "update_client": "source",
    "request_client": "portfolio",
    "close_lost": "loss_reason",
}
_LOOKS_LIKE: Final = frozenset(
    {
        "log_activity",
        "add_note",
        "list_clients",
        "add_trade_in",
        "update_client",
        "search_stock",
        "show_client",
        "order_stock",
    }
)
_TOLD_AS_REASON: Final = _LOOKS_LIKE | {
    "update_opportunity",
    "create_opportunity",
    "create_offer",
    "reschedule_activity",
}
"""What a clause after a loss may look like, when it only says why: "lost Ene, he wanted 2000 less"."""
_DETAILED: Final = frozenset(
    {"add_note", "create_offer", "update_offer", "create_opportunity", "add_client", "order_new_car", "order_fleet"}
)
"""After a colon these go on with their details."""
_GOES_WITH: Final = {
    "create_offer": "update_offer",
    "create_opportunity": "update_opportunity",
    "add_client": "update_client",
    "invite_agent": "update_client",
    "complete_activity": "log_activity",
}
_NEW_AFTER_ALL: Final = ("update_client", "add_client")
"""A name with a number is of somebody known, until the next words say "new client"."""
_NO_REASONS: Final = frozenset(
    {
        "schedule_activity",
        "reschedule_activity",
        "add_client",
        "create_offer",
        "create_opportunity",
        "order_new_car",
        "order_fleet",
        "order_stock",
        "assign_client",
        "show_agenda",
        "list_opportunities",
        "show_overdue",
    }
)
"""Requests that are never only the reason for another."""
_HAS_KIND: Final = frozenset({"log_activity", "complete_activity"})
_HANDS: Final = re.compile(r"\w (?:to|lui|(?<!de )la|catre) \w|-[lo] \w+i(?!\w)")
_TRIES: Final = re.compile(
    r"(?<!\w)(?:wants? to|would like to|vrea sa|doreste sa|ar vrea sa)\s(?:o |il )?(?:try|test|drive|see|probeze|incerce|testeze|vada|conduca)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Group:
    """The words of one act, and what they ask for."""

    start: int
    end: int
    choice: Choice


def group_clauses(text: str, parses: Mapping[str, NluParse]) -> list[Group]:
    """Up to four acts in the order typed."""
    groups: list[Group] = []
    found = clauses(text)
    for clause in found:
        part = text[clause.start : clause.end]
        choice = agreed(part, _choose(text, clause.start, clause.end, parses))
        previous = groups[-1] if groups else None
        if clause is found[0]:
            choice = _told_before_a_request(text, found, choice, parses)
        if previous is None and clause.end < len(text.rstrip(" .!")) and _TRIES.search(fold(part)) and not choice.sure:
            choice = Choice(OUT_OF_SCOPE, 0.0, "rule", choice.parse)
        if previous is not None:
            choice = in_context(part, choice, previous.choice, text[previous.start : previous.end])
        if previous is None or (
            len(groups) < MAX_ACTS
            and _stands_alone(clause, choice, previous.choice)
            and not _goes_on(text, clause, choice, previous)
        ):
            groups.append(Group(clause.start, clause.end, choice))
        else:
            groups[-1] = _joined(text, previous, clause, choice, parses)
    return _without_chatter(text, groups, parses)


def _choose(text: str, start: int, end: int, parses: Mapping[str, NluParse]) -> Choice:
    part = text[start:end]
    return choose(part, parses.get(part) or keyword_parse(part))


def _stands_alone(clause: Clause, choice: Choice, previous: Choice) -> bool:
    if choice.intent == OUT_OF_SCOPE:
        return choice.sure and not clause.run_on
    if choice.intent not in BUSINESS_INTENTS or (clause.run_on and not _sure_enough(choice, previous)):
        return False
    if clause.after_colon and previous.understood and not (choice.sure and previous.intent not in _DETAILED):
        return False
    if previous.intent not in BUSINESS_INTENTS and choice.understood:
        return True
    if previous.intent == "add_note" and previous.sure and not clause.strong:
        return False
    return choice.sure or choice.confidence >= SPLIT_CONFIDENCE


def _sure_enough(choice: Choice, previous: Choice) -> bool:
    """Whether a verb that nothing parts from the act before surely begins another."""
    another = choice.confidence >= SURE_LEAD and choice.intent != previous.intent
    return previous.understood and (choice.sure or another)


def _told_before_a_request(text: str, found: list[Clause], choice: Choice, parses: Mapping[str, NluParse]) -> Choice:
    """What words surely tell and the model takes for chatter counts before a request: "met their director, prepare …"."""
    if choice.intent != OUT_OF_SCOPE or choice.sure or len(found) < 2:
        return choice
    words = read_keywords(text[found[0].start : found[0].end])
    following = _choose(text, found[1].start, found[1].end, parses)
    told = words is not None and words.sure and words.intent == "log_activity"
    if told and words is not None and following.sure and following.intent in BUSINESS_INTENTS:
        return Choice(words.intent, words.confidence, "rule", choice.parse, sure=True)
    return choice


def _goes_on(text: str, clause: Clause, choice: Choice, previous: Group) -> bool:
    """Whether a clause says more of the same act: the same intent, nobody named anew, no other kind, car or report."""
    part, before = text[clause.start : clause.end], text[previous.start : previous.end]
    names = _names(part, choice.parse)
    if choice.intent != previous.choice.intent:
        pair = (previous.choice.intent, choice.intent)
        belongs = (_GOES_WITH.get(pair[0]) == pair[1] or pair == _NEW_AFTER_ALL) and not names
        return belongs or _adds_a_reason(part, choice, previous.choice)
    if _ends_a_list(part, before, choice):
        return True
    if not kinds(before) and not _names(before, previous.choice.parse) and choice.intent == "complete_activity":
        return True  # "that's done, the call with Vlad"
    if choice.intent in _SEPARATE:
        return not names and not kinds(part) and len(part.split()) < 3
    if choice.by == ELIDED or not names <= _names(before, previous.choice.parse):
        return False
    each_has_its_own = (find_models(part) and find_models(before)) or (
        choice.intent == "assign_client" and _HANDS.search(fold(part)) and _HANDS.search(fold(before))
    )
    return not each_has_its_own and _of_same_kind(part, before, choice.intent)


def _ends_a_list(part: str, before: str, choice: Choice) -> bool:
    """Whether moment or receiver is said at the end for all: "call Ene and Stan tomorrow", "assign Ene and Stan to Ana"."""
    if choice.intent == "assign_client":
        return _HANDS.search(fold(before)) is None
    return choice.intent == "schedule_activity" and choice.by != ELIDED and not kinds(part) and not has_moment(before)


def _of_same_kind(part: str, before: str, intent: str) -> bool:
    """Whether the clause names no activity beside the one before; a plan with figures of its own is another plan."""
    said, known = kinds(part), kinds(before)
    if intent == "schedule_activity":
        adds_kind = not known and not has_moment(part)
        return (said <= known or adds_kind) and not re.search(r"\d", part)
    return not said or not known or said <= known or intent not in _HAS_KIND


def _adds_a_reason(part: str, choice: Choice, previous: Choice) -> bool:
    """Whether a clause that looks like another act only says whence, from whom or why: "he came from the website"."""
    listed = _ADDED.get(previous.intent)
    told = listed is not None and bool(lexicon(listed).find(fold(part)))
    if previous.intent != "close_lost":
        return told and choice.intent in _LOOKS_LIKE
    if _names(part, choice.parse):
        return told and choice.intent in _LOOKS_LIKE
    return choice.intent == "close_won" or (choice.intent in _TOLD_AS_REASON and (told or not choice.sure))


def _names(part: str, parse: NluParse) -> frozenset[str]:
    return frozenset(
        fold(part[e.start : e.end]) for e in parse.entities if e.entity == "client" and is_name(part[e.start : e.end])
    )


def _joined(text: str, group: Group, clause: Clause, choice_of_clause: Choice, parses: Mapping[str, NluParse]) -> Group:
    """The group grown by a clause; what its first words surely ask for stays, else the whole is read anew."""
    together = _choose(text, group.start, clause.end, parses)
    first = group.choice
    surer = choice_of_clause.sure and choice_of_clause.intent == first.intent
    if (first.intent, choice_of_clause.intent) == _NEW_AFTER_ALL:
        first = choice_of_clause
    if first.understood and (first.sure or first.confidence >= THRESHOLD):
        choice = Choice(first.intent, first.confidence, first.by, together.parse, first.sure or surer)
    else:
        choice = together
    return Group(group.start, clause.end, choice)


def _without_chatter(text: str, groups: list[Group], parses: Mapping[str, NluParse]) -> list[Group]:
    """Greetings and thanks beside a request are no act; a reason given first belongs to the request that follows."""
    if groups[0].choice.intent == OUT_OF_SCOPE and groups[0].choice.sure:
        return groups[:1]
    business = [group for group in groups if group.choice.intent in BUSINESS_INTENTS and group.choice.understood]
    if not business:
        return groups[:1]
    kept: list[Group] = []
    lead: Group | None = None
    for group in groups:
        intent = group.choice.intent
        if group in business and _only_leads(groups, group):
            lead = lead or group
        elif group in business:
            kept.append(_led(text, lead, group, parses) if lead is not None else group)
            lead = None
        elif (intent in {"affirm", "deny"} and group.choice.sure) or (intent == OUT_OF_SCOPE and group.choice.sure):
            kept.append(group)
        elif intent in {OUT_OF_SCOPE, "inform", "affirm", "deny"} or not group.choice.understood:
            lead = lead or group
    return kept


def _only_leads(groups: list[Group], group: Group) -> bool:
    """Whether the first clause is a doubtful reading before a sure request: "he can't make it, move his test drive"."""
    following = groups[1].choice if len(groups) > 1 else None
    return (
        group is groups[0]
        and following is not None
        and not group.choice.sure
        and group.choice.intent not in _NO_REASONS
        and group.choice.confidence < (LEAD_CONFIDENCE if group.choice.intent in _LOOKS_LIKE else SURE_LEAD)
        and following.sure
    )


def _led(text: str, lead: Group, group: Group, parses: Mapping[str, NluParse]) -> Group:
    """The request with the clause before it: "Tuesday suits Popescu, put a test drive at 11"."""
    part = text[lead.start : group.end]
    parse = parses.get(part) or keyword_parse(part)
    choice = group.choice
    return Group(lead.start, group.end, Choice(choice.intent, choice.confidence, choice.by, parse, choice.sure))
