"""The phone's JSON API: what a person does becomes the update that Telegram makes of it, and is seen live."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Message, ReplyKeyboardMarkup, Update
from telegram import MessageOriginHiddenUser as HiddenUser
from telegram import MessageOriginUser as KnownUser

from tests.sandbox.phone_client import ANA, MIHAI, PNG, STRANGER, Phone

VCARD = b"BEGIN:VCARD\r\nVERSION:2.1\r\nN:Popescu;Ion\r\nEND:VCARD\r\n"


async def newest(bot: Bot) -> Update:
    """Get the newest update."""
    return (await bot.get_updates(offset=-1))[-1]


async def message(bot: Bot) -> Message:
    """Get the newest update's message."""
    found = (await newest(bot)).message
    assert found is not None
    return found


async def test_people(web: httpx.AsyncClient, bot: Bot, phone: Phone) -> None:
    """The list has the staff and the stranger, with what is unread and the last line."""
    await phone.act("text", text="hello")
    await bot.send_message(ANA, "Good <morning>")
    people = {person["id"]: person for person in (await web.get("/phone/api/people")).json()["people"]}
    assert [(person["name"], person["role"]) for person in people.values()] == [
        ("Ana Ionescu", "agent"),
        ("Mihai Radu", "agent"),
        ("Elena Stan", "director"),
        ("Radu Necunoscut", "stranger"),
    ]
    assert (people[ANA]["unread"], people[ANA]["last"]["text"]) == (1, "Good <morning>")
    assert await phone.act("read") == {"unread": 0}
    assert (await phone.screen())["person"]["unread"] == 0


async def test_a_person_can_be_added(web: httpx.AsyncClient, bot: Bot, phone: Phone) -> None:
    """Tests with many people add them; an id is given once."""
    added = (await web.post("/phone/api/people", json={"name": "Ion Vlad", "id": 5000})).json()["person"]
    assert added["first_name"] == "Ion"
    assert (await web.post("/phone/api/people", json={"name": "X"})).json()["person"]["id"] == 5001
    assert (await web.post("/phone/api/people", json={"name": "X", "id": 5000})).status_code == 400
    assert (await web.post("/phone/api/people", json={"name": " "})).status_code == 400
    await phone.of(5000).act("text", text="a")
    assert (await message(bot)).chat.id == 5000


async def test_text_with_a_command(bot: Bot, phone: Phone) -> None:
    """A start link's code comes as Telegram sends it: a command entity over /start, the code after it."""
    await phone.of(STRANGER).act("text", text="  /start ABC-123 ")
    got = await message(bot)
    assert got.text == "/start ABC-123"
    assert [(entity.type, entity.offset, entity.length) for entity in got.entities] == [("bot_command", 0, 6)]
    assert got.from_user is not None
    assert (got.from_user.id, got.from_user.language_code, got.chat.type) == (STRANGER, "ro", "private")


async def test_texts_come_as_typed(bot: Bot, phone: Phone) -> None:
    """Markup and emoji typed by a person arrive unchanged, and are shown escaped."""
    text = '<b>&"Ștefan"</b> 😀\n'
    shown = (await phone.act("text", text=text))["message"]
    assert (await message(bot)).text == text.strip()
    assert shown["html"] == "&lt;b&gt;&amp;&quot;Ștefan&quot;&lt;/b&gt; 😀"


async def test_half_an_emoji_harms_nobody(bot: Bot, phone: Phone) -> None:
    """Half of a surrogate pair, which a browser can send, becomes a replacement character."""
    half = b'{"text": "a\\ud83d b"}'
    await phone.client.post(f"/phone/api/people/{ANA}/text", content=half, headers={"content-type": "application/json"})
    assert (await message(bot)).text == "a\ufffd b"
    assert (await phone.last())["text"] == "a\ufffd b"


async def test_long_texts_are_cut_as_the_apps_do(bot: Bot, phone: Phone) -> None:
    """A text over the limit becomes several messages, and no word is lost."""
    words = "ăîșț😀 " * 1500
    sent = (await phone.act("text", text=words))["messages"]
    assert len(sent) == 3
    got = [update.message.text for update in await bot.get_updates() if update.message and update.message.text]
    assert " ".join(got) == words.strip()
    assert all(len(part.encode("utf-16-le")) <= 2 * 4096 for part in got)


async def test_reply(bot: Bot, phone: Phone) -> None:
    """A person may answer one message of the bot."""
    sent = await bot.send_message(ANA, "When?")
    await phone.act("text", text="at 10", reply_to=sent.message_id)
    got = await message(bot)
    assert got.reply_to_message is not None
    assert got.reply_to_message.message_id == sent.message_id


