"""The sandbox's phone, driven in a real browser against a bot whose every move is scripted."""

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.phone import Phone
from tests.e2e.sandbox_process import SandboxProcess
from tests.e2e.scripted_bot import ScriptedBot, Update, inline

pytestmark = pytest.mark.e2e

ANA, MIHAI, ELENA = 1001, 1002, 1003
# A PDF of one page, small enough to stand here; browsers mend its missing cross references.
PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]>>endobj
trailer<</Root 1 0 R>>"""
VCARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ștefan Măcărescu\r\nTEL:+40733456789\r\nEND:VCARD\r\n"


def react(bot: ScriptedBot, update: Update) -> None:
    """Answer a press with a toast, everything else with what it was."""
    if query := update.get("callback_query"):
        is_alert = query["data"] == "alert"
        bot.call(
            "answerCallbackQuery", callback_query_id=query["id"], text=f"Took {query['data']}", show_alert=is_alert
        )
    elif message := update.get("message"):
        origin = message.get("forward_origin", {})
        name = origin.get("sender_user_name") or origin.get("sender_user", {}).get("first_name", "")
        if contact := message.get("contact"):
            text = f"Contact {contact['phone_number']} of {contact.get('user_id', 'someone else')}"
        elif document := message.get("document"):
            text = f"File {document['file_name']}"
        else:
            text = f"Heard: {message.get('text', 'something else')}{f' (from {name})' if origin else ''}"
        bot.say(message["chat"]["id"], text)
    elif edited := update.get("edited_message"):
        bot.say(edited["chat"]["id"], f"Now: {edited['text']}")


@pytest.fixture
def bot(sandbox_server: SandboxProcess) -> Iterator[ScriptedBot]:
    """A bot at the other end of the chat."""
    scripted = ScriptedBot(sandbox_server.bot_url, react)
    scripted.start()
    yield scripted
    scripted.stop()


@pytest.fixture
def real_phone(browser: Browser, sandbox_server: SandboxProcess) -> Iterator[Page]:
    """The page at the width of a real phone."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    page = context.new_page()
    page.goto(f"{sandbox_server.url}/#{ANA}")
    yield page
    context.close()


def test_text_is_sent_and_answered(phone: Phone, bot: ScriptedBot) -> None:
    """Text goes to the bot as typed, over several lines, and its answer is shown."""
    phone.open(ANA)
    composer = phone.by_id("composer")
    composer.fill('Sunat Șerban <b>&"')
    composer.press("Shift+Enter")
    composer.type("👋 a doua linie")
    phone.by_id("send").click()
    assert phone.wait_for_bot_text("Heard") == 'Heard: Sunat Șerban <b>&"\n👋 a doua linie'
    assert bot.seen[0]["message"]["text"] == 'Sunat Șerban <b>&"\n👋 a doua linie'
    expect(composer).to_have_value("")


def test_press_shows_toast_or_alert(phone: Phone, bot: ScriptedBot) -> None:
    """An inline button reaches the bot with its data; the answer is a toast, or a dialog that waits for OK."""
    phone.open(ANA)
    bot.say(ANA, "Which one?", reply_markup=inline([("Ion Popescu", "first"), ("Careful", "alert")]))
    phone.press("Ion Popescu")
    expect(phone.by_id("toast")).to_have_text("Took first")
    phone.press("Careful")
    expect(phone.by_id("alert")).to_contain_text("Took alert")
    phone.page.get_by_role("button", name="OK").click()
    expect(phone.by_id("alert")).to_have_count(0)


def test_button_spins_until_the_bot_answers(phone: Phone, sandbox_server: SandboxProcess) -> None:
    """A press without an answer keeps its button busy, and the answer ends it."""
    held: list[str] = []

    def hold(_: ScriptedBot, update: Update) -> None:
        held.append(update["callback_query"]["id"])

    slow = ScriptedBot(sandbox_server.bot_url, hold)
    slow.start()
    phone.open(ANA)
    slow.say(ANA, "Save?", reply_markup=inline([("Save", "save")]))
    button = phone.by_id("inline-button")
    button.click()
    expect(button).to_have_attribute("aria-busy", "true")
    wait_until(lambda: bool(held))
    expect(button).to_have_attribute("aria-busy", "true")
    slow.call("answerCallbackQuery", callback_query_id=held[0])
    expect(button).to_have_attribute("aria-busy", "false")
    slow.stop()


