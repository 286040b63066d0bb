"""Where Telegram refuses, the sandbox refuses in the same words, as python-telegram-bot gives them on."""

from typing import Any

import httpx
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, Forbidden

from tests.sandbox.phone_client import ANA, PNG, Phone

API = "/bot42:sandbox"


async def refusal(web: httpx.AsyncClient, method: str, **values: Any) -> str:
    """Call a method that must be refused with 400; return the description."""
    response = await web.post(f"{API}/{method}", json={"chat_id": ANA, **values})
    assert response.status_code == 400, response.text
    answer = response.json()
    assert (answer["ok"], answer["error_code"]) == (False, 400)
    return str(answer["description"])


def button(**action: Any) -> dict[str, Any]:
    """Write a keyboard of one button."""
    return {"inline_keyboard": [[{"text": "x", **action}]]}


@pytest.mark.parametrize(
    ("values", "description"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": "<b> </b>", "parse_mode": "HTML"}, "message text is empty"),
        ({}, "message text is empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "😀" * 2048 + "x"}, "message is too long"),
        ({"text": "x", "parse_mode": "Html5"}, "unsupported parse_mode"),
        (
            {"text": "a <x>b</x>", "parse_mode": "HTML"},
            'can\'t parse entities: Unsupported start tag "x" at byte offset 2',
        ),
        ({"text": "x", "chat_id": 7}, "chat not found"),
        ({"text": "x", "chat_id": -7}, "chat not found"),
        ({"text": "x", "chat_id": "@nobody"}, "chat not found"),
        ({"text": "x", "chat_id": ""}, "chat_id is empty"),
        ({"text": "x", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
        ({"text": "x", "entities": [{"offset": 0}]}, "can't parse MessageEntity: Can't find field \"type\""),
        ({"text": "x", "reply_markup": "{"}, "can't parse reply markup JSON object"),
        ({"text": "x", "reply_markup": "7"}, "object expected as reply markup"),
        ({"text": "x", "reply_markup": button(callback_data="ă" * 33)}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": button(callback_data="")}, "BUTTON_DATA_INVALID"),
        (
            {"text": "x", "reply_markup": button(url="tel:+40722123456")},
            "inline keyboard button URL 'tel:+40722123456' is invalid: Unsupported URL protocol",
        ),
        (
            {"text": "x", "reply_markup": button(url="http://localhost:8080/")},
            "inline keyboard button URL 'http://localhost:8080/' is invalid: Wrong HTTP URL",
        ),
        (
            {"text": "x", "reply_markup": button()},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            {"text": "x", "reply_markup": {"inline_keyboard": [[{"callback_data": "a"}]]}},
            "can't parse inline keyboard button: Can't find field \"text\"",
        ),
        (
            {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "a"}]] * 101}},
            "reply markup is too long",
        ),
        ({"text": "x", "reply_markup": {"keyboard": [["x"] * 101]}}, "reply markup is too long"),
    ],
)
async def test_send_message_refusals(web: httpx.AsyncClient, values: dict[str, Any], description: str) -> None:
    """Nothing that Telegram refuses goes through, and its words are Telegram's."""
    assert await refusal(web, "sendMessage", **values) == f"Bad Request: {description}"


async def test_limits_count_after_parsing(bot: Bot) -> None:
    """Marks do not count towards the limits; emoji count twice."""
    assert await bot.send_message(ANA, "<b>" + "&lt;" * 4096 + "</b>", parse_mode="HTML")
    assert await bot.send_message(ANA, "😀" * 2048)
    assert await bot.send_document(ANA, b"x", caption="<b>" + "x" * 1024 + "</b>", parse_mode="HTML")
    with pytest.raises(BadRequest, match=r"^Message caption is too long$"):
        await bot.send_document(ANA, b"x", caption="😀" * 512 + "x")


async def test_a_hundred_entities_are_kept(bot: Bot) -> None:
    """Marks beyond the hundredth are lost without an error, as at Telegram."""
    sent = await bot.send_message(ANA, " ".join(["<b>x</b>"] * 120), parse_mode="HTML")
    assert len(sent.entities) == 100


