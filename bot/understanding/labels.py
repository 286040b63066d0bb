"""Reads the entities whose values are a closed list, from the phrases of both languages."""

from __future__ import annotations

import re
from typing import Final

from bot.understanding.client import NluParse
from bot.understanding.lexicon import Found, lexicon, read_toml
from bot.understanding.mentions import Mention, Sheet
from bot.understanding.vehicles import find_models

_TYPO_SAFE: Final = frozenset({"kind", "source", "report", "format", "language", "stage"})
_OUTCOME_ORDER: Final = ("no_show", "no_answer", "call_back", "reached")
_STAGE_LEAD: Final = re.compile(
    r"(?:(?<!\w)(?:to|in|into|at|stage|as|on|la|in|pe|catre|etapa|etapa de|stadiul|stadiul de|faza|faza de)\s+(?:the )?)$"
)
_STAGE_NOUNS: Final = ("ofertare", "quoting", "offering")
_NEEDS_LEAD: Final = frozenset({"offer", "test_drive"})
_REMINDER: Final = re.compile(
    r"(?<!\w)(?:remind|reminder|aminteste|reaminteste|adu-mi aminte|nu uita|sa nu uit|don't forget)(?!\w)"
)
_WAS_THERE: Final = re.compile(
    r"^(?:azi |ieri |astazi )?(?:am fost|am trecut|m-am dus|ne-am dus|am mers)(?: azi| ieri| astazi)? (?:pe )?la(?!\w)|^(?:today |yesterday )?(?:i |we )(?:was|were|went|have been) (?:at|to see|over at|over to)(?!\w)"
)
_MOVES: Final = re.compile(
    r"(?<!\w)(?:move|push|postpone|resched\w*|shift|delay|cancel|call off|mut\w+|aman\w*|anul\w+|reprog\w*|decal\w+)(?:-[a-z]+)?\s"
)


def read_report(sheet: Sheet, allowed: frozenset[str], parse: NluParse | None) -> None:
    """Which report is meant; read before the dates, since some look ahead."""
    if "report" in allowed:
        _take(sheet, "report", parse)


def read_reason(sheet: Sheet, allowed: frozenset[str], parse: NluParse | None) -> None:
    """Why a deal was lost; read before the dates, since "next year" may be all of it."""
    if "loss_reason" in allowed:
        _take(sheet, "loss_reason", parse)


def read_labels(sheet: Sheet, intent: str, allowed: frozenset[str], parse: NluParse | None) -> None:
    """Put every listed value that the intent may carry on the sheet."""
    for name in ("group_by", "format", "language", "portfolio", "importance", "outcome", "loss_reason"):
        if name in allowed and sheet.first(name) is None:
            _take(sheet, name, parse)
    if intent == "inform":
        _take_kind(sheet, intent, parse)
    if "stage" in allowed and sheet.first("kind") is None:
        _take_stage(sheet, intent)
    if "source" in allowed:
        _take(sheet, "source", parse)
    if "kind" in allowed and intent != "inform":
        _take_kind(sheet, intent, parse)


def _take(sheet: Sheet, name: str, parse: NluParse | None) -> None:
    found = [place for place in _find(sheet, name) if not _within_name(sheet, name, place, parse)]
    if name == "report" and not found:
        found = _report_by_parts(sheet)
    if name == "loss_reason" and not found:
        found = _to_competitor(sheet)
    if not found:
        return
    if name == "outcome":
        best = min(found, key=lambda place: _OUTCOME_ORDER.index(place.value))
    elif name == "loss_reason":
        best = next((place for place in found if place.value == "trade_in"), found[0])
    elif name == "report":
        best = max(found, key=lambda place: place.end - place.start)
    else:
        best = found[0]
    sheet.take(Mention(name, best.value, best.start, best.end, "list"))
    for other in found:
        sheet.blank([(other.start, other.end)])


def _find(sheet: Sheet, name: str) -> list[Found]:
    folded = sheet.folded
    found = lexicon(name).find(folded)
    return found or (lexicon(name).find_mistyped(folded) if name in _TYPO_SAFE else [])


def _within_name(sheet: Sheet, name: str, place: Found, parse: NluParse | None) -> bool:
    """Whether the word is part of a longer name: "Expo Trans", "Radio Nord SRL"."""
    source, said = name == "source", sheet.text[place.start : place.end]
    return any(
        entity.entity == "client"
        and entity.start <= place.start
        and place.end <= entity.end
        and entity.end - entity.start > place.end - place.start + 1
        and entity.confidence > 0.6
        and (source or said[:1].isupper())
        for entity in (parse.entities if parse else ())
    )


def _to_competitor(sheet: Sheet) -> list[Found]:
    """Who was lost to another make went to a competitor."""
    folded = sheet.folded
    return [
        Found("competitor", span.start, span.end)
        for span in find_models(sheet.left)
        if re.search(
            r"(?<!\w)(?:to|la|from|de la|bought an?|a luat|si-a luat|a cumparat)\s+(?:un |o )?$", folded[: span.start]
        )
    ][:1]


def _report_by_parts(sheet: Sheet) -> list[Found]:
    """A report named in other words than its title: all parts of one of the list's descriptions are there."""
    folded = sheet.folded
    for value, parts in read_toml("report_parts").items():
        places = [re.search(r"(?<!\w)(?:" + part + ")", folded) for part in parts]
        if all(places):
            first = next(place for place in places if place)
            return [Found(value, first.start(), first.end())]
    return []


def _take_stage(sheet: Sheet, intent: str) -> None:
    folded = sheet.folded
    for found in _find(sheet, "stage"):
        said = folded[found.start : found.end]
        bare = found.value in _NEEDS_LEAD and "stage" not in said and "etap" not in said and "stadi" not in said
        if bare and intent != "inform" and not _STAGE_LEAD.search(folded[: found.start]):
            continue
        if said.startswith(_STAGE_NOUNS) and re.match(r"\s+(?:for|with|cu|pentru|to)(?!\w)", folded[found.end :]):
            pass  # "la ofertare cu Ene" is no offer made
        elif bare and re.match(r"\s+(?:stage)?\s*(?:for|with|cu|pentru|to)(?!\w)", folded[found.end :]):
            continue
        sheet.take(Mention("stage", found.value, found.start, found.end, "list"))
        return


def _take_kind(sheet: Sheet, intent: str, parse: NluParse | None) -> None:
    found = [place for place in _find(sheet, "kind") if not _within_name(sheet, "kind", place, parse)]
    if intent in {"show_agenda", "show_overdue"}:
        found = [place for place in found if place.value != "task"]  # there "tasks" are all that is to be done
    if found:
        first = found[0]
        verb = _MOVES.search(sheet.folded) if intent in {"reschedule_activity", "cancel_activity"} else None
        if verb:
            first = next((place for place in found if place.start >= verb.end()), first)
        sheet.take(Mention("kind", first.value, first.start, first.end, "list"))
        for other in found:
            sheet.blank([(other.start, other.end)])
    elif (
        intent == "log_activity" and (outcome := sheet.first("outcome")) and outcome.value in {"no_answer", "call_back"}
    ):
        sheet.mentions.append(Mention("kind", "call", outcome.start, outcome.end, "rule"))
    elif intent == "log_activity" and (match := _WAS_THERE.search(sheet.folded)):
        sheet.mentions.append(Mention("kind", "meeting", match.start(), match.end(), "rule"))
    elif intent == "schedule_activity" and (match := _REMINDER.search(sheet.folded)):
        sheet.mentions.append(Mention("kind", "task", match.start(), match.end(), "rule"))
