"""What becomes of an inbox entry: the one place that decides by who sent it and by what sort it is."""

import logging
from dataclasses import dataclass

from telegram import Document

from bot.dialogue import guards
from bot.dialogue.engine import Engine
from bot.dialogue.facts import FactHandler
from bot.dialogue.flow import Register
from bot.dialogue.hearing import Heard
from bot.dialogue.menu import menu_rows
from bot.dialogue.newcomers import stranger
from bot.dialogue.presses import press
from bot.dialogue.turn import Button, Turn
from bot.dialogue.unkept import is_picture, refuse, unkept
from bot.flows.add_client import shared_contact
from bot.flows.import_customers import IMPORT_ENDINGS
from bot.flows.menu_buttons import Opener
from bot.ports import EntryKind, TurnUnit
from bot.telegram.incoming import Incoming, Sort, UnreadableUpdateError, read
from bot.understanding.service import Parsed, Understander
from domain.team import Agent, AgentStatus
from texts.catalog import Texts
from texts.formats import Formats

log = logging.getLogger(__name__)

FILE_MB = 20  # as much as Telegram lets a bot fetch


@dataclass(frozen=True, slots=True)
class Prepared:
    """What was fetched for an entry before its transaction: a parse of its text, the file that it carries."""

    parsed: Parsed | None = None
    attachment: bytes | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is to be told at once and is not kept: the answer to a press."""

    callback_id: str | None = None
    toast: str | None = None


class Chat:
    """Handles entries; holds only what is the same for every turn."""

    def __init__(
        self,
        *,
        register: Register,
        engine: Engine,
        understander: Understander,
        commands: dict[str, Opener],
        facts: dict[str, FactHandler],
    ) -> None:
        self._register = register
        self._engine = engine
        self._understander = understander
        self._commands = commands
        self._facts = facts

    def handle(self, unit: TurnUnit, prepared: Prepared) -> Outcome:
        """Run the turn of the unit's entry."""
        if unit.entry.kind is not EntryKind.UPDATE:
            self._fact(unit)
            return Outcome()
        try:
            incoming = read(unit.entry.payload)
        except UnreadableUpdateError as error:
            log.warning("inbox entry %d cannot be read: %s", unit.entry.id, error)
            unit.mark_unreadable()
            return Outcome()
        if incoming.sort is Sort.SILENT:
            return Outcome()
        refused = unkept(incoming, unit.entry.payload)
        if refused or is_picture(incoming):
            unit.scrub()  # whoever sent it, and wherever it stands: in a name, a file's name, what was replied to
        agent = unit.team.by_telegram(incoming.user_id)
        if agent is None or agent.status is not AgentStatus.ACTIVE or incoming.sort is Sort.GROUP:
            stranger(unit, incoming, agent)
            return Outcome(incoming.callback_id)
        unit.actor_id = agent.id
        turn = _turn(unit, agent, incoming)
        if refused:
            refuse(turn, incoming, refused)
        else:
            self._dispatch(turn, incoming, prepared)
        turn.finish()
        return Outcome(incoming.callback_id, turn.toast)

    def apologise(self, unit: TurnUnit) -> Outcome:
        """End an entry that failed again and again: the person is told that it was not done."""
        try:
            incoming = read(unit.entry.payload) if unit.entry.kind is EntryKind.UPDATE else None
        except UnreadableUpdateError:
            unit.mark_unreadable()
            return Outcome()
        agent = unit.team.by_telegram(unit.entry.person)
        if agent is None or agent.chat_id is None:
            return Outcome()
        unit.actor_id = agent.id
        turn = _turn(unit, agent, incoming)
        turn.state.forms.clear()
        turn.say("failure.apology")
        turn.finish()
        return Outcome(incoming.callback_id if incoming else None)

    def _fact(self, unit: TurnUnit) -> None:
        agent = unit.team.by_telegram(unit.entry.person)
        if agent is None or agent.status is not AgentStatus.ACTIVE or agent.chat_id is None:
            return
        unit.actor_id = agent.id
        turn = _turn(unit, agent, None)
        self._facts[unit.entry.payload["kind"]](turn, unit.entry.payload)
        turn.finish()

    def _dispatch(self, turn: Turn, incoming: Incoming, prepared: Prepared) -> None:
        match incoming.sort:
            case Sort.PRESS:
                press(self._register, turn, incoming.data)
            case Sort.TEXT:
                self._text(turn, incoming, prepared)
            case Sort.CONTACT:
                shared_contact(self._engine, turn, incoming)
            case Sort.DOCUMENT:
                _document(turn, incoming, prepared)
            case Sort.FORWARDED:
                _keep_or_not(turn, incoming.text, incoming.forwarded_from)
            case _:
                turn.say(f"received.{incoming.sort}")

    def _text(self, turn: Turn, incoming: Incoming, prepared: Prepared) -> None:
        text = incoming.text
        if guards.leading_slash(text):
            self._command(turn, text)
        elif guards.looks_pasted(text):
            _keep_or_not(turn, text, "")
        elif guards.too_long(text):
            turn.say("received.too_long")
        elif prepared.parsed is None:
            turn.add(turn.t("nlu.down"), *menu_rows(turn))
        else:
            heard = Heard(prepared.parsed, self._understander, turn.now, turn.agent.timezone)
            self._engine.hear(turn, heard)

    def _command(self, turn: Turn, text: str) -> None:
        """Commands are words after a slash and nothing else: what follows sets no value."""
        name = guards.command_name(text)
        if name == "start":
            turn.unit.scrub()  # what follows may be a code, and a code is a key
        opener = self._commands.get(name or "")
        if opener is None:
            turn.add(turn.t("command.unknown"), *menu_rows(turn))
            return
        opener(turn)
        self._engine.settle(turn)


