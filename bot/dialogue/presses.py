"""A press on a button: whose card it is, whether it still stands, and what it does. Every press is authorised anew."""

from bot.dialogue.flow import Register
from bot.dialogue.turn import Turn, plain
from bot.dialogue.words import refusal
from domain.errors import DomainError


def press(register: Register, turn: Turn, data: str) -> None:
    """Do what the button says; whatever is wrong with it is told in a toast, and nothing is changed."""
    token, _, rest = data.partition(":")
    version, _, index = rest.partition(":")
    card = turn.unit.card(token) if index.isdigit() and version.isdigit() else None
    if card is None or card.agent_id != turn.agent.id:
        turn.toast = plain(turn.t("press.unknown"))
        return
    if card.used or card.expires_at <= turn.unit.now:
        turn.toast = plain(turn.t("press.expired"))
        return
    if card.version != int(version) or int(index) >= len(card.actions):
        turn.toast = plain(turn.t("press.changed"))
        return
    action = card.actions[int(index)]
    turn.card = card
    try:
        with turn.unit.savepoint():
            register.presses[action["do"]](turn, card, action["args"])
    except DomainError as error:
        turn.add(refusal(turn, error))
