"""The Bot API's methods, called by python-telegram-bot as the assistant calls them."""

import httpx
import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    MessageEntity,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)
from telegram.constants import ChatAction, ParseMode

from tests.sandbox.phone_client import ANA, PNG, STRANGER, Phone

BUTTON = InlineKeyboardMarkup([[InlineKeyboardButton("Done", callback_data="d:1")]])


async def test_get_me(bot: Bot) -> None:
    """Any token is the one bot of the sandbox."""
    assert (bot.id, bot.username) == (42, "presales_sandbox_bot")


async def test_send_message_reaches_the_phone(bot: Bot, phone: Phone) -> None:
    """A text with markup, button and flags is answered as Telegram does and shown on the phone."""
    sent = await bot.send_message(
        ANA,
        "<b>Ion &amp; Co</b> 😀",
        parse_mode=ParseMode.HTML,
        reply_markup=BUTTON,
        protect_content=True,
        disable_notification=True,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    )
    assert sent.text == "Ion & Co 😀"
    assert sent.entities == (MessageEntity("bold", 0, 8),)
    assert sent.reply_markup == BUTTON
    assert sent.has_protected_content
    assert sent.link_preview_options == LinkPreviewOptions(is_disabled=True)
    shown = await phone.last()
    assert shown["html"] == "<b>Ion &amp; Co</b> 😀"
    assert (shown["from"], shown["silent"], shown["protect_content"]) == ("bot", True, True)
    assert shown["reply_markup"]["inline_keyboard"][0][0] == {"text": "Done", "callback_data": "d:1"}


async def test_send_message_with_entities(bot: Bot) -> None:
    """Entities given as a list mark the text as markup does."""
    sent = await bot.send_message(ANA, "<b> & x", entities=[MessageEntity("bold", 0, 3)])
    assert (sent.text, sent.entities) == ("<b> & x", (MessageEntity("bold", 0, 3),))


async def test_reply_parameters(bot: Bot, phone: Phone) -> None:
    """An answer quotes the message that it answers, on both sides."""
    first = (await phone.act("text", text="agenda"))["message"]
    sent = await bot.send_message(ANA, "Today", reply_parameters=ReplyParameters(first["message_id"]))
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "agenda"
    assert (await phone.last())["reply_to"] == {"message_id": first["message_id"], "from": "me", "text": "agenda"}


async def test_send_document_and_download(bot: Bot, web: httpx.AsyncClient, phone: Phone) -> None:
    """A document goes to the phone with name and type, can be fetched on both sides, and sent again by its id."""
    sent = await bot.send_document(
        ANA, b"%PDF-1.7", filename="Ofertă 12.pdf", caption="<i>Offer</i>", parse_mode="HTML"
    )
    assert sent.document is not None
    assert (sent.document.file_name, sent.document.mime_type, sent.document.file_size) == (
        "Ofertă 12.pdf",
        "application/pdf",
        8,
    )
    assert (sent.caption, sent.caption_entities) == ("Offer", (MessageEntity("italic", 0, 5),))
    assert bytes(await (await sent.document.get_file()).download_as_bytearray()) == b"%PDF-1.7"
    shown = (await phone.last())["document"]
    fetched = await web.get(shown["url"])
    assert (fetched.content, fetched.headers["content-type"]) == (b"%PDF-1.7", "application/pdf")
    assert "attachment" in fetched.headers["content-disposition"]
    again = await bot.send_document(ANA, sent.document.file_id)
    assert again.document == sent.document


async def test_send_photo(bot: Bot, phone: Phone) -> None:
    """A photo is measured, and can be sent again by its id."""
    sent = await bot.send_photo(ANA, PNG, caption="car")
    assert (sent.photo[-1].width, sent.photo[-1].height) == (3, 2)
    assert (await bot.send_photo(ANA, sent.photo[-1].file_id)).photo == sent.photo
    assert (await phone.last())["photo"]["width"] == 3


async def test_send_contact_and_location(bot: Bot, phone: Phone) -> None:
    """A contact and a location arrive as such."""
    sent = await bot.send_contact(ANA, "+40722123456", "Ion", "Popescu")
    assert sent.contact is not None
    assert (await phone.last())["contact"]["phone_number"] == "+40722123456"
    sent = await bot.send_location(ANA, 44.43, 26.1)
    assert sent.location is not None
    assert (await phone.last())["location"] == {"latitude": 44.43, "longitude": 26.1}


async def test_edit_text_caption_and_markup(bot: Bot, phone: Phone) -> None:
    """An edit changes text, caption or keyboard, and takes the keyboard away where it gives none."""
    sent = await bot.send_message(ANA, "a", reply_markup=BUTTON)
    edited = await sent.edit_text("b")
    assert edited is not True
    assert (edited.text, edited.reply_markup) == ("b", None)
    assert edited.edit_date is not None
    await sent.edit_reply_markup(BUTTON)
    shown = await phone.last()
    assert (shown["text"], shown["reply_markup"] is None) == ("b", False)
    document = await bot.send_document(ANA, b"x", caption="old")
    await document.edit_caption("new")
    assert (await phone.last())["text"] == "new"


async def test_delete(bot: Bot, phone: Phone) -> None:
    """A deleted message disappears from the phone with its contents, the person's own too."""
    mine = (await phone.act("text", text="1850101123456"))["message"]
    sent = await bot.send_message(ANA, "x")
    assert await sent.delete()
    assert await bot.delete_message(ANA, mine["message_id"])
    shown = (await phone.screen())["messages"]
    assert [(message["deleted"], message["text"]) for message in shown] == [(True, ""), (True, "")]
    third, fourth = await bot.send_message(ANA, "x"), await bot.send_message(ANA, "y")
    assert await bot.delete_messages(ANA, [third.message_id, fourth.message_id, 999])
    assert all(message["deleted"] for message in (await phone.screen())["messages"])