def _turn(unit: TurnUnit, agent: Agent, incoming: Incoming | None) -> Turn:
    if incoming and agent.chat_id != incoming.chat_id and incoming.sort is not Sort.GROUP:
        agent.chat_id = incoming.chat_id
    return Turn(unit, agent, Texts(agent.language), Formats(agent.language), incoming)


def _keep_or_not(turn: Turn, text: str, sender: str) -> None:
    """Forwarded and pasted text never acts: it can be kept as a note or start a new client, by button."""
    if not text.strip():
        turn.say("received.forwarded_empty")
        return
    args = {"text": text, "name": sender}
    buttons = [Button(turn.t("btn.keep_note"), "forwarded.note", args)]
    if sender:
        buttons.append(Button(turn.t("btn.new_client"), "forwarded.client", args))
    turn.add(turn.t("received.forwarded"), buttons)


def brings_customers(document: Document | None) -> bool:
    """Whether a file may be one of customers, by its name, and is not too big to be fetched."""
    name = (document.file_name or "").lower() if document else ""
    return document is not None and name.endswith(IMPORT_ENDINGS) and (document.file_size or 0) <= FILE_MB * 1024 * 1024


def _document(turn: Turn, incoming: Incoming, prepared: Prepared) -> None:
    """A file of customers is read by an action server; another file gets a plain answer."""
    document = incoming.document
    name = (document.file_name or "") if document else ""
    if not name.lower().endswith(IMPORT_ENDINGS):
        turn.say("received.document")
    elif not brings_customers(document):
        turn.say("received.document_too_big", limit=FILE_MB)
    elif prepared.attachment is None:
        turn.say("received.document_unreachable")
    else:
        file_id = turn.unit.add_file(name=name[-200:], media_type="text/plain", data=prepared.attachment)
        payload = {"file_id": file_id, "message_id": incoming.message_id, "region": turn.unit.defaults.region}
        turn.unit.add_job(kind="import_customers", key=f"import:{turn.unit.entry.id}", payload=payload)
        turn.say("import.started", name=name)
