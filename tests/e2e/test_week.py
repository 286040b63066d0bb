"""A week of Ana's work through the phone in a real browser: the whole stack, the trained model, and five mornings."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import holidays
import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from domain.ports import Defaults
from domain.team import Role
from presales.clocks import SystemClock
from presales.nlu_process import NluProcess
from presales.wiring import LegalHolidays
from storage.database import Database
from storage.tables import business
from tests.e2e.phone import Phone
from tests.e2e.stack_process import ROOT, ZONE, StackProcess
from tests.factories import keep, make_agent

pytestmark = [pytest.mark.e2e, pytest.mark.nlu]

ANA, ELENA = 1001, 1003
CARDS = ROOT / "tests" / "fixtures" / "vcards"
# Cards as phones and mail programs really wrote them, where the checkout stands beside them.
REAL_CARDS = ROOT.parent / "shared" / "data" / "vcards"
REAL_FILES = ("John_Doe_ANDROID.vcf", "gmail-list.vcf")
HERS = {"Acme Logistic SRL", "Andrei Popescu", "Ion Popescu", "Maria Dumitrescu", "Șerban Țăranu"}
REAL = {"Arnold Smith", "Chris Beatle", "Doug White"}
PUSHED = 20_000  # the scheduler ticks once a second, and the push waits its turn behind replies


def plain_monday() -> date:
    """The next Monday whose week, and the Monday after, holds no legal holiday and no change of the clocks."""
    monday = date.today() + timedelta(days=7 - date.today().weekday())  # noqa: DTZ011  any Monday to come will do
    while True:
        week = [monday + timedelta(days=ahead) for ahead in (0, 1, 2, 3, 4, 7)]
        legal = holidays.country_holidays("RO", years={day.year for day in week})
        offsets = {datetime.combine(day, time(12), tzinfo=ZoneInfo(ZONE)).utcoffset() for day in week}
        if len(offsets) == 1 and not any(day in legal for day in week):
            return monday
        monday += timedelta(days=7)


MONDAY = plain_monday()
TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (MONDAY + timedelta(days=ahead) for ahead in (1, 2, 3, 4))
NEXT_MONDAY = MONDAY + timedelta(days=7)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """The dealership's database: the director is known, nobody else and no demo data."""
    url = f"sqlite:///{tmp_path / 'presales.db'}"
    opened = Database(url, clock=SystemClock(), defaults=Defaults(), holidays=LegalHolidays("RO"))
    opened.migrate()
    keep(opened, make_agent(name="Elena Stan", role=Role.DIRECTOR, telegram_user_id=ELENA, chat_id=ELENA))
    yield opened
    opened.close()


@pytest.fixture
def stack(database: Database, tmp_path: Path) -> Iterator[StackProcess]:
    """Everything that `presales run --sandbox` runs, early on a Monday."""
    if missing := NluProcess().missing():
        pytest.skip(f"the week is understood by the trained model: {missing}")
    running = StackProcess(tmp_path)
    running.start()
    running.at(MONDAY, time(7, 30))
    yield running
    running.stop()


class Week:
    """Ana's phone, and the time that passes."""

    def __init__(self, phone: Phone, stack: StackProcess) -> None:
        self.phone = phone
        self.stack = stack

    def says(self, text: str, *answer: str) -> str:
        """Ana writes; the bot's answer holds all these words. Gives the whole answer."""
        self.phone.say(text)
        return self.sees(*answer)

    def presses(self, label: str, *answer: str) -> str:
        """Ana presses the newest button so labelled; the answer (a new message or a changed one) holds these words."""
        self.phone.press(label)
        return self.sees(*answer)

    def comes(self, day: date, hour: time, *pushed: str) -> str:
        """The time comes, and with it a message that holds these words."""
        self.phone.look_from_here()
        self.stack.at(day, hour)
        return self.sees(*pushed, timeout=PUSHED)

    def sees(self, *words: str, timeout: float = 15_000) -> str:
        """A message that came or changed since the last act, with all these words."""
        try:
            text = self.phone.wait_for_bot_text(words[0], timeout=timeout)
        except PlaywrightTimeout:
            pytest.fail(f"{words[0]!r} did not come; on the screen stands last: {self.phone.bot_texts()[-2:]}")
        for more in words[1:]:
            assert more in text
        return text

    def sends(self, file: Path, report: str) -> str:
        """Ana sends a file of contacts, looks at what it would become, and reads what became of it."""
        self.phone.send_file(file)
        self.sees("Nothing is taken yet.")
        return self.presses("Import", report)


