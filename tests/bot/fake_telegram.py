"""Telegram as a person sees it, without a network: keeps each chat's messages, and refuses what Telegram refuses."""

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from telegram.error import BadRequest

from sandbox.html_entities import HtmlError, parse_html, utf16_length

MOST_UNITS = 4096
MOST_CALLBACK_BYTES = 64


@dataclass
class Shown:
    """A message of the bot's as it stands in a chat now; `text` is what its HTML shows."""

    message_id: int
    text: str
    entities: list[dict[str, Any]]
    keyboard: list[list[dict[str, str]]] = field(default_factory=list)
    deleted: bool = False
    photo: bytes | None = None

    @property
    def labels(self) -> list[str]:
        """Every button's words."""
        return [button["text"] for row in self.keyboard for button in row]

    def marked(self, kind: str) -> list[str]:
        """The stretches that are shown in this way (`bold`, `italic`, …)."""
        raw = self.text.encode("utf-16-le")
        spans = [one for one in self.entities if one["type"] == kind]
        return [raw[2 * one["offset"] : 2 * (one["offset"] + one["length"])].decode("utf-16-le") for one in spans]


class FakeTelegram:
    """What `Workers` and `Sender` call; message ids rise over all chats, as people's own messages do."""

    def __init__(self) -> None:
        self.id = 42
        self.chats: dict[int, list[Shown]] = {}
        self.files: dict[str, bytes] = {}
        self.documents: dict[int, list[tuple[str, bytes]]] = {}
        self.toasts: list[str | None] = []
        self.deleted: list[int] = []
        self._last_message = 0

    def next_message_id(self) -> int:
        """An id for the next message of anybody's."""
        self._last_message += 1
        return self._last_message

    async def call(self, method: str, payload: dict[str, Any]) -> Any:
        """Do what the Bot API's method does; raises BadRequest in Telegram's words."""
        chat = self.chats.setdefault(payload["chat_id"], [])
        if method == "sendMessage":
            shown = Shown(self.next_message_id(), *self._parsed(payload), self._keyboard(payload))
            chat.append(shown)
            return {"message_id": shown.message_id}
        if method == "deleteMessage":
            self.deleted.append(payload["message_id"])
            return True
        found = next((one for one in chat if one.message_id == payload["message_id"]), None)
        if found is None:
            raise BadRequest("Message to edit not found")
        text, entities = self._parsed(payload) if "text" in payload else (found.text, found.entities)
        keyboard = self._keyboard(payload)
        if (text, entities, keyboard) == (found.text, found.entities, found.keyboard):
            raise BadRequest("Message is not modified")
        found.text, found.entities, found.keyboard = text, entities, keyboard
        return {"message_id": found.message_id}

    async def send_photo(self, chat_id: int, photo: bytes, **given: Any) -> SimpleNamespace:
        """A picture, shown by its caption."""
        shown = Shown(self.next_message_id(), given.get("caption") or "", [], photo=photo)
        self.chats.setdefault(chat_id, []).append(shown)
        return SimpleNamespace(message_id=shown.message_id)

    async def send_document(self, chat_id: int, document: bytes, *, filename: str, **_payload: Any) -> SimpleNamespace:
        """A file of the bot's: kept by chat, with its name."""
        self.documents.setdefault(chat_id, []).append((filename, document))
        return SimpleNamespace(message_id=self.next_message_id())

    async def answer_callback_query(self, callback_query_id: str, *, text: str | None = None) -> bool:  # noqa: ARG002
        """The spinner ends, with a toast where there is a text."""
        self.toasts.append(text)
        return True

    async def get_file(self, file_id: str) -> SimpleNamespace:
        """A file that somebody sent."""

        async def download_as_bytearray() -> bytearray:
            return bytearray(self.files[file_id])

        return SimpleNamespace(download_as_bytearray=download_as_bytearray)

    @staticmethod
    def _parsed(payload: dict[str, Any]) -> tuple[str, list[dict[str, Any]]]:
        assert payload.get("parse_mode") == "HTML", "every text of ours is HTML"
        try:
            text, entities = parse_html(payload["text"])
        except HtmlError as error:
            raise BadRequest(f"Can't parse entities: {error}") from None
        if not text.strip():
            raise BadRequest("Message text is empty")
        if utf16_length(text) > MOST_UNITS:
            raise BadRequest("Message is too long")
        return text, entities

    @staticmethod
    def _keyboard(payload: dict[str, Any]) -> list[list[dict[str, str]]]:
        rows: list[list[dict[str, str]]] = payload.get("reply_markup", {}).get("inline_keyboard", [])
        for button in (button for row in rows for button in row):
            assert button["text"].strip(), "a button without words"
            assert len(button.get("callback_data", "").encode()) <= MOST_CALLBACK_BYTES
            assert not button.get("url", "").startswith("tel:"), "Telegram refuses links to phones"
        return [row for row in rows if row]