async def test_other_kinds_of_buttons(bot: Bot, phone: Phone) -> None:
    """Links and texts to copy act on the phone alone; a button that is not there is 404."""
    copy = InlineKeyboardButton("copy", api_kwargs={"copy_text": {"text": "+40722"}})
    link = InlineKeyboardButton("wa", url="https://wa.me/40722")
    sent = await bot.send_message(ANA, "x", reply_markup=InlineKeyboardMarkup([[link, copy]]))
    press = {"message_id": sent.message_id, "row": 0}
    assert await phone.act("press", **press, column=0) == {"kind": "url", "url": "https://wa.me/40722"}
    assert await phone.act("press", **press, column=1) == {"kind": "copy", "text": "+40722"}
    await phone.act("press", **press, column=2, status=404)
    await phone.of(MIHAI).act("press", **press, column=0, status=404)
    assert await bot.get_updates() == ()


async def test_contacts(bot: Bot, phone: Phone) -> None:
    """An own contact carries the person's id, another's does not, and a vCard comes along."""
    await phone.act("contact", own=True)
    own = (await message(bot)).contact
    assert own is not None
    assert (own.user_id, own.phone_number) == (ANA, "+40722100101")
    await phone.act("contact", phone_number="0722 1", first_name="Ion", last_name="Pop", vcard="BEGIN:VCARD")
    other = (await message(bot)).contact
    assert other is not None
    assert (other.user_id, other.last_name, other.vcard) == (None, "Pop", "BEGIN:VCARD")
    await phone.act("contact", first_name="Ion", status=400)


async def test_documents_of_a_person(bot: Bot, phone: Phone) -> None:
    """A vCard sent as a file can be downloaded by the bot, byte for byte."""
    shown = (await phone.upload("document", "Contacte șefu.vcf", VCARD, caption="here"))["message"]
    assert (shown["document"]["name"], shown["document"]["mime"]) == ("Contacte șefu.vcf", "text/vcard")
    got = await message(bot)
    assert got.document is not None
    assert got.caption == "here"
    assert bytes(await (await got.document.get_file()).download_as_bytearray()) == VCARD
    await phone.upload("document", "x.vcf", b"", status=400)


async def test_photos_voices_stickers_locations(bot: Bot, phone: Phone) -> None:
    """Every other kind of message arrives as its kind."""
    await phone.upload("photo", "a.png", PNG)
    assert (await message(bot)).photo[-1].width == 3
    await phone.upload("photo", "a.png", b"no picture", status=400)
    await phone.act("voice", duration=7)
    assert (await message(bot)).effective_attachment.duration.total_seconds() == 7  # type: ignore[union-attr]
    await phone.upload("voice", "v.ogg", b"OggS")
    sticker = (await phone.act("sticker", emoji="🚗"))["message"]
    assert sticker["sticker"] == {"emoji": "🚗"}
    got = (await message(bot)).sticker
    assert got is not None
    assert got.emoji == "🚗"
    await phone.act("location", latitude=44.43, longitude=26.1)
    assert (await message(bot)).location is not None
    await phone.act("location", latitude=95, longitude=0, status=400)


async def test_edited_message(bot: Bot, phone: Phone) -> None:
    """An edit is an edited_message update of the same id, and only own texts can be edited."""
    mine = (await phone.act("text", text="a"))["message"]
    edited = (await phone.act("edit", message_id=mine["message_id"], text="b"))["message"]
    assert edited["edited"] is not None
    assert edited["seq"] > mine["seq"]
    update = await newest(bot)
    assert update.edited_message is not None
    assert (update.edited_message.text, update.edited_message.message_id) == ("b", mine["message_id"])
    sent = await bot.send_message(ANA, "x")
    await phone.act("edit", message_id=sent.message_id, text="b", status=400)


async def test_forwarded_messages(bot: Bot, phone: Phone) -> None:
    """A forwarded message names its origin: its author, a person, or a name alone."""
    sent = await bot.send_message(ANA, "<b>from</b> the bot", parse_mode="HTML")
    await phone.act("forward", message_id=sent.message_id)
    origin = (await message(bot)).forward_origin
    assert isinstance(origin, KnownUser)
    assert origin.sender_user.id == 42
    await phone.act("forward", message_id=sent.message_id, from_person=MIHAI)
    origin = (await message(bot)).forward_origin
    assert isinstance(origin, KnownUser)
    assert origin.sender_user.id == MIHAI
    shown = (await phone.act("forward", text="call me at 10", from_name="Ion Popescu"))["message"]
    got = await message(bot)
    assert isinstance(got.forward_origin, HiddenUser)
    assert (got.text, got.forward_origin.sender_user_name) == ("call me at 10", "Ion Popescu")
    assert shown["forwarded_from"] == "Ion Popescu"
    protected = await bot.send_message(ANA, "x", protect_content=True)
    await phone.act("forward", message_id=protected.message_id, status=400)


async def test_group(bot: Bot, phone: Phone) -> None:
    """A group has a negative id; the bot learns that it is in it, and can answer there."""
    await phone.act("group", text="hello all")
    updates = await bot.get_updates()
    assert updates[0].my_chat_member is not None
    assert updates[1].message is not None
    chat = updates[1].message.chat
    assert (chat.type, chat.id) == ("group", -(5_000_000 + ANA))
    await bot.send_message(chat.id, "not here")
    assert [(one["chat"], one["from"]) for one in (await phone.screen())["messages"]] == [
        ("group", "me"),
        ("group", "bot"),
    ]