@pytest.fixture
def week(browser: Browser, stack: StackProcess) -> Iterator[Week]:
    """Ana's phone in the browser, before she has joined."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB", timezone_id=ZONE)
    page = context.new_page()
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    phone = Phone(page, stack.url)
    phone.open(ANA)
    yield Week(phone, stack)
    context.close()
    assert failures == [], "the page's own scripts failed"


def test_week(week: Week, database: Database) -> None:
    """Five working days as an agent lives them: what Ana reads is right, and so is what is kept at the end."""
    joins_and_brings_her_contacts(week)
    monday(week)
    tuesday(week)
    wednesday(week)
    thursday(week)
    friday(week)
    assert names(database) >= HERS | (REAL if REAL_CARDS.is_dir() else set())
    assert activities(database) == [
        ("Ion Popescu", "call", "", "normal", "done", MONDAY, "08:00", None),
        ("Ion Popescu", "call", "", "normal", "done", FRIDAY, "10:00", "reached"),
        ("Andrei Popescu", "call", "", "normal", "done", MONDAY, "08:00", "no_answer"),
        ("Andrei Popescu", "call", "", "normal", "done", TUESDAY, "", "no_answer"),
        ("Maria Dumitrescu", "test_drive", "", "normal", "done", THURSDAY, "12:00", None),
        ("Acme Logistic SRL", "meeting", "", "high", "done", TUESDAY, "15:00", "reached"),
        ("Șerban Țăranu", "task", "Send the brochure", "normal", "done", WEDNESDAY, "", None),
        ("Andrei Popescu", "meeting", "", "normal", "cancelled", FRIDAY, "10:00", None),
        ("Maria Dumitrescu", "call", "", "normal", "planned", NEXT_MONDAY, "10:00", None),
    ]
    assert notes(database) == [("Andrei Popescu", "wants a tow bar")]
    assert failed_turns(database) == []


def joins_and_brings_her_contacts(week: Week) -> None:
    """Invitation, language, contact cards; the same file twice adds nothing."""
    invitation = week.stack.command("invite", "--name", "Ana Ionescu", "--role", "agent", "--now", f"{MONDAY}T07:00")
    code = re.search(r"/start (\S+)", invitation)
    assert code is not None
    week.says(code[0], "Welcome, Ana Ionescu.")
    week.sends(CARDS / "phone.vcf", "Added: 4, already known: 1, refused: 1.")
    week.sees("5. Ion Popescu: already known, new details added", "6. —: refused: neither a name nor a phone")
    week.sends(CARDS / "phone.vcf", "Added: 0, already known: 5, refused: 1.")
    week.sends(CARDS / "company.vcf", "Added: 1, already known: 0, refused: 0.")
    if REAL_CARDS.is_dir():
        for name in REAL_FILES:
            week.sends(REAL_CARDS / name, "Contacts read.")
        week.sends(REAL_CARDS / REAL_FILES[0], "Added: 0, ")


def monday(week: Week) -> None:
    """A first morning, calls logged in one message, a name that two people bear, things planned, a slip undone."""
    week.phone.let_morning_come()
    week.sees(f"Good morning, Ana. Today, {english(MONDAY)}:\nNothing planned.", timeout=PUSHED)
    week.says(
        "called Ion Popescu, wants the Duster, follow up friday at 10",
        "Logged: call with Ion Popescu …456, today 08:00.",
        "Ion Popescu …456 wants: Duster.",
        "In the agenda: 🟠 call with Ion Popescu …456, Fri ",
    )
    week.says("called Popescu, no answer", "There are several “Popescu”. Which one?")
    week.presses("Andrei Popescu …457", "Logged: call with Andrei Popescu …457, today 08:00 · no answer.")
    week.presses("Again tomorrow", "In the agenda: 🟠 call with Andrei Popescu …457, tomorrow.")
    week.says(
        "test drive with Maria Dumitrescu wednesday at 11", "test drive with Maria Dumitrescu …012, Wed ", ", 11:00."
    )
    week.says("meeting with Acme tomorrow at 15, urgent", "🔴❗ meeting with Acme Logistic SRL …030, tomorrow 15:00.")
    week.says(
        "remind me to send the brochure to Șerban Țăranu tomorrow",
        "Send the brochure (Șerban Țăranu …203), tomorrow.",
    )
    week.says("send my agenda at 9", "From now on your agenda comes at 09:00.")
    week.presses("Undo", "Undone.")
    week.says("send my agenda at 7:30", "From now on your agenda comes at 07:30.")


def tuesday(week: Week) -> None:
    """The agenda at her hour, done by button and by words, a reminder that leads to WhatsApp, a move, a note."""
    week.comes(
        TUESDAY,
        time(7, 30),
        f"Good morning, Ana. Today, {english(TUESDAY)}:",
        "1. 🔴❗ 15:00 meeting · Acme Logistic SRL",
        "2. 🟠 any time call · Andrei Popescu",
        "3. 🟠 any time task · Șerban Țăranu · Send the brochure",
    )
    week.presses("✓ 2 Andrei Popescu", "How did it go?")
    assert "Andrei" not in week.phone.messages.filter(has_text="Good morning").last.inner_text()
    week.presses("no answer", "Noted: call with Andrei Popescu …457 · no answer.")
    week.comes(TUESDAY, time(14, 30), "⏰ 🔴❗ meeting with Acme Logistic SRL …030, today 15:00", "+40 21 310 2030")
    confirm = week.phone.by_id("inline-button").filter(has_text="Confirm on WhatsApp").last
    expect(confirm).to_have_attribute("href", re.compile(r"^https://wa\.me/40213102030\?text=Hello"))
    week.says("done with the meeting with Acme", "How did it go?")
    week.says("reached", "Noted: meeting with Acme Logistic SRL …030 · took place.")
    week.says(
        "move Maria's test drive to thursday at 12",
        "Moved: test drive with Maria Dumitrescu …012, now Thu ",
        ", 12:00.",
    )
    week.says("note on Andrei Popescu: wants a tow bar", "Noted on Andrei Popescu …457: wants a tow bar")


def wednesday(week: Week) -> None:
    """What was missed stands in the morning and is moved to today; a clash, an undone cancellation, Romanian."""
    week.comes(
        WEDNESDAY,
        time(7, 30),
        f"Today, {english(WEDNESDAY)}:\nNothing planned.",
        "1 overdue",
        "1. 🟠 yesterday task · Șerban Țăranu · Send the brochure",
    )
    week.presses("Move 1", "When instead?")
    week.presses("Today", "Moved: Send the brochure (Șerban Țăranu …203), now today.")
    week.says("agenda", "any time task · Șerban Țăranu")
    week.presses("✓ 1 Șerban Țăranu", "Done: Send the brochure (Șerban Țăranu …203)")
    week.says("what is overdue", "Nothing is overdue.")
    week.says(
        "meeting with Andrei Popescu friday at 10",
        "In the agenda: 🟠 meeting with Andrei Popescu …457, Fri ",
        "⚠ Same time: call with Ion Popescu …456, Fri ",
    )
    week.says("cancel the call with Ion Popescu", "Taken off the agenda: call with Ion Popescu …456, Fri ")
    week.presses("Undo", "Undone.")
    week.says("speak Romanian", "De acum vorbesc română.")


def thursday(week: Week) -> None:
    """The same in Romanian: morning, reminder, a test drive that took place, a call planned, a meeting cancelled."""
    week.comes(THURSDAY, time(7, 30), "Bună dimineața, Ana. Azi, joi, ", "1. 🟠 12:00 test drive · Maria Dumitrescu")
    week.comes(THURSDAY, time(11, 30), "⏰ 🟠 test drive cu Maria Dumitrescu …012, azi la 12:00")
    confirm = week.phone.by_id("inline-button").filter(has_text="Confirmă pe WhatsApp").last
    expect(confirm).to_have_attribute("href", re.compile(r"^https://wa\.me/40733555012\?text=Bun"))
    week.says(
        "am făcut test drive cu Maria Dumitrescu",
        "Încheiat, cum era planificat: test drive cu Maria Dumitrescu …012, azi la 12:00.",
    )
    week.says(
        "programează un apel cu Maria Dumitrescu luni la 10",
        "Am trecut în agendă: 🟠 apel cu Maria Dumitrescu …012, luni, ",
    )
    week.says(
        "anulează ședința cu Andrei Popescu de mâine",
        "Am scos din agendă: întâlnire cu Andrei Popescu …457, mâine la 10:00.",
    )
    agenda = week.says("ce am săptămâna asta?", "10:00 apel · Ion Popescu")
    assert "Andrei" not in agenda
    assert "Maria" not in agenda


def friday(week: Week) -> None:
    """A to-do that falls due is told at its hour and closed with its outcome; nothing is left, and Monday is known."""
    week.comes(FRIDAY, time(7, 30), "Bună dimineața, Ana. Azi, vineri, ", "1. 🟠 10:00 apel · Ion Popescu")
    week.comes(FRIDAY, time(10, 0), "⏰ Acum: 🟠 apel cu Ion Popescu …456", "+40 722 123 456")
    week.presses("Gata", "Cum a fost?")
    week.presses("am vorbit", "Am notat: apel cu Ion Popescu …456 · am vorbit.")
    week.says("restanțe", "Nu ai restanțe.")
    week.says("agenda săptămânii viitoare", "luni, ", "1. 🟠 10:00 apel · Maria Dumitrescu")


def english(day: date) -> str:
    """A day as the English agenda writes it."""
    return f"{day:%A} {day.day} {day:%B}"


def names(database: Database) -> set[str]:
    """Every customer's name."""
    with database.engine.connect() as connection:
        return set(connection.scalars(sa.select(business.customers.c.name)))


