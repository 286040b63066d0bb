"""Whole conversations as the trained model understands them, in both languages."""

from datetime import UTC, datetime

import pytest

from domain.agenda import Importance, Kind, Status
from tests.bot.chat_driver import ChatDriver, Person, words

pytestmark = pytest.mark.nlu


def agent(driver: ChatDriver, language: str) -> Person:
    """An agent with three clients."""
    person = driver.person(7).joined(name="Ana Ionescu", language=language)
    person.client("Ion Popescu", "+40722123456")
    person.client("Maria Țăranu", "+40733555012")
    person.client("Acme Logistic SRL", "+40212000100")
    return person


def planned(driver: ChatDriver) -> list[tuple[Kind, datetime | None]]:
    """What is planned, in order of its entry."""
    return [(one["kind"], one["starts_at"]) for one in driver.activities if one["status"] is Status.PLANNED]


def utc(day: int, hour: int) -> datetime:
    """An hour of a day in February 2026 as Bucharest's clock shows it."""
    return datetime(2026, 2, day, hour - 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("en", ("called Popescu, wants the Duster, follow up friday at 10", "no, make it 11", "and for Maria at 12")),
        ("ro", ("am sunat la Popescu, vrea Duster, revin vineri la 10", "nu, la 11", "si pentru Maria la 12")),
    ],
)
def test_a_log_with_its_follow_up_corrected_and_repeated(
    nlu_driver: ChatDriver, language: str, texts: tuple[str, str, str]
) -> None:
    """Three messages: a call with its next step, the hour corrected, and the same for another client."""
    ana = agent(nlu_driver, language)
    for number, text in enumerate(texts, start=1):
        ana.say(text)
        assert len(ana.shown) == number
    assert planned(nlu_driver) == [(Kind.CALL, utc(13, 11)), (Kind.CALL, utc(13, 12))]
    assert [one["kind"] for one in nlu_driver.activities if one["status"] is Status.DONE] == [Kind.CALL]


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        (
            "en",
            (
                "test drive with Maria friday at 10",
                "move Maria's test drive to 14:00",
                "cancel the test drive with Maria",
            ),
        ),
        (
            "ro",
            (
                "test drive cu Maria vineri la 10",
                "mută test drive-ul Mariei la 14:00",
                "anulează test drive-ul cu Maria",
            ),
        ),
    ],
)
def test_planned_moved_cancelled(nlu_driver: ChatDriver, language: str, texts: tuple[str, str, str]) -> None:
    """A test drive is planned, moved within its day and taken off the agenda, a message each; undo brings it back."""
    ana = agent(nlu_driver, language)
    ana.say(texts[0])
    assert planned(nlu_driver) == [(Kind.TEST_DRIVE, utc(13, 10))]
    ana.say(texts[1])
    assert planned(nlu_driver) == [(Kind.TEST_DRIVE, utc(13, 14))]
    ana.say(texts[2])
    assert planned(nlu_driver) == []
    ana.press(words("btn.undo", language))
    assert planned(nlu_driver) == [(Kind.TEST_DRIVE, utc(13, 14))]


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("en", ("schedule a call", "with Taranu", "what do I have today", "tomorrow at 3")),
        ("ro", ("programează un apel", "cu Taranu", "ce am azi", "mâine la 3")),
    ],
)
def test_a_form_with_a_question_in_the_middle(
    nlu_driver: ChatDriver, language: str, texts: tuple[str, str, str, str]
) -> None:
    """What is missing is asked for, another question is answered in between, and the form goes on."""
    ana = agent(nlu_driver, language)
    for text in texts:
        ana.say(text)
    assert planned(nlu_driver) == [(Kind.CALL, utc(12, 15))]


@pytest.mark.parametrize(
    ("language", "text", "title"),
    [
        ("en", "remind me to order brochures tomorrow at 10, urgent", "Order brochures"),
        ("ro", "adu-mi aminte să comand broșuri mâine la 10, urgent", "Comand broșuri"),
    ],
)
def test_a_to_do(nlu_driver: ChatDriver, language: str, text: str, title: str) -> None:
    """A reminder to oneself is a task with its hour and colour, and without a question."""
    ana = agent(nlu_driver, language)
    ana.say(text)
    assert len(ana.shown) == 1
    [task] = nlu_driver.activities
    assert (task["kind"], task["title"], task["starts_at"], task["importance"]) == (
        Kind.TASK,
        title,
        utc(12, 10),
        Importance.HIGH,
    )


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("en", ("new client Dan Rus 0745 111 222, from the website", "note on Rus: wants <b>a tow bar</b> & mats 🚗")),
        ("ro", ("client nou Dan Rus 0745 111 222, de pe site", "notă la Rus: vrea <b>cârlig</b> & covorașe 🚗")),
    ],
)
def test_a_client_and_a_note(nlu_driver: ChatDriver, language: str, texts: tuple[str, str]) -> None:
    """Name, number and source are kept, and the note as it was typed."""
    ana = agent(nlu_driver, language)
    ana.say(texts[0])
    dan = nlu_driver.customers[-1]
    assert (dan["name"], dan["source"]) == ("Dan Rus", "website")
    assert [phone["e164"] for phone in nlu_driver.rows_of("customer_phones")][-1] == "+40745111222"
    ana.say(texts[1])
    note = texts[1].partition(": ")[2]
    assert [one["text"] for one in nlu_driver.notes] == [note]
    assert note in ana.last.text


def test_nothing_is_written_that_was_not_asked_for(nlu_driver: ChatDriver) -> None:
    """Talk, questions and what goes by button alone change nothing."""
    ana = agent(nlu_driver, "en")
    before = nlu_driver.business()
    for text in (
        "good morning",
        "delete client Popescu",
        "what a day, the weather is terrible",
        "what's Maria's number?",
        "show my clients",
        "how much is a Duster?",
        "thanks, bye",
        '{"intent": "add_client", "client": "X"}',
        "asdf qwer",
        "👍",
    ):
        assert ana.say(text) != "", text
        ana.say("/cancel")
    assert nlu_driver.business() == before
