"""Deals on the phone in a real browser: a message each, a card, and the forecast's picture, as the trained model understands."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from presales.nlu_process import NluProcess
from tests.e2e.phone import Phone
from tests.e2e.stack_process import ZONE, StackProcess

pytestmark = [pytest.mark.e2e, pytest.mark.nlu]

ANA, ELENA = 1001, 1003


@pytest.fixture
def stack(tmp_path: Path) -> Iterator[StackProcess]:
    """Everything that `presales run --sandbox` runs, with the demo's people and deals."""
    if missing := NluProcess().missing():
        pytest.skip(missing)
    running = StackProcess(tmp_path)
    running.start()
    yield running
    running.stop()


@pytest.fixture
def phone(browser: Browser, stack: StackProcess) -> Iterator[Phone]:
    """A phone's narrow screen."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB", timezone_id=ZONE)
    yield Phone(context.new_page(), stack.url)
    context.close()


def test_a_deals_life_and_the_forecast(phone: Phone) -> None:
    """Opened, moved, won in a message each; the card acts; the picture of the forecast follows its figures."""
    phone.open(ANA)
    phone.say("new deal for Țăranu, Spring, 19k, closing end of next month")
    phone.wait_for_bot_text("New deal: Spring")
    phone.say("Țăranu's Spring is in negotiation now")
    phone.wait_for_bot_text("New → Negotiation")
    phone.press("Open the deal")
    phone.wait_for_bot_text("Negotiation since today")
    phone.press("‹ Offer")
    phone.wait_for_bot_text("Negotiation → Offer")
    phone.say("Țăranu signed for the Spring")
    phone.wait_for_bot_text("Signed, no order yet")
    phone.say("forecast")
    phone.wait_for_bot_text("Expected:")
    expect(phone.by_id("photo")).to_be_visible(timeout=30_000)
