"""Takes chat.png, README's picture: Ana's day on the sandbox's phone, by the whole stack and the trained model.

`.venv/bin/python -m docs.images.take` (a Chromium must be on PATH); a minute, and the picture is replaced.
"""

import shutil
import tempfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import expect, sync_playwright

from tests.e2e.conftest import BROWSERS, OPTIONS
from tests.e2e.phone import Phone
from tests.e2e.stack_process import ZONE, StackProcess

ANA = 1001
PICTURE = Path(__file__).with_name("chat.png")
SAID = "called Popescu, wants the Duster, follow up friday at 10"


def main() -> None:
    """Start everything, let the next working morning come, write as Ana, and take the picture."""
    with tempfile.TemporaryDirectory() as directory, sync_playwright() as playwright:
        stack = StackProcess(Path(directory))
        stack.start()
        try:
            path = next(found for name in BROWSERS if (found := shutil.which(name)))
            browser = playwright.chromium.launch(executable_path=path, args=OPTIONS)
            page = browser.new_page(viewport={"width": 900, "height": 1000}, device_scale_factor=1.5, locale="en-GB")
            phone = Phone(page, stack.url)
            phone.open(ANA)
            stack.at(_next_workday(), time(8, 0))
            phone.wait_for_bot_text("Good morning, Ana.", timeout=30_000)
            phone.say(SAID)
            phone.wait_for_bot_text("In the agenda")
            expect(page.locator("button.banner")).to_have_count(0, timeout=30_000)  # of what came to the others
            page.mouse.move(0, 0)
            phone.screenshot(PICTURE)
            browser.close()
        finally:
            stack.stop()


def _next_workday() -> date:
    """The working day after today, for which the demo data has the most."""
    day = datetime.now(ZoneInfo(ZONE)).date() + timedelta(days=1)
    while day.isoweekday() > 5:
        day += timedelta(days=1)
    return day


if __name__ == "__main__":
    main()
