"""Drives the chat as people do: writes, presses, looks; every act is a real turn on a real database, and is sent."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from bot.dialogue.chat import Chat, Prepared
from bot.flows.register import build_chat
from bot.telegram.receive import received
from bot.telegram.send import Sender
from bot.telegram.wake import Wake
from bot.telegram.work import Workers
from bot.understanding.acts import Act
from bot.understanding.service import Understander
from domain.agenda import Activity
from domain.customers import Customer
from domain.messages import Entry
from domain.team import Agent
from sandbox.html_entities import parse_html
from storage.database import Database
from storage.tables import business, metadata, queues
from tests.bot.fake_telegram import FakeTelegram, Shown
from tests.bot.scripted import ScriptedUnderstander
from tests.factories import keep, keep_agent, make_activity, make_agent, make_customer
from texts.catalog import Texts

BOT_ID = 42
NOON = datetime(2026, 2, 11, 10, 0, tzinfo=UTC)  # in Bucharest, on the day of FakeClock
DATE = 1_770_800_000  # of every message; what counts is when it is received


async def _at_once(function: Any, *args: Any, **kwargs: Any) -> Any:
    """`DatabaseThreads` without threads."""
    return function(*args, **kwargs)


class ChatDriver:
    """The bot's loop, turned by hand: receive, turn, send."""

    def __init__(self, database: Database, understander: Understander, runner: asyncio.Runner) -> None:
        self.database = database
        self.understander = understander
        self.telegram = FakeTelegram()
        self.chat: Chat = build_chat(understander)
        self._runner = runner
        self._workers = Workers(
            bot=self.telegram,  # type: ignore[arg-type]
            store=database.turns,
            database=_at_once,  # type: ignore[arg-type]
            chat=self.chat,
            parse=understander.parse,
            wake=Wake(),
            sender=Wake(),
        )
        self._sender = Sender(self.telegram, database.outbox, _at_once, Wake())  # type: ignore[arg-type]
        self._updates = 0

    def person(self, user_id: int, **known: Any) -> "Person":
        """Somebody with a phone; `known` are fields of Telegram's User."""
        return Person(self, user_id, known)

    def next_update_id(self) -> int:
        """Telegram's own counting."""
        self._updates += 1
        return self._updates

    def receive(self, *updates: dict[str, Any]) -> int:
        """Commit updates as the receiver does; returns how many were new."""
        return self.database.turns.receive([received(BOT_ID, update) for update in updates])

    async def prepare(self, entry: Entry) -> Prepared:
        """What a turn needs from outside the transaction."""
        return await self._workers._prepare(entry)

    def work(self) -> None:
        """Run every waiting turn; what a turn raises, the test sees."""
        while entries := self.database.turns.waiting(skip=(), limit=50):
            for entry in entries:
                prepared = self._runner.run(self.prepare(entry))
                outcome = self._runner.run(self._workers._settled(entry, prepared))
                self._runner.run(self._workers._answer_press(outcome))

    def work_once(self) -> None:
        """Run the waiting turns as the bot does, which keeps and tries again what fails."""
        for entry in self.database.turns.waiting(skip=(), limit=50):
            self._runner.run(self._workers._one(entry))

    def send(self) -> None:
        """Send all that waits; a refusal of Telegram's fails the test."""
        while claimed := self.database.outbox.claim(skip_chats=(), limit=50):
            for outgoing in claimed:
                self._runner.run(self._sender._deliver(outgoing))
        assert self.failed_sends() == []

    def settle(self) -> None:
        """Answer whatever has come."""
        self.work()
        self.send()

    def failed_sends(self) -> list[str]:
        """Why messages were given up."""
        failed = sa.select(queues.outbox.c.error).where(queues.outbox.c.state == "failed")
        with self.database.engine.connect() as connection:
            return list(connection.scalars(failed))

    def rows(self, table: sa.Table, *where: sa.ColumnElement[bool]) -> list[dict[str, Any]]:
        """A table's rows, in the order of their ids."""
        key = next(iter(table.primary_key.columns))
        with self.database.engine.connect() as connection:
            return [dict(row) for row in connection.execute(sa.select(table).where(*where).order_by(key)).mappings()]

    def rows_of(self, name: str) -> list[dict[str, Any]]:
        """The rows of a table by its name."""
        return self.rows(metadata.tables[name])

    def business(self) -> dict[str, list[dict[str, Any]]]:
        """Everything that the business holds, to tell that nothing was written."""
        return {table.name: self.rows(table) for table in business.AUDITED}

    @property
    def activities(self) -> list[dict[str, Any]]:
        """All activities."""
        return self.rows(business.activities)

    @property
    def customers(self) -> list[dict[str, Any]]:
        """All customers."""
        return self.rows(business.customers)

    @property
    def notes(self) -> list[dict[str, Any]]:
        """All notes."""
        return self.rows(business.notes)


