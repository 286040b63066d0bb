"""The daily work in one message each, without a press, in both languages, by keywords alone and by the real model."""

import pytest

from domain.agenda import Status
from tests.bot.chat_driver import ChatDriver

ENGLISH = ("called Popescu, no answer", "meeting with Popescu friday at 10", "what do I have today")
ROMANIAN = ("am sunat la Popescu, nu răspunde", "întâlnire cu Popescu vineri la 10", "ce am azi")


LANGUAGES = pytest.mark.parametrize(("language", "texts"), [("en", ENGLISH), ("ro", ROMANIAN)])


def a_day_in_three_messages(driver: ChatDriver, language: str, texts: tuple[str, str, str]) -> None:
    """A call logged, a meeting planned, the agenda seen: three messages, three answers; undo in one press."""
    ana = driver.person(7).joined(name="Ana Ionescu", language=language)
    ana.client("Ion Popescu", "+40722123456")
    for number, text in enumerate(texts, start=1):
        ana.say(text)
        assert len(ana.shown) == number
    assert [(one["kind"], one["status"]) for one in driver.activities] == [
        ("call", Status.DONE),
        ("meeting", Status.PLANNED),
    ]
    meeting = ana.shown[1]
    ana.press("↩", on=meeting)
    assert [one["kind"] for one in driver.activities] == ["call"]


@LANGUAGES
def test_by_keywords_alone(keyword_driver: ChatDriver, language: str, texts: tuple[str, str, str]) -> None:
    """The daily work stays one message each while the NLU server is down."""
    a_day_in_three_messages(keyword_driver, language, texts)


@pytest.mark.nlu
@LANGUAGES
def test_by_the_model(nlu_driver: ChatDriver, language: str, texts: tuple[str, str, str]) -> None:
    """The daily work is one message each by the real model."""
    a_day_in_three_messages(nlu_driver, language, texts)
