"""What happens in the chats: the one place that changes messages, tells the phones and queues the bot's updates."""

import secrets
import time
from typing import Any

from sandbox.clock import Clock
from sandbox.files import Files
from sandbox.hub import Hub
from sandbox.people import BOT, Person
from sandbox.phone_view import message_json, person_json
from sandbox.store import Store, StoredMessage
from sandbox.updates import Updates

Json = dict[str, Any]

# Telegram's clients wait about this long for the answer to a press; real seconds, whatever the sandbox's clock says.
CALLBACK_SECONDS = 15.0


class Chats:
    """The private chats and groups between the people and the bot."""

    def __init__(self, *, store: Store, clock: Clock, hub: Hub, updates: Updates, files: Files) -> None:
        self.store = store
        self.clock = clock
        self.hub = hub
        self.updates = updates
        self.files = files

    def from_bot(
        self,
        person: Person,
        content: Json,
        *,
        group: bool = False,
        keyboard: Json | None = None,
        remove_keyboard: bool = False,
        silent: bool = False,
    ) -> StoredMessage:
        """Deliver a message of the bot, with the reply keyboard that it brings or takes away."""
        body = {"from": BOT, "chat": person.chat(group=group), "date": self.clock.timestamp(), **content}
        message = self._add(person, body, from_bot=True, extra={"silent": True} if silent else {})
        if not group and (keyboard or remove_keyboard):
            self.set_keyboard(person, keyboard and keyboard | {"message_id": message.message_id})
        return message

    def from_person(
        self, person: Person, content: Json, *, group: bool = False, reply_to: StoredMessage | None = None
    ) -> StoredMessage:
        """Deliver a message of a person to the bot."""
        if group and not person.in_group:
            person.in_group = True
            self.store.save_person(person)
            self._membership(person, "left", "member", group=True)
        elif not group and not person.started:
            person.started = True
            self.store.save_person(person)
        body = {"from": person.user(), "chat": person.chat(group=group), "date": self.clock.timestamp(), **content}
        if reply_to:
            body["reply_to_message"] = quoted(reply_to)
        message = self._add(person, body, from_bot=False, extra={})
        self.updates.add("message", message.body)
        if not group and person.keyboard and (person.keyboard["force_reply"] or person.keyboard["one_time"]):
            self.set_keyboard(person, None)
        return message

    def changed(self, message: StoredMessage, *, tell_bot: bool = False) -> None:
        """Keep a message whose body was changed and show it so."""
        self.store.change_message(message)
        self.hub.tell(message.person_id, "edited", message_json(message, self.files))
        if tell_bot:
            self.updates.add("edited_message", message.body)

    def delete(self, message: StoredMessage) -> None:
        """Take a message off both sides; its contents are forgotten."""
        message.deleted = True
        message.body = {key: message.body[key] for key in ("message_id", "chat", "date", "from")}
        message.extra = {}
        self.store.change_message(message)
        self.hub.tell(message.person_id, "deleted", message_json(message, self.files))
        person = self.store.people[message.person_id]
        if person.keyboard and person.keyboard["message_id"] == message.message_id:
            self.set_keyboard(person, None)
        self.tell_unread()

    def set_keyboard(self, person: Person, keyboard: Json | None) -> None:
        """Put a reply keyboard under a person's chat, or take it away."""
        person.keyboard = keyboard
        self.store.save_person(person)
        self.hub.tell(person.id, "keyboard", {"keyboard": keyboard})

    def press(self, person: Person, message: StoredMessage, data: str) -> str:
        """Send the callback query of a pressed button; return its id."""
        query_id = str(secrets.randbits(62) | 1 << 61)
        self.store.rows(
            "INSERT INTO callbacks (id, person_id, message_id, asked_at) VALUES (?, ?, ?, ?)",
            (query_id, person.id, message.message_id, time.time()),
        )
        query = {"id": query_id, "from": person.user(), "message": message.body, "data": data}
        self.updates.add("callback_query", {**query, "chat_instance": str(message.chat_id * 7919)})
        return query_id

    def answer(self, query_id: str, answer: Json) -> bool:
        """Show the answer to a press; False where it was answered before, came too late or is unknown."""
        rows = self.store.rows("SELECT * FROM callbacks WHERE id = ? AND answered = 0", (query_id,))
        if not rows or time.time() - rows[0]["asked_at"] > CALLBACK_SECONDS:
            return False
        self.store.rows("UPDATE callbacks SET answered = 1 WHERE id = ?", (query_id,))
        event = {"callback_query_id": query_id, "message_id": rows[0]["message_id"], **answer}
        self.hub.tell(rows[0]["person_id"], "callback", event)
        return True

    def expire_callbacks(self) -> None:
        """Make every unanswered press too old to answer."""
        self.store.rows("UPDATE callbacks SET asked_at = 0")

    def block(self, person: Person, *, blocked: bool) -> None:
        """Block or unblock the bot, which it learns by a my_chat_member update."""
        if person.blocked == blocked:
            return
        person.blocked = blocked
        self.store.save_person(person)
        states = ("member", "kicked") if blocked else ("kicked", "member")
        self._membership(person, *states, group=False)
        self.tell_unread()

    def mark_read(self, person: Person) -> None:
        """Count everything so far as seen."""
        last = self.store.last_message(person.id)
        if last and last.message_id > person.read_up_to:
            person.read_up_to = last.message_id
            self.store.save_person(person)
            self.tell_unread()

    def tell_unread(self) -> None:
        """Tell every phone how the list of people stands now."""
        if self.hub.watched:
            people = [person_json(person, self.store) for person in self.store.people.values()]
            self.hub.tell_all("unread", {"people": people})

    def _add(self, person: Person, body: Json, *, from_bot: bool, extra: Json) -> StoredMessage:
        message = self.store.add_message(
            person=person, chat_id=body["chat"]["id"], from_bot=from_bot, body=body, extra=extra
        )
        for file_id in _file_ids(body):
            self.files.show_to(file_id, person.id)
        self.hub.tell(person.id, "message", message_json(message, self.files))
        self.tell_unread()
        return message

    def _membership(self, person: Person, old: str, new: str, *, group: bool) -> None:
        def member(status: str) -> Json:
            return {"user": BOT, "status": status} | ({"until_date": 0} if status == "kicked" else {})

        self.updates.add(
            "my_chat_member",
            {
                "chat": person.chat(group=group),
                "from": person.user(),
                "date": self.clock.timestamp(),
                "old_chat_member": member(old),
                "new_chat_member": member(new),
            },
        )


def quoted(message: StoredMessage) -> Json:
    """Give a message as reply_to_message carries it: without the one that it answers itself."""
    return {key: value for key, value in message.body.items() if key != "reply_to_message"}


def _file_ids(body: Json) -> list[str]:
    kinds = [body[kind] for kind in ("document", "voice", "sticker") if kind in body]
    return [part["file_id"] for part in [*kinds, *body.get("photo", [])]]
