"""People whom the database does not know: one polite line and no data, or the way in with a code."""

import re

from bot.dialogue import guards
from bot.dialogue.menu import menu_rows
from bot.dialogue.turn import Turn
from bot.ports import Message, Priority, SendKind, TurnUnit
from bot.telegram.incoming import Incoming, Sort
from domain.errors import LockedOutError
from domain.team import LANGUAGES, Agent, join
from texts.catalog import Texts
from texts.formats import Formats

_START = re.compile(r"^/start(?:@\w+)?\s+(\S{4,64})\s*$", re.IGNORECASE)


def stranger(unit: TurnUnit, incoming: Incoming, agent: Agent | None) -> None:
    """Answer somebody who is not let in, or who writes from a group; what they wrote is not kept."""
    unit.scrub()
    language = agent.language if agent else incoming.language[:2]
    texts = Texts(language if language in LANGUAGES else unit.defaults.language)
    if incoming.sort is Sort.GROUP:
        _say(unit, incoming, texts, "received.group")
    elif agent is not None:
        _say(unit, incoming, texts, "stranger.suspended")
    else:
        found = _START.match(guards.visible(incoming.text)) if incoming.sort is Sort.TEXT else None
        if found:
            _join(unit, incoming, texts, found[1])
        else:
            _say(unit, incoming, texts, "stranger.line")


def _join(unit: TurnUnit, incoming: Incoming, texts: Texts, code: str) -> None:
    try:
        agent = join(
            unit,
            code=code,
            telegram_user_id=incoming.user_id,
            chat_id=incoming.chat_id,
            language=texts.language,
        )
    except LockedOutError:
        _say(unit, incoming, texts, "join.locked")
        return
    if agent is None:
        _say(unit, incoming, texts, "join.wrong_code")
        return
    unit.actor_id = agent.id
    turn = Turn(unit, agent, Texts(agent.language), Formats(agent.language), incoming)
    turn.add(turn.t(f"join.welcome_{agent.role}", name=agent.name), *menu_rows(turn))
    turn.finish()


def _say(unit: TurnUnit, incoming: Incoming, texts: Texts, key: str) -> None:
    # Behind the team's answers: all share thirty messages a second, and a stranger may write without end.
    unit.send(
        Message(
            chat_id=incoming.chat_id,
            kind=SendKind.SEND,
            payload={"text": str(texts.t(key)), "parse_mode": "HTML"},
            priority=Priority.BULK,
        )
    )