def test_edits_and_deletions_of_the_bot_show_at_once(phone: Phone, bot: ScriptedBot) -> None:
    """What the bot edits changes in its place with an edited mark, and what it deletes goes."""
    phone.open(ANA)
    first = bot.say(ANA, "Call at 10", reply_markup=inline([("Undo", "undo")]))
    second = bot.say(ANA, "To be deleted")
    bot.call("editMessageText", chat_id=ANA, message_id=first, text="Call at 11")
    bot.call("deleteMessage", chat_id=ANA, message_id=second)
    expect(phone.messages).to_have_count(1)
    expect(phone.messages.first).to_contain_text("Call at 11")
    expect(phone.messages.first).to_contain_text("edited")
    expect(phone.by_id("inline-button")).to_have_count(0)


def test_formatting_is_shown_and_markup_is_not_obeyed(phone: Phone, bot: ScriptedBot) -> None:
    """Bold, code and spoilers look so, a number is a `tel:` link, and escaped markup stays text."""
    phone.open(ANA)
    words = "<b>Ion</b> <code>#1042</code> <tg-spoiler>secret</tg-spoiler> +40 722 123 456 &lt;img src=x&gt;"
    bot.say(ANA, words, parse_mode="HTML")
    message = phone.messages.last
    expect(message.locator("b")).to_have_text("Ion")
    expect(message.locator("code")).to_have_text("#1042")
    expect(message.locator('a[href="tel:+40722123456"]')).to_have_text("+40 722 123 456")
    expect(message.locator("img")).to_have_count(0)
    expect(message).to_contain_text("<img src=x>")
    message.locator(".spoiler").click()
    expect(message.locator(".spoiler.shown")).to_have_text("secret")


def test_document_preview_and_download(phone: Phone, bot: ScriptedBot) -> None:
    """A PDF opens in a viewer and downloads under its own name; a vCard shows as text; a protected one is only seen."""
    phone.open(ANA)
    bot.upload("sendDocument", "document", "Ofertă 42.pdf", PDF, chat_id=ANA, caption="Oferta")
    phone.by_id("document-open").click()
    viewer = phone.by_id("document-preview")
    expect(viewer).to_have_attribute("data", re.compile("inline=1"))
    with phone.page.expect_download() as download:
        phone.by_id("download").click()
    assert download.value.suggested_filename == "Ofertă 42.pdf"
    assert Path(download.value.path()).read_bytes() == PDF
    phone.page.get_by_role("button", name="Close").click()

    bot.upload("sendDocument", "document", "client.vcf", VCARD.encode(), chat_id=ANA, protect_content=True)
    expect(phone.by_id("document-open")).to_have_count(2)
    phone.by_id("document-open").last.click()
    expect(phone.by_id("document-preview")).to_contain_text("FN:Ștefan Măcărescu")
    expect(phone.by_id("download")).to_have_count(0)


def test_sending_a_file(phone: Phone, bot: ScriptedBot, tmp_path: Path) -> None:
    """A file chosen on the phone reaches the bot with its name and what was typed, and stands in the chat."""
    file = tmp_path / "contacte vechi.vcf"
    file.write_text(VCARD)
    phone.open(ANA)
    phone.by_id("composer").fill("toți clienții")
    phone.send_file(file)
    assert phone.wait_for_bot_text("File") == "File contacte vechi.vcf"
    assert bot.seen[0]["message"]["caption"] == "toți clienții"
    expect(phone.by_id("document")).to_contain_text("contacte vechi.vcf")


def test_share_contact(phone: Phone, bot: ScriptedBot) -> None:
    """One's own contact carries the person's id, someone else's does not."""
    phone.open(ANA)
    phone.share_contact()
    assert "+40722100101 of 1001" in phone.wait_for_bot_text("Contact")
    phone.share_contact("Ion", "+40 733 456 789", last_name="Popescu")
    assert "of someone else" in phone.wait_for_bot_text("someone else")
    expect(phone.by_id("contact-card").last).to_contain_text("Ion Popescu")


