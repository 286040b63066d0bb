"""One turn as flows see it: who, when, in which language, and the answer that is being put together."""

import html
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from bot.dialogue.split import fits, split_text
from bot.dialogue.state import Conversation
from bot.ports import Card, Message, Priority, SendKind, TurnUnit
from bot.telegram.incoming import Incoming
from domain.customers import NameMatches
from domain.team import Agent
from texts.catalog import Html, Texts
from texts.formats import Formats

CARD_LASTS = timedelta(days=14)
LABEL_LENGTH = 60
TOAST_LENGTH = 200  # what answerCallbackQuery takes


@dataclass(frozen=True, slots=True)
class Button:
    """A button that does `do` with `args`, or opens `url`."""

    label: str
    do: str = ""
    args: dict[str, Any] = field(default_factory=dict)
    url: str = ""


Rows = Sequence[Sequence[Button]]


@dataclass(slots=True)
class _Block:
    text: Html
    rows: list[Sequence[Button]]
    question: bool = False
    heading: bool = False


class Turn:
    """The context of a flow. What flows add becomes one message, with one Undo where the turn wrote something."""

    def __init__(self, unit: TurnUnit, agent: Agent, texts: Texts, formats: Formats, incoming: Incoming | None) -> None:
        self.unit = unit
        self.agent = agent
        self.texts = texts
        self.formats = formats
        self.incoming = incoming
        self.state = Conversation.load(unit.conversation())
        self.toast: str | None = None
        self.looked_up: dict[tuple[str, str], NameMatches] = {}
        self.asked_form: int | None = None  # the form whose question this turn has put
        self.card: Card | None = None  # the card that was pressed
        self.priority = Priority.REPLY
        self._blocks: list[_Block] = []
        self._undo = False

    @property
    def now(self) -> datetime:
        """The turn's instant on the agent's clock (aware)."""
        return self.agent.local(self.unit.now)

    @property
    def today(self) -> date:
        """The agent's local day."""
        return self.now.date()

    def t(self, key: str, **values: object) -> Html:
        """The words for `key` in the agent's language, values escaped."""
        return self.texts.t(key, **values)

    def n(self, key: str, count: int, **values: object) -> Html:
        """The words for `key` and a count."""
        return self.texts.n(key, count, **values)

    def add(self, text: Html, *rows: Sequence[Button]) -> None:
        """Say something, with rows of buttons."""
        self._blocks.append(_Block(text, list(rows)))

    def head(self, key: str) -> None:
        """Put the words for `key` over what the turn does; they do not name it where it is undone."""
        self._blocks.append(_Block(self.t(key), [], heading=True))

    def ask(self, text: Html, *rows: Sequence[Button]) -> None:
        """Put a question: a message of its own, so that its answers do not stand among other buttons."""
        self._blocks.append(_Block(text, list(rows), question=True))

    def wrote(self) -> None:
        """The turn changed something that one press may undo."""
        self._undo = True
        self.looked_up.clear()

    def say(self, key: str, **values: object) -> None:
        """Say the words for `key`."""
        self.add(self.t(key, **values))

    def pop_up(self, key: str) -> None:
        """Answer the press itself, with words that nobody needs to keep."""
        self.toast = plain(self.t(key), most=TOAST_LENGTH)

    def edit(self, card: Card, text: Html | None, *rows: Sequence[Button]) -> None:
        """Replace a card's text and buttons; without text its buttons alone."""
        card.version += 1
        markup = self._markup(card, rows)
        self.unit.save_card(card)
        payload: dict[str, Any] = {"reply_markup": markup}
        if text is not None:
            shown = str(text) if fits(text) else split_text(text)[-1]  # the buttons stand under the last part
            payload |= {"text": shown, "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}
        self.unit.send(
            Message(chat_id=self._chat, kind=SendKind.EDIT, payload=payload, priority=self.priority, card_id=card.id)
        )

    def delete_message(self, message_id: int) -> None:
        """Take the person's own message out of the chat."""
        self.unit.send(Message(chat_id=self._chat, kind=SendKind.DELETE, payload={"message_id": message_id}))

    def finish(self) -> None:
        """Put the answer into the outbox and keep the conversation."""
        blocks = [block for block in self._blocks if block.text]
        self._blocks = []
        told = [block for block in blocks if not block.question]
        undo = []
        if self._undo and told and self.unit.wrote():
            did = next((block for block in told if not block.heading), told[0])
            self.state.tell(self.unit.entry.id, Html(did.text.split("\n")[0]).striptags())
            undo.append([Button(self.t("btn.undo"), "undo", {"turn": self.unit.entry.id})])
        questions = [block for block in blocks if block.question]
        if told and questions and not undo and not any(block.rows for block in told):
            told, questions = [*told, questions[0]], questions[1:]  # no buttons to be mixed up: one message is enough
        self._send_together(told, undo)
        for block in questions:
            self._send_together([block], [])
        self.unit.save_conversation(self.state.dump())

    @property
    def _chat(self) -> int:
        if self.incoming:
            return self.incoming.chat_id
        if self.agent.chat_id is None:
            raise LookupError("the person has no chat")
        return self.agent.chat_id

    def _send_together(self, blocks: list[_Block], last_rows: list[list[Button]]) -> None:
        """One message, or several where one cannot hold it; the buttons stand under the last."""
        rows = [*(row for block in blocks for row in block.rows if row), *last_rows]
        texts = [str(block.text) for block in blocks]
        whole = "\n\n".join(texts)
        parts = [whole] if fits(whole) else [part for text in texts for part in split_text(text)]
        for number, part in enumerate(parts, start=1):
            if part:
                self._send(part, rows if number == len(parts) else [])

    def _send(self, text: str, rows: list[Sequence[Button]]) -> None:
        payload: dict[str, Any] = {
            "text": text,
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": True},
        }
        card = None
        if rows:
            card = Card(
                token=secrets.token_urlsafe(12),
                agent_id=self.agent.id,
                actions=[],
                expires_at=self.unit.now + CARD_LASTS,
                chat_id=self._chat,
            )
            payload["reply_markup"] = self._markup(card, rows)
            self.unit.add_card(card)
        self.unit.send(
            Message(
                chat_id=self._chat,
                kind=SendKind.SEND,
                payload=payload,
                priority=self.priority,
                card_id=card.id if card else None,
            )
        )

    @staticmethod
    def _markup(card: Card, rows: Rows) -> dict[str, Any]:
        """Telegram's keyboard; fills the card's actions."""
        card.actions = []
        keyboard = []
        for row in rows:
            line = []
            for button in row:
                label = plain(button.label)
                if button.url:
                    line.append({"text": label, "url": button.url})
                    continue
                line.append({"text": label, "callback_data": f"{card.token}:{card.version}:{len(card.actions)}"})
                card.actions.append({"do": button.do, "args": button.args})
            keyboard.append(line)
        return {"inline_keyboard": keyboard}


def plain(label: str, *, most: int = LABEL_LENGTH) -> str:
    """Words as Telegram takes them outside of messages: no HTML, and short enough to be read."""
    text = str(html.unescape(label)) if isinstance(label, Html) else label
    return text if len(text) <= most else text[: most - 1] + "…"