async def test_control_characters_are_cleaned(bot: Bot) -> None:
    """Carriage returns, tabs and direction marks do not come back as sent."""
    assert (await bot.send_message(ANA, "a\r\nb\tc\u202ed\0e")).text == "a\nb cd e"


async def test_limits_of_keyboards(bot: Bot) -> None:
    """64 bytes of data and 100 buttons are still taken, and links of Telegram's kinds."""
    rows = [[InlineKeyboardButton("x", callback_data="ă" * 32)] * 8] * 12
    links = [InlineKeyboardButton("x", url=link) for link in ("https://wa.me/40722?text=a", "tg://resolve?domain=x")]
    sent = await bot.send_message(ANA, "x", reply_markup=InlineKeyboardMarkup([*rows, links]))
    assert sent.reply_markup is not None
    assert sent.reply_markup.inline_keyboard[-1][0].url == "https://wa.me/40722?text=a"


async def test_refused_files(bot: Bot, web: httpx.AsyncClient, phone: Phone) -> None:
    """Empty files, unknown ids, addresses, pictures that are none: refused, and nothing is left on the phone."""
    with pytest.raises(BadRequest, match=r"^File must be non-empty$"):
        await bot.send_document(ANA, b"")
    with pytest.raises(BadRequest, match=r"^Wrong remote file identifier"):
        await bot.send_document(ANA, "nothing")
    with pytest.raises(BadRequest, match=r"^Image_process_failed"):
        await bot.send_photo(ANA, b"no picture")
    with pytest.raises(BadRequest, match=r"^Photo_invalid_dimensions"):
        await bot.send_photo(ANA, PNG.replace(b"\0\0\0\3", b"\0\0\3\0"))
    assert await refusal(web, "sendDocument") == "Bad Request: there is no document in the request"
    assert await refusal(web, "getFile", file_id="x") == "Bad Request: invalid file_id"
    assert (await phone.screen())["messages"] == []


async def test_unchanged_edits(bot: Bot) -> None:
    """An edit that changes nothing is refused, whether of text or keyboard."""
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("x", callback_data="a")]])
    sent = await bot.send_message(ANA, "<b>a</b>", parse_mode="HTML", reply_markup=keyboard)
    unchanged = (
        "^Message is not modified: specified new message content and reply markup are exactly the same as a current "
        "content and reply markup of the message$"
    )
    with pytest.raises(BadRequest, match=unchanged):
        await sent.edit_text("<strong>a</strong>", parse_mode="HTML", reply_markup=keyboard)
    with pytest.raises(BadRequest, match=unchanged):
        await sent.edit_reply_markup(keyboard)
    assert await sent.edit_text("a", reply_markup=keyboard)


async def test_edits_and_deletions_of_the_wrong_message(bot: Bot, web: httpx.AsyncClient, phone: Phone) -> None:
    """What does not exist, belongs to the person or has no text cannot be edited or deleted."""
    mine = (await phone.act("text", text="x"))["message"]["message_id"]
    document = await bot.send_document(ANA, b"x")
    text = await bot.send_message(ANA, "x")
    assert await text.delete()
    expected = {
        ("editMessageText", 999): "message to edit not found",
        ("editMessageText", text.message_id): "message to edit not found",
        ("editMessageText", 0): "message identifier is not specified",
        ("editMessageText", mine): "message can't be edited",
        ("editMessageText", document.message_id): "there is no text in the message to edit",
        ("deleteMessage", 999): "message to delete not found",
        ("deleteMessage", text.message_id): "message to delete not found",
    }
    for (method, number), description in expected.items():
        assert await refusal(web, method, message_id=number, text="y") == f"Bad Request: {description}"