def notes(database: Database) -> list[tuple[str, str]]:
    """The notes on those whom Ana works with this week; what real cards brought along stands with their own people."""
    query = sa.select(business.customers.c.name, business.notes.c.text).join_from(business.notes, business.customers)
    with database.engine.connect() as connection:
        return [(name, text) for name, text in connection.execute(query) if name in HERS]


def activities(database: Database) -> list[tuple[object, ...]]:
    """All activities in the order in which they were written, with the local hour of those that have one."""
    a = business.activities.c
    columns = (business.customers.c.name, a.kind, a.title, a.importance, a.status, a.day, a.starts_at, a.outcome)
    query = sa.select(*columns).join_from(business.activities, business.customers, isouter=True).order_by(a.id)
    with database.engine.connect() as connection:
        return [(*row[:6], _hour(row[6]), row[7]) for row in connection.execute(query)]


def _hour(starts_at: datetime | None) -> str:
    return starts_at.astimezone(ZoneInfo(ZONE)).strftime("%H:%M") if starts_at else ""


def failed_turns(database: Database) -> list[str]:
    """What went wrong behind the scenes, as the inbox keeps it."""
    with database.engine.connect() as connection:
        return list(connection.scalars(sa.text("SELECT error FROM inbox WHERE error IS NOT NULL")))