@dataclass
class Person:
    """Somebody's phone: what they do, and what they see of it."""

    driver: ChatDriver
    id: int
    known: dict[str, Any] = field(default_factory=dict)
    agent: Agent = field(default_factory=make_agent)

    def joined(self, **values: Any) -> "Person":
        """The same person, kept as an agent."""
        self.agent = keep_agent(self.driver.database, telegram_user_id=self.id, chat_id=self.id, **values)
        return self

    def client(self, name: str, *phones: str, **values: Any) -> Customer:
        """A customer of this agent's."""
        customer = make_customer(name=name, phones=phones, owner_id=self.agent.id, **values)
        keep(self.driver.database, customer)
        return customer

    def planned(self, customer: Customer | None = None, **values: Any) -> Activity:
        """An activity of this agent's, planned for today at noon unless `values` say otherwise."""
        usual = {"starts_at": NOON, "customer_id": customer.id if customer else None}
        activity = make_activity(agent_id=self.agent.id, **usual | values)
        keep(self.driver.database, activity)
        return activity

    @property
    def shown(self) -> list[Shown]:
        """The bot's messages in this chat."""
        return self.driver.telegram.chats.get(self.id, [])

    @property
    def last(self) -> Shown:
        """The bot's newest message."""
        return self.shown[-1]

    @property
    def asked(self) -> str:
        """The question that the newest message puts, under whatever it says of what is understood so far."""
        return self.last.text.splitlines()[-1]

    def say(self, text: str, *acts: Act) -> str:
        """Write a text (scripted to mean `acts`); returns the texts of the answer."""
        if acts:
            assert isinstance(self.driver.understander, ScriptedUnderstander)
            self.driver.understander.script[text] = list(acts)
        return self.message(text=text)

    def message(self, **content: Any) -> str:
        """Send any kind of message; returns the texts of the answer."""
        return self.update(message=self._message(content))

    def edit(self, text: str) -> str:
        """Edit an earlier message of one's own."""
        return self.update(edited_message=self._message({"text": text, "edit_date": DATE + 60}))

    def in_group(self, text: str) -> str:
        """Write in a group that the bot is in; returns what it says there."""
        group = {"id": -500, "type": "group", "title": "Sales"}
        before = len(self.driver.telegram.chats.get(-500, []))
        self.update(message=self._message({"text": text}) | {"chat": group})
        return "\n".join(one.text for one in self.driver.telegram.chats.get(-500, [])[before:])

    def press(self, label: str, *, on: Shown | None = None) -> str:
        """Press the newest button whose words contain `label`; returns the texts of what came new."""
        data, shown = self.button(label, on=on)
        return self.press_data(data, shown.message_id)

    def press_data(self, data: str, message_id: int = 1) -> str:
        """A press as Telegram reports it, whatever its data."""
        return self.update(**self._pressed(data, message_id))

    def raw_press(self, label: str) -> dict[str, Any]:
        """The update of a press on the newest such button, not yet received."""
        data, shown = self.button(label)
        return self._pressed(data, shown.message_id)

    def _pressed(self, data: str, message_id: int) -> dict[str, Any]:
        update = self.driver.next_update_id()
        message = {"message_id": message_id, "date": DATE, "chat": self._chat, "text": "…"}
        query = {"id": str(update), "from": self._user, "chat_instance": "1", "data": data, "message": message}
        return {"update_id": update, "callback_query": query}

    def button(self, label: str, *, on: Shown | None = None) -> tuple[str, Shown]:
        """The callback data of the newest button whose words contain `label`, and its message."""
        for shown in [on] if on else reversed(self.shown):
            for button in (button for row in shown.keyboard for button in row):
                if label in button["text"] and "callback_data" in button:
                    return button["callback_data"], shown
        raise LookupError(f"no button {label!r} among {[one.labels for one in self.shown]}")

    @property
    def toast(self) -> str | None:
        """What the latest press was answered with."""
        return self.driver.telegram.toasts[-1]

    def update(self, **update: Any) -> str:
        """Let an update come, and answer it; returns the texts of what came new."""
        before = len(self.shown)
        update.setdefault("update_id", self.driver.next_update_id())
        self.driver.receive(update)
        self.driver.settle()
        return "\n\n".join(one.text for one in self.shown[before:])

    def raw_text(self, text: str) -> dict[str, Any]:
        """The update of a text, not yet received."""
        return {"update_id": self.driver.next_update_id(), "message": self._message({"text": text})}

    @property
    def _user(self) -> dict[str, Any]:
        return {"id": self.id, "is_bot": False, "first_name": "Somebody", "language_code": "en"} | self.known

    @property
    def _chat(self) -> dict[str, Any]:
        return {"id": self.id, "type": "private", "first_name": "Somebody"}

    def _message(self, content: dict[str, Any]) -> dict[str, Any]:
        message_id = self.driver.telegram.next_message_id()
        return {"message_id": message_id, "date": DATE, "chat": self._chat, "from": self._user, **content}


def words(key: str, language: str = "en", **values: object) -> str:
    """What the catalog's sentence shows: tests hold what is said where, and not how it is worded."""
    return parse_html(Texts(language).t(key, **values))[0]