async def test_old_messages_cannot_be_deleted(bot: Bot, web: httpx.AsyncClient) -> None:
    """After two days on the sandbox's clock a message stays."""
    sent = await bot.send_message(ANA, "x")
    await web.post("/clock", json={"advance_seconds": 48 * 3600 + 5})
    with pytest.raises(BadRequest, match=r"^Message can't be deleted for everyone$"):
        await sent.delete()


async def test_callbacks_answered_twice_late_or_never_asked(bot: Bot, web: httpx.AsyncClient, phone: Phone) -> None:
    """Only the first answer in time counts, whatever the sandbox's clock says."""
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("x", callback_data="a")]])
    sent = await bot.send_message(ANA, "x", reply_markup=keyboard)
    first, second = [
        (await phone.act("press", message_id=sent.message_id, row=0, column=0))["callback_query_id"] for _ in range(2)
    ]
    await web.post("/clock", json={"advance_seconds": 3600})
    assert await bot.answer_callback_query(first)
    await web.post("/faults/expire-callbacks", json={})
    for query in (first, second, "77"):
        with pytest.raises(BadRequest, match=r"^Query is too old and response timeout expired or query id is invalid$"):
            await bot.answer_callback_query(query)


async def test_callback_too_old_by_real_time(bot: Bot, phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sixteen real seconds after the press its answer is too late."""
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("x", callback_data="a")]])
    sent = await bot.send_message(ANA, "x", reply_markup=keyboard)
    query = (await phone.act("press", message_id=sent.message_id, row=0, column=0))["callback_query_id"]
    monkeypatch.setattr("sandbox.chats.CALLBACK_SECONDS", -1.0)
    with pytest.raises(BadRequest, match=r"^Query is too old"):
        await bot.answer_callback_query(query)


async def test_blocked_bot(bot: Bot, phone: Phone) -> None:
    """A person who has blocked the bot gets nothing, and it learns of both changes."""
    await phone.act("block", blocked=True)
    for call in (bot.send_message(ANA, "x"), bot.send_chat_action(ANA, "typing")):
        with pytest.raises(Forbidden, match=r"^Forbidden: bot was blocked by the user$"):
            await call
    await phone.act("block", blocked=False)
    assert await bot.send_message(ANA, "x")
    changes = [update.my_chat_member for update in await bot.get_updates()]
    assert [change.new_chat_member.status for change in changes if change] == ["kicked", "member"]


@pytest.mark.parametrize(
    ("commands", "description"),
    [
        ([{"command": "No", "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "a", "description": ""}], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([{"command": "a", "description": "x"}] * 101, "BOT_COMMANDS_TOO_MUCH"),
    ],
)
async def test_refused_commands(web: httpx.AsyncClient, commands: list[Any], description: str) -> None:
    """Names, descriptions and number of commands are bounded."""
    assert await refusal(web, "setMyCommands", commands=commands) == f"Bad Request: {description}"


async def test_unknown_methods_and_files(web: httpx.AsyncClient) -> None:
    """What does not exist is 404 in Telegram's shape."""
    for path in (f"{API}/sendNothing", "/file/bot42:sandbox/documents/x.pdf", "/file/bot42:sandbox/../sandbox.sqlite3"):
        response = await web.get(path)
        assert response.status_code == 404
    assert (await web.get(f"{API}/x")).json() == {"ok": False, "error_code": 404, "description": "Not Found"}


async def test_requests_that_make_no_sense_are_bad_requests(web: httpx.AsyncClient) -> None:
    """Values of a wrong kind are refused as such, never a failure of the server."""
    assert await refusal(web, "deleteMessages", message_ids=[{}])
    assert await refusal(web, "sendMessage", text={"a": 1})
    assert await refusal(web, "sendMessage", text="x", reply_parameters={"message_id": []})
    long = await web.post(f"{API}/sendMessage", data={"chat_id": "1001", "text": "x" * (2 << 20)})
    assert (long.status_code, long.json()["ok"]) == (400, False)
    response = await web.post(f"{API}/sendMessage", content=b"{", headers={"content-type": "application/json"})
    assert response.json()["description"] == "Bad Request: can't parse JSON object"
