"""The phone in the browser as tests use it: a person's acts, and what stands on the screen."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

# How long an answer may take unless the test says otherwise, in milliseconds.
PATIENCE = 15_000

NEW_TEXT = """
([since, words]) => [...document.querySelectorAll('[data-testid="message"][data-from="bot"]')]
  .filter((message) => Number(message.dataset.seq) > since)
  .map((message) => message.querySelector(".text")?.innerText ?? "")
  .findLast((text) => text.includes(words)) ?? null
"""


class Phone:
    """One browser page on the sandbox's phone; acts wait for what they need, so tests never sleep."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        self._since = 0

    def by_id(self, testid: str) -> Locator:
        """Find an element by its `data-testid`."""
        return self.page.get_by_test_id(testid)

    @property
    def messages(self) -> Locator:
        """All messages of the chat on the screen."""
        return self.by_id("message")

    def open(self, person_id: int) -> None:
        """Show a person's phone: by its address the first time, by the list of people afterwards."""
        if self.page.url.startswith(self.url):
            self.by_id(f"person-{person_id}").click()
        else:
            self.page.goto(f"{self.url}/#{person_id}")
        expect(self.by_id(f"person-{person_id}")).to_have_attribute("aria-pressed", "true")
        expect(self.by_id("chat")).to_have_attribute("aria-busy", "false")
        self._since = 0

    def _mark(self) -> None:
        """Remember what is on the screen, so that `wait_for_bot_text` looks only at what comes after."""
        seqs = self.messages.evaluate_all("messages => messages.map(message => Number(message.dataset.seq))")
        self._since = max(seqs, default=0)

    def look_from_here(self) -> None:
        """Let `wait_for_bot_text` look only at what comes or changes from now on."""
        self._mark()

    def say(self, text: str) -> None:
        """Write a text and send it with Enter; returns when it stands in the chat."""
        self._mark()
        own = self.page.locator('[data-testid="message"][data-from="me"]')
        before = own.count()
        self.by_id("composer").fill(text)
        self.by_id("composer").press("Enter")
        expect(own).to_have_count(before + 1, timeout=PATIENCE)

    def press(self, label: str) -> None:
        """Press the newest button with this label, inline or of the bot's keyboard, and wait until the spinner ends."""
        self._mark()
        buttons = self.page.locator('[data-testid="inline-button"], [data-testid="reply-button"]')
        buttons.filter(has_text=label).last.click(timeout=PATIENCE)
        expect(self.page.locator(".inline-button.waiting")).to_have_count(0, timeout=PATIENCE)

    def wait_for_bot_text(self, substring: str, *, timeout: float = PATIENCE) -> str:
        """Wait for a bot's message, new or changed since the last act, that contains the words; give its whole text."""
        handle = self.page.wait_for_function(NEW_TEXT, arg=[self._since, substring], timeout=timeout)
        return str(handle.json_value())

    def bot_texts(self) -> list[str]:
        """The texts of the bot's messages, oldest first."""
        return self.page.locator('[data-testid="message"][data-from="bot"] .text').all_inner_texts()

    def last_bot_text(self) -> str:
        """The text of the bot's newest message."""
        return self.bot_texts()[-1]

    def unread(self, person_id: int) -> int:
        """The number on a person's badge."""
        return int(self.by_id(f"unread-{person_id}").text_content() or 0)

    def attach(self, kind: str) -> None:
        """Open the attach menu and choose from it, by the whole label ("Contact", "Location")."""
        self._mark()
        self.by_id("attach").click()
        self.page.get_by_role("menuitem", name=kind, exact=True).click()

    def share_contact(self, first_name: str = "", phone: str = "", *, last_name: str = "") -> None:
        """Share someone's contact, or one's own where no name is given."""
        self.attach("Contact")
        sheet = self.by_id("contact-sheet")
        if not first_name:
            sheet.get_by_test_id("share-own").click()
            return
        sheet.get_by_label("First name").fill(first_name)
        sheet.get_by_label("Last name").fill(last_name)
        sheet.get_by_label("Phone").fill(phone)
        sheet.get_by_role("button", name="Share contact").click()

    def send_file(self, file: Path) -> None:
        """Send a file as a document."""
        with self.page.expect_file_chooser() as chooser:
            self.attach("File")
        chooser.value.set_files(file)

    def message_menu(self, text: str, choice: str) -> None:
        """Choose from the menu of the newest message that contains the text."""
        self._mark()
        message = self.messages.filter(has_text=text).last
        message.hover()
        message.get_by_test_id("message-more").click()
        self.page.get_by_role("menuitem", name=choice, exact=True).click()

    def let_morning_come(self) -> None:
        """Move the sandbox's clock to just before the next 08:00."""
        self._mark()
        self.by_id("clock-morning").click()

    def screenshot(self, path: Path, **options: Any) -> None:
        """Keep a picture of the page."""
        self.page.screenshot(path=path, **options)