async def test_a_person_who_blocked_cannot_write(phone: Phone) -> None:
    """Whoever has blocked the bot must unblock it first."""
    await phone.act("block", blocked=True)
    answer = await phone.act("text", text="x", status=400)
    assert "unblock" in answer["error"]


async def test_messages_after(bot: Bot, phone: Phone) -> None:
    """Only what is new or changed comes after a sequence number."""
    first = await bot.send_message(ANA, "a")
    await bot.send_message(ANA, "b")
    await bot.send_message(MIHAI, "c")
    seen = (await phone.screen())["last_seq"]
    assert (await phone.screen(after=seen))["messages"] == []
    await first.edit_text("A")
    assert [one["text"] for one in (await phone.screen(after=seen))["messages"]] == ["A"]


async def test_files_belong_to_chats(web: httpx.AsyncClient, bot: Bot, phone: Phone) -> None:
    """A file is fetched in the chats that hold it alone; pages are never shown in place."""
    await bot.send_document(ANA, b"<script>", filename="a.html")
    url = (await phone.last())["document"]["url"]
    shown = await web.get(url, params={"inline": "1"})
    assert shown.headers["content-disposition"].startswith("attachment")
    assert shown.headers["x-content-type-options"] == "nosniff"
    assert (await web.get(url.replace(str(ANA), str(MIHAI)))).status_code == 404
    await bot.send_document(ANA, b"%PDF", filename="a.pdf")
    shown = await web.get((await phone.last())["document"]["url"], params={"inline": "1"})
    assert shown.headers["content-disposition"].startswith("inline")


async def events(response: httpx.Response) -> AsyncIterator[tuple[str, dict[str, Any]]]:
    """Read an event stream."""
    name = ""
    async for line in response.aiter_lines():
        if line.startswith("event: "):
            name = line.removeprefix("event: ")
        elif line.startswith("data: "):
            yield name, json.loads(line.removeprefix("data: "))


async def test_live_events(web: httpx.AsyncClient, bot: Bot, phone: Phone) -> None:
    """A phone that looks sees each kind of event as it happens."""
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("x", callback_data="a")]])
    async with asyncio.timeout(20), web.stream("GET", f"/phone/api/people/{ANA}/events") as response:
        stream = events(response)
        assert (await anext(stream))[0] == "hello"
        sent = await bot.send_message(ANA, "a", reply_markup=keyboard)
        pressed = await phone.act("press", message_id=sent.message_id, row=0, column=0)
        await bot.answer_callback_query(pressed["callback_query_id"], "Saved", show_alert=True)
        await bot.send_chat_action(ANA, "typing")
        await sent.edit_text("b")
        await sent.delete()
        await bot.send_message(ANA, "menu", reply_markup=ReplyKeyboardMarkup([["A"]]))
        await bot.set_my_commands([("help", "Help")])
        await web.post("/clock", json={"advance_seconds": 60})
        await bot.send_message(MIHAI, "other")
        seen: dict[str, dict[str, Any]] = {}
        async for name, data in stream:
            seen.setdefault(name, data)
            if name == "unread" and data["people"][1]["unread"]:
                break
    assert list(seen) == [
        "message",
        "unread",
        "callback",
        "typing",
        "edited",
        "deleted",
        "keyboard",
        "commands",
        "clock",
    ]
    assert seen["message"]["text"] == "a"
    assert seen["callback"] == {
        "callback_query_id": pressed["callback_query_id"],
        "message_id": sent.message_id,
        "text": "Saved",
        "show_alert": True,
        "url": None,
    }
    assert seen["typing"] == {"action": "typing", "seconds": 5}
    assert seen["deleted"]["deleted"]
    assert seen["keyboard"]["keyboard"]["rows"] == [[{"text": "A"}]]
    assert seen["commands"] == {"commands": [{"command": "help", "description": "Help"}]}
    assert seen["clock"]["offset_seconds"] == 60


@pytest.mark.parametrize(
    ("action", "content", "status"),
    [
        ("text", {}, 400),
        ("text", {"text": "   "}, 400),
        ("text", {"text": "x", "reply_to": 99}, 404),
        ("press", {"message_id": "1", "row": 0, "column": 0}, 400),
        ("edit", {"message_id": 99, "text": "x"}, 404),
        ("forward", {"text": "x"}, 400),
        ("block", {}, 400),
        ("document", {}, 415),
        ("delete", {"message_id": 99}, 404),
    ],
)
async def test_actions_that_make_no_sense(phone: Phone, action: str, content: dict[str, Any], status: int) -> None:
    """A mistake is told in one sentence with the right status, and no message is made."""
    answer = await phone.act(action, status=status, **content)
    assert answer["error"].endswith(".")
    assert (await phone.screen())["messages"] == []


async def test_nobody_else_has_a_phone(phone: Phone) -> None:
    """An unknown person is 404."""
    await phone.of(77).act("text", text="x", status=404)
