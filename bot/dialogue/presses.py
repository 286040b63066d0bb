"""A press on a button: whose card it is, whether it still stands, and what it does. Every press is authorised anew."""

from bot.dialogue.effects import follow_up
from bot.dialogue.flow import Register
from bot.dialogue.turn import Turn
from bot.dialogue.words import refusal
from domain.errors import DomainError, StaleError


def press(register: Register, turn: Turn, data: str) -> None:
    """Do what the button says; whatever is wrong with it is told in a toast, and nothing is changed."""
    token, _, rest = data.partition(":")
    version, _, index = rest.partition(":")
    card = turn.unit.card(token) if _is_number(index) and _is_number(version) else None
    if card is None or card.agent_id != turn.agent.id:
        turn.pop_up("press.unknown")
        return
    if card.used or card.expires_at <= turn.unit.now:
        turn.pop_up("press.expired")
        return
    if card.version != int(version) or int(index) >= len(card.actions):
        turn.pop_up("press.changed")
        return
    action = card.actions[int(index)]
    turn.card = card
    try:
        with turn.unit.savepoint():
            register.presses[action["do"]](turn, card, action["args"])
            follow_up(turn)
    except StaleError:
        raise  # the whole turn runs again, on top of what the other one wrote
    except DomainError as error:
        turn.add(refusal(turn, error))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal()
