"""What goes by a button alone: words that ask to merge, erase or export a client lead to that client's button."""

import re

from bot.dialogue.turn import Button, Turn
from bot.understanding.folding import fold
from domain.customers import Customer, find_by_name
from domain.names import words
from domain.permissions import changeable_owners
from domain.team import Role

SHOWN = 4
_ERASE = r"(?:delete|erase|remove|forget|sterge(?:ti|-l|-o)?|elimina|scoate)"
_EXPORT = r"(?:export(?:a|eaza)?)"
_MERGE = r"(?:merge|join|unite|uneste|imbina|combina)"
_CLIENT = r"(?:(?:the |my )?(?:client\w*|customer\w*|contact\w*|data(?: of)?|datele|fisa)(?: (?:lui|of|cu))?\s+)?"
_ASKED = {
    "client.erase": re.compile(rf"\b{_ERASE}\s+(?:pe |lui )?{_CLIENT}(?P<name>.+)"),
    "client.export": re.compile(rf"\b{_EXPORT}\s+(?:pe |lui )?{_CLIENT}(?P<name>.+)"),
    "client.merge": re.compile(rf"\b{_MERGE}\s+(?:pe |lui )?{_CLIENT}(?P<name>.+)"),
}
_DIRECTORS = frozenset({"client.erase", "client.export"})
_BETWEEN = re.compile(r"\s+(?:and|with|into|si|cu|in)\s+")


def offer_button(turn: Turn, text: str) -> bool:
    """Whether the words asked for one of these, and its buttons were shown."""
    said = fold(text)
    for action, pattern in _ASKED.items():
        found = pattern.search(said)
        customers = _named(turn, found["name"]) if found else []
        if not customers:
            continue
        if action in _DIRECTORS and turn.agent.role is not Role.DIRECTOR:
            turn.say("by_button.director")
            return True
        label = turn.t(f"by_button.{action.removeprefix('client.')}")
        second = _second(turn, found["name"], customers) if found and action == "client.merge" else None
        if second is not None:
            keep = customers[0]
            both = {"keep": keep.id, "gone": second.id}
            name = f"{keep.name} + {second.name}"
            button = Button(turn.t("by_button.label", what=label, name=name), "client.merge_both", both)
            turn.add(turn.t("by_button.press"), [button])
            return True
        rows = [
            [Button(turn.t("by_button.label", what=label, name=one.name), action, {"customer": one.id})]
            for one in customers[:SHOWN]
        ]
        turn.add(turn.t("by_button.press"), *rows)
        return True
    return False


def _second(turn: Turn, typed: str, first: list[Customer]) -> Customer | None:
    """The other one of two names, where both mean one client alone."""
    names = _BETWEEN.split(typed)
    second = _named(turn, names[1]) if len(names) > 1 else []
    return second[0] if len(first) == len(second) == 1 and first[0].id != second[0].id else None


def _named(turn: Turn, typed: str) -> list[Customer]:
    """Whom the words name, among the clients that may be changed; of two names the first."""
    first = _BETWEEN.split(typed)[0]
    if not words(first):
        return []
    matches = find_by_name(turn.unit, turn.agent, first, owners=changeable_owners(turn.agent))
    return [*matches.exact, *matches.near]