def test_reply_keyboard(phone: Phone, bot: ScriptedBot) -> None:
    """The bot's keyboard writes its buttons' text, asks before it shares the number, and goes when it is removed."""
    rows = [[{"text": "📅 Agenda"}], [{"text": "Share my number", "request_contact": True}]]
    phone.open(ANA)
    bot.say(ANA, "Menu", reply_markup={"keyboard": rows, "resize_keyboard": True})
    phone.press("Agenda")
    assert phone.wait_for_bot_text("Heard") == "Heard: 📅 Agenda"
    phone.press("Share my number")
    phone.page.get_by_role("button", name="Share contact").click()
    assert "of 1001" in phone.wait_for_bot_text("Contact")
    bot.say(ANA, "Gone", reply_markup={"remove_keyboard": True})
    expect(phone.by_id("reply-keyboard")).to_have_count(0)


def test_unread_badge_and_banner(phone: Phone, bot: ScriptedBot) -> None:
    """A message for another person raises that badge and a banner, which leads to the phone where it is then read."""
    phone.open(ANA)
    bot.say(MIHAI, "Test drive in 30 minutes")
    expect(phone.by_id(f"unread-{MIHAI}")).to_have_text("1")
    bot.say(MIHAI, "And a call")
    expect(phone.by_id(f"unread-{MIHAI}")).to_have_text("2")
    assert phone.unread(MIHAI) == 2
    expect(phone.by_id("banner")).to_contain_text("And a call")
    phone.by_id("banner").click()
    expect(phone.by_id(f"person-{MIHAI}")).to_have_attribute("aria-pressed", "true")
    expect(phone.messages).to_have_count(2)
    expect(phone.by_id(f"unread-{MIHAI}")).to_be_hidden()


def test_clock_control_lets_the_morning_come(phone: Phone, sandbox_server: SandboxProcess) -> None:
    """The clock moves to just before eight, by half an hour, and shows it on the phone."""
    phone.open(ANA)
    phone.let_morning_come()
    expect(phone.by_id("clock")).to_contain_text(re.compile(r"07:59:\d\d|08:00:0\d"))
    before = httpx.get(f"{sandbox_server.url}/clock").json()["offset_seconds"]
    phone.by_id("clock-30").click()
    expect(phone.by_id("clock")).to_contain_text(re.compile(r"08:(29|30):\d\d"))
    after = httpx.get(f"{sandbox_server.url}/clock").json()["offset_seconds"]
    assert 1799 <= after - before <= 1801


def test_events_catch_up_after_a_restart(phone: Phone, bot: ScriptedBot, sandbox_server: SandboxProcess) -> None:
    """After the server was away the page continues by itself: what came meanwhile is there, each message once."""
    phone.open(ANA)
    phone.say("before")
    phone.wait_for_bot_text("Heard: before")
    sandbox_server.stop()
    expect(phone.page.get_by_text("Connecting…")).to_be_visible()
    sandbox_server.start()
    bot.say(ANA, "While you were away")
    phone.wait_for_bot_text("While you were away")
    expect(phone.page.get_by_text("Connecting…")).to_be_hidden()
    phone.say("after")
    phone.wait_for_bot_text("Heard: after")
    assert phone.messages.locator(".text").all_inner_texts() == [
        "before", "Heard: before", "While you were away", "after", "Heard: after",
    ]  # fmt: skip


def test_text_is_kept_while_the_sandbox_is_away(phone: Phone, sandbox_server: SandboxProcess) -> None:
    """What cannot be sent stays in the field, and the person is told."""
    phone.open(ANA)
    sandbox_server.stop()
    phone.by_id("composer").fill("Sunat Popescu")
    phone.by_id("send").click()
    expect(phone.by_id("toast").first).to_contain_text("cannot be reached")
    expect(phone.by_id("composer")).to_have_value("Sunat Popescu")


def test_reload_keeps_the_person(phone: Phone, bot: ScriptedBot) -> None:
    """The address names the person, so a reload shows the same phone."""
    phone.open(ANA)
    phone.open(ELENA)
    phone.say("hello")
    phone.wait_for_bot_text("Heard: hello")
    assert phone.page.url.endswith(f"#{ELENA}")
    phone.page.reload()
    expect(phone.by_id(f"person-{ELENA}")).to_have_attribute("aria-pressed", "true")
    expect(phone.messages).to_have_count(2)


