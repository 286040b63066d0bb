"""From a text and the model's readings of its parts to acts with values: a pure function, run inside the turn."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.dialogue.guards import leading_slash, looks_pasted, too_long
from bot.understanding.acts import Act, JsonValue, Origin, Understanding, out_of_scope
from bot.understanding.cars import joined, names_of, read_details, read_models
from bot.understanding.client import NluParse
from bot.understanding.compose import Group, group_clauses
from bot.understanding.context import ELIDED
from bot.understanding.follow import carry_over
from bot.understanding.intents import ALLOWED
from bot.understanding.labels import read_labels, read_reason, read_report
from bot.understanding.mentions import Mention, Sheet
from bot.understanding.notes import find_note
from bot.understanding.numbers import read_contacts, read_counts, read_numbers, read_order_and_year, read_sums
from bot.understanding.people import read_people
from bot.understanding.plain import Plain, write_out
from bot.understanding.settle import settle
from bot.understanding.times import read_times

_LISTS: Final = frozenset({"model", "engine", "colour", "upholstery", "option"})


def interpret(
    text: str,
    parses: Mapping[str, NluParse],
    *,
    now: datetime,
    timezone: str = "Europe/Bucharest",
    default_currency: str = "EUR",
    region: str = "RO",
) -> Understanding:
    """What the text asks for; guarded texts and doubtful ones are one act, out_of_scope.

    `now` with a zone is brought to the agent's; without one it is local already.
    """
    if guarded(text):
        return out_of_scope(text)
    local = now.astimezone(ZoneInfo(timezone)).replace(tzinfo=None) if now.tzinfo else now
    acts: list[Act] = []
    plain = write_out(text)
    for group in group_clauses(plain.text, parses):
        if not group.choice.understood:
            acts.append(
                Act(
                    "out_of_scope",
                    1.0 - group.choice.confidence if group.choice.intent != "out_of_scope" else group.choice.confidence,
                    {},
                    text,
                    group.choice.parse.ranking[:3],
                )
            )
            continue
        act = _read_act(plain, group, now=local, currency=default_currency, region=region)
        acts.append(carry_over(act, acts, elided=group.choice.by == ELIDED))
    return Understanding(acts)


def guarded(text: str) -> bool:
    """Whether the text may never act: a command, a pasted chat, a wall of text, nothing at all."""
    return not text.strip() or leading_slash(text) or looks_pasted(text) or too_long(text)


def _read_act(plain: Plain, group: Group, *, now: datetime, currency: str, region: str) -> Act:
    """Read one act's values: what is certain to look like itself first, names from what is left."""
    part, choice = plain.text[group.start : group.end], group.choice
    intent, parse = choice.intent, choice.parse
    allowed = ALLOWED.get(intent, frozenset())
    partial = None
    sheet = Sheet(part)
    if allowed:
        note = find_note(intent, part, parse)
        if note is not None:
            if "note" in allowed:
                sheet.mentions.append(
                    Mention("note", plain.typed(group.start + note[0], group.start + note[1]), *note, "rule")
                )
            sheet.blank([note])
        read_contacts(sheet, allowed, region=region)
        read_report(sheet, allowed, parse)
        if intent != "close_lost":  # there a car names the competitor: "bought a Tucson"
            read_models(sheet, intent, allowed, parse)
        if intent == "close_lost":
            read_reason(sheet, allowed, parse)
        read_order_and_year(sheet, allowed)
        read_counts(sheet, allowed)
        read_sums(sheet, allowed, currency=currency)
        partial = read_times(sheet, intent, allowed, names=names_of(parse), now=now)
        read_numbers(sheet, intent, allowed, currency=currency)
        read_details(sheet, allowed, parse)
        read_labels(sheet, intent, allowed, parse)
        read_people(sheet, parse, intent, allowed)
    entities = _entities(sheet, allowed)
    settled = settle(intent, entities, part, sheet)
    return Act(
        settled,
        choice.confidence,
        {name: value for name, value in entities.items() if name in ALLOWED.get(settled, frozenset())},
        plain.typed(group.start, group.end),
        choice.parse.ranking[:3],
        tuple(Origin(m.entity, m.by, *plain.place(group.start + m.start, group.start + m.end)) for m in sheet.mentions),
        partial,
    )


def _entities(sheet: Sheet, allowed: frozenset[str]) -> dict[str, JsonValue]:
    values: dict[str, JsonValue] = {}
    for mention in sheet.mentions:
        if mention.entity in allowed and mention.entity not in values:
            values[mention.entity] = joined(sheet.of(mention.entity)) if mention.entity in _LISTS else mention.value
    return values