async def test_reaction(bot: Bot, phone: Phone) -> None:
    """A reaction stands on the person's message, until it is taken back."""
    mine = (await phone.act("text", text="thanks"))["message"]
    await bot.set_message_reaction(ANA, mine["message_id"], "👍")
    assert (await phone.last())["reaction"] == "👍"
    await bot.set_message_reaction(ANA, mine["message_id"])
    assert (await phone.last())["reaction"] is None


async def test_reply_keyboard_stays_until_removed(bot: Bot, phone: Phone) -> None:
    """A reply keyboard stands under the chat, sends its texts and the contact, and goes when removed."""
    keyboard = ReplyKeyboardMarkup([["Agenda", KeyboardButton("Me", request_contact=True)]], resize_keyboard=True)
    sent = await bot.send_message(ANA, "menu", reply_markup=keyboard)
    assert sent.reply_markup is None
    shown = (await phone.screen())["keyboard"]
    assert shown["rows"] == [[{"text": "Agenda"}, {"text": "Me", "request_contact": True}]]
    assert shown["resize"]
    pressed = await phone.act("press", message_id=shown["message_id"], row=0, column=0)
    assert (pressed["kind"], pressed["message"]["text"]) == ("text", "Agenda")
    pressed = await phone.act("press", message_id=shown["message_id"], row=0, column=1)
    assert (pressed["kind"], pressed["message"]["contact"]["user_id"]) == ("contact", ANA)
    await bot.send_message(ANA, "gone", reply_markup=ReplyKeyboardRemove())
    assert (await phone.screen())["keyboard"] is None


async def test_one_time_keyboard_and_force_reply_end_with_the_answer(bot: Bot, phone: Phone) -> None:
    """What asks for one answer is gone after it."""
    for markup in (ReplyKeyboardMarkup([["Yes"]], one_time_keyboard=True), ForceReply(input_field_placeholder="Name")):
        await bot.send_message(ANA, "?", reply_markup=markup)
        assert (await phone.screen())["keyboard"] is not None
        await phone.act("text", text="Yes")
        assert (await phone.screen())["keyboard"] is None


async def test_callback_is_answered_once(bot: Bot, phone: Phone) -> None:
    """A press brings a callback query with its message and data; its answer is taken."""
    sent = await bot.send_message(ANA, "x", reply_markup=BUTTON)
    await phone.act("press", message_id=sent.message_id, row=0, column=0)
    query = (await bot.get_updates())[-1].callback_query
    assert query is not None
    assert (query.data, query.from_user.id) == ("d:1", ANA)
    assert query.message is not None
    assert query.message.message_id == sent.message_id
    assert await query.answer("Saved", show_alert=True)


async def test_commands_by_scope_and_language(bot: Bot, phone: Phone) -> None:
    """The phone shows the commands of the narrowest scope and of its language."""
    await bot.set_my_commands([BotCommand("agenda", "Your day")])
    await bot.set_my_commands([BotCommand("agenda", "Your English day")], language_code="en")
    assert (await phone.screen())["commands"] == [{"command": "agenda", "description": "Your English day"}]
    await bot.set_my_commands([BotCommand("help", "Help")], scope=BotCommandScopeChat(ANA))
    assert (await phone.screen())["commands"][0]["command"] == "help"
    assert await bot.get_my_commands() == (BotCommand("agenda", "Your day"),)
    await bot.delete_my_commands(scope=BotCommandScopeChat(ANA))
    assert (await phone.screen())["commands"][0]["description"] == "Your English day"


async def test_chat_action_and_chat(bot: Bot) -> None:
    """A chat action is taken, and a chat described."""
    assert await bot.send_chat_action(ANA, ChatAction.TYPING)
    assert (await bot.get_chat(ANA)).first_name == "Ana"


async def test_webhook_methods(bot: Bot, web: httpx.AsyncClient) -> None:
    """There is no webhook, deleting it is fine, setting one is refused in words."""
    assert (await bot.get_webhook_info()).url == ""
    assert await bot.delete_webhook()
    response = await web.post("/bot42:sandbox/setWebhook", json={"url": "https://x.ro"})
    assert response.status_code == 400
    assert response.json()["description"].startswith("Bad Request: bad webhook")


@pytest.mark.parametrize("encoding", ["query", "form", "json", "multipart"])
async def test_every_encoding_of_parameters(web: httpx.AsyncClient, encoding: str) -> None:
    """Parameters are read from the query, a form, JSON and multipart, nested JSON as text or as itself."""
    path, markup = "/bot42:sandbox/SENDMESSAGE", '{"inline_keyboard":[[{"text":"A","callback_data":"a"}]]}'
    values = {"chat_id": "1001", "text": "x", "reply_markup": markup}
    if encoding == "query":
        response = await web.get(path, params=values)
    elif encoding == "json":
        nested = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}
        response = await web.post(path, json={"chat_id": 1001, "text": "x", "reply_markup": nested})
    elif encoding == "form":
        response = await web.post(path, data=values)
    else:
        response = await web.post(path, files={name: (None, value) for name, value in values.items()})
    message = response.json()["result"]
    assert (message["text"], message["reply_markup"]["inline_keyboard"][0][0]["text"]) == ("x", "A")


async def test_a_person_who_never_wrote_cannot_be_written_to(bot: Bot, phone: Phone) -> None:
    """Bots do not begin conversations: the stranger is unknown until a first message."""
    with pytest.raises(Exception, match="Chat not found"):
        await bot.send_message(STRANGER, "x")
    await phone.of(STRANGER).act("text", text="/start")
    assert await bot.send_message(STRANGER, "x")
