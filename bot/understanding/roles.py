"""Settles who is client and who is agent: by the words around a name, by the intent, by the model last."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from bot.understanding.folding import fold
from bot.understanding.mentions import Sheet
from bot.understanding.names import clean_name

ROLES: Final = ("client", "agent", "from_agent")
_TO: Final = re.compile(r"(?:(?<!\w)(?:to|catre|lui|la|agentului|agentei)\s+(?:agent(?:ul|ului)? )?|-i\s)$")
_AGENT_WORD: Final = re.compile(r"(?<!\w)(?:agent(?:ul|ului|a|ei)?|colegul|colega|colleague)\s+$")
_FROM_AGENT: Final = re.compile(r"(?<!\w)(?:from|de la)\s+(?:agent\w* )?$")
_HANDED_LATER: Final = re.compile(r"\s(?:to|lui|catre)\s+\w")
_CLIENTS_OF: Final = re.compile(
    r"(?:(?:clients|customers|portfolio) of|(?:clientii|clientele|portofoliul)(?: lui| ai lui| de la)?)\s+$"
)
HANDING_OVER: Final = frozenset({"assign_client", "reassign_order"})
_ABOUT_A_CLIENT: Final = frozenset({"client_sheet", "activity_history"})


@dataclass(slots=True)
class Person:
    """A name in an act, with the role that it is taken for so far."""

    role: str
    start: int
    end: int
    confidence: float
    by: str


def settle_role(sheet: Sheet, person: Person, intent: str, allowed: frozenset[str]) -> str:
    """The role that the preposition or the intent gives; the model's where they leave it open."""
    before = sheet.folded[: person.start]
    if "agent" in allowed and _AGENT_WORD.search(before):
        return "agent"
    if "from_agent" in allowed and _FROM_AGENT.search(before):
        return "from_agent"
    if intent in HANDING_OVER:
        return _role_in_handover(sheet, person, before)
    role = _role_by_intent(sheet, person, intent)
    return role if role in allowed else next((name for name in ROLES if name in allowed), role)


def _role_by_intent(sheet: Sheet, person: Person, intent: str) -> str:
    """Whose lists, agendas and reports are meant."""
    if intent in {"list_offers", "show_orders"}:
        return "client"
    if intent == "request_report":
        report = sheet.first("report")
        return "client" if report is None or report.value in _ABOUT_A_CLIENT else "agent"
    if intent == "show_agenda" and person.by == "form" and "agenda" in fold(sheet.text):
        return "agent"
    return person.role


def _role_in_handover(sheet: Sheet, person: Person, before: str) -> str:
    """Who gives, who gets and who is given: by the words around the name; the model's reading where there are none."""
    after = sheet.folded[person.end :]
    if re.match(r"(?:'s|s'|s)? (?:clients|customers|portfolio|orders)(?!\w)", after) or _CLIENTS_OF.search(before):
        return "from_agent"
    if _TO.search(before):
        return "agent"
    last = fold(sheet.text[person.start : person.end]).split()[0]
    if fold(clean_name(last)) != last and not re.search(r"(?:clienta|clientei|lui|pe)\s+$", before):
        return "agent"
    return (
        "client" if person.role == "from_agent" or person.by == "form" or _HANDED_LATER.search(after) else person.role
    )