def test_edit_reply_forward_and_delete(phone: Phone, bot: ScriptedBot) -> None:
    """From a message's menu one edits, quotes, forwards as someone, and deletes."""
    phone.open(ANA)
    phone.say("call at 10")
    phone.wait_for_bot_text("Heard: call at 10")
    phone.message_menu("call at 10", "Reply")
    phone.say("quoted")
    phone.wait_for_bot_text("Heard: quoted")
    expect(phone.messages.locator(".quote")).to_have_count(1)
    phone.page.locator('[data-from="me"]').first.hover()
    phone.page.locator('[data-from="me"]').first.get_by_test_id("message-more").click()
    phone.page.get_by_role("menuitem", name="Edit").click()
    phone.by_id("composer").fill("call at 11")
    phone.by_id("composer").press("Enter")
    phone.wait_for_bot_text("Now: call at 11")
    phone.message_menu("Now: call at 11", "Forward to the bot")
    phone.by_id("forward-sheet").get_by_label("From").fill("Maria Enache")
    phone.page.get_by_role("button", name="Forward", exact=True).click()
    assert phone.wait_for_bot_text("from Maria").endswith("(from Maria Enache)")
    phone.message_menu("(from Maria Enache)", "Delete")
    expect(phone.messages.filter(has_text="(from Maria Enache)")).to_have_count(0)


def test_commands_menu(phone: Phone, bot: ScriptedBot) -> None:
    """The commands that the bot has set are listed at the slash, narrowed by typing, and sent by a press."""
    commands = [{"command": "agenda", "description": "Your day"}, {"command": "help", "description": "The menu"}]
    bot.call("setMyCommands", commands=commands)
    phone.open(ANA)
    phone.by_id("commands").click()
    expect(phone.by_id("command")).to_have_count(2)
    phone.by_id("composer").press_sequentially("/he")
    expect(phone.by_id("command")).to_have_count(1)
    phone.by_id("command").click()
    assert phone.wait_for_bot_text("Heard") == "Heard: /help"


def test_blocking_the_bot(phone: Phone, bot: ScriptedBot) -> None:
    """Who has blocked the bot cannot write until unblocking; the bot is refused meanwhile."""
    phone.open(ANA)
    phone.by_id("blocked").check()
    expect(phone.by_id("composer")).to_be_hidden()
    with pytest.raises(RuntimeError, match="bot was blocked by the user"):
        bot.say(ANA, "Anyone there?")
    phone.page.get_by_role("button", name="You blocked the bot").click()
    expect(phone.by_id("composer")).to_be_visible()


def test_faults_are_ordered(phone: Phone, bot: ScriptedBot) -> None:
    """A fault ordered on the panel strikes the bot's next call, and no other."""
    phone.open(ANA)
    phone.by_id("fault-kind").select_option(label="500 Server error")
    with phone.page.expect_response("**/faults"):
        phone.by_id("fault-order").click()
    expect(phone.by_id("faults")).to_contain_text("500 Server error")
    with pytest.raises(RuntimeError, match="Internal Server Error"):
        bot.say(ANA, "one")
    bot.say(ANA, "two")
    expect(phone.messages).to_have_count(1)


def test_real_phone_width(real_phone: Page, bot: ScriptedBot) -> None:
    """At a phone's width nothing is wider than the screen, and the controls open from a button."""
    long = "Ofertă_pentru_Întreprinderea_Autocamioane_Transilvania_varianta_finală_semnată_2026.pdf"
    bot.upload("sendDocument", "document", long, PDF, chat_id=ANA, reply_markup=inline([("A" * 60, "a"), ("B", "b")]))
    bot.say(ANA, "0123456789" * 20)
    expect(real_phone.get_by_test_id("message")).to_have_count(2)
    for element in [real_phone.locator("html"), real_phone.get_by_test_id("chat")]:
        width = element.evaluate("element => [element.scrollWidth, element.clientWidth]")
        assert width[0] <= width[1]
    expect(real_phone.get_by_test_id("clock-morning")).to_be_hidden()
    real_phone.get_by_test_id("controls-open").click()
    expect(real_phone.get_by_test_id("clock-morning")).to_be_in_viewport()


def wait_until(condition: Callable[[], bool], seconds: float = 10) -> None:
    """Wait for what happens in another thread."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)
